"""The small nets that say whether a name begins in a window, and how long it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai_classifiers.person_windows import AFTER, BEFORE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Reals = NDArray[np.float32]
    Numbers = NDArray[np.int64]
    Flags = NDArray[np.bool_]

PAIRS_FROM, PAIRS_TO = BEFORE - 4, BEFORE + 7
"""Places of the window whose character and the next are looked up as a pair."""

DIGIT, LATIN, UNKNOWN = 1, 2, 0
_NAMES = frozenset({"characters", "character", "pair", "w1", "b1", "w2", "b2", "w3", "b3"})
_CLEAR = 0.7
_BATCH = 4096
_ONE_THREAD = 500_000
"""Multiplications up to which the usual BLAS libraries take no second thread."""
_PLANE = 0x10000


def pair_rows(windows: Numbers, rows: int) -> Numbers:
    """Rows of the table of pairs, for the pairs near each window's middle."""
    first = windows[:, PAIRS_FROM:PAIRS_TO]
    second = windows[:, PAIRS_FROM + 1 : PAIRS_TO + 1]
    mixed = (first * 0x9E3779B1 + second * 0x85EBCA6B) & 0xFFFFFFFF
    return (mixed ^ (mixed >> 15)) % rows


@dataclass(frozen=True, slots=False)
class Net:
    """Weights as arrays, by name; made by ``gongkai_classifiers.training``."""

    arrays: dict[str, NDArray[np.generic]]

    def _real(self, name: str) -> Reals:
        import numpy as np

        scale = self.arrays.get(name + "_scale")
        array = self.arrays[name].astype(np.float32)
        return array if scale is None else array * np.float32(scale)

    @cached_property
    def numbers(self) -> Numbers:
        """The row of the table of characters for each code."""
        return numbers_of("".join(chr(int(code)) for code in self.arrays["characters"]))

    @cached_property
    def _layers(self) -> tuple[Reals, Reals, tuple[tuple[Reals, Reals], ...]]:
        layers = tuple((self._real(f"w{n}"), self._real(f"b{n}")) for n in (1, 2, 3))
        return self._real("character"), self._real("pair"), layers

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
                pairs[pair_rows(windows, len(pairs))].reshape(count, -1),
                gaps.astype(np.float32),
            ],
            axis=1,
        )
        for number, (weight, bias) in enumerate(layers):
            signal = _product(signal, weight) + bias
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


def _product(signal: Reals, weight: Reals) -> Reals:
    """``signal @ weight`` in slices so small that BLAS stays on this thread.

    Its helpers would cost a paper of a page twenty times what they carry.
    """
    import numpy as np

    rows = max(1, _ONE_THREAD // weight.size)
    product = np.empty((len(signal), weight.shape[1]), dtype=np.float32)
    for at in range(0, len(signal), rows):
        np.matmul(signal[at : at + rows], weight, out=product[at : at + rows])
    return product


def numbers_of(characters: str) -> Numbers:
    """Rows for every code: the listed characters from 3 on, digits, Latin letters, the rest."""
    import numpy as np

    table = np.full(_PLANE, UNKNOWN, dtype=np.int64)
    table[[ord(c) for c in characters]] = np.arange(3, 3 + len(characters))
    table[[ord(c) for c in "0123456789"]] = DIGIT
    table[[*range(ord("a"), ord("z") + 1), *range(ord("A"), ord("Z") + 1)]] = LATIN
    return table


def width() -> int:
    """How many characters a window has."""
    return BEFORE + AFTER
