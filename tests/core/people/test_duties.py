"""Which roles are with two people, and who may do what: every line of both tables (SRC-22)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.errors import ActionRefused
from gongkai.lifecycle.duties import DECIDING, KEEPERS, clash, kept_apart
from gongkai.lifecycle.roles import Actor, Held, Role
from gongkai.messages import has, say, speaking
from gongkai.people.permissions import HOLDERS, Permission, may, require


@given(st.sets(st.sampled_from(Role)))
def test_a_keeper_holds_nothing_beside_but_drafting(roles) -> None:
    alone = not roles & set(KEEPERS) or len(roles - {Role.DRAFTER}) == 1

    assert (clash(roles) is None) is alone


@given(st.sets(st.sampled_from(Role)))
def test_what_counts_never_clashes_and_keeps_the_administrator(roles) -> None:
    left = {held.role for held in kept_apart(frozenset(map(Held, roles)))}

    assert clash(left) is None
    assert left <= roles
    assert (Role.ADMINISTRATOR in left) is (Role.ADMINISTRATOR in roles)


def test_every_role_keeps_decides_or_drafts() -> None:
    assert DECIDING | set(KEEPERS) | {Role.DRAFTER} == set(Role)
    assert not DECIDING & set(KEEPERS)


def test_every_permission_has_holders_and_words() -> None:
    assert set(HOLDERS) == set(Permission)
    assert all(HOLDERS.values())
    assert all(has(f"people.may_{each}") for each in Permission)
    assert all(has(f"people.role_{each}") for each in Role)


def test_no_two_roles_are_called_the_same() -> None:
    for language in ("zh", "en"):
        with speaking(language):
            assert len({say(f"people.role_{role}") for role in Role}) == len(Role)


@pytest.mark.parametrize("permission", Permission)
def test_only_the_named_roles_may(permission) -> None:
    by_role = {role: Actor("李示例", "", frozenset({Held(role)})) for role in Role}

    allowed = {role for role, actor in by_role.items() if may(actor, permission)}

    assert allowed == HOLDERS[permission]


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.IT, Role.SUPERVISOR])
def test_who_keeps_the_house_neither_reveals_nor_releases(role) -> None:
    shut = {Permission.REVEAL, Permission.RELEASE_QUARANTINE, Permission.SEE_QUARANTINE}

    assert not [each for each in shut if role in HOLDERS[each]]


def test_a_role_of_another_section_opens_nothing_of_this_one() -> None:
    actor = Actor("李示例", "就业促进科", frozenset({Held(Role.DRAFTER, "就业促进科")}))

    assert may(actor, Permission.REVEAL)
    assert may(actor, Permission.REVEAL, "就业促进科")
    assert may(actor, Permission.REVEAL, "社会保险科") is None


def test_a_refusal_names_the_act_and_who_may() -> None:
    actor = Actor("李示例", "", frozenset())

    with pytest.raises(ActionRefused) as caught:
        require(actor, Permission.REGISTER_CHAIN_CHECKPOINT)

    assert "登记专管员" in str(caught.value)
    assert "李示例" in str(caught.value)
