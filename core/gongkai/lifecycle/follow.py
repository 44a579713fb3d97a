"""What a judgement alone does to a case: gongkai's own moves, pure (requirements §5, SRC-03)."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.lifecycle.case import Case
from gongkai.lifecycle.state import AT_REST, BEFORE_SIGNATURES, SIGNED, UNDER_SIGNATURES, State
from gongkai.model.attribute import DisclosureAttribute, Outcome, Stage


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found in the text as it stands now.

    ``stated`` is what the mark and the other labels say, ``decided`` whether a named human
    has proposed an attribute for this very text and ``proposed`` which, ``open_findings`` the
    blocking ones nobody has decided. ``returns``: the office has ordered that a missing label
    is returned at once.
    """

    outcome: Outcome
    stage: Stage
    core_fingerprint: str
    stated: DisclosureAttribute | None
    decided: bool
    open_findings: tuple[str, ...] = ()
    returns: bool = True
    new_version: bool = True
    proposed: DisclosureAttribute | None = None


OPENING_STAGES = frozenset({Stage.SUBMITTED, Stage.ISSUED, Stage.PUBLIC})
"""A draft is no case: nobody has asked for anything yet (A1)."""


def opens_case(judged: Judged) -> bool:
    """Whether a document without a case gets one."""
    return judged.stage in OPENING_STAGES and judged.outcome is not Outcome.OUT_OF_SCOPE


def first_state(judged: Judged) -> State:
    """Where a paper nobody has signed yet rests."""
    if judged.outcome is Outcome.UNREADABLE:
        return State.EXTRACTION_FAILED
    if judged.outcome is Outcome.RETURNED and judged.returns and not judged.decided:
        return State.RETURNED
    if judged.open_findings:
        return State.BLOCKED
    return State.PROPOSED if judged.decided else State.SUGGESTED


def next_state(case: Case, judged: Judged) -> State | None:
    """Where a judgement leads a case; None leaves it where it is."""
    target = _led_to(case, judged)
    again = target is State.RETURNED and judged.new_version
    return target if target is not case.state or again else None


def _led_to(case: Case, judged: Judged) -> State:
    changed = judged.core_fingerprint != case.core_fingerprint
    if case.state in AT_REST or case.state is State.QUARANTINED:
        return case.state
    if judged.outcome is Outcome.OUT_OF_SCOPE:
        return case.state
    if case.state in SIGNED:
        return State.TEXT_CHANGED if changed else _marked(case, judged)
    if case.state is State.TEXT_CHANGED:
        return case.state if changed else State.APPROVED
    if case.state in UNDER_SIGNATURES:
        otherwise = judged.proposed not in (None, case.attribute)
        undone = changed or otherwise or judged.open_findings
        return first_state(judged) if undone else case.state
    assert case.state in BEFORE_SIGNATURES
    if case.state is State.RETURNED and not judged.new_version:
        return case.state
    return first_state(judged)


def _marked(case: Case, judged: Judged) -> State:
    """STAMPED: the labels found say what was approved; else the mark is missing or broken."""
    if case.state is State.REGISTERED:
        return case.state
    return State.STAMPED if judged.stated is case.attribute else State.APPROVED
