"""``gongkai case sign``: the next opinion of a review, shown before it is signed (B21)."""

from __future__ import annotations

from collections.abc import Iterator

import click

from gongkai.cli.session import Session
from gongkai.cli.words import option
from gongkai.lifecycle.roles import Actor, Role
from gongkai.messages import say
from gongkai.model.attribute import Severity
from gongkai.model.finding import Finding
from gongkai.notices import Voice
from gongkai_plugins.secrecy_review.commands.desk import (
    OWN,
    Coded,
    Desk,
    Signing,
    at_desk,
    coded,
    command,
    roles_words,
    signing,
)
from gongkai_plugins.secrecy_review.facts import TO_BE_RULED, Facts
from gongkai_plugins.secrecy_review.opinions import Opinion
from gongkai_plugins.secrecy_review.order import Next
from gongkai_plugins.secrecy_review.signing import Given, Signed, due, order_for
from gongkai_plugins.secrecy_review.signing import sign as give

OPINION = Coded("opinion", tuple(Opinion))
MAY_SEE_PLACES = (Role.SECRECY_OFFICER, Role.SECTION_HEAD, Role.LEADER_IN_CHARGE)
"""Where a suspicious passage stands is for those who rule on it (A6)."""


@command("sign")
@click.argument("number")
@option("--opinion", type=OPINION, required=True)
@option("--basis", "cited", multiple=True, metavar="CODE")
@option("--reason", default="")
@option("--note", default="")
@signing
@option("--yes", is_flag=True)
@click.pass_obj
def sign(
    session: Session,
    number: str,
    opinion: str,
    cited: tuple[str, ...],
    reason: str,
    note: str,
    signing: Signing,
    yes: bool,
) -> int:
    """Give the opinion that is due on one case."""
    with at_desk(session) as desk:
        hand = desk.hand(signing)
        facts = desk.facts(number)
        if not cited:
            raise click.UsageError(_grounds(desk, Opinion(opinion)))
        for line in shown(facts, desk, hand.actor):
            session.tell(line)
        if session.interactive and not yes:
            step = due(facts, order_for(desk.rules))
            asked = say(f"{OWN}step_{step.step}") if step else ""
            click.confirm(
                say(f"{OWN}sign_now", step=asked, opinion=coded(opinion, "opinion")), abort=True
            )
        given = Given(Opinion(opinion), cited, _whole(reason, desk), note)
        signed = Signed(hand.actor, hand.recorder, hand.acted_on, hand.medium, hand.evidence)
        moved = give(desk.casework, facts, desk.rules, given, signed)
        session.tell(
            say(
                f"{OWN}signed",
                number=number,
                step=say(f"{OWN}step_{moved.step.detail('step')}"),
                opinion=coded(opinion, "opinion"),
                name=moved.step.actor,
            )
        )
        for line in ahead(desk.facts(number), desk):
            session.tell(line)
    return 0


def shown(facts: Facts, desk: Desk, reader: Actor) -> Iterator[str]:
    """What is signed: the paper, what was found in it, what others have said."""
    case, profile = facts.case, desk.rules.profile
    attribute = profile.label_of(case.attribute) if case.attribute else say(f"{OWN}none")
    about = "about" if case.section else "about_no_section"
    yield say(f"{OWN}{about}", number=case.number, attribute=attribute, section=case.section)
    voice = Voice(profile, desk.session.contacts, {})
    sees = any(reader.holds(role, case.section) for role in MAY_SEE_PLACES)
    found = [f for f in (facts.verdict.findings if facts.verdict else ()) if _asks(f)]
    for finding in found:
        yield finding_line(finding, voice, sees=sees)
    if not found:
        yield say(f"{OWN}nothing_found")
    run = facts.run
    for signature in run.standing.values() if run and not run.concluded else ():
        yield say(
            f"{OWN}earlier",
            step=say(f"{OWN}step_{signature.step}"),
            name=signature.signer,
            on=signature.signed_on,
            opinion=coded(signature.opinion, "opinion"),
        )


def _asks(finding: Finding) -> bool:
    """Whether a finding asks for something, or had to be ruled on."""
    return finding.severity.gravity > Severity.INFO.gravity or finding.code in TO_BE_RULED


def finding_line(finding: Finding, voice: Voice, *, sees: bool) -> str:
    """One finding, without a word of the text; its place where the reader rules on it."""
    notice = voice.notice(finding)
    hidden = finding.code in TO_BE_RULED and not sees
    where = say(f"{OWN}place_withheld") if hidden else notice.where
    return say(f"{OWN}finding", tag=notice.tag, headline=notice.headline, where=where)


def ahead(facts: Facts, desk: Desk) -> Iterator[str]:
    """What comes next, and who can do it."""
    order, run = order_for(desk.rules), facts.run
    step = due(facts, order)
    if facts.reviewed is not None:
        yield say(f"{OWN}concluded", opinion=coded(facts.reviewed.result, "opinion"))
        if facts.reviewed.result is Opinion.EXEMPT:
            yield say(f"{OWN}then_not_disclosed")
        yield say(f"{OWN}then_office", names=_names(facts, Role.OFFICE))
    elif step is not None:
        yield _next_words(facts, step)
    elif run is not None and run.awaits:
        yield say(f"{OWN}then_refer", number=facts.case.number)
    if facts.unruled:
        yield say(f"{OWN}then_rule", count=len(facts.unruled), number=facts.case.number)


def _next_words(facts: Facts, step: Next) -> str:
    return say(
        f"{OWN}then_step",
        step=say(f"{OWN}step_{step.step}"),
        role=roles_words(step.role),
        names=_names(facts, step.role),
    )


def _names(facts: Facts, role: Role) -> str:
    names = sorted(facts.situation.holders.get(role, ()))
    return say("cli.and").join(names) if names else say(f"{OWN}nobody")


def _whole(reason: str, desk: Desk) -> str:
    """A ready reason named by its code is written out."""
    ready = desk.rules.library.reasons.get(reason)
    if ready is not None:
        return ready.text
    return next((r.text for r in desk.rules.profile.reasons if r.code == reason), reason)


def _grounds(desk: Desk, opinion: Opinion) -> str:
    """The grounds an opinion can cite, one a line."""
    lines = [
        say(f"{OWN}ground", code=code, title=entry.title, about=entry.about)
        for code, entry in desk.rules.library.fitting(opinion).items()
    ]
    return say(f"{OWN}name_a_ground", opinion=coded(opinion, "opinion"), grounds="\n".join(lines))
