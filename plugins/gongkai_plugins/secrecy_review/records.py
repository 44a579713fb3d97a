"""The plugin's rows: each written with its row of the chain, read back as values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, Table, insert, select

from gongkai.lifecycle.case import Case
from gongkai.lifecycle.roles import Role
from gongkai.store import cases, chain
from gongkai.store.database import Turn, take_turn
from gongkai_plugins.secrecy_review import tables
from gongkai_plugins.secrecy_review.facts import (
    Answered,
    Consent,
    Declassification,
    Filing,
    Hop,
    Incident,
    IncidentNote,
    Joint,
    Reverse,
    ReverseStep,
    Ruling,
)
from gongkai_plugins.secrecy_review.opinions import (
    Authority,
    ConsentAnswer,
    Direction,
    EvidenceKind,
    NoteKind,
    Opinion,
    OurRole,
    Question,
)

KIND = "secrecy_review."
"""Kinds of rows of the chain begin so: ``secrecy_review.consent``."""


def write(
    connection: Connection, case: Case, table: Table, values: Mapping[str, object], by: str, at: str
) -> int:
    """Add a row about a case beside a move that counts already, with its row of the chain."""
    number: int = connection.execute(
        insert(table)
        .values(
            case=case.number,
            core_fingerprint=case.core_fingerprint,
            recorded_by=by,
            recorded_at=at,
            **values,
        )
        .returning(table.c.id)
    ).scalar_one()
    kind = KIND + table.name.removeprefix("secrecy_review_")
    payload = {"id": number, "core_fingerprint": case.core_fingerprint, **values}
    chain.append(connection, kind, f"case:{case.number}", payload, by, at)
    return number


def write_alone(
    connection: Connection, case: Case, table: Table, values: Mapping[str, object], by: str, at: str
) -> int:
    """Add a row about a case without a move: the case's revision counts it, so guards look again.

    Raises ``ActionRefused`` when the case has moved since ``case`` was read.
    """
    take_turn(connection, Turn.NUMBERS)
    cases.touch(connection, case)
    return write(connection, case, table, values, by, at)


def _rows(connection: Connection, table: Table, number: str) -> list[Row[Any]]:
    found = connection.execute(select(table).where(table.c.case == number).order_by(table.c.id))
    return list(found)


def rulings(connection: Connection, number: str) -> tuple[Ruling, ...]:
    """The secrecy officer's words on findings; of two on one finding the last one counts."""
    found = {
        row.key: Ruling(row.key, row.code, row.answer, row.reason, row.recorded_by, row.recorded_at)
        for row in _rows(connection, tables.ruling, number)
    }
    return tuple(found.values())


def hops(connection: Connection, number: str) -> tuple[Hop, ...]:
    """Every question that was sent on, with its answer."""
    answers = {
        row.hop_id: Answered(
            Opinion(row.opinion), row.body, row.reference, row.answered_on, row.reason
        )
        for row in _rows(connection, tables.answer, number)
    }
    return tuple(
        Hop(
            row.id,
            row.core_fingerprint,
            Question(row.question),
            Authority(row.authority),
            row.body,
            row.reference,
            row.sent_on,
            answers.get(row.id),
        )
        for row in _rows(connection, tables.hop, number)
    )


def joint(connection: Connection, number: str) -> Joint:
    """Our part in the paper as it was last recorded; SOLE when nobody has said."""
    rows = _rows(connection, tables.joint, number)
    return Joint(OurRole(rows[-1].our_role), tuple(rows[-1].bodies)) if rows else Joint()


def consents(connection: Connection, number: str) -> tuple[Consent, ...]:
    """Every question to a co-maker and every answer, oldest first."""
    return tuple(
        Consent(
            row.core_fingerprint,
            row.body,
            row.asked_on,
            ConsentAnswer(row.answer) if row.answer else None,
            EvidenceKind(row.kind) if row.kind else None,
            row.evidence,
            row.answered_on,
        )
        for row in _rows(connection, tables.consent, number)
    )


def public_version(connection: Connection, number: str) -> str:
    """The case of the public version of a paper, "" for none."""
    rows = _rows(connection, tables.public_version, number)
    return rows[-1].public_case if rows else ""


def public_version_of(connection: Connection, number: str) -> str:
    """The case whose public version this is, "" for none."""
    table = tables.public_version
    found = connection.execute(
        select(table.c.case).where(table.c.public_case == number).order_by(table.c.id)
    ).scalars()
    originals = list(found)
    last = originals[-1] if originals else ""
    return last if last and public_version(connection, last) == number else ""


def declassification(connection: Connection, number: str) -> Declassification | None:
    """What is on record of declassification; None where none was asked for."""
    rows = _rows(connection, tables.declassification, number)
    return Declassification(rows[-1].reference, rows[-1].record_on) if rows else None


def reverses(connection: Connection, number: str) -> tuple[Reverse, ...]:
    """Every reverse decision about a case."""
    steps = _rows(connection, tables.reverse_step, number)
    filings = _rows(connection, tables.filing, number)
    return tuple(
        Reverse(
            row.id,
            row.core_fingerprint,
            Direction(row.direction),
            row.reason,
            row.basis,
            row.recorded_by,
            row.recorded_at,
            tuple(
                ReverseStep(s.n, Role(s.role), s.signer, s.on_behalf_of, s.signed_on, s.agreed)
                for s in steps
                if s.reverse_id == row.id
            ),
            tuple(
                Filing(f.recipient, f.body, f.reference, f.filed_on)
                for f in filings
                if f.reverse_id == row.id
            ),
        )
        for row in _rows(connection, tables.reverse, number)
    )


def incidents(connection: Connection, number: str) -> tuple[Incident, ...]:
    """Every leak that was recorded of a case."""
    notes = _rows(connection, tables.incident_note, number)
    return tuple(
        Incident(
            row.id,
            row.number,
            row.case,
            row.channel,
            row.noticed_at,
            row.withdrawn_at,
            row.reason,
            tuple(
                IncidentNote(NoteKind(n.kind), n.body, n.noted_on, n.words)
                for n in notes
                if n.incident_id == row.id
            ),
        )
        for row in _rows(connection, tables.incident, number)
    )


def cases_with(connection: Connection, *kept: Table) -> tuple[str, ...]:
    """The numbers of all cases that have a row in any of these tables."""
    found: set[str] = set()
    for table in kept:
        found |= set(connection.execute(select(table.c.case).distinct()).scalars())
    return tuple(sorted(found))
