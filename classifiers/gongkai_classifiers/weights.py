"""What the nets of this package share: packed arrays, rows for characters, products."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from zipfile import BadZipFile

from gongkai.errors import ConfigurationError
from gongkai_classifiers.squeezed import PLANE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Arrays = Mapping[str, NDArray[np.generic]]
    Reals = NDArray[np.float32]
    Numbers = NDArray[np.int64]

Loaded = TypeVar("Loaded")

UNKNOWN, DIGIT, LATIN = 0, 1, 2
"""Rows that stand for more than one character."""

_ONE_THREAD = 500_000
"""Multiplications up to which the usual BLAS libraries take no second thread."""


def real(arrays: Arrays, name: str) -> Reals:
    """An array as it is reckoned with, whatever it was packed as."""
    import numpy as np

    scale = arrays.get(name + "_scale")
    array = arrays[name].astype(np.float32)
    return array if scale is None else array * np.float32(scale)


def numbers_of(characters: str) -> Numbers:
    """Rows for every code: the listed characters from 3 on, digits, Latin letters, the rest."""
    import numpy as np

    table = np.full(PLANE, UNKNOWN, dtype=np.int64)
    table[[ord(c) for c in characters]] = np.arange(3, 3 + len(characters))
    table[[ord(c) for c in "0123456789"]] = DIGIT
    table[[*range(ord("a"), ord("z") + 1), *range(ord("A"), ord("Z") + 1)]] = LATIN
    return table


def has_own_row(character: str) -> bool:
    """Whether a character is one of its own: digits share a row, Latin letters another."""
    return not (character.isascii() and character.isalnum())


def listed(arrays: Arrays) -> str:
    """The characters that have a row of their own."""
    return "".join(chr(int(code)) for code in arrays["characters"])


def pair_rows(first: Numbers, second: Numbers, rows: int) -> Numbers:
    """Rows of a table of pairs, by hash."""
    mixed = (first * 0x9E3779B1 + second * 0x85EBCA6B) & 0xFFFFFFFF
    found: Numbers = (mixed ^ (mixed >> 15)) % rows
    return found


def product(signal: Reals, weight: Reals) -> Reals:
    """``signal @ weight`` in slices so small that BLAS stays on this thread.

    Its helpers would cost a paper of a page twenty times what they carry.
    """
    import numpy as np

    rows = max(1, _ONE_THREAD // weight.size)
    result = np.empty((len(signal), weight.shape[1]), dtype=np.float32)
    for at in range(0, len(signal), rows):
        np.matmul(signal[at : at + rows], weight, out=result[at : at + rows])
    return result


def of_an_office(path: Path, load: Callable[[Path], Loaded]) -> Loaded:
    """An office's own weights; raises ``ConfigurationError`` for a file that holds none."""
    try:
        return load(path)
    except (OSError, ValueError, KeyError, BadZipFile) as error:
        raise ConfigurationError("settings_unreadable", file=str(path)) from error
