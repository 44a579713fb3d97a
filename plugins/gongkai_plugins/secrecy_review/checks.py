"""What the review says to each act, pure: every reason as a code with its values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.lifecycle.act import Act
from gongkai.lifecycle.refusal import Refused
from gongkai.lifecycle.state import State
from gongkai.model.attribute import DisclosureAttribute, Severity
from gongkai.model.finding import FindingCode
from gongkai.model.move import Move
from gongkai.policy.profile import Profile
from gongkai.workdays.calendar import Calendar
from gongkai_plugins.secrecy_review import joint
from gongkai_plugins.secrecy_review.approval import REVERSE, chain_of, order_of
from gongkai_plugins.secrecy_review.facts import Facts
from gongkai_plugins.secrecy_review.library import Library
from gongkai_plugins.secrecy_review.opinions import (
    ENTITLED,
    Authority,
    Direction,
    Opinion,
    OurRole,
    Question,
)
from gongkai_plugins.secrecy_review.order import (
    BASIS,
    OPINION,
    STEP,
    Wanted,
    carried,
    out_of_order,
)
from gongkai_plugins.secrecy_review.reasons import unfounded

PROACTIVE = DisclosureAttribute.PROACTIVE
NOT_DISCLOSED = DisclosureAttribute.NOT_DISCLOSED


@dataclass(frozen=True, slots=True)
class Rules:
    """What an office goes by: its profile, its library, its calendar, and which day it is."""

    profile: Profile
    library: Library
    calendar: Calendar
    today: date


def objections(move: Move, facts: Facts, rules: Rules) -> tuple[Refused, ...] | None:
    """Every reason against a move; empty when there is none, None where the review has no say."""
    match move.act:
        case Act.SIGN | Act.CONCLUDE:
            return tuple(_opinion(move, facts, rules))
        case Act.REFER:
            return tuple(_referral(move, facts))
        case Act.ANSWER:
            return tuple(_answer(move, facts))
        case Act.CORRECT:
            return tuple(_permitted(move, facts))
        case Act.ACCEPT:
            return (*_complete(move, facts, rules), *_permitted(move, facts))
        case Act.APPROVE:
            return (
                *_complete(move, facts, rules),
                *_permitted(move, facts),
                *_last_step(move, facts, rules),
                *_severed_original(move, facts),
                *_reverse(move, facts, rules),
            )
        case Act.REGISTER:
            return tuple(_consents(move, facts, rules))
        case Act.PUBLISH:
            return (
                *_complete(move, facts, rules),
                *_permitted(move, facts),
                *_reverse(move, facts, rules),
                *_consents(move, facts, rules),
                *_ours(facts),
                *_public_version(facts),
                *_declassified(facts),
            )
        case _:
            return None


def _opinion(move: Move, facts: Facts, rules: Rules) -> Iterator[Refused]:
    """Four steps in order, each with basis and reason (SEC-08, SEC-11, SEC-12)."""
    order = order_of(rules.profile)
    if order is None:
        yield Refused("chain_unknown", {"profile": rules.profile.key})
        return
    if move.detail(OPINION) not in Opinion.__members__:
        yield Refused("no_opinion")
        return
    opinion = Opinion(move.detail(OPINION))
    wanted = Wanted(
        step=int(move.detail(STEP)) if move.detail(STEP).isdecimal() else 0,
        role=move.role,
        opinion=opinion,
        signer=move.actor,
        on_behalf_of=move.on_behalf_of,
        signed_on=move.acted_on,
        core_fingerprint=move.core_fingerprint,
        begins=move.source == State.UNIT_EXAMINED,
        concludes=move.act == Act.CONCLUDE,
    )
    drafters = facts.situation.drafters()
    codes = out_of_order(order, facts.run, drafters, wanted)
    if opinion is Opinion.OPEN and facts.exempted:
        codes = (*codes, "against_answer")
    for code in dict.fromkeys(codes):
        yield Refused(code)
    for code in unfounded(
        move.detail(BASIS).split(),
        opinion,
        move.reason,
        rules.library,
        rules.profile.reasons,
        facts.verdict,
    ):
        yield Refused(code)
    # The officer's opinion, and any later one, leans on his word about each suspicious place.
    if wanted.step >= 3 and facts.unruled:
        yield Refused("findings_unruled", {"count": len(facts.unruled)})


def _referral(move: Move, facts: Facts) -> Iterator[Refused]:
    """A question goes to somebody, after an opinion that it has to (SEC-13, SEC-14)."""
    run = facts.run
    if run is None or not run.awaits or run.asked:
        yield Refused("nothing_to_refer")
    question, authority = move.detail("question"), move.detail("authority")
    if question not in Question.__members__ or authority not in Authority.__members__:
        yield Refused("no_target")
    elif not _may_be_asked(Question(question), Authority(authority)):
        yield Refused("other_route")


def _may_be_asked(question: Question, authority: Authority) -> bool:
    return authority is Authority.RELAY or authority in ENTITLED[question]


def _answer(move: Move, facts: Facts) -> Iterator[Refused]:
    """An answer comes from who was asked and may decide, with the number of its paper."""
    if move.detail(OPINION) not in (Opinion.OPEN, Opinion.EXEMPT):
        yield Refused("no_answer")
    hop = next((hop for hop in facts.hops if str(hop.id) == move.detail("hop")), None)
    about = carried(facts.history, hop.core_fingerprint) if hop else frozenset()
    if hop is None or hop.answer is not None or facts.case.core_fingerprint not in about:
        yield Refused("not_asked")
        return
    if not hop.entitled:
        yield Refused("not_entitled")
    if move.detail("answered_on") < hop.sent_on:
        yield Refused("before_sent")


def _needed(move: Move, rules: Rules) -> bool:
    """Whether the profile asks for a review of what this attribute makes of a paper."""
    match rules.profile.keys.secrecy.review.value:
        case "all":
            return True
        case "none":
            return False
        case _:
            return move.attribute is PROACTIVE


def _complete(move: Move, facts: Facts, rules: Rules) -> Iterator[Refused]:
    """REVIEW_INCOMPLETE: no review, not concluded, or of another text (SEC-01)."""
    if not _needed(move, rules) or facts.reviewed is not None:
        return
    run = facts.run
    if run is not None and run.concluded:
        yield Refused("review_of_other_text")
    else:
        yield Refused("review_incomplete")


def _permitted(move: Move, facts: Facts) -> Iterator[Refused]:
    """免于公开 is NOT_DISCLOSED, whatever was proposed (SEC-11)."""
    run = facts.reviewed
    exempt = facts.exempted or (run is not None and run.result is Opinion.EXEMPT)
    if exempt and move.attribute is not NOT_DISCLOSED:
        yield Refused("exempt_is_not_disclosed")


def _last_step(move: Move, facts: Facts, rules: Rules) -> Iterator[Refused]:
    """The approval is the review's last step: not by whoever drafted, not before the others."""
    run, order = facts.reviewed, order_of(rules.profile)
    if run is None or order is None:
        return
    people = {move.actor, move.on_behalf_of} - {""}
    first = run.standing.get(1)
    if people & (facts.situation.drafters() | (first.people if first else frozenset())):
        yield Refused("drafter_signs_later")
    if run.signatures and move.acted_on < run.signatures[-1].signed_on:
        yield Refused("before_earlier")


