"""Reckoning with days: so many working days from here, so many between, hours, calendar days.

The day on which something happens does not count; the last day counted is the due day
(民法典 201, 203). Everything here is pure: today is given, never asked for.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from gongkai.workdays.calendar import Calendar, Day


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which no day counts: after ``since`` up to ``until``, that day included."""

    since: date
    until: date

    def holds(self, on: date) -> bool:
        """Whether the clock stands still on a day."""
        return self.since < on <= self.until


@dataclass(frozen=True, slots=True)
class Step:
    """One day that was walked over, and how many had counted at its end."""

    day: Day
    count: int
    counted: bool
    paused: bool = False


@dataclass(frozen=True, slots=True)
class Reckoning:
    """``n`` working days after ``start`` end on ``due``; ``steps`` are all days walked over.

    ``provisional``: a day among them may still change, and with it the due date.
    """

    start: date
    n: int
    due: date
    provisional: bool
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """Working days from one date to another; negative when the other is the earlier one."""

    days: int
    provisional: bool


@dataclass(frozen=True, slots=True)
class CalendarDays:
    """``n`` days of any kind after ``start``: they end on ``last``.

    ``due`` is ``last`` or, where that is a day off, the next working day (民法典 203).
    """

    start: date
    n: int
    last: date
    due: date
    provisional: bool


@dataclass(frozen=True, slots=True)
class Hours:
    """A clock in hours, which knows neither nights nor holidays."""

    start: datetime
    due: datetime
    left: timedelta

    @property
    def overdue(self) -> bool:
        """Whether the time is up."""
        return self.left < timedelta(0)


def reckon(calendar: Calendar, start: date, n: int, pauses: Collection[Pause] = ()) -> Reckoning:
    """The day on which ``n`` working days after ``start`` are up; ``n`` is at least 1."""
    if n < 1:
        raise ValueError("a clock runs for one working day at least")
    steps: list[Step] = []
    count = 0
    for day in calendar.after(start):
        paused = any(pause.holds(day.date) for pause in pauses)
        counted = day.workday and not paused
        count += counted
        steps.append(Step(day, count, counted, paused))
        if count == n:
            break
    else:
        raise OverflowError("no date is so late")
    provisional = any(step.day.provisional for step in steps)
    return Reckoning(start, n, steps[-1].day.date, provisional, tuple(steps))


def working_days(
    calendar: Calendar, since: date, until: date, pauses: Collection[Pause] = ()
) -> Between:
    """How many working days lie after ``since`` up to ``until``, that day included.

    ``reckon`` the other way round: ``working_days(calendar, start, due).days`` is ``n``.
    """
    earlier, later = min(since, until), max(since, until)
    count, provisional = 0, False
    for day in calendar.after(earlier):
        if day.date > later:
            break
        provisional |= day.provisional
        count += day.workday and not any(pause.holds(day.date) for pause in pauses)
    return Between(count if since <= until else -count, provisional)


def calendar_days(calendar: Calendar, start: date, n: int) -> CalendarDays:
    """The day on which ``n`` calendar days after ``start`` are up; ``n`` is at least 1."""
    if n < 1:
        raise ValueError("a clock runs for one day at least")
    last = start + timedelta(n)
    day, provisional = calendar.day(last), False
    following = calendar.after(last)
    while not day.workday:
        provisional |= day.provisional
        day = next(following)
    return CalendarDays(start, n, last, day.date, provisional or day.provisional)


def hours(start: datetime, allowed: float, now: datetime) -> Hours:
    """How a clock of ``allowed`` hours stands; both moments carry their offset."""
    if start.tzinfo is None or now.tzinfo is None:
        raise ValueError("a moment without its offset is no moment")
    due = start + timedelta(hours=allowed)
    return Hours(start, due, due - now)
