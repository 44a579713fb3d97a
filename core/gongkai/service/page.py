"""What fits on one page of A4, reckoned in lines; the rest is counted, never lost silently."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongkai.notices import Matters, Notice

LINES = 25
"""Lines of a page for matters, when all that surrounds them is at its longest."""

WIDTH = 92
"""Narrow characters on a line; a Chinese character is two wide."""

LONGEST = 3 * WIDTH
SHOWN_TOGETHER = 4


@dataclass(frozen=True)
class Fitted:
    """The matters to print, and how many findings are only counted."""

    shown: tuple[Matters, ...]
    more: int


def fit(matters: Sequence[Matters], lines: int) -> Fitted:
    """As many matters as ``lines`` hold, the first ones first, each in as many places as fit."""
    shown: list[Matters] = []
    left = lines
    for each in matters:
        short = _fitted(each, left)
        if short is None:
            break
        shown.append(short)
        left -= height(short)
    told = sum(len(each.notices) for each in shown)
    return Fitted(tuple(shown), sum(len(each.notices) for each in matters) - told)


def _fitted(matters: Matters, lines: int) -> Matters | None:
    for count in range(min(SHOWN_TOGETHER, len(matters.notices)), 0, -1):
        short = Matters(matters.notices[:count])
        if height(short) <= lines:
            return short
    return None


def height(matters: Matters) -> int:
    """The lines a group of matters takes."""
    places = sum(_of_notice(notice) for notice in matters.notices)
    return places + rows(matters.first.ground) + rows(matters.first.cure) + 1


def _of_notice(notice: Notice) -> int:
    return rows(notice.tag + notice.headline) + (rows(notice.where + notice.excerpt) or 0)


def rows(text: str) -> int:
    """The lines a text takes behind its heading word; none when it is empty."""
    if not text:
        return 0
    return math.ceil((8 + sum(map(_width, text))) / WIDTH)


def shortened(text: str, width: int = LONGEST) -> str:
    """A text cut to a width, with a mark where it was cut."""
    for end in range(len(text)):
        width -= _width(text[end])
        if width < 0:
            return text[:end] + "…"
    return text


def some(names: Iterable[str], width: int = WIDTH) -> tuple[str, int]:
    """As many names as fit, joined, and the number of those left out."""
    every = list(names)
    shown: list[str] = []
    for name in every:
        short = shortened(name, WIDTH // 2)
        width -= sum(map(_width, short)) + 2
        if shown and width < 0:
            break
        shown.append(short)
    return "、".join(shown), len(every) - len(shown)


def _width(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1
