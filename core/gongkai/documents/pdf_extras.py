"""What a PDF carries beside its pages: properties, files, form fields, bookmarks, signatures."""

from __future__ import annotations

import ctypes
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from lxml import etree

from gongkai.documents.limits import Limits
from gongkai.documents.package import PackageRefused, parse_xml
from gongkai.documents.pdf_page import wide_string
from gongkai.model.content import Block, Note, NoteCode, NoteScope, Part

CORE_NAMES = {
    "Title": "core.title",
    "Author": "core.creator",
    "Subject": "core.subject",
    "Keywords": "core.keywords",
    "CreationDate": "core.created",
    "ModDate": "core.modified",
    "Creator": "app.Application",
    "Producer": "app.Producer",
}
MAX_ENTRIES = 5_000
MAX_ATTACHMENTS = 200
MAX_DEPTH = 20
XMP_BYTES = 4 << 20
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_CONTENT_FILTERS = frozenset({"/FlateDecode", "/Fl"})


@dataclass(slots=True)
class Carried:
    """What was found around the pages; ``damaged`` are pages whose stream is broken."""

    blocks: list[Block] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    properties: list[tuple[str, str]] = field(default_factory=list)
    layers_off: bool = False


def carried(data: bytes, pages: int, limits: Limits) -> Carried:
    """What qpdf finds beside the text of a file that pdfium has opened.

    Page streams are unpacked here in bounds, before anything unpacks them without.
    """
    found = Carried()
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if pdf.get_warnings():
                found.notes.append(Note(NoteCode.DAMAGED, NoteScope.PART, detail="repaired"))
            found.notes += _stream_notes(pdf, pages, limits)
            _docinfo(pdf, found)
            _xmp(pdf, found)
            _fields(pdf, found)
            found.layers_off = _layers_off(pdf)
    except Exception as error:  # qpdf's objects raise whatever a hostile file makes them
        found.notes.append(Note(NoteCode.DAMAGED, NoteScope.PART, "property", type(error).__name__))
    found.blocks += [
        Block(f"property/{name}", Part.PROPERTY, value) for name, value in found.properties
    ]
    return found


def _stream_notes(pdf: pikepdf.Pdf, pages: int, limits: Limits) -> Iterator[Note]:
    left = limits.unpacked_bytes
    for number, page in enumerate(pdf.pages, start=1):
        if number > pages:
            break
        contents = page.obj.get("/Contents")
        streams = contents if isinstance(contents, pikepdf.Array) else [contents]
        for stream in streams:
            if not isinstance(stream, pikepdf.Stream):
                continue
            size = _unpacked_size(stream, left)
            if size is None:
                yield Note(NoteCode.DAMAGED, NoteScope.PART, f"page{number}", "stream")
                continue
            left -= size
            if left < 0:
                yield Note(NoteCode.TOO_LARGE, NoteScope.WHOLE, f"page{number}", "unpacked")
                return


def _unpacked_size(stream: pikepdf.Stream, bound: int) -> int | None:
    """How many bytes a stream unpacks to, at most ``bound`` + 1; None when it is broken."""
    filters = stream.get("/Filter")
    names = (
        [str(name) for name in filters]
        if isinstance(filters, pikepdf.Array)
        else [str(filters)]
        if filters is not None
        else []
    )
    raw = stream.read_raw_bytes()
    for name in names:
        if name not in _CONTENT_FILTERS:
            return len(raw)
        unpacked = _inflated(raw, bound)
        if unpacked is None:
            return None
        raw = unpacked
    return len(raw)


def _inflated(raw: bytes, bound: int) -> bytes | None:
    if not raw:
        return b""
    unpacker = zlib.decompressobj()
    try:
        unpacked = unpacker.decompress(raw, bound + 1)
    except zlib.error:
        return None
    if unpacker.eof or len(unpacked) > bound:
        return unpacked
    return None


def _docinfo(pdf: pikepdf.Pdf, found: Carried) -> None:
    if "/Info" not in pdf.trailer:
        return
    for key, value in pdf.docinfo.items():
        name = str(key).lstrip("/")
        text = str(value).strip() if isinstance(value, pikepdf.String | pikepdf.Name) else ""
        if text:
            found.properties.append((CORE_NAMES.get(name, f"custom.{name}"), text))


