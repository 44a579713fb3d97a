"""领导小组审核决议: single, batch or standing (REG-04, C-15, B16)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from gongkai.errors import ActionRefused
from gongkai.store import chain
from gongkai.store.database import Turn, take_turn
from gongkai_plugins.register import tables

STANDING, BATCH = "standing", "batch"

_resolution = tables.resolution.c


@dataclass(frozen=True, slots=True)
class Resolution:
    """What the leading group agreed to: until ``expires_on``, or for the cases it names."""

    number: str
    adopted_on: str
    scope: str
    kind: str
    expires_on: str = ""
    cases: tuple[str, ...] = ()
    evidence_name: str = ""
    evidence_sha256: str = ""


def objection(found: Resolution | None, case: str, on: str, rule: str) -> str:
    """Why a resolution does not carry an entry; "" when it does.

    ``rule`` is the profile's ``approval.register_reference``: "resolution" asks for one that
    names the case.
    """
    if found is None:
        return "resolution_unknown"
    if on < found.adopted_on:
        return "resolution_too_late"
    if found.expires_on and on > found.expires_on:
        return "resolution_expired"
    if found.kind == BATCH and case not in found.cases:
        return "resolution_other_cases"
    if found.kind == STANDING and rule == "resolution":
        return "resolution_not_standing"
    return ""


def add(connection: Connection, resolution: Resolution, by: str, at: str) -> None:
    """Record a resolution. Raises ``ActionRefused`` for a number that is there already."""
    take_turn(connection, Turn.NUMBERS)
    if find(connection, resolution.number) is not None:
        raise ActionRefused("gongkai_plugins.register:resolution_twice", number=resolution.number)
    values = {
        **asdict(resolution),
        "expires_on": resolution.expires_on or None,
        "cases": list(resolution.cases),
    }
    made = connection.execute(
        insert(tables.resolution)
        .values(**values, added_by=by, added_at=at)
        .returning(_resolution.id)
    )
    subject = f"register:resolution-{made.scalar_one()}"
    chain.append(connection, "register.resolved", subject, values, by, at)


def find(connection: Connection, number: str) -> Resolution | None:
    """The resolution with a number, None when there is none."""
    query = select(tables.resolution).where(_resolution.number == number)
    row = connection.execute(query).first()
    return _from_row(row) if row else None


def resolutions(connection: Connection) -> tuple[Resolution, ...]:
    """Every resolution, in the order they were recorded."""
    rows = connection.execute(select(tables.resolution).order_by(_resolution.id))
    return tuple(_from_row(row) for row in rows)


def fitting(connection: Connection, case: str, on: str, rule: str) -> tuple[Resolution, ...]:
    """The resolutions an entry of a case can refer to; those that name it come first."""
    found = [r for r in resolutions(connection) if not objection(r, case, on, rule)]
    return tuple(sorted(found, key=lambda r: r.kind != BATCH))


def _from_row(row: Row[Any]) -> Resolution:
    return Resolution(
        number=row.number,
        adopted_on=row.adopted_on,
        scope=row.scope,
        kind=row.kind,
        expires_on=row.expires_on or "",
        cases=tuple(row.cases),
        evidence_name=row.evidence_name,
        evidence_sha256=row.evidence_sha256,
    )
