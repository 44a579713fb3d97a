"""The present moment, written one way wherever it is stored."""

from __future__ import annotations

from datetime import datetime


def now() -> str:
    """ISO 8601 with offset, to the second."""
    return datetime.now().astimezone().isoformat(timespec="seconds")
