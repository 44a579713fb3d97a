"""Bodies and addresses found by the trained net, wherever one can end (docs/model.md).

A body ends in 局, 院 …, or in two characters that ended one in training (公司), an address in a
number and 号, 室, 组 …. From each such end the net's three numbers for the characters before it
are added up: one that begins, those that go on, the one that ends. The beginning with the
highest sum is taken, or none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai_classifiers.segment_net import COLUMNS, SegmentNet
from gongkai_classifiers.squeezed import PLANE, Squeezed, among, pairs, squeezed
from gongkai_classifiers.view import View
from gongkai_classifiers.weights import of_an_office

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]
    Numbers = NDArray[np.int64]
    Reals = NDArray[np.float32]


class Sort(IntEnum):
    """What a segment is; the number is the place of its columns in the net's answer."""

    ORGANIZATION = 0
    ADDRESS = 1


LONGEST = 48
"""Characters a segment may have."""

SURE_ENOUGH = (0.5, 0.5)
"""The least chance that makes a segment of each sort; docs/model.md has the curve."""

_BODY_ENDS = "局厅厂院馆校庭站店狱矿队社署"
"""Behind whatever character a body can end in these."""
_HOUSE_ENDS = "号室栋幢座楼元弄户组层院队社房铺门排巷屯"
_BEFORE_UNIT = "单"
_BEFORE_ROOM = "元楼栋幢座梯院#-"
_HYPHEN = ord("-")
_COUNTING = "0123456789一二三四五六七八九十百两〇○零甲乙丙丁东西南北ABCDEFGHabcdefgh"
_NEVER_IN_BODY = "、,。;:!?\n《》〈〉“”\"'‘’【】[]|…<>=+*/"
_NEVER_IN_ADDRESS = "、,。;:!?\n《》〈〉“”\"'‘’【】[]〔〕|…<>=%"


@dataclass(frozen=True, slots=True)
class Segment:
    """A body or an address at ``start``–``end`` of a text.

    ``chance`` is the net's that one ends there, wherever it begins.
    """

    sort: Sort
    start: int
    end: int
    chance: float


@cache
def built_in() -> SegmentNet:
    """The weights that come with the package, loaded when first asked for."""
    with as_file(files("gongkai_classifiers").joinpath("model/segments.npz")) as path:
        return SegmentNet.load(path)


@cache
def office_net(path: Path) -> SegmentNet:
    """An office's own weights, loaded once; raises ``ConfigurationError`` for what is none."""
    return of_an_office(path, SegmentNet.load)


def named(view: View) -> tuple[tuple[Segment, ...], ...]:
    """The segments of each file, hidden places included; ask by ``view.once(named)``."""
    own = view.profile.model("segments")
    net = office_net(own) if own else built_in()
    return tuple(tuple(segments(transcript.text, net)) for _, transcript in view.everything)


@cache
def _marked(characters: str) -> Flags:
    import numpy as np

    table = np.zeros(PLANE, dtype=bool)
    table[[ord(c) for c in characters]] = True
    return table


def ends(text: Squeezed, endings: Numbers) -> tuple[Numbers, Numbers]:
    """The characters at which a body, and at which an address can end."""
    import numpy as np

    units = _marked(_HOUSE_ENDS)[text.codes]
    units[1:] &= _marked(_COUNTING + _HOUSE_ENDS + _BEFORE_UNIT)[text.codes[:-1]]
    bodies = among(pairs(text.codes), endings) | _marked(_BODY_ENDS)[text.codes[1:]]
    return np.flatnonzero(bodies) + 1, np.flatnonzero(units | _rooms(text.codes))


def _rooms(codes: Numbers) -> Flags:
    """The last digits of numbers that stand for a room without saying so: 3单元401."""
    import numpy as np

    digits = _marked("0123456789")[codes]
    last = digits.copy()
    last[:-1] &= ~digits[1:]
    leads = _marked(_BEFORE_ROOM)[codes]
    leads[1:] &= (codes[1:] != _HYPHEN) | digits[:-1]
    first = digits.copy()
    first[1:] &= leads[:-1]
    first[:1] = False
    begun = np.maximum.accumulate(np.where(first, np.arange(len(codes)), -1))
    broken = np.maximum.accumulate(np.where(~digits, np.arange(len(codes)), -1))
    return last & (begun > broken)


