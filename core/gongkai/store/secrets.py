"""The office's key: what makes a stored hash of a personal value useless to a guesser."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import stat
from pathlib import Path
from secrets import token_bytes, token_hex

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, insert, select

from gongkai.errors import ConfigurationError, StoreError
from gongkai.store import tables

KEY_FILE = "office.key"
_BYTES = 32
_NONCE = 12
_CHECK = "key.check"


def office_key(data_folder: Path) -> bytes:
    """The office's 32-byte key, made on first use (file mode 0600).

    Two processes that start together get the same key. Raises ``ConfigurationError`` when
    others can read the file or it holds no key: a new one would orphan every stored hash.
    """
    file = data_folder / KEY_FILE
    try:
        if not file.exists():
            keep_secret(file, token_bytes(_BYTES))
    except OSError as error:
        raise ConfigurationError("key_unreadable", **_why(file, error)) from error
    return kept_secret(file)


def kept_secret(file: Path) -> bytes:
    """The 32 bytes a key file holds.

    Raises ``ConfigurationError`` when others can read the file or it holds no key.
    """
    try:
        if stat.S_IMODE(file.stat().st_mode) & 0o077:
            raise ConfigurationError("key_open", file=str(file))
        key = bytes.fromhex(file.read_text("ascii").strip())
    except ValueError as error:
        raise ConfigurationError("key_damaged", file=str(file)) from error
    except OSError as error:
        raise ConfigurationError("key_unreadable", **_why(file, error)) from error
    if len(key) != _BYTES:
        raise ConfigurationError("key_damaged", file=str(file))
    return key


def _why(file: Path, error: OSError) -> dict[str, str]:
    return {"file": str(file), "problem": error.strerror or type(error).__name__}


def keep_secret(file: Path, secret: bytes) -> None:
    """Write a key file (mode 0600) whole or not at all; one that is there already stays."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(secret.hex().encode() + b"\n")
            stream.flush()
            os.fsync(stream.fileno())
        # A link appears whole or not at all, and never replaces the key of a faster process.
        with contextlib.suppress(FileExistsError):
            os.link(draft, file)
    finally:
        draft.unlink()
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def keyed_hash(key: bytes, text: str) -> str:
    """A hash nobody can guess values against without the key: "hmac-sha256:" and 128 bits."""
    digest = hmac.new(key, text.encode("utf-8", "surrogateescape"), hashlib.sha256)
    return f"hmac-sha256:{digest.hexdigest()[:32]}"


def seal(key: bytes, text: str, purpose: str) -> bytes:
    """``text`` encrypted for one ``purpose``, e.g. a case number; it opens for no other."""
    nonce = token_bytes(_NONCE)
    data = text.encode("utf-8", "surrogateescape")
    return nonce + AESGCM(_sealing_key(key)).encrypt(nonce, data, purpose.encode())


def unseal(key: bytes, sealed: bytes, purpose: str) -> str:
    """What was sealed. Raises ``StoreError`` if key, purpose or bytes are not the same."""
    try:
        data = AESGCM(_sealing_key(key)).decrypt(sealed[:_NONCE], sealed[_NONCE:], purpose.encode())
    except (InvalidTag, ValueError) as error:
        raise StoreError("key_changed") from error
    return data.decode("utf-8", "surrogateescape")


def _sealing_key(key: bytes) -> bytes:
    return hmac.new(key, b"gongkai sealing key 1", hashlib.sha256).digest()


def check_key(connection: Connection, key: bytes) -> None:
    """Bind the database to the key on first use.

    Raises ``StoreError`` when the key is not the one the stored hashes were made with, e.g.
    a database restored without its key.
    """
    found = connection.execute(
        select(tables.meta.c.value).where(tables.meta.c.key == _CHECK)
    ).scalar()
    mine = keyed_hash(key, "gongkai key check")
    if found is None:
        connection.execute(insert(tables.meta).values(key=_CHECK, value=mine))
    elif not hmac.compare_digest(found, mine):
        raise StoreError("key_changed")
