"""Audit events: acts that change nothing and must still be known (INT-03)."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from gongkai.store import chain


def record(
    connection: Connection,
    act: str,
    subject: str,
    actor: str,
    at: str,
    details: Mapping[str, object] | None = None,
) -> int:
    """Record that somebody did something, e.g. ``act`` "revealed" to "document:12".

    ``details`` hold codes and counts, no text of a document. Returns the row of the chain.
    """
    return chain.append(connection, f"audit.{act}", subject, details or {}, actor, at)
