"""Walks one story of a DOCX (body, header, note, comment …) and says what each place shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml.etree import _Element

from gongkai.documents import docx_names as n
from gongkai.documents.docx_graphics import (
    Graphics,
    differing_fallbacks,
    scan,
    scan_alternate,
    symbol,
)
from gongkai.documents.docx_layout import Surroundings, lay_out, own_flags
from gongkai.documents.docx_names import VAL, w
from gongkai.documents.docx_pieces import Piece, paragraph_blocks
from gongkai.documents.docx_styles import Look, ParagraphLook, Styles
from gongkai.documents.numbering import Numbering
from gongkai.model.content import (
    Block,
    Flag,
    Note,
    NoteCode,
    NoteScope,
    Part,
)

_CHANGES = {
    n.INS: frozenset({Flag.INSERTED}),
    n.MOVE_TO: frozenset({Flag.INSERTED}),
    n.DEL: frozenset({Flag.DELETED}),
    n.MOVE_FROM: frozenset({Flag.DELETED}),
}
_DELETED, _FIELD = frozenset({Flag.DELETED}), frozenset({Flag.FIELD_CODE})
_FALLBACK = frozenset({Flag.FALLBACK})
_DESCRIPTION, _HIDDEN = frozenset({Flag.DESCRIPTION}), frozenset({Flag.HIDDEN})
_BREAKS = {n.TAB: "\t", n.PTAB: "\t", n.BR: "\n", n.CR: "\n", n.NO_BREAK_HYPHEN: "-"}
_SILENT = frozenset(
    [
        *map(w, ("pPr", "rPr", "sectPr", "proofErr", "bookmarkEnd", "lastRenderedPageBreak")),
        *map(w, ("commentRangeStart", "commentRangeEnd", "commentReference", "sdtEndPr")),
        *map(w, ("permStart", "permEnd", "annotationRef", "footnoteRef", "endnoteRef")),
    ]
)
_GRAPHICS = frozenset({n.DRAWING, n.PICT, n.OBJECT})
_SYMBOL_FONTS = ("wingdings", "webdings", "symbol", "marlett")
_CHECK_BOXES = {0x6F: "□", 0xA8: "□", 0xA3: "□", 0x52: "☑", 0xFE: "☑", 0x54: "☒", 0xFD: "☒"}
_PRIVATE = 0xF000
_FORM_WORDS = tuple(map(w, ("listEntry", "default", "helpText", "statusText")))
_TOOLTIP, _DISPLAY_TEXT, _LIST_ITEM = w("tooltip"), w("displayText"), w("listItem")
_FIELD_INSTR = w("instr")


@dataclass(slots=True)
class Finds:
    """What walking collects besides blocks, for the whole document."""

    notes: dict[Note, None] = field(default_factory=dict)
    bookmarks: dict[str, None] = field(default_factory=dict)
    note_references: set[tuple[str, str]] = field(default_factory=set)


class Walker:
    """Walks stories one after another; ``blocks`` grows in reading order."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.blocks: list[Block] = []
        self.finds = Finds()
        self._styles = styles
        self._numbering = numbering
        self._fields: list[bool] = []
        self._in_code = False
        self._trust_fields = True
        self._pieces: list[Piece] = []
        self._asides: dict[str, tuple[list[str], frozenset[Flag]]] = {}
        self._graphics: Graphics | None = None
        self._paragraph: ParagraphLook
        self._look: Look
        self._runs = 0
        self._own_items: frozenset[str] = frozenset()

    def story(self, root: _Element, place: str, around: Surroundings) -> None:
        """Walk a story; the places of its blocks begin with ``place``."""
        marks = [mark.get(n.FLD_CHAR_TYPE) for mark in root.iter(n.FLD_CHAR)]
        # Fields may run over many paragraphs; where they do not close, nothing is a code.
        self._trust_fields = marks.count("begin") == marks.count("end")
        self._fields, self._in_code = [], False
        self._own_items = around.own_items
        self._contents(root, place, around)

    def _contents(self, root: _Element, place: str, around: Surroundings) -> None:
        controls: list[tuple[_Element, frozenset[Flag]]] = []
        last = place
        for element, last, inner in lay_out(root, place, around, self._styles):
            tag = element.tag
            if tag == n.P:
                self._walk_paragraph(element, last, inner, controls)
                controls = []
            elif tag == n.SDT_PR:
                controls.append((element, inner.flags))
            elif tag == n.BOOKMARK_START:
                self._bookmark(element)
        if controls:
            self._asides = {}
            for properties, flags in controls:
                self._control(properties, flags)
            self._emit_asides(f"{last}/end", around)

    def _walk_paragraph(
        self,
        p: _Element,
        place: str,
        around: Surroundings,
        controls: Sequence[tuple[_Element, frozenset[Flag]]],
    ) -> None:
        values = self._styles.paragraph(p.find(n.PPR))
        self._paragraph = self._styles.look_of(values, around.fill)
        self._pieces, self._asides, self._graphics, self._runs = [], {}, None, 0
        self._look = self._styles.run(None, self._paragraph)
        base = around.flags | {Flag.OFF_PAGE} if values.off_page else around.flags
        for properties, flags in controls:
            self._control(properties, flags)
        self._inline(p, base)
        pieces, graphics = self._pieces, self._graphics
        number = ""
        if values.num_id is not None and values.num_id != "0" and not _all_deleted(pieces):
            level = values.ilvl
            if level is None:
                level = self._numbering.level_of_style(values.num_id, values.style or "")
            number = self._numbering.number(values.num_id, level)
        if pieces or number:
            self.blocks += paragraph_blocks(
                place, pieces, around, base, number, bool(values.centred)
            )
        if self._asides:
            self._emit_asides(place, around)
        if graphics is not None:
            self._emit_graphics(graphics, place, around)

    def _inline(self, element: _Element, flags: frozenset[Flag]) -> None:
        for child in element:
            tag = child.tag
            if tag == n.R:
                self._runs += 1
                self._run(child, flags, self._runs)
            elif tag in _SILENT or not isinstance(tag, str):
                continue
            elif tag in _CHANGES:
                self._inline(child, flags | _CHANGES[tag])
            elif tag == n.SDT:
                self._inline(child, flags | own_flags(child, self._own_items))
            elif tag == n.SDT_PR:
                self._control(child, flags)
            elif tag == n.FLD_SIMPLE:
                self._add(child.get(_FIELD_INSTR), flags | _FIELD, 0)
                self._inline(child, flags)
            elif tag == n.MATH_TEXT:
                self._add(child.text, flags, 0)
            elif tag == n.BOOKMARK_START:
                self._bookmark(child)
            elif tag == n.ALTERNATE:
                self._alternate(child, flags, 0)
            elif tag in _GRAPHICS:
                self._graphic(child, flags)
            else:
                if tooltip := child.get(_TOOLTIP):
                    self._aside("description", tooltip, flags | _DESCRIPTION)
                self._inline(child, flags)

    def _run(self, r: _Element, flags: frozenset[Flag], index: int) -> None:
        outer = self._look
        for child in r:
            tag = child.tag
            if tag == n.T:
                if child.text:
                    self._add(child.text, flags, index)
            elif tag == n.RPR:
                self._look = self._styles.run(child, self._paragraph)
            elif tag in _BREAKS:
                self._add(_BREAKS[tag], flags, index)
            elif tag == n.FLD_CHAR:
                self._field_mark(child, flags)
            elif tag in (n.INSTR, n.DEL_INSTR):
                self._add(child.text, flags | _FIELD, index)
            elif tag == n.DEL_TEXT:
                self._add(child.text, flags | _DELETED, index)
            elif tag in _GRAPHICS:
                self._graphic(child, flags)
            elif tag == n.ALTERNATE:
                self._alternate(child, flags, index)
            else:
                self._rare(child, flags, index)
        self._look = outer

    def _rare(self, child: _Element, flags: frozenset[Flag], index: int) -> None:
        tag = child.tag
        if tag in _SILENT or not isinstance(tag, str):
            return
        if tag == n.SYM:
            self._add(_symbol(child), flags, index)
        elif tag == n.SYM_EX:
            self._add(symbol(child.get(n.SYM_EX_CHAR)), flags, index)
        elif tag == n.RUBY:
            self._ruby(child, flags)
        elif tag in (n.FOOTNOTE_REFERENCE, n.ENDNOTE_REFERENCE):
            kind = "footnote" if tag == n.FOOTNOTE_REFERENCE else "endnote"
            self.finds.note_references.add((kind, child.get(n.ID, "")))
        else:
            self._inline(child, flags)

    def _add(self, text: str | None, flags: frozenset[Flag], run: int) -> None:
        if not text:
            return
        look, size = self._look
        if look:
            flags = flags | look
        if self._in_code:
            flags = flags | _FIELD
        self._pieces.append(Piece(text, flags, run, size))

    def _ruby(self, ruby: _Element, flags: frozenset[Flag]) -> None:
        # The reading stands above its base: a text of its own, so that the base stays whole.
        for child in ruby:
            if child.tag == n.RT:
                words, self._pieces = self._pieces, []
                self._inline(child, flags)
                above, self._pieces = self._pieces, words
                for piece in above:
                    self._aside("ruby", piece.text, piece.flags)
            elif child.tag == n.RUBY_BASE:
                self._inline(child, flags)

    def _field_mark(self, mark: _Element, flags: frozenset[Flag]) -> None:
        for entry in mark.iter(*_FORM_WORDS):
            self._aside("control", entry.get(VAL, ""), flags | _DESCRIPTION)
        if not self._trust_fields:
            return
        kind = mark.get(n.FLD_CHAR_TYPE)
        if kind == "begin":
            self._fields.append(True)
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()
        self._in_code = any(self._fields)

    def _alternate(self, element: _Element, flags: frozenset[Flag], run: int) -> None:
        if any(child.tag in _GRAPHICS for branch in element for child in branch):
            scan_alternate(element, self._drawn(), self._shape_flags(flags), self._styles.page)
            return
        differing = differing_fallbacks(element)
        for branch in element:
            if branch.tag == n.CHOICE and branch not in differing:
                self._run(branch, flags, run) if run else self._inline(branch, flags)
            elif branch in differing:
                more = flags | _FALLBACK
                self._run(branch, more, run) if run else self._inline(branch, more)

    def _graphic(self, element: _Element, flags: frozenset[Flag]) -> None:
        scan(element, self._drawn(), self._shape_flags(flags), self._styles.page)

    def _drawn(self) -> Graphics:
        if self._graphics is None:
            self._graphics = Graphics()
        return self._graphics

    def _shape_flags(self, flags: frozenset[Flag]) -> frozenset[Flag]:
        return flags | (self._look.flags & _HIDDEN)

    def _control(self, properties: _Element, flags: frozenset[Flag]) -> None:
        more = flags | _DESCRIPTION
        parent = properties.getparent()
        if parent is not None:
            more = more | own_flags(parent, self._own_items)
        for child in properties.iter():
            tag = child.tag
            if tag == _LIST_ITEM:
                for name in (_DISPLAY_TEXT, w("value")):
                    self._aside("control", child.get(name, ""), more)
            elif tag in (w("alias"), w("tag")):
                self._aside("control", child.get(VAL, ""), more)

    def _bookmark(self, mark: _Element) -> None:
        name = mark.get(w("name"), "")
        if name and not name.startswith("_"):
            self.finds.bookmarks.setdefault(name)

    def _aside(self, suffix: str, text: str, flags: frozenset[Flag]) -> None:
        if text.strip():
            texts, held = self._asides.setdefault(suffix, ([], flags))
            if text not in texts:
                texts.append(text)
            if held != flags:
                self._asides[suffix] = (texts, held | flags)

    def _emit_asides(self, place: str, around: Surroundings) -> None:
        for suffix, (texts, flags) in self._asides.items():
            text = "\n".join(texts)
            self.blocks.append(Block(f"{place}~{suffix}", around.part, text, flags, around.cell))

    def _emit_graphics(self, graphics: Graphics, place: str, around: Surroundings) -> None:
        for suffix, found in (("wordart", graphics.art), ("drawing", graphics.texts)):
            groups: dict[frozenset[Flag], list[str]] = {}
            for text, flags in found:
                if text.strip():
                    groups.setdefault(flags, []).append(text)
            for flags, texts in groups.items():
                own = "~".join([suffix, *sorted(flags - around.flags)])
                block = Block(f"{place}~{own}", Part.DRAWING, "\n".join(texts), flags)
                self.blocks.append(block)
        if graphics.descriptions:
            text, flags = "\n".join(graphics.descriptions), around.flags | _DESCRIPTION
            self.blocks.append(Block(f"{place}~alternative", around.part, text, flags))
        if graphics.pictures:
            self.finds.notes.setdefault(
                Note(NoteCode.IMAGE, NoteScope.PART, place, str(graphics.pictures))
            )
        part = around.part if around.part in _KEPT_PARTS else Part.TEXTBOX
        for number, box in enumerate(graphics.boxes, 1):
            inner = Surroundings(part, box.flags, box.fill, None, around.own_items)
            self._contents(box.content, f"{place}/box{number}", inner)


_KEPT_PARTS = frozenset({Part.COMMENT, Part.OTHER, Part.EMBEDDED})


def _all_deleted(pieces: list[Piece]) -> bool:
    return bool(pieces) and all(Flag.DELETED in piece.flags for piece in pieces)


def _symbol(sym: _Element) -> str:
    character = symbol(sym.get(n.SYM_CHAR))
    code = ord(character) if character else 0
    if sym.get(n.SYM_FONT, "").lower().startswith(_SYMBOL_FONTS):
        return _CHECK_BOXES.get(code & 0xFF, character)
    return chr(code & 0xFF) if _PRIVATE <= code < _PRIVATE + 0x100 else character
