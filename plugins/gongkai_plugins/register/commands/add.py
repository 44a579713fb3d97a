"""``gongkai register add``: cases that are approved and marked, and items of requests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import click

from gongkai.cli.arguments import Choice
from gongkai.cli.session import Session
from gongkai.cli.user_words import Day
from gongkai.cli.words import Command, option
from gongkai.errors import ActionRefused
from gongkai.messages import say
from gongkai.model.attribute import DisclosureAttribute
from gongkai_plugins.register.codes import Cadence, Channel
from gongkai_plugins.register.commands.desk import OWN, at_register, said_lines, told_date
from gongkai_plugins.register.entries import Entry
from gongkai_plugins.register.fields import Fields, blanks
from gongkai_plugins.register.guard import field_words
from gongkai_plugins.register.keeping import Keeping

CHANNELS = Choice(tuple(channel.value for channel in Channel))
CADENCES = Choice(tuple(cadence.value for cadence in Cadence))


@click.command("add", cls=Command, catalogue=OWN)
@click.argument("case_numbers", nargs=-1, metavar="[CASE]...")
@option("--request", default="", metavar="REF")
@option("--name")
@option("--subject")
@option("--scope")
@option("--opinion")
@option("--channel", "channels", multiple=True, type=CHANNELS)
@option("--planned", "planned_on", type=Day(), metavar="DATE")
@option("--resolution")
@option("--doc-number")
@option("--made-on")
@option("--summary")
@option("--cadence", type=CADENCES)
@option("--batch")
@option("--reason")
@option("--basis")
@option("--next-review", type=Day(), metavar="DATE")
@option("--dry-run", is_flag=True)
@option("--json", "as_json", is_flag=True)
@click.pass_obj
def add(
    session: Session,
    /,
    case_numbers: tuple[str, ...],
    request: str,
    dry_run: bool,
    as_json: bool,
    **said: Any,
) -> int:
    """Register; what is on record already need not be typed. 1 when one was not registered."""
    if bool(case_numbers) == bool(request):
        raise click.UsageError(say("gongkai_plugins.register:case_or_request"))
    given = changes(said)
    with at_register(session) as keeping:
        if request:
            return _add_request(session, keeping, request, given, as_json=as_json)
        refused = 0
        for number in case_numbers:
            try:
                entry = replace(keeping.proposed(number), **given)
                if dry_run:
                    _would(session, keeping, number, entry)
                    continue
                made = keeping.add(number, entry)
            except ActionRefused as error:
                if len(case_numbers) == 1:
                    raise
                refused += 1
                session.remark(str(error))
            else:
                _told(session, made, as_json=as_json)
    return 1 if refused else 0


def changes(said: dict[str, Any]) -> dict[str, Any]:
    """The fields somebody gave, as an entry has them."""
    given = {name: value for name, value in said.items() if value is not None}
    for name, value in given.items():
        if isinstance(value, date):
            given[name] = told_date(value)
    if not given.get("channels"):
        given.pop("channels", None)
    return given


def _add_request(
    session: Session, keeping: Keeping, request: str, given: dict[str, Any], *, as_json: bool
) -> int:
    today = told_date(date.today())
    usual: dict[str, Any] = {
        "name": "",
        "subject": given.get("name", ""),
        "scope": say("gongkai_plugins.register:scope_applicant"),
        "opinion": "",
        "attribute": DisclosureAttribute.ON_REQUEST.value,
        "planned_on": today,
        "next_review": today,
    }
    _told(session, keeping.add_request(request, Fields(**{**usual, **given})), as_json=as_json)
    return 0


def _would(session: Session, keeping: Keeping, number: str, entry: Fields) -> None:
    """What would be registered; nothing was written."""
    session.tell(say("gongkai_plugins.register:would_add", case=number))
    for name, value in said_lines(entry, keeping.work.profile):
        session.tell(f"  {say(f'gongkai_plugins.register:field_{name}')}：{value}")
    rule = keeping.work.profile.keys.approval.register_reference.value
    if missing := blanks(entry, needs_resolution=rule != "none"):
        words = field_words(missing)
        session.remark(say("gongkai_plugins.register:blank_fields", fields=words))


def _told(session: Session, entry: Entry, *, as_json: bool) -> None:
    if as_json:
        session.print_json({"number": entry.number, "index_number": entry.index_number})
        return
    session.tell(
        say(
            "gongkai_plugins.register:added",
            number=entry.number,
            index=entry.index_number,
            what=entry.about.case or entry.about.request,
        )
    )
    if entry.about.late:
        session.remark(say("gongkai_plugins.register:added_late", number=entry.number))
