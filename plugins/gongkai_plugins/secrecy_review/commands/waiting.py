"""``gongkai case waiting``: what the review waits for, in all cases, with its age."""

from __future__ import annotations

from collections.abc import Iterator

import click

from gongkai.cli.session import Session
from gongkai.cli.words import option
from gongkai.lifecycle.state import AT_REST
from gongkai.messages import say
from gongkai_plugins.secrecy_review import records, tables
from gongkai_plugins.secrecy_review.checks import consents_missing
from gongkai_plugins.secrecy_review.commands.desk import OWN, Desk, at_desk, coded, command
from gongkai_plugins.secrecy_review.commands.leak import clock_words
from gongkai_plugins.secrecy_review.commands.refer import age, waiting_hops
from gongkai_plugins.secrecy_review.commands.reverse import filings_left
from gongkai_plugins.secrecy_review.facts import Facts

KEPT = (tables.hop, tables.joint, tables.reverse, tables.incident, tables.declassification)
"""Tables whose rows can leave something open."""


@command("waiting")
@option("--json", "as_json", is_flag=True)
@click.pass_obj
def waiting(session: Session, as_json: bool) -> int:
    """List open referrals, consents, filings, declassifications and leaks; 1 when there are any."""
    found = 0
    with at_desk(session) as desk:
        with desk.database.read() as connection:
            numbers = records.cases_with(connection, *KEPT)
        for number in numbers:
            for kind, words in _open(desk.facts(number), desk):
                found += 1
                if as_json:
                    session.print_json({"case": number, "kind": kind, "words": words})
                else:
                    session.tell(say(f"{OWN}waits", number=number, words=words))
    if not found and not as_json:
        session.tell(say(f"{OWN}nothing_waits"))
    return 1 if found else 0


def _open(facts: Facts, desk: Desk) -> Iterator[tuple[str, str]]:
    """What one case waits for: a code, and the words for it."""
    if hops := waiting_hops(facts):
        hop = hops[-1]
        days, since = age(hops[0], desk), hops[0].sent_on
        question = coded(hop.question, "question")
        yield (
            "referral",
            say(f"{OWN}waits_referral", body=hop.body, question=question, since=since, days=days),
        )
    if facts.case.state not in AT_REST and (bodies := consents_missing(facts, desk.rules)):
        yield "consent", say(f"{OWN}consents_left", bodies=say("cli.and").join(bodies))
    if left := filings_left(facts, desk):
        yield "filing", say(f"{OWN}filings_left", recipients=say("cli.and").join(left))
    if facts.declassification is not None and not facts.declassification.reference:
        yield "declassification", say(f"{OWN}waits_declass")
    for incident in facts.incidents:
        if incident.open:
            words = clock_words(incident, desk)
            yield "leak", say(f"{OWN}waits_leak", incident=incident.number, clock=words)
