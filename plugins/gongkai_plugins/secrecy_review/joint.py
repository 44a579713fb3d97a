"""Whether every body that made a paper too has agreed to this text, pure (SEC-15, N-12, B12)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gongkai.lifecycle.case import Step
from gongkai.workdays.calendar import Calendar
from gongkai.workdays.reckoning import working_days
from gongkai_plugins.secrecy_review.facts import Consent, Joint
from gongkai_plugins.secrecy_review.opinions import ConsentAnswer, OurRole
from gongkai_plugins.secrecy_review.order import carried


def standing(
    consents: Sequence[Consent], history: Sequence[Step], core_fingerprint: str
) -> dict[str, Consent]:
    """The last word of each body about this text; what was said of another has lapsed.

    Asking again takes no objection back: silence after that is no consent.
    """
    found: dict[str, Consent] = {}
    for each in consents:
        objected = each.body in found and found[each.body].answer is ConsentAnswer.OBJECTED
        if objected and each.answer is None:
            continue
        if core_fingerprint in carried(history, each.core_fingerprint):
            found[each.body] = each
    return found


def missing(
    joint: Joint,
    said: dict[str, Consent],
    today: date,
    calendar: Calendar,
    silence_days: int | None,
) -> tuple[str, ...]:
    """The bodies without whose consent the paper cannot be public yet.

    ``silence_days`` is after how many working days silence is consent; None: never (1D-7).
    Who has objected is among them, whatever the list of co-makers says by now.
    """
    bodies = joint.bodies if joint.our_role is OurRole.LEAD else ()
    objecting = (b for b, each in said.items() if b and each.answer is ConsentAnswer.OBJECTED)
    return tuple(
        body
        for body in dict.fromkeys((*bodies, *objecting))
        if not _agreed(said.get(body), today, calendar, silence_days)
    )


def _agreed(
    consent: Consent | None, today: date, calendar: Calendar, silence_days: int | None
) -> bool:
    if consent is None:
        return False
    if consent.answer is not None:
        return consent.answer is ConsentAnswer.AGREED
    if silence_days is None or not consent.asked_on:
        return False
    gone = working_days(calendar, date.fromisoformat(consent.asked_on), today)
    # On the last day an answer can still come; a provisional calendar settles nothing.
    return gone.days > silence_days and not gone.provisional
