"""What the decision table is asked: a reading, its sources and direction, under a profile."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from gongkai.model.attribute import DisclosureAttribute
from gongkai.model.bundle import Bundle
from gongkai.model.determination import Source
from gongkai.model.reading import (
    Citation,
    ElementName,
    Reading,
    Span,
    Topic,
    Trigger,
    TriggerCode,
)
from gongkai.policy.direction import Direction
from gongkai.policy.names import names
from gongkai.policy.profile import Profile


@dataclass(frozen=True, slots=True)
class SourceFact:
    """A document that is forwarded, and what is known of it; None for nothing."""

    citation: Citation
    source: Source | None


@dataclass(frozen=True, slots=True)
class Match:
    """A row matched; ``score`` 0–1 says how sure its cue is."""

    attribute: DisclosureAttribute | None
    score: float
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Question:
    """Everything a row may look at."""

    reading: Reading
    bundle: Bundle
    sources: tuple[SourceFact, ...]
    direction: Direction
    profile: Profile

    @cached_property
    def kind(self) -> str:
        """The kind of document under its canonical name."""
        return self.profile.kind(self.reading.doc_type.value)

    def cues(self, *codes: TriggerCode, subject: bool | None = None) -> tuple[Trigger, ...]:
        """Triggers strong enough to count."""
        least = self.profile.threshold("trigger.minimum")
        found = (t for code in codes for t in self.reading.triggered(code, subject=subject))
        return tuple(t for t in found if t.confidence >= least)

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """Selected topics strong enough to count, the surest first."""
        least = self.profile.threshold("topic.minimum")
        known = {rule.code for rule in self.profile.topics}
        found = [t for t in self.reading.topics if t.code in known and t.confidence >= least]
        return tuple(sorted(found, key=lambda t: (not t.in_title, -t.confidence)))

    @cached_property
    def public_draft(self) -> bool:
        """Whether the public is asked for its opinion; then rows 8 and 9 do not hold."""
        return bool(self.cues(TriggerCode.PUBLIC_CONSULTATION))

    @cached_property
    def inward(self) -> tuple[Span, ...] | None:
        """Where the recipients stand if all are the body's own sections and units, else None."""
        words = self.profile.keys.rules.inward_recipients.value
        found = [
            element
            for element in self.reading.elements
            if element.name is ElementName.MAIN_RECIPIENTS and element.value
        ]
        recipients = names(element.value for element in found)
        if not recipients or not all(any(w in r for w in words) for r in recipients):
            return None
        return tuple(element.span for element in found if element.span is not None)

    @cached_property
    def upward(self) -> bool:
        """Whether the paper goes to a superior."""
        return self.kind == "请示" or self.direction is Direction.UPWARD
