"""How sure a measured number is: intervals of 95 %, always the same for the same data."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from math import ceil, sqrt
from typing import TypeVar

Interval = tuple[float, float]

_Z = 1.959964
_DRAWS = 1000
_SEED = 20190515


def wilson(hits: int, n: int) -> Interval:
    """Wilson's interval of a proportion; everything is possible where nothing was counted."""
    if n == 0:
        return (0.0, 1.0)
    share = hits / n
    middle = share + _Z**2 / (2 * n)
    spread = _Z * sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    scale = 1 + _Z**2 / n
    return (max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale))


T = TypeVar("T")


def bootstrap(samples: Sequence[T], measure: Callable[[Sequence[T]], float]) -> Interval:
    """The middle 95 % of a measure over samples drawn again from the samples."""
    if not samples:
        return (0.0, 1.0)
    chance = random.Random(_SEED)
    values = sorted(measure(chance.choices(samples, k=len(samples))) for _ in range(_DRAWS))
    return (values[int(_DRAWS * 0.025)], values[ceil(_DRAWS * 0.975) - 1])


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest value that ``share`` of the values do not exceed; 0 for none."""
    ordered = sorted(values)
    return ordered[max(0, ceil(share * len(ordered)) - 1)] if ordered else 0.0
