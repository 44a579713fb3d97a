"""Learns what papers are about: logistic regression on runs of characters, in plain NumPy.

There are far fewer papers than runs, so it is learnt in the space the papers span (their
products) and unfolded to one weight per run afterwards.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai_classifiers.ngrams import Run, vector

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Reals = NDArray[np.float64]
    Singles = NDArray[np.float32]

SIZE = 1 << 15
DECAY = 3e-6
RANK = 1000
STEPS = 80
_MEMORY = 8
_PATIENCE = 12


def on_one_thread() -> None:
    """Asks NumPy's BLAS for one thread; to be called before NumPy is first imported.

    Several threads add up in an order of their own in every run, so the same papers would give
    other bits; and products of this size are slower on them.
    """
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"


@dataclass(frozen=True, slots=True)
class Space:
    """Papers as points; ``unfold`` leads weights of the space back to rows of runs."""

    points: Reals
    rows: Singles
    mean: Singles
    unfold: Reals

    @classmethod
    def of(cls, papers: Sequence[Sequence[Run]], seed: int) -> Space:
        """The space that the papers' vectors span, cut to its longest axes."""
        import numpy as np

        rows = np.zeros((len(papers), SIZE), dtype=np.float32)
        for number, found in enumerate(papers):
            at, values = vector(found)
            np.add.at(rows[number], at, values)
        # A run of one paper alone teaches nothing about others.
        rows[:, (rows > 0).sum(axis=0) < 2] = 0
        mean = rows.mean(axis=0)
        rows -= mean
        products = rows @ rows.T
        rank = min(RANK, len(papers) - 1)
        drawn = np.random.default_rng(seed).standard_normal((len(papers), rank + 40))
        axes = drawn.astype(np.float32)
        for _ in range(3):
            axes, _ = np.linalg.qr(products @ axes)
        lengths, turned = np.linalg.eigh(axes.T @ products @ axes)
        order = np.argsort(lengths)[::-1][:rank]
        lengths = np.maximum(lengths[order], 1e-9).astype(np.float64)
        axes = (axes @ turned[:, order]).astype(np.float64)
        return cls(axes * np.sqrt(lengths), rows, mean, axes / np.sqrt(lengths))

    def weights(self, learnt: Reals) -> tuple[Singles, Singles]:
        """One weight per row and answer, and the bias of each answer."""
        import numpy as np

        unfolded = (self.rows.T @ (self.unfold @ learnt[:-1]).astype(np.float32)).astype(np.float32)
        bias = learnt[-1].astype(np.float32) - self.mean @ unfolded
        return unfolded, np.asarray(bias, dtype=np.float32)


def softmax(scores: Reals) -> Reals:
    """Chances of each row's answers."""
    import numpy as np

    raised: Reals = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances: Reals = raised / raised.sum(axis=1, keepdims=True)
    return chances


def scores(points: Reals, learnt: Reals) -> Reals:
    """What was learnt says of points."""
    answer: Reals = points @ learnt[:-1] + learnt[-1]
    return answer


def learn(points: Reals, wanted: Reals, shares: Reals, decay: float = DECAY) -> Reals:
    """Weights and bias for the wanted chances; ``shares`` is how much each paper counts."""
    import numpy as np

    width, answers = points.shape[1] + 1, wanted.shape[1]
    total = shares.sum()

    def loss(flat: Reals) -> tuple[float, Reals]:
        learnt = flat.reshape(width, answers)
        chances = softmax(scores(points, learnt))
        value = -(shares[:, None] * wanted * np.log(chances + 1e-12)).sum() / total
        value += decay / 2 * (learnt[:-1] ** 2).sum()
        off = shares[:, None] * (chances - wanted) / total
        slope = np.vstack([points.T @ off + decay * learnt[:-1], off.sum(axis=0)])
        return float(value), slope.ravel()

    return _lowest(loss, np.zeros(width * answers)).reshape(width, answers)


def _lowest(loss: Callable[[Reals], tuple[float, Reals]], at: Reals) -> Reals:
    """L-BFGS with a halving line search."""
    import numpy as np

    steps: list[tuple[Reals, Reals]] = []
    value, slope = loss(at)
    for _ in range(STEPS):
        way = -_preconditioned(slope, steps)
        length = 1.0 if steps else 1 / float(np.linalg.norm(slope))
        down = float(slope @ way)
        for _ in range(_PATIENCE):
            next_value, next_slope = loss(at + length * way)
            if next_value <= value + 1e-4 * length * down:
                break
            length /= 2
        moved, bent = length * way, next_slope - slope
        if float(moved @ bent) > 1e-12:
            steps = [*steps[1 - _MEMORY :], (moved, bent)]
        at = at + moved
        done = abs(value - next_value) < 1e-6 * abs(value)
        value, slope = next_value, next_slope
        if done:
            break
    return at


def _preconditioned(slope: Reals, steps: Sequence[tuple[Reals, Reals]]) -> Reals:
    way = slope.copy()
    shares = []
    for moved, bent in reversed(steps):
        share = float(moved @ way) / float(moved @ bent)
        shares.append(share)
        way -= share * bent
    if steps:
        moved, bent = steps[-1]
        way *= float(moved @ bent) / float(bent @ bent)
    for (moved, bent), share in zip(steps, reversed(shares), strict=True):
        way += moved * (share - float(bent @ way) / float(moved @ bent))
    return way


def sharpness(scored: Reals, wanted: Reals) -> float:
    """The factor that makes chances of papers not learnt from as high as they come true."""
    import numpy as np

    tried = np.arange(0.4, 2.51, 0.05)
    losses = [-(wanted * np.log(softmax(scored * t) + 1e-12)).sum() for t in tried]
    return round(float(tried[int(np.argmin(losses))]), 2)


def packed(weights: Singles, bias: Singles) -> dict[str, NDArray[np.generic]]:
    """Weights as whole numbers of one byte, with each answer's scale."""
    import numpy as np

    scales = (np.abs(weights).max(axis=0) / 127 + 1e-12).astype(np.float32)
    return {
        "weights": np.round(weights / scales).astype(np.int8),
        "scales": scales,
        "bias": bias.astype(np.float32),
    }


def write_model(path: Path, heads: dict[str, dict[str, NDArray[np.generic]]]) -> int:
    """Writes the heads; says how many bytes."""
    import numpy as np

    named = {f"{head}/{name}": array for head, own in heads.items() for name, array in own.items()}
    np.savez_compressed(path, **named)  # type: ignore[arg-type]
    return path.stat().st_size
