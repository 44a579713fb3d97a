"""How a folder can be watched: what kind of file system it lies on, and what inotify allows."""

from __future__ import annotations

import re
from pathlib import Path

from gongkai.mounts import Mount, mount_of
from gongkai.settings import Backend

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


def backend_for(path: str, mounts: tuple[Mount, ...], wish: Backend) -> Backend:
    """How to watch ``path``: what the office wrote, else polling wherever events are not sure.

    Without mounts nobody can tell, and everything is polled.
    """
    if wish is not Backend.AUTO:
        return wish
    mount = mount_of(path, mounts)
    if mount is None or _REMOTE.fullmatch(mount.kind):
        return Backend.POLLING
    return Backend.NATIVE


def watch_limit() -> int | None:
    """How many directories inotify lets this user watch; None where nobody says."""
    limits = []
    for file in _LIMITS:
        try:
            limits.append(int(file.read_text("ascii")))
        except (OSError, ValueError):
            continue
    return min(limits, default=None)
