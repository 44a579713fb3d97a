"""Cases in words: states, people, steps, and what a paper still needs."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.casework.dossier import Dossier
from gongkai.casework.findings import short_key
from gongkai.lifecycle.case import Case, Step
from gongkai.lifecycle.state import State
from gongkai.lifecycle.turn import next_acts, whose_turn
from gongkai.messages import has, say
from gongkai.model.attribute import DisclosureAttribute
from gongkai.model.determination import Medium
from gongkai.model.finding import Finding
from gongkai.notices import Notice, Voice
from gongkai.policy.profile import Profile
from gongkai.settings import Contacts
from gongkai.store.decisions import Decision


def state_words(state: State) -> str:
    """A state as the office calls it."""
    return say(f"case.state_{state}")


def label_words(attribute: DisclosureAttribute | None, profile: Profile) -> str:
    """An attribute as the profile calls it; a blank for none."""
    return profile.label_of(attribute) if attribute is not None else say("case.no_attribute")


def next_words(case: Case, profile: Profile) -> str:
    """The next step and who may take it."""
    roles = say("people.or").join(say(f"people.role_{r}") for r in whose_turn(case, profile))
    acts = say("people.or").join(say(f"case.act_{a}") for a in next_acts(case, profile))
    hint = f"case.hint_{case.state}"
    if has(hint):
        return say(hint, acts=acts, roles=roles)
    return say("case.next", acts=acts, roles=roles) if acts else say("case.next_none")


def capacity_words(step: Step) -> str:
    """In what capacity somebody acted, for whom, and on which medium."""
    if step.role is None:
        return ""
    words = say(f"people.role_{step.role}")
    if step.on_behalf_of:
        words = say("people.held_for", role=words, owner=step.on_behalf_of)
    if step.fallback:
        words += say("case.in_place")
    if step.medium is Medium.PAPER:
        words += say("case.on_paper", recorder=step.recorded_by)
    return words


def who_words(step: Step) -> str:
    """Who acted; gongkai's own moves are the system's."""
    return step.actor if step.role is not None else say("case.system")


def said_words(step: Step, profile: Profile) -> str:
    """What was said with a step: opinion, reason, basis, objection, agreement, evidence."""
    opinion = step.opinion if step.role is not None else ""
    parts = [
        ("attribute", profile.label_of(step.attribute) if step.attribute and step.role else ""),
        ("opinion", opinion),
        ("reason", step.reason),
        ("basis", step.basis),
        ("objection", step.detail("objection")),
        ("agreed", step.detail("agreed_with")),
        ("evidence", step.evidence),
    ]
    return "；".join(say(f"case.said_{name}", text=text) for name, text in parts if text)


def voice(profile: Profile, contacts: Contacts) -> Voice:
    """Words for stored findings: attachments by number, since no text is at hand to mask names."""
    return Voice(profile, contacts, {})


def open_lines(seen: Dossier, profile: Profile, contacts: Contacts) -> Iterator[str]:
    """What a paper still needs, each with the number it is answered under."""
    told = voice(profile, contacts)
    for finding in seen.open_findings:
        yield from finding_lines(finding, told.notice(finding), seen.answers.get(finding.key))


def finding_lines(finding: Finding, notice: Notice, answer: Decision | None) -> Iterator[str]:
    """One finding: by what it is called, what is asked, where, why, and what to do."""
    yield finding_head(finding, notice, notice.tag)
    for text in (notice.ground, notice.cure):
        if text:
            yield f"        {text}"
    if answer is not None:
        yield "        " + answer_words(answer)


def finding_head(finding: Finding, notice: Notice, tag: str = "") -> str:
    """One line: by what a finding is called, what is asked, and where."""
    where = say("cli.where", where=notice.where) if notice.where else ""
    return f"{short_key(finding)}  {tag}{notice.headline} {where}".rstrip()


def answer_words(answer: Decision) -> str:
    """What a human said of a finding, who, and why."""
    words = say(f"case.answer_{answer.answer}")
    return say("case.answered", answer=words, name=answer.actor, reason=answer.reason or "—")
