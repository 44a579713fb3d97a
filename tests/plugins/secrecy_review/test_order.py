"""The order of the four steps as values: SEC-08, SEC-09, SEC-11, SEC-13."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.lifecycle.act import Act
from gongkai.lifecycle.case import Step
from gongkai.lifecycle.roles import Role
from gongkai.lifecycle.state import State
from gongkai.policy.profile import load_profile
from gongkai_plugins.secrecy_review.approval import order_of
from gongkai_plugins.secrecy_review.opinions import Opinion
from gongkai_plugins.secrecy_review.order import (
    OPINION,
    STEP,
    Order,
    Run,
    Signature,
    Wanted,
    carried,
    next_step,
    out_of_order,
    runs_of,
)

NAMES = ("张晓明示例", "李国华示例", "孙立群示例", "赵建军示例")
DRAFTER, HEAD, OFFICER, LEADER = NAMES
ROLES = (Role.DRAFTER, Role.SECTION_HEAD, Role.SECRECY_OFFICER, Role.LEADER_IN_CHARGE)
NATIONAL = Order(ROLES, 3, True)
SEPARATE = Order(ROLES, 4, True)
SAME_HEAD = Order((Role.DRAFTER, Role.SECTION_HEAD, Role.SECTION_HEAD, ROLES[3]), 3, False)
TEXT = "f1:aa"
DAY = "2026-11-20"


def signature(step: int, opinion: Opinion = Opinion.OPEN, signer: str = "") -> Signature:
    return Signature(step, opinion, signer or NAMES[step - 1], "", DAY)


def run(*steps: int, last: Opinion = Opinion.OPEN, **said: object) -> Run | None:
    if not steps:
        return None
    signatures = [signature(step) for step in steps[:-1]] + [signature(steps[-1], last)]
    made = Run(TEXT, tuple(signatures), awaits=last is Opinion.REFER)
    return replace(made, **said)  # type: ignore[arg-type]


def wanted(step: int, **said: object) -> Wanted:
    made = Wanted(
        step,
        ROLES[step - 1],
        Opinion.OPEN,
        NAMES[step - 1],
        "",
        DAY,
        TEXT,
        begins=step == 1,
        concludes=step == 3,
    )
    return replace(made, **said)  # type: ignore[arg-type]


def why(order: Order, standing: Run | None, want: Wanted) -> tuple[str, ...]:
    return out_of_order(order, standing, frozenset({DRAFTER}), want)


@pytest.mark.parametrize(
    ("standing", "step"),
    [
        pytest.param(run(), 1, id="the first opinion begins"),
        pytest.param(run(1), 2, id="the head after the drafter"),
        pytest.param(run(1, 2), 3, id="the officer after the head"),
    ],
)
def test_sec08_a_step_is_signed_when_it_is_due(standing: Run | None, step: int) -> None:
    assert why(NATIONAL, standing, wanted(step)) == ()


@pytest.mark.parametrize(
    ("standing", "want", "code"),
    [
        pytest.param(run(), wanted(2, begins=True), "not_in_order", id="skips step 1"),
        pytest.param(run(), wanted(3, begins=True), "not_in_order", id="skips to the last"),
        pytest.param(run(1), wanted(3), "not_in_order", id="skips step 2"),
        pytest.param(run(1), wanted(1, begins=False), "not_in_order", id="signs step 1 again"),
        pytest.param(run(1, 2), wanted(2), "not_in_order", id="signs step 2 again"),
        pytest.param(run(1), wanted(2, role=Role.OFFICE), "other_role", id="another role"),
        pytest.param(run(1), wanted(2, concludes=True), "not_concluding", id="ends too early"),
        pytest.param(run(1, 2), wanted(3, concludes=False), "has_to_conclude", id="does not end"),
        pytest.param(
            run(1, 2), wanted(3, opinion=Opinion.REFER), "not_concluding", id="ends with a question"
        ),
        pytest.param(
            run(1), wanted(2, core_fingerprint="f1:bb"), "other_text", id="about another text"
        ),
        pytest.param(
            run(1), wanted(2, signed_on="2026-11-19"), "before_earlier", id="dated before step 1"
        ),
        pytest.param(
            run(1, last=Opinion.REFER), wanted(2), "awaits_answer", id="while a question waits"
        ),
    ],
)
def test_sec08_skipping_and_reordering_are_refused(
    standing: Run | None, want: Wanted, code: str
) -> None:
    assert why(NATIONAL, standing, want) == (code,)


@pytest.mark.parametrize("step", [2, 3])
def test_sec09_whoever_drafted_signs_no_later_step(step: int) -> None:
    standing = run(*range(1, step))

    told = why(NATIONAL, standing, wanted(step, signer=DRAFTER))

    assert told == ("drafter_signs_later",)


def test_sec09_nor_does_another_in_the_drafters_name() -> None:
    told = why(NATIONAL, run(1), wanted(2, on_behalf_of=DRAFTER))

    assert told == ("drafter_signs_later",)


def test_sec09_two_opinions_come_from_two_people_where_the_profile_says_so() -> None:
    apart = why(NATIONAL, run(1, 2), wanted(3, signer=HEAD))
    together = why(SAME_HEAD, run(1, 2), wanted(3, signer=HEAD, role=Role.SECTION_HEAD))

    assert (apart, together) == (("one_person_twice",), ())


@pytest.mark.parametrize(
    ("profile", "order"),
    [
        pytest.param("national_2019", NATIONAL, id="national: an officer of its own"),
        pytest.param("zhongwei_2022", SAME_HEAD, id="zhongwei: the same head twice"),
    ],
)
def test_sec09_the_profile_states_who_signs(profile: str, order: Order) -> None:
    assert order_of(load_profile(profile)) == order


def test_sec08_the_leader_signs_apart_where_the_profile_says_so() -> None:
    third, fourth = next_step(SEPARATE, run(1, 2)), next_step(SEPARATE, run(1, 2, 3))

    assert third is not None
    assert not third.concludes
    assert fourth is not None
    assert (fourth.step, fourth.role, fourth.concludes) == (4, Role.LEADER_IN_CHARGE, True)


def test_sec13_whoever_asked_gives_his_opinion_once_more() -> None:
    asked = run(1, 2, last=Opinion.REFER)
    assert asked is not None
    answered = replace(asked, awaits=False, answers=(Opinion.EXEMPT,))

    due = next_step(NATIONAL, answered)
    against = why(NATIONAL, answered, wanted(2))
    along = why(NATIONAL, answered, wanted(2, opinion=Opinion.EXEMPT))

    assert due is not None
    assert due.step == 2
    assert (against, along) == (("against_answer",), ())


@pytest.mark.parametrize(
    ("opinions", "result"),
    [
        pytest.param((Opinion.OPEN, Opinion.OPEN, Opinion.OPEN), Opinion.OPEN, id="all open"),
        pytest.param((Opinion.OPEN, Opinion.EXEMPT, Opinion.OPEN), Opinion.EXEMPT, id="the head"),
        pytest.param((Opinion.OPEN, Opinion.OPEN, Opinion.EXEMPT), Opinion.EXEMPT, id="officer"),
        pytest.param((Opinion.EXEMPT, Opinion.OPEN, Opinion.OPEN), Opinion.OPEN, id="the drafter"),
    ],
)
def test_sec11_the_most_careful_reviewer_decides(
    opinions: tuple[Opinion, ...], result: Opinion
) -> None:
    signatures = tuple(signature(n, opinion) for n, opinion in enumerate(opinions, 1))

    assert Run(TEXT, signatures, concluded=True).result is result


ATTEMPTS = st.lists(
    st.tuples(st.integers(1, 4), st.sampled_from(ROLES), st.sampled_from(NAMES), st.booleans()),
    max_size=30,
)


@given(ATTEMPTS, st.sampled_from([NATIONAL, SEPARATE, SAME_HEAD]))
def test_sec08_no_sequence_of_attempts_gets_past_the_order(
    attempts: list[tuple[int, Role, str, bool]], order: Order
) -> None:
    standing: Run | None = None
    for step, role, name, concludes in attempts:
        want = Wanted(step, role, Opinion.OPEN, name, "", DAY, TEXT, standing is None, concludes)
        if not why(order, standing, want):
            made = Signature(step, Opinion.OPEN, name, "", DAY)
            before = standing.signatures if standing else ()
            standing = Run(TEXT, (*before, made), concluded=concludes)
        if standing is not None and standing.concluded:
            break

    signed = standing.signatures if standing else ()
    assert [s.step for s in signed] == list(range(1, len(signed) + 1))
    assert all(s.signer != DRAFTER for s in signed[1:])
    assert (len(signed) == order.last) == bool(standing and standing.concluded)


def moved(act: Act, text: str, source: State = State.IN_SECRECY_REVIEW, **said: str) -> Step:
    made = Step(1, act, source, State.IN_SECRECY_REVIEW, 1, HEAD, DAY, HEAD, f"{DAY}T10:00:00")
    return replace(made, core_fingerprint=text, details=tuple(said.items()))


def test_sec01_what_was_confirmed_as_a_matter_of_wording_keeps_its_review() -> None:
    history = (
        moved(Act.APPROVE, "f1:aa"),
        moved(Act.JUDGE, "f1:aa"),
        moved(Act.KEEP, "f1:bb"),
        moved(Act.JUDGE, "f1:bb"),
        moved(Act.RESIGN, "f1:cc"),
    )

    assert carried(history, "f1:aa") == {"f1:aa", "f1:bb"}


def test_a_signature_whose_words_were_emptied_counts_no_more() -> None:
    given = {STEP: "1", OPINION: "OPEN"}
    history = (
        moved(Act.SIGN, TEXT, State.UNIT_EXAMINED, **given),
        moved(Act.CONCLUDE, TEXT),
    )

    (only,) = runs_of(history)

    assert (len(only.signatures), only.concluded) == (1, False)
