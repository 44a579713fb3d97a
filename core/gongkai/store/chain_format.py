"""Exactly what the chain hashes; docs/chain.md is this module in words.

Changing any of it makes every stored chain unverifiable: a new format gets a new algorithm
name and the old functions stay.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import datetime

ALGORITHM = "gongkai-chain-1"
GENESIS = "0" * 64
SALT_BYTES = 16
ERASED = "payload.erased"

_KIND = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*")
_SUBJECT = re.compile(r"[a-z][a-z0-9_]*:[A-Za-z0-9._-]+")


def canonical(payload: Mapping[str, object]) -> str:
    """One spelling for one payload: ASCII JSON, sorted keys, no blanks, no fractions.

    Raises ``TypeError`` for anything but text, whole numbers, true, false, null, lists and
    mappings with text keys.
    """
    _refuse_other_types(payload)
    return json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def _refuse_other_types(value: object) -> None:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise TypeError(f"a payload key is {type(key).__name__}, not text")
            _refuse_other_types(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _refuse_other_types(inner)
    elif value is not None and not isinstance(value, str | int):
        # A fraction has no single spelling in JSON.
        raise TypeError(f"a payload holds {type(value).__name__}")


def commitment_of(salt: bytes, body: str) -> str:
    """What a row says of its payload: without the salt, a guess cannot be tried out."""
    return hashlib.sha256(
        b"gongkai-payload-1\n" + salt + body.encode("utf-8", "surrogatepass")
    ).hexdigest()


def hash_of(seq: int, prev: str, kind: str, subject: str, at: str, commitment: str) -> str:
    """The hash of a row, which the next row repeats. No field contains a line feed."""
    text = f"{ALGORITHM}\n{seq}\n{prev}\n{kind}\n{subject}\n{at}\n{commitment}\n"
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def check_fields(kind: str, subject: str, at: str) -> None:
    """Raise ``ValueError`` for a row that could hold a name, or a time without offset.

    Kind and subject can never be erased, so they are codes: "verdict.recorded",
    "document:12". Whatever concerns a person belongs into the payload.
    """
    if not _KIND.fullmatch(kind):
        raise ValueError("the kind of a chain row is a dotted lower-case word")
    if not _SUBJECT.fullmatch(subject):
        raise ValueError("the subject of a chain row is word:identifier")
    if "\n" in at or datetime.fromisoformat(at).tzinfo is None:
        raise ValueError("the time of a chain row needs an offset")
