"""Sensitive facts said of a person in a sentence: illness, hardship, penalty … (条例15)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from gongkai.model.reading import EntityRole
from gongkai_classifiers.person_rules import Person

_SENTENCE = re.compile("[^。;!?\n]+")
_OFFICE = re.compile("现任|拟任|任职|职务|提名|干部|党组|局长|科长|主任")
_AFTER_NAME, _BEFORE_NAME = 60, 12
_OFFICIAL_FACTS = frozenset({"penalty", "birth_date"})


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
    """Facts within reach of a private person's name, in order; the same words count once."""
    private = [p for p in persons if p.role in {EntityRole.PLAIN, EntityRole.OFFICIAL}]
    if not private:
        return []
    found: dict[tuple[int, int], Fact] = {}
    for sentence in _SENTENCE.finditer(text):
        start, end = sentence.span()
        near = [p for p in private if start <= p.start < end]
        if near:
            for fact in _in_sentence(text, start, end, near):
                found.setdefault((fact.start, fact.end), fact)
    return sorted(found.values(), key=lambda fact: fact.start)


def _in_sentence(text: str, start: int, end: int, near: Sequence[Person]) -> Iterator[Fact]:
    for sub, pattern in _patterns():
        for match in pattern.finditer(text, start, end):
            person = _whose(match.start(), match.end(), sub, near)
            if person is not None:
                office = sub in _OFFICIAL_FACTS and _OFFICE.search(text, start, end)
                role = EntityRole.OFFICIAL if office else EntityRole.PLAIN
                masked = person.sub == "masked"
                yield Fact(match.start(), match.end(), sub, role, masked, person)


def _whose(start: int, end: int, sub: str, near: Sequence[Person]) -> Person | None:
    """The person meant: the last one named before the fact, else the one right behind it."""
    allowed = [p for p in near if p.role is EntityRole.PLAIN or sub in _OFFICIAL_FACTS]
    before = [p for p in allowed if p.end <= start and start - p.end <= _AFTER_NAME]
    behind = [p for p in allowed if p.start >= end and p.start - end <= _BEFORE_NAME]
    return before[-1] if before else behind[0] if behind else None
