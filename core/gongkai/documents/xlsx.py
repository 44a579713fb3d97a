"""XLSX: cells under their column headings, and every place a workbook keeps text in."""

from __future__ import annotations

import hashlib
import posixpath
from dataclasses import dataclass, field, replace

from lxml.etree import _Element

from gongkai.documents.embedded import blocks_inside, notes_inside
from gongkai.documents.limits import Limits
from gongkai.documents.package import Package, PackageRefused, open_package
from gongkai.documents.xlsx_blocks import cell_blocks, margins, validations
from gongkai.documents.xlsx_names import R_ID, m
from gongkai.documents.xlsx_parts import (
    drawing_blocks,
    loose_texts,
    notes_of,
    property_values,
    relationships,
    shape_texts,
    shared_strings,
    threads_of,
)
from gongkai.documents.xlsx_sheet import (
    Area,
    Rich,
    Sheet,
    area_of,
    cells,
    sheet_of,
)
from gongkai.documents.xlsx_styles import NO_FLAGS, Styles
from gongkai.model.content import Block, Content, Flag, Format, Note, NoteCode, NoteScope, Part

_WORKBOOK = "officeDocument"
_SILENT = ("[Content_Types].xml", "xl/calcChain.xml", "xl/metadata.xml")
_SILENT_ENDS = (".rels", "printerSettings1.bin")
_SILENT_FOLDERS = ("xl/printerSettings/", "xl/theme/", "xl/richData/", "_xmlsignatures/")
_IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".emf", ".wmf", ".tif", ".tiff", ".svg")
_FILES = (".docx", ".xlsx", ".pptx", ".pdf", ".txt", ".doc", ".xls", ".docm", ".xlsm", ".csv")


@dataclass(slots=True)
class _Reading:
    """A workbook while it is read: what was found, and which parts were dealt with."""

    package: Package
    limits: Limits
    styles: Styles
    strings: list[Rich]
    blocks: list[Block] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    done: set[str] = field(default_factory=set)
    cells: int = 0
    comments: int = 0

    def xml(self, part: str) -> _Element | None:
        """A part, None (with a note) when it cannot be read."""
        self.done.add(part)
        try:
            return self.package.xml(part)
        except PackageRefused as error:
            self.notes.append(replace(error.note, scope=NoteScope.PART))
        except KeyError:
            self.notes.append(Note(NoteCode.DAMAGED, NoteScope.PART, part, "missing"))
        return None


def read_xlsx(data: bytes, limits: Limits) -> Content:
    """Every cell with its heading, and all else in the package; nothing is raised.

    Numbers are shown with all their digits, dates as 2026-03-12. Formulas that hold words or
    long numbers follow their result as blocks of their own.
    """
    digest = hashlib.sha256(data).hexdigest()
    try:
        package = open_package(data, limits)
        return _read(package, digest, limits)
    except PackageRefused as error:
        return Content(digest, Format.XLSX, notes=(error.note,))
    except Exception as error:  # a hostile file may break any assumption made about it
        note = Note(NoteCode.DAMAGED, NoteScope.WHOLE, detail=type(error).__name__)
        return Content(digest, Format.XLSX, notes=(note,))


