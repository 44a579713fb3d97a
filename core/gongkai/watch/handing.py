"""From rows of the journal to the bundles that are handed on."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from gongkai.settings import Folder, Office
from gongkai.store.database import Database
from gongkai.store.paths import path_key
from gongkai.store.tables import root
from gongkai.watch.changes import Change, ChangedFile
from gongkai.watch.grouping import Group, group
from gongkai.watch.ignore import Reason
from gongkai.watch.inventory import Inventory
from gongkai.watch.journal import DEPARTED, PENDING, Entry, FileState, read_entries


@dataclass(frozen=True, slots=True)
class Site:
    """One watched root: its line in the settings, where it is, its row."""

    folder: Folder
    path: Path
    root_id: int


def change_of(site: Site, found: Group, inventory: Inventory) -> Change | None:
    """The bundle of a group as the inventory knows it; None when there is nothing to say."""
    entries = [entry for path in found.files if (entry := inventory.get(path)) is not None]
    here = [e for e in entries if _here(e)]
    present = here if any(entry.taken for entry in here) else []
    gone = tuple(site.path / e.path for e in entries if e.state is FileState.LEFT)
    if not present and not gone:
        return None
    files = tuple(_changed_file(site, found, entry, inventory) for entry in present)
    return Change(
        folder=site.folder,
        root=site.path,
        root_id=site.root_id,
        bundle=path_key(found.key),
        directory=site.path / found.directory,
        files=files,
        gone=gone,
        baseline=bool(files) and all(file.revision == 0 for file in files),
    )


def _here(entry: Entry) -> bool:
    """Whether a file belongs to its bundle now: one that cannot be taken does, unread or not."""
    return (
        (entry.taken or entry.reason in (Reason.BUSY, Reason.DAMAGED))
        and entry.state not in DEPARTED
        and entry.state is not FileState.NOT_TAKEN
        and entry.missing_since is None
    )


def _changed_file(site: Site, found: Group, entry: Entry, inventory: Inventory) -> ChangedFile:
    origin = inventory.origin(entry)
    return ChangedFile(
        path=site.path / entry.path,
        name=os.path.relpath(entry.path, found.directory or "."),
        inner=entry.path,
        sha256=entry.sha256,
        size=entry.signature.size,
        mtime_ns=entry.signature.mtime_ns,
        inode=entry.signature.inode,
        device=entry.signature.device,
        revision=entry.revision,
        damaged=entry.reason == Reason.DAMAGED,
        moved_from=site.path / origin.path if origin is not None else None,
        stored=entry.stored if entry.sealed else "",
    )


def owed(site: Site, entries: Iterable[Entry]) -> list[Change]:
    """Every bundle of one root that has no verdict on what lies there now."""
    inventory = Inventory(site.folder.layout, entries)
    names = [e.path for e in inventory if e.state not in (FileState.GONE, FileState.NOT_TAKEN)]
    found: list[Change] = []
    for each in group(names, site.folder.layout):
        states = {entry.state for path in each.files if (entry := inventory.get(path))}
        if states & PENDING and (change := change_of(site, each, inventory)) is not None:
            found.append(change)
    return found


def sites(
    office: Office, database: Database, wanted: Callable[[Folder], bool] = lambda folder: True
) -> list[Site]:
    """The watched roots the database knows, in the order of the settings."""
    with database.read() as connection:
        ids = {row.path_key: row.id for row in connection.execute(select(root))}
    found = []
    for folder in office.settings.folder:
        path = office.folder_path(folder)
        if wanted(folder) and (root_id := ids.get(path_key(path))) is not None:
            found.append(Site(folder, path, root_id))
    return found


def pending(office: Office, database: Database) -> tuple[Change, ...]:
    """Every bundle without a verdict, from the journal alone: the queue (design §4.16).

    A running ``Watcher`` hands these on by itself when it starts.
    """
    changes: list[Change] = []
    for site in sites(office, database):
        with database.read() as connection:
            changes += owed(site, read_entries(connection, site.root_id))
    return tuple(changes)
