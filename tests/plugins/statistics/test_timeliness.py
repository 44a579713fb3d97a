"""Working days and what was in time, counted by hand on the calendar of 2025."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.workdays.publication import PublicationFacts
from gongkai_plugins.statistics.papers import Paper, Period, Publication, Referral
from gongkai_plugins.statistics.timeliness import timed
from plugins.statistics.papers import CLOCKS, SECTION, TODAY, YEAR, approval, paper

SIGNED = date(2025, 3, 3)
"""A Monday; twenty working days later is Monday, 31 March."""
MARCH = Period(date(2025, 3, 1), date(2025, 3, 31))
APRIL = Period(date(2025, 4, 1), date(2025, 4, 30))


def published(on: date | None, *, awaited: bool = False, **known: object) -> Paper:
    facts = replace(PublicationFacts(signed_date=SIGNED, published_on=on), **known)  # type: ignore[arg-type]
    return paper(publications=(Publication(facts, awaited),))


@pytest.mark.parametrize(
    ("on", "days"),
    [
        pytest.param(date(2025, 3, 3), 0, id="on the very day"),
        pytest.param(date(2025, 3, 10), 5, id="a week later"),
        pytest.param(date(2025, 3, 31), 20, id="the last day"),
        pytest.param(date(2025, 4, 7), 24, id="清明 4 to 6 April is off"),
        pytest.param(date(2025, 5, 6), 43, id="27 April is worked, 1 to 5 May are off"),
    ],
)
def test_days_from_formation_to_publication_are_working_days(on: date, days: int) -> None:
    """PRO-16, REP-03."""
    found = timed([published(on)], YEAR, CLOCKS)

    assert found.whole.publishing.greatest == days


def test_mean_and_greatest_are_of_what_was_published_in_the_period() -> None:
    """PRO-16, REP-03: 5, 2 and 24 days in the year, the last one not in March."""
    papers = [published(date(2025, 3, day)) for day in (10, 5)] + [published(date(2025, 4, 7))]

    year, march = timed(papers, YEAR, CLOCKS).whole, timed(papers, MARCH, CLOCKS).whole

    assert (year.publishing.mean, year.publishing.greatest) == (Decimal("10.33"), 24)
    assert (march.publishing.mean, march.publishing.greatest) == (Decimal("3.50"), 5)


def test_without_a_date_on_the_paper_its_approval_counts() -> None:
    """PRO-16: from formation, else from approval."""
    made = published(date(2025, 3, 10), signed_date=None, approval_done=date(2025, 3, 6))

    assert timed([made], YEAR, CLOCKS).whole.publishing.greatest == 2


def test_after_a_change_the_day_of_the_change_counts() -> None:
    made = published(date(2025, 6, 6), approval_done=date(2025, 6, 5), changed_on=date(2025, 6, 5))

    assert timed([made], YEAR, CLOCKS).whole.publishing.greatest == 1


def test_in_time_is_within_the_tier_and_what_nobody_published_counts_too() -> None:
    """ASM-06, PRO-08: in time, late, late for its urgency, overdue, and one with time left."""
    papers = [
        published(date(2025, 3, 31)),
        published(date(2025, 4, 1)),
        published(date(2025, 3, 10), urgency="特急"),
        published(None, awaited=True),
        published(None, awaited=True, signed_date=TODAY),
    ]

    found = timed(papers, YEAR, CLOCKS).whole

    assert (found.in_time.count, found.in_time.of, found.overdue) == (1, 4, 1)
    assert found.in_time.percent == Decimal("25.00")


def test_on_the_due_day_itself_nothing_is_overdue() -> None:
    """ASM-06: 31 March is the last of twenty working days."""
    waiting = [published(None, awaited=True)]

    due, after = (
        timed(waiting, YEAR, replace(CLOCKS, today=date(2025, month, day))).whole.overdue
        for month, day in ((3, 31), (4, 1))
    )

    assert (due, after) == (0, 1)


def test_a_late_paper_counts_in_the_period_it_became_late_in() -> None:
    """ASM-06: what March reported stays true once the paper is published in April."""
    late = published(date(2025, 4, 15))
    waiting = published(None, awaited=True)

    march = [timed([each], MARCH, CLOCKS).whole.in_time for each in (late, waiting)]

    assert [(share.count, share.of) for share in march] == [(0, 1), (0, 1)]
    assert timed([late], APRIL, CLOCKS).whole.in_time.of == 0
    assert timed([late], APRIL, CLOCKS).whole.publishing.count == 1


def test_a_publication_nobody_waits_for_is_not_overdue() -> None:
    """A paper that was cancelled or determined anew is no debt."""
    assert timed([published(None)], YEAR, CLOCKS).whole.in_time.of == 0


def test_a_paper_dated_at_the_end_of_the_calendar_stops_no_report() -> None:
    """A date is read from a paper, and a paper may say anything."""
    papers = [published(date(2025, 3, 5)), published(TODAY, signed_date=date.max)]

    assert timed(papers, YEAR, CLOCKS).whole.in_time.of == 1


def test_dates_that_contradict_each_other_are_left_out_and_told() -> None:
    backwards = published(date(2025, 2, 20))
    early = paper(approvals=(approval(date(2025, 3, 1), since=date(2025, 3, 3)),))

    found = timed([backwards, early], YEAR, CLOCKS)

    assert found.doubtful == 2
    assert (found.whole.publishing.count, found.whole.determining.count) == (0, 0)


def test_determination_takes_from_submission_to_the_signature() -> None:
    """ASM-08: mean determination time, 5 and 2 working days."""
    papers = [
        paper(approvals=(approval(date(2025, 3, 10)),)),
        paper(approvals=(approval(date(2025, 3, 5)),)),
    ]

    found = timed(papers, YEAR, CLOCKS).sections[0]

    assert (found.section, found.determining.mean, found.determining.greatest) == (
        SECTION, Decimal("3.50"), 5,
    )  # fmt: skip


def test_open_referrals_age_to_this_day_and_answers_belong_to_their_period() -> None:
    """REP-08: REFER ageing."""
    waiting = paper(referrals=(Referral(date(2025, 6, 23)),))
    answered = paper(referrals=(Referral(date(2025, 3, 3), date(2025, 3, 7)),))

    year = timed([waiting, answered], YEAR, CLOCKS)
    april = timed([waiting, answered], APRIL, CLOCKS)

    assert (year.waiting.greatest, year.answered.greatest) == (5, 4)
    assert (april.waiting.greatest, april.answered.count) == (5, 0)


def test_days_no_notice_has_settled_are_said_to_be_provisional() -> None:
    """N-34: the notice for 2099 is not out."""
    far = date(2099, 3, 2)
    clocks = replace(CLOCKS, today=far + timedelta(60))

    found = timed(
        [published(far + timedelta(7), signed_date=far)], Period(far, clocks.today), clocks
    )

    assert found.provisional
    assert not timed([published(date(2025, 3, 10))], YEAR, CLOCKS).provisional


days = st.integers(min_value=0, max_value=150).map(lambda n: date(2025, 1, 2) + timedelta(n))
papers = st.builds(
    lambda signed, on, section: replace(
        published(on, awaited=True, signed_date=signed), section=section
    ),
    days,
    st.none() | days,
    st.sampled_from([SECTION, "社会保险科"]),
)


@given(st.lists(papers, max_size=15))
def test_sections_add_up_to_the_whole(given_papers: list[Paper]) -> None:
    found = timed(given_papers, YEAR, CLOCKS)

    assert sum(each.in_time.of for each in found.sections) == found.whole.in_time.of
    assert sum(each.in_time.count for each in found.sections) == found.whole.in_time.count
    assert sum(each.overdue for each in found.sections) == found.whole.overdue
    assert sum(each.publishing.total for each in found.sections) == found.whole.publishing.total


@given(st.lists(papers, max_size=15), days)
def test_every_publication_is_settled_in_one_period_only(
    given_papers: list[Paper], cut: date
) -> None:
    whole = timed(given_papers, YEAR, CLOCKS).whole.in_time
    before = timed(given_papers, Period(YEAR.first, cut), CLOCKS).whole.in_time
    after = timed(given_papers, Period(cut + timedelta(1), YEAR.last), CLOCKS).whole.in_time

    assert (before.of + after.of, before.count + after.count) == (whole.of, whole.count)
