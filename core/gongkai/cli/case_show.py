"""``gongkai case show``: where a case rests, whose turn it is, and how it came there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import click

from gongkai.casework.dossier import Dossier
from gongkai.cli.case_object import case_object
from gongkai.cli.case_signing import acting_here
from gongkai.cli.case_words import (
    answer_words,
    capacity_words,
    finding_head,
    label_words,
    next_words,
    open_lines,
    said_words,
    state_words,
    voice,
    who_words,
)
from gongkai.cli.case_work import Work, at_work
from gongkai.cli.deadline_words import standing
from gongkai.cli.session import Session
from gongkai.cli.status import moment
from gongkai.cli.words import Command, option
from gongkai.lifecycle.case import Step
from gongkai.messages import say
from gongkai.model.attribute import DisclosureAttribute, Severity
from gongkai.model.determination import Medium
from gongkai.model.finding import Finding, FindingCode
from gongkai.policy.profile import Profile
from gongkai.workdays.cases import TimedCase, timed_case
from gongkai.workdays.office_calendar import load_calendar


@click.command("show", cls=Command)
@click.argument("number")
@option("--by", default="", metavar="NAME")
@option("--json", "as_json", is_flag=True)
@click.pass_obj
def show(session: Session, number: str, by: str, as_json: bool) -> int:
    """One case with all that is on record about it."""
    with at_work(session) as work:
        number = work.number_of(number)
        with work.database.read() as connection:
            viewer = acting_here(session, connection, by)
        seen = work.dossier(number, viewer)
        timed = _timed(work, number)
        if as_json:
            session.print_json(case_object(seen, timed, work.profile, session.contacts))
            return 0
        for line in _lines(seen, timed, work):
            session.tell(line)
    return 0


def _timed(work: Work, number: str) -> TimedCase:
    calendar, deadlines = load_calendar(work.office.root), work.profile.keys.deadlines
    with work.database.read() as connection:
        return timed_case(connection, number, calendar, deadlines, date.today())


def _lines(seen: Dossier, timed: TimedCase, work: Work) -> Iterator[str]:
    case, profile = seen.case, work.profile
    title = say("cli.title", title=seen.title) if seen.title else ""
    yield say("case.heading", number=case.number, title=title, state=state_words(case.state))
    yield next_words(case, profile)
    facts = {
        "section": case.section,
        "drafter": case.drafter,
        "urgency": case.urgency,
        "doc_number": case.doc_number,
        "round": say("case.round", round=case.round),
        "attribute": label_words(case.attribute, profile),
        "reason": seen.determined.reason if seen.determined else "",
        "basis": seen.determined.basis if seen.determined else "",
    }
    yield from (say(f"case.fact_{name}", text=text) for name, text in facts.items() if text)
    yield from _remarks(seen, timed)
    if seen.open_findings:
        yield say("case.open_heading")
        yield from open_lines(seen, profile, work.session.contacts)
    yield from _answered(seen, work)
    if seen.notices:
        yield say("case.notices_heading")
    for notice in seen.notices:
        how = say("case.notice_automatic" if notice.automatic else "case.notice_by_hand")
        words = {"number": notice.number, "round": notice.round, "at": moment(notice.made_at)}
        yield say("case.notice", **words, how=how, reasons=_reasons(seen, notice.reasons, work))
    yield say("case.history_heading")
    shown = 0
    for step in seen.history:
        if step.round != shown:
            shown = step.round
            yield say("case.round_heading", round=shown)
        yield _step_line(step, profile)


def _remarks(seen: Dossier, timed: TimedCase) -> Iterator[str]:
    """What is out of the ordinary: entered late, disputed, and how the clock stands."""
    if seen.case.late:
        yield say(
            "case.late",
            day=seen.late.get("issued_on", ""),
            signer=seen.late.get("signer", ""),
            reason=seen.case.late_reason,
        )
    if seen.case.disputed:
        yield say("case.disputed")
    if timed.clock is not None and seen.case.attribute is DisclosureAttribute.PROACTIVE:
        yield say("case.clock", due=timed.clock.due.isoformat(), words=standing(timed.clock))


def _answered(seen: Dossier, work: Work) -> Iterator[str]:
    """What was set aside, by whom and why."""
    told = voice(work.profile, work.session.contacts)
    aside = [
        (finding, seen.answers[finding.key])
        for finding in seen.findings
        if finding.key in seen.answers and finding.severity.gravity <= Severity.INFO.gravity
    ]
    if aside:
        yield say("case.answered_heading")
    for finding, answer in aside:
        yield finding_head(finding, told.notice(finding))
        yield "        " + answer_words(answer)


def _reasons(seen: Dossier, reasons: tuple[Mapping[str, str], ...], work: Work) -> str:
    """The reasons of a return: a person's words, or the headlines of what was found."""
    told = voice(work.profile, work.session.contacts)
    known = {finding.code.value: finding for finding in seen.findings}

    def words(reason: Mapping[str, str]) -> str:
        if "code" not in reason:
            return reason.get("text", "")
        bare = Finding(FindingCode(reason["code"]), Severity.RETURN, rule="")
        return told.notice(known.get(reason["code"], bare)).headline

    return "；".join(map(words, reasons))


def _step_line(step: Step, profile: Profile) -> str:
    paper = step.medium is Medium.PAPER
    capacity = capacity_words(step)
    return say(
        "case.step",
        at=step.acted_on if paper else moment(step.recorded_at),
        name=who_words(step),
        capacity=say("case.in_brackets", text=capacity) if capacity else "",
        act=say(f"case.act_{step.act}"),
        state=state_words(step.target),
        said=say("case.said", text=text) if (text := said_words(step, profile)) else "",
    )
