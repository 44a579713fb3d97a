"""The small net that says of each character how well a body or an address begins, goes on, ends.

It reads the character, its neighbours and the pairs they make, nine characters in all.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai_classifiers.squeezed import LINE, Squeezed
from gongkai_classifiers.weights import listed, numbers_of, pair_rows, product, real

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Reals = NDArray[np.float32]
    Numbers = NDArray[np.int64]

NEAR, FAR = 2, 2
"""Neighbours on either side that the first layer reads, and that the second does."""

COLUMNS = 3
"""Of each kind: how well it begins here, goes on here, ends here."""

_NAMES = frozenset(
    {"characters", "character", "pair", "w1", "b1", "w2", "b2", "w3", "b3", "length"}
)
_SLICE = 1024
"""Characters at a time, so that what lies between the layers stays in the cache."""


def following_pairs(codes: Numbers, rows: int) -> Numbers:
    """The row of the table of pairs for each character and the next."""
    import numpy as np

    return pair_rows(codes, np.append(codes[1:], LINE), rows)


def neighbours(signal: Reals, reach: int) -> Reals:
    """Each row with the ``reach`` rows before and behind it; zeros beyond the ends."""
    import numpy as np

    count, size = signal.shape
    padded = np.zeros((count + 2 * reach, size), dtype=np.float32)
    padded[reach : reach + count] = signal
    joined: Reals = np.concatenate([padded[at : at + count] for at in range(2 * reach + 1)], axis=1)
    return joined


@dataclass(frozen=True, slots=False)
class SegmentNet:
    """Weights as arrays, by name; made by ``gongkai_classifiers.training``."""

    arrays: dict[str, NDArray[np.generic]]

    @classmethod
    def load(cls, path: Path) -> SegmentNet:
        """The net kept in an ``.npz`` file; raises ``KeyError`` when weights are missing."""
        import numpy as np

        with np.load(path, allow_pickle=False) as kept:
            arrays = {name: kept[name] for name in kept.files}
        if _NAMES - set(arrays):
            raise KeyError(str(path))
        return cls(arrays)

    @cached_property
    def _tables(self) -> tuple[Numbers, Reals, Reals]:
        rows = numbers_of(listed(self.arrays))
        return rows, real(self.arrays, "character"), real(self.arrays, "pair")

    @cached_property
    def _layers(self) -> tuple[tuple[Reals, Reals], ...]:
        return tuple((real(self.arrays, f"w{n}"), real(self.arrays, f"b{n}")) for n in (1, 2, 3))

    @cached_property
    def length(self) -> Reals:
        """For each kind, how likely each length is: what a span's score is increased by."""
        return real(self.arrays, "length")

    def emissions(self, text: Squeezed) -> Reals:
        """A row for each character of a squeezed text, three columns for each kind."""
        import numpy as np

        edge = NEAR + FAR
        parts = []
        for at in range(0, len(text.codes), _SLICE):
            start, end = max(0, at - edge), min(len(text.codes), at + _SLICE + edge)
            seen = self._emissions(text.codes[start:end], text.gaps[start:end])
            parts.append(seen[at - start : at - start + min(_SLICE, len(text.codes) - at)])
        (_, last) = self._layers[-1]
        return np.concatenate(parts) if parts else np.zeros((0, len(last)), dtype=np.float32)

    def _emissions(self, codes: Numbers, gaps: NDArray[np.bool_]) -> Reals:
        import numpy as np

        rows, characters, pairs = self._tables
        signal = np.concatenate(
            [
                characters[rows[codes]],
                pairs[following_pairs(codes, len(pairs))],
                gaps[:, None].astype(np.float32),
            ],
            axis=1,
        )
        (w1, b1), (w2, b2), (w3, b3) = self._layers
        signal = np.maximum(product(neighbours(signal, NEAR), w1) + b1, 0)
        signal = np.maximum(product(neighbours(signal, FAR), w2) + b2, 0)
        answer: Reals = product(signal, w3) + b3
        return answer
