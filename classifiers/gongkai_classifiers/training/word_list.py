"""What a word list with tags (``word count tag`` a line) gives to learn from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from gongkai_classifiers.names import lexicon, rare_surnames
from gongkai_classifiers.training.examples import read_words

_NAMES = ("nr", "nz", "j")
"""Tags of names of people, of things named after them, and of abbreviations."""
_FEWEST = {2: 20, 3: 3, 4: 5}
_EVERYDAY = 200
"""From this count on two characters are a word even if the second could be a given name."""
_COMMON = 30


def counter_words(path: Path, given: Sequence[str]) -> tuple[str, ...]:
    """Words of two to four characters after whose first, a surname, no known given name stands.

    Common ones come twice, so that they are drawn twice as often.
    """
    surnames, names = {*lexicon().surnames, *rare_surnames()}, frozenset(given)
    found: list[str] = []
    for line in path.read_text("utf-8").splitlines():
        word, count, tag = line.split()
        if word[0] not in surnames or int(count) < _FEWEST.get(len(word), int(count) + 1):
            continue
        if tag.startswith(_NAMES) or not all("\u4e00" <= c <= "\u9fff" for c in word):
            continue
        if word[1:] in names and (len(word) > 2 or int(count) < _EVERYDAY):
            continue
        found += [word] * (2 if int(count) >= _COMMON else 1)
    return tuple(found)


_KINDS = ("n", "v", "vn", "d", "a", "ad", "m", "t", "f", "s", "r", "b", "l")
_ROLE = re.compile("[\u4e00-\u9fff]*[人员官长师手者工户家生友客民兵匠商]")


def roles(path: Path) -> tuple[str, ...]:
    """Nouns that say what somebody is: 投资官, 门卫长, 养蜂人."""
    nouns = read_words(path, ("n",), _COMMON)
    return tuple(word for word in nouns if len(word) > 1 and _ROLE.fullmatch(word))


def endings(path: Path) -> tuple[str, ...]:
    """Words whose last character is a surname: 下一步, 生产线; what follows them is no name."""
    surnames = {*lexicon().surnames, *rare_surnames()}
    words = read_words(path, _KINDS, _COMMON)
    return tuple(word for word in words if len(word) > 1 and word[-1] in surnames)
