"""The review of real papers on record: SEC-01, SEC-02, SEC-08 … SEC-14."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from gongkai.casework import CaseRefused
from gongkai.errors import ActionRefused
from gongkai.lifecycle.act import Act
from gongkai.lifecycle.case import Wish
from gongkai.lifecycle.state import State
from gongkai.model.attribute import DisclosureAttribute
from gongkai.model.determination import Medium
from gongkai.moment import now
from gongkai.settings import load_office
from gongkai.store import chain
from gongkai_plugins.secrecy_review import records, tables
from gongkai_plugins.secrecy_review.opinions import Opinion
from gongkai_plugins.secrecy_review.order import OPINION
from plugins.secrecy_review.signing_desk import (
    NOT_DISCLOSED,
    PROACTIVE,
    REASON,
    WITHHELD,
    asked,
    changed,
    examined,
    facts,
    opinion,
    referred,
    refusal,
    reviewed,
)
from procedure.office import (
    BODY,
    CLERK,
    DRAFTER,
    HEAD,
    LEADER,
    OFFICER,
    OTHER_DRAFTER,
    World,
    proposal,
)


def test_sec08_four_steps_lead_from_the_drafter_to_the_leader(world: World) -> None:
    number = reviewed(world)

    world.act(number, CLERK, Act.ACCEPT)
    after = world.act(number, LEADER, Act.APPROVE)

    signed = [
        (step.detail("step"), step.actor, step.opinion)
        for step in world.history(number)
        if step.act in (Act.SIGN, Act.CONCLUDE)
    ]
    assert signed == [("1", DRAFTER, "公开"), ("2", HEAD, "公开"), ("3", OFFICER, "公开")]
    assert after.state is State.APPROVED
    with world.database.read() as connection:
        kinds = [event.kind for event in chain.events(connection, f"case:{number}")]
    assert kinds.count("case.moved") == len(world.history(number))


def test_sec01_nothing_public_is_accepted_without_a_review(world: World) -> None:
    number = examined(world)

    told = refusal(lambda: world.act(number, CLERK, Act.ACCEPT))

    assert "尚未完成保密审查" in told


def test_sec01_nor_with_one_that_has_not_ended(world: World) -> None:
    number = examined(world)
    opinion(world, number, DRAFTER)
    opinion(world, number, HEAD)

    # From IN_SECRECY_REVIEW the table has no way to the office at all.
    with pytest.raises(CaseRefused):
        world.act(number, CLERK, Act.ACCEPT)
    assert "尚未完成保密审查" in asked(world, number, Act.PUBLISH)


def test_sec01_a_new_text_lapses_the_opinions_and_they_stay_on_record(world: World) -> None:
    number = reviewed(world)
    opinions = len(world.history(number))

    changed(world, number, BODY.replace("十个工作日", "十五个工作日"))
    world.act(number, DRAFTER, Act.PROPOSE, **proposal())
    world.judge(world.folder / "通知.txt")
    world.act(number, HEAD, Act.EXAMINE)

    assert "改动前的文稿" in refusal(lambda: world.act(number, CLERK, Act.ACCEPT))
    assert len(world.history(number)) > opinions
    assert facts(world, number).reviewed is None


def test_sec01_a_text_that_is_not_to_be_public_needs_no_review_in_this_profile(
    world: World,
) -> None:
    number = examined(world, attribute=NOT_DISCLOSED, **WITHHELD)

    after = world.act(number, CLERK, Act.ACCEPT)

    assert after.state is State.OFFICE_CHECK


@pytest.mark.parametrize(
    "name", [pytest.param(HEAD, id="the head"), pytest.param(OFFICER, id="the officer")]
)
def test_sec08_nobody_signs_before_his_turn(world: World, name: str) -> None:
    number = examined(world)

    with pytest.raises(CaseRefused):
        opinion(world, number, name)

    assert world.case(number).state is State.UNIT_EXAMINED


def test_sec08_a_step_taken_by_hand_out_of_order_is_refused_by_the_guard(world: World) -> None:
    number = examined(world)
    officer = world.actor(OFFICER)
    wish = Wish(
        Act.SIGN,
        officer,
        date.today().isoformat(),
        officer,
        reason=REASON,
        basis="《政府信息公开条例》第二十条",
        details=(("step", "3"), ("basis", "TL-20"), (OPINION, "OPEN")),
    )

    told = refusal(lambda: world.casework.carry_out(number, wish))

    assert "按顺序签署" in told


def test_sec08_concluding_without_opinions_is_refused(world: World) -> None:
    number = examined(world)
    opinion(world, number, DRAFTER)
    officer = world.actor(OFFICER)

    told = refusal(lambda: world.act(number, OFFICER, Act.CONCLUDE))

    assert officer.name == OFFICER
    assert "请写明审查意见" in told


def test_sec08_the_review_begins_anew_after_a_return(world: World) -> None:
    number = examined(world)
    opinion(world, number, DRAFTER)
    world.act(number, CLERK, Act.RETURN, reason="请补充附件")
    world.act(number, DRAFTER, Act.PROPOSE, **proposal())
    world.judge(world.folder / "通知.txt")
    world.act(number, HEAD, Act.EXAMINE)

    with pytest.raises(CaseRefused):
        opinion(world, number, HEAD)
    moved = opinion(world, number, DRAFTER)

    assert moved.step.detail("step") == "1"


def test_sec09_another_drafter_of_the_section_may_give_the_first_opinion(world: World) -> None:
    number = examined(world)

    moved = opinion(world, number, OTHER_DRAFTER)

    assert moved.step.actor == OTHER_DRAFTER


def test_sec11_exempt_has_to_become_not_disclosed(world: World) -> None:
    number = reviewed(world, given=Opinion.EXEMPT)

    told = refusal(lambda: world.act(number, CLERK, Act.ACCEPT))
    world.act(number, CLERK, Act.RETURN, reason="审查结论为免于公开")
    world.act(number, DRAFTER, Act.PROPOSE, **proposal(NOT_DISCLOSED, **WITHHELD))
    world.judge(world.folder / "通知.txt")
    world.act(number, HEAD, Act.EXAMINE)
    after = world.act(number, CLERK, Act.ACCEPT)

    assert "免于公开" in told
    assert (after.state, after.attribute) == (State.OFFICE_CHECK, NOT_DISCLOSED)


def test_sec11_the_leader_cannot_open_what_the_review_exempted(world: World) -> None:
    number = reviewed(world, given=Opinion.EXEMPT, attribute=NOT_DISCLOSED, **WITHHELD)
    world.act(number, CLERK, Act.ACCEPT)

    told = refusal(
        lambda: world.act(number, LEADER, Act.APPROVE, attribute=PROACTIVE, reason="应当公开")
    )

    assert "免于公开" in told


@pytest.mark.parametrize(
    ("reason", "cited", "words"),
    [
        pytest.param("", ("TL-20",), "请写明理由", id="no reason"),
        pytest.param("同意公开", ("TL-20",), "结合本件内容", id="a reason that says nothing"),
        pytest.param(REASON, (), "请引用依据库", id="no ground"),
        pytest.param(REASON, ("TL-14",), "不支持这一意见", id="a ground for another opinion"),
    ],
)
def test_sec12_every_opinion_has_a_ground_and_a_reason(
    world: World, reason: str, cited: tuple[str, ...], words: str
) -> None:
    number = examined(world)

    told = refusal(lambda: opinion(world, number, DRAFTER, reason=reason, cited=cited))

    assert words in told


def test_sec03_free_words_alone_are_no_ground(world: World) -> None:
    number = examined(world)

    with pytest.raises(ActionRefused, match="依据库中没有"):
        opinion(world, number, DRAFTER, cited=("局里的惯例",))


def test_sec08_a_signature_on_paper_counts_as_one_in_the_system(world: World) -> None:
    number = examined(world)
    opinion(world, number, DRAFTER)
    today = date.today().isoformat()

    moved = opinion(world, number, HEAD, on=today, recorder=CLERK)

    step = moved.step
    assert (step.actor, step.recorded_by, step.medium) == (HEAD, CLERK, Medium.PAPER)
    assert step.evidence == "签批单.pdf sha256:00"


def test_sec08_a_paper_dated_before_the_step_before_is_refused(world: World) -> None:
    number = examined(world)
    opinion(world, number, DRAFTER)
    yesterday = (date.today() - timedelta(days=1)).isoformat()

    told = refusal(lambda: opinion(world, number, HEAD, on=yesterday, recorder=CLERK))

    assert "早于前一步" in told


def test_sec13_sec14_a_question_freezes_the_case_until_it_is_answered(world: World) -> None:
    number = examined(world)
    opinion(world, number, DRAFTER, Opinion.REFER, reason="补贴标准能否对外尚未明确")

    with pytest.raises(ActionRefused, match="暂停办理"):
        opinion(world, number, DRAFTER)
    assert "尚未完成" in asked(world, number, Act.ACCEPT)


def exempted(world: World, number: str, sent_about: str = "") -> None:
    """Whoever was asked about the paper says that it is exempt."""
    today = date.today().isoformat()
    opinion(world, number, DRAFTER)
    opinion(world, number, HEAD, Opinion.REFER, reason="补贴标准能否对外尚未明确")
    referred(world, number)
    case = world.case(number)
    hop = {
        "question": "DISCLOSURE",
        "authority": "SECRECY",
        "body": "示例市保密局",
        "reference": "",
        "sent_on": today,
    }
    about = replace(case, core_fingerprint=sent_about or case.core_fingerprint)
    with world.database.write() as connection:
        sent = records.write(connection, about, tables.hop, hop, OFFICER, now())
    details = ((OPINION, "EXEMPT"), ("hop", str(sent)), ("answered_on", today))
    world.act(number, OFFICER, Act.ANSWER, reason="不宜公开", details=details)


def test_sec13_what_the_answer_exempts_no_return_opens(world: World) -> None:
    number = examined(world)
    exempted(world, number)
    world.act(number, CLERK, Act.RETURN, reason="请重新办理")
    world.act(number, DRAFTER, Act.PROPOSE, **proposal())
    world.judge(world.folder / "通知.txt")
    world.act(number, HEAD, Act.EXAMINE)

    opened = refusal(lambda: opinion(world, number, DRAFTER))
    on_request = asked(world, number, Act.ACCEPT, DisclosureAttribute.ON_REQUEST)

    assert "对本文的答复为“免于公开”" in opened
    assert "不予公开" in on_request
    assert opinion(world, number, DRAFTER, Opinion.EXEMPT).step.detail("step") == "1"


def test_sec13_an_answer_about_another_text_settles_nothing(world: World) -> None:
    number = examined(world)

    told = refusal(lambda: exempted(world, number, "f1:" + "0" * 32))

    assert "没有待答复的报请记录" in told


@pytest.mark.parametrize(
    ("question", "authority", "allowed"),
    [
        pytest.param("LEVEL", "NATIONAL", True, id="a level, national"),
        pytest.param("LEVEL", "PROVINCIAL", True, id="a level, provincial"),
        pytest.param("LEVEL", "RELAY", True, id="a level, step by step"),
        pytest.param("LEVEL", "SECRECY", False, id="a level, the city's own"),
        pytest.param("LEVEL", "COMPETENT", False, id="a level, the competent department"),
        pytest.param("DISCLOSURE", "COMPETENT", True, id="disclosure, competent department"),
        pytest.param("DISCLOSURE", "SECRECY", True, id="disclosure, secrecy administration"),
        pytest.param("DISCLOSURE", "SOMEBODY", False, id="nobody there is"),
    ],
)
def test_sec13_sec14_there_are_two_routes(
    world: World, question: str, authority: str, allowed: bool
) -> None:
    number = examined(world)
    opinion(world, number, DRAFTER)
    opinion(world, number, HEAD, Opinion.REFER, reason="补贴标准能否对外尚未明确")
    details = (("question", question), ("authority", authority))

    def refer() -> State:
        return world.act(number, HEAD, Act.REFER, reason="请予确定", details=details).state

    if allowed:
        assert refer() is State.REFERRED
    else:
        with pytest.raises(CaseRefused):
            refer()


def test_sec13_nothing_is_referred_before_somebody_said_so(world: World) -> None:
    number = examined(world)
    opinion(world, number, DRAFTER)
    details = (("question", "LEVEL"), ("authority", "NATIONAL"))

    told = refusal(lambda: world.act(number, HEAD, Act.REFER, reason="请示", details=details))

    assert "需报审" in told


def test_the_guard_refuses_where_the_office_has_no_database(world: World) -> None:
    number = examined(world)
    moved = world.case(number)
    (world.office.root / "gongkai.toml").rename(world.office.root / "elsewhere")

    ruling = refusal(lambda: world.act(number, CLERK, Act.ACCEPT))

    assert "secrecy_review" in ruling
    assert world.case(number) == moved


def test_a_guard_that_looked_at_an_older_record_stops_the_move(world: World) -> None:
    number = examined(world)
    seen = facts(world, number)
    opinion(world, number, DRAFTER)

    assert seen.case.revision < world.case(number).revision
    with pytest.raises((ActionRefused, CaseRefused)):
        opinion(world, number, DRAFTER)


SEPARATE = """[profile]
id = "separate"
version = "1"
title = "分管领导单独签署"
extends = "national_2019"

