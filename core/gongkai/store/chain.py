"""One hash chain for everything that must not change unseen (REG-12).

A row holds a salted commitment to its payload; the payload lies beside it and can be erased
lawfully without breaking the chain. The chain shows changes to whoever kept an earlier head;
it prevents none.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from gongkai.errors import StoreError
from gongkai.store import tables
from gongkai.store.chain_format import (
    ALGORITHM,
    ERASED,
    GENESIS,
    SALT_BYTES,
    canonical,
    check_fields,
    commitment_of,
    hash_of,
)
from gongkai.store.database import Turn, take_turn

HEAD_KEY = "chain.head"


@dataclass(frozen=True, slots=True)
class Head:
    """The last row: print it or hand it to somebody else, and verify against it later."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that has happened, before it is a row.

    ``kind`` and ``subject`` are codes and stay for ever; ``actor`` and ``payload`` can be
    erased.
    """

    kind: str
    subject: str
    payload: Mapping[str, object]
    actor: str
    at: str


@dataclass(frozen=True, slots=True)
class Event:
    """A row with its payload; both parts of it are None once erased."""

    seq: int
    kind: str
    subject: str
    at: str
    actor: str | None
    payload: Mapping[str, object] | None


def append(
    connection: Connection,
    kind: str,
    subject: str,
    payload: Mapping[str, object],
    actor: str,
    at: str,
) -> int:
    """Add one row and return its number. Call it last: on PostgreSQL all others wait from here."""
    return extend(connection, [Entry(kind, subject, payload, actor, at)])[0]


def extend(connection: Connection, entries: Sequence[Entry]) -> range:
    """Add rows in order, together, and return their numbers."""
    take_turn(connection, Turn.CHAIN)
    before = head(connection)
    seq, prev = before.seq, before.hash
    rows, payloads = [], []
    for entry in entries:
        check_fields(entry.kind, entry.subject, entry.at)
        body = canonical({"actor": entry.actor, "data": entry.payload})
        salt = os.urandom(SALT_BYTES)
        commitment = commitment_of(salt, body)
        seq += 1
        digest = hash_of(seq, prev, entry.kind, entry.subject, entry.at, commitment)
        rows.append(
            {
                "seq": seq,
                "prev": prev,
                "hash": digest,
                "kind": entry.kind,
                "subject": entry.subject,
                "at": entry.at,
                "commitment": commitment,
                "algorithm": ALGORITHM,
            }
        )
        payloads.append({"seq": seq, "salt": salt, "body": body})
        prev = digest
    if rows:
        connection.execute(insert(tables.chain), rows)
        connection.execute(insert(tables.payload), payloads)
        _move_head(connection, before, Head(seq, prev))
    return range(before.seq + 1, seq + 1)


def head(connection: Connection) -> Head:
    """The last row's number and hash; number 0 for an empty chain.

    Kept apart from the rows: were it read from them, rows cut off the end would be
    forgotten by the next append.
    """
    value = connection.execute(
        select(tables.meta.c.value).where(tables.meta.c.key == HEAD_KEY)
    ).scalar()
    if value is None:
        if connection.execute(select(tables.chain.c.seq).limit(1)).first() is not None:
            raise StoreError("chain_head_missing")
        return Head(0, GENESIS)
    seq, _, digest = value.partition(" ")
    if not seq.isdecimal():
        raise StoreError("chain_head_missing")
    return Head(int(seq), digest)


def _move_head(connection: Connection, before: Head, after: Head) -> None:
    value = f"{after.seq} {after.hash}"
    if before.seq == 0:
        connection.execute(insert(tables.meta).values(key=HEAD_KEY, value=value))
    else:
        connection.execute(
            update(tables.meta).where(tables.meta.c.key == HEAD_KEY).values(value=value)
        )


_LASTING = (ERASED, "checkpoint.", "key.")


def erase(connection: Connection, seq: int, reason: str, actor: str, at: str) -> int:
    """Erase a payload lawfully; the row stays, and a row of its own says that and why.

    Raises ``StoreError`` for a row that does not exist, and for records of erasures, keys and
    checkpoints, without which nothing could be verified any more. Erasing twice records
    nothing new and returns 0.
    """
    return erase_all(connection, [seq], reason, actor, at)


def erase_all(connection: Connection, seqs: Sequence[int], reason: str, actor: str, at: str) -> int:
    """Erase several payloads; returns the number of the last erasure's row, 0 if none was left."""
    found = connection.execute(
        select(tables.chain.c.seq, tables.chain.c.kind, tables.payload.c.body)
        .outerjoin(tables.payload, tables.payload.c.seq == tables.chain.c.seq)
        .where(tables.chain.c.seq.in_(seqs))
        .order_by(tables.chain.c.seq)
    ).all()
    for wanted in set(seqs) - {row.seq for row in found if not row.kind.startswith(_LASTING)}:
        raise StoreError("chain_cannot_erase", seq=wanted)
    left = [row.seq for row in found if row.body is not None]
    if not left:
        return 0
    connection.execute(
        update(tables.payload).where(tables.payload.c.seq.in_(left)).values(salt=None, body=None)
    )
    records = [Entry(ERASED, f"chain:{seq}", {"reason": reason}, actor, at) for seq in left]
    return extend(connection, records)[-1]


def events(connection: Connection, subject: str) -> tuple[Event, ...]:
    """Everything that happened to one subject, oldest first."""
    rows = connection.execute(
        select(tables.chain, tables.payload.c.body)
        .outerjoin(tables.payload, tables.payload.c.seq == tables.chain.c.seq)
        .where(tables.chain.c.subject == subject)
        .order_by(tables.chain.c.seq)
    )
    return tuple(_event(row.seq, row.kind, row.subject, row.at, row.body) for row in rows)


def _event(seq: int, kind: str, subject: str, at: str, body: str | None) -> Event:
    if body is None:
        return Event(seq, kind, subject, at, None, None)
    content = json.loads(body)
    return Event(seq, kind, subject, at, content["actor"], content["data"])
