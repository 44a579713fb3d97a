"""A plugin that asks for more memory than there is."""

from __future__ import annotations

from gongkai import hookimpl


@hookimpl
def observe() -> None:
    eaten = [bytearray(1 << 24) for _ in range(1 << 12)]
    raise AssertionError(len(eaten))
