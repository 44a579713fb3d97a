"""The office's database: one door for writing, one for reading.

SQLite by default, PostgreSQL by URL. On SQLite a writer takes the write lock when it begins
(BEGIN IMMEDIATE) and reads behind it; the driver's own default lets two processes read the
same value and both write. On PostgreSQL a writer runs under READ COMMITTED and must lock what
it reads in order to write: ``take_turn`` or ``with_for_update()``.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from types import TracebackType

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from gongkai.errors import ConfigurationError, StoreError
from gongkai.store.disk import prepare_file

PATIENCE = 60.0
"""Seconds a writer waits for its turn before it gives up."""

_A_MOMENT = 0.02
"""Seconds until a process that was turned away asks again."""

_SCRUB_PATIENCE = 1000
"""Milliseconds a scrub waits for readers; whoever asked for it comes again."""

_LOCK_SPACE = 0x676B  # keeps our advisory locks apart from another application's


class Turn(IntEnum):
    """What only one transaction at a time may do. Always taken in this order."""

    SCHEMA = 1
    DOCUMENTS = 2
    NUMBERS = 3
    CHAIN = 4


def take_turn(connection: Connection, turn: Turn) -> None:
    """Wait until no other transaction holds this turn, and hold it until the end of ours.

    On SQLite a writer has held every turn since it began.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(
            text("SELECT pg_advisory_xact_lock(:space, :turn)"),
            {"space": _LOCK_SPACE, "turn": int(turn)},
        )


class Database:
    """An office's database by URL; may be shared by the threads of one process.

    ``patience`` is how many seconds a transaction waits for its turn on SQLite.
    """

    def __init__(self, url: str | URL, patience: float = PATIENCE) -> None:
        self.url = _supported(url)
        if self.url.get_backend_name() == "sqlite":
            self._writer, self._reader = _sqlite_engines(self.url, patience)
        else:
            self._writer, self._reader = _postgresql_engines(self.url)
        self._held = threading.local()

    def __str__(self) -> str:
        return self.url.render_as_string(hide_password=True)

    def __enter__(self) -> Database:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that may write: committed at the end, undone by any exception.

        Keep it short: on SQLite nobody else can write meanwhile. Raises ``StoreError`` when
        the database is busy for too long, full, damaged or away.
        """
        if getattr(self._held, "writing", False):
            raise RuntimeError("write() inside write() would wait for itself")
        self._held.writing = True
        try:
            with self._explained(), self._writer.begin() as connection:
                yield connection
        finally:
            self._held.writing = False

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that cannot write and sees one moment of the database throughout."""
        with self._explained(), self._reader.begin() as connection:
            yield connection

    def migrate(self, plugin_tables: Mapping[str, Sequence[str]] | None = None) -> None:
        """Bring the schema to this version of gongkai, and make the plugins' tables.

        ``plugin_tables`` maps a plugin's name to "package.module:metadata" paths. One process
        migrates, the others wait; a failure leaves the database as it was. Raises
        ``StoreError`` for a schema newer than this program.
        """
        from gongkai.store.schema import migrate

        with self.write() as connection:
            take_turn(connection, Turn.SCHEMA)
            migrate(connection, plugin_tables or {}, str(self))

    def scrub(self) -> bool:
        """After an erasure: let no older page of the database keep what was erased.

        SQLite overwrites erased content, but its write-ahead log keeps earlier pages until
        it is emptied. False when that is still to be done: a long reader is in the way, or
        PostgreSQL's own VACUUM has to do it.
        """
        if self.url.get_backend_name() != "sqlite":
            return False
        with self._explained(), self._writer.connect() as connection:
            # Outside a transaction: a checkpoint cannot run inside one.
            cursor = connection.connection.cursor()
            cursor.execute("PRAGMA busy_timeout")
            patience = (cursor.fetchone() or (0,))[0]
            # Nobody of this process can write while a reader is waited for.
            cursor.execute(f"PRAGMA busy_timeout = {min(patience, _SCRUB_PATIENCE)}")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            row = cursor.fetchone()
            cursor.execute(f"PRAGMA busy_timeout = {patience}")
            cursor.close()
        return row is not None and row[0] == 0

    def close(self) -> None:
        """Give every connection back."""
        self._writer.dispose()
        self._reader.dispose()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except PoolTimeout as error:
            raise StoreError("database_busy", database=str(self)) from error
        except DBAPIError as error:
            key = _reason(error)
            if key is None:
                raise
            raise StoreError(key, database=str(self)) from error


def _supported(url: str | URL) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise ConfigurationError("database_url") from error
    if parsed.drivername in ("postgresql", "postgres"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername not in ("sqlite", "sqlite+pysqlite", "postgresql+psycopg"):
        raise ConfigurationError("database_url")
    if parsed.get_backend_name() == "sqlite" and parsed.database in (None, "", ":memory:"):
        raise ConfigurationError("database_url")
    return parsed


def _sqlite_engines(url: URL, patience: float) -> tuple[Engine, Engine]:
    prepare_file(Path(str(url.database)))
    # The driver's own isolation level is off: it would begin transactions by itself, and late.
    connect = {"isolation_level": None, "check_same_thread": False, "timeout": patience}
    # One writing connection: the threads of this process queue in order for it, where
    # SQLite's own waiting is a lottery.
    writer = create_engine(
        url, pool_size=1, max_overflow=0, pool_timeout=patience, connect_args=connect
    )
    reader = create_engine(
        url, pool_size=5, max_overflow=20, pool_timeout=patience, connect_args=connect
    )
    event.listen(writer, "connect", _prepare_writer)
    event.listen(writer, "begin", _begin_immediate)
    event.listen(reader, "connect", _prepare_reader)
    event.listen(reader, "begin", _begin_plain)
    return writer, reader


def _prepare_writer(connection: DBAPIConnection, record: object) -> None:
    _use_write_ahead_log(connection)
    # secure_delete: what is erased is overwritten, not merely unlinked (A6).
    _pragmas(connection, "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")


def _prepare_reader(connection: DBAPIConnection, record: object) -> None:
    _use_write_ahead_log(connection)
    _pragmas(connection, "query_only=ON")


def _use_write_ahead_log(connection: DBAPIConnection) -> None:
    """Of processes that switch a new file at once SQLite turns all but one away, without waiting.

    So they wait here for as long as a writer would.
    """
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return _pragmas(connection, "journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(_A_MOMENT)


def _pragmas(connection: DBAPIConnection, *pragmas: str) -> None:
    cursor = connection.cursor()
    for pragma in pragmas:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_plain(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _postgresql_engines(url: URL) -> tuple[Engine, Engine]:
    try:
        # READ COMMITTED: after waiting for a turn, the next statement sees what the
        # previous holder committed.
        writer = create_engine(url, isolation_level="READ COMMITTED", pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise ConfigurationError("postgresql_driver") from error
    reader = writer.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return writer, reader


def _reason(error: DBAPIError) -> str | None:
    """The message that explains a database failure, None for what is our own mistake."""
    problem = str(error.orig).lower()
    for words, key in _REASONS:
        if words in problem:
            return key
    if error.connection_invalidated or (
        isinstance(error, OperationalError) and "connection" in problem
    ):
        return "database_away"
    return None


_REASONS = (
    ("database is locked", "database_busy"),
    ("deadlock detected", "database_busy"),
    ("disk is full", "database_full"),
    ("no space left", "database_full"),
    ("disk i/o error", "database_damaged"),
    ("malformed", "database_damaged"),
    ("not a database", "database_damaged"),
    ("readonly database", "database_readonly"),
    ("unable to open database", "database_readonly"),
)