def walls(text: Squeezed, sort: Sort) -> Numbers:
    """How many characters no segment reaches over stand up to and with each one."""
    import numpy as np

    return np.cumsum(_never(text, sort))


def _never(text: Squeezed, sort: Sort) -> Flags:
    signs = _NEVER_IN_BODY if sort is Sort.ORGANIZATION else _NEVER_IN_ADDRESS
    never: Flags = _marked(signs)[text.codes]
    return never


def segments(text: str, net: SegmentNet, least: Sequence[float] = SURE_ENOUGH) -> list[Segment]:
    """Bodies and addresses of a normalised text, by place; of those that overlap the longest."""
    small = squeezed(text)
    if not len(small.codes):
        return []
    where = ends(small, net.endings)
    emissions = net.emissions(small, _reach(small, where))
    found = [
        segment
        for sort in Sort
        for segment in _found(small, emissions, net, sort, where[sort], least[sort])
    ]
    return sorted(found, key=lambda segment: segment.start)


def _reach(text: Squeezed, where: Sequence[Numbers]) -> Flags:
    """The characters that a segment with one of the ends can have."""
    import numpy as np

    change = np.zeros(len(text.codes) + 1, dtype=np.int64)
    for sort in Sort:
        wall = np.maximum.accumulate(np.where(_never(text, sort), np.arange(len(text.codes)), -1))
        stops = where[sort]
        np.add.at(change, np.maximum(wall[stops] + 1, stops - LONGEST), 1)
        np.add.at(change, stops + 1, -1)
    reached: Flags = np.cumsum(change[:-1]) > 0
    return reached


def _found(
    text: Squeezed, emissions: Reals, net: SegmentNet, sort: Sort, where: Numbers, least: float
) -> Iterator[Segment]:
    import numpy as np

    best: list[tuple[int, int, float]] = []
    for at in range(0, len(where), 4096):
        some = where[at : at + 4096]
        chances = span_chances(text, emissions, net.length, some, sort)
        length = chances.argmax(axis=1)
        chance = chances.sum(axis=1)
        for row in np.flatnonzero(chance >= least):
            end = int(some[row])
            best.append((end - int(length[row]) - 1, end, float(chance[row])))
    for start, end, chance in _longest(best, len(text.codes)):
        first, last = text.range_of(start, end - start + 1)
        yield Segment(sort, first, last, chance)


def span_chances(
    text: Squeezed, emissions: Reals, length: Reals, where: Numbers, sort: Sort
) -> Reals:
    """For each end the chances of segments of 2, 3 … characters; what is left to one is none."""
    import numpy as np

    begins, goes_on, stops = (emissions[:, COLUMNS * sort + n] for n in range(COLUMNS))
    total = np.cumsum(goes_on, dtype=np.float64)
    blocked = walls(text, sort)
    offsets = np.arange(1, LONGEST)
    starts = where[:, None] - offsets[None, :]
    inside = starts >= 0
    starts = np.maximum(starts, 0)
    scores = begins[starts] + (total[where - 1][:, None] - total[starts])
    scores += stops[where][:, None] + length[sort][None, :]
    walled = blocked[where][:, None] != np.where(starts > 0, blocked[starts - 1], 0)
    scores[walled | ~inside] = -np.inf
    highest = np.maximum(scores.max(axis=1, keepdims=True), 0)
    weights = np.exp(scores - highest)
    chances: Reals = weights / (weights.sum(axis=1, keepdims=True) + np.exp(-highest))
    return chances


def _longest(
    found: Sequence[tuple[int, int, float]], size: int
) -> Iterator[tuple[int, int, float]]:
    """Of spans that overlap the longest, then the surest."""
    taken = bytearray(size)
    for start, end, chance in sorted(found, key=lambda s: (s[0] - s[1], -s[2])):
        if not any(taken[start : end + 1]):
            taken[start : end + 1] = b"\1" * (end + 1 - start)
            yield start, end, chance
