"""A DOCX's main text as the stamp sees it: its lines, the marks in it, the places for one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from gongkai.documents import issuing_words as words
from gongkai.documents.docx_names import (
    BODY,
    DEL,
    MOVE_FROM,
    PPR,
    RPR,
    SDT,
    SDT_CONTENT,
    TAB,
    TBL,
    TXBX_CONTENT,
    P,
    T,
    w,
)
from gongkai.documents.issuing import IssuingElement, Layout, Line, folded, layout
from gongkai.model.attribute import DisclosureAttribute
from gongkai.policy.profile import Profile, fold
from gongkai.stamping.control import bound_name, control_text, own_controls
from gongkai.stamping.mark import MarkPlace

_SKIPPED = frozenset({P, DEL, MOVE_FROM, PPR, RPR})
_MARK_AND_MORE = re.compile(r"[(\[【](?:此件|本件).{0,12}公开.*[)\]】][。.]?")
_PLACES = {"annotation": MarkPlace.ANNOTATION, "imprint": MarkPlace.IMPRINT}


@dataclass(frozen=True, eq=False)
class Visible:
    """A disclosure mark in the document: its paragraph, place, words and what they mean.

    ``attribute`` is None for words the profile does not know. ``mixed``: the paragraph says
    more than the mark. ``control`` is gongkai's own control in it.
    """

    paragraph: etree._Element
    place: MarkPlace
    words: str
    attribute: DisclosureAttribute | None
    mixed: bool = False
    control: etree._Element | None = None

    @property
    def blank(self) -> bool:
        """A field of the imprint that waits for its value."""
        return not self.words and self.control is None


class Paper:
    """The main document part; ``profile`` says which words are marks."""

    def __init__(self, root: etree._Element, profile: Profile) -> None:
        self.root = root
        self._profile = profile

    @cached_property
    def paragraphs(self) -> list[etree._Element]:
        """The paragraphs of the body in order, tables included, text boxes left out."""
        body = self.root.find(BODY)
        if body is None:
            return []
        return [p for p in body.iter(P) if not _inside(p, TXBX_CONTENT)]

    @cached_property
    def lines(self) -> list[Line]:
        """What the paragraphs show, as ``issuing`` looks at lines."""
        tables: dict[etree._Element, str] = {}
        lines = []
        for paragraph in self.paragraphs:
            table = next(paragraph.iterancestors(TBL), None)
            name = "" if table is None else tables.setdefault(table, f"t{len(tables) + 1}")
            lines.append(Line(folded(printed_text(paragraph)), name))
        return lines

    @cached_property
    def layout(self) -> Layout:
        """The issuing elements among the paragraphs."""
        return layout(self.lines)

    @cached_property
    def marks(self) -> list[Visible]:
        """The disclosure marks of the paper itself, in order; an attachment's are not ours."""
        return [mark for index in range(len(self.lines)) if (mark := self._mark(index))]

    def _mark(self, index: int) -> Visible | None:
        paragraph, text = self.paragraphs[index], self.lines[index].text
        control = next(iter(own_controls(paragraph)), None)
        if control is not None:
            place = _PLACES.get(bound_name(control), MarkPlace.ANNOTATION)
            shown = control_text(control)
            return Visible(paragraph, place, shown, self._meaning(shown), False, control)
        if words.LABEL_FIELD.match(text) and self._is_ours(index):
            value = re.split(r"[:：]", text, maxsplit=1)[1]
            meaning = self._meaning(value)
            mixed = bool(value) and meaning is None
            return Visible(paragraph, MarkPlace.IMPRINT, value, meaning, mixed)
        if index < self.layout.main_end and not self.lines[index].table:
            meaning = self._meaning(text) if words.LABEL.fullmatch(text) else None
            if meaning is not None or _MARK_AND_MORE.fullmatch(text):
                known = meaning if meaning is not None else self._meaning(text)
                return Visible(paragraph, MarkPlace.ANNOTATION, text, known, known is None)
        return None

    def _is_ours(self, index: int) -> bool:
        """Whether a field stands in our own text or in the last imprint."""
        return (
            index < self.layout.main_end
            or self.layout.elements.get(index) is IssuingElement.IMPRINT
        )

    def _meaning(self, text: str) -> DisclosureAttribute | None:
        meaning = self._profile.aliases.get(fold(text))
        return meaning.attribute if meaning else None

    def date_paragraph(self) -> etree._Element | None:
        """The paragraph of the signing date, or of the blank for it.

        Of several the last is it. Tables, frames and text boxes are no place: None.
        """
        dates = [i for i, e in self.layout.elements.items() if e is IssuingElement.DATE]
        if not dates:
            return None
        paragraph = self.paragraphs[max(dates)]
        framed = paragraph.find(f"{PPR}/{w('framePr')}") is not None
        return None if framed or not _is_body_paragraph(paragraph) else paragraph

    def imprint_paragraph(self) -> etree._Element | None:
        """The paragraph the imprint's mark goes before: 抄送, else the printing office's."""
        imprint = [i for i, e in self.layout.elements.items() if e is IssuingElement.IMPRINT]
        for pattern in (words.COPIES, words.PRINTED):
            for index in sorted(imprint, reverse=True):
                if pattern.match(self.lines[index].text):
                    return self.paragraphs[index]
        return None


def printed_text(paragraph: etree._Element) -> str:
    """What a reader sees of a paragraph: insertions, but no deletions and no text boxes."""
    return "".join(_texts(paragraph))


def _texts(element: etree._Element) -> Iterator[str]:
    for child in element:
        if child.tag in _SKIPPED or not isinstance(child.tag, str):
            continue
        if child.tag == T:
            yield child.text or ""
        elif child.tag == TAB:
            yield "\t"
        elif child.tag != TXBX_CONTENT:
            yield from _texts(child)


def _inside(element: etree._Element, tag: str) -> bool:
    return next(element.iterancestors(tag), None) is not None


def _is_body_paragraph(paragraph: etree._Element) -> bool:
    parent = paragraph.getparent()
    while parent is not None and parent.tag in (SDT, SDT_CONTENT):
        parent = parent.getparent()
    return parent is not None and parent.tag == BODY
