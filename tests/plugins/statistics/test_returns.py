"""Submissions that came back: the first round apart, by section, never by person."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai_plugins.statistics.papers import Paper, Return
from gongkai_plugins.statistics.returns import First, Submissions, first_round, returned
from plugins.statistics.papers import SECTION, YEAR, approval, paper

OTHER = "社会保险科"
UNLABELLED = Return(date(2025, 3, 3), 1, automatic=True, unlabelled=True)
BY_HAND = Return(date(2025, 3, 5), 2)


@pytest.mark.parametrize(
    ("given_paper", "wanted"),
    [
        pytest.param(paper(), First.WAITING, id="still under way"),
        pytest.param(paper(approvals=(approval(),)), First.PASSED, id="determined"),
        pytest.param(paper(returns=(UNLABELLED,)), First.RETURNED, id="returned"),
        pytest.param(
            paper(returns=(UNLABELLED,), approvals=(approval(),)),
            First.RETURNED,
            id="returned first and determined later",
        ),
        pytest.param(
            paper(returns=(BY_HAND,), approvals=(approval(), approval(again=True))),
            First.PASSED,
            id="returned only when determined anew",
        ),
    ],
)
def test_a_first_round_passes_when_it_is_not_returned(given_paper: Paper, wanted: First) -> None:
    """ASM-08, A1: 首次送核合格率."""
    assert first_round(given_paper) is wanted


def an_office() -> tuple[Paper, ...]:
    return (
        paper(approvals=(approval(),), blocking=0, corrected_on=(date(2025, 3, 6),)),
        paper(approvals=(approval(),), blocking=3),
        paper(returns=(UNLABELLED, BY_HAND), approvals=(approval(),), blocking=1),
        paper(blocking=0),
        paper(section=OTHER, approvals=(approval(),), blocking=None),
        # Not submitted: what became of it says nothing of drafting.
        paper(section=OTHER, submitted=False, returns=(UNLABELLED,), blocking=9),
    )


def test_the_first_pass_rate_is_of_first_rounds_that_have_ended() -> None:
    """ASM-08: by hand, 2 of 3 and one waiting; all sections 3 of 4."""
    found = returned(an_office(), YEAR, (SECTION,))

    own = found.sections[0]
    assert (own.passed, own.returned, own.waiting) == (2, 1, 1)
    assert own.first_pass.percent == Decimal("66.67")
    assert found.whole.first_pass.percent == Decimal("75.00")


def test_returns_corrections_and_findings_stand_apart() -> None:
    """ASM-08: label-missing returns, reviewer corrections, blocking findings per document."""
    own = returned(an_office(), YEAR, (SECTION,)).sections[0]

    assert (own.returns, own.automatic, own.unlabelled, own.corrections) == (2, 1, 1, 1)
    assert (own.blocking.count, own.blocking.mean, own.blocking.greatest) == (4, Decimal("1.00"), 3)


def test_a_first_round_counts_in_the_period_it_was_submitted_in() -> None:
    early = paper(opened_on=date(2024, 12, 31), returns=(BY_HAND,), approvals=(approval(),))

    whole = returned([early], YEAR).whole

    assert (whole.passed, whole.returned, whole.returns) == (0, 0, 1)


def test_only_submissions_count() -> None:
    """A1: stages other than submitted are counted nowhere."""
    other = returned(an_office(), YEAR).sections[1]

    assert (other.section, other.passed, other.returns, other.blocking.count) == (OTHER, 1, 0, 0)


def test_sections_stand_in_the_order_of_their_names_with_their_zeros() -> None:
    """B24: 不点名, no ranking; REP-04: 0 is reported."""
    bad = paper(section="丙科", returns=(UNLABELLED,))

    found = returned([bad, paper(section="甲科"), paper(section="乙科")], YEAR, ("办公室",))

    names = [each.section for each in found.sections]
    assert names == ["办公室", *sorted(["丙科", "甲科", "乙科"])]
    assert found.sections[0].first_pass.percent is None


def test_nothing_that_is_counted_names_anybody() -> None:
    """INT-03, B24."""
    known = {field.name for kind in (Submissions, Paper) for field in fields(kind)}

    assert not known & {"actor", "drafter", "recorded_by", "name", "person", "title", "reason"}


returns = st.lists(st.builds(Return, st.just(date(2025, 4, 1)), st.integers(1, 3)), max_size=3)
papers = st.builds(
    lambda section, made, done, submitted: paper(
        section=section,
        returns=tuple(made),
        approvals=(approval(),) if done else (),
        submitted=submitted,
    ),
    st.sampled_from([SECTION, OTHER, ""]),
    returns,
    st.booleans(),
    st.booleans(),
)


@given(st.lists(papers, max_size=40))
def test_sections_add_up_to_the_whole(given_papers: list[Paper]) -> None:
    found = returned(given_papers, YEAR, (SECTION,))

    for name in ("passed", "returned", "waiting", "returns", "corrections"):
        parts = (getattr(each, name) for each in found.sections)
        assert sum(parts) == getattr(found.whole, name)
    ended = found.whole.passed + found.whole.returned
    assert ended + found.whole.waiting == sum(p.submitted for p in given_papers)
