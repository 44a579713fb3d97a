"""Writing into the author's file: all or nothing, and only over the bytes that were judged."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from gongkai.errors import StampRefused
from gongkai.printable import printable

TEMPORARY = ".gongkai-"
"""What the name of a file being written begins with; the watch passes over it."""

KEPT = "kept"
"""Where in the office's data folder the bytes before a mark are kept, by their sha256."""


@dataclass(frozen=True, slots=True)
class Target:
    """A file as it was when its bytes were read."""

    path: Path
    data: bytes
    status: os.stat_result

    @property
    def sha256(self) -> str:
        """What names the bytes."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def name(self) -> str:
        """The file's name, fit for printing."""
        return printable(self.path.name)


def read_target(path: Path, sha256: str) -> Target:
    """The file to be marked, with the bytes that were judged.

    Raises ``StampRefused`` for a link or a file reached through one, anything but a plain
    file, a file of somebody else, one that is read-only or open elsewhere, and for other
    bytes than ``sha256`` names.
    """
    path = path.absolute()
    name = printable(path.name)
    if path.is_symlink() or Path(os.path.realpath(path)) != Path(os.path.normpath(path)):
        raise StampRefused("stamp_link", file=name)
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
        with os.fdopen(handle, "rb") as stream:
            status = os.fstat(stream.fileno())
            data = stream.read() if stat.S_ISREG(status.st_mode) else b""
    except OSError as error:
        raise StampRefused("stamp_away", file=name) from error
    target = Target(path, data, status)
    if not stat.S_ISREG(status.st_mode) or status.st_nlink > 1:
        raise StampRefused("stamp_link", file=name)
    if target.sha256 != sha256:
        raise StampRefused("stamp_changed", file=name)
    return target


def refuse_unwritable(target: Target) -> None:
    """Raise ``StampRefused`` unless the file may be replaced now, keeping whose it is."""
    refuse_open(target)
    mode = target.status.st_mode
    if not mode & 0o222 or not os.access(target.path, os.W_OK):
        raise StampRefused("stamp_readonly", file=target.name)
    if not os.access(target.path.parent, os.W_OK):
        raise StampRefused("stamp_folder", file=target.name)
    if os.geteuid() not in (0, target.status.st_uid):
        raise StampRefused("stamp_owner", file=target.name)


def refuse_open(target: Target) -> None:
    """Raise ``StampRefused`` when a lock file says that somebody has the file open."""
    name = target.path.name
    locks = (f"~${name}", f"~${name[2:]}", f".~lock.{name}#", f".~{name}")
    if any(os.path.lexists(target.path.parent / lock) for lock in locks):
        raise StampRefused("stamp_open", file=target.name)


def keep(data_folder: Path, target: Target) -> Path:
    """Keep the bytes as they are in the office's data folder (0600) and return where.

    Raises ``StampRefused`` when they cannot be kept.
    """
    folder = data_folder / KEPT
    kept = folder / target.sha256
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        if kept.exists() and hashlib.sha256(kept.read_bytes()).hexdigest() == target.sha256:
            return kept
        part = folder / f"{TEMPORARY}{secrets.token_hex(8)}"
        try:
            _write_new(part, target.data)
            part.replace(kept)
        finally:
            part.unlink(missing_ok=True)
        _sync_folder(folder)
    except OSError as error:
        raise StampRefused(
            "stamp_not_kept", file=target.name, problem=error.strerror or type(error).__name__
        ) from error
    return kept


def forget_kept(data_folder: Path, sha256: str) -> None:
    """Bytes that were kept before a mark are kept no longer: their paper was stopped (A6)."""
    (data_folder / KEPT / sha256).unlink(missing_ok=True)


