"""The decision about a wish: who, from where, in which order, and what holds it up (§5)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from core.lifecycle.office import (
    CUSTODIAN,
    DRAFTER,
    EVERYBODY,
    HEAD,
    LEADER,
    NATIONAL,
    OFFICE,
    OFFICER,
    TODAY,
    at,
    granted,
    person,
    refused,
    step,
    wish,
)
from gongkai.lifecycle.act import TRANSITIONS, Act, Duty, Guard
from gongkai.lifecycle.decide import possible
from gongkai.lifecycle.roles import Role
from gongkai.lifecycle.state import AT_REST, State
from gongkai.model.attribute import DisclosureAttribute
from gongkai.model.determination import Medium
from gongkai.policy.profile import load_profile

PROACTIVE, ON_REQUEST, NOT_DISCLOSED = DisclosureAttribute
PROPOSAL = wish(DRAFTER, Act.PROPOSE, attribute=PROACTIVE, not_secret=True)


@pytest.mark.parametrize(
    ("state", "actor", "act", "extra", "target"),
    [
        pytest.param(State.SUGGESTED, DRAFTER, Act.PROPOSE, {}, State.PROPOSED, id="SRC-05"),
        pytest.param(State.RETURNED, DRAFTER, Act.PROPOSE, {}, State.PROPOSED, id="SRC-16 again"),
        pytest.param(State.PROPOSED, HEAD, Act.EXAMINE, {}, State.UNIT_EXAMINED, id="the section"),
        pytest.param(
            State.IN_SECRECY_REVIEW, OFFICER, Act.CONCLUDE, {}, State.REVIEWED, id="SEC-08"
        ),
        pytest.param(State.REVIEWED, OFFICE, Act.ACCEPT, {}, State.OFFICE_CHECK, id="SRC-15"),
        pytest.param(
            State.REVIEWED, OFFICE, Act.RETURN, {"reason": "附件不全"}, State.RETURNED, id="return"
        ),
        pytest.param(State.OFFICE_CHECK, LEADER, Act.APPROVE, {}, State.APPROVED, id="N-20"),
        pytest.param(State.STAMPED, CUSTODIAN, Act.REGISTER, {}, State.REGISTERED, id="REG-02"),
        pytest.param(
            State.QUARANTINED,
            OFFICER,
            Act.RELEASE,
            {"reason": "空白模板"},
            State.SUGGESTED,
            id="only the officer",
        ),
    ],
)
def test_each_step_leads_to_the_next(
    state: State, actor: object, act: Act, extra: dict[str, object], target: State
) -> None:
    seen = at(state)

    answer = granted(seen, replace(PROPOSAL, act=act, actor=actor, recorder=actor, **extra))

    assert answer.target is target


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("act", [act for act in Act if act not in (Act.JUDGE, Act.STOP)])
def test_an_act_leads_nowhere_from_a_state_the_table_does_not_name(state: State, act: Act) -> None:
    """Skipping and going back are refused, whoever asks (REG-02, SEC-08)."""
    everything = person("全能示例", *Role)
    wanted = wish(everything, act, attribute=PROACTIVE, not_secret=True, reason="试", basis="试")

    answer = refused(at(state), wanted)

    assert ("not_from_here" in answer) is (act not in possible(state))


@pytest.mark.parametrize("row", TRANSITIONS, ids=lambda row: f"{row.act}-{row.target}")
@pytest.mark.parametrize("actor", EVERYBODY, ids=lambda actor: next(iter(actor.roles)).role)
def test_nobody_acts_without_the_role(row: object, actor: object) -> None:
    """SRC-22: every move names the roles that may make it."""
    source = min(row.sources)
    held = next(iter(actor.roles)).role

    answer = refused(at(source), wish(actor, row.act, attribute=PROACTIVE, reason="试"))

    if held not in row.roles and not (
        actor is LEADER and {Role.SECTION_HEAD, Role.OFFICE, Role.SECRECY_OFFICER} & set(row.roles)
    ):
        assert answer == {"no_such_role"}


def test_the_drafter_never_checks_his_own_paper() -> None:
    """SRC-15, SRC-22: one person may hold several roles, but never drafter and reviewer of one."""
    both = person(DRAFTER.name, Role.DRAFTER, Role.OFFICE, Role.SECTION_HEAD, Role.LEADER_IN_CHARGE)

    assert "separate" in refused(at(State.PROPOSED), wish(both, Act.EXAMINE))
    assert "separate" in refused(at(State.REVIEWED), wish(both, Act.ACCEPT))
    assert "separate" in refused(at(State.OFFICE_CHECK), wish(both, Act.APPROVE))


def test_who_has_checked_a_paper_cannot_become_its_drafter() -> None:
    head = person("钱示例", Role.SECTION_HEAD, Role.DRAFTER)
    seen = at(
        State.RETURNED, history=(step(head, Role.SECTION_HEAD, Act.EXAMINE),), drafter=DRAFTER.name
    )

    assert "separate" in refused(seen, replace(PROPOSAL, actor=head, recorder=head))


def test_acting_in_the_drafters_name_is_acting_as_the_drafter() -> None:
    """A delegation lends a role, not another conscience."""
    deputy = person("吴示例", Role.SECTION_HEAD, on_behalf_of=DRAFTER.name)

    assert "separate" in refused(at(State.PROPOSED), wish(deputy, Act.EXAMINE))


def test_a_role_for_another_section_does_not_count() -> None:
    """SEC-04: the section in charge of the matter, and no other."""
    other = person("郑示例", Role.SECTION_HEAD, unit="社保科")

    assert refused(at(State.PROPOSED), wish(other, Act.EXAMINE)) == {"no_such_role"}


class TestFallback:
    """B11: units of three people; the next higher role signs, only then, with a reason."""

    def test_the_leader_examines_where_the_head_drafted(self) -> None:
        head = person(DRAFTER.name, Role.SECTION_HEAD, Role.DRAFTER)
        holders = {Role.SECTION_HEAD: frozenset({head.name})}

        answer = granted(
            at(State.PROPOSED, holders=holders), wish(LEADER, Act.EXAMINE, reason="科室仅一人")
        )

        assert (answer.fallback, answer.held.role) == (True, Role.SECTION_HEAD)

    def test_not_while_somebody_else_can(self) -> None:
        seen = at(State.PROPOSED)

        assert refused(seen, wish(LEADER, Act.EXAMINE, reason="图快")) == {"no_such_role"}

    def test_not_without_a_reason(self) -> None:
        seen = at(State.PROPOSED, holders={})

        assert "fallback_needs_reason" in refused(seen, wish(LEADER, Act.EXAMINE))

    def test_the_drafter_is_nobodys_stand_in(self) -> None:
        leader = person(DRAFTER.name, Role.LEADER_IN_CHARGE, Role.DRAFTER)
        seen = at(State.PROPOSED, holders={})

        assert "separate" in refused(seen, wish(leader, Act.EXAMINE, reason="人手不足"))


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        pytest.param({"open_findings": ("PII_DIRECT",)}, "findings_open", id="SRC-14"),
        pytest.param({"judged": False}, "text_not_judged", id="SRC-03 the file has changed"),
        pytest.param({"attribute": None}, "not_labelled", id="SRC-16 no attribute"),
        pytest.param({"declared": False}, "not_declared", id="SRC-04 no secrecy declaration"),
        pytest.param(
            {"attribute": NOT_DISCLOSED, "advised": NOT_DISCLOSED}, "reason_missing", id="PRO-10"
        ),
        pytest.param(
            {
                "attribute": NOT_DISCLOSED,
                "policy_unseen": True,
                "reason": "过程性信息",
                "basis": "条例第十六条",
            },
            "policy_unseen",
            id="SRC-25",
        ),
    ],
)
def test_what_is_missing_holds_the_approval_up(changed: dict[str, object], code: str) -> None:
    assert code in refused(at(State.OFFICE_CHECK, **changed), wish(LEADER, Act.APPROVE))


def test_what_the_signer_withheld_himself_is_seen_before_it_is_registered() -> None:
    """SRC-25: checked as public, a policy paper is judged as withheld only once he has signed."""
    withheld = at(State.STAMPED, attribute=NOT_DISCLOSED, policy_unseen=True)

    assert "policy_unseen" in refused(withheld, wish(CUSTODIAN, Act.REGISTER))
    assert granted(at(State.STAMPED, policy_unseen=True), wish(CUSTODIAN, Act.REGISTER))


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        pytest.param({"text_since": TODAY}, "", id="signed the day the text came"),
        pytest.param({"text_since": "2026-11-21"}, "paper_before_text", id="another text"),
        pytest.param({"text_since": "2026-11-21", "late": True}, "", id="A15 issued outside"),
    ],
)
def test_a_signature_on_paper_was_given_to_this_text(changed: dict[str, object], code: str) -> None:
    seen = at(State.PROPOSED, **changed)
    signed = wish(HEAD, Act.EXAMINE, medium=Medium.PAPER, recorder=OFFICE)

    assert not code or code in refused(seen, signed)
    assert code or granted(seen, signed)


def test_a_stopped_paper_is_let_go_by_a_ruling_on_it() -> None:
    """A6."""
    asked = wish(OFFICER, Act.RELEASE, reason="空白模板")

    assert "not_let_go" in refused(at(State.QUARANTINED, stopped=True), asked)


def test_every_reason_is_told_at_once() -> None:
    seen = at(State.OFFICE_CHECK, judged=False, declared=False, open_findings=("PII_DIRECT",))

    answer = refused(seen, wish(LEADER, Act.APPROVE))

    assert answer == {"text_not_judged", "not_declared", "findings_open"}


def test_deviating_from_the_advice_needs_a_reason_even_for_public() -> None:
    """REASON_MISSING: reason and basis where the value is not the advised one (§5)."""
    seen = at(State.SUGGESTED, advised=NOT_DISCLOSED)

    assert refused(seen, PROPOSAL) == {"reason_missing"}
    assert not refused(seen, replace(PROPOSAL, reason="已征求公众意见"))


def test_what_forwards_an_unlabelled_paper_is_determined_with_a_reason() -> None:
    """SRC-12: never by default, public neither."""
    seen = at(State.SUGGESTED, redetermined=True)

    assert refused(seen, PROPOSAL) == {"reason_missing"}
    assert not refused(seen, replace(PROPOSAL, reason="转发内容涉及公众切身利益"))


class TestOnPaper:
    """A9, B8: a leader signs on paper, the office records it, the drafter never does."""

    def test_the_office_records(self) -> None:
        wanted = wish(LEADER, Act.APPROVE, recorder=OFFICE, medium=Medium.PAPER)

        assert granted(at(State.OFFICE_CHECK), wanted).held.role is Role.LEADER_IN_CHARGE

    def test_the_drafter_does_not(self) -> None:
        wanted = wish(LEADER, Act.APPROVE, recorder=DRAFTER, medium=Medium.PAPER)

        assert refused(at(State.OFFICE_CHECK), wanted) == {"recorder_is_drafter"}

    def test_in_the_system_nobody_signs_for_another(self) -> None:
        wanted = wish(LEADER, Act.APPROVE, recorder=OFFICE)

        assert refused(at(State.OFFICE_CHECK), wanted) == {"not_himself"}


class TestDispute:
    """C-23: office and section disagree, the signer decides, both views are kept."""

    def test_an_objection_is_kept_with_the_case(self) -> None:
        wanted = replace(PROPOSAL, details=(("objection", "属于就业政策，应当公开"),))

        assert granted(at(State.RETURNED), wanted).disputed

    def test_the_office_does_not_return_it_again(self) -> None:
        seen = at(State.REVIEWED, disputed=True)

        assert refused(seen, wish(OFFICE, Act.RETURN, reason="仍不同意")) == {"signer_decides"}

    def test_the_signer_may(self) -> None:
        seen = at(State.OFFICE_CHECK, disputed=True)

        assert granted(seen, wish(LEADER, Act.RETURN, reason="同意办公室意见"))

    def test_the_signer_chooses_the_value(self) -> None:
        wanted = wish(LEADER, Act.APPROVE, attribute=ON_REQUEST, reason="内部管理", basis="第三条")

        answer = granted(at(State.OFFICE_CHECK, disputed=True), wanted)

        assert answer.attribute is ON_REQUEST


class TestCorrection:
    """B9: the office corrects by agreement, both names kept; it is no return."""

    def test_the_drafter_agreed(self) -> None:
        wanted = wish(
            OFFICE,
            Act.CORRECT,
            attribute=ON_REQUEST,
            agreed_with=DRAFTER.name,
            reason="内部管理事务",
            basis="源头认定制度第三条",
        )

        answer = granted(at(State.REVIEWED), wanted)

        assert (answer.target, answer.round) == (State.UNIT_EXAMINED, 1)

    def test_somebody_who_drafted_nothing_cannot_agree(self) -> None:
        wanted = wish(
            OFFICE, Act.CORRECT, attribute=ON_REQUEST, agreed_with=HEAD.name, reason="a", basis="b"
        )

        assert refused(at(State.REVIEWED), wanted) == {"not_agreed"}


def test_a_resubmission_is_a_new_round() -> None:
    """SRC-16, ASM-08."""
    assert granted(at(State.RETURNED, round=2), PROPOSAL).round == 3
    assert granted(at(State.SUGGESTED, round=2), PROPOSAL).round == 2


@pytest.mark.parametrize(
    ("attribute", "act", "state", "duties"),
    [
        pytest.param(
            PROACTIVE, Act.ACCEPT, State.UNIT_EXAMINED, {Duty.SECRECY_REVIEW}, id="SEC-01"
        ),
        pytest.param(NOT_DISCLOSED, Act.ACCEPT, State.UNIT_EXAMINED, set(), id="withheld: none"),
        pytest.param(
            PROACTIVE,
            Act.PUBLISH,
            State.REGISTERED,
            {Duty.SECRECY_REVIEW, Duty.REGISTRATION},
            id="REG-02",
        ),
    ],
)
def test_plugins_answer_for_their_duties(
    attribute: DisclosureAttribute, act: Act, state: State, duties: set[Duty]
) -> None:
    person_ = person("多面示例", Role.OFFICE, Role.CUSTODIAN)
    seen = at(state, attribute=attribute, reason="内部", basis="第三条")

    assert set(granted(seen, wish(person_, act)).duties) == duties


def test_an_office_that_reviews_all_reviews_all(tmp_path: Path) -> None:
    (tmp_path / "strict.toml").write_text(
        '[profile]\nid = "strict"\nversion = "1"\ntitle = "全部审查"\nextends = "national_2019"\n'
        '[secrecy.review]\nvalue = "all"\nbasis = "本单位规定"\nlevel = "local"\n',
        "utf-8",
    )
    strict = load_profile("strict", [tmp_path])
    seen = at(State.UNIT_EXAMINED, attribute=NOT_DISCLOSED, reason="内部", basis="第三条")

    assert granted(seen, wish(OFFICE, Act.ACCEPT), strict).duties == (Duty.SECRECY_REVIEW,)


def test_what_is_not_public_cannot_be_published() -> None:
    """REGISTERED → PUBLISHED: PROACTIVE only."""
    seen = at(State.REGISTERED, attribute=ON_REQUEST)

    assert "only_proactive" in refused(seen, wish(OFFICE, Act.PUBLISH))
    assert not refused(seen, wish(CUSTODIAN, Act.WITHHOLD))


def test_what_has_ended_is_not_cancelled() -> None:
    for state in AT_REST:
        assert Act.CANCEL not in possible(state)


def test_every_signature_looks_at_the_text() -> None:
    """No role signs for bytes nobody judged (SRC-03)."""
    signatures = {Act.EXAMINE, Act.SIGN, Act.CONCLUDE, Act.ACCEPT, Act.APPROVE, Act.REGISTER}
    signatures |= {Act.PUBLISH, Act.CORRECT}

    for row in TRANSITIONS:
        if row.act in signatures and row.act is not Act.CORRECT:
            assert Guard.TEXT_JUDGED in row.guards


def test_the_national_frame_names_roles_that_exist() -> None:
    known = {role.value for role in Role}

    for pair in NATIONAL.keys.separation.forbidden_pairs.value:
        assert set(pair) <= known
    for role, higher in NATIONAL.keys.separation.fallback.value.items():
        assert {role, higher} <= known
