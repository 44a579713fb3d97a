"""The text of table cells, with the heading of the column each stands under."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from gongkai.documents.pdf_lines import (
    HYPHENS,
    VISIBLE,
    Flags,
    Stretch,
    beside,
    by_height,
    where,
)
from gongkai.documents.pdf_page import Page
from gongkai.documents.pdf_shapes import Rect
from gongkai.documents.pdf_tables import Grid, Slot
from gongkai.documents.tables import headers
from gongkai.model.content import Anchor, Block, Cell, Part

FILLED = 0.7
"""A line that fills this share of its cell goes on in the next line of the cell."""


@dataclass(slots=True)
class Table:
    """A table of one page with the stretches in each of its cells."""

    grid: Grid
    cells: dict[Slot, list[Stretch]] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Heading:
    """What a table that goes on over the page needs of the page before."""

    name: str
    xs: tuple[float, ...]
    rows: int
    headings: tuple[str, ...]


def filled(
    page: Page, characters: str, flags: Sequence[Flags] | None, grids: Sequence[Grid]
) -> list[Table]:
    """The grids with their characters; a grid without any is left out."""
    tables = [Table(grid) for grid in grids]
    # A table inside a cell of another is the smaller one: it is asked first.
    by_size = sorted(tables, key=lambda table: table.grid.box.area)
    last: tuple[Table, Slot] | None = None
    spaced = False
    for index, character in enumerate(characters):
        if character.isspace():
            spaced = True
            continue
        box = page.loose_box(index)
        found = _cell_of(by_size, box)
        if found is not None:
            table, slot = found
            table.taken.add(index)
            look = flags[index] if flags is not None else VISIBLE
            stretches = table.cells.setdefault(slot, [])
            goes_on = last == found and stretches and stretches[-1].flags == look
            if goes_on and _continues(stretches[-1].box, box):
                before = stretches.pop()
                gap = " " if spaced else ""
                text = before.text + gap + character.translate(HYPHENS)
                stretches.append(Stretch(text, before.box.union(box), before.size, look))
            else:
                text = character.translate(HYPHENS)
                stretches.append(Stretch(text, box, page.font_size(index), look))
        last, spaced = found, False
    return [table for table in tables if table.cells]


def _cell_of(tables: Sequence[Table], box: Rect) -> tuple[Table, Slot] | None:
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    for table in tables:
        slot = table.grid.cell_at(x, y)
        if slot is not None:
            return table, slot
    return None


def _continues(before: Rect, box: Rect) -> bool:
    return beside(before, box) and box.x0 >= before.x1 - before.height / 2


def cell_blocks(
    table: Table, number: int, page: Page, before: Heading | None
) -> tuple[list[Block], Heading]:
    """Blocks of a table's cells, row by row, and what the next page needs to go on.

    ``before`` is the last table of the page before: when the columns stand alike and this
    one brings no headings, it is the same table.
    """
    grid = table.grid
    name = f"page{page.number}/table{number}"
    rights = grid.right_edges()
    texts = {
        slot: _text(found, grid.xs[slot[1]], rights[slot]) for slot, found in table.cells.items()
    }
    matrix = [
        [texts.get(grid.owner[row, column], ("", ()))[0] for column in range(grid.columns)]
        for row in range(grid.rows)
    ]
    found = headers(matrix)
    names, heading_rows, offset, table_name = found.headings, found.count, 0, name
    if before is not None and _same_columns(before.xs, grid.xs):
        repeated = found.count > 0 and found.headings == before.headings
        if found.count == 0 or repeated:
            names, offset, table_name = before.headings, before.rows, before.name
    blocks: list[Block] = []
    for slot in sorted(table.cells):
        row, column = slot
        cell = Cell(
            table_name, offset + row + 1, column + 1, names[column], data=row >= heading_rows
        )
        room = (grid.xs[column], rights[slot])
        place = f"{name}/r{row + 1}c{column + 1}"
        blocks += _blocks(table.cells[slot], room, place, cell, page.number)
    return blocks, Heading(table_name, grid.xs, offset + grid.rows, names)


def _same_columns(before: Sequence[float], xs: Sequence[float]) -> bool:
    return len(before) == len(xs) and all(abs(a - b) <= 3 for a, b in zip(before, xs, strict=True))


def _blocks(
    found: list[Stretch], room: tuple[float, float], place: str, cell: Cell, page: int
) -> list[Block]:
    blocks: list[Block] = []
    for flags in sorted({s.flags for s in found}, key=lambda f: (len(f), sorted(f))):
        alike = [s for s in found if s.flags == flags]
        text, spans = _text(alike, *room)
        anchors = tuple(Anchor(start, end, where(page, box)) for start, end, box in spans)
        suffix = "".join(f"~{flag}" for flag in sorted(flags))
        blocks.append(
            Block(
                place + suffix,
                Part.TABLE,
                text,
                flags,
                cell,
                size=max(s.size for s in alike),
                anchors=anchors,
            )
        )
    return blocks


def _text(
    found: Sequence[Stretch], left: float, right: float
) -> tuple[str, tuple[tuple[int, int, Rect], ...]]:
    """What a cell says; a word or number broken by the cell's edge is one again."""
    text = ""
    spans: list[tuple[int, int, Rect]] = []
    before: Rect | None = None
    for line in by_height(found):
        for number, stretch in enumerate(line.stretches):
            if before is not None and number == 0:
                used = before.x1 - left
                wraps = used >= FILLED * (right - left) or right - before.x1 < before.height
                text += "" if wraps else "\n"
            elif before is not None and stretch.box.x0 - before.x1 > before.height / 4:
                text += " "
            spans.append((len(text), len(text) + len(stretch.text), stretch.box))
            text += stretch.text
            before = stretch.box
    return text, tuple(spans)
