from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text

from plugins.register.office import Registry, a_registry, reopened

POSTGRESQL = os.environ.get("GONGKAI_TEST_POSTGRESQL", "")


@pytest.fixture(scope="session")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with papers signed off and marked, made once and copied for each test."""
    root = tmp_path_factory.mktemp("walked")
    registry = a_registry(root)
    registry.world.database.close()
    return registry.world.office.root


@pytest.fixture
def registry(walked: Path, tmp_path: Path) -> Iterator[Registry]:
    """A copy of that office, for one test."""
    root = tmp_path / "office"
    shutil.copytree(walked, root)
    made = reopened(root, walked)
    yield made
    made.world.database.close()


@pytest.fixture
def on_postgresql(tmp_path: Path) -> Iterator[Registry]:
    """Such an office on a PostgreSQL server."""
    if not POSTGRESQL:
        pytest.skip("GONGKAI_TEST_POSTGRESQL names no database")
    schema = f"t_{uuid4().hex}"
    whole = make_url(POSTGRESQL).set(drivername="postgresql+psycopg")
    engine = create_engine(whole, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    address = whole.update_query_dict({"options": f"-csearch_path={schema}"})
    made = a_registry(tmp_path, address.render_as_string(hide_password=False))
    yield made
    made.world.database.close()
    with engine.connect() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()
