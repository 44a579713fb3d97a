"""Examples turned into windows with the answer for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gongkai.script import normalise
from gongkai_classifiers.person_windows import (
    AFTER,
    BEFORE,
    GAPS,
    LONGEST,
    beginnings,
    windows,
)
from gongkai_classifiers.squeezed import squeezed
from gongkai_classifiers.training.examples import Example

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_DOUBTED = -1


@dataclass(frozen=True, slots=True)
class Lessons:
    """Windows, the gaps in them, and answers: 0 no name, 1–3 a name of 2–4 characters."""

    windows: NDArray[np.int32]
    gaps: NDArray[np.bool_]
    answers: NDArray[np.int8]


def lessons(examples: Iterable[Example]) -> Lessons:
    """All windows of the examples; those inside a doubted range (silver) are left out."""
    import numpy as np

    seen = [np.zeros((0, BEFORE + AFTER), dtype=np.int32)]
    gaps = [np.zeros((0, GAPS), dtype=bool)]
    answers = [np.zeros(0, dtype=np.int8)]
    for example in examples:
        text = squeezed(normalise(example.text))
        starts = beginnings(text)
        if not len(starts):
            continue
        answer = _answers(example, text.places, starts)
        known = answer != _DOUBTED
        around, gap = windows(text, starts[known])
        seen.append(around.astype(np.int32))
        gaps.append(gap)
        answers.append(answer[known])
    return Lessons(np.concatenate(seen), np.concatenate(gaps), np.concatenate(answers))


def _answers(
    example: Example, places: NDArray[np.int64], starts: NDArray[np.int64]
) -> NDArray[np.int8]:
    import numpy as np

    answer = np.zeros(len(starts), dtype=np.int8)
    firsts = places[starts]
    for start, end in example.persons:
        if example.source == "silver":
            answer[(firsts >= start) & (firsts < end)] = _DOUBTED
            continue
        length = int(np.searchsorted(places, end) - np.searchsorted(places, start))
        if 2 <= length <= LONGEST:
            answer[firsts == start] = length - 1
    return answer


def trusted(examples: Iterable[Example], fewest: int = 3) -> Iterator[Example]:
    """Silver examples without what the teacher calls a name here and nothing elsewhere.

    Words the teacher marks in fewer than half of their places are words, and may be learnt as
    such; all else it marks stays doubted.
    """
    kept = list(examples)
    marked = Counter(e.text[start:end] for e in kept for start, end in e.persons)
    frequent = {word for word, count in marked.items() if count >= fewest and len(word) < 5}
    everywhere: Counter[str] = Counter()
    for example in kept:
        for at in range(len(example.text)):
            for length in (2, 3, 4):
                word = example.text[at : at + length]
                if len(word) == length and word in frequent:
                    everywhere[word] += 1
    words = {word for word in frequent if marked[word] * 2 < everywhere[word]}
    for example in kept:
        yield replace(
            example,
            persons=tuple(r for r in example.persons if example.text[r[0] : r[1]] not in words),
        )
