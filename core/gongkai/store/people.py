"""People the database knows, their roles by date, and every change of either on the chain.

Whether somebody may make a change is asked by the caller (``gongkai.people.changes``); what a
change has to leave behind is written here. No password and no hash ever reaches the chain.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Row, insert, select, update

from gongkai.lifecycle.roles import Role
from gongkai.store import audit, tables
from gongkai.store.columns import printable
from gongkai.store.database import Turn, take_turn

_person = tables.person.c
_assignment = tables.role_assignment.c


@dataclass(frozen=True, slots=True)
class StoredPerson:
    """Somebody the database knows. ``has_password``: may sign in to the desk."""

    id: int
    name: str
    section: str
    accounts: tuple[str, ...]
    active: bool
    has_password: bool
    created_at: str
    created_by: str
    locked_until: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """A role given to somebody from one day to another, both included; no end: until revoked.

    ``on_behalf_of`` names whose role it is where it was delegated.
    """

    id: int
    person: int
    role: Role
    unit: str
    on_behalf_of: str
    from_on: date
    to_on: date | None
    granted_by: str
    granted_at: str
    revoked_at: str = ""
    revoked_by: str = ""


@dataclass(frozen=True, slots=True)
class Secret:
    """What a password is checked against; never shown, never recorded."""

    person: int
    name: str
    password: str
    active: bool
    failed: int
    locked_until: str


def changing(connection: Connection) -> None:
    """Take the turn in which people are changed, so that what was read before still holds."""
    take_turn(connection, Turn.NUMBERS)


def add(
    connection: Connection,
    name: str,
    section: str,
    accounts: Sequence[str],
    by: str,
    at: str,
) -> StoredPerson:
    """Store somebody; the name must be free."""
    number: int = connection.execute(
        insert(tables.person)
        .values(name=name, section=section, accounts=list(accounts), created_at=at, created_by=by)
        .returning(_person.id)
    ).scalar_one()
    details = {"name": printable(name), "section": printable(section), "accounts": list(accounts)}
    audit.record(connection, "person_added", _subject(number), by, at, details)
    return _one(connection, number)


def change(
    connection: Connection,
    person: StoredPerson,
    section: str,
    accounts: Sequence[str],
    by: str,
    at: str,
) -> None:
    """Store another section or other accounts."""
    connection.execute(
        update(tables.person)
        .where(_person.id == person.id)
        .values(section=section, accounts=list(accounts))
    )
    details = {"section": printable(section), "accounts": list(accounts)}
    audit.record(connection, "person_changed", _subject(person.id), by, at, details)


def activate(connection: Connection, person: StoredPerson, by: str, at: str) -> None:
    """Let somebody act again."""
    _set(connection, person.id, {"active": True})
    audit.record(connection, "person_activated", _subject(person.id), by, at)


def deactivate(connection: Connection, person: StoredPerson, by: str, at: str) -> None:
    """Somebody no longer acts; his roles and acts stay on record."""
    _set(connection, person.id, {"active": False})
    audit.record(connection, "person_deactivated", _subject(person.id), by, at)


def set_password(
    connection: Connection, person: StoredPerson, password_hash: str, by: str, at: str
) -> None:
    """Store a new password's hash; a lock ends with it."""
    _set(connection, person.id, {"password": password_hash, "failed": 0, "locked_until": None})
    audit.record(connection, "password_changed", _subject(person.id), by, at)


def grant(
    connection: Connection,
    person: StoredPerson,
    role: Role,
    unit: str,
    period: tuple[date, date | None],
    by: str,
    at: str,
    on_behalf_of: str = "",
) -> Assignment:
    """Store a role with its dates, one's own or another's on behalf of whom it is held."""
    first, last = period
    row = connection.execute(
        insert(tables.role_assignment)
        .values(
            person_id=person.id,
            role=role,
            unit=unit,
            on_behalf_of=on_behalf_of,
            from_on=first.isoformat(),
            to_on=last.isoformat() if last else None,
            granted_by=by,
            granted_at=at,
        )
        .returning(tables.role_assignment)
    ).one()
    stored = _assigned(row)
    act = "role_delegated" if on_behalf_of else "role_granted"
    audit.record(connection, act, _subject(person.id), by, at, _told(stored))
    return stored


