from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from core.store.conftest import database as database
from core.store.conftest import url as url
from gongkai.people.changes import Administration
from gongkai.settings import Settings, parse_settings
from gongkai.store.database import Database

AT = "2026-11-21T10:00:00+08:00"
ADMIN = "张示例"

STATED = f"""
[[person]]
name = "{ADMIN}"
roles = ["administrator"]
accounts = ["zhang"]

[[person]]
name = "赵示例"
section = "就业促进科"
roles = ["section_head"]
accounts = ["zhao"]
"""

SMALL = STATED + "\n[people]\nsmall_office = true\n"


@pytest.fixture
def settings() -> Settings:
    """An office whose duties are kept apart: an administrator and a head of section."""
    return parse_settings(STATED, "gongkai.toml")


@pytest.fixture
def small() -> Settings:
    """The same office with too few people."""
    return parse_settings(SMALL, "gongkai.toml")


@pytest.fixture
def administration(database: Database, settings: Settings) -> Callable[..., object]:
    """The administrator at work in a transaction, or whoever is named, at a moment."""

    @contextmanager
    def at_work(
        by: str = ADMIN, at: str = AT, under: Settings = settings
    ) -> Iterator[Administration]:
        with database.write() as connection:
            yield Administration(connection, under, by, at)

    return at_work
