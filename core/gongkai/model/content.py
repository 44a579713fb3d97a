"""What stands in one file: blocks of text with their places, and notes on what was not read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class Format(StrEnum):
    """What a file is, told from its bytes, never from its name."""

    DOCX = "docx"
    XLSX = "xlsx"
    PDF = "pdf"
    TEXT = "text"
    # Recognised and answered with a way out, not read.
    DOC = "doc"
    XLS = "xls"
    WPS = "wps"
    ET = "et"
    PPT = "ppt"
    PPTX = "pptx"
    OFD = "ofd"
    RTF = "rtf"
    ODF = "odf"
    HTML = "html"
    IMAGE = "image"
    ARCHIVE = "archive"
    ENCRYPTED = "encrypted"
    EMPTY = "empty"
    UNKNOWN = "unknown"


class Part(StrEnum):
    """Which room of a file a block stands in."""

    BODY = "body"
    TABLE = "table"
    TEXTBOX = "textbox"
    HEADER = "header"
    FOOTER = "footer"
    FOOTNOTE = "footnote"
    ENDNOTE = "endnote"
    COMMENT = "comment"
    SHEET = "sheet"
    PAGE = "page"
    ANNOTATION = "annotation"
    DRAWING = "drawing"
    PROPERTY = "property"
    SETTING = "setting"
    LINK = "link"
    EMBEDDED = "embedded"
    OTHER = "other"
    NAME = "name"


class Flag(StrEnum):
    """What a reader of the printed page does not see, or sees without knowing its history."""

    INSERTED = "inserted"
    DELETED = "deleted"
    HIDDEN = "hidden"
    WHITE = "white"
    TINY = "tiny"
    OFF_PAGE = "off_page"
    COVERED = "covered"
    INVISIBLE_LAYER = "invisible_layer"
    FIELD_CODE = "field_code"
    FALLBACK = "fallback"
    DESCRIPTION = "description"
    HIDDEN_ROW = "hidden_row"
    HIDDEN_COLUMN = "hidden_column"
    HIDDEN_SHEET = "hidden_sheet"
    UNPRINTED = "unprinted"
    EMBEDDED = "embedded"
    OWN_MARK = "own_mark"


PRINTED_FLAGS = frozenset({Flag.INSERTED, Flag.OWN_MARK})
"""Flags a block may carry and still be on the printed page."""

PRINTED_PARTS = frozenset(
    {
        Part.BODY,
        Part.TABLE,
        Part.TEXTBOX,
        Part.HEADER,
        Part.FOOTER,
        Part.FOOTNOTE,
        Part.ENDNOTE,
        Part.SHEET,
        Part.PAGE,
        Part.DRAWING,
    }
)


@dataclass(frozen=True, slots=True)
class Cell:
    """Where in a table a block stands; ``header`` is the column's own heading, "" if none.

    ``row`` and ``column`` count from 1; ``data`` is false for the heading rows themselves.
    """

    table: str
    row: int
    column: int
    header: str = ""
    data: bool = True


@dataclass(frozen=True, slots=True)
class Anchor:
    """Code points ``start``–``end`` of a block stand at ``where``.

    ``where`` names a run ("r3"), or a page box "page,x0,y0,x1,y1" in points from the
    lower left corner.
    """

    start: int
    end: int
    where: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, cell, line or property: the smallest text with a place of its own.

    ``text`` is what the place shows, an automatic number included; its first ``numbered``
    code points are that number and stand in no run. Text with different flags inside one
    paragraph becomes blocks of its own, so a block is printed or it is not.
    """

    place: str
    part: Part
    text: str
    flags: frozenset[Flag] = frozenset()
    cell: Cell | None = None
    numbered: int = 0
    centred: bool = False
    size: float | None = None
    anchors: tuple[Anchor, ...] = ()

    @property
    def printed(self) -> bool:
        """Whether a reader of the printed page sees this text."""
        return self.part in PRINTED_PARTS and self.flags <= PRINTED_FLAGS


class NoteCode(StrEnum):
    """Why something was not read, or was read with a reservation."""

    UNSUPPORTED = "unsupported"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    TOO_LARGE = "too_large"
    READER_KILLED = "reader_killed"
    READER_TIMED_OUT = "reader_timed_out"
    EMPTY = "empty"
    NO_TEXT = "no_text"
    SCANNED_PAGE = "scanned_page"
    EMPTY_PAGE = "empty_page"
    OCR_LAYER = "ocr_layer"
    IMAGE = "image"
    OPAQUE_PART = "opaque_part"
    NESTED_TOO_DEEP = "nested_too_deep"
    DUPLICATE_PART = "duplicate_part"
    EXTRACTION_FORBIDDEN = "extraction_forbidden"
    NAME_MISLEADS = "name_misleads"
    LIMITS_MISSING = "limits_missing"
    TABLES_UNREAD = "tables_unread"
    BUSY = "busy"


class NoteScope(StrEnum):
    """How much of the file a note withholds from the check."""

    WHOLE = "whole"
    PART = "part"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Note:
    """Something a reader of the verdict must know about how the file was read."""

    code: NoteCode
    scope: NoteScope
    place: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """Everything readable in one file, in reading order, hidden places included.

    ``signed`` is true for digitally signed or sealed files: nothing may be written into
    them. ``revisions`` counts tracked insertions, deletions and moves.
    """

    sha256: str
    format: Format
    blocks: tuple[Block, ...] = ()
    notes: tuple[Note, ...] = ()
    pages: int | None = None
    revisions: int = 0
    comments: int = 0
    signed: bool = False
    properties: tuple[tuple[str, str], ...] = field(default=())

    @property
    def readable(self) -> bool:
        """Whether the file as a whole could be read."""
        return not any(note.scope is NoteScope.WHOLE for note in self.notes)

    @property
    def printed(self) -> Iterator[Block]:
        """Blocks on the printed page, in reading order."""
        return (block for block in self.blocks if block.printed)

    def property_named(self, name: str) -> str:
        """The document property called ``name``, "" when absent."""
        return next((value for key, value in self.properties if key == name), "")
