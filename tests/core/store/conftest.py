from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL, make_url

from gongkai.store.database import Database
from postgresql import a_database


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[URL]:
    """An empty database of each kind."""
    if request.param == "sqlite":
        yield make_url(f"sqlite:///{tmp_path}/data/gongkai.db")
        return
    with a_database() as empty:
        yield empty


@pytest.fixture
def database(url: URL) -> Iterator[Database]:
    with Database(url) as opened:
        opened.migrate()
        yield opened


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Database]:
    with Database(f"sqlite:///{tmp_path}/data/gongkai.db") as opened:
        opened.migrate()
        yield opened


@pytest.fixture
def office_key() -> bytes:
    return bytes(range(32))


@pytest.fixture
def sha() -> Callable[[str], str]:
    """A digest for a word, so that tests can speak of bytes by name."""
    import hashlib

    return lambda word: hashlib.sha256(word.encode()).hexdigest()
