"""What the heads reach on batches held out: shares right, and whether chances come true."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from gongkai_classifiers.training.ground_recipe import VALUES, Result

_STEPS = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)


def report(grounds: Result, kinds: Result) -> Iterator[str]:
    """Lines for a reader."""
    yield f"grounds: {grounds.right.mean():.3f} of {len(grounds.right)} right on batches held out"
    for name in sorted(set(grounds.batches)):
        own = [
            hit for hit, batch in zip(grounds.right, grounds.batches, strict=True) if batch == name
        ]
        yield f"  {name}: {sum(own) / len(own):.3f} of {len(own)}"
    yield from _values(grounds)
    yield f"kinds: {kinds.right.mean():.3f} of {len(kinds.right)} right among {len(kinds.answers)}"
    for name, result in (("grounds", grounds), ("kinds", kinds)):
        yield f"{name}: chance told, how often right"
        best = result.held_out.max(axis=1)
        for low, high in pairwise(_STEPS):
            inside = (best >= low) & (best < high)
            if inside.any():
                told, true = best[inside].mean(), result.right[inside].mean()
                yield f"  {low:.2f}-{min(high, 1):.2f}: {told:.3f} {true:.3f} n {int(inside.sum())}"


def _values(grounds: Result) -> Iterator[str]:
    """Right by value: several grounds of one value add up."""
    import numpy as np

    values = list(dict.fromkeys(VALUES[answer] for answer in grounds.answers))
    groups = np.array([[VALUES[a] == value for a in grounds.answers] for value in values])
    summed = grounds.held_out @ groups.T
    wanted = (grounds.wanted @ groups.T) > 0
    right = wanted[np.arange(len(summed)), summed.argmax(axis=1)]
    yield f"values: {right.mean():.3f} right"
    for number, value in enumerate(values):
        own = wanted[:, number]
        yield f"  {value}: recall {right[own].mean():.3f} of {int(own.sum())}"
