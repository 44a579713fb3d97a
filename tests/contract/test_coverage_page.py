"""docs/requirements.md says of each requirement what the data, and the tests' own words, say."""

from __future__ import annotations

import pytest

from contract import coverage_page
from contract.coverage_page import CLAIMED, GROUPS, Requirement, Status, named, read

CATALOGUE = {
    "SRC": 25,
    "SEC": 21,
    "APP": 23,
    "REG": 13,
    "PRE": 8,
    "PAR": 22,
    "SUP": 10,
    "ASM": 8,
    "PRO": 19,
    "PUB": 12,
    "REP": 8,
    "SHR": 3,
    "INT": 5,
    "WIN": 8,
}
"""How many rows each group has; SRC-24 and SRC-25 came with the amendments."""

ROWS = read()


def each(row: Requirement) -> str:
    return row.id


def test_the_page_is_the_one_the_data_and_the_tests_write() -> None:
    written = coverage_page.PAGE.read_text("utf-8")

    assert written == coverage_page.page(), "python tests/contract/coverage_page.py"


def test_every_row_of_the_catalogue_stands_there_once_and_in_order() -> None:
    expected = [f"{g}-{n:02}" for g, count in CATALOGUE.items() for n in range(1, count + 1)]

    assert list(GROUPS) == list(CATALOGUE)
    assert [row.id for row in ROWS] == expected


@pytest.mark.parametrize("row", [row for row in ROWS if row.status in CLAIMED], ids=each)
def test_what_is_there_is_named_by_a_test_and_says_what_carries_it(row: Requirement) -> None:
    assert row.id in named(), f"no test names {row.id}"
    assert row.note


@pytest.mark.parametrize("row", ROWS, ids=each)
def test_a_row_is_filled_in(row: Requirement) -> None:
    partly = row.status is Status.PARTLY

    assert row.asks
    assert row.source
    assert row.priority in (1, 2, 3)
    assert (row.owner == "out of scope") >= (row.status is Status.OUT_OF_SCOPE)
    assert ("missing:" in row.note) is partly, "partly says what is missing, and nothing else does"


def test_tests_name_no_requirement_that_is_none() -> None:
    known = {row.id for row in ROWS}

    unknown = {id: paths for id, paths in named().items() if id not in known}

    assert unknown == {}


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        pytest.param('"""Returned (SRC-16, ASM-08)."""', ["ASM-08", "SRC-16"], id="docstring"),
        pytest.param('id="SRC-03 the file"', ["SRC-03"], id="parameter"),
        pytest.param('"PRO-11.E2"', ["PRO-11"], id="rule of an exemption"),
        pytest.param(
            "def test_sec13_sec14_a_question_goes_up(world)", ["SEC-13", "SEC-14"], id="name"
        ),
        pytest.param("made = world.a_sec13_paper()", [], id="another name"),
        pytest.param("WSRC-16 SRC-160 src-16 C-16", [], id="no ids"),
    ],
)
def test_an_id_is_found_wherever_it_stands(text: str, ids: list[str]) -> None:
    assert coverage_page.ids_in(text) == ids
