"""What a mark says and where it goes, whatever the format of the file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gongkai.documents.fingerprint import STAMPED_FINGERPRINT
from gongkai.model.attribute import DisclosureAttribute
from gongkai.policy.entries import StampPolicy

LABEL_PROPERTY = "公开属性"
"""The property office programs show: the attribute in the office's own word."""

ATTRIBUTE_PROPERTY = "gongkai.attribute"
PLACE_PROPERTY = "gongkai.place"
FINGERPRINT_PROPERTY = STAMPED_FINGERPRINT.removeprefix("custom.")


class MarkPlace(StrEnum):
    """Where the visible line stands; the words are those of the command line."""

    ANNOTATION = "附注"
    IMPRINT = "版记"
    RECORD_ONLY = "仅登记"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What is to be marked, where, and for which text (``member_fingerprint`` of the file)."""

    attribute: DisclosureAttribute
    place: MarkPlace
    fingerprint: str

    def wording(self, policy: StampPolicy) -> str:
        """The words that stand for the attribute at this place, without brackets or label."""
        if self.place is MarkPlace.IMPRINT:
            return policy.imprint[self.attribute]
        return policy.annotation[self.attribute]


@dataclass(frozen=True, slots=True)
class Stamped:
    """The marked file and which of its parts changed; none: it already was as wanted."""

    data: bytes
    changed: tuple[str, ...]
