"""Who may say that a finding needs nothing, and who may not, code by code (SRC-15, SRC-25)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.lifecycle.office import DRAFTER, HEAD, LEADER, OFFICE, OFFICER, at, person
from gongkai.lifecycle.findings import STRUCTURAL, Answer, answer_by, answerers
from gongkai.lifecycle.roles import Actor, Held, Role
from gongkai.lifecycle.state import AT_REST, State
from gongkai.model.attribute import Severity
from gongkai.model.finding import Finding, FindingCode

DISCLOSURE = person("钱玉梅示例", Role.LEADING_GROUP_OFFICE)
REASON = "依法应当公示"


def found(code: FindingCode, *, waivable: bool = False) -> Finding:
    return Finding(code, Severity.BLOCK, "rule", key="hmac-sha256:abcdef12", waivable=waivable)


def refusals(answer: Held | tuple[object, ...]) -> list[str]:
    return [] if isinstance(answer, Held) else [each.code for each in answer]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("code", "answer", "roles"),
    [
        pytest.param(FindingCode.PII_ROSTER, Answer.DISMISS, {"section_head", "office"}, id="list"),
        pytest.param(
            FindingCode.PERSON_NAME, Answer.DISMISS, {"section_head", "office"}, id="name"
        ),
        pytest.param(FindingCode.SECRET_CONTENT, Answer.DISMISS, {"secrecy_officer"}, id="secret"),
        pytest.param(
            FindingCode.SECURITY_STABILITY, Answer.DISMISS, {"secrecy_officer"}, id="stability"
        ),
        pytest.param(
            FindingCode.POLICY_WITHHELD, Answer.DISMISS, {"leading_group_office"}, id="SRC-25"
        ),
        pytest.param(FindingCode.PLUGIN, Answer.DISMISS, {"office"}, id="a plugin's"),
        pytest.param(FindingCode.UNREADABLE, Answer.DISMISS, set(), id="not read"),
        pytest.param(FindingCode.PII_ROSTER, Answer.WAIVE, set(), id="not waivable"),
    ],
)
def test_each_code_is_answered_by_those_who_know(
    code: FindingCode, answer: Answer, roles: set[str]
) -> None:
    assert {str(role) for role in answerers(found(code), answer)} == roles


@pytest.mark.parametrize("code", sorted(STRUCTURAL))
def test_what_the_paper_itself_settles_nobody_argues_away(code: FindingCode) -> None:
    waivable = found(code, waivable=True)

    assert answerers(waivable, Answer.DISMISS) == ()
    assert answerers(waivable, Answer.WAIVE) == ()


@pytest.mark.parametrize("code", sorted({FindingCode.UNREADABLE, FindingCode.INHERIT_STRICTER}))
def test_what_the_profile_lets_through_only_the_office_does(code: FindingCode) -> None:
    finding = found(code, waivable=True)

    assert answerers(finding, Answer.WAIVE) == (Role.OFFICE,)
    assert answerers(replace(finding, waivable=False), Answer.WAIVE) == ()


@pytest.mark.parametrize("code", sorted(FindingCode))
def test_no_drafter_sets_anything_aside(code: FindingCode) -> None:
    roles = {held.role for each in (HEAD, OFFICE, OFFICER, DISCLOSURE) for held in each.roles}
    everything = Actor(DRAFTER.name, DRAFTER.section, frozenset(map(Held, (*roles, Role.DRAFTER))))

    for answer in (Answer.DISMISS, Answer.WAIVE):
        said = answer_by(at(State.BLOCKED), found(code, waivable=True), answer, everything, REASON)

        assert not isinstance(said, Held)


def test_a_deputy_of_the_drafter_sets_nothing_aside_in_his_name() -> None:
    deputy = person("吴代理示例", Role.SECTION_HEAD, on_behalf_of=DRAFTER.name)

    said = answer_by(
        at(State.BLOCKED), found(FindingCode.PII_ROSTER), Answer.DISMISS, deputy, REASON
    )

    assert refusals(said) == ["finding_own"]


@pytest.mark.parametrize(
    ("actor", "reason", "codes"),
    [
        pytest.param(HEAD, REASON, [], id="a head with a reason"),
        pytest.param(HEAD, " ", ["needs_reason"], id="no reason"),
        pytest.param(LEADER, "", ["no_such_role", "needs_reason"], id="everything at once"),
        pytest.param(DRAFTER, REASON, ["no_such_role", "finding_own"], id="the drafter"),
    ],
)
def test_every_reason_against_it_is_told_at_once(
    actor: Actor, reason: str, codes: list[str]
) -> None:
    said = answer_by(
        at(State.BLOCKED), found(FindingCode.PII_ROSTER), Answer.DISMISS, actor, reason
    )

    assert refusals(said) == codes


@pytest.mark.parametrize("state", sorted(AT_REST | {State.QUARANTINED}))
def test_at_rest_nothing_is_answered(state: State) -> None:
    said = answer_by(at(state), found(FindingCode.PII_ROSTER), Answer.DISMISS, HEAD, REASON)

    assert refusals(said) == ["finding_at_rest"]


def test_a_drafter_may_agree_that_something_is_to_be_done_without_a_reason() -> None:
    said = answer_by(at(State.BLOCKED), found(FindingCode.PII_ROSTER), Answer.ACCEPT, DRAFTER, "")

    assert isinstance(said, Held)
