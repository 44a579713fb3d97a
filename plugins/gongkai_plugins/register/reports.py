"""A reconciliation on record: dated, and a row of the chain (REG-05)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select

from gongkai.model.bundle import Role
from gongkai.store import cases, chain
from gongkai.store import tables as core
from gongkai_plugins.register import tables
from gongkai_plugins.register.codes import Standing
from gongkai_plugins.register.online import Online
from gongkai_plugins.register.overview import Line
from gongkai_plugins.register.reconciling import Mismatch, Registered


def registered(connection: Connection, lines: Sequence[Line]) -> tuple[Registered, ...]:
    """The entries to compare: those to go by, and those that should be public no more."""
    gone = (Standing.CORRECTED, Standing.STOPPED)
    return tuple(_registered(connection, line) for line in lines if line.standing not in gone)


def record(
    connection: Connection,
    online: Online,
    compared: int,
    found: Sequence[Mismatch],
    by: str,
    at: str,
) -> int:
    """Keep what was found, by codes, serial and line numbers, and return the report's number."""
    values = {
        "source_sha256": online.sha256,
        "online": len(online.items),
        "registered": compared,
        "findings": [{"code": m.code.value, "entry": m.number, "line": m.line} for m in found],
    }
    made = connection.execute(
        insert(tables.report).values(**values, by=by, at=at).returning(tables.report.c.id)
    )
    number = int(made.scalar_one())
    chain.append(connection, "register.reconciled", f"register:report-{number}", values, by, at)
    return number


def _registered(connection: Connection, line: Line) -> Registered:
    entry = line.entry
    public = [each.publication for each in line.published]
    digests = {p.content_sha256 for p in public} - {""}
    return Registered(
        number=entry.number,
        name=entry.fields.name,
        standing=line.standing,
        urls=frozenset(p.url for p in public if p.url),
        days=frozenset(p.published_at[:10] for p in public),
        channels=frozenset(p.channel for p in public),
        digests=frozenset(digests),
        originals=frozenset(_originals(connection, line)),
    )


def _originals(connection: Connection, line: Line) -> set[str]:
    """The digests of the approved paper's main file, and the fingerprint of its text."""
    about = line.entry.about
    found = {about.core_fingerprint} - {""}
    case = cases.find(connection, about.case) if about.case else None
    if case is not None and case.version is not None:
        member = core.member.c
        query = select(member.sha256).where(
            member.version_id == case.version, member.role == Role.MAIN
        )
        found |= set(connection.execute(query).scalars())
    return found
