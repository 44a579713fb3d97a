"""The small nets that say whether a name begins in a window, and how long it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai_classifiers.person_windows import AFTER, BEFORE
from gongkai_classifiers.weights import listed, numbers_of, pair_rows, product, real

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Reals = NDArray[np.float32]
    Numbers = NDArray[np.int64]
    Flags = NDArray[np.bool_]

PAIRS_FROM, PAIRS_TO = BEFORE - 4, BEFORE + 7
"""Places of the window whose character and the next are looked up as a pair."""

_NAMES = frozenset({"characters", "character", "pair", "w1", "b1", "w2", "b2", "w3", "b3"})
_CLEAR = 0.7
_BATCH = 4096


def near_pairs(windows: Numbers, rows: int) -> Numbers:
    """Rows of the table of pairs, for the pairs near each window's middle."""
    first = windows[:, PAIRS_FROM:PAIRS_TO]
    return pair_rows(first, windows[:, PAIRS_FROM + 1 : PAIRS_TO + 1], rows)


@dataclass(frozen=True, slots=False)
class Net:
    """Weights as arrays, by name; made by ``gongkai_classifiers.training``."""

    arrays: dict[str, NDArray[np.generic]]

    @cached_property
    def numbers(self) -> Numbers:
        """The row of the table of characters for each code."""
        return numbers_of(listed(self.arrays))

    @cached_property
    def _layers(self) -> tuple[Reals, Reals, tuple[tuple[Reals, Reals], ...]]:
        layers = tuple((real(self.arrays, f"w{n}"), real(self.arrays, f"b{n}")) for n in (1, 2, 3))
        return real(self.arrays, "character"), real(self.arrays, "pair"), layers

    def chances(self, windows: Numbers, gaps: Flags) -> Reals:
        """For each window: the chances of no name, and of names of 2, 3 and 4 characters."""
        import numpy as np

        parts = [
            self._chances(windows[at : at + _BATCH], gaps[at : at + _BATCH])
            for at in range(0, len(windows), _BATCH)
        ]
        return np.concatenate(parts) if parts else np.zeros((0, 4), dtype=np.float32)

    def _chances(self, windows: Numbers, gaps: Flags) -> Reals:
        import numpy as np

        characters, pairs, layers = self._layers
        count = len(windows)
        signal = np.concatenate(
            [
                characters[self.numbers[windows]].reshape(count, -1),
                pairs[near_pairs(windows, len(pairs))].reshape(count, -1),
                gaps.astype(np.float32),
            ],
            axis=1,
        )
        for number, (weight, bias) in enumerate(layers):
            signal = product(signal, weight) + bias
            if number < 2:
                np.maximum(signal, 0, out=signal)
        signal -= signal.max(axis=1, keepdims=True)
        np.exp(signal, out=signal)
        chances: Reals = signal / signal.sum(axis=1, keepdims=True)
        return chances


@dataclass(frozen=True, slots=True)
class Nets:
    """Nets learnt from the same examples by different chance; together they err less."""

    nets: tuple[Net, ...]

    @classmethod
    def load(cls, path: Path) -> Nets:
        """The nets kept in an ``.npz`` file; raises ``KeyError`` when weights are missing."""
        import numpy as np

        arrays: dict[str, dict[str, NDArray[np.generic]]] = {}
        with np.load(path, allow_pickle=False) as kept:
            for file in kept.files:
                number, _, name = file.partition("/")
                arrays.setdefault(number, {})[name] = kept[file]
        if not arrays or any(_NAMES - set(own) for own in arrays.values()):
            raise KeyError(str(path))
        return cls(tuple(Net(own) for own in arrays.values()))

    def chances(self, windows: Numbers, gaps: Flags) -> Reals:
        """The mean of what the nets think; where the first sees no name, it alone is asked."""
        import numpy as np

        first, *others = self.nets
        chances = first.chances(windows, gaps)
        asked = np.flatnonzero(chances[:, 0] < _CLEAR)
        if others and len(asked):
            more = [net.chances(windows[asked], gaps[asked]) for net in others]
            chances[asked] = np.mean([chances[asked], *more], axis=0)
        return chances


def width() -> int:
    """How many characters a window has."""
    return BEFORE + AFTER
