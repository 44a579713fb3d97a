"""A plugin that raises in every hook."""

from __future__ import annotations

from typing import NoReturn

from gongkai import hookimpl


@hookimpl
def read_content(data: bytes) -> NoReturn:
    raise ValueError(data)


@hookimpl
def observe() -> NoReturn:
    raise ValueError("words of the document")


@hookimpl
def resolve_source() -> NoReturn:
    raise ValueError("words of the document")


@hookimpl
def check_bundle() -> NoReturn:
    raise RecursionError


@hookimpl
def guard_transition() -> NoReturn:
    raise KeyError("words of the document")


@hookimpl
def on_event() -> NoReturn:
    raise ValueError("words of the document")


@hookimpl
def commands() -> NoReturn:
    raise ValueError


@hookimpl
def tables() -> NoReturn:
    raise ValueError
