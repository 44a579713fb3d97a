"""The text of table cells, with the heading of the column each stands under."""

from __future__ import annotations

import re
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


_WORD = re.compile(r"\S+")


@dataclass(slots=True, eq=False)
class Table:
    """A table of one page with the stretches in each of its cells."""

    grid: Grid
    ruled: bool = True
    cells: dict[Slot, list[Stretch]] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Heading:
    """What a table that goes on over the page needs of the page before.

    ``open_end`` says that it has no lines around its cells and nothing stands below it:
    rows on top of the next page may be its own.
    """

    name: str
    xs: tuple[float, ...]
    rows: int
    headings: tuple[str, ...]
    open_end: bool = False


def filled(
    page: Page, characters: str, flags: Sequence[Flags] | None, tables: Sequence[Table]
) -> list[Table]:
    """The tables with their characters; a table without any is left out."""
    if not tables:
        return []
    # A table inside a cell of another is the smaller one: it is asked first.
    by_size = sorted(tables, key=lambda table: table.grid.box.area)
    before: _Put | None = None
    for match in _WORD.finditer(characters):
        for put in _parts(page, match.start(), match.end(), flags, by_size):
            if put.table is not None:
                put.table.taken.update(range(put.start, put.end))
                _add(put, before, characters, page)
            before = put
    return [table for table in tables if table.cells]


@dataclass(frozen=True, slots=True)
class _Put:
    """Characters that stand in one cell, or in no table."""

    start: int
    end: int
    box: Rect
    table: Table | None
    slot: Slot
    flags: Flags


def _parts(
    page: Page, start: int, end: int, flags: Sequence[Flags] | None, tables: Sequence[Table]
) -> list[_Put]:
    """A word where it stands, cut where it runs from one cell or line into the next."""
    first = page.loose_box(start)
    table, slot = _cell_of(tables, first)
    look = VISIBLE if flags is None else flags[start]
    if end - start == 1:
        return [_Put(start, end, first, table, slot, look)]
    last = page.loose_box(end - 1)
    whole = (
        _cell_of(tables, last) == (table, slot)
        and beside(first, last)
        and last.x0 >= first.x0
        and (flags is None or all(each == look for each in flags[start:end]))
    )
    if whole:
        return [_Put(start, end, first.union(last), table, slot, look)]
    middle = (start + end) // 2
    return [
        *_parts(page, start, middle, flags, tables),
        *_parts(page, middle, end, flags, tables),
    ]


def _add(put: _Put, before: _Put | None, characters: str, page: Page) -> None:
    assert put.table is not None
    stretches = put.table.cells.setdefault(put.slot, [])
    text = characters[put.start : put.end].translate(HYPHENS)
    goes_on = (
        before is not None
        and before.table is put.table
        and (before.slot, before.flags) == (put.slot, put.flags)
        and _continues(before.box, put.box)
    )
    if goes_on and before is not None:
        last = stretches.pop()
        gap = " " if put.start > before.end else ""
        text = last.text + gap + text
        stretches.append(Stretch(text, last.box.union(put.box), last.size, put.flags))
    else:
        stretches.append(Stretch(text, put.box, page.font_size(put.start), put.flags))


def _cell_of(tables: Sequence[Table], box: Rect) -> tuple[Table | None, Slot]:
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    for table in tables:
        slot = table.grid.cell_at(x, y)
        if slot is not None:
            return table, slot
    return None, (0, 0)


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
    return blocks, Heading(table_name, grid.xs, offset + grid.rows, names, not table.ruled)


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
