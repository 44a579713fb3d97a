"""Signing in by name and password, for the desk."""

from __future__ import annotations

from datetime import datetime, timedelta

from gongkai.errors import ActionRefused
from gongkai.lifecycle.roles import Actor
from gongkai.people.passwords import NOBODY, matches, renewed
from gongkai.people.roster import actor
from gongkai.settings import Settings
from gongkai.store import people as store
from gongkai.store.database import Database
from gongkai.store.people import Secret

TRIES = 5
"""Wrong passwords in a row before nobody is asked any more: enough for a slip of the finger."""

PAUSE = timedelta(minutes=15)
"""How long then: at most 480 guesses a day, and short enough to wait for."""


def sign_in(database: Database, settings: Settings, name: str, password: str, at: str) -> Actor:
    """Whoever has this name and password, with the roles of the day.

    Raises ``ActionRefused``, always the same and always after as long: whether a name exists,
    is locked or deactivated is not told to a guesser.
    """
    secret = _begin(database, name, at)
    # Not in a transaction: hashing takes long on purpose.
    right = matches(secret.password if secret else NOBODY, password)
    if secret is None or not right:
        if secret is not None and secret.failed + 1 >= TRIES:
            _record_lock(database, secret, at)
        raise ActionRefused("signin_refused", tries=TRIES, minutes=_minutes())
    newer = renewed(secret.password, password)
    with database.write() as connection:
        store.count(connection, secret.person, 0, "")
        if newer is not None:
            store.rehash(connection, secret.person, secret.password, newer)
        return actor(connection, settings, secret.name, datetime.fromisoformat(at).date())


def _begin(database: Database, name: str, at: str) -> Secret | None:
    """What to check against; the try is counted first, so that many at once gain nothing."""
    with database.write() as connection:
        secret = store.secret(connection, name)
        if secret is None or not secret.active:
            return None
        if secret.locked_until:
            if datetime.fromisoformat(at) < datetime.fromisoformat(secret.locked_until):
                return None
            secret = _afresh(secret)
        last = secret.failed + 1 >= TRIES
        store.count(connection, secret.person, secret.failed + 1, _until(at) if last else "")
        return secret


def _afresh(secret: Secret) -> Secret:
    return Secret(secret.person, secret.name, secret.password, secret.active, 0, "")


def _record_lock(database: Database, secret: Secret, at: str) -> None:
    with database.write() as connection:
        store.locked(connection, secret.person, secret.name, at, _until(at))


def _until(at: str) -> str:
    return (datetime.fromisoformat(at) + PAUSE).isoformat()


def _minutes() -> int:
    return int(PAUSE.total_seconds() // 60)
