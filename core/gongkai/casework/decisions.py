"""The determination a move leaves behind: proposed, corrected, or determined (N-20, SRC-03)."""

from __future__ import annotations

from sqlalchemy import Connection

from gongkai.lifecycle.act import Act
from gongkai.lifecycle.case import Situation, Wish
from gongkai.lifecycle.decide import Granted
from gongkai.model.determination import Capacity, Determination, DeterminationStatus
from gongkai.policy.profile import Profile
from gongkai.store import determinations, versions

_CAPACITY = {
    Act.PROPOSE: Capacity.DRAFTING,
    Act.CORRECT: Capacity.CHECKING,
    Act.APPROVE: Capacity.SIGNING,
    Act.KEEP: Capacity.CHECKING,
    Act.RESIGN: Capacity.CHECKING,
}

_OF_THE_TEXT_NOW = (Act.KEEP, Act.RESIGN)
"""A text changed after it was signed: the office binds the attribute to it as it now is."""


def determine(
    connection: Connection,
    seen: Situation,
    wish: Wish,
    granted: Granted,
    profile: Profile,
    at: str,
) -> str:
    """Record what the move decides, if it decides an attribute, and return its fingerprint.

    文字性修改 keeps the attribute and binds it to the text as it now is, and 复审 begins with
    that text; every other move is about the text the case stands for.
    """
    case = seen.case
    fingerprint = case.core_fingerprint
    if wish.act in _OF_THE_TEXT_NOW and case.version is not None:
        fingerprint = versions.fingerprint_of(connection, case.version)
    if wish.act is Act.REDETERMINE:
        determinations.revoke_all(connection, case.document, wish.recorder.name, wish.reason, at)
    capacity = _CAPACITY.get(wish.act)
    if capacity is None or granted.attribute is None:
        return fingerprint
    signed = wish.act in (Act.APPROVE, Act.KEEP)
    changed = wish.attribute is not None and wish.attribute is not case.attribute
    # Why the wording changed is no reason for the attribute, which stays as it was.
    own = wish.act not in _OF_THE_TEXT_NOW
    determinations.record(
        connection,
        case.document,
        Determination(
            attribute=granted.attribute,
            core_fingerprint=fingerprint,
            decided_by=wish.actor.name,
            decided_on=wish.acted_on,
            capacity=capacity,
            medium=wish.medium,
            recorded_by=wish.recorder.name,
            recorded_at=at,
            status=DeterminationStatus.DETERMINED if signed else DeterminationStatus.PROPOSED,
            reason=(own and wish.reason) or ("" if changed else seen.reason),
            basis=(own and wish.basis) or ("" if changed else seen.basis),
            evidence=wish.evidence,
            is_secret_matter=False,
            profile=profile.key,
        ),
    )
    return fingerprint
