"""A determination: a named human decided. And the sources a forwarding document leans on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gongkai.model.attribute import DisclosureAttribute


class DeterminationStatus(StrEnum):
    """The drafter proposes; the signer determines (N-20)."""

    PROPOSED = "proposed"
    DETERMINED = "determined"


class Capacity(StrEnum):
    """In what capacity somebody decided."""

    DRAFTING = "drafting"
    EXAMINING = "examining"
    CHECKING = "checking"
    SIGNING = "signing"


class Medium(StrEnum):
    """Through what the decision came; paper is as good as the system (A9)."""

    SYSTEM = "system"
    PAPER = "paper"
    OA = "oa"


@dataclass(frozen=True, slots=True)
class Determination:
    """Who fixed which attribute for which text (SRC-03, SRC-05, SEC-10).

    Bound to ``core_fingerprint``: numbering, dating, red-heading or re-saving leave it
    standing, any change of content does not. Times are ISO 8601 with offset.
    """

    attribute: DisclosureAttribute
    core_fingerprint: str
    decided_by: str
    decided_on: str
    capacity: Capacity
    medium: Medium
    recorded_by: str
    recorded_at: str
    status: DeterminationStatus = DeterminationStatus.PROPOSED
    reason: str = ""
    basis: str = ""
    evidence: str = ""
    is_secret_matter: bool = False
    work_secret: bool = False
    place: str = ""
    profile: str = ""


class SourceStatus(StrEnum):
    """What is known of the label of a document to be forwarded."""

    LABELLED = "labelled"
    UNLABELLED = "unlabelled"
    ILLEGIBLE = "illegible"


@dataclass(frozen=True, slots=True)
class Source:
    """A document recorded as a possible source for forwarding (A7).

    ``published`` holds URL or gazette issue when it is already public; ``consent`` the
    maker's written consent to publication.
    """

    id: str
    title: str
    doc_number: str
    issuer: str
    signed_date: str
    status: SourceStatus
    attribute: DisclosureAttribute | None
    evidence: str = ""
    published: str = ""
    consent: str = ""
    recorded_by: str = ""
    recorded_at: str = ""
