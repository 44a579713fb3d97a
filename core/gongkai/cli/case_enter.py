"""``gongkai case enter``: a paper that was issued outside is entered afterwards (补办, A15)."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from gongkai.casework.late import LateEntry, enter_late
from gongkai.cli.case_propose import PROPOSING
from gongkai.cli.case_signing import acting_here
from gongkai.cli.case_work import at_work, is_number, tell_rest
from gongkai.cli.session import Session
from gongkai.cli.user_words import Day
from gongkai.cli.words import Command, option
from gongkai.errors import ActionRefused
from gongkai.messages import say
from gongkai.model.attribute import Stage
from gongkai.moment import now
from gongkai.people.permissions import Permission, require


@click.command("enter", cls=Command)
@click.argument("paper")
@option("--issued-on", type=Day(), required=True, metavar="DATE")
@option("--signer", required=True, metavar="NAME")
@option("--reason", required=True)
@option("--by", default="", metavar="NAME")
@option("--dry-run", is_flag=True)
@click.pass_obj
def enter(
    session: Session,
    paper: str,
    issued_on: datetime.date,
    signer: str,
    reason: str,
    by: str,
    dry_run: bool,
) -> int:
    """Enter a paper late: checked now, signed on paper before, shown as such for ever."""
    if issued_on > datetime.date.today():
        raise ActionRefused("case_day_to_come", day=issued_on.isoformat())
    if not reason.strip() or not signer.strip():
        raise ActionRefused("decision_needs_reason")
    entry = LateEntry(issued_on.isoformat(), signer.strip(), reason.strip())
    with at_work(session) as work:
        with work.database.read() as connection:
            actor = acting_here(session, connection, by)
        require(actor, Permission.ENTER_LATE)
        entering = work.entering
        path = entering.place_of(paper) if is_number(paper) else Path(paper)
        if dry_run:
            session.tell(say("case.would_enter", day=entry.issued_on, signer=entry.signer))
            return 0
        told = entering.settle(entering.look(path, Stage.ISSUED), PROPOSING)
        if told.case is None:
            raise ActionRefused("case_not_judged", name=path.name)
        with work.database.write() as connection:
            enter_late(connection, told.case.number, entry, actor, now())
        words = {"number": told.case.number, "day": entry.issued_on, "signer": entry.signer}
        session.tell(say("case.entered", **words))
        tell_rest(work, told.case.number, actor)
    return 0
