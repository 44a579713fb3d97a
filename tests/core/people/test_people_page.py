"""docs/people.md says of roles and permissions what the tables in the code say."""

from __future__ import annotations

import re
from pathlib import Path

from gongkai.lifecycle.duties import OF_A_SECTION
from gongkai.lifecycle.roles import Role
from gongkai.messages import say
from gongkai.people.passwords import KINDS, LONGEST, SHORTEST
from gongkai.people.permissions import HOLDERS
from gongkai.people.signin import PAUSE, TRIES

PAGE = (Path(__file__).parents[3] / "docs" / "people.md").read_text("utf-8")


def table(heading: str) -> dict[str, list[str]]:
    """Rows below a heading: the code in the first cell, and the other cells."""
    section = PAGE.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    rows = re.findall(r"^\| `(\w+)` \| (.*) \|$", section, re.MULTILINE)
    return {code: rest.split(" | ") for code, rest in rows}


def test_every_permission_stands_there_with_its_roles() -> None:
    written = {code: set(cells[0].split(", ")) for code, cells in table("Who may do what").items()}

    assert written == {str(p): {str(r) for r in roles} for p, roles in HOLDERS.items()}


def test_every_role_stands_there_with_its_name_and_reach() -> None:
    rows = table("Roles")

    assert {code: cells[0] for code, cells in rows.items()} == {
        str(role): say(f"people.role_{role}") for role in Role
    }
    own = {code for code, cells in rows.items() if cells[1] == "own section"}
    assert own == {str(role) for role in OF_A_SECTION}


def test_the_numbers_for_passwords_are_those_of_the_code() -> None:
    assert f"{SHORTEST} to {LONGEST} characters" in PAGE
    assert f"After {TRIES} wrong ones" in PAGE
    assert f"for {PAUSE.seconds // 60} minutes" in PAGE
    assert KINDS == 2
