"""What was determined, counted by hand and by hypothesis (REP-08)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.lifecycle.state import State
from gongkai_plugins.statistics.figures import Determined, Dimension, determined
from gongkai_plugins.statistics.papers import Paper, Period, Way
from gongkai_plugins.statistics.shares import Share
from plugins.statistics.papers import (
    NOT_DISCLOSED,
    ON_REQUEST,
    PROACTIVE,
    SECTION,
    YEAR,
    approval,
    paper,
)

OTHERS = ("社会保险科", "劳动监察科")


def counted(shares: tuple[Share, ...]) -> dict[str, tuple[int, str]]:
    return {share.key: (share.count, str(share.percent)) for share in shares}


def small_office() -> Determined:
    """Seven papers, counted by hand in the tests below."""
    papers = [
        paper(approvals=(approval(),)),
        paper(approvals=(approval(way=Way.INHERITED),), kind="意见"),
        paper(approvals=(approval(date(2025, 4, 2)),), section=OTHERS[0]),
        paper(approvals=(approval(date(2025, 4, 9), ON_REQUEST, Way.OWN, "article-15"),)),
        paper(
            approvals=(
                approval(date(2025, 5, 6), NOT_DISCLOSED, Way.REDETERMINED, "E4", "article-16"),
            ),
            kind="请示",
            withheld_on=(date(2025, 5, 8),),
        ),
        # Nobody has determined this one, and the next was cancelled.
        paper(late=True),
        paper(approvals=(approval(),), state=State.CANCELLED),
    ]
    return determined(papers, YEAR, (SECTION, *OTHERS))


def test_shares_are_of_all_determinations() -> None:
    """REP-02, REP-08: five papers, three PROACTIVE, one of each other attribute."""
    found = small_office()

    assert found.total == 5
    assert counted(found.attributes) == {
        PROACTIVE: (3, "60.00"),
        ON_REQUEST: (1, "20.00"),
        NOT_DISCLOSED: (1, "20.00"),
    }


def test_kinds_and_sections_divide_by_attribute() -> None:
    """REP-08."""
    found = small_office()

    kinds = {line.share.key: [share.count for share in line.attributes] for line in found.kinds}
    sections = {line.share.key: str(line.share.percent) for line in found.sections}

    assert kinds == {"意见": [1, 0, 0], "请示": [0, 0, 1], "通知": [2, 1, 0]}
    assert sections == {SECTION: "80.00", OTHERS[0]: "20.00", OTHERS[1]: "0.00"}


def test_every_month_of_the_period_has_its_line() -> None:
    """REP-04: 0 is reported, not omitted."""
    months = {line.share.key: line.share.count for line in small_office().months}

    assert months == {
        "2025-01": 0, "2025-02": 0, "2025-03": 2, "2025-04": 2, "2025-05": 1, "2025-06": 0,
    }  # fmt: skip


def test_inherited_and_own_are_told_apart() -> None:
    """REP-08."""
    assert counted(small_office().ways) == {
        "own": (3, "60.00"),
        "inherited": (1, "20.00"),
        "redetermined": (1, "20.00"),
        "unknown": (0, "0.00"),
    }


def test_grounds_are_of_what_is_not_disclosed_and_may_overlap() -> None:
    """REP-08, PRO-11: of two papers one names two grounds."""
    assert counted(small_office().grounds) == {
        "E4": (1, "50.00"),
        "article-15": (1, "50.00"),
        "article-16": (1, "50.00"),
    }


def test_single_figures_count_papers() -> None:
    """A15: 补办 is shown; REP-08: WITHHELD."""
    found = small_office()

    assert (found.late, found.withheld, found.again) == (1, 1, 0)


def test_an_office_without_papers_reports_zeros() -> None:
    """REP-04."""
    found = determined([], YEAR, (SECTION,))

    assert found.total == found.late == found.withheld == found.again == 0
    assert counted(found.attributes) == {
        PROACTIVE: (0, "None"), ON_REQUEST: (0, "None"), NOT_DISCLOSED: (0, "None"),
    }  # fmt: skip
    assert [line.share.key for line in found.sections] == [SECTION]


def test_a_paper_determined_twice_counts_once_and_by_the_last() -> None:
    first, second = approval(), approval(date(2025, 5, 6), ON_REQUEST, again=True)

    found = determined([paper(approvals=(first, second))], YEAR)

    assert (found.total, found.again) == (1, 1)
    assert counted(found.attributes)[ON_REQUEST] == (1, "100.00")


def test_each_period_counts_its_own_determination() -> None:
    twice = paper(approvals=(approval(), approval(date(2025, 5, 6), ON_REQUEST, again=True)))

    march = determined([twice], Period(date(2025, 3, 1), date(2025, 3, 31)))

    assert counted(march.attributes)[PROACTIVE] == (1, "100.00")


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        pytest.param(date(2025, 3, 10), date(2025, 3, 10), 1, id="both ends are in"),
        pytest.param(date(2025, 3, 11), date(2025, 3, 31), 0, id="the day before is out"),
        pytest.param(date(2025, 3, 1), date(2025, 3, 9), 0, id="the day after is out"),
    ],
)
def test_a_period_includes_its_ends(first: date, last: date, count: int) -> None:
    assert determined([paper(approvals=(approval(),))], Period(first, last)).total == count


days = st.integers(min_value=0, max_value=200).map(lambda n: date(2024, 12, 1) + timedelta(n))
papers = st.builds(
    lambda on, attribute, way, section, kind, state: paper(
        approvals=(approval(on, attribute, way),), section=section, kind=kind, state=state
    ),
    days,
    st.sampled_from([PROACTIVE, ON_REQUEST, NOT_DISCLOSED]),
    st.sampled_from(Way),
    st.sampled_from([SECTION, *OTHERS, ""]),
    st.sampled_from(["通知", "意见", ""]),
    st.sampled_from([State.APPROVED, State.PUBLISHED, State.CANCELLED]),
)


@given(st.lists(papers, max_size=60))
def test_every_dimension_adds_up_to_the_same_count(given_papers: list[Paper]) -> None:
    found = determined(given_papers, YEAR, (SECTION,))

    for by in Dimension:
        lines = found.lines(by)
        assert sum(line.share.count for line in lines) == found.total
        assert all(line.share.of == found.total for line in lines)
        for line in lines:
            if line.attributes:
                assert sum(share.count for share in line.attributes) == line.share.count
    assert sum(share.count for share in found.ways) == found.total


@given(st.lists(papers, max_size=60), days)
def test_two_periods_make_the_period_they_divide(given_papers: list[Paper], cut: date) -> None:
    first, last = date(2024, 12, 1), date(2025, 12, 31)

    whole = determined(given_papers, Period(first, last))
    before = determined(given_papers, Period(first, cut))
    after = determined(given_papers, Period(cut + timedelta(1), last))

    assert before.total + after.total == whole.total
