"""What the commands of the review share: the office at work, and whose hand signs."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import click
from sqlalchemy import Connection, Table

from gongkai.casework import Casework
from gongkai.cli.case_signing import acting_here, evidence_of
from gongkai.cli.case_work import Work, at_work
from gongkai.cli.deadline import DateText
from gongkai.cli.session import Session
from gongkai.cli.words import Command, option
from gongkai.errors import ActionRefused
from gongkai.lifecycle.case import Case
from gongkai.lifecycle.roles import Actor, Held, Role
from gongkai.messages import say
from gongkai.model.determination import Medium
from gongkai.moment import now
from gongkai.people.permissions import Permission, require
from gongkai.people.roster import actor
from gongkai.store import cases
from gongkai.store.database import Database, Turn, take_turn
from gongkai_plugins.secrecy_review import records
from gongkai_plugins.secrecy_review.checks import Rules
from gongkai_plugins.secrecy_review.facts import Facts
from gongkai_plugins.secrecy_review.guard import rules_of
from gongkai_plugins.secrecy_review.reading import facts_of

OWN = "gongkai_plugins.secrecy_review:"


@dataclass(frozen=True, slots=True)
class Signing:
    """What the options of a signature say together: one's own, or another's on paper (代录)."""

    by: str = ""
    paper: bool = False
    signer: str = ""
    on: date | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Hand:
    """Who signs, on which day, and who types (A9, B8)."""

    actor: Actor
    recorder: Actor
    acted_on: str
    medium: Medium
    evidence: str


@dataclass(frozen=True, slots=True)
class Desk:
    """One office, open for one command."""

    work: Work
    rules: Rules

    @property
    def session(self) -> Session:
        """The run of the command line."""
        return self.work.session

    @property
    def database(self) -> Database:
        """The office's database."""
        return self.work.database

    @property
    def casework(self) -> Casework:
        """What people do to cases."""
        return self.work.cases

    @property
    def today(self) -> str:
        """The day, as it is recorded."""
        return self.rules.today.isoformat()

    def facts(self, number: str) -> Facts:
        """What is known of a case now."""
        with self.database.read() as connection:
            return facts_of(connection, self.work.office.settings, number, self.rules.today)

    def me(self, by: str) -> Actor:
        """Whose account this is; ``by`` chooses among several people who share it."""
        with self.database.read() as connection:
            return acting_here(self.session, connection, by)

    def past(self, on: date | None) -> str:
        """A day that has come, today unless named."""
        if on is not None and on > self.rules.today:
            raise ActionRefused(f"{OWN}not_in_future", day=on.isoformat())
        return on.isoformat() if on else self.today

    def hand(self, signing: Signing) -> Hand:
        """The hand that signs.

        Raises ``UsageError`` for options that do not go together, ``ActionRefused`` for
        people nobody knows and for who may not record for others.
        """
        if not signing.paper and (signing.signer or signing.on):
            raise click.UsageError(say(f"{OWN}only_on_paper"))
        if signing.paper and (not signing.signer or signing.on is None):
            raise click.UsageError(say(f"{OWN}paper_needs"))
        evidence = evidence_of(self.session, signing.evidence)
        acted_on = self.past(signing.on)
        with self.database.read() as connection:
            me = acting_here(self.session, connection, signing.by)
            if not signing.paper:
                return Hand(me, me, acted_on, Medium.SYSTEM, evidence)
            require(me, Permission.RECORD_FOR_OTHERS)
            # He signed in the roles he had on that day.
            on = date.fromisoformat(acted_on)
            other = actor(connection, self.work.office.settings, signing.signer, on)
            return Hand(other, me, acted_on, Medium.PAPER, evidence)

    def record(self, facts: Facts, table: Table, values: dict[str, object], by: str) -> int:
        """Write a row about a case that nobody has moved since; returns its number."""
        with self.changing(facts) as (connection, case):
            return records.write_alone(connection, case, table, values, by, now())

    @contextmanager
    def changing(self, facts: Facts) -> Iterator[tuple[Connection, Case]]:
        """A transaction about a case at the revision that was looked at."""
        with self.database.write() as connection:
            take_turn(connection, Turn.DOCUMENTS)
            take_turn(connection, Turn.NUMBERS)
            case = cases.find(connection, facts.case.number)
            if case.revision != facts.case.revision:
                raise ActionRefused("case_moved_meanwhile", number=case.number)
            yield connection, case


@contextmanager
def at_desk(session: Session) -> Iterator[Desk]:
    """The office at work."""
    rules = rules_of(session.office)
    with at_work(session) as work:
        yield Desk(work, rules)


def held(who: Actor, case: Case, *roles: Role) -> Held:
    """By which of these roles somebody acts on a case.

    Raises ``ActionRefused`` naming the roles when he has none of them.
    """
    found = next((h for role in roles if (h := who.holds(role, case.section))), None)
    if found is None:
        raise ActionRefused(f"{OWN}needs_role", name=who.name, roles=roles_words(*roles))
    return found


def roles_words(*roles: Role) -> str:
    """Roles as a list of choices."""
    return say("people.or").join(say(f"people.role_{role}") for role in dict.fromkeys(roles))


def command(name: str) -> Callable[[Callable[..., Any]], click.Command]:
    """A command with help from the plugin's catalogue."""
    return click.command(name, cls=Command, catalogue=OWN)


def signing(function: Callable[..., int]) -> Callable[..., int]:
    """The options of whoever signs, handed to the command as one ``signing``."""

    @option("--by", default="", metavar="NAME")
    @option("--paper", is_flag=True)
    @option("--signer", default="", metavar="NAME")
    @option("--on", type=DateText(), metavar="DATE")
    @option("--evidence", default="", metavar="FILE")
    @functools.wraps(function)
    def packed(*given: Any, **options: Any) -> int:
        names = ("by", "paper", "signer", "on", "evidence")
        return function(*given, signing=Signing(**{n: options.pop(n) for n in names}), **options)

    return packed


class Coded(click.ParamType[str]):
    """One of a few codes, said in the words of the office; ``family`` begins their messages."""

    name = "word"

    def __init__(self, family: str, codes: tuple[str, ...]) -> None:
        self.family = family
        self.codes = codes

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        text = str(value).strip()
        for code in self.codes:
            if text.upper() == code.upper() or text == coded(code, self.family):
                return code
        choices = say("cli.and").join(coded(code, self.family) for code in self.codes)
        return self.fail(say("cli.one_of", text=text, choices=choices), param, ctx)


def coded(code: str, family: str) -> str:
    """A code in the words of the office."""
    return say(f"{OWN}{family}_{code}")
