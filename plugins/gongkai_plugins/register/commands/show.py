"""``gongkai register list`` and ``show``."""

from __future__ import annotations

from datetime import date

import click

from gongkai.cli.arguments import Choice
from gongkai.cli.session import Session
from gongkai.cli.words import Command, option
from gongkai.messages import say
from gongkai.workdays.cases import awaiting_publication
from gongkai.workdays.publication import ClockState
from gongkai_plugins.register import entries
from gongkai_plugins.register.codes import Standing
from gongkai_plugins.register.commands.desk import (
    OWN,
    at_register,
    field_lines,
    line_object,
    lines_table,
    table,
)
from gongkai_plugins.register.keeping import Keeping
from gongkai_plugins.register.overview import Line, due_reviews, overview


@click.command("list", cls=Command, catalogue=OWN)
@option("--year", type=int)
@option("--standing", type=Choice(tuple(each.value for each in Standing)))
@option("--overdue", is_flag=True)
@option("--reviews", is_flag=True)
@option("--json", "as_json", is_flag=True)
@click.pass_obj
def list_(
    session: Session,
    year: int | None,
    standing: str | None,
    overdue: bool,
    reviews: bool,
    as_json: bool,
) -> int:
    """Every entry, what is overdue by section, or what is to be looked at again."""
    with at_register(session) as keeping:
        if overdue:
            return _overdue(session, keeping, as_json=as_json)
        with keeping.work.database.read() as connection:
            found = overview(connection)
        if reviews:
            found = due_reviews(found, date.today().isoformat())
        found = tuple(
            line
            for line in found
            if year in (None, line.entry.year) and standing in (None, line.standing.value)
        )
        if as_json:
            for line in found:
                session.print_json(line_object(line))
        elif found:
            session.out.print(lines_table(found, keeping.work.profile))
        else:
            session.tell(say("gongkai_plugins.register:none"))
    return 1 if reviews and found else 0


@click.command("show", cls=Command, catalogue=OWN)
@click.argument("name", metavar="ENTRY|CASE")
@option("--json", "as_json", is_flag=True)
@click.pass_obj
def show(session: Session, name: str, as_json: bool) -> int:
    """One entry with what became of it, and the entries before and after it."""
    with at_register(session) as keeping:
        with keeping.work.database.read() as connection:
            wanted = entries.find(connection, name)
            found = overview(connection)
        line = next(line for line in found if line.entry.id == wanted.id)
        if as_json:
            session.print_json(line_object(line))
            return 0
        for field, value in field_lines(line, keeping.work.profile):
            if value:
                session.tell(f"{say(f'gongkai_plugins.register:field_{field}')}：{value}")
        _tell_places(session, line)
    return 0


def _tell_places(session: Session, line: Line) -> None:
    if not line.published:
        return
    made = table("channel", "published", "url", "evidence")
    for each in line.published:
        said = each.publication
        made.add_row(
            say(f"gongkai_plugins.register:channel_{said.channel}")
            + (say("gongkai_plugins.register:counts") if each.counts else ""),
            said.published_at,
            said.url,
            said.evidence_name or said.evidence_sha256[:16],
        )
    session.out.print(made)


def _overdue(session: Session, keeping: Keeping, *, as_json: bool) -> int:
    """What should be public by now, section by section (B17)."""
    today, deadlines = date.today(), keeping.work.profile.keys.deadlines
    with keeping.work.database.read() as connection:
        found = awaiting_publication(connection, keeping.calendar, deadlines, today)
    late = [t for t in found if t.clock and t.clock.state is ClockState.OVERDUE]
    late.sort(key=lambda t: (t.case.section, t.clock.due if t.clock else today))
    if not as_json and late:
        made = table("section", "case", "name", "due", "over")
        for timed in late:
            assert timed.clock is not None
            due, over = timed.clock.due.isoformat(), str(-timed.clock.left_wd)
            made.add_row(timed.case.section, timed.case.number, timed.title, due, over)
        session.out.print(made)
    for timed in late if as_json else ():
        assert timed.clock is not None
        session.print_json(
            {
                "section": timed.case.section,
                "case": timed.case.number,
                "due": timed.clock.due.isoformat(),
                "over_wd": -timed.clock.left_wd,
            }
        )
    if not late and not as_json:
        session.tell(say("gongkai_plugins.register:none_overdue"))
    return 1 if late else 0
