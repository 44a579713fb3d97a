"""What a DOCX carries besides its stories: embedded files, chunks, pictures, loose XML."""

from __future__ import annotations

import email
import email.policy
import io
import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace

import olefile
from lxml import etree
from lxml.etree import _Element

from gongkai.documents import docx_names as n
from gongkai.documents.docx_parts import SIGNATURES, Parts, may_hold_text
from gongkai.documents.limits import Limits
from gongkai.documents.package import Package, PackageRefused, parse_xml
from gongkai.documents.sniff import sniff
from gongkai.model.content import (
    Block,
    Cell,
    Content,
    Flag,
    Format,
    Note,
    NoteCode,
    NoteScope,
    Part,
)

_PARAGRAPHS = (n.P, "{http://schemas.openxmlformats.org/drawingml/2006/main}p")
_WORDS = (n.T, n.DEL_TEXT, n.INSTR, n.DRAWING_TEXT)
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_CHART_SILENT = frozenset({_CHART + "formatCode"})
_CHART_CODES = frozenset({_CHART + "f"})
_SHOWN_KINDS = frozenset({"chart", "chartEx", "diagramData"})
_OFFICE_NAMESPACES = ("{http://schemas.openxmlformats.org/", "{http://schemas.microsoft.com/")
_MEASURING = (
    "{urn:schemas-microsoft-com:office:",
    "{http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing}",
)
_STRAY = etree.XPath(
    "//text()[not(parent::w:t or parent::w:delText or parent::w:instrText"
    " or parent::w:delInstrText or parent::m:t or parent::a:t or parent::wp:*)]"
    "[normalize-space()]",
    namespaces={
        "w": n.WORD,
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    },
)
_TELLING = re.compile(r"[\u3400-\u9fff]|\d{5}")
_EMBEDDED = frozenset({Flag.EMBEDDED})
_OWN, _CODE = frozenset({Flag.OWN_MARK}), frozenset({Flag.FIELD_CODE})
_HARMLESS_KINDS = frozenset({"font", "printerSettings"})
_DECLARATION = 60
_BLANK_ROW = re.compile(r"\s*\n\s*")


def loose_blocks(parts: Parts, name: str) -> Iterator[Block]:
    """The text of an XML part that is no story: charts and SmartArt are printed, others not."""
    root = parts.roots[name]
    if not may_hold_text(parts.data[name]) and not _is_foreign(root):
        return
    shown = any(r.target == name and r.kind in _SHOWN_KINDS for r in parts.relationships)
    part = Part.DRAWING if shown else Part.OTHER
    own = isinstance(root.tag, str) and root.tag.startswith(f"{{{n.OWN_NAMESPACE}}}")
    for number, (text, flags) in enumerate(_loose_texts(root), 1):
        yield Block(f"other/{name}/{number}", part, text, flags | _OWN if own else flags)


def stray_blocks(parts: Parts, name: str) -> Iterator[Block]:
    """Text in a story that stands in no element Word takes text from."""
    found = _STRAY(parts.roots[name])
    number = 0
    for text in found if isinstance(found, list) else []:
        parent = text.getparent() if isinstance(text, etree._ElementUnicodeResult) else None
        measure = parent is not None and str(parent.tag).startswith(_MEASURING)
        if not measure or re.search(_TELLING, str(text)):
            number += 1
            yield Block(f"other/{name}/stray{number}", Part.OTHER, str(text).strip())


def comment_blocks(parts: Parts, name: str) -> Iterator[Block]:
    """XML comments and processing instructions of a part: text no office program shows."""
    data = parts.data[name]
    if b"!" not in data and data.find(b"?", _DECLARATION) < 0:
        return
    found = parts.roots[name].xpath("//comment() | //processing-instruction()")
    for number, node in enumerate(found if isinstance(found, list) else [], 1):
        if isinstance(node, etree._Element) and (node.text or "").strip():
            yield Block(f"other/{name}/comment{number}", Part.OTHER, str(node.text).strip())


def carried(parts: Parts, package: Package, limits: Limits) -> Iterator[Block | Note]:
    """Every part that is no XML: read when it can be, noted when it cannot."""
    bases = [posixpath.basename(name) for name in parts.data]
    for name, data in parts.data.items():
        if name.endswith((".xml", ".rels")):
            continue
        if name.startswith(SIGNATURES) or not data:
            continue
        base = posixpath.basename(name)
        place = f"embedded/{base if bases.count(base) == 1 else name}"
        kinds = {r.kind for r in parts.relationships if r.target == name}
        yield from _carried_part(name, place, data, kinds, package, limits)


