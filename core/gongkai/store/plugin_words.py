"""What plugins keep about cases, forgotten with the paper: data in the database, not their code.

A plugin's table with a column ``case`` is about cases, by number. Its free text (``Words``,
JSON) is emptied in the transaction that purges the document, whether or not the plugin is
there, switched off or broken; codes, dates and hashes stay. Nothing is asked of the plugin, so
nothing of it can keep a paper from being stopped (INT-04, A6).
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import JSON, Connection, Table, column, delete, insert, inspect, select, update
from sqlalchemy import table as any_table

from gongkai.store import tables
from gongkai.store.columns import Words

PREFIX = "forget/"
CASE = "case"
"""The column that makes a table one about cases: the number of each, e.g. 2026-017."""

_meta = tables.meta.c


def note(connection: Connection, table: Table) -> None:
    """Remember which columns of a plugin's table hold text about cases."""
    if CASE not in table.columns:
        return
    blanks = {
        each.name: "" if isinstance(each.type, Words) else _empty(each.default)
        for each in table.columns
        if each.name != CASE and isinstance(each.type, Words | JSON)
    }
    key, value = PREFIX + table.name, json.dumps(blanks, sort_keys=True)
    known = connection.execute(select(_meta.value).where(_meta.key == key)).scalar()
    if known == value:
        return
    connection.execute(delete(tables.meta).where(_meta.key == key))
    connection.execute(insert(tables.meta).values(key=key, value=value))


def forget(connection: Connection, numbers: Sequence[str]) -> None:
    """Empty what any plugin wrote about these cases."""
    noted = connection.execute(select(_meta.key, _meta.value).where(_meta.key.startswith(PREFIX)))
    for row in noted.all():
        name, blanks = row.key.removeprefix(PREFIX), json.loads(row.value)
        # A table an office has dropped holds nothing any more.
        if not blanks or not inspect(connection).has_table(name):
            continue
        types = {each: Words if blank == "" else JSON for each, blank in blanks.items()}
        columns = [column(each, kind) for each, kind in types.items()]
        plugin_table = any_table(name, column(CASE), *columns)
        connection.execute(
            update(plugin_table).where(plugin_table.c[CASE].in_(numbers)).values(**blanks)
        )


def _empty(default: object) -> object:
    """An empty list or mapping, as the column's default makes it."""
    made = getattr(default, "arg", None)
    return {} if getattr(made, "__name__", "") == "dict" else []