def _xmp(pdf: pikepdf.Pdf, found: Carried) -> None:
    stream = pdf.Root.get("/Metadata")
    if not isinstance(stream, pikepdf.Stream):
        return
    raw = stream.read_raw_bytes()
    if stream.get("/Filter") is not None:
        unpacked = _inflated(raw, XMP_BYTES)
        if unpacked is None or len(unpacked) > XMP_BYTES:
            found.notes.append(Note(NoteCode.OPAQUE_PART, NoteScope.PART, "property/xmp"))
            return
        raw = unpacked
    start = raw.find(b"<x:xmpmeta")
    start = start if start >= 0 else raw.find(b"<rdf:RDF")
    end = max(raw.rfind(tag) + len(tag) for tag in (b"</x:xmpmeta>", b"</rdf:RDF>"))
    if start < 0:
        return
    try:
        root = parse_xml(raw[start:end], "property/xmp")
    except PackageRefused:
        found.notes.append(Note(NoteCode.OPAQUE_PART, NoteScope.PART, "property/xmp"))
        return
    known = {value for _, value in found.properties}
    for name, text in list(_xmp_values(root))[:MAX_ENTRIES]:
        if text not in known:
            known.add(text)
            found.properties.append((f"xmp.{name}", text))


def _xmp_values(root: etree._Element) -> Iterator[tuple[str, str]]:
    for element in root.iter(etree.Element):
        if element.tag == f"{{{_RDF}}}Description":
            for key, value in element.attrib.items():
                if not str(key).startswith(f"{{{_RDF}}}") and str(value).strip():
                    yield etree.QName(str(key)).localname, str(value).strip()
        text = (element.text or "").strip()
        if text:
            named: etree._Element | None = element
            while named is not None and etree.QName(named).namespace == _RDF:
                named = named.getparent()
            yield etree.QName(element if named is None else named).localname, text


def _fields(pdf: pikepdf.Pdf, found: Carried) -> None:
    """Values typed into form fields: they stand on the page and in no page stream."""
    form = pdf.Root.get("/AcroForm")
    if not isinstance(form, pikepdf.Dictionary):
        return
    if "/XFA" in form:
        found.notes.append(Note(NoteCode.OPAQUE_PART, NoteScope.PART, "form", "xfa"))
    stack = [(entry, 0) for entry in reversed(list(form.get("/Fields", [])))]
    number = 0
    while stack and number < MAX_ENTRIES:
        entry, depth = stack.pop()
        number += 1
        if depth < MAX_DEPTH:
            stack += [(kid, depth + 1) for kid in reversed(list(entry.get("/Kids", [])))]
        value = entry.get("/V")
        if isinstance(value, pikepdf.String) and str(value).strip():
            found.blocks.append(Block(f"form/field{number}", Part.TEXTBOX, str(value)))


def _layers_off(pdf: pikepdf.Pdf) -> bool:
    """Whether a viewer opens the file with some layer switched off."""
    properties = pdf.Root.get("/OCProperties")
    if not isinstance(properties, pikepdf.Dictionary):
        return False
    default = properties.get("/D", pikepdf.Dictionary())
    all_off = str(default.get("/BaseState", "/ON")) == "/OFF"
    return all_off or len(list(default.get("/OFF", []))) > 0


def is_signed(document: pypdfium2.PdfDocument) -> bool:
    """Whether the file has a signature field: a seal, or the place for one."""
    return bool(pdfium.FPDF_GetSignatureCount(document) > 0)


def forbids_extraction(document: pypdfium2.PdfDocument) -> bool:
    """Whether an owner password asks readers not to copy text out."""
    if pdfium.FPDF_GetSecurityHandlerRevision(document) < 0:
        return False
    return not pdfium.FPDF_GetDocUserPermissions(document) & (1 << 4)


def bookmarks(document: pypdfium2.PdfDocument) -> list[Block]:
    """The titles of the outline; they may name what the pages no longer do."""
    blocks: list[Block] = []
    for number, mark in enumerate(document.get_toc(max_depth=MAX_DEPTH), start=1):
        if number > MAX_ENTRIES:
            break
        title = mark.get_title().strip()
        if title:
            blocks.append(Block(f"outline/{number}", Part.OTHER, title))
    return blocks


def attached_files(
    document: pypdfium2.PdfDocument, limits: Limits
) -> Iterator[tuple[str, bytes | None]]:
    """Name and bytes of each embedded file; None instead of bytes that cannot be had."""
    count = pdfium.FPDFDoc_GetAttachmentCount(document)
    for index in range(min(count, MAX_ATTACHMENTS)):
        attachment = pdfium.FPDFDoc_GetAttachment(document, index)
        yield (
            attachment_name(attachment) or f"file{index + 1}",
            attachment_bytes(attachment, limits.file_bytes),
        )


def attachment_name(attachment: object) -> str:
    """The file name of an attachment."""
    return wide_string(lambda *out: pdfium.FPDFAttachment_GetName(attachment, *out), most=4_096)


def attachment_bytes(attachment: object, most: int) -> bytes | None:
    """The bytes of an attachment, None when there are none or too many."""
    size = ctypes.c_ulong()
    if not pdfium.FPDFAttachment_GetFile(attachment, None, 0, size) or size.value > most:
        return None
    buffer = (ctypes.c_char * max(1, size.value))()
    if not pdfium.FPDFAttachment_GetFile(attachment, buffer, size.value, size):
        return None
    return bytes(buffer)[: size.value]
