from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from gongkai.settings import Office, parse_settings
from gongkai.store.database import Database
from gongkai.watch.changes import Change
from gongkai.watch.holding import Patience
from gongkai.watch.journal import mark_judged
from gongkai.watch.watcher import Watcher

QUICK = Patience(
    retries=(0.2, 0.2), damaged_seconds=60, damaged_attempts=2, root_check=0.2, handing_retry=0.2
)


class Bench:
    """An office in a temporary folder, a watch over it, and everything it handed on."""

    def __init__(self, root: Path, timing: str, folder: str) -> None:
        self.inbox = root / "送核"
        self.inbox.mkdir()
        text = f'[[folder]]\npath = "送核"\nstage = "submitted"\n{folder}\n[watching]\n{timing}\n'
        self.office = Office(root, parse_settings(text, "gongkai.toml"))
        self.database = Database(self.office.database_url)
        self.database.migrate()
        self.changes: list[Change] = []

    def on_change(self, changes: Sequence[Change]) -> None:
        with self.database.write() as connection:
            for change in changes:
                mark_judged(connection, change)
        self.changes += changes

    def watcher(self, patience: Patience = QUICK) -> Watcher:
        return Watcher(self.office, self.database, self.on_change, patience=patience)

    @contextmanager
    def watching(self, patience: Patience = QUICK) -> Iterator[None]:
        """Watch inside the block, which begins when the first full pass is over."""
        from gongkai.watch.status import watch_status

        watcher = self.watcher(patience)
        watcher.start()
        try:
            self.until(lambda: bool(watch_status(self.office, self.database).roots[0].baseline_at))
            yield
        finally:
            watcher.stop()

    def until(self, true: Callable[[], bool], seconds: float = 20) -> None:
        deadline = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < deadline, "waited in vain"
            time.sleep(0.02)

    def latest(self, bundle: str) -> Change | None:
        return next((c for c in reversed(self.changes) if c.bundle == bundle), None)

    def until_handed(self, bundle: str, data: bytes, seconds: float = 20) -> Change:
        """Wait until the newest change of a bundle holds a file with these bytes."""
        import hashlib

        wanted = hashlib.sha256(data).hexdigest()

        def arrived() -> bool:
            change = self.latest(bundle)
            return change is not None and wanted in {file.sha256 for file in change.files}

        self.until(arrived, seconds)
        found = self.latest(bundle)
        assert found is not None
        return found


MakeBench = Callable[..., Bench]


@pytest.fixture
def make_bench(tmp_path: Path) -> Iterator[MakeBench]:
    made: list[Bench] = []

    def make(timing: str = "quiet = 0.3\nfull_pass = 600", folder: str = "") -> Bench:
        made.append(Bench(tmp_path, timing, folder))
        return made[-1]

    yield make
    for bench in made:
        bench.database.close()


@pytest.fixture
def bench(make_bench: MakeBench) -> Bench:
    return make_bench()
