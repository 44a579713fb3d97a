"""What an entry says before the custodian says otherwise: what is on record already."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection

from gongkai.casework.situations import title_of
from gongkai.lifecycle.act import Act
from gongkai.lifecycle.case import Case, Step
from gongkai.messages import say
from gongkai.model.attribute import DisclosureAttribute
from gongkai.policy.profile import Profile
from gongkai.store import cases, determinations
from gongkai.workdays.calendar import Calendar
from gongkai.workdays.cases import a_date, publication_facts
from gongkai.workdays.publication import publication_clock
from gongkai.workdays.reckoning import working_days
from gongkai_plugins.register import resolutions
from gongkai_plugins.register.codes import Cadence
from gongkai_plugins.register.fields import LONGEST_SUMMARY, Fields


def proposed(
    connection: Connection, number: str, profile: Profile, calendar: Calendar, today: date
) -> Fields:
    """The entry of a case as far as its record says it.

    The opinion is the signer's; the day is that by which the paper must be public; a
    resolution is filled in where only one fits.
    """
    case = cases.find(connection, number)
    history = cases.history(connection, case)
    made = determinations.current(connection, case.document, case.core_fingerprint)
    said = made.determination if made else None
    title = title_of(connection, case)
    public = case.attribute is DisclosureAttribute.PROACTIVE
    rule = profile.keys.approval.register_reference.value
    fitting = resolutions.fitting(connection, number, today.isoformat(), rule)
    keys = profile.keys.registration
    return Fields(
        name=title,
        subject=title,
        scope=say(f"gongkai_plugins.register:scope_{case.attribute}") if case.attribute else "",
        opinion=_opinion(history),
        attribute=case.attribute or "",
        planned_on=_due(case, history, profile, calendar, today) if public else "",
        channels=(keys.main_channel.value,) if public else (),
        resolution=fitting[0].number if public and rule != "none" and len(fitting) == 1 else "",
        doc_number=case.doc_number,
        made_on=case.signed_date,
        summary=title if len(title) <= LONGEST_SUMMARY else "",
        cadence=Cadence.IMMEDIATE,
        reason=said.reason if said and not public else "",
        basis=said.basis if said and not public else "",
        next_review="" if public else months_later(today, keys.review_months.value).isoformat(),
    )


def is_late(
    case: Case,
    history: Sequence[Step],
    cadence: str,
    profile: Profile,
    calendar: Calendar,
    today: date,
) -> bool:
    """随时公开的内容随时登记: whether that was not so (REG-08)."""
    approved = _approved(history)
    day = a_date(approved.acted_on) if approved else None
    if case.late or day is None:
        return case.late
    if cadence != Cadence.IMMEDIATE or day > today:
        return False
    return working_days(calendar, day, today).days > profile.keys.registration.late_after.value


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where it has none.

    >>> months_later(date(2026, 8, 31), 6)
    datetime.date(2027, 2, 28)
    """
    years, month = divmod(day.month - 1 + months, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(day.year + years, month + 1, last)
        except ValueError:
            continue
    return date(day.year + years, month + 1, min(day.day, 28))


def _approved(history: Sequence[Step]) -> Step | None:
    return next((s for s in reversed(history) if s.act in (Act.APPROVE, Act.KEEP)), None)


def _opinion(history: Sequence[Step]) -> str:
    approved = next((s for s in reversed(history) if s.act is Act.APPROVE), None)
    if approved is None:
        return ""
    words = approved.opinion or say("gongkai_plugins.register:agreed")
    return say(
        "gongkai_plugins.register:opinion_of",
        opinion=words,
        name=approved.actor,
        day=approved.acted_on,
    )


def _due(
    case: Case, history: Sequence[Step], profile: Profile, calendar: Calendar, today: date
) -> str:
    clock = publication_clock(
        calendar, profile.keys.deadlines, publication_facts(case, history, today), today
    )
    return max(clock.due, today).isoformat() if clock else today.isoformat()
