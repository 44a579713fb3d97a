"""Whether a watched folder is the folder it was: an empty share is not a deleted archive."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class RootState(StrEnum):
    """What a root is right now; each has a message ``watch.root_<value>``.

    Only in a ``present`` root is a missing file believed to be gone.
    """

    PRESENT = "present"
    VANISHED = "vanished"
    UNREACHABLE = "unreachable"
    EMPTIED = "emptied"
    UNFAMILIAR = "unfamiliar"


AWAY = frozenset({RootState.VANISHED, RootState.UNREACHABLE})
"""States in which there is nothing to look at."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Which folder stands under a path: its device and inode."""

    device: int
    inode: int

    @property
    def marker(self) -> str:
        """The inode as the ``root`` table keeps it."""
        return f"inode:{self.inode}"

    @classmethod
    def recorded(cls, device: int | None, marker: str) -> Identity | None:
        """The identity from the ``root`` table; None when nothing was recorded."""
        number = marker.removeprefix("inode:")
        return cls(device, int(number)) if device is not None and number.isdigit() else None


def identify(path: Path) -> Identity | RootState:
    """The folder at ``path``, or why there is none."""
    try:
        found = path.stat()
        with os.scandir(path):
            pass
    except (FileNotFoundError, NotADirectoryError):
        return RootState.VANISHED
    except OSError:
        return RootState.UNREACHABLE
    if not stat.S_ISDIR(found.st_mode):
        return RootState.VANISHED
    return Identity(found.st_dev, found.st_ino)


def assess(
    recorded: Identity | None, found: Identity, *, known: int, familiar: int, seen: int
) -> RootState:
    """Whether what is missing below a root may be believed to be gone.

    ``known`` files were there before, ``familiar`` of them are seen again among all ``seen``.
    A share mounted anew has another device and most of its old files: it is itself again. A
    folder made anew under the old name, or an empty mount point, is not, even when somebody
    saves into it.
    """
    if not known:
        return RootState.PRESENT
    if not seen:
        return RootState.EMPTIED
    if recorded is not None and recorded != found and familiar * 2 <= known:
        return RootState.UNFAMILIAR
    return RootState.PRESENT
