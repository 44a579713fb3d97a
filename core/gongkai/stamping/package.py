"""Rewriting a few parts of a DOCX package: the rest keeps its bytes and its order."""

from __future__ import annotations

import io
import struct
import zipfile

from lxml import etree

from gongkai.documents.limits import DEFAULT_LIMITS
from gongkai.documents.package import open_package, parse_xml, part_named

CONTENT_TYPES = "[Content_Types].xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_DATE = (1980, 1, 1, 0, 0, 0)
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ZIP64 = 1


class Parts:
    """The parts of a package with pending changes; setting the same bytes changes nothing.

    Raises ``PackageRefused`` when any part is damaged or too large.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        package = open_package(data, DEFAULT_LIMITS)
        self.doubtful = bool(package.notes)
        self._old = {name: package.read(name) for name in package.names}
        self._new: dict[str, bytes] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._old or name in self._new

    def names(self) -> list[str]:
        """All part names."""
        return [*self._old, *(name for name in self._new if name not in self._old)]

    def read(self, name: str) -> bytes:
        """A part's bytes as they will be written."""
        return self._new[name] if name in self._new else self._old[name]

    def xml(self, name: str) -> etree._Element:
        """The root of a part."""
        return parse_xml(self.read(name), name)

    def write(self, name: str, root: etree._Element) -> None:
        """Set a part's XML; XML that says the same is left as it stands."""
        if name in self and canonical(self.xml(name)) == canonical(root):
            return
        tree = root.getroottree()
        written = etree.tostring(tree, xml_declaration=True, encoding="UTF-8")
        self._new[name] = _DECLARATION + written.partition(b"?>\n")[2]

    @property
    def changed(self) -> tuple[str, ...]:
        """Names of parts that differ from the file."""
        return tuple(sorted(self._new))

    def target(self, source: str, kind: str) -> str:
        """The part a .rels file's first relationship of a kind leads to, "" for none."""
        if source not in self:
            return ""
        for entry in self.xml(source):
            external = entry.get("TargetMode") == "External"
            if entry.get("Type") == f"{RELATION}/{kind}" and not external:
                return _resolved(source, entry.get("Target", ""))
        return ""

    def declare(self, name: str, content_type: str) -> None:
        """Say in [Content_Types].xml what a part is."""
        root = self.xml(CONTENT_TYPES)
        known = {(entry.get("PartName") or "").lower() for entry in root.iter(f"{_TYPES}Override")}
        if f"/{name}".lower() not in known:
            etree.SubElement(
                root, f"{_TYPES}Override", PartName=f"/{name}", ContentType=content_type
            )
            self.write(CONTENT_TYPES, root)

    def relate(self, source: str, kind: str, target: str) -> None:
        """Relate a part (a .rels file's name) to a target, once."""
        if source in self:
            root = self.xml(source)
        else:
            names: dict[str | None, str] = {None: _RELATIONS}
            root = etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap=names)  # type: ignore[arg-type]
        wanted = _resolved(source, target)
        if any(
            entry.get("Type") == f"{RELATION}/{kind}"
            and _resolved(source, entry.get("Target", "")) == wanted
            for entry in root
        ):
            return
        taken = {entry.get("Id") for entry in root}
        free = next(f"rIdGongkai{n}" for n in range(1, 1000) if f"rIdGongkai{n}" not in taken)
        etree.SubElement(
            root,
            f"{{{_RELATIONS}}}Relationship",
            Id=free,
            Type=f"{RELATION}/{kind}",
            Target=target,
        )
        self.write(source, root)

    def to_bytes(self) -> bytes:
        """The package; the very same bytes when nothing changed."""
        if not self._new:
            return self._data
        target = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(self._data)) as old,
            zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            for entry in old.infolist():
                data = self._new.get(entry.filename, self._old.get(entry.filename, b""))
                entry.extra = _without_zip64(entry.extra)
                archive.writestr(entry, data, compress_type=entry.compress_type)
            for name in self._new:
                if name not in self._old:
                    info = zipfile.ZipInfo(name, _DATE)
                    archive.writestr(info, self._new[name], compress_type=zipfile.ZIP_DEFLATED)
            archive.comment = old.comment
        return target.getvalue()


def canonical(root: etree._Element) -> bytes:
    """What XML says, however it is written."""
    return bytes(etree.tostring(root, method="c14n"))


def _resolved(source: str, target: str) -> str:
    return part_named(source.rpartition("_rels/")[0], target)


def _without_zip64(extra: bytes) -> bytes:
    """A zip entry's extra fields without the sizes of the old file."""
    kept = b""
    while len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        field, extra = extra[: 4 + size], extra[4 + size :]
        kept += b"" if kind == _ZIP64 else field
    return kept
