"""A transcript as lines that survive what mirrors, mark-up and typists do to a text.

Each line's ``text`` is free of white space, of phonetic junk ("现(xiàn)") and of mark-up;
``locate`` leads any stretch of it back to the transcript (SRC-21).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from gongkai.model.content import Block, Part
from gongkai.model.transcript import Transcript

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿêüɡ"
_JUNK = re.compile(
    rf"\s+|\([a-z{_TONED}]*[{_TONED}][a-z{_TONED}]* ?\)|</?[A-Za-z!][^<>]{{0,200}}>|&nbsp;"
)
_PARAGRAPH_END = re.compile(r"</p>|<br ?/?>|</div>|</tr>", re.IGNORECASE)
_SUSPECT = re.compile(rf"[<&{_TONED}]")


@dataclass(frozen=True)
class Line:
    """One line: ``start`` and ``raw`` as in the transcript, ``text`` squeezed."""

    number: int
    start: int
    raw: str
    text: str
    block: Block

    @property
    def end(self) -> int:
        """Where the line ends in the transcript."""
        return self.start + len(self.raw)

    @cached_property
    def _kept(self) -> tuple[int, ...]:
        kept: list[int] = []
        position = 0
        for junk in _JUNK.finditer(self.raw):
            kept += range(position, junk.start())
            position = junk.end()
        kept += range(position, len(self.raw))
        return tuple(kept)

    def locate(self, start: int, end: int) -> tuple[int, int]:
        """Transcript offsets of ``text[start:end]``, which must not be empty."""
        return self.start + self._kept[start], self.start + self._kept[end - 1] + 1

    @property
    def whole(self) -> tuple[int, int]:
        """Transcript offsets of the line without the white space around it."""
        return self.locate(0, len(self.text)) if self.text else (self.start, self.end)


EDGES = frozenset({Part.HEADER, Part.FOOTER, Part.FOOTNOTE, Part.ENDNOTE})
"""Parts that stand beside the run of the text."""


def lines_of(transcript: Transcript, beside: frozenset[Part] = frozenset()) -> tuple[Line, ...]:
    """The lines of the running text that hold anything, in order.

    Page headers, footers and notes are left out, unless ``beside`` names parts: then only
    these are given.
    """
    suspect = _SUSPECT.search(transcript.text) is not None
    lines: list[Line] = []
    for index, block in enumerate(transcript.blocks):
        if block.part not in beside if beside else block.part in EDGES:
            continue
        start = transcript.starts[index]
        raw = transcript.line(index)
        for offset, piece in _pieces(raw) if suspect else ((0, raw),):
            text = _JUNK.sub("", piece) if suspect else "".join(piece.split())
            if text:
                lines.append(Line(len(lines), start + offset, piece, text, block))
    return tuple(lines)


def _pieces(raw: str) -> Iterator[tuple[int, str]]:
    position = 0
    for end in _PARAGRAPH_END.finditer(raw):
        yield position, raw[position : end.end()]
        position = end.end()
    yield position, raw[position:]
