"""Examples as one long text, with every place a segment can end and where it would begin."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai.script import normalise
from gongkai_classifiers.segments import LONGEST, Sort, ends, walls
from gongkai_classifiers.squeezed import LINE, Squeezed, pairs, squeezed
from gongkai_classifiers.training.examples import Example, Ranges

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

_FEWEST = 4
"""How often two characters must end a body to be looked at as an end."""

_NONE, _EITHER = 0, -1
"""Answers: no segment ends here; it does not matter (inside a longer one)."""


@dataclass(frozen=True, slots=True)
class SegmentLessons:
    """One text of many examples; for each sort the ends, and at each the length to be found.

    A length of n stands for n characters, 0 for no segment. ``walls`` are those of each sort,
    ``endings`` the pairs of characters in which bodies end.
    """

    text: Squeezed
    ends: tuple[Numbers, ...]
    lengths: tuple[Numbers, ...]
    walls: tuple[Numbers, ...]
    endings: Numbers


def segment_lessons(examples: Iterable[Example]) -> SegmentLessons:
    """All ends of the examples; where a segment goes on behind one, both answers are right."""
    import numpy as np

    codes, gaps = [], []
    answers: dict[Sort, list[Numbers]] = {sort: [] for sort in Sort}
    for example in examples:
        text = squeezed(normalise(example.text) + "\n")
        if not len(text.codes) or text.codes[-1] != LINE:
            continue
        codes.append(text.codes)
        gaps.append(text.gaps)
        for sort, ranges in (
            (Sort.ORGANIZATION, example.organizations),
            (Sort.ADDRESS, example.addresses),
        ):
            answers[sort].append(_answers(text, ranges, walls(text, sort)))
    joined = np.concatenate(codes)
    whole = Squeezed(joined, np.arange(len(joined)), np.concatenate(gaps))
    stops = np.flatnonzero(np.concatenate(answers[Sort.ORGANIZATION]) > _NONE)
    endings, often = np.unique(pairs(joined)[stops - 1], return_counts=True)
    endings = endings[often >= _FEWEST]
    where = ends(whole, endings)
    known = tuple(np.concatenate(answers[sort])[where[sort]] for sort in Sort)
    kept = tuple(length != _EITHER for length in known)
    return SegmentLessons(
        whole,
        tuple(at[keep] for at, keep in zip(where, kept, strict=True)),
        tuple(length[keep] for length, keep in zip(known, kept, strict=True)),
        tuple(walls(whole, sort) for sort in Sort),
        endings,
    )


def _answers(text: Squeezed, ranges: Ranges, over: Numbers) -> Numbers:
    """For each character the length of the segment that ends there; ``over`` are the walls."""
    import numpy as np

    answer = np.full(len(text.codes), _NONE, dtype=np.int64)
    bounds = [
        (int(np.searchsorted(text.places, start)), int(np.searchsorted(text.places, end)) - 1)
        for start, end in ranges
    ]
    touching = {first for first, _ in bounds} & {last + 1 for _, last in bounds}
    for first, last in bounds:
        answer[first:last] = _EITHER
        beside = first in touching or last + 1 in touching
        length = last + 1 - first
        fits = 2 <= length <= LONGEST and not beside and not over[last] - over[first]
        answer[last] = length if fits else _EITHER
    return answer
