"""A text as the trained models read it: without white space, which hides no letter of it.

White space is taken out and each gap remembered, so that 杨 文 and 杨文 look alike; so are the
Latin sounds that some mirrors put in brackets behind a character (会(huì)议). Line ends stay:
they are the edges of cells and lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Flags = NDArray[np.bool_]

LINE = 0x0A
"""The code of a line's end."""

PLANE = 0x10000
"""Codes from here on (rare characters) are taken for the last one before it."""

_JUNK = re.compile("[(][a-zà-ÿā-ǜ]{1,7}[)]")
_SPACE, _TAB, _RETURN = 0x20, 0x09, 0x0D


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
    kept = (codes != _SPACE) & (codes != _TAB) & (codes != _RETURN)
    if "(" in text:
        for junk in _JUNK.finditer(text):
            kept[junk.start() : junk.end()] = False
    places = np.flatnonzero(kept)
    lines = codes[places] == LINE
    again = np.zeros(len(places), dtype=bool)
    again[1:] = lines[1:] & lines[:-1]
    places = places[~again]
    gaps = np.zeros(len(places), dtype=bool)
    gaps[1:] = np.diff(places) > 1
    return Squeezed(np.minimum(codes[places], PLANE - 1).astype(np.int64), places, gaps)


def pairs(codes: Numbers) -> Numbers:
    """Each character with the next as one number; one fewer than there are characters."""
    joined: Numbers = codes[:-1] * PLANE + codes[1:]
    return joined


def among(values: Numbers, known: Numbers) -> Flags:
    """Which values are among the known ones, which are in order; quick for short texts too."""
    import numpy as np

    if not len(known):
        return np.zeros(len(values), dtype=bool)
    found: Flags = known[np.minimum(np.searchsorted(known, values), len(known) - 1)] == values
    return found
