"""What a profile hands out: label meanings, topics, named lists, reasons, the mark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.model.attribute import DisclosureAttribute
from gongkai.model.finding import Basis
from gongkai.script import normalise


def fold(text: str) -> str:
    """A wording as tables are keyed: simplified, half width, no white space or brackets."""
    return "".join(normalise(text).split()).strip("()[]【】〔〕。.;,:")


@dataclass(frozen=True, slots=True)
class LabelMeaning:
    """What a wording says. ``own`` is true for the profile's own wording (else LABEL_ALIAS)."""

    attribute: DisclosureAttribute | None
    redacted_version_required: bool = False
    own: bool = False


@dataclass(frozen=True, slots=True)
class TopicRule:
    """A topic of the proactive list with the words that name it."""

    code: str
    title: str
    keywords: tuple[str, ...]
    basis: tuple[Basis, ...]


@dataclass(frozen=True, slots=True)
class NamedList:
    """A list that must name people or units, and the only fields it may show (A8)."""

    kind: str
    title: str
    cues: tuple[str, ...]
    permitted_fields: tuple[str, ...]
    basis: tuple[Basis, ...]


@dataclass(frozen=True, slots=True)
class CannedReason:
    """A ready reason; ``supports`` names the rows, exemptions or triggers that bear it."""

    code: str
    text: str
    attribute: DisclosureAttribute
    basis: tuple[Basis, ...]
    supports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StampPolicy:
    """Where and how the mark stands; places are 附注, 版记 and 仅登记.

    ``annotation`` holds the words without brackets; ``template`` sets them.
    """

    visible_default: str
    visible_upward: str
    visible_from: str
    upward_kinds: tuple[str, ...]
    annotation: Mapping[DisclosureAttribute, str]
    template: str
    imprint_label: str
    imprint: Mapping[DisclosureAttribute, str]
    property_upward: bool

    def annotation_line(self, attribute: DisclosureAttribute) -> str:
        """The annotation as it is to be written, e.g. （此件公开发布）."""
        return self.template.format(wording=self.annotation[attribute])

    def imprint_line(self, attribute: DisclosureAttribute) -> str:
        """The line of the imprint, e.g. 公开方式：主动公开."""
        return f"{self.imprint_label}：{self.imprint[attribute]}"

    def place_for(self, doc_type: str) -> str:
        """Where the mark stands on this kind of document (A2)."""
        return self.visible_upward if doc_type in self.upward_kinds else self.visible_default
