"""Tables with ruling lines: the grid the lines form, and which cell each character is in.

The lines come from pdfium's own objects, so a page is parsed once and nothing is spent on a
page without rulings. Rulings that enclose a single column frame a text, they make no table.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2.raw as pdfium

from gongkai.documents.pdf_page import Drawing, Page, matrix_of
from gongkai.documents.pdf_shapes import Drawn, Kind, Rect, apply, combined

THIN = 2.5
SHORTEST = 6.0
SNAP = 2.5
BRIDGE = 4.0
MAX_SEGMENTS = 20_000
MAX_RULINGS = 1_500
MAX_SLOTS = 40_000

Slot = tuple[int, int]


class TooManyRulings(Exception):
    """A drawing rather than a table: more lines than are worth looking through."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A line at ``at`` (y of a horizontal, x of a vertical) from ``start`` to ``end``."""

    at: float
    start: float
    end: float

    def covers(self, point: float) -> bool:
        """Whether the line passes ``point``."""
        return self.start - SNAP <= point <= self.end + SNAP


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: column edges from left, row edges from top, and the cell each slot is part of.

    A cell is named by its upper left slot; merged cells own several slots.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    owner: dict[Slot, Slot]
    rising: tuple[float, ...]

    @property
    def rows(self) -> int:
        """How many rows."""
        return len(self.ys) - 1

    @property
    def columns(self) -> int:
        """How many columns."""
        return len(self.xs) - 1

    @property
    def box(self) -> Rect:
        """The whole table."""
        return Rect(self.xs[0], self.ys[-1], self.xs[-1], self.ys[0])

    def cell_at(self, x: float, y: float) -> Slot | None:
        """The cell a point lies in, None outside."""
        if not (self.xs[0] <= x < self.xs[-1] and self.ys[-1] < y <= self.ys[0]):
            return None
        column = bisect_right(self.xs, x) - 1
        # Row edges fall: count those above the point from the lower end.
        row = len(self.ys) - bisect_left(self.rising, y) - 1
        return self.owner[min(max(row, 0), self.rows - 1), column]

    def right_edges(self) -> dict[Slot, float]:
        """The right edge of every cell."""
        reach: dict[Slot, int] = {}
        for (_, column), cell in self.owner.items():
            reach[cell] = max(reach.get(cell, 0), column + 1)
        return {cell: self.xs[column] for cell, column in reach.items()}


def grids(page: Page, drawing: Drawing) -> list[Grid]:
    """The ruled tables of a page, from top to bottom.

    Raises ``TooManyRulings`` for pages that are drawings.
    """
    paths = [drawn for drawn in drawing.others if drawn.kind is Kind.PATH]
    if len(paths) > MAX_SEGMENTS:
        raise TooManyRulings
    flat: list[Ruling] = []
    steep: list[Ruling] = []
    budget = MAX_SEGMENTS
    for path in paths:
        budget -= _collect(page, path, flat, steep, budget)
    horizontals, verticals = _joined(flat), _joined(steep)
    if len(horizontals) < 2 or not verticals:
        return []
    if len(horizontals) + len(verticals) > MAX_RULINGS:
        raise TooManyRulings
    found = [
        grid for group in _connected(horizontals, verticals) if (grid := _grid(*group)) is not None
    ]
    return sorted(found, key=lambda grid: (-grid.ys[0], grid.xs[0]))


