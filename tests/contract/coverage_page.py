"""Writes docs/requirements.md: what is asked for, whether it is there, and which tests say so.

``python tests/contract/coverage_page.py`` replaces the page from docs/requirements.toml and the
ids the tests name; a test compares.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

TESTS = Path(__file__).parents[1]
DOCS = TESTS.parent / "docs"
DATA = DOCS / "requirements.toml"
PAGE = DOCS / "requirements.md"

GROUPS = {
    "SRC": "determining at the source",
    "SEC": "secrecy review",
    "APP": "disclosure on request",
    "REG": "register and materials",
    "PRE": "disclosure before a decision",
    "PAR": "public participation",
    "SUP": "inspection",
    "ASM": "assessment",
    "PRO": "proactive list and deadlines",
    "PUB": "publication, catalogue, guide",
    "REP": "annual report and statistics",
    "SHR": "sharing",
    "INT": "internal network",
    "WIN": "demonstration points, powers, flow charts",
}
IDS = re.compile(rf"\b(?:{'|'.join(GROUPS)})-\d\d\b")
NAMES = re.compile(r"\bdef (test_\w+)\(")
IN_NAMES = re.compile(rf"_({'|'.join(GROUPS).lower()})(\d\d)(?=_)")
"""In the name of a test: ``test_sec13_sec14_a_question_goes_up``."""

SPEAKING_OF_IDS = ("coverage_page.py", "test_coverage_page.py")
"""Files that name ids as such; they prove nothing about them."""


class Status(StrEnum):
    """How far a requirement is met; its value as it stands in the data."""

    WORKS = "works"
    PARTLY = "partly"
    NOT_YET = "not_yet"
    OUT_OF_SCOPE = "out_of_scope"

    @property
    def words(self) -> str:
        """The status as a reader sees it."""
        return self.value.replace("_", " ")


CLAIMED = frozenset({Status.WORKS, Status.PARTLY})
"""What says that something is there, and so has to be named by a test."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One row of the catalogue."""

    id: str
    asks: str
    source: str
    priority: int
    owner: str
    status: Status
    note: str = ""
    derived: bool = False

    @property
    def group(self) -> str:
        """The letters of its id."""
        return self.id.partition("-")[0]


INTRODUCTION = """\
# Requirements

What offices ask for, row by row, whether gongkai does it, and which tests say so. This page is
written by `tests/contract/coverage_page.py` from `docs/requirements.toml`; change that file or a
test, then write the page anew.

The catalogue was drawn from circulars and institutions of public offices: *from* is the article
(the keys are explained in the data), an asterisk behind it says that the row follows from it
without standing there. *P* is 1 for must, 2 for should, 3 for may. *By* is `core`, a plugin, there
or to come, or out of scope: configured at most, never built.

A row counts as **works** or **partly** only if a test names its id, in a docstring, comment or
parameter, or in its own name (`test_sec08_…`); a test holds the page to it. That a test names a
row says where to look, not that nothing is missing: what is known to be missing stands in the row.

## How far
"""


def read(data: Path = DATA) -> tuple[Requirement, ...]:
    """All rows in the order of the file."""
    tables = tomllib.loads(data.read_text("utf-8"))
    return tuple(_requirement(id, table) for id, table in tables.items())


def _requirement(id: str, table: Mapping[str, Any]) -> Requirement:
    return Requirement(**{**table, "id": id, "status": Status(table["status"])})


@cache
def named() -> Mapping[str, tuple[Path, ...]]:
    """For each id the test modules and cases that name it, in order of path."""
    found: dict[str, list[Path]] = {}
    for path in sorted([*TESTS.rglob("*.py"), *TESTS.rglob("*.toml")]):
        if path.name not in SPEAKING_OF_IDS:
            for id in ids_in(path.read_text("utf-8")):
                found.setdefault(id, []).append(path)
    return {id: tuple(paths) for id, paths in sorted(found.items())}


def ids_in(text: str) -> list[str]:
    """The ids a test module or case names, in names of tests and everywhere else."""
    names = "\n".join(NAMES.findall(text))
    in_names = {f"{group.upper()}-{number}" for group, number in IN_NAMES.findall(names)}
    return sorted({*IDS.findall(text), *in_names})


def page() -> str:
    """The whole page as it should stand in the file."""
    rows = read()
    parts = [INTRODUCTION, *_totals("group", GROUPS, rows, lambda row: row.group)]
    parts += _totals("priority", {"1": "", "2": "", "3": ""}, rows, lambda row: str(row.priority))
    parts += _hints(rows)
    for group, title in GROUPS.items():
        parts.append(f"\n## {group}: {title}\n\n")
        parts.append("| id | what is asked | from | P | by | status | how | tests |\n")
        parts.append("|---|---|---|---|---|---|---|---|\n")
        parts += [_row(row) for row in rows if row.group == group]
    return "".join(parts)


def _totals(
    heading: str,
    keys: Mapping[str, str],
    rows: Iterable[Requirement],
    key: Callable[[Requirement], str],
) -> Iterator[str]:
    """How many of each status, by group or by priority."""
    counted = Counter((key(row), row.status) for row in rows)
    names = " | ".join(status.words for status in Status)
    yield f"\n| {heading} | {names} | rows |\n|---|{'---|' * (len(Status) + 1)}\n"
    for value, title in keys.items():
        numbers = [counted[value, status] for status in Status]
        cells = " | ".join(map(str, [*numbers, sum(numbers)]))
        yield f"| {f'{value} {title}'.strip()} | {cells} |\n"
    sums = [sum(counted[value, status] for value in keys) for status in Status]
    yield f"| **all** | {' | '.join(f'**{number}**' for number in [*sums, sum(sums)])} |\n"


def _hints(rows: Iterable[Requirement]) -> Iterator[str]:
    """Rows called missing that a test names all the same: somebody should look."""
    found = [row.id for row in rows if row.status is Status.NOT_YET and row.id in named()]
    if found:
        yield f"\nNot yet there, and named by a test nevertheless: {', '.join(found)}.\n"


def _row(row: Requirement) -> str:
    source = f"{row.source} \\*" if row.derived else row.source
    tests = " · ".join(_link(path) for path in named().get(row.id, ()))
    note = row.note.replace("|", "\\|")
    cells = (row.id, row.asks, source, row.priority, row.owner, row.status.words, note, tests)
    return f"| {' | '.join(map(str, cells))} |\n"


def _link(path: Path) -> str:
    name = path.stem.removeprefix("test_") if path.suffix == ".py" else f"cases/{path.stem}"
    return f"[{name}](../tests/{path.relative_to(TESTS).as_posix()})"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
