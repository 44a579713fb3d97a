"""A case stands for what was judged and said last: text, attribute, reason (SRC-03, N-20)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from gongkai.casework import CaseRefused
from gongkai.casework.late import LateEntry, enter_late
from gongkai.errors import ActionRefused
from gongkai.lifecycle.act import Act
from gongkai.lifecycle.case import Wish
from gongkai.lifecycle.state import State
from gongkai.model.attribute import DisclosureAttribute
from gongkai.model.determination import Determination, Medium
from gongkai.moment import now
from gongkai.store import determinations, quarantine, tables
from gongkai.store.quarantine import Discovery, Ruling
from procedure.office import (
    BODY,
    CLERK,
    DRAFTER,
    GROUND,
    HEAD,
    LEADER,
    NOT_DISCLOSED,
    OFFICER,
    World,
    proposal,
    proposed,
)

PROACTIVE = DisclosureAttribute.PROACTIVE
MARKED = f"{BODY}\n（此件公开发布）"
CHANGED = BODY.replace("十个工作日", "五个工作日")


def approved(world: World) -> str:
    number = proposed(world, attribute=NOT_DISCLOSED, **GROUND)
    world.act(number, HEAD, Act.EXAMINE)
    world.act(number, CLERK, Act.ACCEPT)
    world.act(number, LEADER, Act.APPROVE)
    world.judge(world.folder / "通知.txt")
    return number


def standing(world: World, number: str) -> Determination | None:
    case = world.case(number)
    with world.database.read() as connection:
        found = determinations.current(connection, case.document, case.core_fingerprint)
    return found.determination if found else None


def said_beside(world: World, number: str, attribute: DisclosureAttribute) -> None:
    """The drafter marks another attribute in the file, as ``gongkai stamp`` records it."""
    case, before = world.case(number), standing(world, number)
    assert before is not None
    other = replace(before, attribute=attribute, decided_by=DRAFTER, recorded_at=now())
    with world.database.write() as connection:
        determinations.record(connection, case.document, other)


def test_a_proposal_is_about_the_text_judged_last(world: World) -> None:
    """SRC-03: saved twice while nobody had proposed, the case stands for the second text."""
    first = world.judge(world.save("通知.txt", MARKED))
    path = world.save("通知.txt", MARKED.replace("十个工作日", "五个工作日"))
    second = world.judge(path)
    assert first is not None
    assert second is not None
    assert second.state is first.state is State.SUGGESTED

    world.act(second.number, DRAFTER, Act.PROPOSE, **proposal())
    after = world.judge(path)

    assert second.core_fingerprint != first.core_fingerprint
    assert second.revision > first.revision
    assert after is not None
    assert after.state is State.PROPOSED


def test_judging_the_same_once_more_counts_no_revision(world: World) -> None:
    path = world.save("通知.txt", MARKED)
    first = world.judge(path)

    again = world.judge(path)

    assert first is not None
    assert again == first


def test_another_attribute_marked_in_the_file_is_the_proposal(world: World) -> None:
    number = proposed(world, attribute=NOT_DISCLOSED, **GROUND)
    said_beside(world, number, PROACTIVE)

    after = world.judge(world.folder / "通知.txt")

    assert after is not None
    assert (after.state, after.attribute) == (State.PROPOSED, PROACTIVE)


def test_another_attribute_marked_in_the_file_undoes_the_signatures(world: World) -> None:
    """What was examined is not what the file was judged by any more."""
    number = proposed(world, attribute=NOT_DISCLOSED, **GROUND)
    world.act(number, HEAD, Act.EXAMINE)
    said_beside(world, number, PROACTIVE)

    after = world.judge(world.folder / "通知.txt")

    assert after is not None
    assert (after.state, after.attribute) == (State.PROPOSED, PROACTIVE)


@pytest.mark.parametrize("act", [Act.KEEP, Act.RESIGN])
def test_why_the_wording_changed_is_not_why_it_is_withheld(world: World, act: Act) -> None:
    """N-20: the reason for withholding stays with the attribute; the act has one of its own."""
    number = approved(world)
    world.judge(world.save("通知.txt", CHANGED))

    world.act(number, CLERK, act, reason="时限按上级最新要求统一")

    made = standing(world, number)
    assert made is not None
    assert made.reason == GROUND["reason"]
    assert made.basis == GROUND["basis"]


def test_what_was_determined_before_ends_when_it_is_determined_anew(world: World) -> None:
    number = approved(world)
    at_rest = update(tables.case).values(state=State.WITHHELD)
    with world.database.write() as connection:
        connection.execute(at_rest)

    world.act(number, CLERK, Act.REDETERMINE, reason="事项已经对外公布")
    waiting = world.judge(world.folder / "通知.txt")
    nobody_yet = standing(world, number)
    world.act(number, DRAFTER, Act.PROPOSE, **proposal(PROACTIVE, reason="已经公布"))
    after = world.judge(world.folder / "通知.txt")

    assert waiting is not None
    assert waiting.state is not State.PROPOSED
    assert nobody_yet is None
    assert after is not None
    assert after.attribute is PROACTIVE
    made = standing(world, number)
    assert made is not None
    assert made.attribute is PROACTIVE


def test_only_the_release_of_the_stopped_paper_leads_its_case_out(world: World) -> None:
    """A6: the act alone, without a ruling on the paper, lets nothing go."""
    number = proposed(world)
    path = world.folder / "通知.txt"
    found = Discovery(str(path), "ab" * 32, ("first_page",), now())
    with world.database.write() as connection:
        stopped = quarantine.open_case(connection, world.key, found, "gongkai").number
    assert world.case(number).state is State.QUARANTINED
    officer = world.actor(OFFICER)
    wish = Wish(Act.RELEASE, officer, date.today().isoformat(), officer, reason="样张")

    with pytest.raises(ActionRefused):
        world.casework.carry_out(number, wish)
    still = world.case(number).state
    with world.database.write() as connection:
        quarantine.release(
            connection, world.key, stopped, Ruling.SAMPLE, OFFICER, "格式样张", now()
        )

    assert still is State.QUARANTINED
    assert world.case(number).state is State.SUGGESTED


def test_of_a_released_paper_nothing_said_before_counts(world: World) -> None:
    """It is proposed and signed anew: why it was withheld has been forgotten with the paper."""
    number = approved(world)
    path = world.folder / "通知.txt"
    found = Discovery(str(path), "ab" * 32, ("first_page",), now())
    with world.database.write() as connection:
        stopped = quarantine.open_case(connection, world.key, found, "gongkai").number
    with world.database.write() as connection:
        quarantine.release(
            connection, world.key, stopped, Ruling.SAMPLE, OFFICER, "格式样张", now()
        )

    after = world.judge(path)

    assert standing(world, number) is None
    assert after is not None
    assert after.state is not State.PROPOSED
    with pytest.raises(CaseRefused):
        world.act(number, HEAD, Act.EXAMINE)


def test_who_marked_another_attribute_is_a_drafter_too(world: World) -> None:
    """SRC-22: proposed beside the moves, it is his paper none the less."""
    number = proposed(world, attribute=NOT_DISCLOSED, **GROUND)
    case, before = world.case(number), standing(world, number)
    assert before is not None
    at = now()
    other = replace(before, attribute=PROACTIVE, decided_by=HEAD, recorded_at=at)
    same = replace(other, decided_by=CLERK)
    with world.database.write() as connection:
        determinations.record(connection, case.document, other)
        determinations.record(connection, case.document, same)
    world.judge(world.folder / "通知.txt")

    with pytest.raises(CaseRefused) as told:
        world.act(number, HEAD, Act.EXAMINE)

    assert HEAD in str(told.value)
    drafters = world.casework.situation(number, date.today()).drafters()
    assert drafters == {DRAFTER, HEAD}


def test_a_signature_on_paper_is_no_older_than_the_text(world: World) -> None:
    """B8: what was signed yesterday was not the text that came today."""
    number = proposed(world, attribute=NOT_DISCLOSED, **GROUND)
    yesterday = (date.today() - timedelta(days=1)).isoformat()
    first = Wish(Act.EXAMINE, world.actor(HEAD), yesterday, world.actor(CLERK), medium=Medium.PAPER)
    world.casework.weigh(number, first)
    path = world.save("通知.txt", CHANGED)
    world.judge(path)
    world.act(number, DRAFTER, Act.PROPOSE, **proposal(NOT_DISCLOSED, **GROUND))
    world.judge(path)

    with pytest.raises(CaseRefused) as told:
        world.casework.carry_out(number, first)
    today = replace(first, acted_on=date.today().isoformat())
    after = world.casework.carry_out(number, today).after

    assert "早于现在的文字" in str(told.value)
    assert after.state is State.UNIT_EXAMINED


def test_what_was_signed_here_is_not_entered_as_issued_outside(world: World) -> None:
    """A15: 补办 is for papers that went round the office, not a way round what it decided."""
    number = approved(world)
    entry = LateEntry(date.today().isoformat(), LEADER, "已先行印发")

    with (
        world.database.write() as connection,
        pytest.raises(ActionRefused, match="不需要补办"),
    ):
        enter_late(connection, number, entry, world.actor(CLERK), now())

    assert not world.case(number).late
