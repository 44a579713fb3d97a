"""Who may do what is not a move of a case; moves name their roles in the life cycle.

One table for the whole program: a command asks here and holds no list of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from gongkai.errors import ActionRefused
from gongkai.lifecycle.roles import Actor, Held, Role, own_first
from gongkai.messages import say


class Permission(StrEnum):
    """Something only some roles may do."""

    MANAGE_USERS = "manage_users"
    SEE_USERS = "see_users"
    CHANGE_PROFILE = "change_profile"
    SEE_QUARANTINE = "see_quarantine"
    RELEASE_QUARANTINE = "release_quarantine"
    REVEAL = "reveal"
    MANAGE_SOURCES = "manage_sources"
    RECORD_FOR_OTHERS = "record_for_others"
    ENTER_LATE = "enter_late"
    PRINT_LEDGER = "print_ledger"
    SEE_STATISTICS = "see_statistics"
    REGISTER_CHAIN_CHECKPOINT = "register_chain_checkpoint"
    EXPORT_CHAIN = "export_chain"
    EXPORT_CASE = "export_case"
    KEEP_REGISTER = "keep_register"
    RECORD_PUBLICATION = "record_publication"


HOLDERS: Mapping[Permission, frozenset[Role]] = MappingProxyType(
    {
        # Of the three administrators (三员) one grants rights and one looks at what was granted;
        # the third runs the machine and needs nothing here (gongkai.lifecycle.duties).
        Permission.MANAGE_USERS: frozenset({Role.ADMINISTRATOR}),
        Permission.SEE_USERS: frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR}),
        # What the rules are is the office's business, not the machine room's.
        Permission.CHANGE_PROFILE: frozenset({Role.OFFICE, Role.LEADING_GROUP_OFFICE}),
        # Nobody but the officer learns where a stopped paper lies (A6).
        Permission.SEE_QUARANTINE: frozenset({Role.SECRECY_OFFICER}),
        Permission.RELEASE_QUARANTINE: frozenset({Role.SECRECY_OFFICER}),
        # Those who handle the paper (INT-03); who counts or audits needs no full value.
        Permission.REVEAL: frozenset(
            {
                Role.DRAFTER,
                Role.SECTION_HEAD,
                Role.OFFICE,
                Role.SECRECY_OFFICER,
                Role.LEADER_IN_CHARGE,
                Role.LEADING_GROUP_OFFICE,
                Role.LEGAL,
            }
        ),
        Permission.MANAGE_SOURCES: frozenset(
            {
                Role.DRAFTER,
                Role.SECTION_HEAD,
                Role.OFFICE,
                Role.LEADING_GROUP_OFFICE,
                Role.CUSTODIAN,
            }
        ),
        # 代录 and 补办: what was signed on paper, by whom is on record (B8).
        Permission.RECORD_FOR_OTHERS: frozenset({Role.OFFICE, Role.CUSTODIAN}),
        Permission.ENTER_LATE: frozenset({Role.OFFICE, Role.CUSTODIAN}),
        Permission.PRINT_LEDGER: frozenset(
            {Role.OFFICE, Role.LEADING_GROUP_OFFICE, Role.CUSTODIAN, Role.SUPERVISOR}
        ),
        Permission.SEE_STATISTICS: frozenset(
            {
                Role.OFFICE,
                Role.LEADER_IN_CHARGE,
                Role.LEADING_GROUP_OFFICE,
                Role.LEADING_GROUP,
                Role.PARTY_GROUP,
                Role.SUPERVISOR,
            }
        ),
        # 专人管理 (REG-01).
        Permission.KEEP_REGISTER: frozenset({Role.CUSTODIAN}),
        Permission.REGISTER_CHAIN_CHECKPOINT: frozenset({Role.CUSTODIAN}),
        # Whoever publishes says where and when; the same roles as of the act itself.
        Permission.RECORD_PUBLICATION: frozenset(
            {Role.OFFICE, Role.LEADING_GROUP_OFFICE, Role.CUSTODIAN}
        ),
        Permission.EXPORT_CHAIN: frozenset({Role.CUSTODIAN, Role.SUPERVISOR}),
        # 归档 (B19): whoever keeps the papers.
        Permission.EXPORT_CASE: frozenset({Role.OFFICE, Role.CUSTODIAN}),
    }
)


def may(actor: Actor, permission: Permission, section: str | None = None) -> Held | None:
    """By which role somebody may do this; None if by none.

    With a ``section``, roles of other sections do not count; without, it is not about one.
    """
    fitting = (
        held
        for held in actor.roles
        if held.role in HOLDERS[permission] and (section is None or held.unit in {"", section})
    )
    return min(fitting, key=own_first, default=None)


def require(actor: Actor, permission: Permission, section: str | None = None) -> Held:
    """The role by which somebody may do this.

    Raises ``ActionRefused`` naming the act and who may, when he may not.
    """
    held = may(actor, permission, section)
    if held is None:
        roles = (role for role in Role if role in HOLDERS[permission])
        raise ActionRefused(
            "not_permitted",
            name=actor.name,
            act=say(f"people.may_{permission}"),
            roles=say("people.or").join(say(f"people.role_{role}") for role in roles),
        )
    return held
