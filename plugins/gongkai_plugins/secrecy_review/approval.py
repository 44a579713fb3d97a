"""The order of the steps as a profile states it (``approval.chain``, ``separation``)."""

from __future__ import annotations

from gongkai.lifecycle.roles import Role
from gongkai.policy.profile import Profile
from gongkai_plugins.secrecy_review.order import STEPS, Order

DISCLOSURE = "disclosure"
REVERSE = "reverse_decision"


def order_of(profile: Profile) -> Order | None:
    """Who signs which step; None for a profile that does not name four roles it knows.

    ``separation.review_head`` settles step 3 where the chain would have it otherwise: the
    head of step 2 in his other capacity, or the secrecy officer.
    """
    roles = chain_of(profile, DISCLOSURE)
    if roles is None or len(roles) != STEPS:
        return None
    apart = profile.keys.separation.review_head.value == "separate_secrecy_officer"
    first, head, third, leader = roles
    if not apart:
        third = head
    elif third is head:
        third = Role.SECRECY_OFFICER
    separate = profile.keys.secrecy.final_step.value == "separate"
    return Order((first, head, third, leader), STEPS if separate else STEPS - 1, apart)


def chain_of(profile: Profile, act: str) -> tuple[Role, ...] | None:
    """The roles that approve an act, in order; None unless the profile names roles it knows."""
    leaf = profile.keys.approval.chain.get(act)
    if leaf is None:
        return None
    try:
        return tuple(Role(name) for name in leaf.value)
    except ValueError:
        return None
