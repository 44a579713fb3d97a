"""Pages are true where a machine can tell: paths and links exist, decisions have their shape."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [
    *(ROOT / name for name in ("README.md", "README.zh-CN.md", "CHANGELOG.md", "CONTRIBUTING.md")),
    *sorted(DOCS.rglob("*.md")),
]
DECISIONS = sorted((DOCS / "decisions").glob("*.md"))
ROOTS = "core|classifiers|plugins|integrations|tests|docs|examples|benchmarks|.ci"


def ids(path: Path) -> str:
    return str(path.relative_to(ROOT))


def outside_blocks(page: Path) -> str:
    return re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_every_path_a_page_names_exists(page: Path) -> None:
    named = re.findall(rf"`((?:{ROOTS})/[^`\s]*)`", outside_blocks(page))

    missing = [path for path in named if not any(ROOT.glob(path.rstrip("/")))]

    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", outside_blocks(page))

    here = [target for target in targets if not target.startswith(("http:", "https:", "mailto:"))]

    assert [target for target in here if not (page.parent / target).exists()] == []


def test_the_index_leads_to_every_page() -> None:
    index = (DOCS / "index.md").read_text("utf-8")

    pages = [path.relative_to(DOCS) for path in DOCS.rglob("*.md") if path.name != "index.md"]

    assert [str(page) for page in pages if f"({page})" not in index] == []


def test_the_table_of_changes_is_long_enough_to_help() -> None:
    table = (DOCS / "architecture.md").read_text("utf-8").split("## I want to change")[1]

    assert table.count("\n| ") - 1 >= 20


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(path.name[:4]) for path in DECISIONS]

    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("page", DECISIONS, ids=ids)
def test_a_decision_says_why_what_and_what_follows(page: Path) -> None:
    headings = re.findall(r"^## (.+)$", page.read_text("utf-8"), re.MULTILINE)

    assert headings == ["Context", "Decision", "Consequences"]


def test_every_module_stands_in_a_room_the_architecture_names() -> None:
    text = (DOCS / "architecture.md").read_text("utf-8")
    rooms = {p.name for p in (ROOT / "core/gongkai").iterdir() if (p / "__init__.py").exists()}

    assert [room for room in sorted(rooms) if f"{room}/" not in text] == []
