"""What ``gongkai status`` says about the watch, from the database alone."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from sqlalchemy import select

from gongkai.settings import Folder, Office
from gongkai.store.database import Database
from gongkai.store.tables import meta, root
from gongkai.watch.handing import Site, owed, sites
from gongkai.watch.ignore import Reason, holds_open
from gongkai.watch.journal import DEPARTED, Entry, FileState, facts_key, read_entries


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A name that is not checked, and why: ``reason`` names ``watch.reason_<value>``."""

    path: Path
    reason: Reason


@dataclass(frozen=True, slots=True)
class RootStatus:
    """One watched folder as its watch last left it.

    ``state`` is "" before the first pass. ``pending`` counts bundles without a verdict,
    ``reading`` files that hold still not yet, or could not be opened so far, ``sealed`` files
    whose names a stopped paper holds back, itself among them. ``directories``
    above ``limit`` means that inotify does not hear everything and full passes must find it.
    """

    code: str
    folder: Folder
    path: Path
    state: str = ""
    backend: str = ""
    listening: bool = False
    problem: str = ""
    last_full_pass: str = ""
    baseline_at: str = ""
    files: int = 0
    baseline: int = 0
    pending: int = 0
    reading: int = 0
    editing: tuple[Path, ...] = ()
    not_taken: tuple[NotTaken, ...] = ()
    damaged: tuple[Path, ...] = ()
    busy: tuple[Path, ...] = ()
    missing: int = 0
    sealed: int = 0
    directories: int = 0
    limit: int | None = None
    overflows: int = 0
    failures: int = 0

    @property
    def watched(self) -> bool:
        """Whether a watch has ever looked at this folder."""
        return bool(self.state)


@dataclass(frozen=True, slots=True)
class WatchStatus:
    """All folders of an office in the order of its settings."""

    roots: tuple[RootStatus, ...]

    @property
    def limit(self) -> int | None:
        """How many directories the watching process may listen to, as far as anybody says."""
        return min((each.limit for each in self.roots if each.limit is not None), default=None)

    @property
    def directories(self) -> int:
        """How many directories need a watch, over all roots that listen."""
        return sum(each.directories for each in self.roots if each.listening)

    @property
    def beside_stopped(self) -> int:
        """How many files wait because of a stopped paper, that paper among them."""
        return sum(each.sealed for each in self.roots)

    @property
    def over_limit(self) -> bool:
        """Whether some directories cannot be listened to (fs.inotify.max_user_watches)."""
        return self.limit is not None and self.directories > self.limit


def watch_status(office: Office, database: Database) -> WatchStatus:
    """How the watch stands; works while it runs in another process, and when it does not."""
    known = {site.folder: site for site in sites(office, database)}
    found = []
    for folder in office.settings.folder:
        site = known.get(folder)
        if site is None:
            found.append(RootStatus("", folder, office.folder_path(folder)))
        else:
            found.append(_root_status(site, database))
    return WatchStatus(tuple(found))


def _root_status(site: Site, database: Database) -> RootStatus:
    with database.read() as connection:
        row = connection.execute(select(root).where(root.c.id == site.root_id)).one()
        text = connection.execute(
            select(meta.c.value).where(meta.c.key == facts_key(site.root_id))
        ).scalar()
        entries = read_entries(connection, site.root_id)
    facts: Mapping[str, Any] = json.loads(text) if text else {}
    live = [e for e in entries if e.taken and e.state not in DEPARTED]
    paths = [(site.path / e.path, e) for e in entries if e.path]
    return RootStatus(
        code=row.code,
        folder=site.folder,
        path=site.path,
        state=str(facts.get("state", "")),
        backend=str(facts.get("backend", row.backend)),
        listening=bool(facts.get("listening", False)),
        problem=str(facts.get("problem", "")),
        last_full_pass=row.last_full_pass or "",
        baseline_at=row.baseline_at or "",
        files=len(live),
        baseline=sum(1 for e in live if e.revision == 0),
        pending=len(owed(site, entries)),
        reading=sum(1 for e in entries if e.state is FileState.SEEN or e.next_try is not None),
        editing=_editing(site, entries),
        not_taken=(
            *(NotTaken(site.path / p, Reason.UNLISTED) for p in facts.get("unlisted", ())),
            *(NotTaken(p, Reason(e.reason)) for p, e in paths if _worth_telling(e)),
        ),
        damaged=tuple(path for path, e in paths if e.reason == Reason.DAMAGED),
        busy=tuple(path for path, e in paths if e.reason == Reason.BUSY),
        missing=sum(1 for e in live if e.missing_since is not None),
        sealed=sum(1 for e in live if e.sealed),
        directories=int(facts.get("directories", 0)),
        limit=facts.get("limit"),
        overflows=int(facts.get("overflows", 0)),
        failures=int(facts.get("failures", 0)),
    )


def _worth_telling(entry: Entry) -> bool:
    """Whether a name that is not taken is shown.

    Locks are not: ``editing`` tells what they mean, and the lock of a stopped paper would name
    it when nothing else does any more (A6).
    """
    return entry.state is FileState.NOT_TAKEN and entry.reason != Reason.LOCK


def _editing(site: Site, entries: Sequence[Entry]) -> tuple[Path, ...]:
    """Documents somebody has open now, told by the lock file beside them."""
    locks = [
        PurePosixPath(e.path)
        for e in entries
        if e.state is FileState.NOT_TAKEN and e.reason == Reason.LOCK
    ]
    if not locks:
        return ()
    folders = Counter(lock.parent for lock in locks)
    found = [
        site.path / name
        for e in entries
        if e.path and e.state is not FileState.NOT_TAKEN and e.state not in DEPARTED
        for name in [PurePosixPath(e.path)]
        if name.parent in folders
        and any(lock.parent == name.parent and holds_open(lock.name, name.name) for lock in locks)
    ]
    return tuple(sorted(found))
