"""The chain as one file for somebody outside: JSON Lines, verifiable without gongkai.

docs/verifying.md describes the lines. The file holds every row; of the payloads those the
caller chose, so that an auditor of the register sees no more than the register.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from typing import BinaryIO, cast

from sqlalchemy import Connection, select

from gongkai.errors import ActionRefused, ConfigurationError
from gongkai.store import audit, chain, checkpoints, tables
from gongkai.store.checkpoints import chain_name
from gongkai.store.database import Database
from gongkai.store.signing_key import Act, recorded
from gongkai.store.whole_file import whole_file

FORMAT = "gongkai-chain-export-1"
VERIFIER = "verify_gongkai_register.py"
_REGISTER = "register."
_BATCH = 5_000


class Payloads(StrEnum):
    """Which payloads go out with their salt; all other rows stay commitments."""

    ALL = "all"
    REGISTER = "register"
    NONE = "none"

    def include(self, kind: str) -> bool:
        """Whether the payload of a row of this kind goes out."""
        return self is Payloads.ALL or (self is Payloads.REGISTER and kind.startswith(_REGISTER))


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: rows, payloads among them, checkpoints, and the file's own digest."""

    rows: int
    payloads: int
    checkpoints: int
    sha256: str


def export(database: Database, target: Path, which: Payloads, act: Act) -> Exported:
    """Write the chain as it stands to a new file, gzipped where its name ends in ".gz".

    That it goes out is itself a row, written first and so part of the file. Raises
    ``ActionRefused`` when there is such a file, ``ConfigurationError`` when it cannot be
    written.
    """
    if target.exists():
        raise ActionRefused("chain_export_exists", file=str(target))
    with database.write() as connection:
        seq = chain.head(connection).seq
        audit.record(
            connection, "chain_exported", f"chain:{seq}", act.actor, act.at, {"payloads": which}
        )
    try:
        with whole_file(target) as stream, database.read() as connection:
            return _write(connection, stream, target.suffix == ".gz", which, act)
    except OSError as error:
        problem = error.strerror or type(error).__name__
        raise ConfigurationError(
            "chain_export_unwritten", file=str(target), problem=problem
        ) from error


def place_verifier(folder: Path) -> Path:
    """Put the stand-alone verifier into a folder; returns the file."""
    target = folder / VERIFIER
    with whole_file(target) as stream:
        stream.write(verifier())
    return target


def verifier() -> bytes:
    """The stand-alone verifier as it is shipped."""
    return files("gongkai").joinpath(f"verifier/{VERIFIER}").read_bytes()


class _Lines:
    """A file that counts and hashes what is written to it."""

    def __init__(self, stream: BinaryIO) -> None:
        self.count = 0
        self.digest = hashlib.sha256()
        self._stream = stream
        self._encode = json.JSONEncoder(
            ensure_ascii=False, sort_keys=True, separators=(",", ":")
        ).encode

    def write(self, value: object) -> None:
        data = self._encode(value).encode("utf-8", "replace") + b"\n"
        self.count += 1
        self.digest.update(data)
        self._stream.write(data)


def _write(
    connection: Connection, stream: BinaryIO, zipped: bool, which: Payloads, act: Act
) -> Exported:
    with ExitStack() as stack:
        if zipped:
            # No name and no time in its head: the same chain gives the same bytes.
            packed = gzip.GzipFile("", "wb", 6, stream, mtime=0)
            stream = cast(BinaryIO, stack.enter_context(packed))
        lines = _Lines(stream)
        lines.write(_header(connection, which, act))
        for key in recorded(connection):
            lines.write(
                {
                    "type": "key",
                    "seq": key.seq,
                    "statement": key.statement,
                    "own": key.own,
                    "by_previous": key.by_previous,
                }
            )
        signed = [c for item in checkpoints.stored(connection) if (c := item.checkpoint)]
        for checkpoint in signed:
            lines.write(
                {
                    "type": "checkpoint",
                    "statement": checkpoint.statement.text,
                    "signature": checkpoint.signature,
                }
            )
        rows = payloads = 0
        for row in _rows(connection, which):
            rows += 1
            payloads += isinstance(row["payload"], dict)
            lines.write(row)
        digest = lines.digest.hexdigest()
        lines.write({"type": "end", "lines": lines.count, "sha256": digest})
    return Exported(rows, payloads, len(signed), digest)


def _header(connection: Connection, which: Payloads, act: Act) -> dict[str, object]:
    head = chain.head(connection)
    return {
        "type": "header",
        "format": FORMAT,
        "office": act.office,
        "chain": chain_name(connection),
        "rows": head.seq,
        "head": head.hash,
        "payloads": which,
        "made_at": act.at,
        "made_by": act.actor,
    }


def _rows(connection: Connection, which: Payloads) -> Iterator[dict[str, object]]:
    beside = tables.payload.c
    found = connection.execution_options(yield_per=_BATCH).execute(
        select(*(tables.chain.c[name] for name in _COLUMNS), beside.salt, beside.body)
        .outerjoin(tables.payload, beside.seq == tables.chain.c.seq)
        .order_by(tables.chain.c.seq)
    )
    with found:
        for *columns, salt, body in found:
            row: dict[str, object] = dict(zip(_COLUMNS, columns, strict=True))
            row["type"] = "row"
            row["payload"] = _payload(str(row["kind"]), salt, body, which)
            yield row


_COLUMNS = ("seq", "prev", "hash", "kind", "subject", "at", "commitment", "algorithm")


def _payload(kind: str, salt: bytes | None, body: str | None, which: Payloads) -> object:
    if salt is None or body is None:
        return "erased"
    if not which.include(kind):
        return "left out"
    return {"salt": salt.hex(), "body": body}
