"""A finding: what somebody must see or cure, where, and on which ground."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gongkai.model.attribute import Severity


class BasisLevel(StrEnum):
    """How strong a ground is; practice is never worded as a rule (A11)."""

    LAW = "law"
    REGULATION = "regulation"
    STANDARD = "standard"
    LOCAL = "local"
    PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class Basis:
    """One legal ground, e.g. 《政府信息公开条例》第十五条, with its level."""

    text: str
    level: BasisLevel


class FindingCode(StrEnum):
    """Finding kinds of requirements §7 as amended."""

    SECRET_MARK = "SECRET_MARK"
    WORK_SECRET_MARK = "WORK_SECRET_MARK"
    SECRET_CONTENT = "SECRET_CONTENT"
    SECURITY_STABILITY = "SECURITY_STABILITY"
    PII_DIRECT = "PII_DIRECT"
    PII_SENSITIVE = "PII_SENSITIVE"
    PII_ROSTER = "PII_ROSTER"
    TRADE_SECRET = "TRADE_SECRET"
    DELIBERATION = "DELIBERATION"
    CONSULT_CONTENT = "CONSULT_CONTENT"
    INTERNAL_MATTER = "INTERNAL_MATTER"
    CASE_FILE = "CASE_FILE"
    MIXED_LABEL = "MIXED_LABEL"
    ATTACHMENT_STRICTER = "ATTACHMENT_STRICTER"
    ATTACHMENT_MISSING = "ATTACHMENT_MISSING"
    HIDDEN_CONTENT = "HIDDEN_CONTENT"
    REVISIONS = "REVISIONS"
    REDACTION_REVERSIBLE = "REDACTION_REVERSIBLE"
    LABEL_MISSING = "LABEL_MISSING"
    LABEL_CONFLICT = "LABEL_CONFLICT"
    LABEL_ALIAS = "LABEL_ALIAS"
    INHERIT_LOOSER = "INHERIT_LOOSER"
    INHERIT_STRICTER = "INHERIT_STRICTER"
    SOURCE_NOT_PUBLIC = "SOURCE_NOT_PUBLIC"
    FORWARD_SOURCE_UNKNOWN = "FORWARD_SOURCE_UNKNOWN"
    STAMP_BROKEN = "STAMP_BROKEN"
    REASON_MISSING = "REASON_MISSING"
    POLICY_WITHHELD = "POLICY_WITHHELD"
    TOPIC_WITHHELD = "TOPIC_WITHHELD"
    TYPE_ATTR_UNUSUAL = "TYPE_ATTR_UNUSUAL"
    UNREADABLE = "UNREADABLE"
    IMAGE_UNREAD = "IMAGE_UNREAD"
    CHECK_INCOMPLETE = "CHECK_INCOMPLETE"
    PERSON_NAME = "PERSON_NAME"
    STAFF_CONTACT = "STAFF_CONTACT"
    UNIT_INFO = "UNIT_INFO"
    PII_QUASI = "PII_QUASI"
    PII_MASKED = "PII_MASKED"
    NONPUB_CITED = "NONPUB_CITED"
    METADATA_LEAK = "METADATA_LEAK"
    DRAFT_MARK = "DRAFT_MARK"
    TYPE_UNKNOWN = "TYPE_UNKNOWN"
    ELEMENTS_MISSING = "ELEMENTS_MISSING"
    LOW_CONFIDENCE = "LOW_CONFIDENCE"
    TOPIC = "TOPIC"
    NAMED_LIST_EXEMPTION_USED = "NAMED_LIST_EXEMPTION_USED"
    NEWS_LIKE = "NEWS_LIKE"
    SCRIPT_TRADITIONAL = "SCRIPT_TRADITIONAL"
    OCR_TEXT = "OCR_TEXT"
    NON_OFFICIAL_TRACK = "NON_OFFICIAL_TRACK"
    UNLISTED_ATTACHMENT = "UNLISTED_ATTACHMENT"
    PLUGIN = "PLUGIN"


@dataclass(frozen=True, slots=True)
class Finding:
    """One matter to see or cure: one per column, list or passage, with a count (A8).

    ``excerpt`` is masked; ``key`` is a keyed hash of code, values and context, not of
    offsets, so a human's decision survives edits elsewhere. ``details`` fill the message
    catalogue's placeholders and never hold an unmasked value. ``places`` lists further
    places of the same matter.
    """

    code: FindingCode
    severity: Severity
    rule: str
    place: str = ""
    start: int = 0
    end: int = 0
    count: int = 1
    excerpt: str = ""
    basis: tuple[Basis, ...] = ()
    details: tuple[tuple[str, str], ...] = ()
    places: tuple[str, ...] = ()
    key: str = ""
    waivable: bool = False

    def detail(self, name: str) -> str:
        """The detail called ``name``, "" when absent."""
        return next((value for key, value in self.details if key == name), "")
