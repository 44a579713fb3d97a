"""Names of people, and why each stands where it stands (PRO-14, A8).

``RulePersons`` recognises a name by what stands around it. It is honest work of rules: it
prefers to be right over being complete. A trained model answers the same ``PersonFinder``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from gongkai.model.reading import Entity, EntityKind, EntityRole, Observations
from gongkai_classifiers import person_contexts as contexts
from gongkai_classifiers.columns import left_to_roster
from gongkai_classifiers.facts import facts
from gongkai_classifiers.names import is_name, lexicon
from gongkai_classifiers.person_rules import RULES, Person, figures, name_at, name_before
from gongkai_classifiers.view import View

_LIST_GAP = re.compile("[、,/]\\s?|[ \t]{1,6}(?=\\S)")
_LIST_END = re.compile(f"{contexts.END}|(?=和|等|同志|代表|委员|女士|先生)")


class PersonFinder(Protocol):
    """Anything that finds names in a normalised text, in order, none overlapping another."""

    def find(self, text: str) -> Sequence[Person]:
        """The persons named in ``text``."""
        ...


class RulePersons:
    """Names by their surroundings: labels, titles, salutations, appointments, lists."""

    def find(self, text: str) -> list[Person]:
        """The persons named in ``text``, the surest rule deciding the role."""
        kept = _Kept(text)
        kept.add(figures(text))
        for rule in RULES:
            kept.add(rule(text))
        kept.add(_lists(text, kept.persons))
        kept.add(_again(text, kept.persons))
        return sorted(kept.persons, key=lambda person: person.start)


class _Kept:
    """Persons found so far; a later one that overlaps is dropped."""

    def __init__(self, text: str) -> None:
        self.taken = bytearray(len(text) + 1)
        self.persons: list[Person] = []

    def add(self, persons: Iterator[Person]) -> None:
        for person in list(persons):
            if not any(self.taken[person.start : person.end]):
                self.taken[person.start : person.end] = b"\1" * (person.end - person.start)
                self.persons.append(person)


def _lists(text: str, persons: list[Person]) -> Iterator[Person]:
    """The other names of an enumeration one of whose names is known."""
    for person in persons:
        if person.sub or person.role is EntityRole.PUBLIC_FIGURE:
            continue
        end = person.end
        while gap := _LIST_GAP.match(text, end):
            following = name_at(text, gap.end(), _LIST_END, is_name)
            if following is None:
                break
            yield replace(person, start=gap.end(), end=following)
            end = following
        start = person.start
        while start and text[start - 1] == "、":
            earlier = name_before(text, start - 1)
            if earlier is None:
                break
            yield replace(person, start=earlier, end=start - 1)
            start = earlier


def _again(text: str, persons: list[Person]) -> Iterator[Person]:
    """Further mentions of names already known."""
    known: dict[str, Person] = {}
    for person in persons:
        known.setdefault(text[person.start : person.end], person)
    for name, person in known.items():
        for match in re.finditer(re.escape(name), text):
            yield replace(person, start=match.start(), end=match.end())


def with_public_roles(text: str, persons: Sequence[Person]) -> list[Person]:
    """Leaders of two characters (李强) get their role once a title has shown them a person."""
    leaders = frozenset(lexicon().figures)
    return [
        replace(person, role=EntityRole.PUBLIC_FIGURE)
        if text[person.start : person.end] in leaders
        else person
        for person in persons
    ]


def persons(text: str, finder: PersonFinder | None = None) -> list[Person]:
    """The persons named in a normalised text, by rules unless a finder is given."""
    return with_public_roles(text, (finder or RulePersons()).find(text))


def observe(view: View) -> Observations:
    """Names in every file, hidden places included, and sensitive facts said of private people.

    Names in a column headed 姓名 are left to ``rosters``.
    """
    entities: list[Entity] = []
    for _, transcript in view.everything:
        text = transcript.text
        found = persons(text)
        for person in found:
            if left_to_roster(transcript.block_at(person.start), EntityKind.PERSON):
                continue
            entities.append(
                Entity(
                    EntityKind.PERSON,
                    transcript.span(person.start, person.end),
                    person.sub,
                    person.role,
                    person.confidence,
                    person.sub == "masked",
                    "persons",
                )
            )
        entities += [
            Entity(
                EntityKind.SENSITIVE_FACT,
                transcript.span(fact.start, fact.end),
                fact.sub,
                fact.role,
                0.8,
                fact.already_masked,
                "facts",
            )
            for fact in facts(text, found)
        ]
    return Observations(entities=tuple(entities), components=("persons",))
