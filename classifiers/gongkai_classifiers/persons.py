"""Names of people, and why each stands where it stands (PRO-14, A8).

``RulePersons`` recognises a name by what stands around it: it prefers to be right over being
complete. ``LearntPersons`` adds the names that only the trained nets sees, in prose without a
cue. Both answer ``PersonFinder``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from gongkai.model.reading import Entity, EntityKind, EntityRole, Observations
from gongkai_classifiers import person_contexts as contexts
from gongkai_classifiers.columns import answered_cells, left_to_roster
from gongkai_classifiers.facts import facts
from gongkai_classifiers.names import is_name, lexicon
from gongkai_classifiers.person_model import SURE_ENOUGH, Guess, built_in, guesses, office_net
from gongkai_classifiers.person_net import Nets
from gongkai_classifiers.person_rules import RULES, Person, figures, name_at, name_before
from gongkai_classifiers.view import View

_LIST_GAP = re.compile("[、,/]\\s?|[ \t]{1,6}(?=\\S)")
_STOP = re.compile("[。;!?\n]")
_REACH = 120
_LEARNT = 0.85
"""A name that no rule knows is never as sure as one with a cue."""
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
        kept = _by_rules(text)
        kept.add(_again(text, kept.persons))
        return kept.in_order()


@dataclass(frozen=True, slots=True)
class LearntPersons:
    """Names by their surroundings, then those the net is sure of; where both see, rules decide.

    A guess from ``doubted`` on is enough where the sentence tells a sensitive fact of whoever it
    is. In the ranges of ``unasked`` only rules look.
    """

    nets: Callable[[], Nets] = built_in
    least: float = SURE_ENOUGH
    doubted: float = 0.35
    unasked: tuple[tuple[int, int], ...] = ()

    def find(self, text: str) -> list[Person]:
        """The persons named in ``text``."""
        kept = _by_rules(text)
        guessed = guesses(text, self.nets(), self.doubted, self.unasked)
        found = [guess for guess in guessed if guess.chance >= self.least]
        kept.widen(found)
        kept.add(_learnt(text, found, kept.persons))
        kept.add(_told_of(text, [guess for guess in guessed if guess.chance < self.least]))
        kept.add(_again(text, kept.persons))
        return kept.in_order()


def _by_rules(text: str) -> _Kept:
    kept = _Kept(text)
    kept.add(figures(text))
    for rule in RULES:
        kept.add(rule(text))
    kept.add(_lists(text, kept.persons))
    return kept


def _learnt(text: str, found: Sequence[Guess], persons: Sequence[Person]) -> Iterator[Person]:
    """What the net sees: again whom a rule knows, or somebody new.

    A new name in an enumeration stands there for the reason the one before it does.
    """
    known = {text[person.start : person.end]: person for person in persons}
    roles = {person.end: person.role for person in persons}
    for guess in found:
        person = known.get(text[guess.start : guess.end])
        if person is None:
            role = contexts.role_at(text, guess.start, guess.end)
            if role is EntityRole.PLAIN and text[guess.start - 1 : guess.start] == "、":
                role = roles.get(guess.start - 1, role)
            roles[guess.end] = role
            person = Person(0, 0, role, round(guess.chance * _LEARNT, 3))
        yield replace(person, start=guess.start, end=guess.end)


def _told_of(text: str, doubted: Sequence[Guess]) -> Iterator[Person]:
    """Whoever the net doubts, where the sentence says that he is ill, poor, punished …

    There a name that is missed would be published with what is said of it.
    """
    for guess in doubted:
        start, end = max(0, guess.start - _REACH), guess.end + _REACH
        for stop in _STOP.finditer(text, start, end):
            if stop.start() < guess.start:
                start = stop.end()
            else:
                end = stop.start()
                break
        person = Person(guess.start - start, guess.end - start)
        if facts(text[start:end], [person]):
            confidence = round(guess.chance * _LEARNT, 3)
            yield Person(guess.start, guess.end, EntityRole.PLAIN, confidence)


class _Kept:
    """Persons found so far; a later one that overlaps is dropped."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.taken = bytearray(len(text) + 1)
        self.persons: list[Person] = []

    def widen(self, found: Sequence[Guess]) -> None:
        """Lets names in spaced characters (张 建 国) reach beyond the two a rule took."""
        ends = {guess.start: guess.end for guess in found}
        at = {person.start: person for person in self.persons}
        for person in self.persons:
            end = ends.get(person.start, 0)
            if end <= person.end or not self.text[person.end].isspace() or person.sub:
                continue
            if at.get(person.start) is not person:
                continue
            for start in range(person.end, end):
                if other := at.pop(start, None):
                    self.taken[other.start : other.end] = bytes(other.end - other.start)
            self.taken[person.start : end] = b"\1" * (end - person.start)
            at[person.start] = replace(person, end=end)
        self.persons = list(at.values())

    def in_order(self) -> list[Person]:
        """The persons by their place."""
        return sorted(self.persons, key=lambda person: person.start)

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


def _again(text: str, persons: Sequence[Person]) -> Iterator[Person]:
    """Further mentions of names already known, those of the first known before all others.

    The text is read once however many names are known.
    """
    known: dict[str, Person] = {}
    for person in persons:
        known.setdefault(text[person.start : person.end], person)
    lengths: dict[str, set[int]] = {}
    for name in known:
        lengths.setdefault(name[0], set()).add(len(name))
    mentions: dict[str, list[int]] = {name: [] for name in known}
    for first in re.finditer("|".join(map(re.escape, lengths)), text) if known else ():
        for length in lengths[first.group()]:
            starts = mentions.get(text[first.start() : first.start() + length])
            if starts is not None and (not starts or starts[-1] + length <= first.start()):
                starts.append(first.start())
    for name, starts in mentions.items():
        for start in starts:
            yield replace(known[name], start=start, end=start + len(name))


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
    """The persons named in a normalised text, by rules and net unless a finder is given."""
    return with_public_roles(text, (finder or LearntPersons()).find(text))


def everybody(view: View) -> tuple[tuple[Person, ...], ...]:
    """The persons of each file, hidden places included; ask by ``view.once(everybody)``.

    Names in a column headed 姓名 are left to ``rosters``, and the nets do not read them.
    """
    own = view.profile.model("persons")
    finder = LearntPersons(partial(office_net, own)) if own else LearntPersons()
    return tuple(
        tuple(persons(transcript.text, replace(finder, unasked=answered_cells(transcript))))
        for _, transcript in view.everything
    )


def observe(view: View) -> Observations:
    """Names in every file, and sensitive facts said of private people."""
    entities: list[Entity] = []
    for (_, transcript), found in zip(view.everything, view.once(everybody), strict=True):
        text = transcript.text
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
