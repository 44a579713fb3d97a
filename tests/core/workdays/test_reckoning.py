"""Reckoning in working days, calendar days and hours."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.workdays.national import national_calendar
from gongkai.workdays.reckoning import Pause, calendar_days, hours, reckon, working_days

CALENDAR = national_calendar()
DATES = st.dates(date(2003, 6, 1), date(2035, 12, 31))
NUMBERS = st.integers(1, 60)


@pytest.mark.parametrize(
    ("start", "due"),
    [
        pytest.param("2025-09-26", "2025-10-30", id="over the long holiday of autumn"),
        pytest.param("2025-12-31", "2026-01-29", id="over the turn of the year"),
        pytest.param("2026-02-10", "2026-03-16", id="over the Spring Festival"),
        pytest.param("2026-04-24", "2026-05-26", id="over 1 May"),
        pytest.param("2026-09-18", "2026-10-22", id="over two holidays"),
    ],
)
def test_twenty_working_days_end_where_the_notice_has_them_end(start, due):
    reckoning = reckon(CALENDAR, date.fromisoformat(start), 20)

    assert reckoning.due == date.fromisoformat(due)
    assert not reckoning.provisional


def test_a_reckoning_holds_every_day_with_its_count():
    reckoning = reckon(CALENDAR, date(2026, 9, 18), 3)

    steps = [(step.day.date.day, step.counted, step.count) for step in reckoning.steps]

    assert steps == [(19, False, 0), (20, True, 1), (21, True, 2), (22, True, 3)]


def test_a_reckoning_through_a_year_without_data_is_provisional():
    assert reckon(CALENDAR, date(2040, 3, 1), 5).provisional


@settings(deadline=None)
@given(DATES, NUMBERS)
def test_adding_and_counting_agree(start, n):
    reckoning = reckon(CALENDAR, start, n)

    between = working_days(CALENDAR, start, reckoning.due)

    assert (between.days, between.provisional) == (n, reckoning.provisional)


@settings(deadline=None)
@given(DATES, NUMBERS)
def test_a_due_day_is_a_working_day_after_the_start(start, n):
    due = reckon(CALENDAR, start, n).due

    assert due > start
    assert CALENDAR.day(due).workday


@settings(deadline=None)
@given(DATES, NUMBERS)
def test_a_later_start_or_a_longer_time_never_ends_earlier(start, n):
    due = reckon(CALENDAR, start, n).due

    assert reckon(CALENDAR, start + timedelta(1), n).due >= due
    assert reckon(CALENDAR, start, n + 1).due > due


@settings(deadline=None)
@given(DATES, st.integers(0, 120), st.integers(0, 120))
def test_counting_adds_up_and_turns_round(start, first, second):
    middle, end = start + timedelta(first), start + timedelta(first + second)

    def days(since, until):
        return working_days(CALENDAR, since, until).days

    assert days(start, middle) + days(middle, end) == days(start, end)
    assert days(end, start) == -days(start, end)


@settings(deadline=None)
@given(DATES, NUMBERS, st.integers(0, 30), st.integers(0, 30))
def test_a_pause_makes_the_end_later_by_the_working_days_in_it(start, n, begins, lasts):
    since = start + timedelta(begins)
    pause = Pause(since, since + timedelta(lasts))
    due = reckon(CALENDAR, start, n, [pause]).due

    lost = working_days(CALENDAR, since, min(pause.until, due)).days if since < due else 0

    assert working_days(CALENDAR, start, due).days == n + lost
    assert working_days(CALENDAR, start, due, [pause]).days == n


@pytest.mark.parametrize("n", [0, -1])
def test_a_clock_runs_for_one_day_at_least(n):
    with pytest.raises(ValueError, match="one"):
        reckon(CALENDAR, date(2026, 9, 18), n)
    with pytest.raises(ValueError, match="one"):
        calendar_days(CALENDAR, date(2026, 9, 18), n)


@pytest.mark.parametrize(
    ("start", "n", "last", "due"),
    [
        pytest.param("2026-09-01", 7, "2026-09-08", "2026-09-08", id="seven days"),
        pytest.param("2026-09-18", 10, "2026-09-28", "2026-09-28", id="ten days"),
        pytest.param("2026-09-04", 30, "2026-10-04", "2026-10-08", id="the last day is off"),
        pytest.param("2026-09-10", 10, "2026-09-20", "2026-09-20", id="a Sunday that is worked"),
    ],
)
def test_calendar_days_end_on_a_working_day(start, n, last, due):
    found = calendar_days(CALENDAR, date.fromisoformat(start), n)

    assert (found.last, found.due) == (date.fromisoformat(last), date.fromisoformat(due))


@settings(deadline=None)
@given(DATES, st.integers(1, 90))
def test_calendar_days_are_never_shortened(start, n):
    found = calendar_days(CALENDAR, start, n)

    assert found.due >= found.last == start + timedelta(n)
    assert CALENDAR.day(found.due).workday


def test_hours_know_no_nights_and_no_holidays():
    found = datetime(2026, 10, 1, 22, 0, tzinfo=timezone(timedelta(hours=8)))

    clock = hours(found, 24, datetime(2026, 10, 2, 13, 0, tzinfo=UTC))

    assert clock.due.isoformat() == "2026-10-02T22:00:00+08:00"
    assert (clock.left, clock.overdue) == (timedelta(hours=1), False)
    assert hours(found, 24, clock.due + timedelta(seconds=1)).overdue


def test_a_moment_without_its_offset_is_refused():
    with pytest.raises(ValueError, match="offset"):
        hours(datetime(2026, 10, 1), 24, datetime.now(UTC))
