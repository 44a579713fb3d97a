"""A plugin that wants to end the program."""

from __future__ import annotations

import sys

from gongkai import hookimpl


@hookimpl
def observe() -> None:
    sys.exit(0)


@hookimpl
def guard_transition() -> None:
    sys.exit(0)


@hookimpl
def on_event() -> None:
    sys.exit(0)
