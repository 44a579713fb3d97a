"""Runs of one to three characters of a paper's parts, each with a row of a table of weights."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai_classifiers.gist import Part, Piece

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Rows = NDArray[np.int64]
    Reals = NDArray[np.float32]

LONGEST = 3
_DIGIT = ord("0")
_STARTS, _ENDS = 1, 2
_SALTS = {
    Part.TITLE: 0x1F,
    Part.HEAD: 0x2B,
    Part.RECIPIENTS: 0x35,
    Part.BODY: 0x4D,
    Part.CLOSING: 0x5B,
    Part.SIGNATURE: 0x67,
}
_ANYWHERE = 0x71
"""What title and body share: a word is the same in both."""


@dataclass(frozen=True, slots=True)
class Zone:
    """All runs of one sort; ``weight`` is the length of their vector."""

    salt: int
    parts: tuple[Part, ...]
    weight: float


ZONES = (
    Zone(_SALTS[Part.TITLE], (Part.TITLE,), 1.0),
    Zone(_ANYWHERE, (Part.TITLE, Part.BODY), 1.2),
    Zone(_SALTS[Part.RECIPIENTS], (Part.RECIPIENTS,), 0.6),
    Zone(_SALTS[Part.CLOSING], (Part.CLOSING,), 0.5),
    Zone(_SALTS[Part.SIGNATURE], (Part.SIGNATURE,), 0.35),
    Zone(_SALTS[Part.HEAD], (Part.HEAD,), 0.35),
)


@dataclass(frozen=True, slots=True)
class Run:
    """Rows of the runs that begin in a piece, with the places they begin at and their lengths."""

    piece: Piece
    zone: int
    rows: Rows
    starts: Rows
    lengths: Rows


def runs(pieces: Iterable[Piece], size: int) -> tuple[Run, ...]:
    """The runs of every piece in every zone it belongs to; ``size`` is the table's length."""
    found = []
    for piece in pieces:
        codes = _codes(piece.text)
        for number, zone in enumerate(ZONES):
            if piece.part in zone.parts:
                found.append(Run(piece, number, *_hashed(codes, zone.salt, size)))
    return tuple(found)


def _codes(text: str) -> Rows:
    """Character codes between a start and an end; every digit is the same, and runs of them one."""
    import numpy as np

    plain = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32).astype(np.int64)
    digits = (plain >= _DIGIT) & (plain <= _DIGIT + 9)
    plain[digits] = _DIGIT
    return np.concatenate([[_STARTS], plain, [_ENDS]])


def _hashed(codes: Rows, salt: int, size: int) -> tuple[Rows, Rows, Rows]:
    import numpy as np

    rows, starts, lengths = [], [], []
    mixed = np.full(len(codes), salt, dtype=np.int64)
    for length in range(1, LONGEST + 1):
        count = len(codes) - length + 1
        if count <= 0:
            break
        mixed = (mixed[:count] * 0x5BD1E995 + codes[length - 1 :] * 0x9E3779B1) & 0x7FFFFFFF
        mixed = mixed ^ (mixed >> 13)
        rows.append(((mixed * 0x85EBCA6B) & 0x7FFFFFFF) >> 7 & (size - 1))
        starts.append(np.arange(count) - 1)
        lengths.append(np.full(count, length))
    return np.concatenate(rows), np.concatenate(starts), np.concatenate(lengths)


def vector(found: Sequence[Run]) -> tuple[Rows, Reals]:
    """Rows and values of a paper: each run once per zone, each zone as long as its weight."""
    import numpy as np

    rows, values = [], []
    for number, zone in enumerate(ZONES):
        own = [run.rows for run in found if run.zone == number]
        if not own:
            continue
        distinct = np.unique(np.concatenate(own))
        rows.append(distinct)
        values.append(np.full(len(distinct), zone.weight / np.sqrt(len(distinct))))
    if not rows:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
    return np.concatenate(rows), np.concatenate(values).astype(np.float32)
