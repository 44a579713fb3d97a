"""What humans said about findings; an answer holds for the matter, wherever it moves (A8)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, insert, select

from gongkai.errors import ActionRefused
from gongkai.store import chain, tables

_decision = tables.finding_decision.c


class Answer(StrEnum):
    """需要处理, 不需处理, or waived by the office."""

    ACCEPTED = "ACCEPTED"
    FALSE_POSITIVE = "FALSE_POSITIVE"
    WAIVED = "WAIVED"


@dataclass(frozen=True, slots=True)
class Decision:
    """One answer to the finding with this key."""

    key: str
    answer: Answer
    actor: str
    reason: str
    at: str


def decide(connection: Connection, document: int, decision: Decision) -> None:
    """Record an answer; an earlier one stays on record and no longer counts.

    Raises ``ActionRefused`` when a finding is set aside without a reason.
    """
    if decision.answer is not Answer.ACCEPTED and not decision.reason.strip():
        raise ActionRefused("decision_needs_reason")
    connection.execute(
        insert(tables.finding_decision).values(
            document_id=document,
            key=decision.key,
            status=decision.answer,
            actor=decision.actor,
            reason=decision.reason,
            at=decision.at,
        )
    )
    chain.append(
        connection,
        "finding.decided",
        f"document:{document}",
        {"key": decision.key, "answer": decision.answer, "reason": decision.reason},
        decision.actor,
        decision.at,
    )


def standing(connection: Connection, document: int) -> dict[str, Decision]:
    """The answer that counts for each finding key of a document: the last one given."""
    rows = connection.execute(
        select(tables.finding_decision)
        .where(_decision.document_id == document)
        .order_by(_decision.id)
    )
    return {
        row.key: Decision(row.key, Answer(row.status), row.actor, row.reason, row.at)
        for row in rows
    }
