"""Checkpoints: the chain's head, signed and handed to somebody else.

A checkpoint is made over the last row before its own: a row cannot hold a signature of its own
hash. Its own row, the next one, holds the statement and its signature and is covered by the
next checkpoint.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, func, insert, select

from gongkai.errors import StoreError
from gongkai.store import chain, tables
from gongkai.store.chain_format import ERASED, GENESIS
from gongkai.store.checkpoint_format import Checkpoint, Statement
from gongkai.store.database import Database
from gongkai.store.signing_key import Act, Signer, signer
from gongkai.store.verification import ChainReport, verify

MADE = "checkpoint.made"


@dataclass(frozen=True, slots=True)
class Stored:
    """A checkpoint as the office's own database has it.

    ``checkpoint`` is None where its row of the chain holds no statement that can be read, or
    another one than the table.
    """

    seq: int
    made_at: str
    kept_by: str
    note: str
    checkpoint: Checkpoint | None


def make(
    connection: Connection,
    key: Signer,
    verified: ChainReport,
    act: Act,
    keeping: tuple[str, str],
) -> Stored:
    """Sign the chain's head and record that; ``keeping`` is who keeps it, and a note.

    ``verified`` is a report of just now: nobody signs a chain that does not fit. Raises
    ``StoreError`` for one that does not.
    """
    if not verified.ok:
        raise StoreError("checkpoint_chain_broken", seq=verified.rows + 1)
    head = chain.head(connection)
    statement = Statement(
        office=act.office,
        chain=chain_name(connection),
        seq=head.seq,
        hash=head.hash,
        made_at=act.at,
        made_by=act.actor,
        erased=verified.erased + _erased_since(connection, verified.rows),
        previous=_previous(connection),
        key=key.public,
    )
    checkpoint = Checkpoint(statement, key.sign(statement.text))
    kept_by, note = keeping
    connection.execute(
        insert(tables.checkpoint).values(
            seq=head.seq,
            hash=head.hash,
            made_at=act.at,
            made_by=act.actor,
            kept_by=kept_by,
            note=note,
            signature=checkpoint.signature,
            public_key=statement.key,
        )
    )
    payload = {
        "statement": statement.text,
        "signature": checkpoint.signature,
        "kept_by": kept_by,
        "note": note,
    }
    chain.append(connection, MADE, f"checkpoint:{head.seq}", payload, act.actor, act.at)
    return Stored(head.seq, act.at, kept_by, note, checkpoint)


def record(database: Database, folder: Path, act: Act, keeping: tuple[str, str]) -> Stored:
    """Verify the whole chain, then sign its head with the key in the office's data folder."""
    with database.read() as connection:
        verified = verify(connection)
    with database.write() as connection:
        return make(connection, signer(connection, folder, act), verified, act, keeping)


def chain_name(connection: Connection) -> str:
    """The hash of row 1, which no other chain has; "" for an empty one."""
    found = connection.execute(select(tables.chain.c.hash).where(tables.chain.c.seq == 1)).scalar()
    return found or ""


def _erased_since(connection: Connection, seq: int) -> int:
    return connection.execute(
        select(func.count())
        .select_from(tables.chain)
        .where(tables.chain.c.seq > seq, tables.chain.c.kind == ERASED)
    ).scalar_one()


def _previous(connection: Connection) -> str:
    last = latest(connection)
    if last is None:
        return GENESIS
    if last.checkpoint is None:
        raise StoreError("checkpoint_record_lost", seq=last.seq)
    return last.checkpoint.digest


def latest(connection: Connection) -> Stored | None:
    """The last checkpoint made."""
    row = connection.execute(_STORED.order_by(tables.checkpoint.c.id.desc()).limit(1)).first()
    return None if row is None else _stored(*row)


def stored(connection: Connection) -> tuple[Stored, ...]:
    """Every checkpoint made, oldest first."""
    rows = connection.execute(_STORED.order_by(tables.checkpoint.c.id))
    return tuple(_stored(*row) for row in rows)


def missing(connection: Connection) -> tuple[int, ...]:
    """Rows of the chain that record a checkpoint the table does not have."""
    rows = connection.execute(
        select(tables.chain.c.seq)
        .outerjoin(tables.checkpoint, tables.checkpoint.c.seq == tables.chain.c.seq - 1)
        .where(tables.chain.c.kind == MADE, tables.checkpoint.c.id.is_(None))
        .order_by(tables.chain.c.seq)
    )
    return tuple(rows.scalars())


_STORED = select(
    tables.checkpoint.c.seq,
    tables.checkpoint.c.made_at,
    tables.checkpoint.c.kept_by,
    tables.checkpoint.c.note,
    tables.checkpoint.c.hash,
    tables.checkpoint.c.signature,
    tables.checkpoint.c.public_key,
    tables.payload.c.body,
).outerjoin(tables.payload, tables.payload.c.seq == tables.checkpoint.c.seq + 1)


def _stored(
    seq: int,
    made_at: str,
    kept_by: str,
    note: str,
    digest: str,
    signature: str,
    key: str,
    body: str | None,
) -> Stored:
    checkpoint = _recorded(body)
    if checkpoint is not None:
        statement = checkpoint.statement
        recorded = (statement.seq, statement.hash, statement.key, checkpoint.signature)
        if recorded != (seq, digest, key, signature):
            checkpoint = None
    return Stored(seq, made_at, kept_by, note, checkpoint)


def _recorded(body: str | None) -> Checkpoint | None:
    """The checkpoint in the payload of its own row; None where there is none to read."""
    if body is None:
        return None
    try:
        data = json.loads(body)["data"]
        return Checkpoint(Statement.of(data["statement"]), data["signature"])
    except (ValueError, KeyError, TypeError):
        return None
