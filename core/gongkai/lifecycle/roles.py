"""In what capacity somebody acts on a case, and who somebody is on a given day (SRC-22)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """A capacity an office gives to a person; ``[[person]] roles`` uses the same words."""

    DRAFTER = "drafter"
    SECTION_HEAD = "section_head"
    OFFICE = "office"
    SECRECY_OFFICER = "secrecy_officer"
    LEADER_IN_CHARGE = "leader_in_charge"
    LEADING_GROUP_OFFICE = "leading_group_office"
    LEADING_GROUP = "leading_group"
    PARTY_GROUP = "party_group"
    CUSTODIAN = "custodian"
    SUPERVISOR = "supervisor"
    IT = "it"
    LEGAL = "legal"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Held:
    """A role somebody holds: in the whole office (``unit`` empty) or for one section.

    ``on_behalf_of`` names who delegated it; the act is then done in that person's name.
    """

    role: Role
    unit: str = ""
    on_behalf_of: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody with all that he holds on the day he acts."""

    name: str
    section: str
    roles: frozenset[Held]

    def holds(self, role: Role, section: str = "") -> Held | None:
        """By which holding he has ``role`` for a case of ``section``; None if by none.

        A role for the whole office counts for every section, a role for a section only for
        cases of that section. His own come before delegated ones, so that nobody acts in
        another's name where he need not.
        """
        fitting = (h for h in self.roles if h.role is role and h.unit in {"", section})
        return min(fitting, key=own_first, default=None)


def own_first(held: Held) -> tuple[bool, str, bool, str]:
    """Own before delegated, then one fixed order, so that the same day gives the same answer."""
    return (bool(held.on_behalf_of), held.on_behalf_of, not held.unit, held.unit)
