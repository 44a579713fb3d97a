"""One paper on its way, as far as the kernel leads it, and what stops it."""

from __future__ import annotations

import pytest

from gongkai.casework import CaseRefused
from gongkai.lifecycle.act import Act
from gongkai.lifecycle.state import State
from gongkai.samples.people import id_number
from procedure.office import (
    BODY,
    CLERK,
    DRAFTER,
    GROUND,
    HEAD,
    LEADER,
    NOT_DISCLOSED,
    World,
    proposed,
)


def test_a_withheld_paper_walks_to_the_signer(world: World) -> None:
    """SRC-03, SRC-05, SRC-15: proposed, examined, checked and determined by named people."""
    number = proposed(world, attribute=NOT_DISCLOSED, **GROUND)

    world.act(number, HEAD, Act.EXAMINE)
    world.act(number, CLERK, Act.ACCEPT)
    after = world.act(number, LEADER, Act.APPROVE)

    assert after.state is State.APPROVED
    people = [(step.actor, step.act) for step in world.history(number) if step.role]
    assert people == [
        (DRAFTER, Act.PROPOSE),
        (HEAD, Act.EXAMINE),
        (CLERK, Act.ACCEPT),
        (LEADER, Act.APPROVE),
    ]


def test_a_saved_change_stops_the_next_signature(world: World) -> None:
    """SRC-03: nobody signs for bytes that were not judged."""
    number = proposed(world, attribute=NOT_DISCLOSED, **GROUND)
    world.save("通知.txt", BODY.replace("十个工作日", "五个工作日"))

    with pytest.raises(CaseRefused) as told:
        world.act(number, HEAD, Act.EXAMINE)

    assert "case check" in str(told.value)


def test_a_public_paper_waits_for_the_secrecy_review(world: World) -> None:
    """SEC-01: proactive papers are reviewed; without the review the office cannot accept."""
    number = proposed(world)
    world.act(number, HEAD, Act.EXAMINE)

    with pytest.raises(CaseRefused):
        world.act(number, CLERK, Act.ACCEPT)

    assert world.case(number).state is State.UNIT_EXAMINED


def test_a_paper_without_a_label_goes_back_with_a_numbered_notice(world: World) -> None:
    """SRC-16."""
    case = world.judge(world.save("通知.txt", BODY))

    assert case is not None
    assert case.state is State.RETURNED


def test_personal_data_in_a_public_paper_holds_it_up(world: World) -> None:
    """SRC-14, PRO-14."""
    number = proposed(
        world, BODY.replace("二、", f"申领人张小红，身份证号{id_number('19990215', 40)}。\n二、")
    )

    assert world.case(number).state is State.BLOCKED
    with pytest.raises(CaseRefused):
        world.act(number, HEAD, Act.EXAMINE)
