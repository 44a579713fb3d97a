"""Verifying the register's chain, and loading a profile."""

from __future__ import annotations

import hashlib
import resource
import sqlite3
import subprocess
import sys
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
from gongkai.store.chain_export import Payloads, export, place_verifier
from gongkai.store.database import Database
from gongkai.store.signing_key import Act
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
            alone = [alone_of(database, Path(folder), which) for which in Payloads]
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
    for which, exporting, verifying in alone:
        scale = MILLION / sizes.rows
        yield Line(
            "chain",
            f"1,000,000 rows exported, contents: {which}",
            exporting * scale,
            Unit.SECONDS,
            note=f"CPU; {note}".rstrip("; "),
        )
        yield Line(
            "chain",
            f"… verified by the stand-alone verifier, contents: {which}",
            verifying * scale,
            Unit.SECONDS,
            note=f"CPU; {note}".rstrip("; "),
        )


def alone_of(database: Database, folder: Path, which: Payloads) -> tuple[Payloads, float, float]:
    """CPU seconds of an export, and of the process an auditor starts."""
    target = folder / f"{which}.jsonl"
    begin = time.process_time()
    export(database, target, which, Act("", "", "2026-03-05T09:00:00+08:00"))
    exporting = time.process_time() - begin
    program = place_verifier(folder)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-I", "-S", str(program), str(target)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    target.unlink()
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return which, exporting, spent


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
