"""A plugin that does its part, to stand beside those that do not."""

from __future__ import annotations

from gongkai import hookimpl
from gongkai.model.move import Allow
from gongkai.model.reading import Observations


@hookimpl
def read_content() -> None:
    return None


@hookimpl
def observe() -> Observations:
    return Observations(components=("works",))


@hookimpl
def guard_transition() -> Allow:
    return Allow()
