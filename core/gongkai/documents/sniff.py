"""What a file is, told from its bytes."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

import olefile

from gongkai.model.content import Format

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")
_IMAGES = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"GIF87a",
    b"GIF89a",
    b"BM",
    b"II*\x00",
    b"MM\x00*",
    b"\x00\x00\x00\x0cjP  ",
    b"\xd7\xcd\xc6\x9a",
)
_DIRECTORY_BYTES = 1 << 20
_HEAD = 4_096
_TEXT_CONTROLS = frozenset(b"\t\n\r\f\x0b\x1b\x1a")
_HTML = re.compile(rb"\s*(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|table)\b", re.I | re.S)
_SUFFIXES_OF_OLE = {
    (Format.DOC, ".wps"): Format.WPS,
    (Format.UNKNOWN, ".wps"): Format.WPS,
    (Format.UNKNOWN, ".wpt"): Format.WPS,
    (Format.DOC, ".wpt"): Format.WPS,
    (Format.XLS, ".et"): Format.ET,
    (Format.UNKNOWN, ".et"): Format.ET,
    (Format.UNKNOWN, ".doc"): Format.DOC,
    (Format.UNKNOWN, ".xls"): Format.XLS,
    (Format.UNKNOWN, ".ppt"): Format.PPT,
    (Format.UNKNOWN, ".dps"): Format.PPT,
}
_SUFFIXES_OF_DAMAGED = {".docx": Format.DOCX, ".docm": Format.DOCX, ".xlsx": Format.XLSX}


def sniff(data: bytes, name: str = "") -> Format:
    """The format of ``data``; ``UNKNOWN`` when nothing fits.

    ``name`` only chooses words: it tells WPS's own kinds from Word's and Excel's older ones,
    which hold the same streams, and what a damaged package was, when the bytes no longer do.
    """
    if not data:
        return Format.EMPTY
    suffix = name[name.rfind(".") :].lower() if "." in name else ""
    if data.startswith(_OLE):
        found = _sniff_ole(data)
        return _SUFFIXES_OF_OLE.get((found, suffix), found)
    if data.startswith(_ZIP):
        return _sniff_zip(data) or _SUFFIXES_OF_DAMAGED.get(suffix, Format.ARCHIVE)
    if b"%PDF-" in data[:1_024]:
        return Format.PDF
    if data.startswith(_ARCHIVES) or data[257:262] == b"ustar":
        return Format.ARCHIVE
    if data.startswith(b"{\\rtf"):
        return Format.RTF
    if data.startswith(_IMAGES) or _is_container_image(data):
        return Format.IMAGE
    return _sniff_text(data[:_HEAD])


def _sniff_ole(data: bytes) -> Format:
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            streams = {"/".join(path) for path in file.listdir()}
    except (OSError, ValueError, IndexError, TypeError, AttributeError, RecursionError):
        return Format.UNKNOWN
    if "EncryptedPackage" in streams:
        return Format.ENCRYPTED
    if "WordDocument" in streams:
        return Format.DOC
    if streams & {"Workbook", "Book"}:
        return Format.XLS
    return Format.PPT if "PowerPoint Document" in streams else Format.UNKNOWN


def _sniff_zip(data: bytes) -> Format | None:
    """The format of a zip file; None when it is damaged and nothing tells any more."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "mimetype" in names:
                return _sniff_mimetype(_beginning(archive, "mimetype", 100))
            if "OFD.xml" in names:
                return Format.OFD
            if "[Content_Types].xml" in names:
                types = _beginning(archive, "[Content_Types].xml", _DIRECTORY_BYTES)
                return _sniff_content_types(types) or _sniff_names(data) or Format.ARCHIVE
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError):
        # Damaged: name it by its parts, so that the reader can say what is broken.
        return _sniff_names(data)
    return _sniff_names(data) or Format.ARCHIVE


def _beginning(archive: zipfile.ZipFile, name: str, size: int) -> bytes:
    with archive.open(name) as stream:
        return stream.read(size)


def _sniff_mimetype(kind: bytes) -> Format:
    return Format.ODF if b"opendocument" in kind else Format.ARCHIVE


def _sniff_content_types(types: bytes) -> Format | None:
    if b"sheet.binary" in types:
        return Format.XLS
    main = {
        b"wordprocessingml.document.main": Format.DOCX,
        b"wordprocessingml.template.main": Format.DOCX,
        b"ms-word.document.macroEnabled.main": Format.DOCX,
        b"ms-word.template.macroEnabledTemplate.main": Format.DOCX,
        b"spreadsheetml.sheet.main": Format.XLSX,
        b"spreadsheetml.template.main": Format.XLSX,
        b"ms-excel.sheet.macroEnabled.main": Format.XLSX,
        b"ms-excel.template.macroEnabled.main": Format.XLSX,
        b"presentationml.": Format.PPTX,
        b"ms-powerpoint.": Format.PPTX,
    }
    # The first main type stands for the package: embedded workbooks bring no main type.
    places = {kind: types.find(cue) for cue, kind in reversed(main.items()) if cue in types}
    return min(places, key=lambda kind: places[kind]) if places else None


def _sniff_names(data: bytes) -> Format | None:
    cues = {
        b"word/document.xml": Format.DOCX,
        b"xl/workbook.xml": Format.XLSX,
        b"ppt/presentation.xml": Format.PPTX,
        b"OFD.xml": Format.OFD,
    }
    return next((kind for cue, kind in cues.items() if cue in data), None)


def _is_container_image(data: bytes) -> bool:
    webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    heif = data[4:8] == b"ftyp" and data[8:12] in {b"heic", b"heix", b"mif1", b"avif"}
    enhanced_metafile = data[:4] == b"\x01\x00\x00\x00" and data[40:44] == b" EMF"
    return webp or heif or enhanced_metafile


def _sniff_text(head: bytes) -> Format:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Format.TEXT
    plain = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if plain.startswith(b"<?xml") and (b"Word.Document" in plain or b"xmlPackage" in plain):
        return Format.DOC
    if _HTML.match(plain) or re.match(rb"MIME-Version:|From: .*\r?\n.*MIME-Version", plain, re.S):
        return Format.HTML
    strange = sum(1 for byte in head if byte < 32 and byte not in _TEXT_CONTROLS)
    return Format.TEXT if strange * 100 <= len(head) else Format.UNKNOWN
