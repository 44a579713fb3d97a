"""Handing bundles on: whole, when none of their files is still changing."""

from __future__ import annotations

import logging
import time

from gongkai.watch.changes import Change, OnChange
from gongkai.watch.grouping import Group, Place, group_place
from gongkai.watch.handing import Site, change_of
from gongkai.watch.holding import Patience
from gongkai.watch.journal import Journal
from gongkai.watch.tracking import Tracking

log = logging.getLogger(__name__)


class Handover:
    """Turns changed paths into bundles and gives them to whoever judges."""

    def __init__(
        self, site: Site, journal: Journal, tracking: Tracking, on_change: OnChange, p: Patience
    ) -> None:
        self._site, self._journal, self._tracking = site, journal, tracking
        self._on_change, self._patience = on_change, p
        self._members: dict[str, tuple[str, ...]] = {}
        self.not_before = 0.0
        self._calm_until = 0.0
        self.failures = 0

    def remember(self) -> None:
        """Learn which files make a document in folders where only names tell them apart."""
        inventory = self._tracking.inventory
        for spot in {inventory.place(entry.path) for entry in inventory if entry.taken}:
            if not spot.whole:
                for found in group_place(spot, inventory.in_place(spot)):
                    self._members.setdefault(found.key, found.files)

    def hand_on(self, now: float) -> None:
        """Give on what is ready; when it is not taken, come again later with the same."""
        if not self._tracking.changed or now < max(self.not_before, self._calm_until):
            return
        changes, done = self._ready(now)
        # In a flat folder of thousands, telling documents apart must not slow a burst down.
        self._calm_until = now + 3 * (time.monotonic() - now)
        if changes:
            try:
                self._on_change(changes)
            except Exception:
                log.exception("root %s: handing on will be repeated", self._journal.record.code)
                self.failures += 1
                self.not_before = now + self._patience.handing_retry
                return
            self._journal.mark_handed(changes)
        for path in done:
            self._tracking.changed.pop(path, None)

    def _ready(self, now: float) -> tuple[list[Change], set[str]]:
        """Bundles changed and quiet, and the changed paths they answer for."""
        inventory = self._tracking.inventory
        changes: list[Change] = []
        done: set[str] = set()
        spots: dict[Place, None] = dict.fromkeys(
            inventory.place(path) for path in self._tracking.changed
        )
        for spot in spots:
            for found in group_place(spot, inventory.in_place(spot)):
                if not self._is_due(spot, found, now):
                    continue
                if not spot.whole:
                    self._members[found.key] = found.files
                done.update(path for path in found.files if path in self._tracking.changed)
                if (change := change_of(self._site, found, inventory)) is not None:
                    changes.append(change)
        # What is no document any more, a sealed path for one, answers to no bundle.
        done.update(p for p in self._tracking.changed if not inventory.is_document(p))
        return changes, done

    def _is_due(self, spot: Place, found: Group, now: float) -> bool:
        """Whether a document changed, or a neighbour's coming regrouped it, and all is quiet."""
        tracking = self._tracking
        moments = [tracking.changed[path] for path in found.files if path in tracking.changed]
        regrouped = not spot.whole and self._members.get(found.key, found.files) != found.files
        if not moments and not regrouped:
            return False
        if not any(tracking.holding.holds(p) or p in tracking.missing for p in found.files):
            return True
        return bool(moments) and now - min(moments) >= self._patience.bundle_seconds
