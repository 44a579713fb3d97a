"""Which way a paper goes: up, down, level, or "cannot tell" (A5).

The office's own lists of superiors and subordinates decide. Without them only what the
paper itself states counts: the 签发人 that upward papers alone must carry, a recipient that
plainly stands over the issuer, a 报告 addressed to a government, a Party committee or a leading
group, an address to 各… below. Nothing else is guessed.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from gongkai.model.reading import ElementName, Reading
from gongkai.policy.names import is_above, is_reported_to, names, rank, same_body

if TYPE_CHECKING:
    from gongkai.settings import Organization

UPWARD_ONLY = frozenset({"请示", "议案"})
SIGNED_WHEN_UPWARD = frozenset({"报告", "意见"})
NEVER_UPWARD = frozenset({"通知", "通报", "决定", "决议", "命令", "公告", "通告", "公报"})
BELOW = ("各", "局属", "委属", "厅属", "所属")


class Direction(StrEnum):
    """行文方向."""

    UPWARD = "upward"
    DOWNWARD = "downward"
    LEVEL = "level"
    UNKNOWN = "unknown"


def direction(reading: Reading, organization: Organization) -> Direction:
    """The direction of a paper, ``UNKNOWN`` when neither settings nor the paper say."""
    kind = reading.doc_type.value
    recipients = names(reading.values(ElementName.MAIN_RECIPIENTS))
    if kind in UPWARD_ONLY:
        return Direction.UPWARD
    if kind not in NEVER_UPWARD and _any(recipients, organization.superiors):
        return Direction.UPWARD
    if kind == "批复" or _any(recipients, organization.subordinates):
        return Direction.DOWNWARD
    issuers = _issuers(reading, organization)
    if kind not in NEVER_UPWARD and any(
        is_above(recipient, issuer) for recipient in recipients for issuer in issuers
    ):
        return Direction.UPWARD
    if kind in SIGNED_WHEN_UPWARD and reading.element(ElementName.SIGNER):
        return Direction.UPWARD
    if kind == "报告" and any(is_reported_to(recipient) for recipient in recipients):
        return Direction.UPWARD
    if any(_is_below(recipient) for recipient in recipients):
        return Direction.DOWNWARD
    ranks = {rank(recipient) for recipient in recipients}
    own = {rank(issuer) for issuer in issuers}
    if kind == "函" and ranks and ranks == own and None not in ranks:
        return Direction.LEVEL
    return Direction.UNKNOWN


def _any(recipients: tuple[str, ...], known: tuple[str, ...]) -> bool:
    return any(same_body(recipient, body) for recipient in recipients for body in known)


def _is_below(recipient: str) -> bool:
    """各县…, 局属各单位; but not 各位代表."""
    return recipient.startswith(BELOW) and not recipient.startswith("各位")


def _issuers(reading: Reading, organization: Organization) -> tuple[str, ...]:
    stated = names((*reading.values(ElementName.SIGNATURE), *reading.values(ElementName.ISSUER)))
    return stated or names((organization.name,))
