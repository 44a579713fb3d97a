"""Reads a DOCX whole: every story, every hiding place, every part that cannot be read named."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence

from lxml.etree import _Element

from gongkai.documents import docx_names as n
from gongkai.documents.docx_carried import carried, comment_blocks, loose_blocks, stray_blocks
from gongkai.documents.docx_layout import Surroundings
from gongkai.documents.docx_names import w
from gongkai.documents.docx_parts import (
    SIGNATURES,
    Parts,
    load,
    own_item_ids,
    page_size,
    printed_headers,
)
from gongkai.documents.docx_properties import (
    author_blocks,
    bookmark_blocks,
    is_property_part,
    link_blocks,
    properties,
    property_blocks,
    setting_blocks,
)
from gongkai.documents.docx_styles import Styles
from gongkai.documents.docx_walk import Walker
from gongkai.documents.limits import DEFAULT_LIMITS, Limits
from gongkai.documents.numbering import Numbering
from gongkai.documents.package import Package, PackageRefused, open_package
from gongkai.model.content import Block, Content, Flag, Format, Note, NoteCode, NoteScope, Part

_UNPRINTED = frozenset({Flag.UNPRINTED})
_MARGINS = {w("hdr"): ("header", Part.HEADER), w("ftr"): ("footer", Part.FOOTER)}
_NOTES = {
    w("footnotes"): ("footnote", Part.FOOTNOTE),
    w("endnotes"): ("endnote", Part.ENDNOTE),
    w("comments"): ("comment", Part.COMMENT),
}
_REVISIONS = (n.INS, n.DEL, n.MOVE_FROM, n.MOVE_TO, w("cellIns"), w("cellDel"), w("cellMerge"))
_NUMBER = re.compile(r"(\d+)\.xml$")
_ABOUT = frozenset({Part.PROPERTY, Part.SETTING, Part.LINK})
_AROUND = frozenset({Part.HEADER, Part.FOOTER})


def read_docx(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Content:
    """Everything readable in a DOCX, in reading order; never raises for a bad one.

    A package that is damaged anywhere, locked or too large yields one note of scope WHOLE
    and no blocks: half a document is not a checked document.
    """
    digest = hashlib.sha256(data).hexdigest()
    try:
        package = open_package(data, limits)
        return _Reading(load(package), package, limits).content(digest)
    except PackageRefused as refused:
        return Content(digest, Format.DOCX, notes=(refused.note,))
    except RecursionError:
        note = Note(NoteCode.DAMAGED, NoteScope.WHOLE, detail="depth")
        return Content(digest, Format.DOCX, notes=(note,))


class _Reading:
    def __init__(self, parts: Parts, package: Package, limits: Limits) -> None:
        main = parts.roots[parts.main]
        own = [name for name, root in parts.roots.items() if n.OWN_NAMESPACE in str(root.tag)]
        self._parts, self._package, self._limits = parts, package, limits
        self._settings = parts.first("settings", "word/settings.xml")
        self._styles = Styles(parts.first("styles", "word/styles.xml"), page_size(main))
        numbering = parts.first("numbering", "word/numbering.xml")
        self._walker = Walker(self._styles, Numbering(numbering, self._styles.number_styles))
        self._own_items = own_item_ids(parts, own)
        self._walked: set[str] = set()
        self._revisions = 0
        self._comments = 0

    def content(self, digest: str) -> Content:
        parts, walker = self._parts, self._walker
        body = parts.roots[parts.main].find(n.BODY)
        assert body is not None  # load() has looked
        self._story(parts.main, body, "body", Part.BODY)
        self._margins()
        self._side_stories()
        blocks = walker.blocks
        about = properties(parts)
        blocks += property_blocks(parts, about)
        blocks += author_blocks(parts)
        blocks += bookmark_blocks(walker.finds.bookmarks)
        blocks += setting_blocks(self._settings)
        blocks += link_blocks(parts)
        notes = [*self._package.notes, *walker.finds.notes]
        for found in carried(parts, self._package, self._limits):
            if isinstance(found, Block):
                blocks.append(found)
            else:
                notes.append(found)
        for name in parts.roots:
            if name in self._walked:
                blocks += stray_blocks(parts, name)
            elif not is_property_part(parts, name):
                blocks += loose_blocks(parts, name)
            blocks += comment_blocks(parts, name)
        if comment := self._package.comment:
            blocks.append(Block("zip/comment", Part.OTHER, comment.decode("utf-8", "replace")))
        notes += _blank(blocks, notes)
        return Content(
            digest,
            Format.DOCX,
            tuple(blocks),
            tuple(notes),
            revisions=self._revisions,
            comments=self._comments,
            signed=any(name.startswith(SIGNATURES) for name in parts.data),
            properties=about,
        )

    def _story(
        self,
        name: str,
        root: _Element,
        place: str,
        part: Part,
        flags: frozenset[Flag] = frozenset(),
    ) -> None:
        self._walked.add(name)
        self._revisions += sum(1 for _ in root.iter(*_REVISIONS))
        around = Surroundings(part, flags, own_items=self._own_items)
        self._walker.story(root, place, around)

    def _margins(self) -> None:
        printed = printed_headers(self._parts, self._settings)
        taken: set[str] = set()
        margins = [
            (kind, name)
            for name, root in self._parts.roots.items()
            if (kind := _MARGINS.get(str(root.tag))) and not name.startswith("word/glossary/")
        ]
        for kind, name in sorted(
            margins, key=lambda pair: (pair[0][1] is Part.FOOTER, _natural(pair[1]))
        ):
            place = _numbered_place(kind[0], name, taken)
            flags = frozenset() if name in printed else _UNPRINTED
            self._story(name, self._parts.roots[name], place, kind[1], flags)

    def _side_stories(self) -> None:
        references = self._walker.finds.note_references
        for name, root in self._parts.roots.items():
            kind = _NOTES.get(str(root.tag))
            if kind is None or name.startswith("word/glossary/"):
                continue
            for entry in root:
                if not isinstance(entry.tag, str):
                    continue
                number = entry.get(n.ID, "")
                commented = kind[1] is Part.COMMENT
                self._comments += commented
                special = entry.get(n.TYPE, "normal") != "normal"
                shown = commented or special or (kind[0], number) in references
                flags = frozenset() if shown else _UNPRINTED
                self._story(name, entry, f"{kind[0]}{number}", kind[1], flags)
            self._walked.add(name)


def _blank(blocks: Sequence[Block], notes: Sequence[Note]) -> Iterator[Note]:
    """The note on a file without words: pages pasted in as pictures, or nothing at all."""
    worded = {block.part for block in blocks if Flag.DESCRIPTION not in block.flags} - _ABOUT
    if not worded - _AROUND and any(note.code is NoteCode.IMAGE for note in notes):
        yield Note(NoteCode.NO_TEXT, NoteScope.WHOLE)
    elif not worded:
        yield Note(NoteCode.EMPTY, NoteScope.WHOLE)


def _numbered_place(kind: str, name: str, taken: set[str]) -> str:
    match = _NUMBER.search(name)
    number = int(match.group(1)) if match else 1
    while f"{kind}{number}" in taken:
        number += 1
    taken.add(f"{kind}{number}")
    return f"{kind}{number}"


def _natural(name: str) -> tuple[str, int]:
    match = _NUMBER.search(name)
    return (name[: match.start()], int(match.group(1))) if match else (name, 0)
