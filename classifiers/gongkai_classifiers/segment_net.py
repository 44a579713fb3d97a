"""The small net that says of each character how well a body or an address begins, goes on, ends.

It reads the character, its neighbours and the pairs they make, seven characters in all.
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

    Flags = NDArray[np.bool_]
    Reals = NDArray[np.float32]
    Numbers = NDArray[np.int64]

NEAR, FAR = 2, 1
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
    def endings(self) -> Numbers:
        """The pairs of characters (see ``squeezed.pairs``) in which a body was seen to end."""
        import numpy as np

        return self.arrays["endings"].astype(np.int64)

    @cached_property
    def length(self) -> Reals:
        """For each kind, how likely each length is: what a span's score is increased by."""
        return real(self.arrays, "length")

    def emissions(self, text: Squeezed, asked: Flags) -> Reals:
        """A row for each character of a squeezed text, three columns for each kind.

        Only the rows of characters asked about mean anything; the others cost next to nothing.
        """
        import numpy as np

        rows, characters, pairs = self._tables
        edge = NEAR + FAR
        kept = np.flatnonzero(_widened(asked, edge))
        (_, last) = self._layers[-1]
        answer = np.zeros((len(text.codes), len(last)), dtype=np.float32)
        following = following_pairs(text.codes, len(pairs))
        for at in range(0, len(kept), _SLICE):
            some = kept[max(0, at - edge) : at + _SLICE + edge]
            signal = np.concatenate(
                [
                    characters[rows[text.codes[some]]],
                    pairs[following[some]],
                    text.gaps[some, None].astype(np.float32),
                ],
                axis=1,
            )
            wanted = kept[at : at + _SLICE]
            first = at - max(0, at - edge)
            answer[wanted] = self._answer(signal)[first : first + len(wanted)]
        return answer

    def _answer(self, signal: Reals) -> Reals:
        import numpy as np

        (w1, b1), (w2, b2), (w3, b3) = self._layers
        signal = np.maximum(product(neighbours(signal, NEAR), w1) + b1, 0)
        signal = np.maximum(product(neighbours(signal, FAR), w2) + b2, 0)
        answer: Reals = product(signal, w3) + b3
        return answer


def _widened(asked: Flags, reach: int) -> Flags:
    """What is asked about, and so many characters before and behind it."""
    import numpy as np

    change = np.zeros(len(asked) + 2 * reach + 1, dtype=np.int64)
    where = np.flatnonzero(asked)
    np.add.at(change, where, 1)
    np.add.at(change, where + 2 * reach + 1, -1)
    wide: Flags = np.cumsum(change)[reach : reach + len(asked)] > 0
    return wide
