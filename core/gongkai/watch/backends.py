"""How a folder can be watched: what kind of file system it lies on, and what inotify allows."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from gongkai.settings import Backend

MOUNTS = Path("/proc/self/mountinfo")
_LIMITS = (
    Path("/proc/sys/fs/inotify/max_user_watches"),
    Path("/proc/sys/user/max_inotify_watches"),
)

# A change made by another machine raises no event on these: the client's kernel never hears
# of it. A probe file would not tell, because our own writes do raise events.
_REMOTE = re.compile(
    r"cifs|smb3?|smbfs|nfs\d*|fuse(\..*)?|fuseblk|9p|vboxsf|vmhgfs|prl_fs|afs|ceph|glusterfs"
    r"|lustre|ncpfs|coda|davfs|sshfs|virtiofs|drvfs"
)


@dataclass(frozen=True, slots=True)
class Mount:
    """One line of mountinfo: where, and which kind of file system."""

    point: str
    kind: str


def parse_mounts(text: bytes) -> tuple[Mount, ...]:
    """The mounts of a ``mountinfo`` file, in order; a later one hides an earlier one."""
    mounts = []
    for line in text.splitlines():
        left, separator, right = line.partition(b" - ")
        fields = left.split(b" ")
        if not separator or len(fields) < 5:
            continue
        point = re.sub(rb"\\([0-7]{3})", lambda m: bytes([int(m[1], 8)]), fields[4])
        mounts.append(Mount(os.fsdecode(point), os.fsdecode(right.split(b" ")[0])))
    return tuple(mounts)


def mount_of(path: str, mounts: tuple[Mount, ...]) -> Mount | None:
    """The mount a path lies on: the longest mount point above it, the last one of equals."""
    found: Mount | None = None
    for mount in mounts:
        inside = path == mount.point or path.startswith(mount.point.rstrip("/") + "/")
        if inside and (found is None or len(mount.point) >= len(found.point)):
            found = mount
    return found


def backend_for(path: str, mounts: tuple[Mount, ...], wish: Backend) -> Backend:
    """How to watch ``path``: what the office wrote, else polling wherever events are not sure."""
    if wish is not Backend.AUTO:
        return wish
    mount = mount_of(path, mounts)
    if mount is None or _REMOTE.fullmatch(mount.kind):
        return Backend.POLLING
    return Backend.NATIVE


def current_mounts() -> tuple[Mount, ...]:
    """The mounts of this process; none where there is no mountinfo, so everything is polled."""
    try:
        return parse_mounts(MOUNTS.read_bytes())
    except OSError:
        return ()


def watch_limit() -> int | None:
    """How many directories inotify lets this user watch; None where nobody says."""
    limits = []
    for file in _LIMITS:
        try:
            limits.append(int(file.read_text("ascii")))
        except (OSError, ValueError):
            continue
    return min(limits, default=None)
