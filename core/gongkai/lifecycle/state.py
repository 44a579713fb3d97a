"""Where a case rests (requirements §5 as amended).

Detection and extraction are stations of the watch and of reading: a case does not rest there.
Updating and redetermining are acts that begin a new round, not states.
"""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """A state of rest; the words shown are ``case.state_<value>``."""

    QUARANTINED = "QUARANTINED"
    EXTRACTION_FAILED = "EXTRACTION_FAILED"
    SUGGESTED = "SUGGESTED"
    BLOCKED = "BLOCKED"
    PROPOSED = "PROPOSED"
    UNIT_EXAMINED = "UNIT_EXAMINED"
    IN_SECRECY_REVIEW = "IN_SECRECY_REVIEW"
    REFERRED = "REFERRED"
    REVIEWED = "REVIEWED"
    OFFICE_CHECK = "OFFICE_CHECK"
    RETURNED = "RETURNED"
    APPROVED = "APPROVED"
    TEXT_CHANGED = "TEXT_CHANGED"
    STAMPED = "STAMPED"
    REGISTERED = "REGISTERED"
    PUBLISHED = "PUBLISHED"
    WITHHELD = "WITHHELD"
    WITHDRAWN = "WITHDRAWN"
    CANCELLED = "CANCELLED"


BEFORE_SIGNATURES = frozenset(
    {State.SUGGESTED, State.BLOCKED, State.PROPOSED, State.RETURNED, State.EXTRACTION_FAILED}
)
"""Nobody has examined yet: what is found in the text alone decides where the case rests."""

UNDER_SIGNATURES = frozenset(
    {
        State.UNIT_EXAMINED,
        State.IN_SECRECY_REVIEW,
        State.REFERRED,
        State.REVIEWED,
        State.OFFICE_CHECK,
    }
)
"""Somebody has signed for this text: a change of content undoes it (SRC-03)."""

SIGNED = frozenset({State.APPROVED, State.STAMPED, State.REGISTERED})
"""Approved and not yet with the public: a change of content is confirmed or signed anew (A3)."""

AT_REST = frozenset({State.PUBLISHED, State.WITHHELD, State.WITHDRAWN, State.CANCELLED})
"""Ended, until somebody begins a new round."""
