"""Cases and their moves. A move is one row that never changes, and one row of the chain.

Whoever writes names the revision he looked at: of two who decide the same case at once, one
wins and the other is told.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from gongkai.errors import ActionRefused
from gongkai.lifecycle.act import Act
from gongkai.lifecycle.case import Case, Step
from gongkai.lifecycle.roles import Role
from gongkai.lifecycle.state import State
from gongkai.model.attribute import DisclosureAttribute
from gongkai.model.determination import Medium
from gongkai.store import chain, tables
from gongkai.store.database import Turn, take_turn

_case = tables.case.c
_move = tables.move.c


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What the queue and the register show of the paper itself, as it was judged last."""

    section: str = ""
    urgency: str = ""
    doc_type: str = ""
    doc_number: str = ""
    signed_date: str = ""
    version: int | None = None
    verdict: int | None = None


def open_case(connection: Connection, document: int, facts: CaseFacts, at: str) -> Case:
    """A new case of a document that has none; its number is the next of the year.

    The case has no state of its own yet that anybody has seen: the caller moves it at once.
    """
    take_turn(connection, Turn.NUMBERS)
    year = int(at[:4])
    last = select(func.coalesce(func.max(_case.serial), 0)).where(_case.year == year)
    serial = 1 + connection.execute(last).scalar_one()
    number = f"{year}-{serial:03}"
    connection.execute(
        insert(tables.case).values(
            year=year,
            serial=serial,
            number=number,
            document_id=document,
            state=State.SUGGESTED,
            opened_at=at,
            moved_at=at,
            **_columns(facts),
        )
    )
    return find(connection, number)


def move(
    connection: Connection,
    case: Case,
    step: Step,
    *,
    attribute: DisclosureAttribute | None = None,
    drafter: str | None = None,
    disputed: bool | None = None,
    facts: CaseFacts | None = None,
) -> Case:
    """Write one step with its row of the chain and return the case after it.

    The case takes over the step's target, round and fingerprint. Raises ``ActionRefused``
    when the case has moved since ``case`` was read.
    """
    changed = connection.execute(
        update(tables.case)
        .where(_case.id == case.id, _case.revision == case.revision)
        .values(
            state=step.target,
            revision=case.revision + 1,
            round=step.round,
            core_fingerprint=step.core_fingerprint,
            moved_at=step.recorded_at,
            attribute=attribute if attribute is not None else case.attribute,
            drafter=case.drafter if drafter is None else drafter,
            disputed=case.disputed if disputed is None else disputed,
            **(_columns(facts) if facts else {}),
        )
    )
    if changed.rowcount != 1:
        raise ActionRefused("case_moved_meanwhile", number=case.number)
    values = _step_values(step)
    connection.execute(insert(tables.move).values(case_id=case.id, **values))
    chain.append(
        connection,
        "case.moved",
        f"case:{case.number}",
        {**values, "document": case.document},
        step.recorded_by,
        step.recorded_at,
    )
    return find(connection, case.number)


def touch(connection: Connection, case: Case) -> Case:
    """Count a plugin's own writing about a case as a revision, so that guards look again.

    Raises ``ActionRefused`` when the case has moved since ``case`` was read.
    """
    changed = connection.execute(
        update(tables.case)
        .where(_case.id == case.id, _case.revision == case.revision)
        .values(revision=case.revision + 1)
    )
    if changed.rowcount != 1:
        raise ActionRefused("case_moved_meanwhile", number=case.number)
    return find(connection, case.number)


def note(
    connection: Connection,
    case: Case,
    facts: CaseFacts,
    *,
    attribute: DisclosureAttribute | None,
    core_fingerprint: str,
) -> Case:
    """Keep what was judged last where that moves nothing; anything new counts as a revision."""
    known = asdict(facts) | {"attribute": attribute, "core_fingerprint": core_fingerprint}
    if replace(case, **known) == case:
        return case
    connection.execute(
        update(tables.case)
        .where(_case.id == case.id)
        .values(
            revision=case.revision + 1,
            attribute=attribute,
            core_fingerprint=core_fingerprint,
            **_columns(facts),
        )
    )
    return find(connection, case.number)


