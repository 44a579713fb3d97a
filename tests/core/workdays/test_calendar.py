"""The calendar is that of the State Council's notices, and says where it does not know."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongkai.workdays.calendar import Calendar, Day, DayKind, Notice
from gongkai.workdays.national import national_calendar

OFF = {
    2025: ["01-01", "01-28..02-04", "04-04..04-06", "05-01..05-05", "05-31..06-02", "10-01..10-08"],
    2026: [
        "01-01..01-03",
        "02-15..02-23",
        "04-04..04-06",
        "05-01..05-05",
        "06-19..06-21",
        "09-25..09-27",
        "10-01..10-07",
    ],
}
ON = {
    2025: ["01-26", "02-08", "04-27", "09-28", "10-11"],
    2026: ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"],
}


def dates(year: int, spans: list[str]) -> set[date]:
    found = set()
    for span in spans:
        first, _, last = span.partition("..")
        day, end = (date.fromisoformat(f"{year}-{text}") for text in (first, last or first))
        while day <= end:
            found.add(day)
            day += timedelta(1)
    return found


def of_kind(year: int, kind: DayKind) -> set[date]:
    return {day.date for day in national_calendar().days(year) if day.kind is kind}


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_days_off_are_those_of_the_notice(year):
    assert of_kind(year, DayKind.HOLIDAY) == dates(year, OFF[year])


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_make_up_days_are_those_of_the_notice(year):
    assert of_kind(year, DayKind.MAKEUP) == dates(year, ON[year])


@pytest.mark.parametrize("year", [2025, 2026])
def test_a_year_has_248_working_days(year):
    assert sum(day.workday for day in national_calendar().days(year)) == 248


def test_every_year_the_package_has_is_known_and_has_a_likely_number_of_working_days():
    calendar = national_calendar()
    years = [notice.year for notice in calendar.notices]

    worked = {year: sum(day.workday for day in calendar.days(year)) for year in years}

    assert years == list(range(2004, max(years) + 1))
    assert max(years) >= 2026
    assert all(247 <= number <= 252 for number in worked.values())


@pytest.mark.parametrize(
    ("on", "kind", "name"),
    [
        pytest.param("2026-09-18", DayKind.WORKDAY, "", id="a Friday"),
        pytest.param("2026-09-19", DayKind.WEEKEND, "", id="a Saturday"),
        pytest.param("2026-09-20", DayKind.MAKEUP, "国庆节", id="a Sunday worked for a holiday"),
        pytest.param("2026-09-25", DayKind.HOLIDAY, "中秋", id="a Friday off"),
        pytest.param("2026-10-04", DayKind.HOLIDAY, "国庆节", id="a Sunday inside a holiday"),
    ],
)
def test_a_day_says_why_it_is_worked_or_not(on, kind, name):
    day = national_calendar().day(date.fromisoformat(on))

    assert (day.kind, day.name, day.provisional) == (kind, name, False)
    assert bool(day.source) == (kind in {DayKind.HOLIDAY, DayKind.MAKEUP})


def of_two_years() -> Calendar:
    """2030 is known, 2031 announced but not settled."""
    new_year = Day(date(2030, 1, 1), DayKind.HOLIDAY, name="元旦", source="通知")
    return Calendar(
        (Notice(2030, "通知", (new_year,)), Notice(2031, "征求意见稿", (), provisional=True))
    )


@pytest.mark.parametrize(
    ("on", "provisional"),
    [
        pytest.param("2029-12-28", True, id="the year before is not known"),
        pytest.param("2030-01-01", False, id="a day of a notice"),
        pytest.param("2030-12-28", False, id="no notice ever reached so far back"),
        pytest.param("2030-12-29", True, id="the next notice may still reach this day"),
        pytest.param("2031-06-02", True, id="a year announced but not settled"),
        pytest.param("2032-06-02", True, id="a year nobody has announced"),
    ],
)
def test_a_day_no_notice_has_settled_is_provisional(on, provisional):
    assert of_two_years().day(date.fromisoformat(on)).provisional is provisional


def test_monday_to_friday_are_assumed_where_nothing_is_known():
    calendar = Calendar()

    week = [calendar.day(date(2031, 6, 2) + timedelta(number)) for number in range(7)]

    assert [day.workday for day in week] == [True] * 5 + [False] * 2
    assert all(day.provisional for day in week)


def test_a_later_notice_goes_before_an_earlier_one():
    on = date(2030, 1, 1)
    worked = Notice(2030, "更正", (Day(on, DayKind.MAKEUP, source="更正"),))

    day = of_two_years().with_notices([worked]).day(on)

    assert (day.kind, day.source) == (DayKind.MAKEUP, "更正")
