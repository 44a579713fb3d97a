"""What every measure gives: numbers for machines, and its errors for people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai_classifiers.evaluation.sampling import Interval, wilson

Object = dict[str, object]


@dataclass(frozen=True, slots=True)
class Slip:
    """One wrong answer: what was expected, what was said, and the words that misled."""

    about: str
    id: str
    expected: str
    found: str
    words: str = ""

    def as_object(self) -> Object:
        """The slip for machines."""
        return {
            "about": self.about,
            "id": self.id,
            "expected": self.expected,
            "found": self.found,
            "words": self.words,
        }


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure's numbers and its errors."""

    values: Object
    slips: tuple[Slip, ...] = ()


def rounded(interval: Interval) -> list[float]:
    """An interval for machines."""
    return [round(bound, 4) for bound in interval]


def proportion(name: str, hits: int, n: int) -> Object:
    """A proportion under its name, with its interval; None where nothing was counted."""
    return {
        name: round(hits / n, 4) if n else None,
        f"{name}_interval": rounded(wilson(hits, n)),
    }


def accuracy(right: Sequence[bool]) -> Object:
    """How many answers are right, of how many."""
    return {**proportion("accuracy", sum(right), len(right)), "n": len(right)}


def precision_recall(correct: int, found: int, wanted: int) -> Object:
    """Precision over what was found, recall over what was to be found."""
    return {
        **proportion("precision", correct, found),
        **proportion("recall", correct, wanted),
        "n": wanted,
        "found": found,
        "correct": correct,
    }
