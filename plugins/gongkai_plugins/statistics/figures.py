"""What was determined in a period: by attribute, kind, section and month (REP-02, REP-08)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gongkai.lifecycle.state import State
from gongkai.model.attribute import DisclosureAttribute
from gongkai_plugins.statistics.papers import Approval, Paper, Period, Way
from gongkai_plugins.statistics.shares import Share, tally

ATTRIBUTES = tuple(DisclosureAttribute)


class Dimension(StrEnum):
    """By what determinations are laid out."""

    ATTRIBUTE = "attribute"
    KIND = "kind"
    SECTION = "section"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Line:
    """One kind, section or month: its share of all, and how that divides by attribute."""

    share: Share
    attributes: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Determined:
    """All determinations of a period. Every list holds its zeros (REP-04).

    ``again``: determined anew after an earlier determination; ``late``: entered afterwards
    (补办, A15); ``withheld``: laid away without publication. ``grounds`` are of papers not
    disclosed on the office's own motion, and a paper may name several.
    """

    total: int
    attributes: tuple[Share, ...]
    kinds: tuple[Line, ...]
    sections: tuple[Line, ...]
    months: tuple[Line, ...]
    ways: tuple[Share, ...]
    grounds: tuple[Share, ...]
    again: int
    late: int
    withheld: int

    def lines(self, by: Dimension) -> tuple[Line, ...]:
        """The determinations laid out by a dimension."""
        match by:
            case Dimension.KIND:
                return self.kinds
            case Dimension.SECTION:
                return self.sections
            case Dimension.MONTH:
                return self.months
            case Dimension.ATTRIBUTE:
                return tuple(Line(share, ()) for share in self.attributes)


@dataclass(frozen=True, slots=True)
class _Counted:
    """A paper that counts, by the last determination of the period."""

    paper: Paper
    approval: Approval


def determined(papers: Iterable[Paper], period: Period, sections: Sequence[str] = ()) -> Determined:
    """The determinations of a period; a paper determined twice in it counts once, by the last.

    ``sections`` are those of the office: one without a paper stands there with 0. Cancelled
    papers have no determination any more.
    """
    given = tuple(papers)
    counted = [_Counted(paper, last) for paper in given if (last := _last(paper, period))]
    closed = [c for c in counted if c.approval.attribute is not DisclosureAttribute.PROACTIVE]
    return Determined(
        total=len(counted),
        attributes=_attributes(counted),
        kinds=_lines(counted, [c.paper.kind for c in counted]),
        sections=_lines(counted, [c.paper.section for c in counted], sections),
        months=_lines(counted, [f"{c.approval.on:%Y-%m}" for c in counted], period.months()),
        ways=tally([c.approval.way for c in counted], Way),
        grounds=tally(
            [ground for c in closed for ground in dict.fromkeys(c.approval.grounds)],
            of=len(closed),
        ),
        again=sum(c.approval.again for c in counted),
        late=sum(paper.late and paper.opened_on in period for paper in given),
        withheld=sum(any(on in period for on in paper.withheld_on) for paper in given),
    )


def _last(paper: Paper, period: Period) -> Approval | None:
    if paper.state is State.CANCELLED:
        return None
    within = (approval for approval in reversed(paper.approvals) if approval.on in period)
    return next(within, None)


def _attributes(counted: Sequence[_Counted]) -> tuple[Share, ...]:
    return tally([c.approval.attribute for c in counted], ATTRIBUTES)


def _lines(
    counted: Sequence[_Counted], keys: Sequence[str], named: Iterable[str] = ()
) -> tuple[Line, ...]:
    """A line for each key; ``keys`` are those of ``counted``, one for one."""
    return tuple(
        Line(
            share,
            _attributes([c for c, key in zip(counted, keys, strict=True) if key == share.key]),
        )
        for share in tally(keys, named)
    )
