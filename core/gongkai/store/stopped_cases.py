"""The case of a paper that is stopped: it rests, says nothing more, and one hand leads it out.

Called where a document is purged and where the secrecy officer lets it go, in the same
transaction (INT-04, A6; requirements §5 as amended).
"""

from __future__ import annotations

from sqlalchemy import Connection

from gongkai.lifecycle.act import Act
from gongkai.lifecycle.case import Case, Step
from gongkai.lifecycle.roles import Role
from gongkai.lifecycle.state import State
from gongkai.store import cases, determinations


def stop(connection: Connection, document: int, actor: str, at: str) -> None:
    """Move the document's case to QUARANTINED, wherever it rested."""
    case = cases.of_document(connection, document)
    if case is not None and case.state is not State.QUARANTINED:
        cases.move(connection, case, _step(case, Act.STOP, State.QUARANTINED, actor, at))


def let_go(connection: Connection, document: int, officer: str, reason: str, at: str) -> None:
    """Lead the document's case out of quarantine: it is proposed and signed anew.

    Why an attribute was proposed has been forgotten with the paper; so the attribute ends too.
    """
    case = cases.of_document(connection, document)
    if case is None or case.state is not State.QUARANTINED:
        return
    determinations.revoke_all(connection, document, officer, reason, at)
    step = _step(case, Act.RELEASE, State.SUGGESTED, officer, at, Role.SECRECY_OFFICER, reason)
    cases.move(connection, case, step)


def _step(
    case: Case,
    act: Act,
    target: State,
    actor: str,
    at: str,
    role: Role | None = None,
    reason: str = "",
) -> Step:
    return Step(
        revision=case.revision + 1,
        act=act,
        source=case.state,
        target=target,
        round=case.round,
        actor=actor,
        acted_on=at[:10],
        recorded_by=actor,
        recorded_at=at,
        role=role,
        reason=reason,
        core_fingerprint=case.core_fingerprint,
    )
