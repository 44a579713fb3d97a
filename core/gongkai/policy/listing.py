"""A profile as a table: every key with its value, ground and level, for people to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from gongkai.messages import say
from gongkai.model.finding import Basis
from gongkai.policy.leaf import Leaf
from gongkai.policy.profile import Profile

Row = tuple[str, str, str]


def listing(profile: Profile) -> list[Row]:
    """Key, value and grounds of every key, in the order of the schema."""
    return list(_rows("", profile.keys))


def _rows(prefix: str, value: object) -> Iterator[Row]:
    if isinstance(value, Leaf):
        yield prefix, _words(value.value), _grounds(value.grounds)
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _rows(_joined(prefix, name), getattr(value, name))
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _rows(_joined(prefix, str(name)), inner)
    else:
        yield prefix, _words(value), ""


def _joined(prefix: str, name: str) -> str:
    return f"{prefix}.{name}" if prefix else name


def _words(value: object) -> str:
    if isinstance(value, BaseModel):
        pairs = ((name, getattr(value, name)) for name in type(value).model_fields)
        return "；".join(f"{name}={_words(inner)}" for name, inner in pairs)
    if isinstance(value, tuple | list | frozenset):
        return "、".join(_words(inner) for inner in value)
    return str(value)


def _grounds(grounds: tuple[Basis, ...]) -> str:
    return "；".join(f"{g.text}（{say(f'policy.strength_{g.level}')}）" for g in grounds)
