"""Which days an office works: the State Council's yearly notice, and the office's own word.

The notice of a year comes out late in the year before. Until it is known, Monday to Friday are
assumed to be working days and every such day is *provisional*, so that whatever is reckoned
through it says so (requirements N-34). The notice also reaches back: the holiday of 1 January
took 30 and 31 December 2007, and 29 December 2018 was worked for it. The last days of December
are provisional too, therefore, until the next year is known.
"""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

REACHES_BACK = 29
"""From this day of December on, the next year's notice has changed days of the old year."""

_SATURDAY = 5


class DayKind(StrEnum):
    """Why a day is worked or not."""

    WORKDAY = "workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKEUP = "makeup"


@dataclass(frozen=True, slots=True)
class Day:
    """One day: worked or not, why, on whose word, and whether that is certain.

    ``name`` is the holiday a day off or a make-up day belongs to, ``english`` the same where
    there is an English name; ``source`` is the notice that changed the day, "" for the pattern
    of the week.
    """

    date: date
    kind: DayKind
    provisional: bool = False
    name: str = ""
    english: str = ""
    source: str = ""

    @property
    def workday(self) -> bool:
        """Whether the day counts as a working day."""
        return self.kind in {DayKind.WORKDAY, DayKind.MAKEUP}


@dataclass(frozen=True, slots=True)
class Notice:
    """The days one notice changes: off, and worked to make up for it (调休).

    ``year`` is the year the notice settles; it may change days of the December before.
    """

    year: int
    source: str
    days: tuple[Day, ...]
    provisional: bool = False


@dataclass(frozen=True)
class Calendar:
    """The notices known, later ones before earlier ones."""

    notices: tuple[Notice, ...] = ()

    @cached_property
    def _known(self) -> Mapping[int, bool]:
        return {notice.year: not notice.provisional for notice in self.notices}

    @cached_property
    def _changed(self) -> Mapping[date, Day]:
        return {day.date: day for notice in self.notices for day in notice.days}

    def day(self, on: date) -> Day:
        """What kind of day ``on`` is."""
        provisional = not self.settled(on)
        changed = self._changed.get(on)
        if changed is None:
            kind = DayKind.WEEKEND if on.weekday() >= _SATURDAY else DayKind.WORKDAY
            return Day(on, kind, provisional)
        return replace(changed, provisional=provisional)

    def settled(self, on: date) -> bool:
        """Whether no notice still to come can change the day."""
        reached = on.month == 12 and on.day >= REACHES_BACK
        return self.knows(on.year) and (not reached or self.knows(on.year + 1))

    def knows(self, year: int) -> bool:
        """Whether a notice for ``year`` is known and not provisional."""
        return self._known.get(year, False)

    def days(self, year: int) -> tuple[Day, ...]:
        """Every day of a year."""
        first, days = date(year, 1, 1), 366 if isleap(year) else 365
        return tuple(self.day(first + timedelta(number)) for number in range(days))

    def of_year(self, year: int) -> tuple[Notice, ...]:
        """The notices that settle a year, the later one last."""
        return tuple(notice for notice in self.notices if notice.year == year)

    def after(self, start: date) -> Iterator[Day]:
        """The days after ``start``, one by one, to the end of the calendar (9999)."""
        for ordinal in range(start.toordinal() + 1, date.max.toordinal() + 1):
            yield self.day(date.fromordinal(ordinal))

    def with_notices(self, added: Iterable[Notice]) -> Calendar:
        """The same calendar with further notices laid over it, in the order of their years."""
        return Calendar((*self.notices, *sorted(added, key=lambda notice: notice.year)))
