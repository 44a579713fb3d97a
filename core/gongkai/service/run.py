"""The running service: changes in, records and messages out, nothing lost in between.

The watch's journal is the queue. What is under way here may die with the process: a bundle
without a verdict is handed on again at the next start.
"""

from __future__ import annotations

import heapq
import logging
import math
import queue
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event as Signal
from threading import Lock, Thread
from types import TracebackType
from typing import Self

from gongkai.errors import ConfigurationError, GongkaiError
from gongkai.examined import Examined, Stopped
from gongkai.examiner import Examiner
from gongkai.host import Host
from gongkai.model.move import Event
from gongkai.moment import now
from gongkai.policy.profile import load_profile
from gongkai.service.again import Requested
from gongkai.service.settle import ACTOR, Settler, Told
from gongkai.service.tell import Teller
from gongkai.settings import Folder, Office, refuse_overlaps
from gongkai.store.concealment import path_tag
from gongkai.store.database import Database
from gongkai.store.disk import refuse_open_folder
from gongkai.store.secrets import check_key, office_key
from gongkai.watch.changes import Change
from gongkai.watch.watcher import Watcher
from gongkai.workers.losses import CrewClosed

RETRY_SECONDS = 30.0
SCRUB_SECONDS = 5.0
PATIENCE_AT_END = 1.0
"""Seconds a hanging share may hold up the end; its thread dies with the process."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Done:
    change: Change
    answer: Future[Examined | Stopped]


@dataclass(order=True, frozen=True)
class _Later:
    due: float
    change: Change = field(compare=False)


class _Count:
    """A number several threads change."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.value = 0

    def add(self, amount: int) -> None:
        with self._lock:
            self.value += amount


