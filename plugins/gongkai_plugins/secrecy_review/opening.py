"""The office of a move, opened for reading: a guard has nothing but the folder's name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, make_url

from gongkai.errors import ConfigurationError
from gongkai.settings import Office, load_office
from gongkai.store.database import Database

PATIENCE = 5.0
"""Seconds a guard waits for the database: less than the host waits for a guard."""


@contextmanager
def opened(folder: str) -> Iterator[tuple[Office, Connection]]:
    """The office at ``folder`` and one moment of its database; nothing can be written.

    Raises ``ConfigurationError`` where there is no office or it has no database: looking
    never makes one.
    """
    if not folder:
        raise ConfigurationError("no_office", folder="-")
    office = load_office(Path(folder))
    url = make_url(office.database_url)
    if url.get_backend_name() == "sqlite" and not Path(str(url.database)).is_file():
        raise ConfigurationError("no_office", folder=folder)
    with Database(url, patience=PATIENCE) as database, database.read() as connection:
        yield office, connection
