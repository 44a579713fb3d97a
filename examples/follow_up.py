"""Keep data: a table of the plugin's own beside gongkai's tables."""

from __future__ import annotations

from sqlalchemy import Column, Integer, MetaData, String, Table

from gongkai import hookimpl

metadata = MetaData()

# A table's name begins with the plugin's name.
note = Table(
    "follow_up_note",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("subject", String, nullable=False),
    Column("text", String, nullable=False),
)


@hookimpl
def tables() -> list[str]:
    """Name the tables."""
    return [f"{__name__}:metadata"]
