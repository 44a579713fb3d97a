"""The guarded way into a zip package: nothing is unpacked to disk, nothing beyond the limits."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections import Counter

from lxml import etree

from gongkai.documents.limits import Limits
from gongkai.model.content import Note, NoteCode, NoteScope

_ENCRYPTED = 0x1
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/([\w/]+)")
_STRICT_NAMES = {
    b"wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"drawingml/main": b"http://schemas.openxmlformats.org/drawingml/2006/main",
    b"drawingml/chart": b"http://schemas.openxmlformats.org/drawingml/2006/chart",
    b"drawingml/diagram": b"http://schemas.openxmlformats.org/drawingml/2006/diagram",
    b"drawingml/wordprocessingDrawing": (
        b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    ),
    b"officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    b"officeDocument/customXml": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/customXml"
    ),
}
_STRICT_RELATIONSHIPS = b"officeDocument/relationships"


class PackageRefused(Exception):
    """A package or one of its parts is damaged, encrypted or too large; ``note`` says which."""

    def __init__(self, code: NoteCode, place: str = "", detail: str = "") -> None:
        super().__init__(f"{code} {place} {detail}".strip())
        self.note = Note(code, NoteScope.WHOLE, place, detail)


class Package:
    """An opened package. ``names`` are its parts in stored order, folders left out.

    Every byte handed out has passed its checksum and was counted against the limits, so a
    header that lies about sizes changes nothing.
    """

    def __init__(self, archive: zipfile.ZipFile, limits: Limits) -> None:
        self._archive = archive
        self._limits = limits
        self._entries = {i.filename: i for i in archive.infolist() if not i.is_dir()}
        self.names = tuple(self._entries)
        self.comment = archive.comment
        self.unpacked_left = limits.unpacked_bytes
        self.notes = _duplicates(archive)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def read(self, name: str) -> bytes:
        """The bytes of a part.

        Raises ``PackageRefused`` when they fail their checksum, are encrypted, or exceed the
        limits; ``KeyError`` when there is no such part.
        """
        entry = self._entries[name]
        if entry.flag_bits & _ENCRYPTED:
            raise PackageRefused(NoteCode.ENCRYPTED, name)
        if name.endswith((".xml", ".rels")):
            self._bound_xml(entry)
        self.charge(entry.file_size, name)
        try:
            # Asking for a size bounds what zlib unpacks, whatever the stream holds; a header
            # that announces too little fails the checksum.
            with self._archive.open(entry) as stream:
                return stream.read(entry.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise PackageRefused(NoteCode.DAMAGED, name, type(error).__name__) from error
        except (NotImplementedError, RuntimeError) as error:
            raise PackageRefused(NoteCode.DAMAGED, name, "compression") from error

    def xml(self, name: str) -> etree._Element:
        """The root element of an XML part; raises ``PackageRefused`` like ``read``."""
        return parse_xml(self.read(name), name)

    def charge(self, size: int, name: str) -> None:
        """Count ``size`` unpacked bytes; raises ``PackageRefused`` beyond the limit."""
        self.unpacked_left -= size
        if self.unpacked_left < 0:
            raise PackageRefused(NoteCode.TOO_LARGE, name, "unpacked")

    def _bound_xml(self, entry: zipfile.ZipInfo) -> None:
        limits = self._limits
        dense = entry.file_size > limits.xml_ratio * max(1, entry.compress_size)
        if entry.file_size > limits.xml_bytes or (
            dense and entry.file_size > limits.xml_free_bytes
        ):
            raise PackageRefused(NoteCode.TOO_LARGE, entry.filename, "xml")


def _duplicates(archive: zipfile.ZipFile) -> tuple[Note, ...]:
    counts = Counter(entry.filename for entry in archive.infolist())
    return tuple(
        Note(NoteCode.DUPLICATE_PART, NoteScope.PART, name)
        for name, count in counts.items()
        if count > 1
    )


def open_package(data: bytes, limits: Limits) -> Package:
    """The package in ``data``.

    Raises ``PackageRefused`` when it is no sound zip file, has too many entries, or announces
    more than the limits allow.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise PackageRefused(NoteCode.DAMAGED, detail="zip") from error
    entries = archive.infolist()
    if len(entries) > limits.zip_entries:
        raise PackageRefused(NoteCode.TOO_LARGE, detail="entries")
    if sum(entry.file_size for entry in entries) > limits.unpacked_bytes:
        raise PackageRefused(NoteCode.TOO_LARGE, detail="unpacked")
    return Package(archive, limits)


def parse_xml(data: bytes, name: str = "") -> etree._Element:
    """The root of an XML part, entities unresolved, the Strict namespaces made Transitional.

    Raises ``PackageRefused`` for XML that is not well-formed, nests deeper than 256, or
    brings a document type: no office format needs one, and entities are how bombs are built.
    """
    if _declares_type(data):
        raise PackageRefused(NoteCode.DAMAGED, name, "dtd")
    if b"purl.oclc.org/ooxml" in data:
        data = _STRICT.sub(_transitional, data)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise PackageRefused(NoteCode.DAMAGED, name, "xml") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise PackageRefused(NoteCode.DAMAGED, name, "dtd")
    return root


def part_named(folder: str, target: str) -> str:
    """The part a relationship's ``target`` means, for a source that lies in ``folder``."""
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _declares_type(data: bytes) -> bool:
    # One character is found far faster than a word, and markup seldom holds this one.
    if b"!" not in data:
        return False
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        return True
    if b"\0" not in data[:64]:
        return False
    return any("<!DOCTYPE".encode(codec) in data for codec in ("utf-16-le", "utf-16-be"))


def _transitional(match: re.Match[bytes]) -> bytes:
    name = match.group(1)
    if name.startswith(_STRICT_RELATIONSHIPS):
        rest = name.removeprefix(_STRICT_RELATIONSHIPS)
        return b"http://schemas.openxmlformats.org/officeDocument/2006/relationships" + rest
    return _STRICT_NAMES.get(name, match.group(0))
