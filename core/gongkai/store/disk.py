"""Where a database file may lie: a local disk, in a folder nobody else can write to."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from gongkai.errors import ConfigurationError
from gongkai.mounts import current_mounts, mount_of

NETWORK = frozenset(
    {
        *("9p", "afs", "ceph", "cifs", "davfs", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4"),
        *("prl_fs", "smb2", "smb3", "smbfs", "vboxsf", "vmhgfs"),
        *("fuse.ceph", "fuse.davfs2", "fuse.glusterfs", "fuse.rclone", "fuse.s3fs"),
        *("fuse.smbnetfs", "fuse.sshfs", "fuse.vmhgfs-fuse"),
    }
)
"""File systems on which SQLite's locks and its shared memory cannot be relied on."""


def prepare_file(path: Path) -> None:
    """Make the folder (0700) and the empty database file (0600), or check what is there.

    Raises ``ConfigurationError`` when others may write to the folder, or when it lies on a
    network file system: there SQLite loses data without saying so.
    """
    folder = path.parent
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _refuse_network(folder.resolve(), path)
        refuse_open_folder(folder)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            path.chmod(0o600)
    except OSError as error:
        raise ConfigurationError(
            "database_folder", file=str(path), problem=error.strerror or type(error).__name__
        ) from error


def refuse_open_folder(folder: Path) -> None:
    """Raise ``ConfigurationError`` if others may write to ``folder`` or replace it."""
    for place in (folder, folder.resolve().parent):
        found = place.stat()
        # In a sticky folder (/tmp) others cannot rename or remove what is ours.
        sticky = place != folder and found.st_mode & stat.S_ISVTX
        if found.st_mode & 0o022 and not sticky:
            raise ConfigurationError("folder_open", folder=str(place))


def _refuse_network(folder: Path, file: Path) -> None:
    # Not Linux: no mounts, nobody can tell.
    mount = mount_of(str(folder), current_mounts())
    if mount is not None and mount.kind in NETWORK:
        raise ConfigurationError("database_on_network", file=str(file), kind=mount.kind)
