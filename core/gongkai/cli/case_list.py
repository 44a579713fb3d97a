"""``gongkai case list``: the queue, the pressing first (B24)."""

from __future__ import annotations

import click
from rich.table import Table

from gongkai.casework.queue import Waiting, queue, states_at_work, waits_for
from gongkai.cli.arguments import Choice
from gongkai.cli.case_signing import acting_here
from gongkai.cli.case_words import label_words, state_words
from gongkai.cli.session import Session
from gongkai.cli.status import moment
from gongkai.cli.words import Command, option
from gongkai.lifecycle.roles import Role
from gongkai.lifecycle.state import State
from gongkai.messages import say
from gongkai.policy.profile import Profile

ME = "me"
COLUMNS = ("number", "urgency", "section", "submitted", "round", "attribute", "state", "title")


@click.command("list", cls=Command)
@option("--for", "for_whom", type=Choice([ME, *map(str, Role)]), metavar="ROLE|me")
@option("--state", "in_state", type=Choice([str(state) for state in State]), metavar="STATE")
@option("--section", default="")
@option("--all", "with_ended", is_flag=True)
@option("--by", default="", metavar="NAME")
@option("--json", "as_json", is_flag=True)
@click.pass_obj
def list_(
    session: Session,
    for_whom: str | None,
    in_state: str | None,
    section: str,
    with_ended: bool,
    by: str,
    as_json: bool,
) -> int:
    """What waits, for whom, since when."""
    profile, office = session.profile(), session.office
    states = {State(in_state)} if in_state else (frozenset() if with_ended else states_at_work())
    with session.database() as database, database.read() as connection:
        viewer = acting_here(session, connection, by)
        found = queue(connection, office, profile, viewer, states)
        if section:
            found = [each for each in found if each.case.section == section]
        if for_whom == ME:
            found = [each for each in found if waits_for(connection, each, viewer, profile)]
        elif for_whom:
            found = [each for each in found if Role(for_whom) in each.turn]
    if as_json:
        for each in found:
            session.print_json(_as_object(each))
        return 0
    session.out.print(_table(found, profile) if found else say("case.list_none"))
    return 0


def _table(found: list[Waiting], profile: Profile) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in COLUMNS:
        table.add_column(say(f"case.column_{name}"), overflow="fold")
    for each in found:
        case = each.case
        table.add_row(
            case.number,
            case.urgency,
            case.section,
            moment(each.submitted_at),
            str(case.round),
            label_words(case.attribute, profile),
            state_words(case.state) + (say("case.late_mark") if case.late else ""),
            each.title,
        )
    return table


def _as_object(each: Waiting) -> dict[str, object]:
    case = each.case
    return {
        "number": case.number,
        "state": case.state,
        "urgency": case.urgency,
        "section": case.section,
        "submitted_at": each.submitted_at,
        "round": case.round,
        "attribute": case.attribute,
        "drafter": case.drafter,
        "late": case.late,
        "disputed": case.disputed,
        "moved_at": case.moved_at,
        "turn": list(each.turn),
        "title": each.title,
    }
