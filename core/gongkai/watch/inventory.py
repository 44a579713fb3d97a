"""The journal of one root in memory, found by path, by place and by inode."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from gongkai.settings import Layout
from gongkai.watch.grouping import Place, place
from gongkai.watch.journal import DEPARTED, Entry, FileState
from gongkai.watch.scan import Signature
from gongkai.watch.tree import parents


class Inventory:
    """What is known of every name below one root. The journal is the truth; this is its copy."""

    def __init__(self, layout: Layout, entries: Iterable[Entry] = ()) -> None:
        self._layout = layout
        self._entries: dict[str, Entry] = {}
        self._places: defaultdict[Place, set[str]] = defaultdict(set)
        self._folders: defaultdict[str, set[str]] = defaultdict(set)
        self._holders: dict[tuple[int, int], str] = {}
        self._left: dict[tuple[int, int], str] = {}
        self._sealed: dict[str, Entry] = {}
        for entry in entries:
            if entry.path:
                self.put(entry)
            else:
                self._sealed[entry.stored] = entry

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, path: str) -> Entry | None:
        """What is known of a path."""
        return self._entries.get(path)

    def put(self, entry: Entry) -> None:
        """Know this of its path from now on."""
        known = self._entries.get(entry.path)
        self._entries[entry.path] = entry
        if known is None:
            self._places[self.place(entry.path)].add(entry.path)
            self._folders[_folder(entry.path)].add(entry.path)
        inode = (entry.signature.device, entry.signature.inode)
        if entry.taken and (entry.state in DEPARTED or entry.missing_since is not None):
            self._left[inode] = entry.path
        elif entry.taken:
            self._holders[inode] = entry.path

    def remove(self, path: str) -> None:
        """Know nothing of a path."""
        self._entries.pop(path, None)
        self._places[self.place(path)].discard(path)
        self._folders[_folder(path)].discard(path)

    def unseal(self, path: str, tag: str) -> Entry | None:
        """The row kept under a keyed hash instead of ``path``, now known by its path."""
        entry = self._sealed.pop(tag, None)
        if entry is not None:
            entry = replace(entry, path=path)
            self.put(entry)
        return entry

    def reseal(self, entry: Entry) -> None:
        """Know a sealed row by its keyed hash alone again: its file is not there."""
        self.remove(entry.path)
        self._sealed[entry.stored] = replace(entry, path="")

    @property
    def sealed(self) -> bool:
        """Whether there are rows whose path is known only as a keyed hash."""
        return bool(self._sealed)

    def place(self, path: str) -> Place:
        """Where a path belongs."""
        return place(path, self._layout)

    def in_place(self, spot: Place) -> list[str]:
        """The paths of one place that are, or just were, documents."""
        return sorted(path for path in self._places[spot] if self.is_document(path))

    def is_document(self, path: str) -> bool:
        """Whether a path is, or just was, part of a document."""
        entry = self._entries.get(path)
        return entry is not None and entry.state not in (FileState.GONE, FileState.NOT_TAKEN)

    def below(self, folders: frozenset[str]) -> list[Entry]:
        """Everything known below any of these folders."""
        return [
            self._entries[path]
            for folder, paths in self._folders.items()
            if folder in folders or any(above in folders for above in parents(folder))
            for path in paths
        ]

    def holder(self, signature: Signature) -> Entry | None:
        """The entry last known to lie on this inode."""
        inode = (signature.device, signature.inode)
        path = self._holders.get(inode, self._left.get(inode))
        return self._entries.get(path) if path is not None else None

    def origin(self, entry: Entry) -> Entry | None:
        """The entry a file lay under before it was moved: same inode, same bytes, gone there."""
        if entry.state in DEPARTED or not entry.taken:
            return None
        path = self._left.get((entry.signature.device, entry.signature.inode))
        old = self._entries.get(path) if path is not None and path != entry.path else None
        if old is None or old.sha256 != entry.sha256:
            return None
        return old if old.state in DEPARTED or old.missing_since is not None else None


def _folder(path: str) -> str:
    return path.rpartition("/")[0]
