"""What can be done to a case, and what leads where: the life cycle as data (requirements §5).

A transition says from which states an act leads to which, in which roles, under which guards,
and for which duty a plugin has to answer. ``decide`` reads this table; nothing else knows the
order.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gongkai.lifecycle.roles import Role
from gongkai.lifecycle.state import AT_REST, BEFORE_SIGNATURES, SIGNED, UNDER_SIGNATURES, State


class Act(StrEnum):
    """An act; the words shown are ``case.act_<value>``. The first group is gongkai's own."""

    JUDGE = "judge"
    STOP = "stop"

    PROPOSE = "propose"
    EXAMINE = "examine"
    SIGN = "sign"
    REFER = "refer"
    ANSWER = "answer"
    CONCLUDE = "conclude"
    ACCEPT = "accept"
    RETURN = "return"
    CORRECT = "correct"
    APPROVE = "approve"
    KEEP = "keep"
    RESIGN = "resign"
    VOUCH = "vouch"
    RELEASE = "release"
    REGISTER = "register"
    PUBLISH = "publish"
    WITHHOLD = "withhold"
    WITHDRAW = "withdraw"
    REDETERMINE = "redetermine"
    CANCEL = "cancel"


class Guard(StrEnum):
    """A condition the core holds itself; the refusal is ``case.refused_<value>``."""

    SEPARATE = "separate"
    """Nobody acts in two capacities the profile keeps apart."""
    TEXT_JUDGED = "text_judged"
    """The files are those that were judged, and nothing waits to be judged."""
    NOTHING_OPEN = "nothing_open"
    """No blocking finding without a decision."""
    LABELLED = "labelled"
    """One attribute, proposed by a named human."""
    DECLARED = "declared"
    """It was declared whether the paper is a secret matter (SRC-04, SEC-10)."""
    REASONED = "reasoned"
    """A reason and a basis where the attribute is not PROACTIVE or not the advised one."""
    REASON = "reason"
    """The act itself needs a reason."""
    POLICY_SEEN = "policy_seen"
    """A policy paper to be withheld was seen by the disclosure office (SRC-25)."""
    AGREED = "agreed"
    """The drafter agreed and is named (B9)."""
    PROACTIVE = "proactive"
    NOT_PROACTIVE = "not_proactive"
    LET_GO = "let_go"
    """The secrecy officer has ruled on the stopped paper itself (A6)."""


class Duty(StrEnum):
    """What a plugin answers for; the profile names which plugin that is (``guards.<duty>``)."""

    SECRECY_REVIEW = "secrecy_review"
    REGISTRATION = "registration"


@dataclass(frozen=True, slots=True)
class Transition:
    """One row: ``act`` leads from any of ``sources`` to ``target``."""

    act: Act
    sources: frozenset[State]
    target: State
    roles: tuple[Role, ...] = ()
    guards: tuple[Guard, ...] = ()
    duties: tuple[Duty, ...] = ()


def _from(*states: State) -> frozenset[State]:
    return frozenset(states)


_DRAFTER = (Role.DRAFTER,)
_HEAD = (Role.SECTION_HEAD,)
_OFFICE = (Role.OFFICE,)
_LEADER = (Role.LEADER_IN_CHARGE,)
_REVIEWERS = (Role.DRAFTER, Role.SECTION_HEAD, Role.SECRECY_OFFICER, Role.LEADER_IN_CHARGE)
_PUBLISHERS = (Role.LEADING_GROUP_OFFICE, Role.OFFICE, Role.CUSTODIAN)
_REVIEW = (Duty.SECRECY_REVIEW,)
_REGISTER = (Duty.REGISTRATION,)
_ON_THIS_TEXT = (Guard.SEPARATE, Guard.TEXT_JUDGED)
_CLEAR = (*_ON_THIS_TEXT, Guard.NOTHING_OPEN, Guard.LABELLED, Guard.DECLARED)

