"""PDF: text by visual line, tables by cell, and everything a page hides or carries."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pypdfium2
import pypdfium2.raw as pdfium

from gongkai.documents.embedded import blocks_inside, notes_inside
from gongkai.documents.limits import Limits
from gongkai.documents.pdf_annotations import read_annotations
from gongkai.documents.pdf_cells import Heading, Table, cell_blocks
from gongkai.documents.pdf_extras import (
    Carried,
    attached_files,
    attachment_bytes,
    attachment_name,
    bookmarks,
    carried,
    forbids_extraction,
    is_signed,
)
from gongkai.documents.pdf_lines import Flags, Line, line_blocks, lines, stretches
from gongkai.documents.pdf_page import MAX_OBJECTS, Drawing, Page
from gongkai.documents.pdf_shapes import Kind, Rect
from gongkai.documents.pdf_table_pages import TABLE_SHARE, TablePages
from gongkai.documents.pdf_visibility import SHEET, TooManyCovers, flags_of, image_share
from gongkai.model.content import Block, Content, Flag, Format, Note, NoteCode, NoteScope

FEW_CHARACTERS = 40
"""A scanned sheet may carry a page number or a stamp of the scanner as text."""
DRAWN_TEXT = 20
"""From this many shapes on, a page without characters shows something: outlines of text."""
IMAGE_SHARE = 0.01
GARBLED = 0.3
DRAWING_SHARE = TABLE_SHARE
"""Share of the limit on processor time that drawing pages again may take."""

# Private use, replacement and control characters; pdfium writes hyphens at line ends as \x02.
_NO_CHARACTER = re.compile(r"[\ue000-\uf8ff\ufffd\x00\x01\x03-\x08\x0e-\x1f]")
_PAGE_NUMBER = re.compile(r"^[\s\-—–－第共页/／\d]{1,16}$")


@dataclass(slots=True)
class _Reading:
    """What has been read of a file so far."""

    limits: Limits
    tables: TablePages
    blocks: list[Block] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    files: list[tuple[str, bytes | None]] = field(default_factory=list)
    heading: Heading | None = None
    drawing_seconds: float = 0.0
    without_text: int = 0
    broken: int = 0

    def note(self, code: NoteCode, scope: NoteScope, place: str = "", detail: str = "") -> None:
        """Remember a reservation."""
        self.notes.append(Note(code, scope, place, detail))


def read_pdf(data: bytes, limits: Limits) -> Content:
    """Everything in a PDF; what could not be read is in the notes, nothing is raised.

    Lines that a paragraph runs over stay lines; spaces between Chinese and digits stay too.
    Boxes of anchors belong to the page as it is shown, rotation applied.
    """
    digest = hashlib.sha256(data).hexdigest()
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        return _unread(digest, NoteCode.ENCRYPTED if locked else NoteCode.DAMAGED, "pdf")
    try:
        return _read(document, data, digest, limits)
    except Exception as error:  # pdfium and qpdf raise whatever a hostile file makes them
        return _unread(digest, NoteCode.DAMAGED, type(error).__name__)
    finally:
        document.close()


def _unread(digest: str, code: NoteCode, detail: str, pages: int | None = None) -> Content:
    note = Note(code, NoteScope.WHOLE, detail=detail)
    return Content(digest, Format.PDF, notes=(note,), pages=pages)


def _read(document: pypdfium2.PdfDocument, data: bytes, digest: str, limits: Limits) -> Content:
    pages = len(document)
    if pages == 0:
        return _unread(digest, NoteCode.DAMAGED, "pages", 0)
    if pages > limits.pdf_pages:
        return _unread(digest, NoteCode.TOO_LARGE, "pages", pages)
    around = carried(data, pages, limits)
    if any(note.scope is NoteScope.WHOLE for note in around.notes):
        return Content(digest, Format.PDF, notes=tuple(around.notes), pages=pages)
    reading = _Reading(limits, TablePages(data, limits), notes=around.notes)
    if b"%%EOF" not in data[-2_048:]:
        reading.note(NoteCode.DAMAGED, NoteScope.PART, detail="truncated")
    if forbids_extraction(document):
        reading.note(NoteCode.EXTRACTION_FORBIDDEN, NoteScope.NOTHING)
    try:
        for index in range(pages):
            _read_page(document, index, around, reading)
    finally:
        reading.tables.close()
    reading.notes += reading.tables.notes
    if reading.broken == pages:
        reading.note(NoteCode.DAMAGED, NoteScope.WHOLE, detail="pages")
    elif reading.without_text + reading.broken == pages:
        reading.note(NoteCode.NO_TEXT, NoteScope.WHOLE)
    reading.files += attached_files(document, limits)
    reading.blocks += bookmarks(document)
    _read_files(reading)
    return Content(
        digest,
        Format.PDF,
        (*reading.blocks, *around.blocks),
        tuple(reading.notes),
        pages=pages,
        comments=sum(1 for b in reading.blocks if _is_remark(b)),
        signed=is_signed(document),
        properties=tuple(around.properties),
    )


def _is_remark(block: Block) -> bool:
    return "/annotation" in block.place and block.place.count("/") == 1


def _read_page(
    document: pypdfium2.PdfDocument, index: int, around: Carried, reading: _Reading
) -> None:
    place = f"page{index + 1}"
    try:
        page = Page(document, index, around.layers_off)
    except pypdfium2.PdfiumError:
        reading.note(NoteCode.DAMAGED, NoteScope.PART, place)
        reading.broken += 1
        return
    with page:
        characters = page.characters()
        drawing = page.drawing()
        if drawing.count >= MAX_OBJECTS:
            reading.note(NoteCode.TOO_LARGE, NoteScope.PART, place, "objects")
        remarks, painted, files = read_annotations(page, document)
        flags = _flags(page, characters, drawing, painted, reading)
        tables = reading.tables.tables(page, characters, flags, drawing, reading.heading)
        taken = frozenset(index for table in tables for index in table.taken)
        found = lines(stretches(page, characters, flags, taken), page.size[0])
        _place(page, found, tables, reading)
        reading.blocks += remarks
        _note_page(page, characters, flags, drawing, reading)
        reading.files += [
            (
                attachment_name(file) or f"{place}.bin",
                attachment_bytes(file, reading.limits.file_bytes),
            )
            for file in files
            if file
        ]


def _flags(
    page: Page, characters: str, drawing: Drawing, painted: Sequence[Rect], reading: _Reading
) -> list[Flags] | None:
    if reading.drawing_seconds > DRAWING_SHARE * reading.limits.cpu_seconds:
        place = f"page{page.number}"
        reading.note(NoteCode.TOO_LARGE, NoteScope.PART, place, "visibility")
        return None
    start = time.process_time()
    try:
        flags = flags_of(page, characters, drawing, painted)
    except TooManyCovers:
        reading.note(NoteCode.TOO_LARGE, NoteScope.PART, f"page{page.number}", "visibility")
        flags = None
    reading.drawing_seconds += time.process_time() - start
    return flags


def _place(page: Page, found: Sequence[Line], tables: Sequence[Table], reading: _Reading) -> None:
    """Add lines and tables in reading order: a table stands before the first line below it."""
    before, reading.heading = reading.heading, None
    position = 0
    blocks = line_blocks(found, page)
    starts = [int(block.place.partition("/line")[2].partition("~")[0]) for block in blocks]
    for number, table in enumerate(tables, start=1):
        above = next(
            (n for n, line in enumerate(found) if line.middle <= table.grid.ys[-1]),
            len(found),
        )
        while position < len(blocks) and starts[position] <= above:
            reading.blocks.append(blocks[position])
            position += 1
        cells, heading = cell_blocks(table, number, page, before if number == 1 else None)
        reading.blocks += cells
        reading.heading = heading
    below = blocks[position:]
    reading.blocks += below
    if reading.heading is not None and not all(map(_is_page_number, below)):
        reading.heading = replace(reading.heading, open_end=False)


def _is_page_number(block: Block) -> bool:
    return bool(_PAGE_NUMBER.match(block.text))


def _note_page(
    page: Page,
    characters: str,
    flags: Sequence[Flags] | None,
    drawing: Drawing,
    reading: _Reading,
) -> None:
    place = f"page{page.number}"
    shown = len("".join(characters.split()))
    layer = sum(Flag.INVISIBLE_LAYER in each for each in flags or ())
    share = image_share(page, drawing)
    if not shown:
        reading.without_text += 1
        shapes = sum(d.kind is not Kind.IMAGE for d in drawing.others)
        if share > SHEET or shapes >= DRAWN_TEXT:
            detail = "" if share > SHEET else "outlines"
            reading.note(NoteCode.SCANNED_PAGE, NoteScope.PART, place, detail)
            return
        if not drawing.others:
            reading.note(NoteCode.EMPTY_PAGE, NoteScope.NOTHING, place)
    elif share > SHEET and layer * 2 > shown:
        reading.note(NoteCode.OCR_LAYER, NoteScope.PART, place)
        return
    elif share > SHEET and shown < FEW_CHARACTERS:
        reading.note(NoteCode.SCANNED_PAGE, NoteScope.PART, place)
        return
    elif _garbled(characters, shown):
        reading.note(NoteCode.NO_TEXT, NoteScope.PART, place, "garbled")
    for number, picture in enumerate(_pictures(page, drawing), start=1):
        if picture.shared(page.frame) > IMAGE_SHARE * page.frame.area:
            reading.note(NoteCode.IMAGE, NoteScope.PART, f"{place}/image{number}")


def _pictures(page: Page, drawing: Drawing) -> list[Rect]:
    return [d.box for d in drawing.others if d.kind is Kind.IMAGE]


def _garbled(characters: str, shown: int) -> bool:
    """Whether a page's font names no characters, so that the text only looks like text."""
    odd = len(_NO_CHARACTER.findall(characters))
    return odd > 10 and odd > GARBLED * shown


def _read_files(reading: _Reading) -> None:
    """Read embedded files like files of their own, as deep as the limits allow."""
    # read.py imports this module when it meets a PDF.
    from gongkai.documents.read import read_bytes

    left = reading.limits.unpacked_bytes
    for name, data in reading.files:
        place = f"embedded/{name}"
        if data is None:
            reading.note(NoteCode.OPAQUE_PART, NoteScope.PART, place)
        elif reading.limits.package_depth <= 0:
            reading.note(NoteCode.NESTED_TOO_DEEP, NoteScope.PART, place)
        elif (left := left - len(data)) < 0:
            reading.note(NoteCode.TOO_LARGE, NoteScope.PART, place)
        else:
            content = read_bytes(data, name, reading.limits.within(left))
            reading.blocks += blocks_inside(content, place)
            reading.notes += notes_inside(content, place)
