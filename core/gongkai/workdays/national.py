"""The State Council's holiday notices, as the package chinesecalendar carries them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cache
from importlib.metadata import version

from chinese_calendar import Holiday, holidays, workdays

from gongkai.workdays.calendar import Calendar, Day, DayKind, Notice

PACKAGE = "chinesecalendar"


@cache
def national_calendar() -> Calendar:
    """All years the installed package has; nothing is fetched.

    The package files a day under its own year, whichever notice named it.
    """
    source = f"{PACKAGE} {version(PACKAGE)}"
    years: defaultdict[int, list[Day]] = defaultdict(list)
    for kind, table in ((DayKind.HOLIDAY, holidays), (DayKind.MAKEUP, workdays)):
        for on, name in table.items():
            years[on.year].append(_day(on, kind, name, source))
    # A year is known when its own first of January is: the December before may be there alone.
    return Calendar(
        tuple(
            Notice(year, source, tuple(sorted(days, key=lambda day: day.date)))
            for year, days in sorted(years.items())
            if date(year, 1, 1) in holidays
        )
    )


def _day(on: date, kind: DayKind, name: str, source: str) -> Day:
    holiday = Holiday(name)
    return Day(on, kind, name=holiday.chinese, english=holiday.value, source=source)
