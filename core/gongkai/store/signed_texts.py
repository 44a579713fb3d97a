"""What was signed, paragraph by paragraph, as keyed digests: enough to tell what changed (A3)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select

from gongkai.lifecycle.case import Case
from gongkai.store import tables

_mine = tables.signed_text.c


def keep(connection: Connection, case: Case, paragraphs: Sequence[str], at: str) -> None:
    """Keep the keyed digests of the paragraphs that were approved, once per text."""
    known = select(_mine.id).where(
        _mine.case_id == case.id, _mine.core_fingerprint == case.core_fingerprint
    )
    if connection.execute(known).first() is None:
        connection.execute(
            insert(tables.signed_text).values(
                case_id=case.id,
                core_fingerprint=case.core_fingerprint,
                paragraphs=list(paragraphs),
                made_at=at,
            )
        )


def of(connection: Connection, case: Case) -> tuple[str, ...]:
    """The digests of the paragraphs the case was signed for; empty when none were kept."""
    found = connection.execute(
        select(_mine.paragraphs).where(
            _mine.case_id == case.id, _mine.core_fingerprint == case.core_fingerprint
        )
    ).scalar()
    return tuple(found or ())
