"""Nothing that is saved is missed, whatever becomes of events, watches and processes.

Numbers are scaled to a few seconds each; GONGKAI_FULL=1 runs the sizes of the measurements.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from watchdog.observers.inotify_c import InotifyConstants, InotifyEvent, InotifyFD

from gongkai.settings import load_office
from gongkai.store.database import Database
from gongkai.store.tables import journal
from gongkai.watch.changes import Change
from gongkai.watch.events import Hintbox, OverflowAlarm
from gongkai.watch.journal import FileState
from gongkai.watch.status import RootStatus, watch_status
from gongkai.watch.watcher import Watcher

FULL = os.environ.get("GONGKAI_FULL") == "1"
PATIENCE = 240 if FULL else 60
HERE = Path(__file__).parent
CORE = HERE.parents[2] / "core"
LIMITED = (
    "unshare",
    "--user",
    "--map-root-user",
    "sh",
    "-c",
    'echo 20 > /proc/sys/user/max_inotify_watches && exec "$@"',
    "limited",
)

INTO_FOLDERS = """
import os, sys
top, count, folders = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
for n in range(count):
    folder = f"{top}/{n % folders:03}号"
    os.makedirs(folder, exist_ok=True)
    with open(f"{folder}/附件{n}.docx", "wb") as f:
        f.write(b"x" * 2000 + str(n).encode())
with open(top.encode() + b"/" + "公文".encode("gb18030") + b".docx", "wb") as f:
    f.write(b"1")
"""
INTO_TWO = """
import sys
top, first, second = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
for name, count in (("a", first), ("b", second)):
    for n in range(count):
        with open(f"{top}/{name}/{n}.docx", "wb") as f:
            f.write(name.encode() * 1000 + str(n).encode())