TRANSITIONS = (
    # The proposal, by a named human of the producing unit (SRC-05).
    Transition(
        Act.PROPOSE,
        _from(State.SUGGESTED, State.BLOCKED, State.PROPOSED, State.RETURNED),
        State.PROPOSED,
        _DRAFTER,
        (Guard.LABELLED, Guard.DECLARED, Guard.REASONED),
    ),
    Transition(
        Act.VOUCH, _from(State.EXTRACTION_FAILED), State.SUGGESTED, _OFFICE, (Guard.REASON,)
    ),
    Transition(Act.EXAMINE, _from(State.PROPOSED), State.UNIT_EXAMINED, _HEAD, _CLEAR),
    # The secrecy review: its own order is the plugin's (SEC-08).
    Transition(
        Act.SIGN,
        _from(State.UNIT_EXAMINED, State.IN_SECRECY_REVIEW),
        State.IN_SECRECY_REVIEW,
        _REVIEWERS,
        (Guard.TEXT_JUDGED,),
        _REVIEW,
    ),
    Transition(
        Act.REFER,
        _from(State.IN_SECRECY_REVIEW),
        State.REFERRED,
        (Role.SECTION_HEAD, Role.SECRECY_OFFICER, Role.LEADER_IN_CHARGE),
        (Guard.TEXT_JUDGED, Guard.REASON),
        _REVIEW,
    ),
    Transition(
        Act.ANSWER,
        _from(State.REFERRED),
        State.IN_SECRECY_REVIEW,
        (Role.SECRECY_OFFICER, Role.OFFICE),
        (Guard.REASON,),
        _REVIEW,
    ),
    Transition(
        Act.CONCLUDE,
        _from(State.IN_SECRECY_REVIEW),
        State.REVIEWED,
        (Role.SECTION_HEAD, Role.SECRECY_OFFICER, Role.LEADER_IN_CHARGE),
        (Guard.TEXT_JUDGED,),
        _REVIEW,
    ),
    # The office checks every outgoing paper (SRC-15).
    Transition(
        Act.ACCEPT,
        _from(State.UNIT_EXAMINED, State.REVIEWED),
        State.OFFICE_CHECK,
        _OFFICE,
        _CLEAR,
        _REVIEW,
    ),
    Transition(
        Act.RETURN,
        _from(State.SUGGESTED, State.BLOCKED, State.PROPOSED) | UNDER_SIGNATURES,
        State.RETURNED,
        (Role.OFFICE, Role.LEADER_IN_CHARGE),
        (Guard.SEPARATE, Guard.REASON),
    ),
    Transition(
        Act.CORRECT,
        _from(State.UNIT_EXAMINED, State.REVIEWED, State.OFFICE_CHECK),
        State.UNIT_EXAMINED,
        _OFFICE,
        (*_ON_THIS_TEXT, Guard.AGREED, Guard.REASONED),
    ),
    # The signer determines (N-20, C-23).
    Transition(
        Act.APPROVE,
        _from(State.OFFICE_CHECK),
        State.APPROVED,
        _LEADER,
        (*_CLEAR, Guard.REASONED, Guard.POLICY_SEEN),
        _REVIEW,
    ),
    Transition(
        Act.KEEP,
        _from(State.TEXT_CHANGED),
        State.APPROVED,
        _OFFICE,
        (*_ON_THIS_TEXT, Guard.REASON, Guard.NOTHING_OPEN),
    ),
    # Another text in substance: reviewed anew where it is to be public (SEC-01), then signed.
    Transition(
        Act.RESIGN, _from(State.TEXT_CHANGED), State.UNIT_EXAMINED, _OFFICE, (Guard.REASON,)
    ),
    # First approved, then registered, then public (REG-02).
    Transition(
        Act.REGISTER,
        _from(State.STAMPED),
        State.REGISTERED,
        (Role.CUSTODIAN,),
        # The signer himself may have withheld what was checked as public.
        (Guard.TEXT_JUDGED, Guard.POLICY_SEEN),
        _REGISTER,
    ),
    Transition(
        Act.PUBLISH,
        _from(State.REGISTERED),
        State.PUBLISHED,
        _PUBLISHERS,
        (Guard.TEXT_JUDGED, Guard.NOTHING_OPEN, Guard.PROACTIVE),
        (*_REVIEW, *_REGISTER),
    ),
    Transition(
        Act.WITHHOLD,
        _from(State.REGISTERED),
        State.WITHHELD,
        (Role.CUSTODIAN,),
        (Guard.NOT_PROACTIVE,),
        _REGISTER,
    ),
    Transition(
        Act.WITHDRAW,
        _from(State.PUBLISHED),
        State.WITHDRAWN,
        (*_PUBLISHERS, Role.SECRECY_OFFICER, Role.LEADER_IN_CHARGE),
        (Guard.REASON,),
    ),
    Transition(
        Act.REDETERMINE,
        _from(State.PUBLISHED, State.WITHHELD, State.WITHDRAWN),
        State.SUGGESTED,
        (Role.DRAFTER, Role.SECTION_HEAD, Role.OFFICE),
        (Guard.REASON,),
    ),
    Transition(
        Act.RELEASE,
        _from(State.QUARANTINED),
        State.SUGGESTED,
        (Role.SECRECY_OFFICER,),
        (Guard.REASON, Guard.LET_GO),
    ),
    Transition(
        Act.CANCEL,
        frozenset(State) - AT_REST - _from(State.QUARANTINED, State.REGISTERED),
        State.CANCELLED,
        (Role.DRAFTER, Role.OFFICE),
        (Guard.REASON,),
    ),
    # The entry stays as a row that says so; its number is not given again (REG-03).
    Transition(
        Act.CANCEL,
        _from(State.REGISTERED),
        State.CANCELLED,
        (Role.CUSTODIAN,),
        (Guard.REASON,),
        _REGISTER,
    ),
)

JUDGED = (
    # What reading and judging alone may do; ``follow`` chooses among these.
    *(
        Transition(
            Act.JUDGE,
            BEFORE_SIGNATURES | UNDER_SIGNATURES,
            to,
        )
        for to in (
            State.SUGGESTED,
            State.BLOCKED,
            State.PROPOSED,
            State.RETURNED,
            State.EXTRACTION_FAILED,
        )
    ),
    Transition(Act.JUDGE, SIGNED, State.TEXT_CHANGED),
    Transition(Act.JUDGE, _from(State.APPROVED), State.STAMPED),
    Transition(Act.JUDGE, _from(State.STAMPED, State.TEXT_CHANGED), State.APPROVED),
    Transition(Act.STOP, frozenset(State) - _from(State.QUARANTINED), State.QUARANTINED),
)


def transition(act: Act, source: State) -> Transition | None:
    """Where an act of a human leads from a state; None when it leads nowhere from there."""
    return next((t for t in TRANSITIONS if t.act is act and source in t.sources), None)


def may_be_judged_into(source: State, act: Act, target: State) -> bool:
    """Whether gongkai itself may move a case so."""
    return any(t.act is act and source in t.sources and t.target is target for t in JUDGED)
