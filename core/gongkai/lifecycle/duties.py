"""Which roles one person must not hold together (三员分设; the case rules of B11 are elsewhere).

Those who keep the house run right, rights or record; those who decide, decide. An office of
three people cannot keep this apart and says so in its settings: ``[people] small_office``.
"""

from __future__ import annotations

from collections.abc import Collection

from gongkai.lifecycle.roles import Held, Role

KEEPERS = (Role.ADMINISTRATOR, Role.IT, Role.SUPERVISOR)
"""Who grants rights (安全管理员), who runs the machine (系统管理员), who audits (安全审计员)."""

OF_A_SECTION = frozenset({Role.DRAFTER, Role.SECTION_HEAD})
"""Roles held for the holder's own section unless another is named."""

DECIDING = frozenset(Role) - frozenset(KEEPERS) - {Role.DRAFTER}
"""Roles whose word moves a case on or back; a drafter only asks."""


def clash(roles: Collection[Role]) -> tuple[Role, Role] | None:
    """Two of these roles that have to be with two people: a keeper's, and any but a drafter's."""
    keeper = next((role for role in KEEPERS if role in roles), None)
    if keeper is None:
        return None
    others = (r for r in Role if r in roles and r not in {keeper, Role.DRAFTER})
    other = next(others, None)
    return (keeper, other) if other else None


def kept_apart(held: frozenset[Held]) -> frozenset[Held]:
    """What counts of a person's roles where duties are apart: the keeper's, never both.

    Settings and assignments can come to clash long after each was right. The rest then rests,
    so that nobody decides what he could have granted himself; the administrator can mend it.
    """
    pair = clash({each.role for each in held})
    if pair is None:
        return held
    return frozenset(each for each in held if each.role in {pair[0], Role.DRAFTER})
