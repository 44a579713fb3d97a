"""Sensitive facts said of a person in a sentence: illness, hardship, penalty … (条例15)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from gongkai.model.reading import EntityRole
from gongkai_classifiers.person_rules import Person

_SENTENCE = re.compile("[^。;!?\n]+")
_OFFICE = re.compile("现任|拟任|任职|职务|提名|干部|党组|局长|科长|主任")
_AFTER_NAME, _BEFORE_NAME = 60, 12
_OFFICIAL_FACTS = frozenset({"penalty", "birth_date"})
_PRIVATE = frozenset({EntityRole.PLAIN, EntityRole.OFFICIAL})


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact at ``start``–``end`` said of ``person``; ``sub`` names its sort."""

    start: int
    end: int
    sub: str
    role: EntityRole
    already_masked: bool
    person: Person


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    text = files("gongkai_classifiers").joinpath("data/sensitive_facts.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return tuple((sub, re.compile(pattern)) for sub, pattern in rows)


def facts(text: str, persons: Sequence[Person]) -> list[Fact]:
    """Facts within reach of a private person's name, in order; the same words count once.

    ``persons`` come in the order of the text, none overlapping another.
    """
    private = _People.of(p for p in persons if p.role in _PRIVATE)
    if not private.persons:
        return []
    plain = _People.of(p for p in private.persons if p.role is EntityRole.PLAIN)
    found: dict[tuple[int, int], Fact] = {}
    for sentence in _SENTENCE.finditer(text):
        start, end = sentence.span()
        if private.named_between(start, end):
            for fact in _in_sentence(text, start, end, private, plain):
                found.setdefault((fact.start, fact.end), fact)
    return sorted(found.values(), key=lambda fact: fact.start)


@dataclass(frozen=True, slots=True)
class _People:
    """Persons by their place, so that the one beside a fact is found without asking all."""

    persons: tuple[Person, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, persons: Iterable[Person]) -> _People:
        kept = tuple(persons)
        return cls(kept, tuple(p.start for p in kept), tuple(p.end for p in kept))

    def named_between(self, start: int, end: int) -> bool:
        first = bisect_left(self.starts, start)
        return first < len(self.starts) and self.starts[first] < end

    def beside(self, start: int, end: int, opening: int, closing: int) -> Person | None:
        """Of those named from ``opening`` to ``closing`` the last before a fact, else the next."""
        last = bisect_right(self.ends, start) - 1
        if last >= 0 and self.starts[last] >= opening and start - self.ends[last] <= _AFTER_NAME:
            return self.persons[last]
        behind = bisect_left(self.starts, end)
        if behind < len(self.starts) and self.starts[behind] < closing:
            return self.persons[behind] if self.starts[behind] - end <= _BEFORE_NAME else None
        return None


def _in_sentence(
    text: str, start: int, end: int, private: _People, plain: _People
) -> Iterator[Fact]:
    office: bool | None = None
    for sub, pattern in _patterns():
        official = sub in _OFFICIAL_FACTS
        near = private if official else plain
        for match in pattern.finditer(text, start, end):
            person = near.beside(match.start(), match.end(), start, end)
            if person is None:
                continue
            if official and office is None:
                office = _OFFICE.search(text, start, end) is not None
            role = EntityRole.OFFICIAL if official and office else EntityRole.PLAIN
            masked = person.sub == "masked"
            yield Fact(match.start(), match.end(), sub, role, masked, person)
