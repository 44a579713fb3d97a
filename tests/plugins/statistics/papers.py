"""Papers to count, with invented dates in a year whose holidays are known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from gongkai.lifecycle.state import State
from gongkai.model.attribute import DisclosureAttribute
from gongkai.policy.profile import load_profile
from gongkai.workdays.national import national_calendar
from gongkai_plugins.statistics.papers import Approval, Paper, Period, Way
from gongkai_plugins.statistics.timeliness import Clocks

PROACTIVE, ON_REQUEST, NOT_DISCLOSED = DisclosureAttribute

TODAY = date(2025, 6, 30)
YEAR = Period(date(2025, 1, 1), TODAY)
CLOCKS = Clocks(national_calendar(), load_profile("national_2019").keys.deadlines, TODAY)
SECTION = "就业促进科"
NUMBERS = iter(range(1, 1_000_000))


def paper(**changed: object) -> Paper:
    """A notice of one section, submitted on 3 March 2025."""
    made = Paper(
        number=f"2025-{next(NUMBERS):03}",
        section=SECTION,
        kind="通知",
        state=State.STAMPED,
        opened_on=date(2025, 3, 3),
    )
    return replace(made, **changed)  # type: ignore[arg-type]


def approval(
    on: date = date(2025, 3, 10),
    attribute: DisclosureAttribute = PROACTIVE,
    way: Way = Way.OWN,
    *grounds: str,
    since: date = date(2025, 3, 3),
    again: bool = False,
) -> Approval:
    return Approval(on, since, attribute, way, again, grounds)
