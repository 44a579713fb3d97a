from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from postgresql import a_database
from procedure.office import World, a_world


@pytest.fixture(params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """A new office on each kind of database."""
    if request.param == "sqlite":
        made = a_world(tmp_path)
        yield made
        made.database.close()
        return
    with a_database() as url:
        made = a_world(tmp_path, url.render_as_string(hide_password=False))
        yield made
        made.database.close()
