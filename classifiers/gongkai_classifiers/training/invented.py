"""Invented official papers: sentences of ``templates/`` with names, offices and places put in."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from functools import cache
from importlib.resources import files

from gongkai_classifiers.training.damage import damaged
from gongkai_classifiers.training.examples import Example
from gongkai_classifiers.training.made_names import Names

_SLOT = re.compile("[{]([^{}]+)[}]")
_UNSEEN_OF = 8

NOBODY = "nobody"
"""The genre whose sentences go into papers of every other one."""
_MIDDLES = "家雷公门头阳山水沙石龙泉柳林塘桥子王城口"
_NUMBERED = tuple("政办发 政发 人社发 委办发 教函 府办 政函 人社函 财社 应急发 水发".split())  # noqa: SIM905


def _lines(name: str) -> list[str]:
    text = files("gongkai_classifiers").joinpath(f"training/templates/{name}").read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("# ")]


@cache
def sections(name: str) -> dict[str, tuple[str, ...]]:
    """The lines under each heading (``## ``) of a file of templates, line ends put in."""
    found: dict[str, list[str]] = {}
    for line in _lines(name):
        if line.startswith("## "):
            own = found.setdefault(line[3:], [])
        else:
            own.append(line.replace("\\n", "\n"))
    return {heading: tuple(lines) for heading, lines in found.items()}


@cache
def genres() -> dict[str, tuple[str, ...]]:
    """The sentences of each genre; "nobody" has those that name nobody."""
    return {NOBODY: tuple(_lines("nobody.txt")), **sections("papers.txt")}


@cache
def words(name: str = "words.txt") -> dict[str, tuple[str, ...]]:
    """What fills each place of a sentence but names."""
    return {
        slot: tuple(word for line in lines for word in line.split())
        for slot, lines in sections(name).items()
    }


def part_of(sentence: str) -> str:
    """Which part a sentence belongs to, by its own hash: one in eight never trains."""
    return "unseen" if hashlib.sha256(sentence.encode()).digest()[0] % _UNSEEN_OF == 0 else "train"


class Sort(Enum):
    """What of a paper is marked."""

    PERSON = "persons"
    ORGANIZATION = "organizations"
    ADDRESS = "addresses"


Piece = tuple[str, Sort | None]
"""Words of a paper, and what they name if they are marked."""

Filler = Callable[[], str | list[Piece]]


class _Page:
    """A text being written, and the places of what is named in it."""

    def __init__(self) -> None:
        self.text = ""
        self.marks: dict[Sort, list[tuple[int, int]]] = {sort: [] for sort in Sort}

    def add(self, words: str, sort: Sort | None = None) -> None:
        if sort:
            self.marks[sort].append((len(self.text), len(self.text) + len(words)))
        self.text += words

    def example(self, source: str, part: str) -> Example:
        ranges = {sort.value: tuple(marks) for sort, marks in self.marks.items()}
        return Example(self.text, source=source, part=part, **ranges)


class Papers:
    """Writes papers with one source of chance, so that a seed gives the same papers again.

    ``drawn_from`` are the sentences of each genre, ``fillers`` what their places are filled with.
    """

    def __init__(
        self,
        seed: int,
        prose: Sequence[str],
        names: Names,
        places: Sequence[str] = (),
        drawn_from: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self.random = random.Random(seed)
        self.names = names
        self.prose = prose
        self.places = tuple(places)
        self._genres = drawn_from or genres()
        self._cast: list[str] = []
        self.fillers: dict[str, Filler] = {
            "地": self.place,
            "村": self._village,
            "机关": self._office,
            "日期": self._date,
            "文号": self._number,
            "地物": self._feature,
            "姓": lambda: self.random.choice(words()["地姓"]),
            "电话": self._telephone,
            "数": lambda: str(self.random.choice((self.random.randrange(1, 30), 1200, 36000))),
        }

    def write(self, count: int, part: str) -> Iterator[Example]:
        """``count`` papers of all genres from the sentences of one part."""
        chosen = {
            genre: [line for line in lines if part_of(line) == part]
            for genre, lines in self._genres.items()
        }
        kinds = [genre for genre, lines in chosen.items() if lines and genre != NOBODY]
        for _ in range(count):
            genre = self.random.choice(kinds)
            paper = self._paper(chosen[genre], chosen[NOBODY], f"invented:{genre}", part)
            yield damaged(paper, self.random) if self.random.random() < 0.25 else paper

    def _paper(self, own: list[str], nobody: list[str], source: str, part: str) -> Example:
        page = _Page()
        self._cast = [self.names.any() for _ in range(self.random.randrange(1, 8))]
        gap = self.random.choice(("\n", "\n", "\n", "", "\n\n"))
        for number in range(self.random.randrange(2, 7)):
            page.add(gap if number else "")
            drawn = self.random.random()
            if drawn < 0.62:
                self._fill(page, self.random.choice(own))
            elif drawn < 0.8 and self.prose:
                page.add(self.random.choice(self.prose))
            else:
                self._fill(page, self.random.choice(nobody))
        return page.example(source, part)

    def _fill(self, page: _Page, sentence: str) -> None:
        position = 0
        for slot in _SLOT.finditer(sentence):
            page.add(sentence[position : slot.start()])
            position = slot.end()
            for piece in self._pieces(slot[1]):
                page.add(*piece)
        page.add(sentence[position:])

    def _pieces(self, slot: str) -> Iterator[Piece]:
        if slot == "人":
            yield self._person(), Sort.PERSON
        elif slot.endswith("名单"):
            yield from self._listed(slot)
        else:
            filler = self.fillers.get(slot)
            filled = filler() if filler else self.random.choice(words()[slot])
            yield from [(filled, None)] if isinstance(filled, str) else filled

    def _listed(self, slot: str) -> Iterator[Piece]:
        spaces = self.random.choice((" ", "  ", "\u3000"))
        sign = {"名单": "、", "空名单": spaces}.get(slot, "\n")
        for number in range(self.random.randrange(3, 9)):
            yield sign if number else "", None
            name = self.names.plain()
            if sign != "、" and len(name) == 2 and self.random.random() < 0.4:
                name = name[0] + self.random.choice((" ", "  ", "\u3000")) + name[1]
            yield name, Sort.PERSON

    def _person(self) -> str:
        return self.random.choice(self._cast) if self.random.random() < 0.5 else self.names.any()

    def place(self) -> str:
        """A province, city or county, at times without its last character."""
        place = self.random.choice(self.places or words()["县"])
        return place[:-1] if len(place) > 2 and self.random.random() < 0.4 else place

    def _village(self) -> str:
        return self.random.choice(words()["地姓"]) + self.random.choice(words()["地尾"])

    def _feature(self) -> str:
        middle = self.random.choice(_MIDDLES) if self.random.random() < 0.7 else ""
        return self.random.choice(words()["地姓"]) + middle + self.random.choice(words()["地物尾"])

    def _office(self) -> str:
        head = self.place() if self.random.random() < 0.5 else self.random.choice("市县区州省我本")
        if self.random.random() < 0.25:
            return self.random.choice(words()["大机关"])
        return head + self.random.choice(words()["机关"])

    def _date(self) -> str:
        year, month, day = (self.random.randrange(*r) for r in ((1958, 2027), (1, 13), (1, 29)))
        form = self.random.choice(("{0}年{1}月{2}日", "{0}年{1}月", "{1}月{2}日"))
        return form.format(year, month, day)

    def _number(self) -> str:
        sign = self.place()[: self.random.choice((1, 1, 2))] + self.random.choice(_NUMBERED)
        year, number = self.random.randrange(2001, 2027), self.random.randrange(1, 300)
        return f"{sign}〔{year}〕{number}号"

    def _telephone(self) -> str:
        area = self.random.choice(("0955-7", "0951-6", ""))
        return area + str(self.random.randrange(100000, 999999))
