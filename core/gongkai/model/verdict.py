"""The verdict: which attribute fits on which ground, what must be cured, and who checked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gongkai.model.attribute import DisclosureAttribute, Outcome, Stage
from gongkai.model.content import Note
from gongkai.model.finding import Basis, Finding
from gongkai.model.reading import Span


class Mode(StrEnum):
    """How a suggestion came about."""

    OWN = "own"
    INHERITED = "inherited"
    REDETERMINED = "redetermined"
    REFER = "refer"
    NONE = "none"


class Confidence(StrEnum):
    """How sure the decision table is: 把握较大、一般、较小."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class FiredRule:
    """A row of the decision table (requirements §6) that matched.

    ``chance`` is given where a trained model spoke for the row instead of a rule.
    """

    id: str
    attribute: DisclosureAttribute | None
    basis: tuple[Basis, ...]
    evidence: tuple[Span, ...] = ()
    chance: float | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The advised attribute; None means a human must say without advice."""

    attribute: DisclosureAttribute | None
    mode: Mode
    confidence: Confidence
    rules: tuple[FiredRule, ...] = ()
    hint: DisclosureAttribute | None = None


@dataclass(frozen=True, slots=True)
class CheckedBy:
    """A component that had to look: name, version, and whether it did."""

    name: str
    version: str
    ran: bool = True
    required: bool = False
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of judging one bundle under one profile at one stage.

    ``stated`` is the attribute the document's own labels agree on, None when they are
    absent or differ. ``scope_reason`` says why a bundle is out of scope.
    """

    outcome: Outcome
    stage: Stage
    profile: str
    stated: DisclosureAttribute | None
    suggestion: Suggestion | None
    findings: tuple[Finding, ...]
    notes: tuple[tuple[str, Note], ...] = ()
    checked_by: tuple[CheckedBy, ...] = ()
    sources_used: tuple[str, ...] = ()
    scope_reason: str = ""
    core_fingerprint: str = ""