[secrecy.final_step]
value = "separate"
basis = "试用"
level = "practice"
"""


def under(world: World, profile: str, text: str = "") -> World:
    """The same office under another profile."""
    if text:
        (world.office.profile_folder / f"{profile}.toml").write_text(text, "utf-8")
    file = world.office.root / "gongkai.toml"
    old = 'profile = "national_2019"'
    file.write_text(file.read_text("utf-8").replace(old, f'profile = "{profile}"'), "utf-8")
    return World(load_office(world.office.root), world.database)


def test_sec08_the_leader_signs_the_fourth_step_apart_where_the_profile_says_so(
    world: World,
) -> None:
    office = under(world, "separate", SEPARATE)
    number = examined(office)
    for name in (DRAFTER, HEAD, OFFICER):
        opinion(office, number, name)
    before = office.case(number).state

    moved = opinion(office, number, LEADER)

    assert before is State.IN_SECRECY_REVIEW
    assert (moved.step.detail("step"), moved.after.state) == ("4", State.REVIEWED)


def test_sec09_one_head_gives_both_opinions_where_the_institution_says_so(world: World) -> None:
    office = under(world, "zhongwei_2022")
    number = examined(office)
    for name in (DRAFTER, HEAD, HEAD):
        moved = opinion(office, number, name)

    assert moved.after.state is State.REVIEWED


def test_sec01_a_leader_cannot_make_public_what_nobody_reviewed(world: World) -> None:
    number = examined(world, attribute=NOT_DISCLOSED, **WITHHELD)
    world.act(number, CLERK, Act.ACCEPT)

    told = refusal(
        lambda: world.act(number, LEADER, Act.APPROVE, attribute=PROACTIVE, reason="应当公开")
    )

    assert "尚未完成保密审查" in told
