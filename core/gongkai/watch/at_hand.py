"""A document as it lies on disk now, for whoever does not wait for the watch.

The same files belong together as the watch finds them; only the journal is not asked.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from gongkai.settings import Folder, Layout, Office
from gongkai.store.database import Database
from gongkai.store.paths import path_key
from gongkai.watch.changes import Change, ChangedFile
from gongkai.watch.grouping import Group, group, place
from gongkai.watch.ignore import is_system_folder, reason_not_taken
from gongkai.watch.journal import Journal


def watched_folder(office: Office, path: Path) -> Folder | None:
    """The innermost watched folder a path lies in; None outside of all."""
    found = [f for f in office.settings.folder if path.is_relative_to(office.folder_path(f))]
    return max(found, key=lambda f: len(office.folder_path(f).parts), default=None)


def group_at(root: Path, layout: Layout, path: Path) -> Group:
    """The document a file below ``root`` belongs to."""
    inner = str(path.relative_to(root))
    spot = place(inner, layout)
    start = root / spot.directory if spot.directory else root
    listed = _below(start) if spot.whole else _inside(start)
    names = {str(file.relative_to(root)) for file in listed} | {inner}
    return next(each for each in group(names, layout) if inner in each.files)


def first_file(folder: Path) -> Path | None:
    """A file of the document that has this folder to itself; None where no paper lies."""
    return min(_inside(folder), default=None)


def change_at(office: Office, database: Database, folder: Folder, path: Path) -> Change:
    """The whole document a file of a watched folder belongs to, with its bytes as they are.

    A file that cannot be opened has no sha256, as in a change of the watch.
    """
    root = office.folder_path(folder)
    root_id = Journal(database, str(root)).record.id
    found = group_at(root, folder.layout, path)
    return Change(
        folder=folder,
        root=root,
        root_id=root_id,
        bundle=path_key(found.key),
        directory=root / found.directory,
        files=tuple(_file(root, found, inner) for inner in found.files),
    )


def _file(root: Path, found: Group, inner: str) -> ChangedFile:
    path = root / inner
    seen = path.stat()
    return ChangedFile(
        path=path,
        name=os.path.relpath(inner, found.directory or "."),
        inner=inner,
        sha256=digest(path),
        size=seen.st_size,
        mtime_ns=seen.st_mtime_ns,
        inode=seen.st_ino,
        device=seen.st_dev,
        revision=1,
    )


def digest(path: Path) -> str:
    """The sha256 of a file; "" when it cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def _inside(folder: Path) -> Iterator[Path]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_file(follow_symlinks=False) and reason_not_taken(entry.name) is None:
                yield folder / entry.name


def _below(folder: Path) -> Iterator[Path]:
    yield from _inside(folder)
    with os.scandir(folder) as entries:
        inner = [e.name for e in entries if e.is_dir(follow_symlinks=False)]
    for name in inner:
        if not is_system_folder(name):
            yield from _below(folder / name)
