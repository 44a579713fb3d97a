"""Passwords for the desk: what is asked of one, and how it is kept (GB/T 22239, 身份鉴别)."""

from __future__ import annotations

import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from gongkai.errors import ActionRefused

SHORTEST = 10
"""Characters. GB/T 22239 names no number; what assessors ask for is at least eight."""

LONGEST = 256
"""Characters: nobody needs more, and hashing costs time."""

KINDS = 2
"""Kinds of characters, of small letters, capitals, digits and all others."""

NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=4$3DD0oFHPKBLloXhShni0Ug$"
    "o0FQJbBFMUg2rW+Mew7uwJnrzc/dhzOEtuPwFfL87Es"
)
"""A hash of a password nobody has: where there is none to check, checking takes as long."""


def hash_of(password: str, name: str) -> str:
    """An argon2id hash of a new password for the person of this name.

    Raises ``ActionRefused`` for one that is too short, too long, all of one kind of
    characters, or the person's name.
    """
    given = _spelled(password)
    if not SHORTEST <= len(given) <= LONGEST:
        raise ActionRefused("password_length", shortest=SHORTEST, longest=LONGEST)
    if given.casefold() == _spelled(name).casefold():
        raise ActionRefused("password_is_name")
    if len({_kind(character) for character in given}) < KINDS:
        raise ActionRefused("password_plain", kinds=KINDS)
    return _hasher().hash(_bytes(given))


def matches(password_hash: str, password: str) -> bool:
    """Whether this is the password; takes as long either way, however long the text."""
    try:
        return _hasher().verify(password_hash, _bytes(password[: LONGEST * 4]))
    except (VerificationError, InvalidHashError):
        return False


def renewed(password_hash: str, password: str) -> str | None:
    """The same password hashed as is usual now; None where it is already."""
    hasher = _hasher()
    if not hasher.check_needs_rehash(password_hash):
        return None
    return hasher.hash(_bytes(password))


def _hasher() -> PasswordHasher:
    # RFC 9106, second choice: 64 MiB each, so that a few at once fit into a small machine.
    return PasswordHasher(time_cost=3, memory_cost=65536, parallelism=4)


def _spelled(text: str) -> str:
    """One spelling for what two keyboards may encode differently."""
    return unicodedata.normalize("NFC", text)


def _bytes(text: str) -> bytes:
    return _spelled(text).encode("utf-8", "surrogatepass")


def _kind(character: str) -> str:
    if character.isdigit():
        return "digit"
    if character.isascii() and character.isalpha():
        return "small" if character.islower() else "capital"
    return "other"
