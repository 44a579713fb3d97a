"""Reckonings, calendars and publication clocks as tables, sentences and objects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from rich.table import Table

from gongkai.messages import language, say
from gongkai.model.attribute import DisclosureAttribute
from gongkai.policy.procedures import USUAL
from gongkai.workdays.calendar import Calendar, Day, DayKind
from gongkai.workdays.national import PACKAGE
from gongkai.workdays.office_calendar import CALENDAR_FILE
from gongkai.workdays.publication import ClockState, PublicationClock
from gongkai.workdays.reckoning import Reckoning, Step

if TYPE_CHECKING:
    from gongkai.policy.profile import Profile
    from gongkai.workdays.cases import TimedCase


def dated(on: date) -> str:
    """A date with its day of the week."""
    return say(
        "deadline.dated", date=on.isoformat(), weekday=say(f"deadline.weekday_{on.weekday()}")
    )


def day_words(day: Day) -> str:
    """What kind of day it is, and of which holiday."""
    name = day.english or day.name if language() == "en" else day.name
    named = "_named" if name else ""
    words = say(f"deadline.kind_{day.kind}{named}", name=name)
    return say("deadline.provisional_day", words=words) if day.provisional else words


def reckoning_table(reckoning: Reckoning) -> Table:
    """Every day from the start to the due day: what it is, and how many have counted."""
    table = _table("day", "kind", "counted")
    table.add_row(dated(reckoning.start), say("deadline.start_day"), "")
    for step in reckoning.steps:
        words = say("deadline.paused") if step.paused else day_words(step.day)
        table.add_row(dated(step.day.date), words, str(step.count) if step.counted else "")
    return table


def provisional_words(reckoning: Reckoning) -> str:
    """Which days are not certain yet, and what to do about it."""
    unsure = [step.day.date for step in reckoning.steps if step.day.provisional]
    return say(
        "deadline.provisional", first=dated(unsure[0]), last=dated(unsure[-1]), file=CALENDAR_FILE
    )


def reckoning_object(reckoning: Reckoning) -> dict[str, object]:
    """A reckoning with every day of it, for machines."""
    return {
        "start": reckoning.start.isoformat(),
        "working_days": reckoning.n,
        "due": reckoning.due.isoformat(),
        "provisional": reckoning.provisional,
        "days": [_step_object(step) for step in reckoning.steps],
    }


def _step_object(step: Step) -> dict[str, object]:
    return {
        **day_object(step.day),
        "counted": step.counted,
        "count": step.count,
        "paused": step.paused,
    }


def day_object(day: Day) -> dict[str, object]:
    """One day, for machines."""
    return {
        "date": day.date.isoformat(),
        "workday": day.workday,
        "kind": day.kind,
        "name": day.name,
        "source": day.source,
        "provisional": day.provisional,
    }


# --- the calendar of a year ---------------------------------------------------------------


def changed_days(calendar: Calendar, year: int) -> list[Day]:
    """The days of a year that are not as the week would have them, or have a name."""
    return [day for day in calendar.days(year) if day.source]


def calendar_table(days: Sequence[Day]) -> Table:
    """Days off and make-up days, those that follow each other in one row."""
    table = _table("dates", "kind", "number", "source")
    for run in _runs(days):
        first, last = run[0], run[-1]
        dates = dated(first.date)
        if len(run) > 1:
            dates = say("deadline.from_to", first=dates, last=dated(last.date))
        table.add_row(dates, day_words(first), str(len(run)), _source_words(first.source))
    return table


def _source_words(source: str) -> str:
    packaged = source.startswith(PACKAGE)
    return say("deadline.packaged", package=source) if packaged else source


def _runs(days: Sequence[Day]) -> Iterator[list[Day]]:
    """Days without a gap between them that are of one kind, name, source and certainty."""

    def same(numbered: tuple[int, Day]) -> tuple[object, ...]:
        number, day = numbered
        began = day.date - timedelta(number)
        return (began, day.kind, day.name, day.source, day.provisional)

    for _, group in groupby(enumerate(days), key=same):
        yield [day for _, day in group]


def calendar_object(calendar: Calendar, year: int) -> dict[str, object]:
    """A year's days off and make-up days, for machines."""
    days = changed_days(calendar, year)
    return {
        "year": year,
        "provisional": not calendar.knows(year),
        "working_days": sum(day.workday for day in calendar.days(year)),
        "sources": list(dict.fromkeys(notice.source for notice in calendar.of_year(year))),
        "off": [day_object(day) for day in days if day.kind is DayKind.HOLIDAY],
        "on": [day_object(day) for day in days if day.kind is DayKind.MAKEUP],
    }