class Service:
    """Watches an office's folders and answers every saved bundle.

    ``heard`` is called for each answer, from the recording thread; ``wanted`` chooses among
    the office's folders. Use it in a ``with`` block; ``run`` watches until stopped, ``once``
    reconciles and ends when all is answered that can be: what failed is owed to the next run.

    Raises ``ConfigurationError`` when the folders overlap or others can write to the data.
    """

    def __init__(
        self,
        office: Office,
        database: Database,
        heard: Callable[[Told], None] | None = None,
        wanted: Callable[[Folder], bool] = lambda folder: True,
    ) -> None:
        refuse_overlaps(office)
        refuse_open_folder(office.data)
        profile = load_profile(office.settings.profile, [office.profile_folder])
        key = office_key(office.data)
        with database.write() as connection:
            check_key(connection, key)
        self.settler = Settler(office, database, profile, key)
        self.watcher = Watcher(
            office,
            database,
            self._take,
            tag=lambda root_id, inner: path_tag(key, root_id, inner),
            wanted=wanted,
        )
        self._examiner = Examiner(office.root, size=office.settings.watching.workers)
        self._host = Host.assemble(office)
        self._heard = heard or (lambda told: None)
        self._queue: queue.Queue[Change | _Done | None] = queue.Queue()
        self._under_way = _Count()
        self._later: list[_Later] = []
        self._teller = Teller(self.settler)
        self._requested = Requested(office, database)
        self._closing = False
        self._scrub_next = 0.0
        self._thread = Thread(target=self._record_all, name="record", daemon=True)
        self.trouble: GongkaiError | None = None

    def __enter__(self) -> Self:
        try:
            self._examiner.ready()
        except BaseException:
            self._examiner.close()
            raise
        self._thread.start()
        if missing := self.limits_missing:
            log.warning("readers have no limit of: %s", ", ".join(sorted(missing)))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # Whatever has no verdict yet is owed to the next run.
        self._closing = True
        self.watcher.stop(PATIENCE_AT_END)
        self._examiner.close()
        self._queue.put(None)
        self._thread.join()
        with suppress(GongkaiError):
            self._scrub(math.inf)

    @property
    def limits_missing(self) -> frozenset[str]:
        """Limits this platform could not set on the readers."""
        return self._examiner.limits_missing

    @property
    def idle(self) -> bool:
        """Whether nothing is under way: all that was handed on has been answered."""
        return self._under_way.value == 0

    @property
    def _settled(self) -> bool:
        """Whether all that was handed on has been answered, or has to wait for a later try."""
        return self._under_way.value <= len(self._later)

    def run(self, stopping: Signal) -> None:
        """Watch until ``stopping`` is set; raises what makes going on senseless."""
        self.watcher.start()
        while not stopping.wait(0.5):
            if self.trouble:
                raise self.trouble
            try:
                self._take_requests()
                self._scrub(time.monotonic())
            except GongkaiError as error:
                log.warning("requests: %s", error.key)

    def once(self, stopping: Signal | None = None) -> None:
        """Reconcile every folder, answer what is owed, and return; sooner when told to stop."""
        self.watcher.once()
        self._take_requests()
        while not (self.trouble or self._settled or (stopping and stopping.is_set())):
            time.sleep(0.02)
        if self.trouble:
            raise self.trouble

    def _scrub(self, now: float) -> None:
        """Come back to an erasure that a reader of the database held up."""
        if self.settler.scrub_due and now >= self._scrub_next:
            self._scrub_next = now + SCRUB_SECONDS
            self.settler.scrub()

    def _take_requests(self) -> None:
        """Judge again what another process asked for."""
        if self._requested.folders():
            self.watcher.look_again()
        self._take(self._requested.changes())

    def _take(self, changes: Sequence[Change]) -> None:
        for change in changes:
            self._under_way.add(1)
            self._queue.put(change)

    def _record_all(self) -> None:
        while True:
            try:
                item = self._queue.get(timeout=self._seconds_to_wait())
            except queue.Empty:
                item = heapq.heappop(self._later).change
            if item is None:
                return
            if self._closing:
                continue
            change = item if isinstance(item, Change) else item.change
            try:
                told = self._examine(item) if isinstance(item, Change) else self._settle(item)
            except CrewClosed:
                continue
            except ConfigurationError as error:
                self.trouble = error
                self._under_way.add(-1)
            except GongkaiError as error:
                log.warning("root %s: a bundle waits: %s", change.root_id, error.key)
                self._try_later(change)
            except Exception:
                # One bundle must not end the service; it stays owed and is tried again.
                log.exception("root %s: a bundle could not be recorded", change.root_id)
                self._try_later(change)
            else:
                if told is not None:
                    self._answered(told)

    def _seconds_to_wait(self) -> float | None:
        return max(0.0, self._later[0].due - time.monotonic()) if self._later else None

    def _try_later(self, change: Change) -> None:
        heapq.heappush(self._later, _Later(time.monotonic() + RETRY_SECONDS, change))

    def _examine(self, change: Change) -> Told | None:
        """The answer when none of it has to be read; else None, and the reading begins."""
        if not change.files:
            return self.settler.settle_gone(change)
        request = self.settler.request(change)
        if isinstance(request, Stopped):
            return self.settler.settle_stopped(change, request)
        answer = self._examiner.submit(request)
        answer.add_done_callback(lambda done: self._queue.put(_Done(change, done)))
        return None

    def _settle(self, done: _Done) -> Told | None:
        answer = done.answer.result()
        if isinstance(answer, Stopped):
            return self.settler.settle_stopped(done.change, answer)
        told = self.settler.settle(done.change, answer)
        if told is None:
            # Saved again while it was read: the watch hands the new bytes on by itself.
            self._under_way.add(-1)
        return told

    def _answered(self, told: Told) -> None:
        """Tell everybody; what is recorded stands, whoever could not be told."""
        try:
            self._teller.tell(told)
            self._requested.judged(told.document)
            kind = f"bundle.{told.outcome}" if told.outcome else "bundle.gone"
            subject = f"document:{told.document}" if told.document else "document"
            log.info("root %s %s %s", told.change.root_id, subject, kind)
            for failure in self._host.on_event(Event(kind, subject, now(), ACTOR)):
                log.warning("%s", failure.text)
            self._heard(told)
        except Exception:
            log.exception("root %s: somebody could not be told", told.change.root_id)
        finally:
            self._under_way.add(-1)
