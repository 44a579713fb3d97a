"""Everything a rule may look at, and what a rule answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from gongkai.excerpts import Excerpts
from gongkai.model.attribute import DisclosureAttribute, Severity
from gongkai.model.bundle import Bundle, Member
from gongkai.model.content import Block
from gongkai.model.determination import Determination
from gongkai.model.finding import FindingCode
from gongkai.model.reading import Label, LabelScope, Reading, Span
from gongkai.model.verdict import CheckedBy, Suggestion
from gongkai.policy.decision import SourceFact
from gongkai.policy.profile import Profile
from gongkai.settings import Organization


@dataclass(frozen=True, slots=True)
class Facts:
    """What the office already knows about a bundle; empty when no store is at hand.

    ``attachment_attributes`` are attributes determined earlier for attachments, by number;
    ``nonpublic_numbers`` maps document numbers known not to be proactive to their attribute;
    ``settled`` are keys of findings a human has set aside with a reason.
    """

    sources: tuple[SourceFact, ...] = ()
    record: Determination | None = None
    attachment_attributes: Mapping[int, DisclosureAttribute] = field(default_factory=dict)
    nonpublic_numbers: Mapping[str, DisclosureAttribute] = field(default_factory=dict)
    settled: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Matter:
    """What a rule found, before severity: one column, list or passage.

    ``values`` identify the matter across versions; they are hashed with the office's key
    and never stored. ``ground`` names a more exact ground in the profile than the code's own.
    ``at_most`` caps the severity where the rule knows less than it should; ``otherwise`` is
    the severity under an attribute the code does not apply to (else silent).
    """

    code: FindingCode
    rule: str
    spans: tuple[Span, ...] = ()
    count: int = 1
    values: tuple[str, ...] = ()
    excerpt: str = ""
    details: tuple[tuple[str, str], ...] = ()
    ground: str = ""
    at_most: Severity | None = None
    otherwise: Severity | None = None


@dataclass(frozen=True)
class Brief:
    """One bundle on the judge's table."""

    bundle: Bundle
    reading: Reading
    profile: Profile
    organization: Organization
    facts: Facts
    suggestion: Suggestion
    fingerprint: str
    digest: Callable[[str], str]
    checked_by: tuple[CheckedBy, ...] = ()

    @property
    def main_was_read(self) -> bool:
        """Whether there is a main text to say anything about."""
        return self.bundle.main.content.readable

    @cached_property
    def own_labels(self) -> tuple[Label, ...]:
        """Labels that speak for this document itself."""
        return tuple(label for label in self.reading.labels if label.scope is LabelScope.OWN)

    @cached_property
    def stated_values(self) -> frozenset[DisclosureAttribute]:
        """The values the document's own labels name."""
        return frozenset(label.attribute for label in self.own_labels if label.attribute)

    @property
    def stated(self) -> DisclosureAttribute | None:
        """The one stated attribute, None when absent or contradictory."""
        return next(iter(self.stated_values)) if len(self.stated_values) == 1 else None

    @cached_property
    def judged(self) -> DisclosureAttribute | None:
        """The attribute the content is held against: stated, else the most open, else advised."""
        if self.stated_values:
            return min(self.stated_values, key=lambda value: value.strictness)
        return self.suggestion.attribute

    @property
    def only_advised(self) -> bool:
        """Whether nobody has stated an attribute yet."""
        return not self.stated_values

    @cached_property
    def severed_later(self) -> bool:
        """Whether not this text but a public version of it is to be published (C-25)."""
        return any(label.redacted_version_required for label in self.own_labels)

    @cached_property
    def reasoned(self) -> bool:
        """Whether somebody has written down why this attribute was chosen."""
        record, form = self.facts.record, self.bundle.form
        return bool((record and record.reason) or (form and form.reason))

    @cached_property
    def block_by_place(self) -> dict[str, tuple[Member, Block]]:
        """Blocks by their place in the bundle."""
        return {m.prefix + b.place: (m, b) for m, b in self.bundle.blocks()}

    @cached_property
    def excerpts(self) -> Excerpts:
        """Masked words of the bundle."""
        return Excerpts(self.bundle, self.reading)
