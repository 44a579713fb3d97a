"""The clock of proactive disclosure (PRO-08)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.errors import ConfigurationError
from gongkai.policy.profile import known_profiles, load_profile
from gongkai.workdays.national import national_calendar
from gongkai.workdays.publication import (
    ClockState,
    PublicationFacts,
    Start,
    publication_clock,
    tier_of,
)
from gongkai.workdays.reckoning import Pause

CALENDAR = national_calendar()
NATIONAL = load_profile("national_2019").keys.deadlines
LEGACY = load_profile("molss_legacy").keys.deadlines
SIGNED, APPROVED = date(2026, 9, 18), date(2026, 9, 21)
DUE = date(2026, 10, 22)


def clock(today=SIGNED, deadlines=NATIONAL, **facts):
    known = {"signed_date": SIGNED, "approval_done": APPROVED, **facts}
    return publication_clock(CALENDAR, deadlines, PublicationFacts(**known), today)


@pytest.mark.parametrize(
    ("deadlines", "facts", "start", "reason"),
    [
        pytest.param(NATIONAL, {}, SIGNED, Start.SIGNED, id="the earliest"),
        pytest.param(LEGACY, {}, APPROVED, Start.APPROVED, id="the latest (C-13)"),
        pytest.param(
            NATIONAL, {"signed_date": None}, APPROVED, Start.APPROVED, id="no date on the paper"
        ),
        pytest.param(
            LEGACY, {"approval_done": None}, SIGNED, Start.SIGNED, id="what is not known waits not"
        ),
        pytest.param(
            NATIONAL,
            {"changed_on": date(2026, 11, 2)},
            date(2026, 11, 2),
            Start.CHANGED,
            id="a change starts it anew",
        ),
        pytest.param(
            LEGACY,
            {"changed_on": date(2026, 11, 2)},
            APPROVED,
            Start.APPROVED,
            id="a change does not, under the older rules",
        ),
    ],
)
def test_the_profile_says_when_the_clock_starts(deadlines, facts, start, reason):
    found = clock(deadlines=deadlines, **facts)

    assert (found.start, found.start_reason) == (start, reason)


def test_nothing_runs_before_there_is_a_paper():
    assert clock(signed_date=None, approval_done=None) is None


@pytest.mark.parametrize(
    ("today", "published", "state", "left"),
    [
        pytest.param("2026-09-18", None, ClockState.RUNNING, 20, id="on the first day"),
        pytest.param("2026-10-16", None, ClockState.RUNNING, 4, id="one day before it is near"),
        pytest.param("2026-10-17", None, ClockState.RUNNING, 4, id="a Saturday changes nothing"),
        pytest.param("2026-10-19", None, ClockState.NEAR, 3, id="three working days left"),
        pytest.param("2026-10-22", None, ClockState.NEAR, 0, id="on the due day"),
        pytest.param("2026-10-23", None, ClockState.OVERDUE, -1, id="the day after"),
        pytest.param("2026-11-20", "2026-10-22", ClockState.MET, 0, id="published on the due day"),
        pytest.param("2026-11-20", "2026-09-29", ClockState.MET, 13, id="published early"),
        pytest.param("2026-11-20", "2026-10-26", ClockState.LATE, -2, id="published late"),
    ],
)
def test_a_clock_says_how_it_stands(today, published, state, left):
    on = date.fromisoformat(published) if published else None

    found = clock(date.fromisoformat(today), published_on=on)

    assert (found.due, found.state, found.left_wd) == (DUE, state, left)


@pytest.mark.parametrize(
    ("urgency", "tier", "due"),
    [
        pytest.param("", "普通", "2026-10-22", id="no urgency"),
        pytest.param("特急", "特急", "2026-09-20", id="the make-up Sunday counts"),
        pytest.param("加　急", "加急", "2026-09-22", id="printed spread out"),
        pytest.param("平急件", "平急", "2026-09-24", id="with a word around it"),
        pytest.param("尽快", "普通", "2026-10-22", id="an unknown word"),
    ],
)
def test_urgent_papers_have_less_time(urgency, tier, due):
    found = clock(urgency=urgency)

    assert (found.tier, found.due) == (tier, date.fromisoformat(due))
    assert tier_of(urgency, NATIONAL.tiers.value) == tier


def test_a_referral_stops_the_clock_only_where_the_profile_says_so(tmp_path):
    (tmp_path / "pausing.toml").write_text(
        '[profile]\nid = "pausing"\nversion = "1"\ntitle = "示例"\nextends = "national_2019"\n'
        '[deadlines.refer_pauses]\nvalue = true\nbasis = "示例"\nlevel = "local"\n',
        "utf-8",
    )
    pausing = load_profile("pausing", [tmp_path]).keys.deadlines
    referred = (Pause(date(2026, 9, 21), date(2026, 9, 23)),)

    running = clock(referred=referred)
    stopped = clock(deadlines=pausing, referred=referred)

    assert (running.due, stopped.due) == (DUE, date(2026, 10, 26))
    assert stopped.left_wd == 20


def test_a_clock_through_a_year_without_data_is_provisional():
    assert clock(signed_date=date(2040, 1, 9), approval_done=None).provisional


@pytest.mark.parametrize("name", known_profiles())
def test_no_tier_of_a_packaged_profile_is_above_the_limit(name):
    deadlines = load_profile(name).keys.deadlines

    assert max(deadlines.tiers.value.values()) <= deadlines.proactive.value.max_wd == 20


@pytest.mark.parametrize(
    ("value", "said"),
    [
        pytest.param('{ "普通" = 21 }', "max_wd = 20", id="longer than the limit"),
        pytest.param('{ "特急" = 1 }', "普通", id="none for the usual paper"),
        pytest.param('{ "普通" = 0 }', "1", id="no time at all"),
    ],
)
def test_tiers_that_do_not_fit_are_refused(tmp_path, value, said):
    (tmp_path / "bureau.toml").write_text(
        '[profile]\nid = "bureau"\nversion = "1"\ntitle = "示例"\nextends = "national_2019"\n'
        f'[deadlines.tiers]\nvalue = {value}\nbasis = "示例"\nlevel = "local"\n',
        "utf-8",
    )

    with pytest.raises(ConfigurationError) as caught:
        load_profile("bureau", [tmp_path]).keys  # noqa: B018

    assert said in str(caught.value)


@settings(deadline=None)
@given(
    st.dates(date(2024, 1, 1), date(2026, 6, 1)),
    st.integers(0, 60),
    st.sampled_from(["", "特急", "加急", "平急"]),
    st.integers(0, 90),
)
def test_a_clock_never_allows_more_than_the_limit(signed, later, urgency, passed):
    approved = signed + timedelta(later)
    today = signed + timedelta(passed)

    found = clock(today, signed_date=signed, approval_done=approved, urgency=urgency)

    assert found.due <= clock(today, signed_date=signed, approval_done=approved).due
    assert (found.state is ClockState.OVERDUE) == (today > found.due)
    assert (found.left_wd >= 0) or found.state is ClockState.OVERDUE


def test_a_paper_dated_at_the_end_of_the_calendar_has_no_clock():
    last = date(9999, 12, 30)

    assert clock(signed_date=last, approval_done=None) is None
