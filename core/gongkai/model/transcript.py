"""One file's printed text, joined for matching, with every offset leading back to its block."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property

from gongkai.model.bundle import Member
from gongkai.model.content import Block
from gongkai.model.reading import Span
from gongkai.script import normalise

_WHITE_SPACE = re.compile(r"\s+")


class Transcript:
    """Blocks joined by line feeds and normalised one to one.

    ``text`` is normalised, ``original`` is not; both have the same offsets. ``compact`` is
    ``text`` without white space, for patterns that must survive inserted spaces and line
    breaks; ``spread`` brings a compact offset back. A span never reaches over a block's end:
    a match across blocks is cut to the block it begins in.
    """

    def __init__(self, blocks: Iterable[Block], prefix: str = "") -> None:
        self.blocks = tuple(blocks)
        self.prefix = prefix
        self.original = "\n".join(block.text.replace("\n", " ") for block in self.blocks)
        starts, position = [], 0
        for block in self.blocks:
            starts.append(position)
            position += len(block.text) + 1
        self.starts = tuple(starts)

    @classmethod
    def of(cls, member: Member) -> Transcript:
        """The printed text of one member of a bundle."""
        return cls(member.content.printed, member.prefix)

    @classmethod
    def of_everything(cls, member: Member) -> Transcript:
        """All text of one member, hidden places included (SRC-14)."""
        return cls(member.content.blocks, member.prefix)

    @cached_property
    def text(self) -> str:
        """The joined text, normalised; same length as ``original``."""
        return normalise(self.original)

    @cached_property
    def _gaps(self) -> tuple[list[int], list[int]]:
        """Where white space was left out of ``compact``, and how much of it up to there."""
        places, widths, left_out = [0], [0], 0
        for gap in _WHITE_SPACE.finditer(self.text):
            places.append(gap.start() - left_out)
            left_out += gap.end() - gap.start()
            widths.append(left_out)
        return places, widths

    @cached_property
    def compact(self) -> str:
        """``text`` without any white space."""
        return "".join(self.text.split())

    def spread(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in ``text`` for a non-empty range of ``compact``."""
        places, widths = self._gaps
        first = widths[bisect_right(places, start) - 1]
        last = widths[bisect_right(places, end - 1) - 1]
        return start + first, end + last

    def index_of_block(self, offset: int) -> int:
        """Which block an offset of ``text`` falls into."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def block_at(self, offset: int) -> Block:
        """The block an offset of ``text`` falls into."""
        return self.blocks[self.index_of_block(offset)]

    def span(self, start: int, end: int) -> Span:
        """The place and original words of a range of ``text``."""
        index = self.index_of_block(start)
        block, base = self.blocks[index], self.starts[index]
        stop = min(end - base, len(block.text))
        begin = min(start - base, stop)
        return Span(self.prefix + block.place, begin, stop, block.text[begin:stop])

    def line(self, index: int) -> str:
        """The normalised text of one block."""
        start = self.starts[index]
        return self.text[start : start + len(self.blocks[index].text)]
