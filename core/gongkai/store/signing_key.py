"""The office's signing key: a file beside the office's other key, and its life in the chain.

The private half never leaves the data folder. The public half, and every change of it, is a
row of the chain; a new key is signed by the one before, so that whoever knows an old
fingerprint can follow.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from secrets import token_bytes

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, select

from gongkai.errors import ActionRefused, ConfigurationError
from gongkai.store import chain, tables
from gongkai.store.chain_format import canonical
from gongkai.store.checkpoint_format import KEY, SIGNATURE, signed_by
from gongkai.store.database import Database, Turn, take_turn
from gongkai.store.secrets import keep_secret, kept_secret

KEY_FILE = "checkpoint.key"
SUBJECT = "key:signing"
MADE, RENEWED, REPLACED = "key.made", "key.renewed", "key.replaced"


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key in memory."""

    seed: bytes

    @property
    def public(self) -> str:
        """The public key, 64 hexadecimal digits."""
        return self._key.public_key().public_bytes_raw().hex()

    def sign(self, text: str) -> str:
        """The signature of an ASCII text, 128 hexadecimal digits."""
        return self._key.sign(text.encode("ascii")).hex()

    @property
    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


@dataclass(frozen=True, slots=True)
class KeyRecord:
    """A public key as the chain holds it.

    ``statement`` names the key and the one before; ``own`` is signed with the new key,
    ``by_previous`` with the one before, and "" for the first key and for one that replaced
    a lost one.
    """

    seq: int
    statement: str
    own: str
    by_previous: str

    @property
    def key(self) -> str:
        """The public key."""
        return self._named("key")

    @property
    def previous(self) -> str:
        """The public key before; "" for the first."""
        return self._named("previous")

    def _named(self, name: str) -> str:
        try:
            return str(json.loads(self.statement)[name])
        except (ValueError, KeyError, TypeError):
            return ""

    @property
    def genuine(self) -> bool:
        """Whether the new key, and the one before where it took part, signed this."""
        return signed_by(self.key, self.own, self.statement) and (
            not self.by_previous or signed_by(self.previous, self.by_previous, self.statement)
        )


@dataclass(frozen=True, slots=True)
class Act:
    """Who does something with the key, for which office, and when."""

    office: str
    actor: str
    at: str


def recorded(connection: Connection) -> tuple[KeyRecord, ...]:
    """Every key the chain knows, oldest first; one that cannot be read is not genuine."""
    rows = connection.execute(
        select(tables.chain.c.seq, tables.payload.c.body)
        .outerjoin(tables.payload, tables.payload.c.seq == tables.chain.c.seq)
        .where(tables.chain.c.subject == SUBJECT)
        .order_by(tables.chain.c.seq)
    )
    return tuple(_read_record(row.seq, row.body) for row in rows)


def _read_record(seq: int, body: str | None) -> KeyRecord:
    try:
        data = json.loads(body or "")["data"]
        return KeyRecord(seq, *(str(data[name]) for name in ("statement", "own", "by_previous")))
    except (ValueError, KeyError, TypeError):
        return KeyRecord(seq, "", "", "")


def signer(connection: Connection, folder: Path, act: Act) -> Signer:
    """The key to sign with now, made and recorded on first use.

    Raises ``ConfigurationError`` when the key file is not the one the chain knows: a new key
    must never slip in unseen.
    """
    take_turn(connection, Turn.CHAIN)
    known = recorded(connection)
    if not known:
        if not (folder / KEY_FILE).exists():
            keep_secret(folder / KEY_FILE, token_bytes(32))
        first = _read(folder / KEY_FILE)
        _record(connection, MADE, first, None, "", act)
        return first
    wanted = known[-1].key
    # A renewal that was interrupted after its record: the new key waits under its own name.
    waiting = _waiting(folder, wanted)
    if waiting.exists() and _read(waiting).public == wanted:
        waiting.replace(folder / KEY_FILE)
    if not (folder / KEY_FILE).exists():
        raise ConfigurationError("signing_key_lost", file=str(folder / KEY_FILE))
    current = _read(folder / KEY_FILE)
    if current.public != wanted:
        raise ConfigurationError("signing_key_differs", file=str(folder / KEY_FILE))
    return current


def renew(database: Database, folder: Path, reason: str, act: Act) -> Signer:
    """Replace the key; the old one signs the new one and is destroyed."""
    with database.write() as connection:
        old = signer(connection, folder, act)
        new = _prepare(folder)
        _record(connection, RENEWED, new, old, reason, act)
    _put_in_place(folder, new)
    return new


def replace_lost(database: Database, folder: Path, reason: str, act: Act) -> Signer:
    """A new key where the old one is gone; nothing signs it but itself, and the chain says so.

    Raises ``ActionRefused`` while the old key is still there.
    """
    with database.write() as connection:
        take_turn(connection, Turn.CHAIN)
        known = recorded(connection)
        if not known:
            raise ActionRefused("signing_key_none")
        file = folder / KEY_FILE
        if file.exists() and _read(file).public == known[-1].key:
            raise ActionRefused("signing_key_there")
        new = _prepare(folder)
        _record(connection, REPLACED, new, None, reason, act, known[-1].key)
    _put_in_place(folder, new)
    return new


def _record(
    connection: Connection,
    kind: str,
    new: Signer,
    old: Signer | None,
    reason: str,
    act: Act,
    lost: str = "",
) -> None:
    previous = old.public if old else lost
    statement = canonical(
        {
            "format": KEY,
            "signature": SIGNATURE,
            "office": act.office,
            "key": new.public,
            "previous": previous,
            "made_at": act.at,
            "made_by": act.actor,
            "reason": reason,
        }
    )
    payload = {
        "statement": statement,
        "own": new.sign(statement),
        "by_previous": old.sign(statement) if old else "",
    }
    chain.append(connection, kind, SUBJECT, payload, act.actor, act.at)


def _prepare(folder: Path) -> Signer:
    new = Signer(token_bytes(32))
    keep_secret(_waiting(folder, new.public), new.seed)
    return new


def _put_in_place(folder: Path, new: Signer) -> None:
    _waiting(folder, new.public).replace(folder / KEY_FILE)


def _waiting(folder: Path, public: str) -> Path:
    return folder / f"{KEY_FILE}.{public[:16]}"


def _read(file: Path) -> Signer:
    try:
        return Signer(kept_secret(file))
    except ConfigurationError as error:
        if error.key != "key_damaged":
            raise
        raise ConfigurationError("signing_key_damaged", file=str(file)) from error