def revoke(connection: Connection, assignment: Assignment, by: str, at: str) -> None:
    """End a role today; that it was held before stays on record."""
    connection.execute(
        update(tables.role_assignment)
        .where(_assignment.id == assignment.id, _assignment.revoked_at.is_(None))
        .values(revoked_at=at, revoked_by=by)
    )
    subject = _subject(assignment.person)
    audit.record(connection, "role_revoked", subject, by, at, _told(assignment))


def find(connection: Connection, name: str) -> StoredPerson | None:
    """Whom the database knows by this name, active or not."""
    row = connection.execute(select(tables.person).where(_person.name == name)).first()
    return _read(row) if row else None


def everybody(connection: Connection) -> tuple[StoredPerson, ...]:
    """All it knows, in the order they were added."""
    return tuple(map(_read, connection.execute(select(tables.person).order_by(_person.id))))


def assignments(connection: Connection, people: Collection[int]) -> tuple[Assignment, ...]:
    """Every role ever given to these people, oldest first."""
    rows = connection.execute(
        select(tables.role_assignment)
        .where(_assignment.person_id.in_(list(people)))
        .order_by(_assignment.id)
    )
    return tuple(map(_assigned, rows))


def secret(connection: Connection, name: str) -> Secret | None:
    """What to check a password against, with its row locked; None without a password."""
    row = connection.execute(
        select(tables.person).where(_person.name == name).with_for_update()
    ).first()
    if row is None or row.password is None:
        return None
    return Secret(row.id, row.name, row.password, row.active, row.failed, row.locked_until or "")


def count(connection: Connection, person: int, failed: int, locked_until: str) -> None:
    """Store how many passwords were tried in a row, and until when no more are."""
    _set(connection, person, {"failed": failed, "locked_until": locked_until or None})


def locked(connection: Connection, person: int, by: str, at: str, until: str) -> None:
    """Record that somebody cannot sign in for a while."""
    audit.record(connection, "person_locked", _subject(person), by, at, {"until": until})


def rehash(connection: Connection, person: int, before: str, after: str) -> None:
    """Store the same password's newer hash, unless it was changed meanwhile."""
    connection.execute(
        update(tables.person)
        .where(_person.id == person, _person.password == before)
        .values(password=after)
    )


def _set(connection: Connection, person: int, values: Mapping[str, object]) -> None:
    connection.execute(update(tables.person).where(_person.id == person).values(**values))


def _one(connection: Connection, number: int) -> StoredPerson:
    return _read(connection.execute(select(tables.person).where(_person.id == number)).one())


def _read(row: Row[tuple[object, ...]]) -> StoredPerson:
    return StoredPerson(
        id=row.id,
        name=row.name,
        section=row.section,
        accounts=tuple(row.accounts),
        active=row.active,
        has_password=row.password is not None,
        created_at=row.created_at,
        created_by=row.created_by,
        locked_until=row.locked_until or "",
    )


def _assigned(row: Row[tuple[object, ...]]) -> Assignment:
    return Assignment(
        id=row.id,
        person=row.person_id,
        role=Role(row.role),
        unit=row.unit,
        on_behalf_of=row.on_behalf_of,
        from_on=date.fromisoformat(row.from_on),
        to_on=date.fromisoformat(row.to_on) if row.to_on else None,
        granted_by=row.granted_by,
        granted_at=row.granted_at,
        revoked_at=row.revoked_at or "",
        revoked_by=row.revoked_by,
    )


def _told(assignment: Assignment) -> dict[str, object]:
    return {
        "assignment": assignment.id,
        "role": str(assignment.role),
        "unit": assignment.unit,
        "on_behalf_of": assignment.on_behalf_of,
        "from": assignment.from_on.isoformat(),
        "to": assignment.to_on.isoformat() if assignment.to_on else "",
    }


def _subject(person: int) -> str:
    return f"person:{person}"
