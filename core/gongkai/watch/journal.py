"""The journal: what the watch knows of every file, kept where a killed process leaves it.

Invariants (docs/watching.md):

1. A file is ``settled`` only together with the sha256 of bytes that held still.
2. A bundle with a member in a pending state has no verdict on what lies there now.
3. Only ``mark_judged`` ends a pending state, and only for the bytes the verdict was about.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Connection,
    RowMapping,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from gongkai.store import stopped_places
from gongkai.store.database import Database, Turn, take_turn
from gongkai.store.paths import is_tag, path_from_key, path_key
from gongkai.store.tables import journal, meta, root
from gongkai.watch.changes import Change
from gongkai.watch.scan import Signature


class FileState(StrEnum):
    """How far a file has come. ``left`` and ``gone`` are files that are no longer there."""

    SEEN = "seen"
    SETTLED = "settled"
    HANDED = "handed"
    JUDGED = "judged"
    LEFT = "left"
    GONE = "gone"
    NOT_TAKEN = "not_taken"
    QUARANTINED = "quarantined"


PENDING = frozenset({FileState.SETTLED, FileState.HANDED, FileState.LEFT})
"""States that say: a verdict on what lies there now is still owed."""

DEPARTED = frozenset({FileState.LEFT, FileState.GONE})


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the journal. ``path`` is relative to its root, exactly as on disk.

    ``revision`` 0 is what lay there on the first day (A5); every new content adds one.
    ``stored`` is what the row is found by: the path's key, or the keyed hash that stands for
    a name a stopped paper has taken with it.
    """

    path: str
    state: FileState
    signature: Signature
    sha256: str = ""
    revision: int = 1
    reason: str = ""
    attempts: int = 0
    next_try: float | None = None
    missing_since: float | None = None
    stored: str = ""

    @property
    def key(self) -> str:
        """The value of ``path_key`` this row stands under."""
        return self.stored or path_key(self.path)

    @property
    def sealed(self) -> bool:
        """Whether the row says no path."""
        return is_tag(self.stored)

    @property
    def taken(self) -> bool:
        """Whether bytes of this file were ever recorded."""
        return bool(self.sha256)


@dataclass(frozen=True, slots=True)
class RootRecord:
    """What the journal knows of a watched folder. ``marker`` names the folder itself."""

    id: int
    code: str
    device: int | None
    marker: str
    baseline_at: str | None
    last_full_pass: str | None


