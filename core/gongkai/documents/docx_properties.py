"""What a DOCX says about itself: properties, variables, authors, links."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator

from lxml import etree
from lxml.etree import _Element

from gongkai.documents import docx_names as n
from gongkai.documents.docx_names import VAL, w
from gongkai.documents.docx_parts import Parts
from gongkai.model.content import Block, Part

_AUTHORS = etree.XPath(
    "//@w:author | //@w:initials | //@w15:author",
    namespaces={"w": n.WORD, "w15": "http://schemas.microsoft.com/office/word/2012/wordml"},
)
_KINDS = {"core-properties": "core", "extended-properties": "app", "custom-properties": "custom"}
_MAIL_MERGE_WORDS = frozenset(map(w, ("connectString", "query", "mailSubject", "addressFieldName")))


def properties(parts: Parts) -> tuple[tuple[str, str], ...]:
    """The document's properties, named "core.title", "app.Manager", "custom.公开属性"."""
    found: dict[str, list[str]] = {}
    for name in _property_parts(parts):
        root, kind = parts.roots[name], _kind(parts, name)
        for entry in root:
            if not isinstance(entry.tag, str):
                continue
            own = entry.get("name", "") if kind == "custom" else etree.QName(entry).localname
            for text in entry.itertext():
                if str(text).strip():
                    found.setdefault(f"{kind}.{own}", []).append(str(text).strip())
    return tuple((name, "; ".join(values)) for name, values in found.items())


def property_blocks(parts: Parts, found: Iterable[tuple[str, str]]) -> Iterator[Block]:
    """Properties as blocks, and the thumbnail, which is a picture of the first page."""
    for name, value in found:
        yield Block(f"property/{name}", Part.PROPERTY, value)
    thumbnails = sorted({r.target for r in parts.relationships if r.kind == "thumbnail"})
    for name in thumbnails:
        yield Block("property/thumbnail", Part.PROPERTY, name)


def is_property_part(parts: Parts, name: str) -> bool:
    """Whether a part holds core, extended or custom properties."""
    return name in _property_parts(parts)


def setting_blocks(settings: _Element | None) -> Iterator[Block]:
    """Document variables and the words of a mail merge."""
    if settings is None:
        return
    for variable in settings.iter(w("docVar")):
        if value := variable.get(VAL, ""):
            yield Block(f"setting/docVar.{variable.get(w('name'), '')}", Part.SETTING, value)
    for merge in settings.iter(w("mailMerge")):
        for number, entry in enumerate(merge.iter(*_MAIL_MERGE_WORDS), 1):
            if value := entry.get(VAL, ""):
                yield Block(f"setting/mailMerge.{number}", Part.SETTING, value)


def link_blocks(parts: Parts) -> Iterator[Block]:
    """Targets outside the file: web and mail addresses, templates, paths on a share."""
    for each in parts.relationships:
        if each.external and each.target:
            stem = posixpath.splitext(posixpath.basename(each.source))[0]
            room = "" if each.source == parts.main else f"{stem or 'package'}/"
            yield Block(f"link/{room}{each.id}", Part.LINK, each.target)


def author_blocks(parts: Parts) -> Iterator[Block]:
    """Everybody named as the author of a change or comment, once each."""
    named: dict[str, None] = {}
    for name, root in parts.roots.items():
        if not name.endswith("styles.xml") and b"author=" in parts.data[name]:
            found = _AUTHORS(root)
            texts = found if isinstance(found, list) else []
            named.update((str(each), None) for each in texts if str(each).strip())
    yield from _numbered("author", named)


def bookmark_blocks(names: Iterable[str]) -> Iterator[Block]:
    """Names of bookmarks, once each."""
    yield from _numbered("bookmark", names)


def _numbered(kind: str, texts: Iterable[str]) -> Iterator[Block]:
    for number, text in enumerate(texts, 1):
        yield Block(f"property/{kind}.{number}", Part.PROPERTY, text)


def _property_parts(parts: Parts) -> list[str]:
    related = [r.target for r in parts.relationships if r.source == "" and r.kind in _KINDS]
    usual = [f"docProps/{kind}.xml" for kind in ("core", "app", "custom")]
    return [name for name in dict.fromkeys([*related, *usual]) if name in parts.roots]


def _kind(parts: Parts, name: str) -> str:
    kinds = (_KINDS.get(r.kind) for r in parts.relationships if r.target == name)
    return next((k for k in kinds if k), posixpath.splitext(posixpath.basename(name))[0])
