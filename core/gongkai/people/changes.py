"""What an administrator changes: people, roles with dates, delegation, passwords.

Every act is asked here whether it may be, and leaves a row of the chain.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from gongkai.errors import ActionRefused
from gongkai.lifecycle.duties import DECIDING, KEEPERS, clash
from gongkai.lifecycle.roles import Role
from gongkai.messages import say
from gongkai.people.permissions import Permission, require
from gongkai.people.roster import Known, Roster, roster
from gongkai.settings import Settings
from gongkai.store import people as store
from gongkai.store.people import Assignment, StoredPerson

LONGEST_NAME = 60
"""Characters; the longest registered Chinese names, of minorities, have some thirty."""


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both included; without a last day until revoked."""

    first: date
    last: date | None = None

    def __post_init__(self) -> None:
        if self.last is not None and self.last < self.first:
            raise ActionRefused("period_backwards", first=self.first, last=self.last)

    def covered_by(self, other: Assignment) -> bool:
        """Whether an assignment gives all of it already."""
        ends = other.to_on is None or (self.last is not None and self.last <= other.to_on)
        return other.from_on <= self.first and ends

    def meets(self, other: Assignment) -> bool:
        """Whether an assignment shares a day with it."""
        begins = self.last is None or other.from_on <= self.last
        return begins and (other.to_on is None or self.first <= other.to_on)