class Replacement:
    """New bytes ready beside the file; ``commit`` puts them in its place in one step.

    Used in a ``with`` block: without ``commit`` nothing has happened.
    """

    def __init__(self, target: Target, data: bytes) -> None:
        self._target = target
        digest = hashlib.sha256(os.fsencode(target.path.name)).hexdigest()[:16]
        # One name per file: two writers at once meet here, and what a kill left is reused.
        self._part = target.path.parent / f"{TEMPORARY}{digest}"
        self._handle = self._open()
        try:
            self._fill(data)
        except OSError as error:
            self._discard()
            raise self._failed(error) from error

    def __enter__(self) -> Replacement:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._discard()

    def commit(self) -> None:
        """Replace the file; raises ``StampRefused`` when it is not the file it was."""
        path, before = self._target.path, self._target.status
        try:
            refuse_open(self._target)
            now = path.lstat()
            same = ("st_dev", "st_ino", "st_size", "st_mtime_ns", "st_mode", "st_uid")
            if any(getattr(now, name) != getattr(before, name) for name in same):
                raise StampRefused("stamp_changed", file=self._target.name)
            self._part.replace(path)
            _sync_folder(path.parent)
        except OSError as error:
            raise self._failed(error) from error

    def _open(self) -> int:
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        try:
            handle = os.open(self._part, flags, 0o600)
        except OSError as error:
            raise self._failed(error) from error
        status = os.fstat(handle)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(handle)
            raise StampRefused("stamp_open", file=self._target.name) from error
        except OSError:
            pass  # a file system without locks
        if not stat.S_ISREG(status.st_mode) or status.st_uid != os.geteuid() or status.st_nlink > 1:
            os.close(handle)
            raise StampRefused("stamp_folder", file=self._target.name)
        return handle

    def _fill(self, data: bytes) -> None:
        handle, before = self._handle, self._target.status
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        _write_all(handle, data)
        now = os.fstat(handle)
        if (now.st_uid, now.st_gid) != (before.st_uid, before.st_gid):
            os.fchown(handle, before.st_uid, before.st_gid)
        os.fchmod(handle, stat.S_IMODE(before.st_mode))
        _copy_attributes(self._target.path, handle)
        os.fsync(handle)

    def _discard(self) -> None:
        if self._handle < 0:
            return
        with contextlib.suppress(OSError):
            # After the replacement our name is gone, or already another writer's.
            if os.fstat(self._handle).st_ino == self._part.lstat().st_ino:
                self._part.unlink()
        os.close(self._handle)
        self._handle = -1

    def _failed(self, error: OSError) -> StampRefused:
        problem = error.strerror or type(error).__name__
        return StampRefused("stamp_not_written", file=self._target.name, problem=problem)


@contextmanager
def output_beside(target: Target, output: Path, data: bytes) -> Iterator[None]:
    """Write a new file ``output``; it stands under its name when the block has ended well.

    Raises ``StampRefused`` when there already is one: nothing is ever written over.
    """
    shown = printable(output.name)
    if os.path.lexists(output):
        raise StampRefused("stamp_output_exists", file=shown)
    part = output.parent / f"{TEMPORARY}{secrets.token_hex(8)}"
    try:
        try:
            _write_new(part, data)
            part.chmod(stat.S_IMODE(target.status.st_mode))
        except OSError as error:
            raise _unwritten(shown, error) from error
        yield
        try:
            _appear(part, output, data)
            _sync_folder(output.parent)
        except FileExistsError as error:
            raise StampRefused("stamp_output_exists", file=shown) from error
        except OSError as error:
            raise _unwritten(shown, error) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def _appear(part: Path, output: Path, data: bytes) -> None:
    try:
        os.link(part, output)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        _write_new(output, data)


def _unwritten(name: str, error: OSError) -> StampRefused:
    return StampRefused(
        "stamp_not_written", file=name, problem=error.strerror or type(error).__name__
    )


def _write_new(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    try:
        _write_all(handle, data)
        os.fsync(handle)
    finally:
        os.close(handle)


def _write_all(handle: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(handle, left) :]


def _copy_attributes(source: Path, handle: int) -> None:
    """Access lists and what else a file system keeps beside a file, as far as it lets us."""
    if not hasattr(os, "listxattr"):
        return
    with contextlib.suppress(OSError):
        for name in os.listxattr(source):
            with contextlib.suppress(OSError):
                os.setxattr(handle, name, os.getxattr(source, name))


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