def _read(package: Package, digest: str, limits: Limits) -> Content:
    main = _main_part(package)
    book = package.xml(main)
    related = relationships(package, main)
    reading = _Reading(package, limits, *_looks(package, book, related))
    reading.notes += package.notes
    reading.done |= {main, *_SILENT}
    reading.done |= {
        target for kind, target, _ in related.values() if kind in ("styles", "sharedStrings")
    }
    areas = _print_areas(book)
    sheets = list(book.iterfind(f"{m('sheets')}/{m('sheet')}"))
    for number, entry in enumerate(sheets):
        state = entry.get("state", "visible")
        flags = frozenset({Flag.HIDDEN_SHEET}) if state != "visible" else NO_FLAGS
        sheet = Sheet(entry.get("name", f"Sheet{number + 1}"), flags, areas.get(number, ()))
        _, target, _ = related.get(entry.get(R_ID, ""), ("", "", False))
        if not _read_sheet(reading, sheet, target):
            break
    if not sheets:
        reading.notes.append(Note(NoteCode.DAMAGED, NoteScope.WHOLE, main, "sheets"))
    reading.blocks += _names(book)
    _read_rest(reading)
    properties = property_values(package)
    reading.blocks += [
        Block(f"property/{name}", Part.PROPERTY, value) for name, value in properties
    ]
    if package.comment:
        text = package.comment.decode("utf-8", "replace")
        reading.blocks.append(Block("zip/comment", Part.OTHER, text))
    if not any(note.scope is NoteScope.WHOLE for note in reading.notes):
        _note_blank(reading)
    return Content(
        digest,
        Format.XLSX,
        tuple(reading.blocks),
        tuple(dict.fromkeys(reading.notes)),
        comments=reading.comments,
        signed=any(name.startswith("_xmlsignatures/") for name in package.names),
        properties=tuple(properties),
    )


def _note_blank(reading: _Reading) -> None:
    if any(block.part is Part.SHEET or block.printed for block in reading.blocks):
        return
    pictures = any(note.code is NoteCode.IMAGE for note in reading.notes)
    code = NoteCode.NO_TEXT if pictures else NoteCode.EMPTY
    reading.notes.append(Note(code, NoteScope.WHOLE))


def _main_part(package: Package) -> str:
    for kind, target, _ in relationships(package, "").values():
        if kind == _WORKBOOK and target in package:
            return target
    if "xl/workbook.xml" in package:
        return "xl/workbook.xml"
    raise PackageRefused(NoteCode.DAMAGED, "xl/workbook.xml", "missing")


def _looks(
    package: Package, book: _Element, related: dict[str, tuple[str, str, bool]]
) -> tuple[Styles, list[Rich]]:
    parts = {kind: target for kind, target, _ in related.values() if target in package}
    loaded = {
        kind: package.xml(parts[kind]) if kind in parts else None
        for kind in ("styles", "theme", "sharedStrings")
    }
    properties = book.find(m("workbookPr"))
    since_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    strings = loaded["sharedStrings"]
    return (
        Styles(loaded["styles"], loaded["theme"], since_1904),
        [] if strings is None else shared_strings(strings),
    )


def _print_areas(book: _Element) -> dict[int, tuple[Area, ...]]:
    found: dict[int, tuple[Area, ...]] = {}
    for entry in book.iterfind(f"{m('definedNames')}/{m('definedName')}"):
        sheet = entry.get("localSheetId", "")
        if entry.get("name") != "_xlnm.Print_Area" or not sheet.isdigit():
            continue
        ranges = [text.rpartition("!")[2] for text in (entry.text or "").split(",")]
        areas = [area_of(text) for text in ranges]
        # One range that cannot be read leaves unknown what is printed: then all counts.
        if areas and all(area is not None for area in areas):
            found[int(sheet)] = tuple(area for area in areas if area is not None)
    return found


def _names(book: _Element) -> list[Block]:
    entries = [
        (entry.get("name", ""), (entry.text or "").strip(), entry.get("comment", ""))
        for entry in book.iterfind(f"{m('definedNames')}/{m('definedName')}")
    ]
    own = [entry for entry in entries if not entry[0].startswith("_xlnm.")]
    return [
        Block(f"setting/name{number}", Part.SETTING, f"{name} = {value} {comment}".strip())
        for number, (name, value, comment) in enumerate(own, start=1)
    ]