class Administration:
    """One administrator at work in one transaction; later ones wait until it ends.

    Raises ``ActionRefused`` at once for anybody else.
    """

    def __init__(self, connection: Connection, settings: Settings, by: str, at: str) -> None:
        store.changing(connection)
        self._connection = connection
        self._settings = settings
        self._today = datetime.fromisoformat(at).date()
        self._by = by
        self._at = at
        require(self._roster.actor(by, self._today), Permission.MANAGE_USERS)

    @property
    def _roster(self) -> Roster:
        """Everybody as they are now, what was changed in this transaction included."""
        return roster(self._connection, self._settings)

    def add(self, name: str, section: str = "", accounts: Sequence[str] = ()) -> None:
        """Somebody new, without a role yet.

        Raises ``ActionRefused`` for a name that is taken or none, an unknown section, or
        another's account.
        """
        plain = name == name.strip() and name.isprintable()
        if not name or not plain or len(name) > LONGEST_NAME:
            raise ActionRefused("person_name", longest=LONGEST_NAME)
        if found := self._roster.people.get(name):
            raise ActionRefused("person_known" if found.active else "person_was", name=name)
        self._check_unit(section)
        self._check_accounts(name, accounts)
        store.add(self._connection, name, section, accounts, self._by, self._at)

    def change(
        self, name: str, section: str | None = None, accounts: Sequence[str] | None = None
    ) -> None:
        """Another section, or other accounts; None leaves them.

        Raises ``ActionRefused`` where the settings state the section, which then holds.
        """
        person = self._roster.known(name)
        if section is not None:
            if person.stated and person.stated.section:
                raise ActionRefused("section_in_settings", name=name)
            self._check_unit(section)
        if accounts is not None:
            self._check_accounts(name, accounts)
        row = self._row(person)
        store.change(
            self._connection,
            row,
            row.section if section is None else section,
            row.accounts if accounts is None else accounts,
            self._by,
            self._at,
        )

    def grant(self, name: str, role: Role, unit: str, period: Period) -> Assignment:
        """A role from one day to another, in a unit or, with none named, where it usually is.

        Raises ``ActionRefused`` for a role he holds already or that clashes with his others,
        an unknown unit, and a deciding role for the administrator himself.
        """
        person = self._acting(name)
        self._check_unit(unit)
        unit = unit or person.unit_of(role)
        if role in self._stated(person) and person.unit_of(role) in {"", unit}:
            raise ActionRefused("role_held", name=name, role=_said(role))
        return self._give(person, role, unit, period)

    def delegate(
        self, owner: str, deputy: str, role: Role, unit: str, period: Period
    ) -> Assignment:
        """授权代理: somebody holds another's role on his behalf, for as long as that one has it.

        Raises ``ActionRefused`` without a last day, for a role the owner does not hold on the
        first, and for those of administrators, which are granted and never lent.
        """
        person, of = self._acting(deputy), self._acting(owner)
        if owner == deputy:
            raise ActionRefused("delegate_self", name=owner)
        if role in KEEPERS:
            raise ActionRefused("delegate_keeper", role=_said(role))
        if period.last is None:
            raise ActionRefused("delegate_endless")
        self._check_unit(unit)
        own = {held.unit for held in of.own(period.first) if held.role is role}
        if not own or (unit and not own & {"", unit}):
            raise ActionRefused("delegate_not_held", name=owner, role=_said(role))
        return self._give(person, role, unit, period, owner)

    def revoke(
        self, name: str, role: Role, unit: str | None = None, on_behalf_of: str | None = None
    ) -> tuple[Assignment, ...]:
        """End a role today, wherever he holds it unless a unit or an owner is named.

        Raises ``ActionRefused`` when the database gave him none such, and for an
        administrator's own rights: somebody else takes them, so that one is left.
        """
        person = self._roster.known(name)
        if name == self._by and role is Role.ADMINISTRATOR:
            raise ActionRefused("not_yourself")
        ended = tuple(
            each
            for each in self._standing(person)
            if each.role is role
            and unit in {None, each.unit}
            and on_behalf_of in {None, each.on_behalf_of}
        )
        if not ended:
            stated = role in self._stated(person)
            key = "role_in_settings" if stated else "role_not_held"
            raise ActionRefused(key, name=name, role=_said(role))
        for each in ended:
            store.revoke(self._connection, each, self._by, self._at)
        return ended

    def set_password(self, name: str, password_hash: str) -> None:
        """A password for the desk, e.g. the first one."""
        row = self._row(self._acting(name))
        store.set_password(self._connection, row, password_hash, self._by, self._at)

    def deactivate(self, name: str) -> None:
        """Somebody acts no more; nobody takes that from himself, so that one is left who can."""
        person = self._acting(name)
        if name == self._by:
            raise ActionRefused("not_yourself")
        store.deactivate(self._connection, self._row(person), self._by, self._at)

    def activate(self, name: str) -> None:
        """Somebody acts again, in the roles he still has.

        Raises ``ActionRefused`` when his account is another's by now.
        """
        person = self._roster.known(name)
        if person.active or person.stored is None:
            raise ActionRefused("person_known", name=name)
        self._check_accounts(name, person.accounts)
        store.activate(self._connection, person.stored, self._by, self._at)

    def _give(
        self, person: Known, role: Role, unit: str, period: Period, owner: str = ""
    ) -> Assignment:
        standing = self._standing(person)
        for each in standing:
            same = (each.role, each.on_behalf_of) == (role, owner) and each.unit in {"", unit}
            if same and period.covered_by(each):
                raise ActionRefused("role_held", name=person.name, role=_said(role))
        if self._roster.apart:
            self._refuse_clash(person, role, [e.role for e in standing if period.meets(e)])
            if person.name == self._by and role in DECIDING:
                raise ActionRefused("grant_yourself", role=_said(role))
        days = (period.first, period.last)
        row = self._row(person)
        return store.grant(
            self._connection, row, role, unit, days, self._by, self._at, on_behalf_of=owner
        )

    def _refuse_clash(self, person: Known, role: Role, others: Sequence[Role]) -> None:
        pair = clash({role, *self._stated(person), *others})
        if pair:
            first, second = map(_said, pair)
            raise ActionRefused("roles_clash", name=person.name, first=first, second=second)

    def _standing(self, person: Known) -> tuple[Assignment, ...]:
        """What he was given that has not ended, to come included."""
        return tuple(
            each
            for each in person.assignments
            if not each.revoked_at and (each.to_on is None or self._today <= each.to_on)
        )

    def _stated(self, person: Known) -> tuple[Role, ...]:
        return person.stated.roles if person.stated else ()

    def _acting(self, name: str) -> Known:
        person = self._roster.known(name)
        if not person.active:
            raise ActionRefused("person_inactive", name=name)
        return person

    def _row(self, person: Known) -> StoredPerson:
        """His row of the database; one of the settings gets it when first something is stored."""
        if person.stored is not None:
            return person.stored
        return store.add(self._connection, person.name, "", (), self._by, self._at)

    def _check_unit(self, unit: str) -> None:
        """A unit no paper comes from would give a role that never counts."""
        known = units(self._settings)
        if unit and known and unit not in known:
            (near,) = difflib.get_close_matches(unit, known, n=1, cutoff=0.0)
            raise ActionRefused("unit_unknown", unit=unit, nearest=near)

    def _check_accounts(self, name: str, accounts: Sequence[str]) -> None:
        for other in self._roster.people.values():
            taken = set(accounts) & set(other.accounts)
            if other.name != name and other.active and taken:
                raise ActionRefused("account_taken", account=min(taken), name=other.name)


def own_password(
    connection: Connection, settings: Settings, name: str, password_hash: str, at: str
) -> None:
    """Somebody's own new password; nobody else needs to know it, the administrator least."""
    store.changing(connection)
    everybody = roster(connection, settings)
    everybody.actor(name, datetime.fromisoformat(at).date())
    row = everybody.known(name).stored or store.add(connection, name, "", (), name, at)
    store.set_password(connection, row, password_hash, name, at)


def units(settings: Settings) -> list[str]:
    """The sections of the office as its settings name them; none where they do not."""
    if not settings.organization.sections:
        return []
    folders = (folder.section for folder in settings.folder)
    stated = (person.section for person in settings.person)
    return sorted({*settings.organization.sections, *folders, *stated} - {""})


def _said(role: Role) -> str:
    return say(f"people.role_{role}")
