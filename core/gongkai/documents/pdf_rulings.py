"""The ruling lines of a page, as pdfium's own objects draw them.

Strokes, outlines of rectangles, thin filled rectangles, dashes and dots all come out as
lines; pieces that touch or nearly touch are one line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2.raw as pdfium

from gongkai.documents.pdf_page import Drawing, Page, matrix_of
from gongkai.documents.pdf_shapes import Drawn, Kind, apply, combined

THIN = 2.5
SHORTEST = 6.0
DASHED = 40.0
"""Length from which dashes and dots shorter than ``SHORTEST`` make a line together."""
SNAP = 2.5
BRIDGE = 4.0
MAX_SEGMENTS = 20_000
MAX_RULINGS = 1_500


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
class Rulings:
    """The lines of a page that lie flat and those that stand upright."""

    flat: tuple[Ruling, ...] = ()
    steep: tuple[Ruling, ...] = ()


def rulings(page: Page, drawing: Drawing) -> Rulings:
    """The lines of a page; raises ``TooManyRulings`` for pages that are drawings."""
    paths = [drawn for drawn in drawing.others if drawn.kind is Kind.PATH]
    if not paths:
        return Rulings()
    if len(paths) > MAX_SEGMENTS:
        raise TooManyRulings
    flat: list[Ruling] = []
    steep: list[Ruling] = []
    budget = MAX_SEGMENTS
    for path in paths:
        budget -= _collect(page, path, flat, steep, budget)
    found = Rulings(tuple(_lines(flat)), tuple(_lines(steep)))
    if len(found.flat) + len(found.steep) > MAX_RULINGS:
        raise TooManyRulings
    return found


def _collect(page: Page, path: Drawn, flat: list[Ruling], steep: list[Ruling], budget: int) -> int:
    """Add the rulings of one path; returns how many segments it cost."""
    box = path.box
    if min(box.width, box.height) <= THIN:
        # A dot is a piece of both: only the direction it has neighbours in makes a line.
        if box.height <= THIN:
            flat.append(Ruling((box.y0 + box.y1) / 2, box.x0, box.x1))
        if box.width <= THIN:
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


def _lines(found: Sequence[Ruling]) -> list[Ruling]:
    long = [r for r in found if r.end - r.start >= SHORTEST]
    if len(long) == len(found):
        return _joined(found)
    short = [r for r in found if r.end - r.start < SHORTEST]
    dashed = [r for r in _joined(short) if r.end - r.start >= DASHED]
    return _joined([*long, *dashed])


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
