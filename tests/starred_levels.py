"""Finding a level of secrecy followed by a star in bytes on disk; written so as to hold none."""

from __future__ import annotations

import io
import os
import re
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path

STAR = "\u2605"
LEVELS = ("绝密", "機密", "机密", "秘密")
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030", "unicode_escape")
LARGEST = 64 << 20
LARGEST_MEMBER = 16 << 20
"""What is larger is a bomb some test has built out of one letter."""

_SPELLED = {(level + STAR).encode(encoding) for level in LEVELS for encoding in ENCODINGS} | {
    level.encode("utf-8") + star for level in LEVELS for star in (b"&#9733;", b"&#x2605;")
}
_SOUGHT = re.compile(b"|".join(map(re.escape, sorted(_SPELLED))))


def holds_starred_level(data: bytes) -> bool:
    """Whether the bytes hold one, as text in any usual encoding or inside zip members."""
    if _SOUGHT.search(data):
        return True
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(holds_starred_level(archive.read(name)) for name in _small(archive))
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError, EOFError, NotImplementedError):
        return False  # damaged on purpose: its raw bytes have been looked at
    except Exception as error:
        if type(error).__module__ in ("zlib", "lzma"):
            return False
        raise


def files_with_starred_levels(folder: Path) -> Iterator[str]:
    """Every file below ``folder`` that holds one, however deep it lies."""
    for place, _, names, handle in os.fwalk(folder):
        for name in names:
            data = _bytes_of(name, handle)
            if data is not None and holds_starred_level(data):
                yield os.path.relpath(os.path.join(place, name), folder)  # noqa: PTH118


def _bytes_of(name: str, folder: int) -> bytes | None:
    """A plain file's bytes; None for links, special files, and what a test took away."""
    try:
        found = os.stat(name, dir_fd=folder, follow_symlinks=False)
        if not stat.S_ISREG(found.st_mode) or found.st_size > LARGEST:
            return None
        with open(os.open(name, os.O_RDONLY, dir_fd=folder), "rb") as stream:  # noqa: PTH123
            return stream.read()
    except OSError:
        return None


def _small(archive: zipfile.ZipFile) -> Iterator[str]:
    return (entry.filename for entry in archive.infolist() if entry.file_size <= LARGEST_MEMBER)
