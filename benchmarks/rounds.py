"""Two pieces of work measured side by side: interleaved rounds, CPU time, never the clock."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

Work = Callable[[], object]

ROUND_SECONDS = 0.1
"""CPU time one side works at least per round, so that a slow moment of the machine is shared."""


@dataclass(frozen=True, slots=True)
class Spread:
    """A median and the quartiles around it; what is outside is the machine's noise."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        """The spread of some measurements; a single one is its own quartiles."""
        if len(values) < 2:
            return cls(values[0], values[0], values[0])
        low, _, high = quantiles(values, n=4, method="inclusive")
        return cls(median(values), low, high)


@dataclass(frozen=True, slots=True)
class Comparison:
    """CPU seconds per call of both sides, one value per round."""

    ours: tuple[float, ...]
    peer: tuple[float, ...]

    @property
    def ratio(self) -> Spread:
        """Ours divided by the peer's, each round by itself."""
        return Spread.of([o / p for o, p in zip(self.ours, self.peer, strict=True)])


def compare(ours: Work, peer: Work, rounds: int) -> Comparison:
    """Both sides in turns, after each has run once to be warm."""
    sides = (ours, peer)
    calls = [_calls_per_round(side) for side in sides]
    spent: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds):
        # Who begins changes from round to round: the second finds warmer caches.
        for side in (0, 1) if number % 2 == 0 else (1, 0):
            spent[side].append(_cpu(sides[side], calls[side]))
    return Comparison(tuple(spent[0]), tuple(spent[1]))


def _calls_per_round(work: Work) -> int:
    work()
    return max(1, round(ROUND_SECONDS / max(_cpu(work, 1), 1e-6)))


def _cpu(work: Work, calls: int) -> float:
    begin = time.process_time()
    for _ in range(calls):
        work()
    return (time.process_time() - begin) / calls
