"""``gongkai case joint`` and ``consent``: a paper that others made too (SEC-15, N-12, B12)."""

from __future__ import annotations

from datetime import date

import click

from gongkai.cli.case_signing import evidence_of
from gongkai.cli.deadline import DateText
from gongkai.cli.session import Session
from gongkai.cli.words import option
from gongkai.errors import ActionRefused
from gongkai.lifecycle.roles import Role
from gongkai.messages import say
from gongkai_plugins.secrecy_review import tables
from gongkai_plugins.secrecy_review.checks import consents_missing
from gongkai_plugins.secrecy_review.commands.desk import (
    OWN,
    Coded,
    Desk,
    at_desk,
    coded,
    command,
    held,
)
from gongkai_plugins.secrecy_review.facts import Facts
from gongkai_plugins.secrecy_review.opinions import ConsentAnswer, EvidenceKind, OurRole

ROLE = Coded("our_role", tuple(OurRole))
ANSWER = Coded("consent", tuple(ConsentAnswer))
KIND = Coded("evidence", tuple(EvidenceKind))
KEEPERS = (Role.DRAFTER, Role.SECTION_HEAD, Role.OFFICE)


@command("joint")
@click.argument("number")
@option("--role", "our_role", type=ROLE, required=True)
@option("--with", "bodies", multiple=True, metavar="BODY")
@option("--by", default="", metavar="NAME")
@click.pass_obj
def joint(session: Session, number: str, our_role: str, bodies: tuple[str, ...], by: str) -> int:
    """Record who made the paper with us, and whether publishing it is ours."""
    named = tuple(dict.fromkeys(filter(None, map(str.strip, bodies))))
    if (our_role == OurRole.SOLE) == bool(named):
        raise click.UsageError(say(f"{OWN}joint_needs_bodies"))
    with at_desk(session) as desk:
        facts, me = desk.facts(number), desk.me(by)
        held(me, facts.case, *KEEPERS)
        desk.record(facts, tables.joint, {"our_role": our_role, "bodies": list(named)}, me.name)
        session.tell(
            say(
                f"{OWN}joint_recorded",
                number=number,
                role=coded(our_role, "our_role"),
                bodies=say("cli.and").join(named) or say(f"{OWN}none"),
            )
        )
        _still_missing(desk, number)
    return 0


@command("consent")
@click.argument("number")
@click.argument("body")
@option("--asked", type=DateText(), metavar="DATE")
@option("--answer", type=ANSWER)
@option("--kind", type=KIND)
@option("--evidence", default="", metavar="FILE|NUMBER")
@option("--on", type=DateText(), metavar="DATE")
@option("--by", default="", metavar="NAME")
@click.pass_obj
def consent(
    session: Session,
    number: str,
    body: str,
    asked: date | None,
    answer: str | None,
    kind: str | None,
    evidence: str,
    on: date | None,
    by: str,
) -> int:
    """Record that a co-maker was asked, or what it said in writing."""
    if (answer is None) == (asked is None):
        raise click.UsageError(say(f"{OWN}asked_or_answered"))
    if answer is not None and (kind is None or not evidence.strip() or on is None):
        # 以文字形式: what nobody can show is no consent.
        raise click.UsageError(say(f"{OWN}consent_needs_evidence"))
    with at_desk(session) as desk:
        facts, me = desk.facts(number), desk.me(by)
        held(me, facts.case, *KEEPERS)
        if body not in facts.joint.bodies:
            known = say("cli.and").join(facts.joint.bodies) or say(f"{OWN}none")
            raise ActionRefused(f"{OWN}no_co_maker", body=body, known=known)
        values: dict[str, object] = {
            "body": body,
            "asked_on": desk.past(asked) if asked else _asked_before(facts, body),
            "answer": answer or "",
            "kind": kind or "",
            "evidence": evidence_of(session, evidence),
            "answered_on": desk.past(on) if answer else "",
        }
        desk.record(facts, tables.consent, values, me.name)
        said = coded(answer, "consent") if answer else say(f"{OWN}consent_asked")
        session.tell(say(f"{OWN}consent_recorded", number=number, body=body, said=said))
        _still_missing(desk, number)
    return 0


def _asked_before(facts: Facts, body: str) -> str:
    """When a body was asked last about this text, "" if it never was."""
    ours = (c for c in facts.consents if c.core_fingerprint == facts.case.core_fingerprint)
    return next((c.asked_on for c in reversed(list(ours)) if c.body == body), "")


def _still_missing(desk: Desk, number: str) -> None:
    if waiting := consents_missing(desk.facts(number), desk.rules):
        desk.session.tell(say(f"{OWN}consents_left", bodies=say("cli.and").join(waiting)))
