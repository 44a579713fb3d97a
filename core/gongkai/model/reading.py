"""What a bundle says: kind, elements, labels, marks, citations, entities, topics, triggers."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from gongkai.model.attribute import DisclosureAttribute


@dataclass(frozen=True, slots=True)
class Span:
    """Code points ``start``–``end`` of the block at ``place``, and the words themselves.

    ``place`` carries the member's prefix, so it is unique in the bundle.
    """

    place: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class DocType:
    """The kind of document: one of the 15 statutory kinds, another Chinese kind, or 非公文.

    ``confidence`` is 0–1; ``evidence`` says which words decided.
    """

    value: str
    confidence: float
    evidence: Span | None = None
    rule: str = ""


class ElementName(StrEnum):
    """The elements of GB/T 9704-2012 that decide something here (N-25)."""

    TITLE = "title"
    DOC_NUMBER = "doc_number"
    ISSUER = "issuer"
    MAIN_RECIPIENTS = "main_recipients"
    CC = "cc"
    SIGNED_DATE = "signed_date"
    SIGNER = "signer"
    SIGNATURE = "signature"
    URGENCY = "urgency"
    SERIAL_NUMBER = "serial_number"
    ATTACHMENT_NOTE = "attachment_note"
    ANNOTATION = "annotation"
    IMPRINT = "imprint"
    PRINTER = "printer"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Element:
    """One element; an empty ``value`` with a span is a blank to be filled ("2026年 月 日")."""

    name: ElementName
    value: str
    span: Span | None = None


class LabelSource(StrEnum):
    """Where a label was found; LABEL_MISSING needs all of them empty (A2)."""

    FORM = "form"
    RECORD = "record"
    ANNOTATION = "annotation"
    IMPRINT = "imprint"
    PROPERTY = "property"


class LabelScope(StrEnum):
    """Whose label it is: ours, an attachment's, or that of a quoted document (A4)."""

    OWN = "own"
    ATTACHMENT = "attachment"
    QUOTED = "quoted"


@dataclass(frozen=True, slots=True)
class Label:
    """A disclosure label as it stands, e.g. （此件公开发布）.

    ``attribute`` is None when one field names two values or the words cannot be decided;
    ``redacted_version_required`` marks 此件删减后公开 (C-25); ``alias`` is true when the
    wording is not the profile's own.
    """

    attribute: DisclosureAttribute | None
    text: str
    source: LabelSource
    scope: LabelScope
    span: Span | None = None
    member: int = 0
    alias: bool = False
    redacted_version_required: bool = False


class MarkKind(StrEnum):
    """A mark in mark position; words in prose are never marks (SEC-05)."""

    WORK_SECRET = "work_secret"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Mark:
    """A work-secret or draft mark. Secrecy marks never get this far: see gongkai.secrecy."""

    kind: MarkKind
    span: Span


@dataclass(frozen=True, slots=True)
class Citation:
    """A document this one forwards (转发, 批转); 印发 and mere quotations are none (SRC-11)."""

    title: str
    doc_number: str
    span: Span | None = None
    verb: str = "转发"


class EntityKind(StrEnum):
    """Kinds of sensitive entities."""

    PERSON = "PERSON"
    ID_NUMBER = "ID_NUMBER"
    PASSPORT = "PASSPORT"
    PHONE = "PHONE"
    EMAIL = "EMAIL"
    BANK_CARD = "BANK_CARD"
    ADDRESS = "ADDRESS"
    PLATE = "PLATE"
    SOCIAL_SECURITY_NUMBER = "SOCIAL_SECURITY_NUMBER"
    CREDIT_CODE = "CREDIT_CODE"
    ORGANIZATION = "ORGANIZATION"
    SENSITIVE_FACT = "SENSITIVE_FACT"


class EntityRole(StrEnum):
    """Why the entity stands there; official roles are never findings (A8)."""

    PLAIN = "plain"
    CONTACT_LINE = "contact_line"
    SIGNER = "signer"
    OFFICIAL = "official"
    ATTENDANCE = "attendance"
    SALUTATION = "salutation"
    PUBLIC_SERVICE = "public_service"
    PUBLIC_FIGURE = "public_figure"


