from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text

from procedure.office import World, a_world

POSTGRESQL = os.environ.get("GONGKAI_TEST_POSTGRESQL", "")


@pytest.fixture(params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """A new office on each kind of database."""
    if request.param == "sqlite":
        made = a_world(tmp_path)
        yield made
        made.database.close()
        return
    if not POSTGRESQL:
        pytest.skip("GONGKAI_TEST_POSTGRESQL names no database")
    schema = f"t_{uuid4().hex}"
    whole = make_url(POSTGRESQL).set(drivername="postgresql+psycopg")
    engine = create_engine(whole, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    url = whole.update_query_dict({"options": f"-csearch_path={schema}"})
    made = a_world(tmp_path, url.render_as_string(hide_password=False))
    yield made
    made.database.close()
    with engine.connect() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()
