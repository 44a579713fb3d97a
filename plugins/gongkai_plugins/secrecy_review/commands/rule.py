"""``gongkai case rule``: the secrecy officer's word on one suspicious place (SEC-06, SEC-07)."""

from __future__ import annotations

import click

from gongkai.cli.case_work import judge_again
from gongkai.cli.session import Session
from gongkai.cli.words import option
from gongkai.errors import ActionRefused
from gongkai.lifecycle.roles import Role
from gongkai.messages import say
from gongkai.model.finding import Finding
from gongkai.moment import now
from gongkai.notices import Voice
from gongkai.store import decisions, requests
from gongkai.store.decisions import Answer, Decision
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
from gongkai_plugins.secrecy_review.commands.sign import finding_line
from gongkai_plugins.secrecy_review.facts import TO_BE_RULED, Facts

ANSWERS = Coded("ruling", (Answer.ACCEPTED.value, Answer.FALSE_POSITIVE.value))


@command("rule")
@click.argument("number")
@click.argument("finding", metavar="[FINDING]", required=False, type=int)
@option("--as", "answer", type=ANSWERS)
@option("--reason", default="")
@option("--by", default="", metavar="NAME")
@click.pass_obj
def rule(
    session: Session,
    number: str,
    finding: int | None,
    answer: str | None,
    reason: str,
    by: str,
) -> int:
    """Rule on one finding; without one, list those there are."""
    with at_desk(session) as desk:
        facts, me = desk.facts(number), desk.me(by)
        role = held(me, facts.case, Role.SECRECY_OFFICER)
        found = [
            f for f in (facts.verdict.findings if facts.verdict else ()) if f.code in TO_BE_RULED
        ]
        if finding is None:
            return _listed(desk, facts, found)
        if answer is None:
            raise click.UsageError(say("cli.missing_parameter", name="--as"))
        if {me.name, role.on_behalf_of} & facts.situation.drafters():
            raise ActionRefused(f"{OWN}refused_drafter_signs_later")
        if not 0 < finding <= len(found):
            raise ActionRefused(f"{OWN}no_finding", n=finding, number=number)
        if not reason.strip():
            raise ActionRefused(f"{OWN}refused_reason_missing")
        _write(desk, facts, found[finding - 1], Answer(answer), reason, me.name)
        session.tell(say(f"{OWN}ruled", n=finding, answer=coded(answer, "ruling"), name=me.name))
        judge_again(desk.work, number, me)
        left = len(desk.facts(number).unruled)
        session.tell(say(f"{OWN}rulings_left", count=left) if left else say(f"{OWN}all_ruled"))
    return 0


def _write(
    desk: Desk, facts: Facts, finding: Finding, answer: Answer, reason: str, by: str
) -> None:
    """The ruling, and the decision every later judgement goes by, in one transaction."""
    at = now()
    values = {"key": finding.key, "code": finding.code, "answer": answer, "reason": reason}
    with desk.changing(facts) as (connection, case):
        records.write_alone(connection, case, tables.ruling, values, by, at)
        decision = Decision(finding.key, answer, by, reason, at)
        decisions.decide(connection, case.document, decision)
        requests.ask_for(connection, [case.document])


def _listed(desk: Desk, facts: Facts, found: list[Finding]) -> int:
    voice = Voice(desk.rules.profile, desk.session.contacts, {})
    said = {ruling.key: ruling for ruling in facts.rulings}
    for n, finding in enumerate(found, 1):
        ruling = said.get(finding.key)
        state = (
            say(f"{OWN}ruled_by", answer=coded(ruling.answer, "ruling"), name=ruling.by)
            if ruling
            else say(f"{OWN}not_ruled")
        )
        desk.session.tell(f"{n}. {finding_line(finding, voice, sees=True)} {state}")
    if not found:
        desk.session.tell(say(f"{OWN}nothing_to_rule"))
    return 0
