"""The clock of proactive disclosure: twenty working days at the most, less for urgent papers.

Whether a document is published in time is reckoned from the day the information came into
being or its approval was completed (条例 26; PRO-08, C-13); which of the two, how long for
which urgency, and when to remind, the profile says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.policy.procedures import USUAL, Deadlines
from gongkai.workdays.calendar import Calendar
from gongkai.workdays.reckoning import Pause, Reckoning, reckon, working_days


class Start(StrEnum):
    """What set the clock going."""

    SIGNED = "signed_date"
    APPROVED = "approval_done"
    CHANGED = "changed_on"


class ClockState(StrEnum):
    """How publication stands to its clock; ``LATE`` is published after the due day."""

    RUNNING = "running"
    NEAR = "near"
    OVERDUE = "overdue"
    MET = "met"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class PublicationFacts:
    """What is known of one document's way to publication.

    ``changed_on``: the published information was changed. ``referred``: times in which the
    question whether to disclose was with a higher body.
    """

    signed_date: date | None = None
    approval_done: date | None = None
    urgency: str = ""
    changed_on: date | None = None
    published_on: date | None = None
    referred: tuple[Pause, ...] = ()


@dataclass(frozen=True, slots=True)
class PublicationClock:
    """When a document must be published, and how that stands today.

    ``left_wd`` counts working days after today up to the due day: 0 on the day itself,
    negative later; once published, as it stood on the day of publication.
    """

    start: date
    start_reason: Start
    tier: str
    allowed_wd: int
    due: date
    left_wd: int
    state: ClockState
    provisional: bool
    reckoning: Reckoning


def publication_clock(
    calendar: Calendar, deadlines: Deadlines, facts: PublicationFacts, today: date
) -> PublicationClock | None:
    """The clock of one document; None while nothing has set it going.

    Nor is there one for a paper dated so late that no calendar reaches its due day: one such
    date hides nobody else's clock.
    """
    started = _started(deadlines, facts)
    if started is None:
        return None
    start, reason = started
    tier = tier_of(facts.urgency, deadlines.tiers.value)
    pauses = facts.referred if deadlines.refer_pauses.value else ()
    try:
        reckoning = reckon(calendar, start, deadlines.tiers.value[tier], pauses)
    except OverflowError:
        return None
    left = working_days(calendar, facts.published_on or today, reckoning.due, pauses).days
    return PublicationClock(
        start=start,
        start_reason=reason,
        tier=tier,
        allowed_wd=reckoning.n,
        due=reckoning.due,
        left_wd=left,
        state=_state(facts.published_on, today, reckoning.due, left, deadlines.near.value),
        provisional=reckoning.provisional,
        reckoning=reckoning,
    )


def tier_of(urgency: str, tiers: Mapping[str, int]) -> str:
    """The tier a paper's urgency falls under; the usual one for none and for unknown words.

    Papers print it spread out (特 急), forms with more around it (特急件).
    """
    words = re.sub(r"\s", "", urgency)
    return next((tier for tier in tiers if tier in words), USUAL)


def _started(deadlines: Deadlines, facts: PublicationFacts) -> tuple[date, Start] | None:
    rule = deadlines.proactive.value
    known = {
        Start.SIGNED: facts.signed_date,
        Start.APPROVED: facts.approval_done,
    }
    days = [(on, reason) for reason in map(Start, rule.of) if (on := known[reason]) is not None]
    if not days:
        return None
    # On one day the first reason the profile names is told.
    choose = min if rule.start == "earliest_of" else max
    start = choose(days, key=lambda pair: pair[0])
    if rule.restart_on_change and facts.changed_on is not None and facts.changed_on > start[0]:
        return facts.changed_on, Start.CHANGED
    return start


def _state(published_on: date | None, today: date, due: date, left: int, near: int) -> ClockState:
    if published_on is not None:
        return ClockState.MET if published_on <= due else ClockState.LATE
    if today > due:
        return ClockState.OVERDUE
    return ClockState.NEAR if left <= near else ClockState.RUNNING
