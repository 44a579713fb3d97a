"""``gongkai case reverse``, ``reverse-sign`` and ``filing``: against the rule (SRC-17)."""

from __future__ import annotations

from datetime import date

import click

from gongkai.cli.deadline import DateText
from gongkai.cli.session import Session
from gongkai.cli.words import option
from gongkai.errors import ActionRefused
from gongkai.lifecycle.roles import Role
from gongkai.lifecycle.state import AT_REST, SIGNED
from gongkai.messages import say
from gongkai_plugins.secrecy_review import tables
from gongkai_plugins.secrecy_review.approval import REVERSE, chain_of
from gongkai_plugins.secrecy_review.commands.desk import (
    OWN,
    Coded,
    Desk,
    Signing,
    at_desk,
    coded,
    command,
    held,
    roles_words,
    signing,
)
from gongkai_plugins.secrecy_review.facts import GOVERNMENT, SUPERIOR, Facts, Reverse
from gongkai_plugins.secrecy_review.opinions import Direction

DIRECTION = Coded("direction", tuple(Direction))
RECIPIENT = Coded("recipient", (SUPERIOR, GOVERNMENT))
VOTE = Coded("vote", ("AGREED", "OBJECTED"))


@command("reverse")
@click.argument("number")
@option("--direction", type=DIRECTION, required=True)
@option("--reason", required=True)
@option("--basis", required=True)
@option("--by", default="", metavar="NAME")
@click.pass_obj
def reverse(session: Session, number: str, direction: str, reason: str, basis: str, by: str) -> int:
    """Ask for a decision against the rule; it has no effect before it is approved."""
    with at_desk(session) as desk:
        facts, me = desk.facts(number), desk.me(by)
        held(me, facts.case, Role.DRAFTER, Role.SECTION_HEAD, Role.OFFICE)
        if facts.case.state in SIGNED | AT_REST:
            raise ActionRefused(f"{OWN}reverse_too_late", number=number)
        if not reason.strip() or not basis.strip():
            raise ActionRefused(f"{OWN}refused_reason_missing")
        standing = facts.reverse
        if standing is not None and not standing.refused:
            raise ActionRefused(f"{OWN}reverse_twice", number=number)
        values: dict[str, object] = {"direction": direction, "reason": reason, "basis": basis}
        desk.record(facts, tables.reverse, values, me.name)
        session.tell(
            say(f"{OWN}reverse_opened", number=number, direction=coded(direction, "direction"))
        )
        _due(desk, number)
    return 0


@command("reverse-sign")
@click.argument("number")
@option("--vote", type=VOTE, required=True)
@option("--reason", required=True)
@signing
@click.pass_obj
def reverse_sign(session: Session, number: str, vote: str, reason: str, signing: Signing) -> int:
    """Give the approval that is due on a reverse decision."""
    with at_desk(session) as desk:
        hand, facts = desk.hand(signing), desk.facts(number)
        decision = _pending(facts)
        chain = _chain(desk)
        if decision.refused or len(decision.steps) >= len(chain):
            raise ActionRefused(f"{OWN}reverse_done", number=number)
        role = chain[len(decision.steps)]
        by = held(hand.actor, facts.case, role)
        # A signature on paper is never typed by the drafter either (A9).
        people = {hand.actor.name, hand.recorder.name, by.on_behalf_of}
        if people & facts.situation.drafters():
            raise ActionRefused(f"{OWN}refused_drafter_signs_later")
        if decision.steps and hand.acted_on < decision.steps[-1].signed_on:
            raise ActionRefused(f"{OWN}refused_before_earlier")
        values: dict[str, object] = {
            "reverse_id": decision.id,
            "n": len(decision.steps) + 1,
            "role": role,
            "signer": hand.actor.name,
            "on_behalf_of": by.on_behalf_of,
            "signed_on": hand.acted_on,
            "medium": hand.medium,
            "agreed": vote == "AGREED",
            "reason": reason,
            "evidence": hand.evidence,
        }
        desk.record(facts, tables.reverse_step, values, hand.recorder.name)
        session.tell(
            say(
                f"{OWN}reverse_signed",
                number=number,
                name=hand.actor.name,
                role=roles_words(role),
                vote=coded(vote, "vote"),
            )
        )
        _due(desk, number)
    return 0


@command("filing")
@click.argument("number")
@option("--to", "recipient", type=RECIPIENT, required=True)
@option("--body", required=True, metavar="BODY")
@option("--reference", required=True, metavar="NUMBER")
@option("--on", type=DateText(), required=True, metavar="DATE")
@option("--by", default="", metavar="NAME")
@click.pass_obj
def filing(
    session: Session, number: str, recipient: str, body: str, reference: str, on: date, by: str
) -> int:
    """Record that an approved reverse decision was laid before somebody (备案)."""
    with at_desk(session) as desk:
        facts, me = desk.facts(number), desk.me(by)
        held(me, facts.case, Role.OFFICE, Role.LEADING_GROUP_OFFICE, Role.CUSTODIAN)
        decision = _pending(facts)
        if not decision.approved(_chain(desk)):
            raise ActionRefused(f"{OWN}refused_reverse_unapproved")
        values: dict[str, object] = {
            "reverse_id": decision.id,
            "recipient": recipient,
            "body": body,
            "reference": reference,
            "filed_on": desk.past(on),
        }
        desk.record(facts, tables.filing, values, me.name)
        session.tell(say(f"{OWN}filed", number=number, body=body, reference=reference))
        if left := filings_left(desk.facts(number), desk):
            session.tell(say(f"{OWN}filings_left", recipients=say("cli.and").join(left)))
    return 0


def filings_left(facts: Facts, desk: Desk) -> list[str]:
    """Before whom an approved reverse decision has yet to be laid, in words."""
    decision, chain = facts.reverse, chain_of(desk.rules.profile, REVERSE)
    if decision is None or chain is None or not decision.approved(chain):
        return []
    done = {each.recipient for each in decision.filings}
    wanted = desk.rules.profile.keys.approval.reverse_filings.value
    return [coded(each, "recipient") for each in wanted if each not in done]


def _pending(facts: Facts) -> Reverse:
    if facts.reverse is None:
        raise ActionRefused(f"{OWN}no_reverse", number=facts.case.number)
    return facts.reverse


def _chain(desk: Desk) -> tuple[Role, ...]:
    chain = chain_of(desk.rules.profile, REVERSE)
    if chain is None:
        raise ActionRefused(f"{OWN}refused_chain_unknown", profile=desk.rules.profile.key)
    return chain


def _due(desk: Desk, number: str) -> None:
    """Say what the reverse decision waits for."""
    facts = desk.facts(number)
    decision, chain = _pending(facts), _chain(desk)
    if decision.refused:
        desk.session.tell(say(f"{OWN}reverse_refused"))
    elif decision.approved(chain):
        desk.session.tell(
            say(
                f"{OWN}reverse_approved",
                recipients=say("cli.and").join(filings_left(facts, desk)) or say(f"{OWN}none"),
            )
        )
    else:
        role = chain[len(decision.steps)]
        names = sorted(facts.situation.holders.get(role, ()))
        desk.session.tell(
            say(
                f"{OWN}reverse_next",
                role=roles_words(role),
                names=say("cli.and").join(names) or say(f"{OWN}nobody"),
            )
        )