def note_late(connection: Connection, case: Case, reason: str) -> None:
    """The paper was issued outside and is entered afterwards (补办, A15)."""
    connection.execute(
        update(tables.case).where(_case.id == case.id).values(late=True, late_reason=reason)
    )


def find(connection: Connection, number: str) -> Case:
    """The case with a number. Raises ``ActionRefused`` when there is none."""
    row = connection.execute(select(tables.case).where(_case.number == number)).first()
    if row is None:
        raise ActionRefused("case_unknown", number=number)
    return _from_row(row)


def of_document(connection: Connection, document: int) -> Case | None:
    """The case of a document, None when it has none."""
    row = connection.execute(select(tables.case).where(_case.document_id == document)).first()
    return _from_row(row) if row else None


def in_states(connection: Connection, states: Collection[State] = ()) -> tuple[Case, ...]:
    """Cases in any of these states, all when none is named, in order of number."""
    query = select(tables.case).order_by(_case.year, _case.serial)
    if states:
        query = query.where(_case.state.in_([state.value for state in states]))
    return tuple(_from_row(row) for row in connection.execute(query))


def history(connection: Connection, case: Case) -> tuple[Step, ...]:
    """Every step of a case, oldest first."""
    rows = connection.execute(
        select(tables.move).where(_move.case_id == case.id).order_by(_move.revision)
    )
    return tuple(_step(row) for row in rows)


def _columns(facts: CaseFacts) -> dict[str, object]:
    return {
        "section": facts.section,
        "urgency": facts.urgency,
        "doc_type": facts.doc_type,
        "doc_number": facts.doc_number,
        "signed_date": facts.signed_date,
        "version_id": facts.version,
        "verdict_id": facts.verdict,
    }


def _step_values(step: Step) -> dict[str, object]:
    return {
        "revision": step.revision,
        "act": step.act,
        "source": step.source or "",
        "target": step.target,
        "round": step.round,
        "role": step.role or "",
        "actor": step.actor,
        "on_behalf_of": step.on_behalf_of,
        "fallback": step.fallback,
        "medium": step.medium,
        "acted_on": step.acted_on,
        "recorded_by": step.recorded_by,
        "recorded_at": step.recorded_at,
        "opinion": step.opinion,
        "reason": step.reason,
        "basis": step.basis,
        "evidence": step.evidence,
        "attribute": step.attribute,
        "core_fingerprint": step.core_fingerprint,
        "details": dict(step.details),
    }


def _step(row: Row[Any]) -> Step:
    return Step(
        revision=row.revision,
        act=Act(row.act),
        source=State(row.source) if row.source else None,
        target=State(row.target),
        round=row.round,
        actor=row.actor,
        acted_on=row.acted_on,
        recorded_by=row.recorded_by,
        recorded_at=row.recorded_at,
        role=Role(row.role) if row.role else None,
        on_behalf_of=row.on_behalf_of,
        fallback=row.fallback,
        medium=Medium(row.medium),
        opinion=row.opinion,
        reason=row.reason,
        basis=row.basis,
        evidence=row.evidence,
        attribute=_attribute(row.attribute),
        core_fingerprint=row.core_fingerprint,
        details=tuple(row.details.items()),
    )


def _attribute(text: str | None) -> DisclosureAttribute | None:
    return DisclosureAttribute(text) if text else None


def _from_row(row: Row[Any]) -> Case:
    return Case(
        id=row.id,
        number=row.number,
        document=row.document_id,
        state=State(row.state),
        revision=row.revision,
        round=row.round,
        attribute=_attribute(row.attribute),
        core_fingerprint=row.core_fingerprint,
        drafter=row.drafter,
        section=row.section,
        urgency=row.urgency,
        doc_type=row.doc_type,
        doc_number=row.doc_number,
        signed_date=row.signed_date,
        version=row.version_id,
        verdict=row.verdict_id,
        late=row.late,
        late_reason=row.late_reason,
        disputed=row.disputed,
        opened_at=row.opened_at,
        moved_at=row.moved_at,
    )
