"""The small model that says what a paper is about where no cue stands (docs/model.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai_classifiers.gist import Piece
from gongkai_classifiers.ngrams import ZONES, Run, vector

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Reals = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Head:
    """Answers to choose from, and the weight of every row of runs for each."""

    answers: tuple[str, ...]
    weights: NDArray[np.int8]
    scales: Reals
    bias: Reals
    sharpness: float

    def chances(self, found: Sequence[Run]) -> dict[str, float]:
        """How likely each answer is, calibrated on wordings that did not train it."""
        import numpy as np

        rows, values = vector(found)
        scores = values @ self.weights[rows].astype(np.float32) * self.scales + self.bias
        scores = (scores - scores.max()) * self.sharpness
        chances = np.exp(scores)
        return dict(zip(self.answers, (chances / chances.sum()).tolist(), strict=True))

    def speaking(self, found: Sequence[Run], answer: str) -> dict[Piece, Reals]:
        """How much each character of each piece speaks for an answer against the mean of all."""
        import numpy as np

        column = self.answers.index(answer)
        # One product instead of a table of all answers: the answer's own weight less the mean.
        against = -self.scales / len(self.scales)
        against[column] += self.scales[column]
        voices: dict[Piece, Reals] = {}
        for run in found:
            share = self.weights[run.rows].astype(np.float32) @ against
            share *= ZONES[run.zone].weight / run.lengths
            length = len(run.piece.text)
            steps = np.arange(int(run.lengths.max()))
            places = run.starts[:, None] + steps
            inside = (places >= 0) & (places < length) & (steps < run.lengths[:, None])
            shares = np.broadcast_to(share[:, None], places.shape)[inside]
            voice = np.bincount(places[inside], shares, minlength=length).astype(np.float32)
            voices[run.piece] = voices[run.piece] + voice if run.piece in voices else voice
        return voices


@dataclass(frozen=True, slots=True)
class GroundModel:
    """``grounds``: what a paper is about; ``kinds``: which kind it is, its title being silent."""

    grounds: Head
    kinds: Head

    @property
    def size(self) -> int:
        """How many rows the tables have."""
        return len(self.grounds.weights)

    @classmethod
    def load(cls, path: Path) -> GroundModel:
        """The model kept in an ``.npz`` file; raises ``KeyError`` when weights are missing."""
        import numpy as np

        with np.load(path, allow_pickle=False) as kept:
            heads = [
                Head(
                    tuple(str(answer) for answer in kept[f"{name}/answers"]),
                    kept[f"{name}/weights"],
                    kept[f"{name}/scales"],
                    kept[f"{name}/bias"],
                    float(kept[f"{name}/sharpness"]),
                )
                for name in ("grounds", "kinds")
            ]
        return cls(*heads)


@cache
def built_in() -> GroundModel:
    """The weights that come with the package, loaded when first asked for."""
    with as_file(files("gongkai_classifiers").joinpath("model/grounds.npz")) as path:
        return GroundModel.load(path)
