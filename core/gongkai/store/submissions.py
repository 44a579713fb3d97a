"""Handing in: said before the files are moved, closed after it, so that a kill is told.

No name goes into the record (A6): a submission is known by the keyed hashes of its bytes.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from gongkai.store import audit, tables
from gongkai.store.concealment import content_tag
from gongkai.store.paths import path_key

BEGUN, DONE, FAILED = "submit_begun", "submitted", "submit_failed"


@dataclass(frozen=True, slots=True)
class Submission:
    """Files that somebody began to hand in. ``seq`` is its row of the chain."""

    seq: int
    subject: str
    by: str
    at: str
    contents: frozenset[str]
    files: int


def begin(
    connection: Connection, key: bytes, subject: str, digests: Collection[str], by: str, at: str
) -> Submission:
    """Record that files with these sha256 are about to be moved."""
    contents = sorted(content_tag(key, digest) for digest in digests)
    details: dict[str, object] = {"files": len(contents), "contents": contents}
    seq = audit.record(connection, BEGUN, subject, by, at, details)
    return Submission(seq, subject, by, at, frozenset(contents), len(contents))


def finish(connection: Connection, begun: Submission, by: str, at: str) -> None:
    """Record that they lie where papers are checked."""
    details = {"files": begun.files, "begun": begun.seq}
    audit.record(connection, DONE, begun.subject, by, at, details)


def fail(connection: Connection, begun: Submission, by: str, at: str) -> None:
    """Record that they lie where they were."""
    audit.record(connection, FAILED, begun.subject, by, at, {"begun": begun.seq})


def unfinished(connection: Connection) -> tuple[Submission, ...]:
    """What was begun and never closed, oldest first: a kill came between."""
    kind = tables.chain.c.kind
    rows = connection.execute(
        select(tables.chain, tables.payload.c.body)
        .outerjoin(tables.payload, tables.payload.c.seq == tables.chain.c.seq)
        .where(kind.in_([f"audit.{act}" for act in (BEGUN, DONE, FAILED)]))
        .order_by(tables.chain.c.seq)
    )
    found: dict[int, Submission] = {}
    for row in rows:
        body: dict[str, Any] = json.loads(row.body) if row.body else {}
        data = body.get("data", {})
        if row.kind != f"audit.{BEGUN}":
            found.pop(data.get("begun"), None)
        elif row.body:
            contents = frozenset(data["contents"])
            found[row.seq] = Submission(
                row.seq, row.subject, body["actor"], row.at, contents, data["files"]
            )
    return tuple(found.values())


def arrived(
    connection: Connection, key: bytes, begun: Collection[Submission], folders: Collection[Path]
) -> set[int]:
    """Those of ``begun`` all of whose files the watch has met in one of these watched folders."""
    if not begun:
        return set()
    roots = select(tables.root.c.id).where(
        tables.root.c.path_key.in_([path_key(folder) for folder in folders])
    )
    digests = connection.execute(
        select(tables.journal.c.sha256).where(
            tables.journal.c.root_id.in_(roots),
            tables.journal.c.sha256.is_not(None),
            tables.journal.c.state.not_in(("left", "gone")),
        )
    )
    there = {content_tag(key, digest) for digest in digests.scalars()}
    return {each.seq for each in begun if each.contents <= there}
