"""What the officer's release covers: the bytes he saw, and those gongkai made of them.

Marking the attribute changes a file that was let go. Exactly the bytes gongkai writes are let go
with it, by a row that says from which they were made; any other change is stopped again. A
copy written elsewhere (``--output``) is not covered: he looked at one paper in one place.
"""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, or_, select

from gongkai.store import audit, tables
from gongkai.store.concealment import content_tag
from gongkai.store.database import Turn, take_turn
from gongkai.store.quarantine import Status, status_of

_case = tables.quarantine.c
_bytes = tables.released_bytes.c


def carry_over(
    connection: Connection, key: bytes, before: str, after: str, actor: str, at: str
) -> str | None:
    """Let go of the bytes ``after`` as those of ``before`` were, and put it on record.

    Call it in the transaction that records the writing. Returns the number of the case; None
    when ``before`` was never stopped, or not let go.
    """
    take_turn(connection, Turn.DOCUMENTS)
    if status_of(connection, key, before) is not Status.RELEASED:
        return None
    tag, new = content_tag(key, before), content_tag(key, after)
    earlier = connection.execute(
        select(_bytes.quarantine_id, _bytes.origin).where(_bytes.tag == tag)
    ).first()
    wanted = _case.content_tag == tag
    case = connection.execute(
        select(_case.id, _case.number)
        .where(
            _case.status == Status.RELEASED,
            or_(wanted, _case.id == earlier.quarantine_id) if earlier else wanted,
        )
        .order_by(_case.id.desc())
    ).first()
    if case is None:
        return None
    known = select(_bytes.id).where(_bytes.quarantine_id == case.id, _bytes.tag == new)
    if connection.execute(known).first() is None:
        origin = earlier.origin if earlier else tag
        connection.execute(
            insert(tables.released_bytes).values(quarantine_id=case.id, tag=new, origin=origin)
        )
    details = {"before": tag, "after": new}
    audit.record(connection, "release_carried", f"quarantine:{case.number}", actor, at, details)
    return str(case.number)


def take_back(connection: Connection, key: bytes, number: str, after: str) -> None:
    """The bytes were not written after all: nothing of them is let go."""
    case = select(_case.id).where(_case.number == number).scalar_subquery()
    connection.execute(
        delete(tables.released_bytes).where(
            _bytes.quarantine_id == case, _bytes.tag == content_tag(key, after)
        )
    )
