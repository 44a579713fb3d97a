"""Who may not act in two capacities for one document (SRC-15, SRC-22, ``separation``)."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.lifecycle.case import Situation
from gongkai.lifecycle.refusal import Refused
from gongkai.lifecycle.roles import Actor, Held, Role
from gongkai.policy.profile import Profile


def conflicts(
    situation: Situation, actor: Actor, held: Held, profile: Profile
) -> tuple[Refused, ...]:
    """What the actor, or whoever he acts for, did before that keeps him from acting now."""
    found = []
    for name in dict.fromkeys(filter(None, (actor.name, held.on_behalf_of))):
        for earlier in _forbidden(situation, name, held.role, profile):
            values = {"name": name, "earlier": earlier, "now": held.role}
            found.append(Refused("separate", values))
            break
    return tuple(found)


def barred(situation: Situation, name: str, role: Role, profile: Profile) -> bool:
    """Whether somebody's earlier acts on this case keep him from a role."""
    return any(_forbidden(situation, name, role, profile))


def _forbidden(situation: Situation, name: str, role: Role, profile: Profile) -> Iterator[Role]:
    pairs = {frozenset(pair) for pair in profile.keys.separation.forbidden_pairs.value}
    for earlier in _capacities(situation, name):
        if frozenset((earlier.value, role.value)) in pairs and earlier is not role:
            yield earlier


def _capacities(situation: Situation, name: str) -> Iterator[Role]:
    """In which roles somebody, or another in his name, has acted on this document.

    All rounds count: who drafted it once remains its drafter.
    """
    if name in situation.drafters():
        yield Role.DRAFTER
    for step in situation.history:
        if step.role is not None and name in (step.actor, step.on_behalf_of):
            yield step.role
