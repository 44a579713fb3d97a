"""One watched root: hints and passes in, settled bundles out. The journal decides."""

from __future__ import annotations

import logging
import math
import os
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from gongkai import moment
from gongkai.settings import Backend, Watching
from gongkai.store.database import Database
from gongkai.watch.backends import watch_limit
from gongkai.watch.changes import OnChange
from gongkai.watch.events import Hintbox, Hints, Listener, OverflowAlarm
from gongkai.watch.handing import Site
from gongkai.watch.handover import Handover
from gongkai.watch.holding import Holding, Patience
from gongkai.watch.journal import DEPARTED, Entry, Journal
from gongkai.watch.roots import AWAY, Identity, RootState, assess, identify
from gongkai.watch.scan import Survey, look, survey
from gongkai.watch.sealing import Tag
from gongkai.watch.tracking import Tracking
from gongkai.watch.tree import Tree, parents

log = logging.getLogger(__name__)

_FACTS_AGE = 60.0
_SHOWN_UNLISTED = 20


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What every root of an office shares."""

    database: Database
    watching: Watching
    patience: Patience
    on_change: OnChange
    alarm: OverflowAlarm
    tag: Tag | None = None


class RootWatch:
    """The watch over one root. Everything but hints happens in one thread."""

    def __init__(
        self,
        site: Site,
        journal: Journal,
        backend: Backend,
        apart: frozenset[str],
        shared: Surroundings,
    ) -> None:
        self.site, self.journal, self.backend, self._shared = site, journal, backend, shared
        self._tree = Tree(str(site.path), apart)
        self.box = Hintbox()
        timing = shared.watching
        quiet = timing.quiet if backend is Backend.NATIVE else timing.quiet_polling
        self._tracking = Tracking(
            journal, self._tree, site.folder.layout, Holding(quiet, shared.patience), shared.tag
        )
        self._handover = Handover(site, journal, self._tracking, shared.on_change, shared.patience)
        record = journal.record
        self._identity = Identity.recorded(record.device, record.marker)
        self._baseline_taken = record.baseline_at is not None
        self._resumed = False
        self._listener: Listener | None = None
        self._listened_to: Identity | None = None
        self._problem = ""
        self.state = RootState.PRESENT
        self._last_pass, self._pass_seconds, self._directories = -math.inf, 0.0, 0
        self._unlisted: list[str] = []
        self._last_check = self._facts_at = -math.inf
        self._facts: dict[str, object] = {}
        self._failures = 0

    # --- the loop ---------------------------------------------------------------------

    def run(self, stopping: threading.Event) -> None:
        """Watch until ``stopping`` is set. No single file and no single trouble ends it."""
        self._shared.alarm.attach(self.box)
        try:
            while not stopping.is_set():
                try:
                    self.step(self.box.take(self._seconds_to_wait()))
                except Exception:
                    log.exception("watching root %s: will look again", self.journal.record.code)
                    self._failures += 1
                    self._last_pass = -math.inf
                    stopping.wait(1.0)
        finally:
            self._stop_listening()
            self._shared.alarm.detach(self.box)

    def once(self) -> None:
        """One full pass, and everything that settles from it handed on.

        A file that never holds still is left to the next pass.
        """
        self.step(Hints(everywhere=True), listen=False)
        tracking = self._tracking
        settled, moved_on = tracking.settled, time.monotonic()
        while self.state not in AWAY and (
            len(tracking.holding) or tracking.missing or tracking.changed
        ):
            now = time.monotonic()
            if tracking.settled != settled:
                settled, moved_on = tracking.settled, now
            patience = self._shared.patience.bundle_seconds + tracking.holding.quiet
            if self._handover.not_before > now or now - moved_on > patience:
                break
            self.step(self.box.take(min(self._seconds_to_wait(), 0.2)), listen=False)

    def step(self, hints: Hints, *, listen: bool = True) -> None:
        """Look where the hints say, read what has become quiet, hand on what is whole."""
        now = time.monotonic()
        if now - self._last_check >= self._shared.patience.root_check or hints.everywhere:
            self._last_check = now
            self._check_root(listen=listen)
        if self.state in AWAY:
            return
        if hints.everywhere or now >= self._last_pass + self._interval():
            self._full_pass()
        else:
            self._look_at(hints)
        self._believe_missing()
        self._tracking.settle_due(time.monotonic(), departures=self.state is RootState.PRESENT)
        self._tracking.commit()
        if self._tracking.stale:
            self._last_pass = -math.inf
        self._handover.hand_on(time.monotonic())

    def _seconds_to_wait(self) -> float:
        now, tracking = time.monotonic(), self._tracking
        moments = [self._last_check + self._shared.patience.root_check]
        if self.state not in AWAY:
            moments += [self._last_pass + self._interval(), tracking.holding.next_due()]
            moments += [since + tracking.holding.quiet for since in tracking.missing.values()]
            if tracking.changed:
                moments.append(max(self._handover.not_before, now + 0.2))
        return max(0.0, min(moments) - now)

    def _interval(self) -> float:
        """Seconds between full passes; a slow disk is not scanned without pause."""
        timing = self._shared.watching
        if self._listener is not None:
            return max(timing.full_pass, 20 * self._pass_seconds)
        return max(timing.poll_interval, 4 * self._pass_seconds)

    # --- the root itself --------------------------------------------------------------

    def _check_root(self, *, listen: bool) -> None:
        found = identify(self.site.path)
        if isinstance(found, RootState):
            self._last_pass = -math.inf
            if self.state is not found:
                self.state = found
                self._stop_listening()
                self._note_facts()
            return
        if self.state in AWAY:
            self.state = RootState.PRESENT
            self._last_pass = -math.inf
        if not listen:
            return
        self._shared.alarm.attach(self.box)
        if self.backend is not Backend.NATIVE:
            return
        if self._listener and (not self._listener.alive or self._listened_to != found):
            self._stop_listening()
        if self._listener is None:
            self._start_listening(found)

    def _start_listening(self, found: Identity) -> None:
        try:
            self._listener = Listener(self._tree.top, self.box)
        except OSError as error:
            problem = error.strerror or type(error).__name__
            if problem != self._problem:
                log.warning("root %s raises no events: %s", self.journal.record.code, problem)
            self._problem = problem
            return
        self._problem, self._listened_to = "", found
        # What was saved before the first event could be heard.
        self._last_pass = -math.inf

    def _stop_listening(self) -> None:
        if self._listener is not None:
            self._listener.stop()
            self._listener = None

    # --- looking ----------------------------------------------------------------------

    def _full_pass(self) -> None:
        """Compare the whole tree with the journal as it stands in the database."""
        begun = time.monotonic()
        found = identify(self.site.path)
        if isinstance(found, RootState):
            self._last_check = -math.inf
            return
        tracking = self._tracking
        tracking.reload()
        tracking.holding.try_all(begun)
        seen = survey([self._tree.top], self._tree.apart)
        self._assess(found, seen)
        if self._baseline_taken:
            self._compare(seen, list(tracking.inventory))
        else:
            self._take_baseline(seen)
        tracking.let_go(begun)
        if not self._resumed:
            tracking.resume(begun)
            self._resumed = True
        self._handover.remember()
        self._directories = seen.directories
        self._unlisted = [self._tree.inner(path) for path in seen.unlisted[:_SHOWN_UNLISTED]]
        self._last_pass = time.monotonic()
        self._pass_seconds = self._last_pass - begun
        self._note_facts(passed=True)

    def _assess(self, found: Identity, seen: Survey) -> None:
        paths = {self._tree.inner(s.path) for s in seen.sightings if s.reason is None}
        known = self._live()
        familiar = sum(1 for entry in known if entry.path in paths)
        self.state = assess(
            self._identity, found, known=len(known), familiar=familiar, seen=len(paths)
        )
        if self.state is RootState.PRESENT and self._identity != found:
            with self._shared.database.write() as connection:
                self.journal.note_root(connection, device=found.device, marker=found.marker)
            self._identity = found

    def _live(self) -> list[Entry]:
        return [e for e in self._tracking.inventory if e.taken and e.state not in DEPARTED]

    def _take_baseline(self, seen: Survey) -> None:
        """Record in one transaction what lies here on the first day; it is not judged (A5)."""
        now = time.monotonic()
        for sighting in seen.sightings:
            self._tracking.notice(sighting, now, revision=0)
        self._tracking.commit(baseline=True)
        self._baseline_taken = True

    def _look_at(self, hints: Hints) -> None:
        if not (hints.files or hints.trees):
            return
        tree = self._tree
        folders = frozenset(tree.inner(path) for path in hints.trees if tree.owns(path))
        if "." in folders:
            self._last_check = -math.inf
            folders -= {"."}
        tops = [tree.outer(f) for f in folders if not any(p in folders for p in parents(f))]
        seen = survey([top for top in tops if not os.path.islink(top)], tree.apart)  # noqa: PTH114
        known = self._tracking.inventory.below(folders) if folders else []
        sightings = list(seen.sightings)
        for path in filter(tree.owns, hints.files):
            if (sighting := look(path)) is not None:
                sightings.append(sighting)
            elif (entry := self._tracking.inventory.get(tree.inner(path))) is not None:
                known.append(entry)
        self._compare(Survey(tuple(sightings), 0, seen.unlisted), known)

    def _compare(self, seen: Survey, known: Iterable[Entry]) -> None:
        """Note what is new or different, and which of the ``known`` are not there."""
        now, tree = time.monotonic(), self._tree
        paths = set()
        self._tracking.unseal(seen.sightings)
        for sighting in seen.sightings:
            paths.add(tree.inner(sighting.path))
            self._tracking.notice(sighting, now)
        unlisted = frozenset(tree.inner(path) for path in seen.unlisted)
        for entry in known:
            if entry.path in paths or "." in unlisted:
                continue
            if not (unlisted and any(parent in unlisted for parent in parents(entry.path))):
                self._tracking.miss(entry, now)
        self._tracking.commit()

    def _believe_missing(self) -> None:
        """Believe at a second look that a file is gone, and only in a root that is itself."""
        tracking, now = self._tracking, time.monotonic()
        if self.state is not RootState.PRESENT:
            tracking.missing.clear()
            return
        if not (overdue := tracking.overdue(now)):
            return
        if identify(self.site.path) != self._identity:
            self._last_check = self._last_pass = -math.inf
        elif len(overdue) > 1 and len(overdue) == len(self._live()):
            self.state = RootState.EMPTIED
        else:
            tracking.believe_gone(overdue, now)
            tracking.commit()

    # --- telling ----------------------------------------------------------------------

    def _unlisted_and_named(self, connection: Connection) -> list[str]:
        """Folders that cannot be listed, without those a stopped paper lies in."""
        inside = {f"{folder}/*": folder for folder in self._unlisted}
        held = self._tracking.held_back(connection, list(inside))
        return [folder for path, folder in inside.items() if path not in held]

    def _note_facts(self, *, passed: bool = False) -> None:
        """Keep what ``gongkai status`` shows; a poller does not write on every pass."""
        now = time.monotonic()
        facts: dict[str, object] = {
            "state": self.state,
            "backend": self.backend,
            "listening": self._listener is not None,
            "problem": self._problem,
            "directories": self._directories,
            "limit": watch_limit(),
            "unlisted": self._unlisted,
            "overflows": self._shared.alarm.count,
            "failures": self._failures + self._handover.failures,
        }
        if facts == self._facts and now - self._facts_at < _FACTS_AGE:
            return
        self._facts, self._facts_at = facts, now
        with self._shared.database.write() as connection:
            named = self._unlisted_and_named(connection)
            self.journal.note_facts(connection, {**facts, "unlisted": named})
            self.journal.note_root(connection, backend=self.backend)
            if passed:
                self.journal.note_root(connection, last_full_pass=moment.now())
