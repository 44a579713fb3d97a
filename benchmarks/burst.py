"""From the close of a file to its stored verdict, by the running service."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from threading import Event, Thread

from sqlalchemy import func, select

from benchmarks.lines import Goal, Line, Sizes, Unit
from gongkai.service.run import Service
from gongkai.service.settle import Told
from gongkai.settings import Office, load_office
from gongkai.store import tables
from gongkai.store.database import Database
from gongkai.watch.status import watch_status

QUIET = 0.5
PAUSE = 0.25
PATIENCE = 300.0
WARM_UP = 4
SETTINGS = f"""
[[folder]]
path = "送核"
stage = "submitted"
slip = "off"
[watching]
quiet = {QUIET}
workers = 2
"""
LATENCY = Goal(150)


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of saved bundles: seconds from close to verdict, first close to last verdict."""

    seconds: tuple[float, ...]
    span: float
    lost: int


def burst(sizes: Sizes) -> Iterator[Line]:
    """Single saves for the wait of one drafter, then all at once for the rate."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "送核").mkdir()
        (root / "gongkai.toml").write_text(SETTINGS, "utf-8")
        office = load_office(root)
        with Database(office.database_url) as database:
            database.migrate()
            with Watched(office, database) as watched:
                watched.answer(count=WARM_UP, pause=0, first=1)
                single = watched.answer(count=sizes.singles, pause=PAUSE, first=100)
                many = watched.answer(count=sizes.burst, pause=0, first=10_000)
            double = _double(database)
    case = f"{sizes.singles} saves, {PAUSE:g} s apart"
    yield from _waits(case, single.seconds, LATENCY)
    case = f"{sizes.burst} bundles saved at once"
    yield Line("burst", f"{case}: bundles", sizes.burst / many.span, Unit.PER_SECOND)
    yield from _waits(case, many.seconds, None)
    lost = single.lost + many.lost
    saved = WARM_UP + sizes.singles + sizes.burst
    yield Line("burst", f"lost of {saved}", lost, Unit.COUNT, goal=Goal(0))
    yield Line("burst", f"with two verdicts of {saved}", double, Unit.COUNT, goal=Goal(0))


class Watched:
    """A running service over one folder, and the moments at which it answered."""

    def __init__(self, office: Office, database: Database) -> None:
        self._inbox = office.folder_path(office.settings.folder[0])
        self._office, self._database = office, database
        self._told: dict[str, float] = {}
        self._stopping = Event()
        self._service = Service(office, database, self._hear)
        self._thread = Thread(target=self._service.run, args=(self._stopping,))

    def __enter__(self) -> Watched:
        self._service.__enter__()
        self._thread.start()
        _until(lambda: bool(watch_status(self._office, self._database).roots[0].baseline_at))
        return self

    def __exit__(self, *error: object) -> None:
        self._stopping.set()
        self._thread.join()
        self._service.__exit__(None, None, None)

    def answer(self, count: int, pause: float, first: int) -> Answered:
        """Have bundles saved by another process and wait for all their verdicts."""
        command = [sys.executable, "-m", "benchmarks.saver", str(self._inbox), str(count)]
        saver = subprocess.run(
            [*command, str(pause), str(first)],
            check=True,
            capture_output=True,
            text=True,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        )
        closed: dict[str, float] = dict(json.loads(line) for line in saver.stdout.splitlines())
        deadline = time.monotonic() + PATIENCE
        while not closed.keys() <= self._told.keys() and time.monotonic() < deadline:
            time.sleep(0.05)
        told = {name: self._told[name] for name in closed if name in self._told}
        seconds = tuple(at - closed[name] for name, at in told.items())
        span = max(told.values()) - min(closed.values())
        return Answered(seconds, span, len(closed) - len(told))

    def _hear(self, told: Told) -> None:
        # Heard after the commit, so the moment is a little late, never early.
        if told.verdict is not None:
            self._told.setdefault(told.change.directory.name, time.monotonic())


def _waits(case: str, seconds: Sequence[float], goal: Goal | None) -> Iterator[Line]:
    """Median and 95th percentile of the wait beyond the quiet period."""
    beyond = sorted((each - QUIET) * 1000 for each in seconds)
    cuts = quantiles(beyond, n=20, method="inclusive")
    note = f"beyond {QUIET:g} s of quiet"
    yield Line("burst", f"{case}: wait p50", cuts[9], Unit.MILLISECONDS, note=note)
    yield Line("burst", f"{case}: wait p95", cuts[18], Unit.MILLISECONDS, goal=goal, note=note)


def _double(database: Database) -> int:
    """Documents with more than one recorded verdict."""
    version, verdict = tables.version, tables.verdict
    with database.read() as connection:
        rows = connection.execute(
            select(version.c.document_id, func.count(verdict.c.id))
            .join(verdict, verdict.c.version_id == version.c.id)
            .group_by(version.c.document_id)
        ).all()
    return sum(1 for _, count in rows if count > 1)


def _until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > deadline:
            raise TimeoutError("the watch did not start")
        time.sleep(0.05)
