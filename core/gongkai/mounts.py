"""What is mounted where, as the kernel says: which kind of file system a path lies on."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

_MOUNTINFO = Path("/proc/self/mountinfo")


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


def current_mounts() -> tuple[Mount, ...]:
    """The mounts of this process; none where there is no mountinfo, and nobody can tell."""
    try:
        return parse_mounts(_MOUNTINFO.read_bytes())
    except OSError:
        return ()