@dataclass(frozen=True, slots=True)
class Entity:
    """A sensitive entity. ``sub`` refines the kind ("mobile", "landline", "hotline").

    ``already_masked``: at least four places of the value are covered in the original.
    """

    kind: EntityKind
    span: Span
    sub: str = ""
    role: EntityRole = EntityRole.PLAIN
    confidence: float = 1.0
    already_masked: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of the proactive list, T01–T17 (PRO-01…06), with the words that named it."""

    code: str
    span: Span
    in_title: bool = False
    confidence: float = 0.5


class TriggerCode(StrEnum):
    """What the decision table asks about; the first seven are also findings."""

    SECRET_CONTENT = "SECRET_CONTENT"
    SECURITY_STABILITY = "SECURITY_STABILITY"
    TRADE_SECRET = "TRADE_SECRET"
    DELIBERATION = "DELIBERATION"
    CONSULT_CONTENT = "CONSULT_CONTENT"
    CASE_FILE = "CASE_FILE"
    INTERNAL_MATTER = "INTERNAL_MATTER"
    LAW_FORBIDS = "LAW_FORBIDS"
    CONSULTATION = "CONSULTATION"
    PUBLIC_CONSULTATION = "PUBLIC_CONSULTATION"
    PRIVATE_SUBJECT = "PRIVATE_SUBJECT"
    VITAL_INTEREST = "VITAL_INTEREST"
    WIDE_KNOWLEDGE = "WIDE_KNOWLEDGE"
    INSTITUTION = "INSTITUTION"
    PROPOSAL_REPLY = "PROPOSAL_REPLY"
    NAMED_LIST = "NAMED_LIST"
    NEWS_LIKE = "NEWS_LIKE"


@dataclass(frozen=True, slots=True)
class Trigger:
    """A cue for the decision table.

    ``subject`` is true when the whole document is about it, false for a mere passage.
    ``detail`` refines: the named-list kind, the E-code.
    """

    code: TriggerCode
    span: Span | None
    subject: bool = False
    confidence: float = 0.6
    detail: str = ""


class GroundCode(StrEnum):
    """What a whole paper is about, as a trained model sees it; ``OPEN`` is none of the others."""

    UPWARD = "UPWARD"
    CONSULTATION = "CONSULTATION"
    DISCUSSION = "DISCUSSION"
    CASE = "CASE"
    SECURITY = "SECURITY"
    PRIVATE = "PRIVATE"
    INTERNAL = "INTERNAL"
    VITAL = "VITAL"
    WIDE = "WIDE"
    OPEN = "OPEN"


@dataclass(frozen=True, slots=True)
class Impression:
    """One ground with its calibrated chance (0–1) and the words that speak loudest for it.

    All impressions of a paper together have a chance of at most one. They never make
    findings: rules do.
    """

    ground: GroundCode
    chance: float
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Observations:
    """What one observer saw; every field may be empty. Observers never decide."""

    doc_types: tuple[DocType, ...] = ()
    elements: tuple[Element, ...] = ()
    labels: tuple[Label, ...] = ()
    marks: tuple[Mark, ...] = ()
    citations: tuple[Citation, ...] = ()
    entities: tuple[Entity, ...] = ()
    topics: tuple[Topic, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    components: tuple[str, ...] = field(default=())
    impressions: tuple[Impression, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """All observations of a bundle, merged; input of the judge."""

    doc_type: DocType
    elements: tuple[Element, ...] = ()
    labels: tuple[Label, ...] = ()
    marks: tuple[Mark, ...] = ()
    citations: tuple[Citation, ...] = ()
    entities: tuple[Entity, ...] = ()
    topics: tuple[Topic, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    components: tuple[str, ...] = ()
    impressions: tuple[Impression, ...] = ()

    @property
    def personal(self) -> tuple[Entity, ...]:
        """The entities that point at people or tell of them: all but names of organisations."""
        return tuple(e for e in self.entities if e.kind is not EntityKind.ORGANIZATION)

    def element(self, name: ElementName) -> str:
        """The value of an element, "" when absent or blank."""
        return next((e.value for e in self.elements if e.name is name and e.value), "")

    def values(self, name: ElementName) -> tuple[str, ...]:
        """All values of an element that may repeat (recipients, issuers)."""
        return tuple(e.value for e in self.elements if e.name is name and e.value)

    def triggered(self, code: TriggerCode, *, subject: bool | None = None) -> tuple[Trigger, ...]:
        """The triggers with this code; ``subject`` narrows to whole documents or passages."""
        return tuple(t for t in self.triggers if t.code is code and subject in (None, t.subject))
