"""Where a name can begin, and what the model sees of such a place."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from gongkai_classifiers.names import lexicon
from gongkai_classifiers.squeezed import LINE, PLANE, Squeezed

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


@cache
def _openings() -> tuple[Flags, frozenset[int], Numbers]:
    """Surnames of one character, first characters of longer ones, and those as pairs."""
    import numpy as np

    single = np.zeros(PLANE, dtype=bool)
    surnames = lexicon().surnames
    single[[ord(s) for s in surnames if len(s) == 1]] = True
    double = [s for s in surnames if len(s) == 2]
    pairs = np.array(sorted(ord(s[0]) * PLANE + ord(s[1]) for s in double), dtype=np.int64)
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
    double = np.isin(first * PLANE + second, pairs)
    return np.flatnonzero((single[first] & han) | double)


def windows(text: Squeezed, starts: Numbers) -> tuple[Numbers, Flags]:
    """Codes of the characters around each start, and the gaps before its first six."""
    import numpy as np

    padded = np.concatenate([np.full(BEFORE, LINE), text.codes, np.full(AFTER, LINE)])
    around = padded[starts[:, None] + np.arange(BEFORE + AFTER)[None, :]]
    gaps = np.concatenate([text.gaps, np.zeros(GAPS, dtype=bool)])
    return around, gaps[starts[:, None] + np.arange(GAPS)[None, :]]
