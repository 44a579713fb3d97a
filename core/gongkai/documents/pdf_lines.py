"""Visual lines of a page, rebuilt from characters by where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from gongkai.documents.pdf_page import Page
from gongkai.documents.pdf_shapes import Rect
from gongkai.model.content import Anchor, Block, Flag, Part

SAME_LINE = 0.6
"""Share of the lower box's height two stretches must have in common to be one line."""
WORD_GAP = 0.25
"""Gap, in heights of the line, from which a space is put between two stretches."""
COLUMN_LINES = 6
COLUMN_WIDTH = 0.28

Flags = frozenset[Flag]
VISIBLE: Flags = frozenset()

_BREAK = re.compile(r"[\r\n]+")
HYPHENS = {0x02: "-", 0xFFFE: "-", 0xFFFD: "\ufffd", 0x00: "\ufffd"}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters that follow each other on one line, alike in flags."""

    text: str
    box: Rect
    size: float
    flags: Flags = VISIBLE
    slanted: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """Stretches that stand side by side, from left to right."""

    stretches: tuple[Stretch, ...]

    @property
    def box(self) -> Rect:
        """The box around the line."""
        box = self.stretches[0].box
        for stretch in self.stretches[1:]:
            box = box.union(stretch.box)
        return box

    @property
    def middle(self) -> float:
        """The height it stands at."""
        box = self.box
        return (box.y0 + box.y1) / 2


def stretches(
    page: Page,
    characters: str,
    flags: Sequence[Flags] | None = None,
    taken: frozenset[int] = frozenset(),
) -> list[Stretch]:
    """The stretches of a page in the order of the file, without the characters ``taken``."""
    found: list[Stretch] = []
    position = 0
    for match in [*_BREAK.finditer(characters), None]:
        end = match.start() if match else len(characters)
        if position < end:
            for start, stop in _alike(position, end, flags, taken):
                look = flags[start] if flags is not None else VISIBLE
                found += _stretched(page, characters, start, stop, look)
        position = match.end() if match else end
    return found


def _alike(
    start: int, end: int, flags: Sequence[Flags] | None, taken: frozenset[int]
) -> list[tuple[int, int]]:
    if flags is None and not taken:
        return [(start, end)]
    runs: list[tuple[int, int]] = []
    begin = start
    for index in range(start, end):
        if index in taken:
            if begin < index:
                runs.append((begin, index))
            begin = index + 1
        elif flags is not None and index > begin and flags[index] != flags[index - 1]:
            runs.append((begin, index))
            begin = index
    if begin < end:
        runs.append((begin, end))
    return runs


def _stretched(page: Page, characters: str, start: int, end: int, flags: Flags) -> list[Stretch]:
    """The stretch of these characters, or several where pdfium has run lines together."""
    raw = characters[start:end]
    text = raw.strip()
    if not text:
        return []
    first = start + len(raw) - len(raw.lstrip())
    last = first + len(text) - 1
    box = page.loose_box(first)
    if last > first:
        ending = page.loose_box(last)
        upright = page.upright(first)
        if upright and (not beside(box, ending) or ending.x0 < box.x0):
            return _split(page, characters, first, last + 1, flags)
        box = box.union(ending)
    return [
        Stretch(text.translate(HYPHENS), box, page.font_size(first), flags, not page.upright(first))
    ]


def _split(page: Page, characters: str, start: int, end: int, flags: Flags) -> list[Stretch]:
    found: list[Stretch] = []
    begin, box = start, page.loose_box(start)

    def close(stop: int) -> None:
        text = characters[begin:stop].strip().translate(HYPHENS)
        if text:
            slanted = not page.upright(begin)
            found.append(Stretch(text, box, page.font_size(begin), flags, slanted))

    for index in range(start + 1, end):
        if characters[index].isspace():
            continue
        here = page.loose_box(index)
        if beside(box, here) and here.x0 >= box.x0:
            box = box.union(here)
        else:
            close(index)
            begin, box = index, here
    close(end)
    return found


def lines(found: Sequence[Stretch], page_width: float) -> list[Line]:
    """Lines from top to bottom; two columns of running text are read one after the other."""
    upright = [s for s in found if not s.slanted]
    groups = [g for region in _regions(upright, page_width) for g in by_height(region)]
    return groups + _slanted(found)


def by_height(found: Sequence[Stretch]) -> list[Line]:
    """Lines from top to bottom, each from left to right."""
    rows: list[list[Stretch]] = []
    for stretch in sorted(found, key=lambda s: -(s.box.y0 + s.box.y1)):
        if rows and beside(rows[-1][0].box, stretch.box):
            rows[-1].append(stretch)
        else:
            rows.append([stretch])
    return [Line(tuple(sorted(row, key=lambda s: s.box.x0))) for row in rows]


def beside(a: Rect, b: Rect) -> bool:
    """Whether two boxes stand on one line."""
    common = min(a.y1, b.y1) - max(a.y0, b.y0)
    return common >= SAME_LINE * max(min(a.height, b.height), 0.1)


def _slanted(found: Sequence[Stretch]) -> list[Line]:
    """Watermarks and sideways text: their characters belong together in the file's order."""
    mine = [s for s in found if s.slanted]
    if not mine:
        return []
    rows: list[list[Stretch]] = [[mine[0]]]
    for before, stretch in pairwise(mine):
        if len(before.text) == len(stretch.text) == 1:
            rows[-1].append(stretch)
        else:
            rows.append([stretch])
    return [Line(tuple(row)) for row in rows]


