"""Where a name can begin, and what the model sees of such a place.

White space is taken out first, each gap remembered, so that 杨 文 and 杨文 look alike; so are
the Latin sounds that some mirrors put in brackets behind a character (会(huì)议). Line ends
stay: they are the edges of cells and lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from gongkai_classifiers.names import lexicon

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Flags = NDArray[np.bool_]

BEFORE, AFTER = 10, 15
"""Characters of the window before a name's first and from it on."""

LONGEST = 4

GAPS = 6
"""How many characters from a name's first on are asked whether a gap stands before them."""

_JUNK = re.compile("[(][a-zà-ÿā-ǜ]{1,7}[)]")
_SPACE, _TAB, _LINE = 0x20, 0x09, 0x0A
_PLANE = 0x10000


@dataclass(frozen=True, slots=True)
class Squeezed:
    """A text without white space: ``codes`` of its characters, ``places`` of them in the text.

    ``gaps`` says before which characters something was taken out.
    """

    codes: Numbers
    places: Numbers
    gaps: Flags

    def range_of(self, start: int, length: int) -> tuple[int, int]:
        """The range in the text of ``length`` characters from ``start``."""
        return int(self.places[start]), int(self.places[start + length - 1]) + 1


def squeezed(text: str) -> Squeezed:
    """A normalised text without white space and without Latin sounds in brackets."""
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    kept = (codes != _SPACE) & (codes != _TAB) & (codes != 0x0D)
    if "(" in text:
        for junk in _JUNK.finditer(text):
            kept[junk.start() : junk.end()] = False
    places = np.flatnonzero(kept)
    lines = codes[places] == _LINE
    again = np.zeros(len(places), dtype=bool)
    again[1:] = lines[1:] & lines[:-1]
    places = places[~again]
    gaps = np.zeros(len(places), dtype=bool)
    gaps[1:] = np.diff(places) > 1
    return Squeezed(np.minimum(codes[places], _PLANE - 1).astype(np.int64), places, gaps)


@cache
def _openings() -> tuple[Flags, frozenset[int], Numbers]:
    """Surnames of one character, first characters of longer ones, and those as pairs."""
    import numpy as np

    single = np.zeros(_PLANE, dtype=bool)
    surnames = lexicon().surnames
    single[[ord(s) for s in surnames if len(s) == 1]] = True
    double = [s for s in surnames if len(s) == 2]
    pairs = np.array(sorted(ord(s[0]) * _PLANE + ord(s[1]) for s in double), dtype=np.int64)
    return single, frozenset(ord(s[0]) for s in double), pairs


def beginnings(text: Squeezed) -> Numbers:
    """Places in the squeezed text where a surname stands before another Chinese character."""
    import numpy as np

    codes = text.codes
    if len(codes) < 2:
        return np.zeros(0, dtype=np.int64)
    single, _, pairs = _openings()
    first, second = codes[:-1], codes[1:]
    han = (second >= 0x4E00) & (second <= 0x9FFF) & (second != ord("某"))
    double = np.isin(first * _PLANE + second, pairs)
    return np.flatnonzero((single[first] & han) | double)


def windows(text: Squeezed, starts: Numbers) -> tuple[Numbers, Flags]:
    """Codes of the characters around each start, and the gaps before its first six."""
    import numpy as np

    edge = _LINE
    padded = np.concatenate([np.full(BEFORE, edge), text.codes, np.full(AFTER, edge)])
    around = padded[starts[:, None] + np.arange(BEFORE + AFTER)[None, :]]
    gaps = np.concatenate([text.gaps, np.zeros(GAPS, dtype=bool)])
    return around, gaps[starts[:, None] + np.arange(GAPS)[None, :]]
