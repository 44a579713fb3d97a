"""Tables as grids, and the grids that ruling lines form.

Nothing is spent on a page without rulings. Rulings that enclose a single column frame a
text, they make no table.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.documents.pdf_rulings import SNAP, Ruling, Rulings, TooManyRulings
from gongkai.documents.pdf_shapes import Rect

MAX_SLOTS = 40_000

Slot = tuple[int, int]


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


def grids(rulings: Rulings) -> list[Grid]:
    """The ruled tables of a page, from top to bottom.

    Raises ``TooManyRulings`` for pages that are drawings.
    """
    if len(rulings.flat) < 2 or not rulings.steep:
        return []
    found = [
        grid
        for group in _connected(rulings.flat, rulings.steep)
        if (grid := _grid(*group)) is not None
    ]
    return sorted(found, key=lambda grid: (-grid.ys[0], grid.xs[0]))


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
