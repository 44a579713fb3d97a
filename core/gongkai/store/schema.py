"""Bringing a database to the schema of this program, or refusing to touch it."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path

from sqlalchemy import Connection, MetaData, inspect, text

from gongkai.errors import PluginError, StoreError
from gongkai.store import plugin_words
from gongkai.store.tables import metadata

SCHEMA = "0004"
"""The newest migration; a database at it needs no Alembic to be opened."""

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(
    connection: Connection, plugin_tables: Mapping[str, Sequence[str]], database: str
) -> None:
    """Run what is missing inside the caller's transaction."""
    current = schema_of(connection)
    if current != SCHEMA:
        _upgrade(connection, current, database)
    for plugin, paths in sorted(plugin_tables.items()):
        for path in paths:
            _create_plugin_tables(connection, plugin, path)


def schema_of(connection: Connection) -> str:
    """The migration a database stands at, "" for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return str(found or "")


def _upgrade(connection: Connection, current: str, database: str) -> None:
    # Alembic costs a quarter of a second to import; an up-to-date database never pays it.
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if current and current not in known:
        raise StoreError("schema_newer", database=database, found=current, known=SCHEMA)
    config.attributes["connection"] = connection
    logging.getLogger("alembic").setLevel(logging.WARNING)
    command.upgrade(config, "head")


def _create_plugin_tables(connection: Connection, plugin: str, path: str) -> None:
    prefix = re.sub(r"\W", "_", plugin)
    module, _, name = path.partition(":")
    try:
        wanted = getattr(import_module(module), name)
    except Exception as error:
        raise PluginError(
            "plugin_tables_missing", plugin=plugin, path=path, problem=type(error).__name__
        ) from error
    if not isinstance(wanted, MetaData):
        raise PluginError(
            "plugin_tables_missing", plugin=plugin, path=path, problem=type(wanted).__name__
        )
    inspector = inspect(connection)
    for table in wanted.sorted_tables:
        if table.name in metadata.tables or not table.name.startswith(prefix):
            raise PluginError("plugin_table_name", plugin=plugin, table=table.name, prefix=prefix)
        if not inspector.has_table(table.name):
            continue
        present = {column["name"] for column in inspector.get_columns(table.name)}
        missing = [column.name for column in table.columns if column.name not in present]
        if missing:
            raise PluginError(
                "plugin_table_old", plugin=plugin, table=table.name, columns="、".join(missing)
            )
    wanted.create_all(connection)
    for table in wanted.sorted_tables:
        plugin_words.note(connection, table)
