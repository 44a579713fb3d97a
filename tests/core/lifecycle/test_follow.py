"""What a judgement alone does to a case (§5, SRC-03, A1, A3)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.lifecycle.office import case
from gongkai.lifecycle.act import Act, may_be_judged_into
from gongkai.lifecycle.follow import Judged, first_state, next_state, opens_case
from gongkai.lifecycle.state import AT_REST, SIGNED, UNDER_SIGNATURES, State
from gongkai.model.attribute import DisclosureAttribute, Outcome, Stage

CLEAN = Judged(
    outcome=Outcome.CLEAN,
    stage=Stage.SUBMITTED,
    core_fingerprint="f1:aa",
    stated=DisclosureAttribute.PROACTIVE,
    decided=True,
)
OTHER_TEXT = replace(CLEAN, core_fingerprint="f1:bb", decided=False)


@pytest.mark.parametrize(
    ("judged", "opens"),
    [
        pytest.param(CLEAN, True, id="submitted"),
        pytest.param(replace(CLEAN, stage=Stage.DRAFT), False, id="a draft asks for nothing"),
        pytest.param(replace(CLEAN, stage=Stage.REFERENCE), False, id="working material"),
        pytest.param(
            replace(CLEAN, outcome=Outcome.OUT_OF_SCOPE), False, id="SRC-24 a Party paper"
        ),
    ],
)
def test_what_is_submitted_becomes_a_case(judged: Judged, opens: bool) -> None:
    assert opens_case(judged) is opens


@pytest.mark.parametrize(
    ("judged", "state"),
    [
        pytest.param(CLEAN, State.PROPOSED, id="a named human has proposed"),
        pytest.param(replace(CLEAN, decided=False), State.SUGGESTED, id="SRC-05 nobody named yet"),
        pytest.param(
            replace(CLEAN, outcome=Outcome.RETURNED, stated=None, decided=False),
            State.RETURNED,
            id="SRC-16",
        ),
        pytest.param(
            replace(CLEAN, outcome=Outcome.BLOCKED, open_findings=("PII_DIRECT",)),
            State.BLOCKED,
            id="SRC-14",
        ),
        pytest.param(
            replace(CLEAN, outcome=Outcome.UNREADABLE),
            State.EXTRACTION_FAILED,
            id="not checked is not clean",
        ),
    ],
)
def test_where_a_paper_nobody_signed_rests(judged: Judged, state: State) -> None:
    assert first_state(judged) is state


@pytest.mark.parametrize("state", sorted(UNDER_SIGNATURES))
def test_another_text_undoes_signatures(state: State) -> None:
    """SRC-03: a later content change invalidates and re-opens the checks."""
    assert next_state(case(state), OTHER_TEXT) is State.SUGGESTED


@pytest.mark.parametrize("state", sorted(UNDER_SIGNATURES))
def test_the_same_text_keeps_them(state: State) -> None:
    assert next_state(case(state), CLEAN) is None


@pytest.mark.parametrize("state", sorted(SIGNED))
def test_another_text_after_signing_waits_for_a_human(state: State) -> None:
    """A3, TEXT_CHANGED_AFTER_SIGNING: 文字性 or 实质性 is not for a machine to say."""
    assert next_state(case(state), OTHER_TEXT) is State.TEXT_CHANGED


def test_putting_the_signed_text_back_ends_the_question() -> None:
    assert next_state(case(State.TEXT_CHANGED), CLEAN) is State.APPROVED
    assert next_state(case(State.TEXT_CHANGED), OTHER_TEXT) is None


def test_a_mark_that_says_what_was_approved_is_a_stamp() -> None:
    """STAMPED: the mark found equals the approved attribute (§0)."""
    assert next_state(case(State.APPROVED), CLEAN) is State.STAMPED


@pytest.mark.parametrize("stated", [None, DisclosureAttribute.ON_REQUEST])
def test_another_mark_or_none_is_not(stated: DisclosureAttribute | None) -> None:
    """STAMP_BROKEN, SRC-19."""
    assert next_state(case(State.APPROVED), replace(CLEAN, stated=stated)) is None
    assert next_state(case(State.STAMPED), replace(CLEAN, stated=stated)) is State.APPROVED


@pytest.mark.parametrize("state", sorted(AT_REST))
def test_what_has_ended_stays_where_it_is(state: State) -> None:
    assert next_state(case(state), OTHER_TEXT) is None


def test_a_stopped_paper_is_not_led_out_by_a_machine() -> None:
    """§0: QUARANTINED leaves only by the secrecy officer."""
    assert next_state(case(State.QUARANTINED), CLEAN) is None
    assert not any(may_be_judged_into(State.QUARANTINED, Act.JUDGE, to) for to in State)


def test_a_return_is_counted_once_per_version() -> None:
    """ASM-08: rounds are submissions, not looks at the folder."""
    missing = replace(CLEAN, outcome=Outcome.RETURNED, stated=None, decided=False)

    assert next_state(case(State.RETURNED), replace(missing, new_version=False)) is None
    assert next_state(case(State.RETURNED), missing) is State.RETURNED


def test_every_move_of_a_judgement_stands_in_the_table() -> None:
    outcomes = [replace(CLEAN, outcome=o) for o in Outcome] + [OTHER_TEXT]
    outcomes += [replace(CLEAN, open_findings=("PII_DIRECT",), outcome=Outcome.BLOCKED)]

    for state in State:
        for judged in outcomes:
            target = next_state(case(state), judged)
            assert target is None or may_be_judged_into(state, Act.JUDGE, target)
