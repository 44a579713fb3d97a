"""The attribute, the stage of a paper and what a check can end in."""

from __future__ import annotations

from enum import StrEnum


class DisclosureAttribute(StrEnum):
    """The one value every official document carries (SRC-01, SRC-19)."""

    PROACTIVE = "PROACTIVE"
    ON_REQUEST = "ON_REQUEST"
    NOT_DISCLOSED = "NOT_DISCLOSED"

    @property
    def strictness(self) -> int:
        """0 for the most open value, 2 for the most closed."""
        return list(DisclosureAttribute).index(self)


def strictest(attributes: list[DisclosureAttribute]) -> DisclosureAttribute:
    """The most closed of several values; several forwarded sources inherit it (SRC-13).

    Raises ``ValueError`` for an empty list: there is no neutral value.
    """
    return max(attributes, key=lambda attribute: attribute.strictness)


class Stage(StrEnum):
    """When in the life of a paper a rule may speak."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    ISSUED = "issued"
    PUBLIC = "public"
    REFERENCE = "reference"


class Severity(StrEnum):
    """What one finding means at one stage; the table is policy."""

    OFF = "off"
    INFO = "info"
    INCOMPLETE = "incomplete"
    WARNING = "warning"
    BLOCK = "block"
    RETURN = "return"
    QUARANTINE = "quarantine"

    @property
    def gravity(self) -> int:
        """Order of severities, for sorting findings gravest first."""
        return list(Severity).index(self)


class Outcome(StrEnum):
    """What a check ended in, least grave first; several apply: the gravest is named."""

    OUT_OF_SCOPE = "out_of_scope"
    CLEAN = "clean"
    INCOMPLETE = "incomplete"
    RETURNED = "returned"
    BLOCKED = "blocked"
    UNREADABLE = "unreadable"
    QUARANTINED = "quarantined"

    @property
    def gravity(self) -> int:
        """Order of outcomes."""
        return list(Outcome).index(self)
