"""Where a name can begin, and what the model sees of such a place."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from gongkai_classifiers.names import lexicon, rare_surnames, spelt_parts
from gongkai_classifiers.squeezed import LINE, PLANE, Squeezed, among, pairs

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
def _openings() -> tuple[Flags, Numbers, Flags, Numbers]:
    """Surnames of one character; openings of two; rare surnames; pairs in which these are words."""
    import numpy as np

    surnames, uncommon = lexicon().surnames, rare_surnames()
    single, rare = np.zeros(PLANE, dtype=bool), np.zeros(PLANE, dtype=bool)
    single[[ord(s) for s in surnames if len(s) == 1]] = True
    rare[[ord(s) for s in uncommon]] = True
    double = {s for s in surnames if len(s) == 2} | set(spelt_parts())
    words = {surname + c for surname, behind in uncommon.items() for c in behind}
    return single, _in_order(double), rare, _in_order(words)


def _in_order(words: Iterable[str]) -> Numbers:
    """Words of two characters as ``squeezed.pairs`` has them."""
    import numpy as np

    return np.array(sorted(ord(w[0]) * PLANE + ord(w[1]) for w in words), dtype=np.int64)


def beginnings(text: Squeezed) -> Numbers:
    """Places in the squeezed text where a name may begin before another Chinese character."""
    import numpy as np

    if len(text.codes) < 2:
        return np.zeros(0, dtype=np.int64)
    single, openings, rare, words = _openings()
    first, second, both = text.codes[:-1], text.codes[1:], pairs(text.codes)
    han = (second >= 0x4E00) & (second <= 0x9FFF) & (second != ord("某"))
    uncommon = rare[first] & han
    uncommon[uncommon] = ~among(both[uncommon], words)
    return np.flatnonzero((single[first] & han) | uncommon | among(both, openings))


def windows(text: Squeezed, starts: Numbers) -> tuple[Numbers, Flags]:
    """Codes of the characters around each start, and the gaps before its first six."""
    import numpy as np

    padded = np.concatenate([np.full(BEFORE, LINE), text.codes, np.full(AFTER, LINE)])
    around = padded[starts[:, None] + np.arange(BEFORE + AFTER)[None, :]]
    gaps = np.concatenate([text.gaps, np.zeros(GAPS, dtype=bool)])
    return around, gaps[starts[:, None] + np.arange(GAPS)[None, :]]
