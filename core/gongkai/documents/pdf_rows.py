"""Rows of a page whose words stand apart: what a table without ruling lines is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.documents.pdf_lines import VISIBLE, Flags, beside
from gongkai.documents.pdf_page import Page
from gongkai.documents.pdf_shapes import Rect
from gongkai.documents.tables import is_heading_row, is_label
from gongkai.model.content import Flag

SAME_ROW = 0.9
"""Squares between the middles of two lines below which they belong to one row: lines of one
cell stand further apart, so one of the two is set in the middle of a taller cell."""
SAME_PIECE = 0.6
SPACED = 1.8
"""Squares between the characters of 姓　名 or 张　三."""
LOOKED_AHEAD = 2
_LONGEST_LABEL = 16

_WORD = re.compile(r"\S+")
_SPACED = re.compile(r"(?<!\S)([^\s\x00-\x7f])[ \u3000]+([^\s\x00-\x7f])(?!\S)")
_SENTENCE = re.compile(r"[。；;！!？?]")
_LAYOUT = frozenset({VISIBLE, frozenset({Flag.INVISIBLE_LAYER})})
"""Flags of words that make rows; what hides under a bar says nothing about columns."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand together; ``square`` is the width of one Chinese character."""

    text: str
    box: Rect
    square: float

    @property
    def middle(self) -> float:
        """The height it stands at."""
        return (self.box.y0 + self.box.y1) / 2

    @property
    def is_prose(self) -> bool:
        """Whether it is a sentence rather than a value."""
        return len(self.text) > 20 and bool(_SENTENCE.search(self.text))


@dataclass(frozen=True, slots=True)
class Row:
    """Pieces side by side, from left to right."""

    pieces: tuple[Piece, ...]

    @property
    def top(self) -> float:
        """The middle of its highest line."""
        return max(piece.middle for piece in self.pieces)

    @property
    def bottom(self) -> float:
        """The middle of its lowest line."""
        return min(piece.middle for piece in self.pieces)

    @property
    def left(self) -> float:
        """Where its first piece begins."""
        return min(piece.box.x0 for piece in self.pieces)

    @property
    def right(self) -> float:
        """Where its last piece ends."""
        return max(piece.box.x1 for piece in self.pieces)

    @property
    def square(self) -> float:
        """The size of its characters."""
        return min(piece.square for piece in self.pieces)

    @property
    def places(self) -> tuple[tuple[float, float], ...]:
        """The stretches of the line its pieces cover, those above each other made one."""
        spans: list[tuple[float, float]] = []
        for piece in self.pieces:
            if spans and piece.box.x0 < spans[-1][1]:
                spans[-1] = (spans[-1][0], max(spans[-1][1], piece.box.x1))
            else:
                spans.append((piece.box.x0, piece.box.x1))
        return tuple(spans)

    @property
    def is_heading(self) -> bool:
        """Whether it names columns: labels of lists, none of them followed by a colon."""
        texts = [piece.text for piece in self.pieces]
        return is_heading_row(texts) and not any(text.endswith(("：", ":")) for text in texts)


def names_columns(characters: str) -> bool:
    """Whether names of columns follow each other somewhere in a text; asks for no boxes."""
    last = -LOOKED_AHEAD - 1
    for number, match in enumerate(_WORD.finditer(_SPACED.sub(r"\1\2", characters))):
        if match.end() - match.start() <= _LONGEST_LABEL and is_label(match[0]):
            if number - last <= LOOKED_AHEAD:
                return True
            last = number
    return False


def rows_of(
    page: Page, characters: str, flags: Sequence[Flags] | None, taken: frozenset[int]
) -> list[Row]:
    """The rows of a page from top to bottom, without the characters ``taken``."""
    pieces: list[Piece] = []
    for match in _WORD.finditer(characters):
        start, end = match.span()
        if start in taken or (flags is not None and flags[start] not in _LAYOUT):
            continue
        if page.upright(start):
            pieces += _pieces(page, characters, start, end)
    pieces.sort(key=lambda piece: -piece.middle)
    rows: list[list[Piece]] = []
    for piece in pieces:
        if rows and _same_row(rows[-1][-1], piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [Row(tuple(_together(row))) for row in rows]


def _pieces(page: Page, characters: str, start: int, end: int) -> Iterator[Piece]:
    first, last = page.loose_box(start), page.loose_box(end - 1)
    if end - start > 1 and not (beside(first, last) and first.x0 <= last.x0):
        middle = (start + end) // 2
        yield from _pieces(page, characters, start, middle)
        yield from _pieces(page, characters, middle, end)
        return
    box = first.union(last)
    if box.width > 0 and box.height > 0:
        text = characters[start:end]
        squares = sum(0.5 if character.isascii() else 1.0 for character in text)
        yield Piece(text, box, min(box.width / squares, box.height))


def _same_row(above: Piece, piece: Piece) -> bool:
    return above.middle - piece.middle < SAME_ROW * min(above.square, piece.square)


def _together(row: Sequence[Piece]) -> list[Piece]:
    """Words that are one piece put together: parted by a space, or by the square in 张　三."""
    lines: list[list[Piece]] = []
    for piece in row:
        line = next((line for line in lines if beside(line[0].box, piece.box)), None)
        if line is None:
            lines.append([piece])
        else:
            line.append(piece)
    found = [piece for line in lines for piece in _joined(sorted(line, key=lambda p: p.box.x0))]
    return sorted(found, key=lambda piece: piece.box.x0)


def _joined(line: Sequence[Piece]) -> list[Piece]:
    found: list[Piece] = []
    alone = False
    for piece in line:
        single = len(piece.text) == 1 and not piece.text.isascii()
        gap = piece.box.x0 - found[-1].box.x1 if found else 0.0
        room = SPACED if alone and single else SAME_PIECE
        if found and gap <= room * piece.square:
            last = found.pop()
            piece = Piece(last.text + " " + piece.text, last.box.union(piece.box), last.square)
            alone = False
        else:
            alone = single
        found.append(piece)
    return found
