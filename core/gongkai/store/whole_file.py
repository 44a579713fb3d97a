"""Files that appear whole or not at all, whatever ends the program while they are written."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

_LEFT_BEHIND = 3600.0
"""Seconds after which nobody can still be writing to a draft."""


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file (mode 0600) that gets its name when the block ends, on disk to the last byte.

    Replaces what has the name. An exception leaves nothing; a kill leaves a hidden draft,
    which the next file of that name removes.
    """
    _remove_left_behind(path)
    draft = path.with_name(f".{path.name}.{token_hex(8)}.part")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _remove_left_behind(path: Path) -> None:
    for draft in path.parent.iterdir():
        if draft.name.startswith(f".{path.name}.") and draft.suffix == ".part":
            with suppress(FileNotFoundError):
                if time.time() - draft.stat().st_mtime > _LEFT_BEHIND:
                    draft.unlink()
