"""Papers to be judged again although nothing was saved: what the office knows has changed.

Requests lie in the database, so that any process can make them and a service that starts
later finds them.
"""

from __future__ import annotations

from collections.abc import Iterable
from secrets import token_hex

from sqlalchemy import Connection, delete, insert, select, update

from gongkai.store import tables

PREFIX = "again/"
FOLDERS = PREFIX + "folders"
_meta = tables.meta.c


def ask_for(connection: Connection, documents: Iterable[int]) -> None:
    """Have documents judged again."""
    for document in documents:
        _ask(connection, f"{PREFIX}{document}")


def ask_for_folders(connection: Connection) -> None:
    """Have the watched folders compared with the journal now."""
    _ask(connection, FOLDERS)


def asked(connection: Connection) -> dict[str, str]:
    """Every open request: a token by name; asked for once more, a request has another token."""
    found = connection.execute(select(_meta.key, _meta.value).where(_meta.key.startswith(PREFIX)))
    return {row.key: row.value for row in found}


def answered(connection: Connection, key: str, token: str) -> None:
    """Forget a request, unless it was made anew meanwhile."""
    connection.execute(delete(tables.meta).where(_meta.key == key, _meta.value == token))


def answer_for(connection: Connection, document: int) -> None:
    """Forget the request for a document: the caller judges it in this transaction."""
    connection.execute(delete(tables.meta).where(_meta.key == f"{PREFIX}{document}"))


def waits(connection: Connection, document: int) -> bool:
    """Whether a document is to be judged again."""
    key = f"{PREFIX}{document}"
    return connection.execute(select(_meta.key).where(_meta.key == key)).first() is not None


def _ask(connection: Connection, key: str) -> None:
    token = token_hex(8)
    done = connection.execute(update(tables.meta).where(_meta.key == key).values(value=token))
    if not done.rowcount:
        connection.execute(insert(tables.meta).values(key=key, value=token))
