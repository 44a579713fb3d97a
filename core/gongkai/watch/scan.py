"""Looking at the disk: what lies there, whether it holds still, and what its bytes are.

Nothing here trusts a modification time: ``cp -p`` keeps an old one. Two looks are compared by
size, both times, inode and device, and a name is whatever bytes the file system holds.
"""

from __future__ import annotations

import hashlib
import os
import stat
import zipfile
import zlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import BinaryIO, NamedTuple

from gongkai.watch.ignore import Reason, is_system_folder, reason_not_taken

_CHUNK = 1 << 20
_UNPACK_AT_MOST = 1 << 29  # a bomb is the guarded reader's business, not ours


class Signature(NamedTuple):
    """What changes when a file changes, as far as a look without reading can tell."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int
    device: int

    @classmethod
    def of(cls, found: os.stat_result) -> Signature:
        """The signature of one stat result."""
        return cls(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, found.st_dev)


@dataclass(frozen=True, slots=True)
class Sighting:
    """One name seen in a folder: a file to be taken, or the reason it is not."""

    path: str
    signature: Signature
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Survey:
    """One pass over a tree. Below ``unlisted`` nobody knows what there is."""

    sightings: tuple[Sighting, ...]
    directories: int
    unlisted: tuple[str, ...]


@dataclass(slots=True)
class _Walk:
    sightings: list[Sighting] = field(default_factory=list)
    unlisted: list[str] = field(default_factory=list)
    directories: int = 0


def look(path: str) -> Sighting | None:
    """What lies at ``path`` now; None for nothing and for a folder. Follows no link."""
    try:
        found = os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    if stat.S_ISDIR(found.st_mode):
        return None
    return Sighting(path, Signature.of(found), _reason(os.path.basename(path), found.st_mode))  # noqa: PTH119


def survey(tops: Iterable[str], apart: Collection[str] = ()) -> Survey:
    """Everything below ``tops``, links not followed, folders named in ``apart`` left out.

    A folder that cannot be listed is named in the result and never taken for an empty one.
    A folder that vanished meanwhile holds nothing.
    """
    walk, waiting = _Walk(), list(tops)
    while waiting:
        folder = waiting.pop()
        try:
            waiting += _list(folder, apart, walk)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError:
            walk.unlisted.append(folder)
    return Survey(tuple(walk.sightings), walk.directories, tuple(walk.unlisted))


def _list(folder: str, apart: Collection[str], walk: _Walk) -> list[str]:
    inner = []
    with os.scandir(folder) as entries:
        walk.directories += 1
        for entry in entries:
            try:
                found = entry.stat(follow_symlinks=False)
            except FileNotFoundError:
                continue
            if not stat.S_ISDIR(found.st_mode):
                reason = _reason(entry.name, found.st_mode)
                walk.sightings.append(Sighting(entry.path, Signature.of(found), reason))
            elif is_system_folder(entry.name):
                walk.sightings.append(Sighting(entry.path, Signature.of(found), Reason.SYSTEM))
            elif entry.path not in apart:
                inner.append(entry.path)
    return inner


def _reason(name: str, mode: int) -> Reason | None:
    if stat.S_ISLNK(mode):
        return Reason.LINK
    if not stat.S_ISREG(mode):
        return Reason.SPECIAL
    return reason_not_taken(name)


@dataclass(frozen=True, slots=True)
class Settled:
    """A file that held still while it was read. ``whole`` is false for a zip with a hole."""

    sha256: str
    signature: Signature
    whole: bool


@dataclass(frozen=True, slots=True)
class Changed:
    """A file that did not hold still; None when it is gone."""

    signature: Signature | None


@dataclass(frozen=True, slots=True)
class Busy:
    """A file somebody else keeps shut for now."""

    problem: str


def read_still(path: str, expected: Signature) -> Settled | Changed | Busy:
    """Hash a file that should look like ``expected`` before, while and after it is read."""
    # Without O_NONBLOCK a lease of a file server (an oplock) or a pipe would hold us.
    flags = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
    try:
        descriptor = os.open(path, flags)
    except (FileNotFoundError, NotADirectoryError):
        return Changed(None)
    except OSError as error:
        seen = look(path)
        if seen is None or seen.reason is not None:
            return Changed(None)
        return Busy(error.strerror or type(error).__name__)
    with open(descriptor, "rb", buffering=0) as stream:  # noqa: PTH123
        return _read_open(stream, path, expected)


def _read_open(stream: BinaryIO, path: str, expected: Signature) -> Settled | Changed | Busy:
    try:
        if (before := Signature.of(os.fstat(stream.fileno()))) != expected:
            return Changed(before)
        digest, first = hashlib.sha256(), b""
        while chunk := stream.read(_CHUNK):
            first = first or chunk[:4]
            digest.update(chunk)
        whole = first[:2] != b"PK" or zip_is_whole(stream)
        after = look(path)
    except OSError as error:
        return Busy(error.strerror or type(error).__name__)
    if after is None or after.signature != expected:
        return Changed(after.signature if after is not None and after.reason is None else None)
    return Settled(digest.hexdigest(), expected, whole)


def zip_is_whole(stream: BinaryIO) -> bool:
    """Whether every part of a zip file unpacks to what its checksum says.

    A table of contents alone proves nothing: a half-copied file with a hole in the middle
    has one. Parts under a password, or beyond half a gigabyte, count as whole: the reader
    says what it cannot open.
    """
    budget = _UNPACK_AT_MOST
    try:
        stream.seek(0)
        with zipfile.ZipFile(stream) as archive:
            for part in archive.infolist():
                if part.flag_bits & 0x1:
                    continue
                with archive.open(part) as unpacked:
                    while chunk := unpacked.read(_CHUNK):
                        budget -= len(chunk)
                        if budget < 0:
                            return True
    except NotImplementedError:
        return True
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError):
        return False
    return True
