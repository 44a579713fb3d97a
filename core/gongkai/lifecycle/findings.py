"""Who may say of a finding that it needs no action: pure, one table (SRC-15, §7 as amended).

What a machine can settle by looking again is cured, not argued with; what needs knowledge of
secrets is the officer's, and whether a policy may be withheld the disclosure office's. Whoever
drafted the paper sets nothing in it aside.
"""

from __future__ import annotations

from enum import StrEnum

from gongkai.lifecycle.case import Situation
from gongkai.lifecycle.refusal import Refused
from gongkai.lifecycle.roles import Actor, Held, Role
from gongkai.lifecycle.state import AT_REST, State
from gongkai.model.finding import Finding, FindingCode


class Answer(StrEnum):
    """需要处理, 不需处理, or let through by the office."""

    ACCEPT = "accept"
    DISMISS = "dismiss"
    WAIVE = "waive"


STRUCTURAL = frozenset(
    {
        FindingCode.SECRET_MARK,
        FindingCode.LABEL_MISSING,
        FindingCode.LABEL_CONFLICT,
        FindingCode.LABEL_ALIAS,
        FindingCode.MIXED_LABEL,
        FindingCode.ATTACHMENT_STRICTER,
        FindingCode.INHERIT_LOOSER,
        FindingCode.SOURCE_NOT_PUBLIC,
        FindingCode.STAMP_BROKEN,
        FindingCode.REASON_MISSING,
        FindingCode.CHECK_INCOMPLETE,
    }
)
"""Facts about the paper or the record: they end when the paper or the record is another."""

_OFFICER = (Role.SECRECY_OFFICER,)
_ANSWERED_BY = {
    FindingCode.WORK_SECRET_MARK: _OFFICER,
    FindingCode.SECRET_CONTENT: _OFFICER,
    FindingCode.SECURITY_STABILITY: _OFFICER,
    FindingCode.POLICY_WITHHELD: (Role.LEADING_GROUP_OFFICE,),
    FindingCode.PLUGIN: (Role.OFFICE,),
}
_USUALLY = (Role.SECTION_HEAD, Role.OFFICE)
_ACCEPTED_BY = (Role.DRAFTER, Role.SECTION_HEAD, Role.OFFICE)


def answerers(finding: Finding, answer: Answer) -> tuple[Role, ...]:
    """In which roles somebody may give this answer to a finding; none: nobody may."""
    code = finding.code
    match answer:
        case Answer.ACCEPT:
            return tuple(dict.fromkeys((*_ACCEPTED_BY, *_ANSWERED_BY.get(code, ()))))
        case Answer.WAIVE:
            allowed = finding.waivable and code not in STRUCTURAL | _ANSWERED_BY.keys()
            return (Role.OFFICE,) if allowed else ()
        case Answer.DISMISS:
            # What was not read is vouched for or let through; nobody can say it needs nothing.
            closed = code in STRUCTURAL or code is FindingCode.UNREADABLE
            return () if closed else _ANSWERED_BY.get(code, _USUALLY)


def answer_by(
    situation: Situation, finding: Finding, answer: Answer, actor: Actor, reason: str
) -> Held | tuple[Refused, ...]:
    """In which capacity somebody answers, or every reason why he does not."""
    case = situation.case
    if case.state in AT_REST or case.state is State.QUARANTINED:
        return (Refused("finding_at_rest", {"state": case.state}),)
    roles = answerers(finding, answer)
    if not roles:
        return (Refused(f"finding_never_{answer}"),)
    reasons = []
    held = next((h for role in roles if (h := actor.holds(role, case.section))), None)
    if held is None:
        reasons.append(Refused("no_such_role", {"roles": roles}))
    if answer is not Answer.ACCEPT:
        names = {actor.name, held.on_behalf_of if held else ""}
        if names & situation.drafters():
            reasons.append(Refused("finding_own"))
        if not reason.strip():
            reasons.append(Refused("needs_reason"))
    return tuple(reasons) if reasons or held is None else held
