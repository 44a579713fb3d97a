"""The tables of a file, page by page, within what they may cost.

Ruling lines come first: they are read off pdfium's objects. Where there are none around
the cells, rows between rules and rows under names of columns are asked for columns.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from functools import partial

from gongkai.documents.limits import Limits
from gongkai.documents.pdf_alignment import Alignment
from gongkai.documents.pdf_cells import Heading, Table, filled
from gongkai.documents.pdf_columns import grid_of, grid_on
from gongkai.documents.pdf_lines import Flags
from gongkai.documents.pdf_page import Drawing, Page
from gongkai.documents.pdf_regions import Region, between_rules, going_on, under_headings
from gongkai.documents.pdf_rows import Row, names_columns, rows_of
from gongkai.documents.pdf_rulings import Rulings, TooManyRulings, rulings
from gongkai.documents.pdf_shapes import Rect
from gongkai.documents.pdf_tables import Grid, grids
from gongkai.model.content import Note, NoteCode, NoteScope

TABLE_SHARE = 0.3
"""Share of the limit on processor time that tables may take."""
MOST_CHARACTERS = 20_000
MOST_OBJECTS = 20_000
"""Pages with more are not parsed a second time."""


class TablePages:
    """Finds the tables of one page after the other; ``notes`` say what it did not look for."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self.notes: list[Note] = []
        self._limits = limits
        self._alignment = Alignment(data)
        self._pages = 0
        self._seconds = 0.0

    def close(self) -> None:
        """Free what pdfplumber holds."""
        self._alignment.close()

    def tables(
        self,
        page: Page,
        characters: str,
        flags: Sequence[Flags] | None,
        drawing: Drawing,
        before: Heading | None,
    ) -> list[Table]:
        """The tables of a page from top to bottom, with their characters.

        ``before`` is the table the page before ended with. Text of tables that were not
        looked for stays text, in lines.
        """
        named = bool(characters) and names_columns(characters)
        open_end = before is not None and before.open_end
        if not characters or not (drawing.others or named or open_end):
            return []
        if self._spent():
            self._unread(page, "budget")
            return []
        start = time.process_time()
        try:
            last = before if open_end else None
            found = self._found(page, characters, flags, drawing, named, last)
        except TooManyRulings:
            self._unread(page, "rulings")
            found = []
        self._seconds += time.process_time() - start
        self._pages += bool(found)
        return found

    def _spent(self) -> bool:
        limits = self._limits
        return (
            self._seconds > TABLE_SHARE * limits.cpu_seconds
            or self._pages >= limits.pdf_table_pages
        )

    def _unread(self, page: Page, detail: str) -> None:
        if not any(note.detail == detail for note in self.notes):
            place = f"page{page.number}"
            self.notes.append(Note(NoteCode.TABLES_UNREAD, NoteScope.NOTHING, place, detail))

    def _found(
        self,
        page: Page,
        characters: str,
        flags: Sequence[Flags] | None,
        drawing: Drawing,
        named: bool,
        before: Heading | None,
    ) -> list[Table]:
        lines = rulings(page, drawing)
        ruled = filled(page, characters, flags, [Table(grid) for grid in grids(lines)])
        if not (named or before is not None or len(lines.flat) > 1):
            return ruled
        taken = frozenset(index for table in ruled for index in table.taken)
        rows = rows_of(page, characters, flags, taken)
        boxes = [table.grid.box for table in ruled]
        found = list(self._open(page, drawing, rows, lines, boxes, None if ruled else before))
        tables = filled(page, characters, flags, [Table(grid, ruled=False) for grid in found])
        return sorted([*ruled, *tables], key=lambda t: (-t.grid.ys[0], t.grid.xs[0]))

    def _open(
        self,
        page: Page,
        drawing: Drawing,
        rows: Sequence[Row],
        lines: Rulings,
        ruled: Sequence[Rect],
        before: Heading | None,
    ) -> Iterator[Grid]:
        """Tables without lines around their cells; rows of one are no rows of the next."""
        left = list(rows)
        if before is not None and (region := going_on(left, before.xs)) is not None:
            grid = grid_on(region.rows, before.xs, region.rules)
            if grid is not None:
                yield grid
                left = _without(left, grid)
        width = page.size[0]
        for region in between_rules(left, lines.flat, ruled, width):
            grid = self._grid(page, drawing, region)
            if grid is not None:
                yield grid
                left = _without(left, grid)
        for region in under_headings(left):
            grid = self._grid(page, drawing, region)
            if grid is not None:
                yield grid

    def _grid(self, page: Page, drawing: Drawing, region: Region) -> Grid | None:
        aligned = partial(self._aligned, page, drawing, region)
        return grid_of(region, page.size[0], aligned)

    def _aligned(
        self, page: Page, drawing: Drawing, region: Region, heights: Sequence[float]
    ) -> list[float]:
        too_much = drawing.count > MOST_OBJECTS or page.length > MOST_CHARACTERS
        if too_much or self._spent():
            self._unread(page, "budget")
            return []
        rows = region.rows
        box = Rect(
            min(row.left for row in rows), heights[-1], max(row.right for row in rows), heights[0]
        )
        try:
            return self._alignment.edges(page.number - 1, box, heights)
        except Exception:  # pdfminer raises whatever a hostile file makes it
            self._unread(page, "pdfplumber")
            return []


def _without(rows: Sequence[Row], grid: Grid) -> list[Row]:
    return [row for row in rows if not grid.ys[-1] < row.top < grid.ys[0]]
