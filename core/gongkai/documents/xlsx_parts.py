"""The parts of a workbook around its sheets: relationships, comments, drawings, the rest."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from lxml.etree import _Element

from gongkai.documents.package import Package, part_named
from gongkai.documents.xlsx_names import (
    DRAWING_PARAGRAPH,
    DRAWING_TEXT,
    SI,
    THREADED_COMMENT,
    THREADED_TEXT,
    T,
    m,
)
from gongkai.documents.xlsx_sheet import Rich, rich_text
from gongkai.model.content import Block, Flag, Part

MOST_TEXTS = 20_000


def relationships(package: Package, part: str) -> dict[str, tuple[str, str, bool]]:
    """Relationship id -> (kind, target, whether it lies outside) of a part."""
    folder, name = posixpath.split(part)
    source = posixpath.join(folder, "_rels", f"{name}.rels")
    if source not in package:
        return {}
    found: dict[str, tuple[str, str, bool]] = {}
    for entry in package.xml(source):
        if not isinstance(entry.tag, str):
            continue
        target = entry.get("Target", "")
        outside = entry.get("TargetMode") == "External"
        if not outside:
            target = part_named(folder, unquote(target))
        kind = entry.get("Type", "").rpartition("/")[2]
        found[entry.get("Id", "")] = (kind, target, outside)
    return found


def shared_strings(root: _Element) -> list[Rich]:
    """The strings cells point to."""
    return [rich_text(entry) for entry in root.iterchildren(SI)]


def notes_of(root: _Element) -> Iterator[tuple[str, str]]:
    """Reference and text of each note; stand-ins for threaded comments are left out."""
    authors = [author.text or "" for author in root.iterfind(f"{m('authors')}/{m('author')}")]
    for entry in root.iterfind(f"{m('commentList')}/{m('comment')}"):
        number = entry.get("authorId", "")
        author = authors[int(number)] if number.isdigit() and int(number) < len(authors) else ""
        text = "".join(t.text or "" for t in entry.iter(T)).strip()
        if text and not author.startswith("tc="):
            yield entry.get("ref", ""), text


def threads_of(root: _Element) -> Iterator[tuple[str, str]]:
    """Reference and text of each threaded comment and reply."""
    for entry in root.iter(THREADED_COMMENT):
        text = entry.findtext(THREADED_TEXT, "").strip()
        if text:
            yield entry.get("ref", ""), text


def drawing_blocks(root: _Element, sheet: str, flags: frozenset[Flag]) -> Iterator[Block]:
    """Text in shapes, and what descriptions of pictures say."""
    for number, paragraph in enumerate(root.iter(DRAWING_PARAGRAPH), start=1):
        text = "".join(t.text or "" for t in paragraph.iter(DRAWING_TEXT))
        if text.strip():
            yield Block(f"{sheet}!drawing/p{number}", Part.DRAWING, text, flags)
    number = 0
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag.endswith("}cNvPr"):
            for key in ("descr", "title"):
                text = element.get(key, "")
                if text.strip():
                    number += 1
                    yield Block(
                        f"{sheet}!drawing/description{number}",
                        Part.DRAWING,
                        text,
                        flags | {Flag.DESCRIPTION},
                    )


def property_values(package: Package) -> list[tuple[str, str]]:
    """The properties of the package: core.title, app.Manager, custom.公开属性."""
    found: list[tuple[str, str]] = []
    for part, prefix in (("docProps/core.xml", "core"), ("docProps/app.xml", "app")):
        if part in package:
            for element in package.xml(part):
                if not isinstance(element.tag, str):
                    continue
                name = element.tag.rpartition("}")[2]
                text = " ".join("".join(map(str, element.itertext())).split())
                if text and name not in ("HeadingPairs", "TitlesOfParts", *_NUMBERS):
                    found.append((f"{prefix}.{name}", text))
    if "docProps/custom.xml" in package:
        for element in package.xml("docProps/custom.xml"):
            text = (
                "".join(map(str, element.itertext())).strip()
                if isinstance(element.tag, str)
                else ""
            )
            if text:
                found.append((f"custom.{element.get('name', '')}", text))
    return found


_NUMBERS = ("TotalTime", "DocSecurity", "ScaleCrop", "LinksUpToDate", "SharedDoc", "AppVersion")


def shape_texts(root: _Element) -> Iterator[str]:
    """The text of old-style shapes; numbers beside it only say where they stand."""
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag.endswith("}textbox"):
            text = "".join(map(str, element.itertext())).strip()
            if text:
                yield text
        elif isinstance(element.tag, str) and element.get("string", "").strip():
            yield element.get("string", "").strip()


def loose_texts(root: _Element) -> Iterator[str]:
    """The text and the telling attributes of a part nobody has a reader for."""
    for count, element in enumerate(root.iter()):
        if count > MOST_TEXTS:
            return
        if not isinstance(element.tag, str):
            continue
        for text in (element.text, element.tail):
            if text and text.strip():
                yield text.strip()
        for key, value in element.attrib.items():
            name = str(key).rpartition("}")[2]
            if name in _TELLING and _says_something(str(value)):
                yield str(value)


_TELLING = frozenset(
    {"v", "name", "displayName", "caption", "string", "descr", "title", "alt", "val", "sourceFile"}
    | {"connection", "command", "description", "displayText", "u", "uniqueName"}
)


def _says_something(value: str) -> bool:
    return any(c > "\x7f" for c in value) or sum(c.isdigit() for c in value) >= 6