def _regions(found: Sequence[Stretch], page_width: float) -> list[list[Stretch]]:
    """The whole page, or what stands above, in and below columns of running text."""
    runs = [run for run in _descending(found) if len(run) >= COLUMN_LINES]
    columns = [run for run in runs if _is_column(run, page_width)]
    if len(columns) < 2 or not _apart(columns):
        return [list(found)]
    top = max(s.box.y1 for run in columns for s in run)
    inside = {id(s) for run in columns for s in run}
    above = [s for s in found if id(s) not in inside and s.box.y0 >= top]
    below = [s for s in found if id(s) not in inside and s.box.y0 < top]
    ordered = sorted(columns, key=lambda run: min(s.box.x0 for s in run))
    return [above, *ordered, below]


def _descending(found: Sequence[Stretch]) -> list[list[Stretch]]:
    runs: list[list[Stretch]] = []
    for stretch in found:
        if runs and stretch.box.y1 <= runs[-1][-1].box.y1 + stretch.box.height / 2:
            runs[-1].append(stretch)
        else:
            runs.append([stretch])
    return runs


def _is_column(run: Sequence[Stretch], page_width: float) -> bool:
    width = median(s.box.width for s in run)
    return COLUMN_WIDTH * page_width < width < page_width / 2


def _apart(columns: Sequence[Sequence[Stretch]]) -> bool:
    spans = sorted((min(s.box.x0 for s in run), max(s.box.x1 for s in run)) for run in columns)
    return all(left[1] <= right[0] for left, right in pairwise(spans))


def line_blocks(found: Sequence[Line], page: Page) -> list[Block]:
    """One block per visual line; what is flagged on it follows as blocks of their own."""
    blocks: list[Block] = []
    margin = min((line.box.x0 for line in found), default=0.0)
    width = page.size[0]
    for number, line in enumerate(found, start=1):
        place = f"page{page.number}/line{number}"
        visible = [s for s in line.stretches if not s.flags]
        if visible:
            blocks.append(_block(place, visible, page.number, _centred(line.box, margin, width)))
        for flags in dict.fromkeys(s.flags for s in line.stretches if s.flags):
            hidden = [s for s in line.stretches if s.flags == flags]
            suffix = "".join(f"~{flag}" for flag in sorted(flags))
            blocks.append(_block(place + suffix, hidden, page.number, False))
    return blocks


def _centred(box: Rect, margin: float, width: float) -> bool:
    middle = (box.x0 + box.x1) / 2
    return abs(middle - width / 2) < 0.02 * width and box.x0 > margin + box.height


def _block(place: str, found: Sequence[Stretch], number: int, centred: bool) -> Block:
    text, anchors = "", []
    before: Stretch | None = None
    for stretch in found:
        if before is not None and _gap(before, stretch):
            text += " "
        start = len(text)
        text += stretch.text
        anchors.append(Anchor(start, len(text), where(number, stretch.box)))
        before = stretch
    return Block(
        place,
        Part.PAGE,
        text,
        found[0].flags,
        centred=centred,
        size=max(s.size for s in found),
        anchors=tuple(anchors),
    )


def _gap(left: Stretch, right: Stretch) -> bool:
    return right.box.x0 - left.box.x1 > WORD_GAP * min(left.box.height, right.box.height)


def where(number: int, box: Rect) -> str:
    """A box of a page as anchors name it."""
    return f"{number},{box.x0:.1f},{box.y0:.1f},{box.x1:.1f},{box.y1:.1f}"