def _carried_part(
    name: str, place: str, data: bytes, kinds: set[str], package: Package, limits: Limits
) -> Iterator[Block | Note]:
    found = sniff(data, name)
    if found in (Format.UNKNOWN, Format.DOC, Format.XLS) and (inner := _inside_ole(data)):
        data, found = inner, sniff(inner)
    if "thumbnail" in kinds and found is Format.IMAGE:
        return  # A block of the properties names it.
    if _looks_like_xml(data):
        yield from _foreign_xml(name, place, data)
    elif found in (Format.DOCX, Format.XLSX, Format.PDF) or (
        found is Format.TEXT and "image" not in kinds
    ):
        yield from _nested(place, name, data, package, limits)
    elif found is Format.HTML:
        for number, line in enumerate(_html_lines(data), 1):
            yield Block(f"{place}/{number}", Part.EMBEDDED, line, _EMBEDDED)
    elif "image" in kinds and found in (Format.IMAGE, Format.UNKNOWN):
        return  # The note stands where the picture is shown.
    else:
        scope = NoteScope.NOTHING if kinds & _HARMLESS_KINDS else NoteScope.PART
        yield Note(NoteCode.OPAQUE_PART, scope, place, found)


def _nested(
    place: str, name: str, data: bytes, package: Package, limits: Limits
) -> Iterator[Block | Note]:
    from gongkai.documents.read import read_bytes

    if limits.package_depth <= 0:
        yield Note(NoteCode.NESTED_TOO_DEEP, NoteScope.PART, place)
        return
    package.charge(_announced(data), name)
    inner = read_bytes(data, posixpath.basename(name), limits.within(package.unpacked_left))
    yield from _renamed(inner, place)


def _renamed(content: Content, place: str) -> Iterator[Block | Note]:
    for block in content.blocks:
        if block.part is Part.NAME:
            continue
        cell = block.cell
        if cell is not None:
            cell = Cell(f"{place}!{cell.table}", cell.row, cell.column, cell.header, cell.data)
        flags = block.flags | _EMBEDDED
        yield Block(f"{place}!{block.place}", Part.EMBEDDED, block.text, flags, cell)
    for note in content.notes:
        if note.code is NoteCode.NAME_MISLEADS:
            continue
        scope = NoteScope.PART if note.scope is NoteScope.WHOLE else note.scope
        inner = f"{place}!{note.place}" if note.place else place
        yield replace(note, scope=scope, place=inner)


def _announced(data: bytes) -> int:
    """How much a nested package says it unpacks to; 0 for other files."""
    if not data.startswith(b"PK"):
        return 0
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return 0


def _inside_ole(data: bytes) -> bytes:
    """The office package an OLE object wraps, b"" when it wraps none."""
    if not data.startswith(b"\xd0\xcf\x11\xe0"):
        return b""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            return bytes(file.openstream("Package").read()) if file.exists("Package") else b""
    except (OSError, ValueError, IndexError, TypeError, AttributeError):
        return b""


def _looks_like_xml(data: bytes) -> bool:
    head = data[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.startswith((b"<?xml", b"<svg", b"<xml"))


def _foreign_xml(name: str, place: str, data: bytes) -> Iterator[Block | Note]:
    try:
        root = parse_xml(data, name)
    except PackageRefused:
        yield Note(NoteCode.OPAQUE_PART, NoteScope.PART, place, "xml")
        return
    for number, (text, flags) in enumerate(_loose_texts(root), 1):
        yield Block(f"other/{name}/{number}", Part.OTHER, text, flags)


def _loose_texts(root: _Element) -> Iterator[tuple[str, frozenset[Flag]]]:
    foreign = _is_foreign(root)
    flags: frozenset[Flag]
    for element in root.iter():
        tag = element.tag
        if not isinstance(tag, str):
            text, flags = "", frozenset()
        elif tag in _PARAGRAPHS:
            text, flags = "".join(e.text or "" for e in element.iter(*_WORDS)), frozenset()
        elif tag in _CHART_SILENT or _in_paragraph(element):
            continue
        else:
            text, flags = element.text or "", _CODE if tag in _CHART_CODES else frozenset()
        texts = [text, element.tail or ""] if element is not root else [text]
        if foreign and isinstance(tag, str):
            texts += [str(v) for v in element.attrib.values() if _TELLING.search(str(v))]
        for each in texts:
            if each.strip():
                yield _BLANK_ROW.sub("\n", each.strip()), flags


def _is_foreign(root: _Element) -> bool:
    return not str(root.tag).startswith(_OFFICE_NAMESPACES)


def _in_paragraph(element: _Element) -> bool:
    return element.tag in _WORDS and next(element.iterancestors(*_PARAGRAPHS), None) is not None


def _html_lines(data: bytes) -> Iterator[str]:
    for document in _html_documents(data):
        parser = etree.HTMLParser(no_network=True, remove_pis=True)
        root = etree.fromstring(document, parser) if document.strip() else None
        for text in () if root is None else root.itertext():
            if str(text).strip():
                yield " ".join(str(text).split())


def _html_documents(data: bytes) -> Iterator[str]:
    if data[:1_000].lstrip()[:1] == b"<":
        yield _decoded(data)
        return
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        body = part.get_payload(decode=True)
        if part.get_content_maintype() == "text" and isinstance(body, bytes):
            yield _decoded(body)


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding).replace("\0", "")
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace").replace("\0", "")
