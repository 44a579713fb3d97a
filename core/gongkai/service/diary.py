"""The service's log: what happened when, by number and code, never a name or a word of a paper.

A document's name may turn out to be secret after it was written down (A6), and a failure's
message may quote a document; so neither is ever logged.
"""

from __future__ import annotations

import logging
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TypeAlias

LOG_FILE = "watch.log"
MAX_BYTES = 2_000_000
KEPT = 5

_Trouble: TypeAlias = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


class WithoutWords(logging.Formatter):
    """A traceback's kinds and lines of code, without the words of the failure."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s")

    def formatException(self, ei: _Trouble) -> str:
        kind, _, trace = ei
        steps = traceback.extract_tb(trace)
        lines = [f"  {Path(step.filename).name}:{step.lineno} {step.name}" for step in steps]
        return "\n".join([f"{kind.__name__ if kind else ''}", *lines])


class _Private(RotatingFileHandler):
    """A rotating file nobody else can read."""

    def _open(self) -> logging.io.TextIOWrapper:  # type: ignore[name-defined]
        return open(
            self.baseFilename,
            self.mode,
            encoding=self.encoding,
            opener=lambda path, flags: os.open(path, flags, 0o600),
        )


@contextmanager
def diary(folder: Path) -> Iterator[None]:
    """Keep the log in ``folder`` inside the block; warnings go to standard error as well."""
    kept = _Private(folder / LOG_FILE, maxBytes=MAX_BYTES, backupCount=KEPT, encoding="utf-8")
    kept.setLevel(logging.INFO)
    shown = logging.StreamHandler(sys.stderr)
    shown.setLevel(logging.WARNING)
    root = logging.getLogger()
    before = root.level
    for handler in (kept, shown):
        handler.setFormatter(WithoutWords())
        root.addHandler(handler)
    logging.getLogger("gongkai").setLevel(logging.INFO)
    try:
        yield
    finally:
        root.setLevel(before)
        for handler in (kept, shown):
            root.removeHandler(handler)
        kept.close()
