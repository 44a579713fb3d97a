"""Column types for what file systems and documents really contain."""

from __future__ import annotations

from sqlalchemy import BigInteger, Dialect, Text
from sqlalchemy.types import TypeDecorator

from gongkai.store.paths import path_from_key, path_key

_WRAP = 1 << 64
_SIGN = 1 << 63


class Name(TypeDecorator[str]):
    """A file name, exactly as on disk: undecodable bytes survive the round trip."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else path_key(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else path_from_key(value)


class Words(TypeDecorator[str]):
    """Words shown to people; what no database can hold as text becomes U+FFFD."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else printable(value)


class Unsigned(TypeDecorator[int]):
    """A 64-bit inode or device number, which a signed column would refuse above 2**63."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: int | None, dialect: Dialect) -> int | None:
        return value - _WRAP if value is not None and value >= _SIGN else value

    def process_result_value(self, value: int | None, dialect: Dialect) -> int | None:
        return value + _WRAP if value is not None and value < 0 else value


def printable(text: str) -> str:
    """``text`` with lone surrogates and NUL replaced by U+FFFD, of the same length."""
    if text.isascii() and "\0" not in text:
        return text
    return "".join("\ufffd" if "\ud800" <= c <= "\udfff" or c == "\0" else c for c in text)
