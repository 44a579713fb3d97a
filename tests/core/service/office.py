"""An office in a temporary folder, for tests of the running service."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import func, select

from gongkai.cli.init import lay_out
from gongkai.service.run import Service
from gongkai.service.settle import Told
from gongkai.settings import Office, load_office
from gongkai.store import tables
from gongkai.store.database import Database

FAST = "[watching]\nquiet = 0.2\nfull_pass = 2.0\nworkers = {}\n\n[contacts]"


def an_office(root: Path, extra: str = "", workers: int = 1) -> Office:
    """A laid-out office that looks often and keeps nobody waiting.

    A worker takes over a second to start: two are for what is about two.
    """
    office = lay_out(root / "office", "示例市人力资源和社会保障局", "张示例", "national_2019")
    file = office.root / "gongkai.toml"
    text = file.read_text("utf-8").replace("[contacts]", FAST.format(workers), 1)
    file.write_text(text + extra, "utf-8")
    return load_office(office.root)


def first_look(office: Office) -> None:
    """The pass over folders nobody has put a paper into: nothing is read, no worker is started."""
    with Database(office.database_url) as database:
        Service(office, database).watcher.once()


@contextmanager
def reconciling(office: Office) -> Iterator[Callable[[], list[Told]]]:
    """A service of this process; each call is one reconciliation and says what was answered."""
    heard: list[Told] = []

    with (
        Database(office.database_url) as database,
        Service(office, database, heard.append) as service,
    ):

        def once() -> list[Told]:
            heard.clear()
            service.once()
            return list(heard)

        yield once


def reconcile(office: Office) -> list[Told]:
    """One reconciliation by a service of its own; what was answered."""
    with reconciling(office) as once:
        return once()


def start_watch(office: Office) -> subprocess.Popen[bytes]:
    """``gongkai watch`` as a process of its own."""
    return subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys; from gongkai.cli import main; sys.exit(main())",
            "--office",
            str(office.root),
            "watch",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def stop(process: subprocess.Popen[bytes]) -> bytes:
    """End a watch the way an operator does, and return what it said."""
    process.send_signal(signal.SIGTERM)
    _, said = process.communicate(timeout=30)
    return said


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a watch the way a power cut does; its workers die with it."""
    os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=30)


def wait_for(condition: Callable[[], bool], seconds: float = 30.0) -> None:
    """Wait until a condition holds; fails the test when it never does."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("it never came to that")


def verdicts(office: Office) -> list[tuple[int, str]]:
    """Document and outcome of every stored verdict."""
    with Database(office.database_url) as database, database.read() as connection:
        rows = connection.execute(select(tables.verdict.c.document_id, tables.verdict.c.outcome))
        return [(row.document_id, row.outcome) for row in rows]


def count_verdicts(office: Office) -> int:
    """How many verdicts are stored."""
    with Database(office.database_url) as database, database.read() as connection:
        number: int = connection.execute(
            select(func.count()).select_from(tables.verdict)
        ).scalar_one()
        return number


def save(path: Path, data: bytes) -> Path:
    """Save a file, making its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path
