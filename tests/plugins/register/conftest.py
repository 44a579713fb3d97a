from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from plugins.register.office import Registry, a_registry, reopened, today
from postgresql import a_database


@pytest.fixture(scope="session")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """An office with papers signed off and marked on a day, made once and copied for each test."""

    @cache
    def on(day: str) -> Path:
        registry = a_registry(tmp_path_factory.mktemp(f"walked-{day}"))
        registry.world.database.close()
        return registry.world.office.root

    return on


@pytest.fixture
def registry(walked: Callable[[str], Path], tmp_path: Path) -> Iterator[Registry]:
    """A copy of the office of today, for one test."""
    original = walked(today())
    root = tmp_path / "office"
    shutil.copytree(original, root)
    made = reopened(root, original)
    yield made
    made.world.database.close()


@pytest.fixture
def on_postgresql(tmp_path: Path) -> Iterator[Registry]:
    """Such an office on a PostgreSQL server."""
    with a_database() as url:
        made = a_registry(tmp_path, url.render_as_string(hide_password=False))
        yield made
        made.world.database.close()
