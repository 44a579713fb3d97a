"""Column types for what file systems and documents really contain, and the usual columns."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Dialect, ForeignKey, MetaData, Text
from sqlalchemy.types import TypeDecorator

from gongkai.store.paths import path_from_key, path_key

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
"""Every table of the core; plugins have metadata of their own."""

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


def text_column(name: str, default: str | None = "") -> Column[str]:
    """A text column that is never NULL; without a default the caller must say."""
    return Column(name, Text, nullable=False, default=default)


def words_column(name: str) -> Column[str]:
    """Free text by people, "" unless said."""
    return Column(name, Words, nullable=False, default="")


def refers(name: str, target: str, *, nullable: bool = False) -> Column[int]:
    """A reference to another table's row."""
    return Column(name, ForeignKey(target), nullable=nullable)
