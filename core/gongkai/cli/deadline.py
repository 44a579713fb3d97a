"""``gongkai deadline``: working days reckoned day by day, and what is to be published when."""

from __future__ import annotations

import datetime
import re
from typing import Any

import click

from gongkai.cli import deadline_words as words
from gongkai.cli.session import Session
from gongkai.cli.source import a_date
from gongkai.cli.words import Command, Group, option
from gongkai.messages import say
from gongkai.workdays.calendar import Calendar
from gongkai.workdays.office_calendar import CALENDAR_FILE, load_calendar
from gongkai.workdays.publication import ClockState
from gongkai.workdays.reckoning import reckon

YEARS = range(1900, 9001)
MOST_DAYS = 1000
"""Working days that can be asked for: four years."""


class DateText(click.ParamType[datetime.date]):
    """A date as people write it, in a year the calendar can be asked about."""

    name = "date"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime.date:
        try:
            found = datetime.date.fromisoformat(a_date(str(value)))
        except (click.BadParameter, ValueError):
            self.fail(say("cli.no_date", text=value), param, ctx)
        if found.year not in YEARS:
            self.fail(say("deadline.no_year", text=found.year, **_years()), param, ctx)
        return found


class Number(click.ParamType[int]):
    """A whole number of a range; ``message`` says what is wanted."""

    name = "number"

    def __init__(self, allowed: range, message: str) -> None:
        self.allowed = allowed
        self.message = message

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        text = str(value)
        if not re.fullmatch("[0-9]{1,5}", text) or int(text) not in self.allowed:
            first, last = self.allowed[0], self.allowed[-1]
            self.fail(say(self.message, text=text, first=first, last=last), param, ctx)
        return int(text)


@click.group("deadline", cls=Group)
def deadline() -> None:
    """Commands about working days and publication."""


@deadline.command("explain", cls=Command)
@click.argument("case", metavar="[CASE]", default="")
@option("--from", "start", type=DateText(), metavar="DATE")
@option("--days", type=Number(range(1, MOST_DAYS + 1), "deadline.no_days"), metavar="N")
@option("--json", "as_json", is_flag=True)
@click.pass_obj
def explain(
    session: Session, case: str, start: datetime.date | None, days: int | None, as_json: bool
) -> int:
    """Reckon from a date, or show how the clock of a case stands."""
    if bool(case) == (start is not None) or (case and days is not None):
        raise click.UsageError(say("deadline.either"))
    calendar = _calendar(session)
    if start is None:
        return _explain_case(session, calendar, case, as_json=as_json)
    allowed = days or session.profile().keys.deadlines.proactive.value.max_wd
    reckoning = reckon(calendar, start, allowed)
    if as_json:
        session.print_json(words.reckoning_object(reckoning))
        return 0
    session.tell(say("deadline.reckoned", days=allowed, due=words.dated(reckoning.due)))
    session.out.print(words.reckoning_table(reckoning))
    if reckoning.provisional:
        session.tell(words.provisional_words(reckoning))
    return 0


def _explain_case(session: Session, calendar: Calendar, number: str, *, as_json: bool) -> int:
    # Reckoning from a date needs no database; loading it is slow.
    from gongkai.workdays.cases import timed_case

    profile = session.profile()
    with session.database() as database, database.read() as connection:
        timed = timed_case(connection, number, calendar, profile.keys.deadlines, _today())
    reckoning = words.shown_reckoning(timed)
    if as_json:
        days = words.reckoning_object(reckoning)["days"] if reckoning else []
        session.print_json({**words.case_object(timed), "days": days})
        return 0
    for line in words.case_lines(timed, profile):
        session.tell(line)
    if reckoning is not None:
        session.out.print(words.reckoning_table(reckoning))
        if reckoning.provisional:
            session.tell(words.provisional_words(reckoning))
    return 0


@deadline.command("list", cls=Command)
@option("--json", "as_json", is_flag=True)
@click.pass_obj
def list_(session: Session, as_json: bool) -> int:
    """List what awaits publication; 1 when a due day has passed."""
    from gongkai.workdays.cases import awaiting_publication

    calendar, deadlines = _calendar(session), session.profile().keys.deadlines
    with session.database() as database, database.read() as connection:
        found = awaiting_publication(connection, calendar, deadlines, _today())
    overdue = sum(1 for t in found if t.clock and t.clock.state is ClockState.OVERDUE)
    if as_json:
        for timed in found:
            session.print_json(words.case_object(timed))
        return 1 if overdue else 0
    session.out.print(words.case_table(found) if found else say("deadline.none"))
    if overdue:
        session.tell(say("deadline.overdue", count=overdue))
    if any(timed.clock and timed.clock.provisional for timed in found):
        session.tell(say("deadline.some_provisional", file=CALENDAR_FILE))
    return 1 if overdue else 0


@deadline.command("calendar", cls=Command)
@click.argument("year", type=Number(YEARS, "deadline.no_year"))
@option("--json", "as_json", is_flag=True)
@click.pass_obj
def calendar(session: Session, year: int, as_json: bool) -> int:
    """Show a year's days off and make-up days, on whose word, and whether that is certain."""
    known = _calendar(session)
    if as_json:
        session.print_json(words.calendar_object(known, year))
        return 0
    days = words.changed_days(known, year)
    if days:
        session.out.print(words.calendar_table(days))
    worked = sum(day.workday for day in known.days(year))
    if not known.knows(year):
        session.tell(say("deadline.year_provisional", year=year, days=worked, file=CALENDAR_FILE))
        return 0
    session.tell(say("deadline.year_total", year=year, days=worked))
    if not known.knows(year + 1):
        session.tell(say("deadline.year_end", year=year, next=year + 1))
    return 0


def _calendar(session: Session) -> Calendar:
    office = session.office_or_none()
    return load_calendar(office.root if office else None)


def _today() -> datetime.date:
    return datetime.datetime.now().astimezone().date()


def _years() -> dict[str, int]:
    return {"first": YEARS[0], "last": YEARS[-1]}
