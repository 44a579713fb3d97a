"""Where the parts of an official document stand in its text (GB/T 9704-2012, N-25)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from gongkai.model.transcript import Transcript


class Zone(StrEnum):
    """A part of a document, in the order in which a paper shows them.

    ``QUOTED`` is a document inside the document: the original a 转发 carries.
    """

    HEAD = "head"
    TITLE = "title"
    BODY = "body"
    SIGNATURE = "signature"
    DATE = "date"
    ANNOTATION = "annotation"
    IMPRINT = "imprint"
    ATTACHMENT = "attachment"
    QUOTED = "quoted"


@dataclass(frozen=True, slots=True)
class Section:
    """Code points ``start``–``end`` of a transcript belong to ``zone``."""

    zone: Zone
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Layout:
    """The sections of one transcript, in order and without gaps."""

    sections: tuple[Section, ...]

    def zone_at(self, offset: int) -> Zone:
        """The zone an offset falls into; BODY beyond the end."""
        return next((s.zone for s in self.sections if s.start <= offset < s.end), Zone.BODY)

    def of(self, zone: Zone) -> Iterator[Section]:
        """All sections of a zone."""
        return (section for section in self.sections if section.zone is zone)

    def first(self, zone: Zone) -> Section | None:
        """The first section of a zone, None when the text has none."""
        return next(self.of(zone), None)


def layout_of(transcript: Transcript) -> Layout:
    """The layout of one file's printed text; a text without any sign of one is all BODY."""
    return Layout((Section(Zone.BODY, 0, len(transcript.text)),))
