"""Where on a page a table without closed cells may stand: between rules, or under headings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from gongkai.documents.pdf_rows import Row
from gongkai.documents.pdf_rulings import Ruling
from gongkai.documents.pdf_shapes import Rect

RULE_WIDTH = 0.25
"""Share of the page from which a rule may be one of a table."""
SAME_ENDS = 6.0
GAP = 2.0
FIRST_GAP = 4.0
WIDE = 0.5
"""Share of a table's width from which a row of one piece is a line of text."""


@dataclass(frozen=True, slots=True)
class Region:
    """Rows that may form a table; ``rules`` are the heights of the lines across it."""

    rows: tuple[Row, ...]
    rules: tuple[float, ...] = ()
    left: float | None = None
    right: float | None = None

    @property
    def named(self) -> bool:
        """Whether the first row names columns."""
        return self.rows[0].is_heading


def between_rules(
    rows: Sequence[Row], flat: Sequence[Ruling], ruled: Sequence[Rect], page_width: float
) -> list[Region]:
    """Stretches of rows that rules of one width set off, outside the tables ``ruled``."""
    found: list[Region] = []
    for group in _alike(flat, ruled, page_width):
        left, right = group[0].start, group[0].end
        inside = [r for r in rows if r.left >= left - SAME_ENDS and r.right <= right + SAME_ENDS]
        for run in _runs(group, inside, right - left):
            heights = tuple(rule.at for rule in group)
            found.append(Region(tuple(run), heights, left, right))
    return found


def under_headings(rows: Sequence[Row]) -> list[Region]:
    """Stretches of rows that begin with names of columns."""
    found: list[Region] = []
    end = 0
    for start, row in enumerate(rows):
        if start >= end and row.is_heading:
            run = list(_following(rows[start:], row.right - row.left, FIRST_GAP))
            end = start + len(run)
            found.append(Region(tuple(run)))
    return found


def going_on(rows: Sequence[Row], xs: Sequence[float]) -> Region | None:
    """Rows at the top of a page that fit the columns of the table before them."""
    start = next((n for n, row in enumerate(rows[:3]) if len(row.pieces) > 1), None)
    if start is None or rows[start].is_heading:
        return None
    run: list[Row] = []
    for row in _following(rows[start:], xs[-1] - xs[0], FIRST_GAP):
        if not all(_fits(place, xs) for place in row.places):
            break
        run.append(row)
    return Region(tuple(run)) if run else None


def _fits(place: tuple[float, float], xs: Sequence[float]) -> bool:
    return any(a - 1 <= place[0] and place[1] <= b + 1 for a, b in pairwise(xs))


def _alike(
    flat: Sequence[Ruling], ruled: Sequence[Rect], page_width: float
) -> Iterator[list[Ruling]]:
    groups: list[list[Ruling]] = []
    for rule in sorted(flat, key=lambda rule: -rule.at):
        box = Rect(rule.start, rule.at - 1, rule.end, rule.at + 1)
        if rule.end - rule.start < RULE_WIDTH * page_width or any(box.meets(r) for r in ruled):
            continue
        group = next((g for g in groups if _same_ends(g[0], rule)), None)
        if group is None:
            groups.append([rule])
        else:
            group.append(rule)
    return (group for group in groups if len(group) > 1)


def _same_ends(a: Ruling, b: Ruling) -> bool:
    return abs(a.start - b.start) <= SAME_ENDS and abs(a.end - b.end) <= SAME_ENDS


def _runs(group: Sequence[Ruling], rows: Sequence[Row], width: float) -> Iterator[list[Row]]:
    """Rows between rules, parted where lines of text stand between two tables."""
    run: list[Row] = []
    for above, below in pairwise(group):
        here = [row for row in rows if below.at < (row.top + row.bottom) / 2 < above.at]
        if not here:
            continue
        starts = here[0].is_heading and bool(run)
        text = all(len(row.pieces) == 1 for row in here) and (
            len(here) > 1 or here[0].right - here[0].left > WIDE * width
        )
        if (starts or text) and run:
            yield run
            run = []
        if not text:
            run += here
    if run:
        yield run


def _following(rows: Sequence[Row], width: float, first_gap: float) -> Iterator[Row]:
    """The first row and those below it up to a gap or a line of text."""
    yield rows[0]
    gaps: list[float] = []
    for above, row in pairwise(rows):
        gap = above.bottom - row.top
        most = GAP * max(median(gaps), row.square) if gaps else first_gap * row.square
        alone = len(row.pieces) == 1
        text = alone and (row.right - row.left > WIDE * width or row.pieces[0].is_prose)
        if gap > most or text or row.is_heading:
            return
        gaps.append(gap)
        yield row
