"""Whose turn it is, read from the table of acts: SRC-15, SRC-22."""

from __future__ import annotations

import pytest

from core.lifecycle.office import NATIONAL, case
from gongkai.lifecycle.act import Act
from gongkai.lifecycle.roles import Role
from gongkai.lifecycle.state import AT_REST, State
from gongkai.lifecycle.turn import next_acts, whose_turn
from gongkai.model.attribute import DisclosureAttribute

NOT_DISCLOSED = DisclosureAttribute.NOT_DISCLOSED


@pytest.mark.parametrize(
    ("state", "acts", "roles"),
    [
        pytest.param(State.SUGGESTED, {Act.PROPOSE}, {Role.DRAFTER}, id="advised"),
        pytest.param(State.BLOCKED, {Act.PROPOSE}, {Role.DRAFTER}, id="blocked"),
        pytest.param(State.RETURNED, {Act.PROPOSE}, {Role.DRAFTER}, id="returned"),
        pytest.param(State.PROPOSED, {Act.EXAMINE}, {Role.SECTION_HEAD}, id="proposed"),
        pytest.param(State.UNIT_EXAMINED, {Act.ACCEPT}, {Role.OFFICE}, id="nothing to review"),
        pytest.param(State.REVIEWED, {Act.ACCEPT}, {Role.OFFICE}, id="reviewed"),
        pytest.param(State.OFFICE_CHECK, {Act.APPROVE}, {Role.LEADER_IN_CHARGE}, id="to be signed"),
        pytest.param(State.APPROVED, set(), {Role.DRAFTER}, id="to be marked"),
        pytest.param(State.TEXT_CHANGED, {Act.KEEP, Act.RESIGN}, {Role.OFFICE}, id="changed"),
        pytest.param(State.STAMPED, {Act.REGISTER}, {Role.CUSTODIAN}, id="to be registered"),
        pytest.param(State.REGISTERED, {Act.WITHHOLD}, {Role.CUSTODIAN}, id="to be withheld"),
        pytest.param(
            State.EXTRACTION_FAILED, {Act.VOUCH}, {Role.OFFICE, Role.DRAFTER}, id="not read"
        ),
    ],
)
def test_a_withheld_paper_waits_for(state: State, acts: set[Act], roles: set[Role]) -> None:
    paper = case(state, attribute=NOT_DISCLOSED)

    assert set(next_acts(paper, NATIONAL)) == acts
    assert set(whose_turn(paper, NATIONAL)) == roles


def test_a_paper_to_be_public_is_reviewed_before_the_office_checks_it() -> None:
    paper = case(State.UNIT_EXAMINED)

    assert next_acts(paper, NATIONAL) == (Act.SIGN,)
    assert Role.OFFICE not in whose_turn(paper, NATIONAL)


def test_a_registered_paper_to_be_public_waits_to_be_published() -> None:
    assert next_acts(case(State.REGISTERED), NATIONAL) == (Act.PUBLISH,)


@pytest.mark.parametrize("state", sorted(AT_REST))
def test_nobody_waits_at_rest(state: State) -> None:
    assert whose_turn(case(state), NATIONAL) == ()
