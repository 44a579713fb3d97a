"""The watch over all folders of an office."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from gongkai.mounts import current_mounts
from gongkai.settings import Folder, Office
from gongkai.store.database import Database
from gongkai.watch.backends import backend_for
from gongkai.watch.changes import Change, OnChange
from gongkai.watch.events import OverflowAlarm
from gongkai.watch.handing import Site
from gongkai.watch.holding import Patience
from gongkai.watch.journal import Journal
from gongkai.watch.root_watch import RootWatch, Surroundings
from gongkai.watch.sealing import Tag


class Watcher:
    """Hands on every bundle that is saved below the office's folders, once it holds still.

    ``on_change`` is called from the watch's own threads, one call at a time; it should queue
    and return. An exception from it means "not taken": the same bundles come again. Bundles
    without a verdict from an earlier run are handed on when the watch starts. Each root has a
    thread, so that a hanging share keeps nobody else waiting.
    """

    def __init__(
        self,
        office: Office,
        database: Database,
        on_change: OnChange,
        *,
        patience: Patience | None = None,
        tag: Tag | None = None,
        wanted: Callable[[Folder], bool] = lambda folder: True,
    ) -> None:
        self._office, self._database, self._wanted = office, database, wanted
        self._on_change = on_change
        self._turn = threading.Lock()
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []
        self._roots: list[RootWatch] = []
        self._surroundings = Surroundings(
            database=database,
            watching=office.settings.watching,
            patience=patience or Patience(),
            on_change=self._one_at_a_time,
            alarm=OverflowAlarm(),
            tag=tag,
        )

    def _one_at_a_time(self, changes: Sequence[Change]) -> None:
        with self._turn:
            self._on_change(changes)

    def start(self) -> None:
        """Watch from now on, beginning with a full pass over every root."""
        self._stopping.clear()
        self._roots = self._open()
        for root in self._roots:
            thread = threading.Thread(
                target=root.run, args=(self._stopping,), name=f"watch {root.journal.record.code}"
            )
            # A share that hangs in the kernel must not keep the process from ending.
            thread.daemon = True
            self._threads.append(thread)
            thread.start()

    def look_again(self) -> None:
        """Compare every root with the journal now: somebody else has changed its rows."""
        for root in self._roots:
            root.box.look_everywhere()

    def stop(self, seconds: float = 30.0) -> None:
        """Stop watching; returns when the threads have ended, or after ``seconds``."""
        self._stopping.set()
        for root in self._roots:
            root.box.wake()
        for thread in self._threads:
            thread.join(seconds)
        self._threads.clear()

    def once(self) -> None:
        """Reconcile every root with the journal, hand on what settles, and end."""
        for root in self._open():
            root.once()

    def _open(self) -> list[RootWatch]:
        mounts = current_mounts()
        folders = [folder for folder in self._office.settings.folder if self._wanted(folder)]
        paths = [self._office.folder_path(folder) for folder in folders]
        everywhere = frozenset(
            str(self._office.folder_path(folder)) for folder in self._office.settings.folder
        )
        roots = []
        for folder, path in zip(folders, paths, strict=True):
            journal = Journal(self._database, str(path))
            roots.append(
                RootWatch(
                    Site(folder, path, journal.record.id),
                    journal,
                    backend_for(str(path), mounts, folder.backend),
                    everywhere - {str(path)},
                    self._surroundings,
                )
            )
        return roots
