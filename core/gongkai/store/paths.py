"""File names as the database keeps them: any byte sequence a file system allows."""

from __future__ import annotations

import os
from pathlib import Path

_HEX = "hex:"
_TAG = "hmac-sha256:"


def path_key(path: str | Path) -> str:
    """A path as printable text, one key for one path.

    A name that is not valid UTF-8 (GB18030 from an old archive) becomes ``"hex:"`` and the
    hex of its bytes; so does the rare path that itself begins like a key or a keyed hash.
    """
    text = os.fspath(path)
    if text.startswith((_HEX, _TAG)) or any("\ud800" <= c <= "\udfff" or c == "\0" for c in text):
        return _HEX + text.encode("utf-8", "surrogateescape").hex()
    return text


def path_from_key(key: str) -> str:
    """The path a key was made from, with undecodable bytes as surrogates again."""
    if key.startswith(_HEX):
        return bytes.fromhex(key.removeprefix(_HEX)).decode("utf-8", "surrogateescape")
    return key


def is_tag(key: str) -> bool:
    """Whether this is the keyed hash that stands for a path, or for bytes, in quarantine."""
    return key.startswith(_TAG)