# --- cases --------------------------------------------------------------------------------


def shown_reckoning(timed: TimedCase) -> Reckoning | None:
    """The reckoning behind a case's clock; None where no clock of publication runs."""
    return timed.clock.reckoning if timed.clock and not _withheld(timed) else None


def _withheld(timed: TimedCase) -> bool:
    return timed.case.attribute not in {None, DisclosureAttribute.PROACTIVE}


def case_lines(timed: TimedCase, profile: Profile) -> Iterator[str]:
    """What is to be known about a case's clock, in sentences."""
    case, clock = timed.case, timed.clock
    yield say("deadline.case" if timed.title else "deadline.case_untitled", **_named(timed))
    if case.attribute is not None and _withheld(timed):
        yield say("deadline.not_proactive", label=profile.label_of(case.attribute))
        return
    if clock is None:
        yield say("deadline.not_started")
        return
    yield say(
        "deadline.clock",
        start=dated(clock.start),
        reason=say(f"deadline.start_{clock.start_reason}"),
        tier=clock.tier,
        days=clock.allowed_wd,
        due=dated(clock.due),
    )
    yield standing(clock)
    deadlines = profile.keys.deadlines
    yield say("deadline.ground", basis=deadlines.proactive.basis)
    if clock.tier != USUAL:
        yield say("deadline.tier_ground", tier=clock.tier, basis=deadlines.tiers.basis)


def standing(clock: PublicationClock) -> str:
    """How the clock stands, in a few words."""
    match clock.state:
        case ClockState.NEAR | ClockState.RUNNING if clock.left_wd == 0:
            return say("deadline.state_today")
        case ClockState.OVERDUE | ClockState.LATE if clock.left_wd == 0:
            # The day off after the due day: past it, and no working day more.
            return say(f"deadline.state_{clock.state}_since", due=dated(clock.due))
    return say(f"deadline.state_{clock.state}", days=abs(clock.left_wd))


def case_table(found: Sequence[TimedCase]) -> Table:
    """Cases with their due days, the most pressing first."""
    table = _table("case", "title", "section", "tier", "due", "standing")
    for timed in found:
        clock = timed.clock
        due = dated(clock.due) if clock else ""
        if clock and clock.provisional:
            due = say("deadline.provisional_day", words=due)
        table.add_row(
            timed.case.number,
            timed.title,
            timed.case.section,
            clock.tier if clock else "",
            due,
            standing(clock) if clock else say("deadline.not_started"),
        )
    return table


def case_object(timed: TimedCase) -> dict[str, object]:
    """A case and its clock, for machines; the clock is null where none runs."""
    case, clock = timed.case, timed.clock
    return {
        "case": case.number,
        "title": timed.title,
        "section": case.section,
        "urgency": case.urgency,
        "state": case.state,
        "attribute": case.attribute,
        "clock": _clock_object(clock) if clock and not _withheld(timed) else None,
    }


def _clock_object(clock: PublicationClock) -> dict[str, object]:
    return {
        "start": clock.start.isoformat(),
        "start_reason": clock.start_reason,
        "tier": clock.tier,
        "allowed_wd": clock.allowed_wd,
        "due": clock.due.isoformat(),
        "left_wd": clock.left_wd,
        "state": clock.state,
        "provisional": clock.provisional,
    }


def _named(timed: TimedCase) -> dict[str, str]:
    return {"number": timed.case.number, "title": timed.title}


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in columns:
        table.add_column(say(f"deadline.column_{name}"), overflow="fold")
    return table
