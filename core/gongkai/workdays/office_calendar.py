"""``calendar.toml`` in the office folder: holidays the program does not know yet, or not at all.

Two things stand there: the notice for a coming year, on the day it is published and without
waiting for an update; and the holidays of a region, such as 开斋节 in 宁夏. Each day stated
goes before what the installed package says of it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, ValidationError

from gongkai.errors import ConfigurationError
from gongkai.messages import say
from gongkai.settings import Strict, configuration_error
from gongkai.workdays.calendar import REACHES_BACK, Calendar, Day, DayKind, Notice
from gongkai.workdays.national import national_calendar

CALENDAR_FILE = "calendar.toml"
FIXED = ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3))
"""Off in every year since 2008 (全国年节及纪念日放假办法): a notice without them is incomplete."""

_LONGEST = 31


class Span(Strict):
    """Days from ``first`` to ``last``, both included, and the holiday they belong to."""

    first: Annotated[date, Field(strict=True)]
    last: Annotated[date, Field(strict=True)]
    name: str = ""

    def dates(self) -> Iterator[date]:
        """Every date of the span."""
        for number in range((self.last - self.first).days + 1):
            yield self.first + timedelta(number)


def _as_span(value: object) -> object:
    """A date alone is a span of one day, and so is a table that gives only the first."""
    if isinstance(value, date):
        return {"first": value, "last": value}
    if isinstance(value, dict) and "first" in value:
        return {"last": value["first"], **value}
    return value


Days = tuple[Annotated[Span, BeforeValidator(_as_span)], ...]


class OfficeYear(Strict):
    """What the office states about one year; ``source`` is the number of the notice."""

    source: str = ""
    provisional: bool = False
    off: Days = ()
    on: Days = ()


class OfficeCalendar(Strict):
    """All of ``calendar.toml``."""

    years: dict[Annotated[int, Field(ge=1900, le=9000)], OfficeYear] = Field(default_factory=dict)


def load_calendar(folder: Path | None) -> Calendar:
    """The calendar of the office at ``folder``; without an office, or its file, the national one.

    Raises ``ConfigurationError`` naming file, key and way out for a file that cannot be read,
    an unknown key, a day stated twice or outside its year, a make-up day that is worked
    anyway, and a year that lacks a holiday fixed by law without being called provisional.
    """
    file = folder / CALENDAR_FILE if folder is not None else None
    if file is None or not file.exists():
        return national_calendar()
    try:
        # Notepad begins UTF-8 files with a byte order mark, which TOML does not know.
        text = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError("settings_unreadable", file=str(file)) from error
    return parse_calendar(text, str(file))


def parse_calendar(text: str, source: str) -> Calendar:
    """The national calendar under what the TOML ``text`` states; ``source`` is named in errors.

    Raises as ``load_calendar`` does.
    """
    try:
        stated = OfficeCalendar.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError("settings_syntax", file=source, problem=str(error)) from error
    except ValidationError as error:
        raise configuration_error(error, OfficeCalendar, source) from error
    national = national_calendar()
    for year, entry in stated.years.items():
        _refuse_doubtful(national, year, entry, source)
    calendar = national.with_notices(_notice(year, entry) for year, entry in stated.years.items())
    for year, entry in stated.years.items():
        _refuse_incomplete(calendar, year, entry, source)
    return calendar


def _notice(year: int, entry: OfficeYear) -> Notice:
    off = [_day(on, DayKind.HOLIDAY, span, entry) for span in entry.off for on in span.dates()]
    worked = [_day(on, DayKind.MAKEUP, span, entry) for span in entry.on for on in span.dates()]
    return Notice(year, entry.source, (*off, *worked), entry.provisional)


def _day(on: date, kind: DayKind, span: Span, entry: OfficeYear) -> Day:
    return Day(on, kind, name=span.name, source=entry.source)


def _refuse_doubtful(national: Calendar, year: int, entry: OfficeYear, source: str) -> None:
    if not entry.source.strip():
        problem = say("errors.value_missing")
        raise ConfigurationError(
            "wrong_value", file=source, key=f"years.{year}.source", problem=problem
        )
    seen: set[date] = set()
    for key, span in [("off", span) for span in entry.off] + [("on", span) for span in entry.on]:
        place = f"years.{year}.{key}"
        if not 0 <= (span.last - span.first).days < _LONGEST:
            raise ConfigurationError(
                "calendar_span", file=source, key=place, first=span.first, last=span.last
            )
        for on in span.dates():
            where = {"file": source, "key": place, "date": on.isoformat()}
            reaches_back = (on.year, on.month) == (year - 1, 12) and on.day >= REACHES_BACK
            if on.year != year and not reaches_back:
                raise ConfigurationError("calendar_outside", year=year, **where)
            if on in seen:
                raise ConfigurationError("calendar_twice", **where)
            if key == "on" and national.day(on).workday:
                raise ConfigurationError("calendar_worked", **where)
            seen.add(on)


def _refuse_incomplete(calendar: Calendar, year: int, entry: OfficeYear, source: str) -> None:
    """A coming year of which only some days were entered must not count as known."""
    if entry.provisional:
        return
    for month, number in FIXED:
        on = date(year, month, number)
        if calendar.day(on).kind is not DayKind.HOLIDAY:
            key = f"years.{year}"
            raise ConfigurationError("calendar_lacks", file=source, key=key, date=on.isoformat())
