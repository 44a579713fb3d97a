"""The office's record of marking: written before the file, closed after it.

Order: the determination and the intention are committed together; then the file is replaced
in one step; then the end is recorded. A failed replacement takes the determination back. A
kill in between leaves an open intention, which the next marking of the document settles by
what the file says.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from gongkai.model.determination import Determination
from gongkai.store import audit, chain, determinations, documents
from gongkai.store.documents import Sighting

BEGUN, DONE, FAILED = "stamp_begun", "stamp_done", "stamp_failed"
REASON_FAILED = "not written"
REASON_INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class Intention:
    """A determination on record whose mark is about to be written."""

    document: int
    determination: int


def begin(
    connection: Connection, sighting: Sighting, decided: Determination, before: str, after: str
) -> Intention:
    """Record the determination and that the file is about to be marked.

    ``before`` and ``after`` are the sha256 of the file now ("" for one that does not exist
    yet) and then. What a kill left open is closed first. Raises ``QuarantinedDocument`` for
    a document under quarantine.
    """
    document = documents.see(connection, sighting).document
    settle_interrupted(connection, document, before, decided.recorded_by, decided.recorded_at)
    number = determinations.record(connection, document, decided)
    intention = Intention(document, number)
    _note(connection, BEGUN, intention, decided.recorded_by, decided.recorded_at, before, after)
    return intention


def finish(connection: Connection, intention: Intention, by: str, at: str) -> None:
    """Record that the file is marked."""
    _note(connection, DONE, intention, by, at)


def fail(connection: Connection, intention: Intention, by: str, at: str) -> None:
    """Take the determination back: the file was not marked."""
    determinations.revoke(connection, intention.determination, by, REASON_FAILED, at)
    _note(connection, FAILED, intention, by, at)


def settle_interrupted(
    connection: Connection, document: int, sha256: str, by: str, at: str
) -> bool | None:
    """Close what a kill left open: the mark stands in the file, or its determination falls.

    ``sha256`` are the file's bytes now. Returns whether the mark had been written, None when
    nothing was open.
    """
    opened: dict[int, str] = {}
    for event in chain.events(connection, f"document:{document}"):
        act = event.kind.removeprefix("audit.")
        number = event.payload.get("determination") if event.payload else None
        if event.payload is None or not isinstance(number, int):
            continue
        if act == BEGUN:
            opened[number] = str(event.payload.get("after", ""))
        elif act in (DONE, FAILED) or event.kind == "determination.revoked":
            opened.pop(number, None)
    written = None
    for number, after in opened.items():
        intention = Intention(document, number)
        written = after == sha256
        if written:
            finish(connection, intention, by, at)
        else:
            determinations.revoke(connection, number, by, REASON_INTERRUPTED, at)
            _note(connection, FAILED, intention, by, at)
    return written


def _note(
    connection: Connection,
    act: str,
    intention: Intention,
    by: str,
    at: str,
    before: str = "",
    after: str = "",
) -> None:
    details: dict[str, object] = {"determination": intention.determination}
    if before:
        details |= {"before": before, "after": after}
    audit.record(connection, act, f"document:{intention.document}", by, at, details)