class Journal:
    """The rows of one watched folder. Only its watcher writes them, except verdicts."""

    def __init__(self, database: Database, path: str) -> None:
        self.database = database
        self.path = path
        self.record = self._record()

    def _record(self) -> RootRecord:
        key = path_key(self.path)
        with self.database.write() as connection:
            take_turn(connection, Turn.DOCUMENTS)
            found = connection.execute(select(root).where(root.c.path_key == key)).first()
            if found is None:
                number = connection.execute(select(func.count()).select_from(root)).scalar_one() + 1
                codes = set(connection.execute(select(root.c.code)).scalars())
                while (code := f"R{number:02}") in codes:
                    number += 1
                connection.execute(insert(root).values(code=code, path_key=key))
                found = connection.execute(select(root).where(root.c.path_key == key)).one()
        return RootRecord(
            found.id,
            found.code,
            found.device,
            found.marker,
            found.baseline_at,
            found.last_full_pass,
        )

    def entries(self) -> list[Entry]:
        """Every row of this root."""
        with self.database.read() as connection:
            return read_entries(connection, self.record.id)

    def note_root(self, connection: Connection, **values: object) -> None:
        """Record what is true of the folder now."""
        connection.execute(update(root).where(root.c.id == self.record.id).values(**values))

    def note_facts(self, connection: Connection, facts: Mapping[str, object]) -> None:
        """Keep what ``gongkai status`` shows of this root in another process."""
        key, value = facts_key(self.record.id), json.dumps(facts, ensure_ascii=True)
        changed = connection.execute(update(meta).where(meta.c.key == key).values(value=value))
        if not changed.rowcount:
            connection.execute(insert(meta).values(key=key, value=value))

    def held_tags(self, connection: Connection) -> frozenset[str]:
        """What holds names of this root back now.

        Read it in the transaction that writes names: on PostgreSQL whoever stops a paper waits
        for its end, and what is written after him knows of it.
        """
        take_turn(connection, Turn.DOCUMENTS)
        return stopped_places.held_tags(connection, self.record.id)

    def add(self, connection: Connection, entries: Sequence[Entry], now: float) -> None:
        """Insert rows for names not known before."""
        if entries:
            connection.execute(insert(journal), [self._row(entry, now) for entry in entries])

    def replace(
        self,
        connection: Connection,
        entries: Sequence[Entry],
        now: float,
        keys: Mapping[str, str] | None = None,
    ) -> bool:
        """Write rows whole: new content, a new reason, a departure.

        ``keys`` are new keys by path, for rows that are to be found by another one from now on.
        False when a row was not found under its key any more: the journal is to be read anew.
        """
        if not entries:
            return True
        rows = []
        for entry in entries:
            row = self._row(entry, now)
            row.pop("first_seen")
            row["row_key"] = row.pop("path_key")
            row.pop("root_id")
            row["new_key"] = (keys or {}).get(entry.path, entry.key)
            rows.append(row)
        names = [name for name in rows[0] if name not in ("row_key", "new_key")]
        done = connection.execute(
            update(journal)
            .where(journal.c.root_id == self.record.id, journal.c.path_key == bindparam("row_key"))
            .values(path_key=bindparam("new_key"), **{name: bindparam(name) for name in names}),
            rows,
        )
        return done.rowcount == len(rows)

    def touch(self, connection: Connection, entries: Sequence[Entry], now: float) -> None:
        """Write everything but state and content, which a verdict may be ending right now."""
        if not entries:
            return
        rows = []
        for entry in entries:
            row = self._row(entry, now)
            for name in ("first_seen", "root_id", "state", "sha256", "revision"):
                row.pop(name)
            row["row_key"] = row.pop("path_key")
            rows.append(row)
        names = [name for name in rows[0] if name != "row_key"]
        connection.execute(
            update(journal)
            .where(journal.c.root_id == self.record.id, journal.c.path_key == bindparam("row_key"))
            .values({name: bindparam(name) for name in names}),
            rows,
        )

    def forget(self, connection: Connection, entries: Iterable[Entry]) -> None:
        """Delete rows of names that never had content: locks, temporary files."""
        if keys := [{"row_key": entry.key} for entry in entries]:
            connection.execute(
                delete(journal).where(
                    journal.c.root_id == self.record.id,
                    journal.c.path_key == bindparam("row_key"),
                ),
                keys,
            )

    def owed_among(self, paths: Mapping[str, str]) -> set[str]:
        """Which of these paths, by the keys of their rows, are pending now in the database."""
        keys = dict(paths)
        with self.database.read() as connection:
            found = connection.execute(
                select(journal.c.path_key).where(
                    journal.c.root_id == self.record.id,
                    journal.c.path_key.in_(keys),
                    journal.c.state.in_(PENDING),
                )
            )
            return {keys[key] for key in found.scalars()}

    def mark_handed(self, changes: Sequence[Change]) -> None:
        """Say that these bundles were given to whoever judges; their verdicts are owed still."""
        rows = [
            {"row_key": file.key, "row_sha": file.sha256}
            for change in changes
            for file in change.files
        ]
        if not rows:
            return
        with self.database.write() as connection:
            connection.execute(
                update(journal)
                .where(
                    journal.c.root_id == self.record.id,
                    journal.c.path_key == bindparam("row_key"),
                    journal.c.sha256 == bindparam("row_sha"),
                    journal.c.state == FileState.SETTLED,
                )
                .values(state=FileState.HANDED),
                rows,
            )

    def _row(self, entry: Entry, now: float) -> dict[str, Any]:
        seen = entry.signature
        return {
            "root_id": self.record.id,
            "path_key": entry.key,
            "device": seen.device,
            "inode": seen.inode,
            "size": seen.size,
            "mtime_ns": seen.mtime_ns,
            "ctime_ns": seen.ctime_ns,
            "sha256": entry.sha256 or None,
            "state": entry.state,
            "attempts": entry.attempts,
            "next_try": entry.next_try,
            "first_seen": now,
            "last_seen": now,
            "revision": entry.revision,
            "reason": entry.reason,
            "missing_since": entry.missing_since,
        }


def facts_key(root_id: int) -> str:
    """Under which key of ``meta`` the facts of a root stand."""
    return f"watch/{root_id}"


def read_entries(connection: Connection, root_id: int) -> list[Entry]:
    """Every row of one root. Sealed rows have no path, only what they are found by."""
    rows = connection.execute(select(journal).where(journal.c.root_id == root_id))
    return [_entry(row) for row in rows.mappings()]


def _entry(row: RowMapping) -> Entry:
    state = FileState(row["state"])
    return Entry(
        path="" if is_tag(row["path_key"]) else path_from_key(row["path_key"]),
        state=state,
        signature=Signature(
            row["size"] or 0,
            row["mtime_ns"] or 0,
            row["ctime_ns"] or 0,
            row["inode"] or 0,
            row["device"] or 0,
        ),
        sha256=row["sha256"] or "",
        revision=row["revision"],
        reason=row["reason"],
        attempts=row["attempts"],
        next_try=row["next_try"],
        missing_since=row["missing_since"],
        stored=row["path_key"],
    )


def mark_judged(connection: Connection, change: Change, document_id: int | None = None) -> None:
    """End the pending state of a bundle, in the transaction that stores its verdict.

    Only for the bytes the change named: a file saved again meanwhile stays pending. With the
    verdict in one transaction, a kill at any moment leaves both or neither.
    """
    where = journal.c.root_id == change.root_id
    values: dict[str, object] = {"state": FileState.JUDGED}
    if document_id is not None:
        values["document_id"] = document_id
    for file in change.files:
        same = and_(where, journal.c.path_key == file.key, journal.c.sha256 == file.sha256)
        waiting = or_(journal.c.state == FileState.SETTLED, journal.c.state == FileState.HANDED)
        connection.execute(update(journal).where(same, waiting).values(**values))
    for path in change.gone:
        inner = os.path.relpath(path, change.root)
        connection.execute(
            update(journal)
            .where(where, journal.c.path_key == path_key(inner), journal.c.state == FileState.LEFT)
            .values(state=FileState.GONE)
        )
