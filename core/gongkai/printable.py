"""Names from disk as consoles, databases and UTF-8 take them."""

from __future__ import annotations


def printable(name: str) -> str:
    """``name`` with bytes that are no UTF-8 shown as U+FFFD."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
