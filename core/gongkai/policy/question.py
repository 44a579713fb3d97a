"""What the decision table is asked: a reading, its sources and direction, under a profile."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from gongkai.model.attribute import DisclosureAttribute
from gongkai.model.bundle import Bundle
from gongkai.model.determination import Source
from gongkai.model.reading import (
    Citation,
    Element,
    ElementName,
    Reading,
    Span,
    Topic,
    Trigger,
    TriggerCode,
)
from gongkai.policy.direction import Direction
from gongkai.policy.names import names, rank
from gongkai.policy.profile import Profile

_OWN_SECTION = re.compile(
    "(?!.*(?:政府|领导小组|指挥部|联席会议))[\u4e00-\u9fff]{0,8}"
    "(?:科|股|室|工会|工会委员会|后勤服务中心)"
)
"""A section that signs alone, 人事科 or 局办公室, without a place that would make it a body."""

_STATE = 5
_OUTSIDE = re.compile(
    "政府|部门|机关$|企业|公司|[省市县区乡镇街道村社区]直?|代表|委员|院校|学校|群众|派出|直属机构"
)
"""Words of recipients beyond the house; 各中心 or 服务大厅 beside 各科室 are the house."""


@dataclass(frozen=True, slots=True)
class SourceFact:
    """A document that is forwarded, and what is known of it; None for nothing."""

    citation: Citation
    source: Source | None


@dataclass(frozen=True, slots=True)
class Match:
    """A row matched; ``score`` 0–1 says how sure its cue is.

    ``chance`` is the calibrated one of a trained model, None where a rule matched.
    """

    attribute: DisclosureAttribute | None
    score: float
    evidence: tuple[Span, ...] = ()
    chance: float | None = None


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
        """Where a paper shows that it stays in the house, else None.

        It goes to the body's own sections and to nobody with a place or a rank of its own, or
        it names no recipient and a section signs it.
        """
        words = self.profile.keys.rules.inward_recipients.value
        found = self._elements(ElementName.MAIN_RECIPIENTS)
        recipients = names(element.value for element in found)
        if recipients:
            plain = [re.sub("[()（）]", "", recipient) for recipient in recipients]
            inside = [any(word in recipient for word in words) for recipient in plain]
            others = [r for r, own in zip(recipients, inside, strict=True) if not own]
            if not any(inside) or any(_is_outside(other) for other in others):
                return None
        else:
            found = [e for e in self._elements(ElementName.SIGNATURE) if _is_own_section(e.value)]
            if not found:
                return None
        return tuple(element.span for element in found if element.span is not None)

    def _elements(self, name: ElementName) -> list[Element]:
        return [e for e in self.reading.elements if e.name is name and e.value]

    @cached_property
    def upward(self) -> bool:
        """Whether the paper goes to a superior."""
        return self.kind == "请示" or self.direction is Direction.UPWARD


def _is_outside(name: str) -> bool:
    # A name without a place that ends like a ministry, 各党支部, has the rank of the state.
    return _OUTSIDE.search(name) is not None or rank(name) not in (None, _STATE)


def _is_own_section(name: str) -> bool:
    return _OWN_SECTION.fullmatch(name) is not None and rank(name) is None
