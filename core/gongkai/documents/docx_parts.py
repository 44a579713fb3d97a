"""The parts of a DOCX package and how they lead to one another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml.etree import _Element

from gongkai.documents import docx_names as n
from gongkai.documents.docx_names import OFF, TYPE, VAL, w
from gongkai.documents.package import Package, PackageRefused, parse_xml, part_named
from gongkai.model.content import NoteCode

_USUAL_MAIN = "word/document.xml"
_ROOT_RELATIONSHIPS = "_rels/.rels"
SIGNATURES = "_xmlsignatures/"
_WORDLESS = ("stylesWithEffects.xml", "fontTable.xml", "webSettings.xml")


@dataclass(frozen=True, slots=True)
class Relationship:
    """One line of a ``.rels`` part. ``kind`` is the last word of its type; ``target`` is a
    part's name, or an address when ``external``.
    """

    source: str
    id: str
    kind: str
    target: str
    external: bool


@dataclass(frozen=True, slots=True)
class Parts:
    """All bytes of a package, its XML parsed, its relationships read.

    Reading every part is what proves that none of them is damaged. Parts that only style and
    hold no text have no root.
    """

    data: dict[str, bytes]
    roots: dict[str, _Element]
    relationships: tuple[Relationship, ...]
    main: str

    def related(self, source: str, *kinds: str) -> Iterator[Relationship]:
        """The internal relationships of one part with one of these kinds."""
        for each in self.relationships:
            if each.source == source and each.kind in kinds and not each.external:
                yield each

    def first(self, kind: str, usual: str) -> _Element | None:
        """The root of the main part's only part of a kind, found by relationship or name."""
        names = [each.target for each in self.related(self.main, kind)]
        return next((self.roots[name] for name in [*names, usual] if name in self.roots), None)


def load(package: Package) -> Parts:
    """Everything in a package; raises ``PackageRefused`` when a part cannot be read."""
    data = {name: package.read(name) for name in package.names}
    relationships: list[Relationship] = []
    roots: dict[str, _Element] = {}
    for name, content in data.items():
        if name.endswith(".rels"):
            relationships += _relationships(name, parse_xml(content, name))
        elif name.endswith(".xml") and name != "[Content_Types].xml":
            if not name.startswith(SIGNATURES) and not _is_wordless(name, content):
                roots[name] = parse_xml(content, name)
        elif name == "[Content_Types].xml":
            parse_xml(content, name)
    main = next((r.target for r in relationships if r.kind == "officeDocument"), _USUAL_MAIN)
    main = main if main in roots else _USUAL_MAIN
    if main not in roots or roots[main].find(n.BODY) is None:
        raise PackageRefused(NoteCode.DAMAGED, main, "missing")
    return Parts(data, roots, tuple(relationships), main)


def may_hold_text(xml: bytes) -> bool:
    """Whether anything but elements may stand in an XML part; false is certain."""
    if b"!" in xml and b"<!" in xml:
        return True
    # Counting is far faster than matching: without white space, every ">" but the last one
    # stands before a "<" when there is no text.
    packed = xml.translate(None, b" \t\r\n")
    return packed.count(b">") != packed.count(b"><") + 1 or not packed.endswith(b">")


def page_size(main: _Element) -> tuple[int, int]:
    """Width and height of the first section's page in twentieths of a point, A4 by default."""
    size = next(main.iter(w("pgSz")), None)
    try:
        return (
            (11_906, 16_838)
            if size is None
            else (int(size.get(w("w"), "11906")), int(size.get(w("h"), "16838")))
        )
    except ValueError:
        return 11_906, 16_838


def printed_headers(parts: Parts, settings: _Element | None) -> frozenset[str]:
    """The header and footer parts that are printed: not those that are switched off.

    A first-page header prints where its section asks for a different first page, an even one
    where the document asks for different even pages; a section inherits what it does not set.
    """
    even = settings is not None and _is_on(settings.find(w("evenAndOddHeaders")))
    targets = {r.id: r.target for r in parts.related(parts.main, "header", "footer")}
    current: dict[tuple[str, str], str] = {}
    printed: set[str] = set()
    for section in parts.roots[parts.main].iter(n.SECTPR):
        for child in section:
            if child.tag in (w("headerReference"), w("footerReference")):
                key = (child.tag, child.get(TYPE, "default"))
                current[key] = targets.get(child.get(n.R_ID, ""), "")
        first = _is_on(section.find(w("titlePg")))
        shown = {"default": True, "first": first, "even": even}
        printed |= {target for (_, kind), target in current.items() if shown.get(kind, True)}
    return frozenset(printed)


def own_item_ids(parts: Parts, own: Iterable[str]) -> frozenset[str]:
    """The store ids of the customXml items named ``own``."""
    ids: set[str] = set()
    for name in own:
        for each in parts.related(name, "customXmlProps"):
            root = parts.roots.get(each.target)
            values = () if root is None else root.attrib.items()
            ids |= {str(v).upper() for key, v in values if str(key).endswith("itemID")}
    return frozenset(ids)


def _relationships(name: str, root: _Element) -> Iterator[Relationship]:
    folder, _, own = name.rpartition("_rels/")
    source = "" if name == _ROOT_RELATIONSHIPS else folder + own.removesuffix(".rels")
    for line in root:
        if not isinstance(line.tag, str):
            continue
        kind = line.get("Type", "").rsplit("/", 1)[-1]
        external = line.get("TargetMode") == "External"
        target = line.get("Target", "")
        if not external:
            target = part_named(folder, target)
        yield Relationship(source, line.get("Id", ""), kind, target, external)


def _is_wordless(name: str, content: bytes) -> bool:
    # Most of a small document is styling no reader needs; unless somebody hid text in it.
    styling = name.endswith(_WORDLESS) or "/theme/" in name
    return styling and not may_hold_text(content)


def _is_on(toggle: _Element | None) -> bool:
    return toggle is not None and toggle.get(VAL) not in OFF
