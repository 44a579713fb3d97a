"""Everybody an office knows, from its settings and its database, as one list.

``[[person]]`` is the installation's own word: administrators and accounts, roles without
dates. The database adds people, and roles from one day to another. A name is one person in
both. Whoever was deactivated in the database is nobody, whatever the settings say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from gongkai.errors import ActionRefused
from gongkai.lifecycle.duties import OF_A_SECTION, kept_apart
from gongkai.lifecycle.roles import Actor, Held, Role
from gongkai.settings import Person, Settings
from gongkai.store import people as store
from gongkai.store.people import Assignment, StoredPerson


@dataclass(frozen=True, slots=True)
class Known:
    """One person: what the settings state of him, and what the database holds."""

    name: str
    stated: Person | None = None
    stored: StoredPerson | None = None
    assignments: tuple[Assignment, ...] = ()

    @property
    def section(self) -> str:
        """The section the settings state, else the stored one."""
        of_settings = self.stated.section if self.stated else ""
        return of_settings or (self.stored.section if self.stored else "")

    @property
    def accounts(self) -> tuple[str, ...]:
        """Every operating system account that is his."""
        of_settings = self.stated.accounts if self.stated else ()
        stored = self.stored.accounts if self.stored else ()
        return (*of_settings, *(each for each in stored if each not in of_settings))

    @property
    def active(self) -> bool:
        """Whether he may act at all."""
        return self.stored is None or self.stored.active

    def own(self, on: date) -> frozenset[Held]:
        """The roles that are his own on a day."""
        stated = self.stated.roles if self.stated else ()
        always = {Held(role, self.unit_of(role)) for role in stated}
        dated = {
            Held(each.role, each.unit)
            for each in self.assignments
            if not each.on_behalf_of and counts(each, on)
        }
        return frozenset(always | dated)

    def unit_of(self, role: Role) -> str:
        """For which unit he holds a role when none is named: his section, or the office."""
        return self.section if role in OF_A_SECTION else ""


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody, by name; ``apart``: duties are spread over several people."""

    people: Mapping[str, Known]
    apart: bool

    def known(self, name: str) -> Known:
        """Who has this name. Raises ``ActionRefused`` for nobody."""
        found = self.people.get(name)
        if found is None:
            raise ActionRefused("person_unknown", name=name)
        return found

    def of_account(self, account: str) -> Known:
        """Whose account this is; raises ``ActionRefused`` for nobody's.

        An account can have been somebody's before who no longer acts; of two who do, the
        settings' word counts.
        """

        def worth(person: Known) -> tuple[bool, bool]:
            stated = person.stated is not None and account in person.stated.accounts
            return (person.active, stated)

        whose = [each for each in self.people.values() if account in each.accounts]
        if not whose:
            raise ActionRefused("unknown_actor", name=account)
        return max(whose, key=worth)

    def actor(self, name: str, on: date) -> Actor:
        """Somebody with all roles he has on a day, his own and delegated ones.

        Raises ``ActionRefused`` for a name nobody has, or of somebody deactivated.
        """
        person = self.people.get(name)
        if person is None:
            raise ActionRefused("unknown_actor", name=name)
        if not person.active:
            raise ActionRefused("person_inactive", name=name)
        held = person.own(on) | self._delegated(person, on)
        return Actor(name, person.section, kept_apart(held) if self.apart else held)

    def _delegated(self, person: Known, on: date) -> frozenset[Held]:
        """What he holds for others: never more than they hold themselves on that day."""
        return frozenset(
            held
            for each in person.assignments
            if each.on_behalf_of and counts(each, on)
            for held in self._share(each, on)
        )

    def _share(self, given: Assignment, on: date) -> frozenset[Held]:
        owner = self.people.get(given.on_behalf_of)
        if owner is None or not owner.active:
            return frozenset()
        own = owner.own(on)
        units = {h.unit for h in (kept_apart(own) if self.apart else own) if h.role is given.role}
        if given.unit:
            units = {given.unit} if units & {"", given.unit} else set()
        return frozenset(Held(given.role, unit, owner.name) for unit in units)


def counts(assignment: Assignment, on: date) -> bool:
    """Whether a role counts on a day: both its dates included, the day it was revoked not.

    What was done earlier on that day keeps the role it was done in, on its own record.
    """
    if on < assignment.from_on or (assignment.to_on is not None and on > assignment.to_on):
        return False
    return not assignment.revoked_at or on < datetime.fromisoformat(assignment.revoked_at).date()


def roster(connection: Connection, settings: Settings) -> Roster:
    """Everybody, the settings' people first."""
    stored = {each.name: each for each in store.everybody(connection)}
    given = store.assignments(connection, [each.id for each in stored.values()])
    stated = {person.name: person for person in settings.person}
    people = {
        name: Known(
            name,
            stated.get(name),
            stored.get(name),
            tuple(a for a in given if name in stored and a.person == stored[name].id),
        )
        for name in [*stated, *(name for name in stored if name not in stated)]
    }
    return Roster(people, apart=not settings.people.small_office)


def actor(connection: Connection, settings: Settings, name: str, on: date) -> Actor:
    """Somebody by name, with the roles he has on a day.

    Raises ``ActionRefused`` for a name nobody has, or of somebody deactivated.
    """
    return roster(connection, settings).actor(name, on)


def acting(connection: Connection, settings: Settings, account: str, on: date) -> Actor:
    """Whoever an operating system account belongs to, with the roles he has on a day (A9).

    Raises ``ActionRefused`` for an account nobody has, or of somebody deactivated.
    """
    everybody = roster(connection, settings)
    return everybody.actor(everybody.of_account(account).name, on)
