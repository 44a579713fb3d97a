"""Names that are no documents: locks, temporary files, system files, our own answers."""

from __future__ import annotations

import re
from enum import StrEnum


class Reason(StrEnum):
    """Why a file is not taken, or not yet; each has a message ``watch.reason_<value>``."""

    LINK = "link"
    SPECIAL = "special"
    LOCK = "lock"
    TEMPORARY = "temporary"
    SYSTEM = "system"
    OWN_PAPER = "own_paper"
    BUSY = "busy"
    DAMAGED = "damaged"
    UNLISTED = "unlisted"


_LOCK = re.compile(r"~\$|\.~")
_TEMPORARY = re.compile(
    r"~WR|lu[0-9a-z]+\.tmp$|\.nfs[0-9a-f]{8}|\.gongkai-"
    r"|.*\.(?:tmp|temp|part|filepart|crdownload|partial|swp)$|~.*\.tmp$",
    re.IGNORECASE,
)
_SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini", ".ds_store", "ehthumbs.db", ".directory"})
_SYSTEM_FOLDERS = frozenset(
    {
        "$recycle.bin",
        "system volume information",
        "lost+found",
        "@eadir",
        "#recycle",
        ".snapshot",
        "~snapshot",
    }
)
_OWN = re.compile(
    r"(?:公开属性自查提示|退回重新办理通知单).*\.(?:html?|pdf|mhtml?)$|核对结果\.json$",
    re.IGNORECASE,
)
_OFFICE_LOCK = re.compile(r"~\$(?P<word>.*)|\.~lock\.(?P<libre>.*)#|\.~(?P<wps>.*)")


def reason_not_taken(name: str) -> Reason | None:
    """Why a file of this name is passed over; None for everything a check must see.

    Only names no author chooses are passed over, and each is kept in the journal with its
    reason, so that nobody can hide a paper behind a name (design §4.8).
    """
    if _LOCK.match(name):
        return Reason.LOCK
    if _OWN.match(name):
        return Reason.OWN_PAPER
    if name.lower() in _SYSTEM_FILES or name.startswith("._"):
        return Reason.SYSTEM
    if _TEMPORARY.match(name):
        return Reason.TEMPORARY
    return None


def is_system_folder(name: str) -> bool:
    """Whether a folder belongs to the file system or the storage appliance."""
    return name.lower() in _SYSTEM_FOLDERS or name.startswith(".Trash")


def holds_open(lock_name: str, name: str) -> bool:
    """Whether a lock file says that somebody has the file ``name`` open.

    LibreOffice and WPS write the whole name. Word replaces the first two characters of
    longer names by ``~$``.
    """
    match = _OFFICE_LOCK.fullmatch(lock_name)
    if match is None:
        return False
    rest = match["word"] or match["libre"] or match["wps"]
    return rest == name or (bool(match["word"]) and bool(rest) and rest == name[2:])
