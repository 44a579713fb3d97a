"""The files of one root between disk and journal: noticed, held, read, missed, gone."""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from gongkai import moment
from gongkai.settings import Layout
from gongkai.store.database import Database
from gongkai.store.paths import path_key
from gongkai.store.stopped_places import held_tags
from gongkai.watch.holding import Holding
from gongkai.watch.ignore import Reason
from gongkai.watch.inventory import Inventory
from gongkai.watch.journal import DEPARTED, PENDING, Entry, FileState, Journal, read_entries
from gongkai.watch.scan import Busy, Changed, Settled, Sighting, Signature, look, read_still
from gongkai.watch.sealing import Sealing, Tag
from gongkai.watch.tree import Tree

_NOWHERE = Signature(0, 0, 0, 0, 0)


@dataclass(slots=True)
class _Batch:
    """Rows to be written in one transaction, by path: what is known last is written."""

    added: dict[str, Entry] = field(default_factory=dict)
    replaced: dict[str, Entry] = field(default_factory=dict)
    touched: dict[str, Entry] = field(default_factory=dict)
    forgotten: dict[str, Entry] = field(default_factory=dict)


class Tracking:
    """What becomes of each file. Nothing is true before ``commit`` has returned.

    ``stale`` says that rows were changed by somebody else (a quarantine, a release) and the
    journal has to be read anew. ``settled`` counts files read to the end.
    ``changed`` are paths whose bundle is owed a verdict, with the moment they changed;
    ``missing`` those not seen at their last look, with the moment of the first one.
    """

    def __init__(
        self, journal: Journal, tree: Tree, layout: Layout, holding: Holding, tag: Tag | None
    ) -> None:
        self._journal, self._tree, self._layout, self._tag = journal, tree, layout, tag
        self.holding = holding
        self.inventory = Inventory(layout)
        self.changed: dict[str, float] = {}
        self.missing: dict[str, float] = {}
        self.stale = False
        self.settled = 0
        self._reread: set[str] = set()
        self._batch = _Batch()
        self._held: frozenset[str] = frozenset()

    @property
    def _database(self) -> Database:
        return self._journal.database

    def reload(self) -> None:
        """Know again what the journal says."""
        self._batch, self.stale = _Batch(), False
        with self._database.read() as connection:
            entries = read_entries(connection, self._journal.record.id)
            if self._tag is not None:
                self._held = held_tags(connection, self._journal.record.id)
        self.inventory = Inventory(self._layout, entries)

    def resume(self, now: float) -> None:
        """Take up what an earlier run left without a verdict, once its files were seen."""
        for entry in self.inventory:
            if entry.state in PENDING:
                self.changed.setdefault(entry.path, now)

    # --- seen -------------------------------------------------------------------------

    def notice(self, sighting: Sighting, now: float, revision: int = 1) -> None:
        """A name was seen: hold it if it is new or different."""
        path = self._tree.inner(sighting.path)
        entry = self.inventory.get(path)
        if entry is None:
            entry = self._unsealed(path)
        if sighting.reason is not None:
            self._pass_over(path, sighting, entry, now)
        elif entry is None or entry.state is FileState.NOT_TAKEN:
            fresh = Entry(path, FileState.SEEN, sighting.signature, revision=revision)
            self._put(fresh, self._batch.added if entry is None else self._batch.replaced)
            self.holding.hold(path, sighting.signature, now)
        else:
            self._notice_known(entry, sighting, now)

    def unseal(self, sightings: Iterable[Sighting]) -> None:
        """Know all of these again before any is judged by its neighbours."""
        if self.inventory.sealed:
            for sighting in sightings:
                path = self._tree.inner(sighting.path)
                if self.inventory.get(path) is None:
                    self._unsealed(path)

    def _unsealed(self, path: str) -> Entry | None:
        if self._tag is None or not self.inventory.sealed:
            return None
        return self.inventory.unseal(path, self._tag(self._journal.record.id, path))

    def let_go(self, now: float) -> None:
        """Take up what was kept without a name and has been let go: it is read anew."""
        if self._tag is None:
            return
        kept = {e.path: e for e in self.inventory if e.state is FileState.QUARANTINED}
        if not kept:
            return
        for path in kept.keys() - self._sealing(self._held).names(kept, self.inventory.in_place):
            fresh = replace(kept[path], state=FileState.SEEN, sha256="", signature=_NOWHERE)
            self._put(fresh, self._batch.replaced)
            self.holding.hold(path, kept[path].signature, now)

    def held_back(self, connection: Connection, paths: Sequence[str]) -> set[str]:
        """Those of ``paths`` whose names may not be written down in this transaction."""
        if self._tag is None or not paths:
            return set()
        held = self._journal.held_tags(connection)
        return self._sealing(held).names(paths, self.inventory.in_place)

    def _sealing(self, held: frozenset[str]) -> Sealing:
        assert self._tag is not None
        return Sealing(self._tag, self._journal.record.id, self._layout, held)

    def _notice_known(self, entry: Entry, sighting: Sighting, now: float) -> None:
        if entry.missing_since is not None and entry.state not in DEPARTED:
            self.missing.pop(entry.path, None)
            entry = replace(entry, missing_since=None)
            self._put(entry, self._batch.touched)
        settled = entry.taken and entry.state not in DEPARTED
        if settled and entry.signature == sighting.signature:
            self.holding.release(entry.path)
        else:
            self.holding.hold(entry.path, sighting.signature, now)

    def _pass_over(self, path: str, sighting: Sighting, entry: Entry | None, now: float) -> None:
        """Record a name that is not taken, with its reason; a paper turned link has gone."""
        if entry is not None and entry.taken:
            self.miss(entry, now)
            return
        self.holding.release(path)
        passed = Entry(path, FileState.NOT_TAKEN, sighting.signature, reason=str(sighting.reason))
        if entry is None:
            self._put(passed, self._batch.added)
        elif entry.reason != passed.reason or entry.state is not FileState.NOT_TAKEN:
            self._put(passed, self._batch.replaced)

    # --- missed -----------------------------------------------------------------------

    def miss(self, entry: Entry, now: float) -> None:
        """A known name is not there. What never had content is forgotten; the rest is held."""
        self.holding.release(entry.path)
        if not entry.taken:
            self.inventory.remove(entry.path)
            self.changed.pop(entry.path, None)
            self._batch.replaced.pop(entry.path, None)
            self._batch.touched.pop(entry.path, None)
            if self._batch.added.pop(entry.path, None) is None:
                self._batch.forgotten[entry.path] = entry
        elif entry.sealed:
            # Its row stays, by its keyed hash, until somebody has ruled on it.
            self.changed.pop(entry.path, None)
            self.inventory.reseal(entry)
        elif entry.state in DEPARTED:
            return
        else:
            self.missing.setdefault(entry.path, now)
            if entry.missing_since is None:
                self._put(replace(entry, missing_since=time.time()), self._batch.touched)

    def overdue(self, now: float) -> list[Entry]:
        """Files missed for the quiet time: due for the look that decides."""
        found = []
        for path, since in list(self.missing.items()):
            entry = self.inventory.get(path)
            if entry is None or entry.missing_since is None or entry.state in DEPARTED:
                del self.missing[path]
            elif now - since >= self.holding.quiet:
                found.append(entry)
        return found

    def believe_gone(self, entries: Sequence[Entry], now: float) -> None:
        """Look once more; what is still not there has left its bundle."""
        for entry in entries:
            self.missing.pop(entry.path, None)
            sighting = look(self._tree.outer(entry.path))
            if sighting is not None and sighting.reason is None:
                self.notice(sighting, now)
            else:
                self._depart(entry)

    def _depart(self, entry: Entry) -> None:
        since = entry.missing_since or time.time()
        self._put(replace(entry, state=FileState.LEFT, missing_since=since), self._batch.replaced)
        self.changed[entry.path] = time.monotonic()

    # --- read -------------------------------------------------------------------------

    def settle_due(self, now: float, *, departures: bool) -> None:
        """Read what has held still. ``departures``: whether a move may be believed."""
        for path, signature in self.holding.due(now):
            result = read_still(self._tree.outer(path), signature)
            if isinstance(result, Changed):
                self._still_changing(path, result.signature, now)
            elif isinstance(result, Busy):
                self._try_later(path, signature, Reason.BUSY, now)
            elif not result.whole and not self.holding.given_up_on_whole(path, signature, now):
                self._try_later(path, signature, Reason.DAMAGED, now)
            else:
                self._settle(path, result, departures=departures)

    def _still_changing(self, path: str, signature: Signature | None, now: float) -> None:
        self.holding.release(path)
        if signature is not None:
            self.holding.hold(path, signature, now)
        elif (entry := self.inventory.get(path)) is not None:
            self.miss(entry, now)

    def _try_later(self, path: str, signature: Signature, reason: Reason, now: float) -> None:
        entry = self.inventory.get(path)
        if entry is None:
            self.holding.release(path)
            return
        before = entry.attempts if entry.reason == reason else 0
        trial = self.holding.try_later(path, signature, now, before)
        wait = trial.next_try - now
        waiting = replace(
            entry,
            reason=reason,
            attempts=trial.attempts,
            next_try=None if math.isinf(wait) else time.time() + wait,
        )
        # The signature stays that of the recorded bytes: after a restart the two still differ.
        self._put(waiting, self._batch.touched)

    def _settle(self, path: str, result: Settled, *, departures: bool) -> None:
        self.holding.release(path)
        self.settled += 1
        entry = self.inventory.get(path)
        if entry is None:
            return
        holder = self.inventory.holder(result.signature)
        same = entry.sha256 == result.sha256 and entry.state not in DEPARTED
        settled = replace(
            entry,
            state=entry.state if same else FileState.SETTLED,
            signature=result.signature,
            sha256=result.sha256,
            revision=_revision(entry, result),
            reason="" if result.whole else Reason.DAMAGED,
            attempts=0,
            next_try=None,
            missing_since=None,
        )
        self._put(settled, self._batch.touched if same else self._batch.replaced)
        if same:
            self._reread.add(path)
            return
        self.changed[path] = time.monotonic()
        if departures and holder is not None and holder.path != path:
            self._believe_move(holder, settled)

    def _believe_move(self, old: Entry, new: Entry) -> None:
        """A file now lies elsewhere on the same inode; unless both names are there, it moved."""
        if old.state in DEPARTED or old.sha256 != new.sha256:
            return
        still = look(self._tree.outer(old.path))
        if still is None or still.signature.inode != new.signature.inode:
            self.believe_gone([old], time.monotonic())

    # --- written ----------------------------------------------------------------------

    def _put(self, entry: Entry, rows: dict[str, Entry]) -> None:
        self.inventory.put(entry)
        batch = self._batch
        if entry.path in batch.added:
            rows = batch.added
        elif rows is batch.touched and entry.path in batch.replaced:
            rows = batch.replaced
        elif rows is batch.replaced:
            batch.touched.pop(entry.path, None)
        rows[entry.path] = entry

    def commit(self, baseline: bool = False) -> None:
        """Write everything since the last commit; with ``baseline``, that it was the first day."""
        batch, self._batch = self._batch, _Batch()
        if batch.added or batch.replaced or batch.touched or batch.forgotten or baseline:
            with self._database.write() as connection:
                self._write(connection, batch)
                if baseline:
                    self._journal.note_root(connection, baseline_at=moment.now())
        if self._reread:
            # Whoever judges may have read it while the same bytes were being written once more,
            # and dropped what did not fit.
            known = (self.inventory.get(path) for path in self._reread)
            for path in self._journal.owed_among({e.key: e.path for e in known if e}):
                self.changed[path] = time.monotonic()
            self._reread.clear()

    def _write(self, connection: Connection, batch: _Batch) -> None:
        now = time.time()
        tags = self._tags(connection, batch)
        self._journal.forget(connection, list(batch.forgotten.values()))
        added = [replace(e, stored=tags.get(path, "")) for path, e in batch.added.items()]
        # Rows of the same names, sealed since the journal was read.
        self._journal.forget(connection, [entry for entry in added if entry.sealed])
        self._journal.add(connection, added, now)
        keys = {
            path: tags.get(path, path_key(path) if e.state is FileState.SETTLED else e.key)
            for path, e in batch.replaced.items()
        }
        if not self._journal.replace(connection, list(batch.replaced.values()), now, keys):
            self.stale = True
        for path, key in {**{e.path: e.key for e in added}, **keys}.items():
            if (entry := self.inventory.get(path)) is not None and entry.key != key:
                self.inventory.put(replace(entry, stored=key))
        self._journal.touch(connection, list(batch.touched.values()), now)

    def _tags(self, connection: Connection, batch: _Batch) -> dict[str, str]:
        """What stands for the names in a batch that may not be written down, by path."""
        if self._tag is None or not (batch.added or batch.replaced):
            return {}
        held = self._journal.held_tags(connection)
        if held != self._held:
            # Somebody has stopped a paper, or let one go: its rows have other keys now.
            self.stale = True
        sealing = self._sealing(held)
        paths = [*batch.added, *batch.replaced]
        return {path: sealing.tag(path) for path in sealing.names(paths, self.inventory.in_place)}


def _revision(entry: Entry, result: Settled) -> int:
    """One more for new content; 0 stays 0 only for the very file of the first day."""
    if entry.taken:
        return entry.revision + (entry.sha256 != result.sha256)
    if entry.revision == 0 and entry.signature != result.signature:
        return 1
    return entry.revision