"""


class Watched:
    """An office whose watch runs in a process of its own."""

    def __init__(self, root: Path, timing: str) -> None:
        self.root, self.inbox = root, root / "送核"
        self.inbox.mkdir()
        (root / "gongkai.toml").write_text(
            f'[[folder]]\npath = "送核"\n[watching]\n{timing}\n', "utf-8"
        )
        self.office = load_office(root)
        self.database = Database(self.office.database_url)
        self.database.migrate()

    @contextmanager
    def process(self, prefix: Sequence[str] = ()) -> Iterator[subprocess.Popen[bytes]]:
        command = [*prefix, sys.executable, str(HERE / "watching_process.py"), str(self.root)]
        environment = {**os.environ, "PYTHONPATH": str(CORE), "PYTHONWARNINGS": "error"}
        with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
            try:
                assert process.stdout is not None
                assert process.stdout.readline() == b"watching\n"
                yield process
            finally:
                process.send_signal(signal.SIGCONT)
                process.terminate()
                try:
                    process.wait(20)
                except subprocess.TimeoutExpired:
                    process.kill()

    def judged(self) -> int:
        with self.database.read() as connection:
            return connection.execute(
                select(func.count()).where(journal.c.state == FileState.JUDGED)
            ).scalar_one()

    def status(self) -> RootStatus:
        return watch_status(self.office, self.database).roots[0]

    def until_judged(self, expected: int) -> None:
        deadline = time.monotonic() + PATIENCE
        while (found := self.judged()) < expected and time.monotonic() < deadline:
            time.sleep(0.1)
        assert found == expected

    def told_twice(self) -> list[str]:
        """Bundles told more than once in one and the same state."""
        with self.database.read() as connection:
            rows = connection.execute(
                text("SELECT bundle FROM told GROUP BY bundle, digest HAVING count(*) > 1")
            )
            return [row.bundle for row in rows]


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    made = Watched(tmp_path, "quiet = 0.5\nfull_pass = 3600")
    yield made
    made.database.close()


def write(script: str, *arguments: object) -> None:
    subprocess.run([sys.executable, "-c", script, *map(str, arguments)], check=True)


def test_a_burst_into_new_folders_is_found_whole(watched: Watched) -> None:
    count = 5000 if FULL else 1500

    with watched.process():
        write(INTO_FOLDERS, watched.inbox, count, 50)
        watched.until_judged(count + 1)

    assert watched.told_twice() == []


@pytest.mark.parametrize(
    "folders", [pytest.param(50, id="into new folders"), pytest.param(1, id="into one folder")]
)
def test_what_is_saved_while_the_watch_is_stopped_in_its_tracks(
    watched: Watched, folders: int
) -> None:
    count = 20_000 if FULL else 2500

    with watched.process() as process:
        process.send_signal(signal.SIGSTOP)
        write(INTO_FOLDERS, watched.inbox, count, folders)
        process.send_signal(signal.SIGCONT)
        watched.until_judged(count + 1)


def test_a_full_queue_of_the_kernel_loses_events_and_no_file(watched: Watched) -> None:
    first, second = (20_000, 500) if FULL else (9000, 100)
    (watched.inbox / "a").mkdir()
    (watched.inbox / "b").mkdir()

    with watched.process() as process:
        process.send_signal(signal.SIGSTOP)
        write(INTO_TWO, watched.inbox, first, second)
        process.send_signal(signal.SIGCONT)
        watched.until_judged(first + second)

    assert watched.status().overflows > 0, "the queue was not full: the test proves nothing"


def test_too_few_watches_make_it_slower_and_lose_nothing(tmp_path: Path) -> None:
    count = 5000 if FULL else 600
    watched = Watched(tmp_path, "quiet = 0.3\nfull_pass = 1.5")
    # Where user namespaces are forbidden, the limit stays and the passes still find everything.
    permitted = not subprocess.run([*LIMITED, "true"], check=False, capture_output=True).returncode
    try:
        with watched.process(LIMITED if permitted else ()):
            write(INTO_FOLDERS, watched.inbox, count, 50)
            watched.until_judged(count + 1)
        status = watch_status(watched.office, watched.database)
        assert status.directories == 51
        assert status.over_limit is permitted
    finally:
        watched.database.close()


def test_a_watch_killed_in_a_burst_loses_nothing_and_tells_nothing_twice(
    watched: Watched,
) -> None:
    count = 5000 if FULL else 1200
    pauses = (0.35, 0.9, 1.4)

    writer = None
    for pause in pauses:
        with watched.process() as process:
            if writer is None:
                writer = subprocess.Popen(
                    [sys.executable, "-c", SLOWLY, str(watched.inbox), str(count)]
                )
            time.sleep(pause)
            process.kill()
            process.wait()
    assert writer is not None
    with watched.process():
        writer.wait()
        watched.until_judged(count)

    assert watched.told_twice() == []
    assert watched.status().pending == 0


SLOWLY = """
import os, sys, time
top, count = sys.argv[1], int(sys.argv[2])
for n in range(count):
    folder = f"{top}/{n // 10:03}号"
    os.makedirs(folder, exist_ok=True)
    with open(f"{folder}/附件{n}.docx", "wb") as f:
        f.write(b"x" * 2000 + str(n).encode())
    time.sleep(4 / count)
"""


def test_a_watch_killed_on_its_first_day_still_knows_what_lay_there(watched: Watched) -> None:
    (watched.inbox / "老件.docx").write_bytes(b"old")
    with watched.process() as process:
        process.kill()  # noted, and not yet read: nothing has been quiet for long enough
        process.wait()
    (watched.inbox / "新件.docx").write_bytes(b"new")
    changes: list[Change] = []

    Watcher(watched.office, watched.database, changes.extend).once()

    assert {change.bundle: change.baseline for change in changes} == {"老件": True, "新件": False}


def test_the_overflow_warning_of_watchdog_is_heard_at_any_log_level() -> None:
    alarm, box, reader = OverflowAlarm(), Hintbox(), InotifyFD()
    application = logging.getLogger()
    level = application.level
    application.setLevel(logging.ERROR)
    alarm.attach(box)
    try:
        reader.handle_event(InotifyEvent(-1, InotifyConstants.IN_Q_OVERFLOW, 0, b""))
        hints = box.take(0)
    finally:
        alarm.detach(box)
        application.setLevel(level)
        reader.start()
        reader.stop()
        reader.join()

    assert alarm.count == 1
    assert hints.everywhere
