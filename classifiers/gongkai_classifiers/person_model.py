"""Names found by the trained net, in prose where no rule has a cue (docs/model.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai_classifiers.person_net import Nets
from gongkai_classifiers.person_windows import LONGEST, beginnings, windows
from gongkai_classifiers.squeezed import Squeezed, squeezed
from gongkai_classifiers.weights import of_an_office

if TYPE_CHECKING:
    from gongkai_classifiers.person_net import Flags, Numbers, Reals

SURE_ENOUGH = 0.8
"""The least chance that makes a name; see docs/model.md for precision and recall beside it."""

_PLACES = frozenset("县镇区市省乡村街岛港局厅部处科室委院所站组")
_SETTLED = frozenset("沟湾坪坡岭塬庄寨屯洼梁河桥店铺台堡咀")
"""李家沟 is where the Lis live; 李家豪 is somebody."""
_FIRST, _LAST, _END = 0x4E00, 0x9FFF, 0x0A
_DOTS = frozenset("·•・")
_CHUNK = 200_000


@dataclass(frozen=True, slots=True)
class Guess:
    """What the net thinks of one place: a name at ``start``–``end`` with a chance."""

    start: int
    end: int
    chance: float


@cache
def built_in() -> Nets:
    """The weights that come with the package, loaded when first asked for."""
    with as_file(files("gongkai_classifiers").joinpath("model/persons.npz")) as path:
        return Nets.load(path)


@cache
def office_net(path: Path) -> Nets:
    """An office's own weights, loaded once; raises ``ConfigurationError`` for what is none."""
    return of_an_office(path, Nets.load)


def guesses(
    text: str, nets: Nets, least: float, unasked: Sequence[tuple[int, int]] = ()
) -> list[Guess]:
    """Names the nets see in a normalised text, in order, none overlapping another.

    Where gaps make a name's length doubtful (张建 国，), that there is a name is enough.
    ``unasked`` are ranges, in order, where the nets need not look.
    """
    import numpy as np

    found: list[Guess] = []
    small = squeezed(text)
    starts = beginnings(small)
    if unasked:
        starts = starts[~_inside(small.places[starts], unasked)]
    for at in range(0, len(starts), _CHUNK):
        some = starts[at : at + _CHUNK]
        around, gaps = windows(small, some)
        chances = nets.chances(around, gaps)
        _within_words(small, some, chances)
        best = chances[:, 1:].argmax(axis=1)
        certain = chances[np.arange(len(some)), best + 1]
        sure = np.where(gaps[:, 1:LONGEST].any(axis=1), 1 - chances[:, 0], certain)
        for row in np.flatnonzero(sure >= least):
            length = int(best[row]) + 2
            if _may_be(small, int(some[row]), length):
                found.append(Guess(*small.range_of(int(some[row]), length), float(sure[row])))
    return _apart(found)


def _inside(places: Numbers, ranges: Sequence[tuple[int, int]]) -> Flags:
    """Which places lie in one of the ranges."""
    import numpy as np

    bounds = np.array(ranges, dtype=np.int64)
    last = np.searchsorted(bounds[:, 0], places, side="right") - 1
    inside: Flags = (last >= 0) & (places < bounds[last, 1])
    return inside


def _within_words(text: Squeezed, starts: Numbers, chances: Reals) -> None:
    """Gives the chance of a name that would reach over a sign to the longest one before it."""
    import numpy as np

    codes = np.append(text.codes, np.full(LONGEST, _END))
    places = codes[starts[:, None] + np.arange(1, LONGEST)]
    signs = (places < _FIRST) | (places > _LAST)
    # Column n of ``chances`` is for n + 1 characters, column n - 1 of ``signs`` for the last one.
    for length in range(LONGEST - 1, 1, -1):
        over = signs[:, :length].any(axis=1)
        chances[over, length - 1] += chances[over, length]
        chances[over, length] = 0


def _may_be(text: Squeezed, start: int, length: int) -> bool:
    """Whether nothing forbids a name here: characters only, no part of 依明·沙依提, no place."""
    codes = text.codes[start : start + length]
    if len(codes) < length or not ((codes >= _FIRST) & (codes <= _LAST)).all():
        return False
    if length == 3 and chr(codes[1]) == "家" and chr(codes[2]) in _SETTLED:
        return False
    around = text.codes[max(0, start - 1) : start + length + 1 : length + 1]
    return chr(codes[-1]) not in _PLACES and not any(chr(code) in _DOTS for code in around)


def _apart(found: Sequence[Guess]) -> list[Guess]:
    """The surest of guesses that overlap."""
    kept: list[Guess] = []
    for guess in found:
        while kept and kept[-1].end > guess.start and kept[-1].chance < guess.chance:
            kept.pop()
        if not kept or kept[-1].end <= guess.start:
            kept.append(guess)
    return kept