def _collect(page: Page, path: Drawn, flat: list[Ruling], steep: list[Ruling], budget: int) -> int:
    """Add the rulings of one path; returns how many segments it cost."""
    box = path.box
    if box.height <= THIN:
        if box.width >= SHORTEST:
            flat.append(Ruling((box.y0 + box.y1) / 2, box.x0, box.x1))
        return 1
    if box.width <= THIN:
        if box.height >= SHORTEST:
            steep.append(Ruling((box.x0 + box.x1) / 2, box.y0, box.y1))
        return 1
    count = pdfium.FPDFPath_CountSegments(path.handle)
    if not path.stroked and count <= 5:
        return 1  # shading of a cell, or a bar over text
    if count > budget:
        raise TooManyRulings
    for start, end in _segments(page, path, count):
        (x0, y0), (x1, y1) = start, end
        if abs(y0 - y1) <= 1 and abs(x0 - x1) >= SHORTEST:
            flat.append(Ruling((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x0 - x1) <= 1 and abs(y0 - y1) >= SHORTEST:
            steep.append(Ruling((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
    return int(count)


Point = tuple[float, float]


def _segments(page: Page, path: Drawn, count: int) -> Iterator[tuple[Point, Point]]:
    matrix = combined(matrix_of(path.handle), path.matrix)
    x, y = page.floats[:2]
    begin: Point | None = None
    here: Point | None = None
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path.handle, index)
        if not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        moved = apply(matrix, x.value, y.value)
        shown = page.shown(*moved, *moved)
        there = (shown.x0, shown.y0)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            begin = there
        elif kind == pdfium.FPDF_SEGMENT_LINETO and here is not None:
            yield here, there
        here = there
        if begin is not None and pdfium.FPDFPathSegment_GetClose(segment):
            yield there, begin
            here = begin


def _joined(found: Sequence[Ruling]) -> list[Ruling]:
    """Lines on the same height made one, pieces that touch put together."""
    joined: list[Ruling] = []
    level: list[Ruling] = []
    for ruling in sorted(found, key=lambda r: r.at):
        if level and ruling.at - level[0].at > SNAP:
            joined += _bridged(level)
            level = []
        level.append(ruling)
    return joined + _bridged(level)


def _bridged(level: Sequence[Ruling]) -> list[Ruling]:
    if not level:
        return []
    at = sum(r.at for r in level) / len(level)
    pieces: list[Ruling] = []
    for ruling in sorted(level, key=lambda r: r.start):
        if pieces and ruling.start <= pieces[-1].end + BRIDGE:
            last = pieces[-1]
            pieces[-1] = Ruling(at, last.start, max(last.end, ruling.end))
        else:
            pieces.append(Ruling(at, ruling.start, ruling.end))
    return pieces


def _connected(
    horizontals: Sequence[Ruling], verticals: Sequence[Ruling]
) -> list[tuple[list[Ruling], list[Ruling]]]:
    """Lines in groups that cross or touch each other."""
    parent = list(range(len(horizontals) + len(verticals)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    offset = len(horizontals)
    for i, flat in enumerate(horizontals):
        for j, steep in enumerate(verticals):
            if flat.covers(steep.at) and steep.covers(flat.at):
                parent[root(i)] = root(offset + j)
    groups: dict[int, tuple[list[Ruling], list[Ruling]]] = defaultdict(lambda: ([], []))
    for i, flat in enumerate(horizontals):
        groups[root(i)][0].append(flat)
    for j, steep in enumerate(verticals):
        groups[root(offset + j)][1].append(steep)
    return [group for group in groups.values() if len(group[0]) >= 2 and group[1]]


def _grid(horizontals: Sequence[Ruling], verticals: Sequence[Ruling]) -> Grid | None:
    xs = _edges(
        [r.at for r in verticals], [r.start for r in horizontals], [r.end for r in horizontals]
    )
    ys = _edges(
        [r.at for r in horizontals], [r.start for r in verticals], [r.end for r in verticals]
    )[::-1]
    rows, columns = len(ys) - 1, len(xs) - 1
    if columns < 2 or rows < 1 or rows * columns < 2:
        return None
    if rows * columns > MAX_SLOTS:
        raise TooManyRulings
    owner = _owners(xs, ys, _by_place(horizontals, ys), _by_place(verticals, xs))
    return Grid(tuple(xs), tuple(ys), owner, tuple(ys[::-1]))


def _edges(inner: list[float], starts: list[float], ends: list[float]) -> list[float]:
    """Positions of lines, and the open sides of a table drawn without its outer border."""
    edges: list[float] = []
    for at in sorted([*inner, min(starts), max(ends)]):
        if not edges or at - edges[-1] > SNAP:
            edges.append(at)
    return edges


def _by_place(rulings: Sequence[Ruling], edges: Sequence[float]) -> list[list[Ruling]]:
    return [[r for r in rulings if abs(r.at - edge) <= SNAP] for edge in edges]


def _owners(
    xs: Sequence[float],
    ys: Sequence[float],
    flat: list[list[Ruling]],
    steep: list[list[Ruling]],
) -> dict[Slot, Slot]:
    owner: dict[Slot, Slot] = {}
    rows, columns = len(ys) - 1, len(xs) - 1
    middles = [(ys[r] + ys[r + 1]) / 2 for r in range(rows)]
    centres = [(xs[c] + xs[c + 1]) / 2 for c in range(columns)]
    for row in range(rows):
        for column in range(columns):
            if (row, column) in owner:
                continue
            stack = [(row, column)]
            owner[row, column] = (row, column)
            while stack:
                r, c = stack.pop()
                around = (
                    ((r, c + 1), steep[c + 1], middles[r]),
                    ((r, c - 1), steep[c], middles[r]),
                    ((r + 1, c), flat[r + 1], centres[c]),
                    ((r - 1, c), flat[r], centres[c]),
                )
                for slot, walls, point in around:
                    inside = 0 <= slot[0] < rows and 0 <= slot[1] < columns
                    if inside and slot not in owner and not any(w.covers(point) for w in walls):
                        owner[slot] = (row, column)
                        stack.append(slot)
    return owner