def _severed_original(move: Move, facts: Facts) -> Iterator[Refused]:
    """The original of a public version stays NOT_DISCLOSED (SEC-17)."""
    if not facts.public_version or facts.redacted_label:
        return
    if move.attribute is not NOT_DISCLOSED:
        yield Refused("original_not_disclosed", {"number": facts.public_version})


def _reverse(move: Move, facts: Facts, rules: Rules) -> Iterator[Refused]:
    """REVERSE_UNAPPROVED: a decision against the rule has approvals of its own (SRC-17)."""
    direction = reverse_needed(move.attribute, facts, rules)
    if direction is None:
        return
    decision, chain = facts.reverse, chain_of(rules.profile, REVERSE)
    if decision is None or decision.direction is not direction:
        yield Refused("reverse_missing", {"direction": direction})
    elif chain is None or not decision.approved(chain):
        yield Refused("reverse_unapproved")


def reverse_needed(
    attribute: DisclosureAttribute | None, facts: Facts, rules: Rules
) -> Direction | None:
    """Which reverse decision an attribute amounts to; None for none.

    A listed topic that is withheld; or disclosed, what a rule forbids to disclose: the rows
    are the profile's, since most of them only permit withholding (条例16).
    """
    verdict = facts.verdict
    if verdict is None or attribute is None:
        return None
    if attribute is not PROACTIVE:
        topic = any(
            f.code is FindingCode.TOPIC_WITHHELD and f.severity is not Severity.INFO
            for f in verdict.findings
        )
        return Direction.WITHHOLD if topic else None
    suggestion = verdict.suggestion
    if suggestion is None or suggestion.attribute is not NOT_DISCLOSED or not suggestion.rules:
        return None
    forbidding = set(rules.profile.keys.secrecy.reverse_rows.value)
    decisive = suggestion.rules[0].id
    return Direction.DISCLOSE if decisive in forbidding else None


def _consents(move: Move, facts: Facts, rules: Rules) -> Iterator[Refused]:
    """CONSENT_MISSING: every body that made it agrees before it is public (SEC-15, N-12)."""
    if move.attribute is not PROACTIVE:
        return
    if facts.joint.our_role is OurRole.LEAD and not facts.joint.bodies:
        yield Refused("co_makers_unknown")
    if waiting := consents_missing(facts, rules):
        yield Refused("consent_missing", {"bodies": waiting})


def consents_missing(facts: Facts, rules: Rules) -> tuple[str, ...]:
    """The co-makers without whose word the text cannot be public yet."""
    said = joint.standing(facts.consents, facts.history, facts.case.core_fingerprint)
    rule = rules.profile.keys.joint
    days = rule.silence_days.value if rule.silence.value == "consent" else None
    return joint.missing(facts.joint, said, rules.today, rules.calendar, days)


def _ours(facts: Facts) -> Iterator[Refused]:
    """Who only made it with others does not publish it (SEC-15)."""
    if facts.joint.our_role is OurRole.CO_MAKER:
        yield Refused("not_ours")


def _public_version(facts: Facts) -> Iterator[Refused]:
    """What is to be public after severance is the public version, never the original (C-25)."""
    if facts.public_version:
        yield Refused("publish_public_version", {"number": facts.public_version})
    elif facts.redacted_label:
        yield Refused("public_version_missing")


def _declassified(facts: Facts) -> Iterator[Refused]:
    """DECLASS_MISSING: review, then the record, then publication (SEC-16)."""
    record, run = facts.declassification, facts.reviewed
    if record is None:
        return
    if not record.reference:
        yield Refused("declass_missing")
    elif run is None or not run.signatures or record.record_on < run.signatures[-1].signed_on:
        yield Refused("declass_before_review")
