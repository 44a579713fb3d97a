"""A PostgreSQL database of its own for a test, where ``GONGKAI_TEST_POSTGRESQL`` names a server."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from sqlalchemy import URL, create_engine, make_url, text

NAMED = "GONGKAI_TEST_POSTGRESQL"


@contextmanager
def a_database() -> Iterator[URL]:
    """An empty schema, gone afterwards; without a server the test is skipped."""
    server = os.environ.get(NAMED, "")
    if not server:
        pytest.skip(f"{NAMED} names no database")
    schema = f"t_{uuid4().hex}"
    whole = make_url(server).set(drivername="postgresql+psycopg")
    engine = create_engine(whole, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    try:
        yield whole.update_query_dict({"options": f"-csearch_path={schema}"})
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
        engine.dispose()
