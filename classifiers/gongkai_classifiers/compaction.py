"""A text without white space inside its lines, and the way back to where its words stand.

Typists spread words (低 保 户) and some mirrors put Latin sounds in brackets behind a
character; neither changes what is said. Line ends stay.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from gongkai_classifiers.covered import MASKS

_JUNK = re.compile("[ \t\r]+|[(] {0,2}[a-zà-ÿā-ǜɡ][a-zà-ÿā-ǜɡ ]{0,20}[)]")

_OF_A_NUMBER = f"0-9A-Za-z@.()+\\-〇○零oO{MASKS}"
_SPREAD = re.compile(
    f"(?:[{_OF_A_NUMBER}]|[\u4e00-\u9fff](?=[ \t\r]+[A-Z0-9]))[ \t\r]+(?=[{_OF_A_NUMBER}])"
)


@dataclass(frozen=True, slots=True)
class Compaction:
    """``text`` is the compact text; offsets before it was made are called original.

    Of each stretch left out, ``original`` says where it ended, ``compact`` where it stood and
    ``left_out`` how much had been left out up to there.
    """

    text: str
    original: tuple[int, ...]
    compact: tuple[int, ...]
    left_out: tuple[int, ...]

    def inside(self, offset: int) -> int:
        """The compact offset of what stands at an original one."""
        return offset - self.left_out[bisect_right(self.original, offset) - 1]

    def outside(self, start: int, end: int) -> tuple[int, int]:
        """The original range of a non-empty compact one."""
        first = self.left_out[bisect_right(self.compact, start) - 1]
        last = self.left_out[bisect_right(self.compact, end - 1) - 1]
        return start + first, end + last


def compacted(text: str) -> Compaction:
    """A normalised text with the white space inside its lines left out."""
    original, compact, left_out, kept = [0], [0], [0], []
    position = 0
    for junk in _JUNK.finditer(text):
        kept.append(text[position : junk.start()])
        position = junk.end()
        original.append(position)
        compact.append(junk.start() - left_out[-1])
        left_out.append(left_out[-1] + position - junk.start())
    kept.append(text[position:])
    return Compaction("".join(kept), tuple(original), tuple(compact), tuple(left_out))


def is_spread(text: str) -> bool:
    """Whether white space stands where it could part one number, or an address of mail, in two."""
    return _SPREAD.search(text) is not None
