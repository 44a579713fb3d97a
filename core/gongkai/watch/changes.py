"""What the watch hands on: a bundle whose files have held still, and what became of them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from gongkai.settings import Folder
from gongkai.store.paths import path_key


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """One file of a bundle as it lay there when it was read.

    ``name`` is relative to the bundle's folder, ``inner`` to the watched root. ``damaged``
    means: handed on although its bytes are not whole, so that it is judged 未能检查.
    ``sha256`` is "" for a file that could not be read so far: without it, its bundle would
    seem clean.
    ``moved_from`` is where the same file lay before; a copy has none. ``stored`` is the keyed
    hash its row stands under where a stopped paper has taken the name with it.
    """

    path: Path
    name: str
    inner: str
    sha256: str
    size: int
    mtime_ns: int
    inode: int
    device: int
    revision: int
    damaged: bool = False
    moved_from: Path | None = None
    stored: str = ""

    @property
    def key(self) -> str:
        """What its row in the journal is found by."""
        return self.stored or path_key(self.inner)


@dataclass(frozen=True, slots=True)
class Change:
    """A bundle to be judged, whole: every file of it, changed or not.

    ``bundle`` is its key, stable while its folder or stem keeps its name. ``gone`` names
    files that left it; with no ``files`` the bundle itself is gone. ``baseline`` means that
    all of it lay there on the first day: to be recorded, not judged (A5).
    """

    folder: Folder
    root: Path
    root_id: int
    bundle: str
    directory: Path
    files: tuple[ChangedFile, ...]
    gone: tuple[Path, ...] = ()
    baseline: bool = False

    @property
    def digest(self) -> str:
        """sha256 over the names and bytes of every file: two equal digests, one state."""
        digest = hashlib.sha256()
        for file in sorted(self.files, key=lambda file: file.inner):
            digest.update(f"{file.inner}\0{file.sha256}\n".encode("utf-8", "surrogateescape"))
        return digest.hexdigest()


OnChange = Callable[[Sequence[Change]], None]
