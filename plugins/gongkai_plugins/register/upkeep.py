"""What the custodian does beside the moves of a case: corrections, reviews, base papers."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection, insert, select

from gongkai.casework.acting import CaseRefused
from gongkai.errors import ActionRefused, UnreadableDocument
from gongkai.lifecycle.state import State
from gongkai.messages import say
from gongkai.moment import now
from gongkai.people.permissions import Permission, require
from gongkai.store import cases, chain
from gongkai.store.database import Turn, take_turn
from gongkai_plugins.register import entries, resolutions, tables
from gongkai_plugins.register.entries import Entry
from gongkai_plugins.register.fields import Fields
from gongkai_plugins.register.guard import entry_reasons
from gongkai_plugins.register.keeping import Keeping, last_of, refuse_blanks, refused, today
from gongkai_plugins.register.prefill import months_later

_OPEN = frozenset({State.REGISTERED, State.PUBLISHED, State.WITHHELD})


def correct(keeping: Keeping, name: str, changed: Mapping[str, object], why: str) -> Entry:
    """A further entry that says what the last one should have said."""
    require(keeping.actor, Permission.KEEP_REGISTER)
    if not why.strip():
        raise ActionRefused("gongkai_plugins.register:needs_reason")
    with keeping.work.database.write() as connection:
        take_turn(connection, Turn.DOCUMENTS)
        take_turn(connection, Turn.NUMBERS)
        named = entries.find(connection, name)
        old = last_of(connection, named)
        case = cases.find(connection, old.about.case) if old.about.case else None
        if case is not None and case.state not in _OPEN:
            raise refused(old, "not_registered")
        entry = replace(old.fields, **changed)  # type: ignore[arg-type]
        if entry == old.fields:
            raise ActionRefused("gongkai_plugins.register:nothing_corrected", number=old.number)
        at = now()
        if case is not None:
            reasons = [*entry_reasons(entry, case, keeping.work.profile)]
            reasons += _resolution_reasons(keeping, connection, entry, old.about.case, at[:10])
            if reasons:
                raise CaseRefused(old.number, tuple(reasons))
            cases.touch(connection, case)
        else:
            refuse_blanks(entry, old.number)
        about = replace(old.about, by=keeping.actor.name, at=at)
        return entries.correct(connection, old, entry, about, why)


def review(keeping: Keeping, name: str, *, reopen: bool, reason: str, next_review: str) -> str:
    """Record that something withheld was looked at again, and when next (N-04)."""
    require(keeping.actor, Permission.KEEP_REGISTER)
    if not reason.strip():
        raise ActionRefused("gongkai_plugins.register:needs_reason")
    due = "" if reopen else next_review or _next_review(keeping)
    with keeping.work.database.write() as connection:
        take_turn(connection, Turn.DOCUMENTS)
        entry = entries.find(connection, name)
        case = cases.find(connection, entry.about.case) if entry.about.case else None
        if case is None or case.state is not State.WITHHELD:
            raise refused(entry, "not_withheld")
        cases.touch(connection, case)
        at, by = now(), keeping.actor.name
        values = {
            "origin": entry.origin,
            "case": entry.about.case,
            "reviewed_on": at[:10],
            "outcome": "reopen" if reopen else "keep",
            "next_review": due,
            "reason": reason,
        }
        connection.execute(insert(tables.review).values(**values, by=by, at=at))
        payload = {**values, "year": entry.year, "serial": entry.serial}
        chain.append(connection, "register.reviewed", entry.subject, payload, by, at)
    return due


def file_paper(keeping: Keeping, name: str, paper: Path, kind: str) -> str:
    """Put a base paper on record by name and digest; until when it is kept (REG-06)."""
    require(keeping.actor, Permission.KEEP_REGISTER)
    digest, size = digest_of(paper)
    until = months_later(today(), 12 * keeping.keys.evidence_years.value).isoformat()
    with keeping.work.database.write() as connection:
        take_turn(connection, Turn.DOCUMENTS)
        entry = entries.find(connection, name)
        known = select(tables.evidence.c.keep_until).where(
            tables.evidence.c.origin == entry.origin, tables.evidence.c.sha256 == digest
        )
        if (kept := connection.execute(known).scalar()) is not None:
            return str(kept)
        at, by = now(), keeping.actor.name
        values = {
            "origin": entry.origin,
            "case": entry.about.case,
            "kind": kind,
            "name": paper.name,
            "sha256": digest,
            "size": size,
            "keep_until": until,
        }
        if entry.about.case:
            cases.touch(connection, cases.find(connection, entry.about.case))
        connection.execute(insert(tables.evidence).values(**values, added_by=by, added_at=at))
        payload = {**values, "year": entry.year, "serial": entry.serial}
        chain.append(connection, "register.filed", entry.subject, payload, by, at)
    return until


def _resolution_reasons(
    keeping: Keeping, connection: Connection, entry: Fields, case: str, on: str
) -> list[str]:
    rule = keeping.work.profile.keys.approval.register_reference.value
    if rule == "none" or not entry.resolution.strip():
        return []
    found = resolutions.find(connection, entry.resolution)
    why = resolutions.objection(found, case, on, rule)
    return [say(f"gongkai_plugins.register:{why}", number=entry.resolution)] if why else []


def _next_review(keeping: Keeping) -> str:
    return months_later(today(), keeping.keys.review_months.value).isoformat()


def digest_of(paper: Path) -> tuple[str, int]:
    """SHA-256 and size of a file. Raises ``UnreadableDocument`` when it cannot be read."""
    try:
        with paper.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            return digest, stream.tell()
    except OSError as error:
        problem = error.strerror or type(error).__name__
        raise UnreadableDocument(
            "gongkai_plugins.register:file_unread", file=paper.name, problem=problem
        ) from error
