"""``gongkai case refer`` and ``answer``: what nobody here can decide (SEC-13, SEC-14)."""

from __future__ import annotations

from datetime import date

import click
from sqlalchemy import Connection

from gongkai.casework import Moved
from gongkai.cli.deadline import DateText
from gongkai.cli.session import Session
from gongkai.cli.words import option
from gongkai.errors import ActionRefused
from gongkai.lifecycle.act import Act
from gongkai.lifecycle.case import Wish
from gongkai.lifecycle.roles import Role
from gongkai.lifecycle.state import State
from gongkai.messages import say
from gongkai.workdays.reckoning import working_days
from gongkai_plugins.secrecy_review import records, tables
from gongkai_plugins.secrecy_review.commands.desk import (
    OWN,
    Coded,
    Desk,
    at_desk,
    coded,
    command,
    held,
)
from gongkai_plugins.secrecy_review.commands.sign import ahead
from gongkai_plugins.secrecy_review.facts import Facts, Hop
from gongkai_plugins.secrecy_review.opinions import (
    ENTITLED,
    STRICTNESS,
    Authority,
    Question,
)
from gongkai_plugins.secrecy_review.order import OPINION

QUESTION = Coded("question", tuple(Question))
AUTHORITY = Coded("authority", tuple(Authority))
ANSWER = Coded("opinion", tuple(STRICTNESS))
REFERRERS = (Role.SECRECY_OFFICER, Role.SECTION_HEAD, Role.LEADER_IN_CHARGE)


@command("refer")
@click.argument("number")
@option("--question", type=QUESTION, required=True)
@option("--authority", type=AUTHORITY, required=True)
@option("--to", "body", required=True, metavar="BODY")
@option("--reference", default="", metavar="NUMBER")
@option("--on", type=DateText(), metavar="DATE")
@option("--reason", default="")
@option("--by", default="", metavar="NAME")
@click.pass_obj
def refer(
    session: Session,
    number: str,
    question: str,
    authority: str,
    body: str,
    reference: str,
    on: date | None,
    reason: str,
    by: str,
) -> int:
    """Send a question on, or on again."""
    with at_desk(session) as desk:
        facts, me = desk.facts(number), desk.me(by)
        sent_on = desk.past(on)
        hop = {
            "question": question,
            "authority": authority,
            "body": body,
            "reference": reference,
            "sent_on": sent_on,
        }
        if facts.case.state is State.REFERRED:
            held(me, facts.case, *REFERRERS)
            _same_route(facts, Question(question), Authority(authority), sent_on)
            desk.record(facts, tables.hop, {**hop}, me.name)
        else:
            wish = Wish(
                Act.REFER,
                me,
                desk.today,
                me,
                reason=reason,
                details=tuple((k, v) for k, v in hop.items() if v),
            )

            def beside(connection: Connection, moved: Moved) -> None:
                at = moved.step.recorded_at
                records.write(connection, moved.after, tables.hop, hop, me.name, at)

            desk.casework.carry_out(number, wish, beside)
        session.tell(
            say(
                f"{OWN}referred",
                number=number,
                body=body,
                authority=coded(authority, "authority"),
                question=coded(question, "question"),
                on=sent_on,
            )
        )
        session.tell(say(f"{OWN}frozen"))
    return 0


@command("answer")
@click.argument("number")
@option("--from", "body", required=True, metavar="BODY")
@option("--opinion", type=ANSWER, required=True)
@option("--reference", required=True, metavar="NUMBER")
@option("--on", type=DateText(), required=True, metavar="DATE")
@option("--reason", required=True)
@option("--by", default="", metavar="NAME")
@click.pass_obj
def answer(
    session: Session,
    number: str,
    body: str,
    opinion: str,
    reference: str,
    on: date,
    reason: str,
    by: str,
) -> int:
    """Record the answer; the review goes on with it."""
    with at_desk(session) as desk:
        facts, me = desk.facts(number), desk.me(by)
        asked = next((hop for hop in reversed(waiting_hops(facts)) if hop.body == body), None)
        if asked is None:
            bodies = say("cli.and").join(hop.body for hop in waiting_hops(facts))
            raise ActionRefused(f"{OWN}not_asked_there", body=body, bodies=bodies or "-")
        values = {
            "hop_id": asked.id,
            "opinion": opinion,
            "body": body,
            "reference": reference,
            "answered_on": desk.past(on),
            "reason": reason,
        }
        wish = Wish(
            Act.ANSWER,
            me,
            desk.today,
            me,
            reason=reason,
            evidence=reference,
            details=(
                (OPINION, opinion),
                ("hop", str(asked.id)),
                ("answered_on", desk.past(on)),
            ),
        )

        def beside(connection: Connection, moved: Moved) -> None:
            at = moved.step.recorded_at
            records.write(connection, moved.after, tables.answer, values, me.name, at)

        desk.casework.carry_out(number, wish, beside)
        session.tell(
            say(f"{OWN}answered", number=number, body=body, opinion=coded(opinion, "opinion"))
        )
        for line in ahead(desk.facts(number), desk):
            session.tell(line)
    return 0


def waiting_hops(facts: Facts) -> list[Hop]:
    """Where the question of this text is now and was before, unless it has been answered."""
    if facts.case.state is not State.REFERRED:
        return []
    fingerprint = facts.case.core_fingerprint
    ours = [hop for hop in facts.hops if hop.core_fingerprint == fingerprint]
    answered = [n for n, hop in enumerate(ours) if hop.answer is not None]
    return ours[answered[-1] + 1 :] if answered else ours


def age(hop: Hop, desk: Desk) -> int:
    """Working days since a question was sent."""
    sent = date.fromisoformat(hop.sent_on)
    return max(working_days(desk.rules.calendar, sent, desk.rules.today).days, 0)


def _same_route(facts: Facts, question: Question, authority: Authority, sent_on: str) -> None:
    """A further hop asks the same question, later, of somebody who may answer or hand on."""
    before = waiting_hops(facts)
    if before and before[-1].question is not question:
        raise ActionRefused(f"{OWN}other_question")
    if authority is not Authority.RELAY and authority not in ENTITLED[question]:
        raise ActionRefused(f"{OWN}refused_other_route")
    if before and sent_on < before[-1].sent_on:
        raise ActionRefused(f"{OWN}refused_before_sent")
