"""The shape of the house: imports point one way, modules are small and say what they are."""

from __future__ import annotations

import ast
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder
from importlinter.cli import lint_imports

ROOT = Path(__file__).parents[2]
ROOTS = ("core", "classifiers", "plugins", "integrations")
MODULES = sorted(path for root in ROOTS for path in (ROOT / root).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
HARD_LIMIT = 400
LONG_TESTS = 600
VAGUE = {"utils", "util", "helpers", "helper", "manager", "base", "common", "misc"}
REACHES_OUT = {"socket", "http.client", "urllib.request", "ftplib", "smtplib", "requests", "httpx"}
STAYS_IN = ("core", "classifiers", "plugins")
"""Roots that touch no network; the integrations are there for that."""


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imported(path: Path) -> set[str]:
    """What a module imports anywhere in it, each name with all its parents."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    parts = [name.split(".") for name in names]
    return {".".join(steps[:end]) for steps in parts for end in range(1, len(steps) + 1)}


def test_imports_point_one_way(capsys: pytest.CaptureFixture[str]) -> None:
    status = lint_imports(str(ROOT / "pyproject.toml"), no_cache=True, no_logo=True)

    assert status == 0, capsys.readouterr().out


def test_no_module_is_longer_than_a_reader_can_hold() -> None:
    lengths = {name(path): len(path.read_text("utf-8").splitlines()) for path in MODULES}

    assert {path: lines for path, lines in lengths.items() if lines > HARD_LIMIT} == {}


def test_no_test_module_grows_without_end() -> None:
    lengths = {name(path): len(path.read_text("utf-8").splitlines()) for path in TESTS}

    assert {path: lines for path, lines in lengths.items() if lines > LONG_TESTS} == {}


def test_every_module_says_what_it_is() -> None:
    silent = [name(p) for p in MODULES if not ast.get_docstring(ast.parse(p.read_text("utf-8")))]

    assert silent == []


def test_no_module_has_a_name_for_anything() -> None:
    assert [name(path) for path in MODULES if path.stem in VAGUE] == []


def test_nothing_but_integrations_can_reach_out() -> None:
    """INT-01."""
    reaching = {
        name(path): imported(path) & REACHES_OUT
        for path in MODULES
        if path.relative_to(ROOT).parts[0] in STAYS_IN
    }

    assert {path: packages for path, packages in reaching.items() if packages} == {}


def test_spacy_is_imported_by_the_classifiers_alone() -> None:
    users = [path for path in MODULES if "spacy" in imported(path)]

    assert {path.relative_to(ROOT).parts[0] for path in users} == {"classifiers"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The names in a wheel built from this tree."""
    folder = tmp_path_factory.mktemp("wheel")
    built = next(iter(WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])))
    with zipfile.ZipFile(built) as archive:
        return archive.namelist()


def test_the_wheel_holds_every_file_of_the_four_roots(wheel: list[str]) -> None:
    wanted = {
        str(path.relative_to(ROOT / root))
        for root in ROOTS
        for path in (ROOT / root).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    }

    assert wanted - set(wheel) == set()


def test_the_wheel_installs_nothing_beside_the_four_packages(wheel: list[str]) -> None:
    packages = {entry.partition("/")[0] for entry in wheel}

    assert {p for p in packages if not p.endswith(".dist-info")} == {
        "gongkai",
        "gongkai_classifiers",
        "gongkai_plugins",
        "gongkai_integrations",
    }