def _read_sheet(reading: _Reading, sheet: Sheet, part: str) -> bool:
    """Add a sheet's blocks; false when the workbook has more cells than are read."""
    root = reading.xml(part) if part else None
    if root is None:
        if not part:
            note = Note(NoteCode.DAMAGED, NoteScope.PART, sheet.name, "missing")
            reading.notes.append(note)
        return True
    sheet_of(root, sheet)
    reading.blocks += margins(root, sheet)
    hints = list(validations(root, sheet))
    links = [
        (e.get(R_ID, ""), e.get("ref", ""), e.get("tooltip", ""))
        for e in root.iterfind(f"{m('hyperlinks')}/{m('hyperlink')}")
    ]
    filled = []
    for cell in cells(root, sheet, reading.strings, reading.styles):
        reading.cells += 1
        if reading.cells > reading.limits.sheet_cells:
            reading.notes.append(Note(NoteCode.TOO_LARGE, NoteScope.WHOLE, sheet.name, "cells"))
            return False
        filled.append(cell)
    reading.blocks += cell_blocks(filled, sheet)
    reading.blocks += hints
    related = relationships(reading.package, part)
    _hang(reading, sheet, links, related)
    return True


def _hang(
    reading: _Reading,
    sheet: Sheet,
    links: list[tuple[str, str, str]],
    related: dict[str, tuple[str, str, bool]],
) -> None:
    """What hangs on a sheet: comments, links, drawings."""
    comments: dict[str, int] = {}
    for kind, target, outside in related.values():
        if outside:
            continue
        if kind in ("comments", "threadedComment") and (root := reading.xml(target)) is not None:
            found = notes_of(root) if kind == "comments" else threads_of(root)
            for reference, text in found:
                comments[reference] = comments.get(reference, 0) + 1
                again = f"/{comments[reference]}" if comments[reference] > 1 else ""
                place = f"{sheet.name}!{reference}#comment{again}"
                reading.blocks.append(Block(place, Part.COMMENT, text, sheet.flags))
                reading.comments += 1
        elif kind == "drawing" and (root := reading.xml(target)) is not None:
            reading.blocks += drawing_blocks(root, sheet.name, sheet.flags)
    for identity, reference, tip in links:
        _, target, _ = related.get(identity, ("", "", False))
        text = " ".join(t for t in (target, tip) if t)
        if text:
            reading.blocks.append(Block(f"{sheet.name}!{reference}#link", Part.LINK, text))


def _read_rest(reading: _Reading) -> None:
    """Every part nothing above has dealt with: read, or noted as not read."""
    # read.py imports this module when it meets a workbook.
    from gongkai.documents.read import read_bytes

    for part in reading.package.names:
        lower = part.lower()
        if part in reading.done or _is_silent(part):
            continue
        if lower.endswith(_IMAGES):
            reading.notes.append(Note(NoteCode.IMAGE, NoteScope.PART, part))
        elif lower.endswith((".xml", ".vml")):
            _read_loose(reading, part)
        elif not lower.endswith(_FILES):
            reading.notes.append(Note(NoteCode.OPAQUE_PART, NoteScope.PART, part))
        elif reading.limits.package_depth <= 0:
            reading.notes.append(Note(NoteCode.NESTED_TOO_DEEP, NoteScope.PART, part))
        else:
            name = posixpath.basename(part)
            inner = reading.limits.within(reading.package.unpacked_left)
            content = read_bytes(reading.package.read(part), name, inner)
            place = f"embedded/{name}"
            reading.blocks += blocks_inside(content, place)
            reading.notes += notes_inside(content, place)


def _is_silent(part: str) -> bool:
    silent = part.startswith(_SILENT_FOLDERS) or part.endswith(_SILENT_ENDS)
    return silent or (part.startswith("docProps/") and part.endswith(".xml"))


def _read_loose(reading: _Reading, part: str) -> None:
    root = reading.xml(part)
    if root is None:
        return
    texts = dict.fromkeys(shape_texts(root) if part.endswith(".vml") else loose_texts(root))
    known = {block.text for block in reading.blocks}
    reading.blocks += [
        Block(f"other/{part}/{number}", Part.OTHER, text)
        for number, text in enumerate(texts, start=1)
        if text not in known
    ]
