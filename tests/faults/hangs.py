"""A plugin that never answers."""

from __future__ import annotations

import time

from gongkai import hookimpl


@hookimpl
def observe() -> None:
    time.sleep(3600)


@hookimpl
def guard_transition() -> None:
    time.sleep(3600)


@hookimpl
def on_event() -> None:
    time.sleep(3600)


@hookimpl
def resolve_source() -> None:
    time.sleep(3600)
