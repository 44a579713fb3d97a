"""Verifying the register's chain, and loading a profile."""

from __future__ import annotations

import hashlib
import sqlite3
import tempfile
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

from benchmarks.lines import Goal, Line, Sizes, Unit, ratio_line
from benchmarks.rounds import compare
from gongkai.policy.loading import read_chain, validated
from gongkai.policy.profile import Profile
from gongkai.store.chain import Entry, extend
from gongkai.store.database import Database
from gongkai.store.verification import verify

MILLION = 1_000_000
BATCH = 5_000
GOAL = Goal(10)
LOCAL = "zhongwei_2022"


def chain(sizes: Sizes) -> Iterator[Line]:
    """A chain verified, against the least an auditor's own script has to do for it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "data" / "gongkai.db"
        with Database(f"sqlite:///{file}") as database:
            database.migrate()
            fill(database, sizes.rows)

            def ours() -> None:
                with database.read() as connection:
                    report = verify(connection)
                if not report.ok or report.rows != sizes.rows:
                    raise ValueError(f"the chain does not hold: {report.problem}")

            found = compare(ours, lambda: least(file), max(2, sizes.rounds // 3))
            begin = time.perf_counter()
            ours()
            wall = time.perf_counter() - begin
    yield ratio_line("chain", f"{sizes.rows:,} rows verified", found, None, "peer: bare sqlite3")
    million = [seconds * MILLION / sizes.rows for seconds in found.ours]
    note = "" if sizes.rows == MILLION else f"scaled from {sizes.rows:,}"
    yield Line(
        "chain",
        "1,000,000 rows verified, CPU",
        sorted(million)[len(million) // 2],
        Unit.SECONDS,
        (min(million), max(million)),
        GOAL,
        note=note,
    )
    yield Line(
        "chain",
        "1,000,000 rows verified, by the clock",
        wall * MILLION / sizes.rows,
        Unit.SECONDS,
        goal=GOAL,
        note=note,
    )


def fill(database: Database, rows: int) -> None:
    """``rows`` entries as a register writes them."""
    for first in range(0, rows, BATCH):
        entries = [
            Entry(
                "verdict.recorded",
                f"document:{number}",
                {"outcome": "clean", "findings": 3, "fingerprint": f"{number:064d}"},
                "gongkai",
                "2026-03-05T09:00:00+08:00",
            )
            for number in range(first, min(first + BATCH, rows))
        ]
        with database.write() as connection:
            extend(connection, entries)


def least(file: Path) -> int:
    """Read every row and its payload and hash both once; no comparison, no structure."""
    connection = sqlite3.connect(file)
    count = 0
    rows = connection.execute(
        "SELECT c.seq, c.prev, c.hash, c.kind, c.subject, c.at, c.commitment, p.salt, p.body"
        " FROM chain c LEFT JOIN payload p ON p.seq = c.seq ORDER BY c.seq"
    )
    for seq, prev, _, kind, subject, at, commitment, salt, body in rows:
        hashlib.sha256(salt + body.encode()).hexdigest()
        hashlib.sha256(f"{seq}{prev}{kind}{subject}{at}{commitment}".encode()).hexdigest()
        count += 1
    connection.close()
    return count


def profile(sizes: Sizes) -> Iterator[Line]:
    """A profile with its parent found, merged and validated, against parsing the TOML alone."""
    texts = [text for _, text in read_chain(LOCAL, ())]

    def cold() -> object:
        validated.cache_clear()
        return Profile(read_chain(LOCAL, ())).keys

    found = compare(cold, lambda: [tomllib.loads(text) for text in texts], sizes.rounds)
    yield ratio_line("profile", f"{LOCAL} loaded", found, None, "peer: tomllib, both files")
