"""The publication clocks of an office's cases, from its record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from gongkai.lifecycle.act import Act
from gongkai.lifecycle.case import Case, Step
from gongkai.lifecycle.state import SIGNED, State
from gongkai.model.attribute import DisclosureAttribute
from gongkai.policy.procedures import Deadlines
from gongkai.store import cases
from gongkai.store.tables import document
from gongkai.workdays.calendar import Calendar
from gongkai.workdays.publication import PublicationClock, PublicationFacts, publication_clock
from gongkai.workdays.reckoning import Pause

AWAITING = SIGNED | {State.TEXT_CHANGED}
"""Approved, and not yet with the public."""


@dataclass(frozen=True, slots=True)
class TimedCase:
    """A case and its clock; None while nothing has set the clock going."""

    case: Case
    title: str
    clock: PublicationClock | None


def awaiting_publication(
    connection: Connection, calendar: Calendar, deadlines: Deadlines, today: date
) -> tuple[TimedCase, ...]:
    """Every case to be published and not published yet, the most pressing first.

    A case whose clock has not started comes last: nothing presses, but it is not left out.
    """
    found = [
        _timed(connection, case, calendar, deadlines, today)
        for case in cases.in_states(connection, AWAITING)
        if case.attribute is DisclosureAttribute.PROACTIVE
    ]
    return tuple(sorted(found, key=_pressing))


def timed_case(
    connection: Connection, number: str, calendar: Calendar, deadlines: Deadlines, today: date
) -> TimedCase:
    """The case of that number and its clock, whatever its state and attribute.

    Raises ``ActionRefused`` when there is no such case.
    """
    return _timed(connection, cases.find(connection, number), calendar, deadlines, today)


def publication_facts(case: Case, history: Sequence[Step], today: date) -> PublicationFacts:
    """What a case and its steps say about its publication.

    After a new determination (REDETERMINE) only what happened since counts, and the day the
    new one was approved is the day the information changed.
    """
    begun = max((n for n, step in enumerate(history) if step.act is Act.REDETERMINE), default=-1)
    this_time = history[begun + 1 :]
    approved = _last(this_time, Act.APPROVE)
    return PublicationFacts(
        signed_date=a_date(case.signed_date),
        approval_done=approved,
        urgency=case.urgency,
        changed_on=approved if begun >= 0 else None,
        published_on=_last(this_time, Act.PUBLISH),
        referred=_referrals(this_time, today),
    )


def a_date(text: str) -> date | None:
    """The date a stored date or moment begins with; None for words that are no date."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _timed(
    connection: Connection, case: Case, calendar: Calendar, deadlines: Deadlines, today: date
) -> TimedCase:
    title = select(document.c.title).where(document.c.id == case.document)
    facts = publication_facts(case, cases.history(connection, case), today)
    return TimedCase(
        case,
        connection.execute(title).scalar_one(),
        publication_clock(calendar, deadlines, facts, today),
    )


def _last(steps: Sequence[Step], act: Act) -> date | None:
    return next((a_date(step.acted_on) for step in reversed(steps) if step.act is act), None)


def _referrals(steps: Sequence[Step], today: date) -> tuple[Pause, ...]:
    """Each time from a referral to its answer; one without an answer lasts until today."""
    pauses: list[Pause] = []
    since: date | None = None
    for step in steps:
        if step.act is Act.REFER:
            since = a_date(step.acted_on)
        elif step.act is Act.ANSWER and since is not None:
            pauses.append(Pause(since, a_date(step.acted_on) or today))
            since = None
    return (*pauses, Pause(since, today)) if since is not None else tuple(pauses)


def _pressing(timed: TimedCase) -> tuple[bool, int, date, str]:
    if timed.clock is None:
        return (True, 0, date.max, timed.case.number)
    return (False, timed.clock.left_wd, timed.clock.due, timed.case.number)
