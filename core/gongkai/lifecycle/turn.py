"""Whose turn it is: the acts that lead a case on from where it rests, read from the table."""

from __future__ import annotations

from gongkai.lifecycle.act import Act, transition
from gongkai.lifecycle.case import Case
from gongkai.lifecycle.decide import possible
from gongkai.lifecycle.roles import Role
from gongkai.lifecycle.state import State
from gongkai.model.attribute import DisclosureAttribute
from gongkai.policy.profile import Profile

ASIDE = frozenset({Act.RETURN, Act.CORRECT, Act.REFER, Act.WITHDRAW, Act.REDETERMINE, Act.CANCEL})
"""Acts nobody waits for: they lead back, aside, or begin anew."""


def next_acts(case: Case, profile: Profile) -> tuple[Act, ...]:
    """What leads the case on; nothing where it rests, or where the paper itself has to change."""
    return tuple(act for act in possible(case.state) if _leads_on(case, act, profile))


def whose_turn(case: Case, profile: Profile) -> tuple[Role, ...]:
    """The roles that may take the next step, in the order of the procedure."""
    roles: list[Role] = []
    for act in next_acts(case, profile):
        way = transition(act, case.state)
        roles += way.roles if way else ()
    if case.state is State.APPROVED:
        # Approved, and the mark in the file says something else or nothing: it is to be marked.
        roles.append(Role.DRAFTER)
    if case.state is State.EXTRACTION_FAILED:
        roles.append(Role.DRAFTER)
    return tuple(dict.fromkeys(roles))


def _leads_on(case: Case, act: Act, profile: Profile) -> bool:
    proactive = case.attribute is DisclosureAttribute.PROACTIVE
    match act:
        case _ if act in ASIDE:
            return False
        case Act.PROPOSE:
            return case.state is not State.PROPOSED
        case Act.PUBLISH:
            return proactive
        case Act.WITHHOLD:
            return not proactive
        case Act.SIGN | Act.ACCEPT if case.state is State.UNIT_EXAMINED:
            return (act is Act.SIGN) is _reviewed(case, profile)
        case _:
            return True


def _reviewed(case: Case, profile: Profile) -> bool:
    """Whether the secrecy review comes before the office's check."""
    which = profile.keys.secrecy.review.value
    return which == "all" or (
        which == "proactive" and case.attribute is DisclosureAttribute.PROACTIVE
    )
