"""Walking the chain from its first row to its head, believing nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import OperationalError

from gongkai.errors import StoreError
from gongkai.store import tables
from gongkai.store.chain import Head, head
from gongkai.store.chain_format import (
    ALGORITHM,
    ERASED,
    GENESIS,
    SALT_BYTES,
    commitment_of,
    hash_of,
)

_BATCH = 5_000


class ProblemCode(StrEnum):
    """What does not fit, at the first row where something does not."""

    ROW_MISSING = "row_missing"
    LINK_BROKEN = "link_broken"
    ROW_CHANGED = "row_changed"
    ROW_UNREADABLE = "row_unreadable"
    ALGORITHM_UNKNOWN = "algorithm_unknown"
    PAYLOAD_MISSING = "payload_missing"
    PAYLOAD_CHANGED = "payload_changed"
    PAYLOAD_STRAY = "payload_stray"
    ERASURE_UNRECORDED = "erasure_unrecorded"
    ERASURE_UNDONE = "erasure_undone"
    HEAD_DIFFERS = "head_differs"
    CHECKPOINT_DIFFERS = "checkpoint_differs"
    CHECKPOINT_BEYOND = "checkpoint_beyond"


@dataclass(frozen=True, slots=True)
class Problem:
    """The first thing that does not fit, and the row number where.

    For ``ROW_UNREADABLE`` the row is that one or one of the next few thousand.
    """

    code: ProblemCode
    seq: int


@dataclass(frozen=True, slots=True)
class ChainReport:
    """``rows`` fit before the first problem, if there is one; ``erased`` of them without payload.

    ``head`` is the last row that fits: worth keeping somewhere else. ``confirmed`` is the last
    row that a checkpoint handed in confirms, 0 for none.
    """

    rows: int
    erased: int
    head: Head
    problem: Problem | None = None
    confirmed: int = 0

    @property
    def ok(self) -> bool:
        """Whether everything fits."""
        return self.problem is None


@dataclass(slots=True)
class _Walk:
    known: dict[int, set[str]]
    seq: int = 0
    prev: str = GENESIS
    confirmed: int = 0
    erased: set[int] = field(default_factory=set)
    erasures: set[int] = field(default_factory=set)

    def step(self, row: Sequence[Any]) -> ProblemCode | None:
        """Check one row against the last one, and move on to it if it fits."""
        seq, prev, digest, kind, subject, at, commitment, algorithm, owner, salt, body = row
        wanted = self.seq + 1
        if seq != wanted:
            return ProblemCode.ROW_MISSING
        if algorithm != ALGORITHM:
            return ProblemCode.ALGORITHM_UNKNOWN
        if prev != self.prev:
            return ProblemCode.LINK_BROKEN
        if digest != hash_of(wanted, self.prev, kind, subject, at, commitment):
            return ProblemCode.ROW_CHANGED
        if wanted in self.known and not all(map(digest.startswith, self.known[wanted])):
            return ProblemCode.CHECKPOINT_DIFFERS
        if owner is None:
            return ProblemCode.PAYLOAD_MISSING
        if salt is None and body is None:
            self.erased.add(wanted)
        elif not _fits(salt, body, commitment):
            return ProblemCode.PAYLOAD_CHANGED
        if kind == ERASED and (target := subject.removeprefix("chain:")).isdecimal():
            self.erasures.add(int(target))
        if wanted in self.known:
            self.confirmed = wanted
        self.seq, self.prev = wanted, digest
        return None


def _fits(salt: object, body: object, commitment: object) -> bool:
    return (
        isinstance(salt, bytes)
        and isinstance(body, str)
        and len(salt) == SALT_BYTES
        and commitment_of(salt, body) == commitment
    )


def verify(connection: Connection, checkpoints: Iterable[Head] = ()) -> ChainReport:
    """Recompute every hash, row by row; memory does not grow with the chain.

    ``checkpoints`` are heads somebody else kept. Without one, a chain rewritten from some
    row to its end, head included, looks whole. Of a hash somebody typed in the first digits
    are enough.
    """
    walk = _Walk(_by_number(checkpoints))
    try:
        with connection.execution_options(yield_per=_BATCH).execute(_ROWS) as rows:
            for row in rows:
                if (code := walk.step(row)) is not None:
                    return _report(walk, Problem(code, walk.seq + 1))
    except OperationalError as error:
        if "decode" not in str(error.orig):
            raise
        return _report(walk, Problem(ProblemCode.ROW_UNREADABLE, walk.seq + 1))
    return _report(walk, _last_problem(connection, walk))


_ROWS = (
    select(
        tables.chain.c.seq,
        tables.chain.c.prev,
        tables.chain.c.hash,
        tables.chain.c.kind,
        tables.chain.c.subject,
        tables.chain.c.at,
        tables.chain.c.commitment,
        tables.chain.c.algorithm,
        tables.payload.c.seq.label("owner"),
        tables.payload.c.salt,
        tables.payload.c.body,
    )
    .outerjoin(tables.payload, tables.payload.c.seq == tables.chain.c.seq)
    .order_by(tables.chain.c.seq)
)


def _report(walk: _Walk, problem: Problem | None) -> ChainReport:
    head = Head(walk.seq, walk.prev)
    return ChainReport(walk.seq, len(walk.erased), head, problem, walk.confirmed)


def _by_number(checkpoints: Iterable[Head]) -> dict[int, set[str]]:
    """Two that contradict each other are both held against their row."""
    known: dict[int, set[str]] = {}
    for point in checkpoints:
        if point.seq > 0:
            known.setdefault(point.seq, set()).add(point.hash)
    return known


def _last_problem(connection: Connection, walk: _Walk) -> Problem | None:
    """What only shows once every row has been seen."""
    if cut := [seq for seq in walk.known if seq > walk.seq]:
        return Problem(ProblemCode.CHECKPOINT_BEYOND, min(cut))
    if unrecorded := walk.erased - walk.erasures:
        return Problem(ProblemCode.ERASURE_UNRECORDED, min(unrecorded))
    if undone := walk.erasures - walk.erased:
        return Problem(ProblemCode.ERASURE_UNDONE, min(undone))
    payloads = connection.execute(select(func.count()).select_from(tables.payload)).scalar_one()
    if payloads != walk.seq:
        return Problem(ProblemCode.PAYLOAD_STRAY, walk.seq)
    try:
        kept = head(connection)
    except StoreError:
        kept = None
    if kept != Head(walk.seq, walk.prev):
        return Problem(ProblemCode.HEAD_DIFFERS, walk.seq)
    return None
