"""Submissions that came back, by section and never by person (ASM-08, A1, B24).

Only submissions count: a draft that lacks something is nobody's business yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gongkai_plugins.statistics.papers import Paper, Period
from gongkai_plugins.statistics.shares import Share, Spread


class First(StrEnum):
    """How a first round ended."""

    PASSED = "passed"
    RETURNED = "returned"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Submissions:
    """What one section, or with "" all of them, submitted in a period.

    ``passed`` and ``returned`` are first rounds that have ended, ``waiting`` those that have
    not. ``returns`` are of any round; corrections by the office are no returns (B9).
    """

    section: str
    passed: int
    returned: int
    waiting: int
    returns: int
    automatic: int
    unlabelled: int
    corrections: int
    blocking: Spread

    @property
    def first_pass(self) -> Share:
        """首次送核合格率: first rounds that ended without a return, of those that ended."""
        return Share("first_pass", self.passed, self.passed + self.returned)


@dataclass(frozen=True, slots=True)
class Returned:
    """The submissions of a period: all, and by section in the order of their names."""

    whole: Submissions
    sections: tuple[Submissions, ...]


def returned(papers: Iterable[Paper], period: Period, sections: Sequence[str] = ()) -> Returned:
    """Submissions and returns of a period.

    A first round counts in the period it was submitted in, a return and a correction in the one
    they were made in. ``sections`` are those of the office; one without a paper stands there too.
    """
    given = [paper for paper in papers if paper.submitted]
    names = (*dict.fromkeys(sections), *sorted({p.section for p in given} - set(sections)))
    by_section = tuple(
        _submissions(name, [p for p in given if p.section == name], period) for name in names
    )
    return Returned(_submissions("", given, period), by_section)


def first_round(paper: Paper) -> First:
    """How the first round of a submission ended, if it has."""
    if any(each.round == 1 for each in paper.returns):
        return First.RETURNED
    return First.PASSED if paper.approvals else First.WAITING


def _submissions(section: str, papers: Sequence[Paper], period: Period) -> Submissions:
    begun = [paper for paper in papers if paper.opened_on in period]
    ends = [first_round(paper) for paper in begun]
    made = [each for paper in papers for each in paper.returns if each.on in period]
    return Submissions(
        section=section,
        passed=ends.count(First.PASSED),
        returned=ends.count(First.RETURNED),
        waiting=ends.count(First.WAITING),
        returns=len(made),
        automatic=sum(each.automatic for each in made),
        unlabelled=sum(each.unlabelled for each in made),
        corrections=sum(on in period for paper in papers for on in paper.corrected_on),
        blocking=Spread.of(p.blocking for p in begun if p.blocking is not None),
    )
