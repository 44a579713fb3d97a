from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import URL, create_engine, make_url, text

from gongkai.store.database import Database

POSTGRESQL = os.environ.get("GONGKAI_TEST_POSTGRESQL", "")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[URL]:
    """An empty database of each kind."""
    if request.param == "sqlite":
        yield make_url(f"sqlite:///{tmp_path}/data/gongkai.db")
        return
    if not POSTGRESQL:
        pytest.skip("GONGKAI_TEST_POSTGRESQL names no database")
    schema = f"t_{uuid4().hex}"
    whole = make_url(POSTGRESQL).set(drivername="postgresql+psycopg")
    engine = create_engine(whole, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    yield whole.update_query_dict({"options": f"-csearch_path={schema}"})
    with engine.connect() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()


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
