"""The styles of a document, resolved: how a run looks, which list a paragraph counts in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from lxml.etree import _Element

from gongkai.documents.docx_looks import (
    NOTHING_SAID,
    PLAIN,
    SHD,
    TINY_HALF_POINTS,
    TINY_SCALE,
    WORD_SIZE,
    ParagraphValues,
    RunValues,
    colour_flag,
    fill_of,
    paragraph_values,
    run_values,
)
from gongkai.documents.docx_names import (
    BASED_ON,
    NUM_ID,
    NUM_PR,
    OFF,
    PPR,
    RPR,
    STYLE,
    TYPE,
    VAL,
    w,
)
from gongkai.model.content import Flag

NO_FLAGS: frozenset[Flag] = frozenset()


class Look(NamedTuple):
    """How a run is shown: flags of its own, and its size in points."""

    flags: frozenset[Flag]
    size: float


@dataclass(slots=True, eq=False)
class ParagraphLook:
    """A paragraph style on a background; remembers the looks of runs within it."""

    run: RunValues
    fill: str | None
    flags: frozenset[Flag]
    looks: dict[RunValues, Look] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TableLook:
    """What a table style does to text: fills by region, and whether it hides everything."""

    fill: str | None = None
    first_row: str | None = None
    first_column: str | None = None
    hidden: bool = False


class Styles:
    """The styles of one document, resolved on demand and remembered."""

    def __init__(self, root: _Element | None, page: tuple[int, int] = (11_906, 16_838)) -> None:
        self.page = page
        self._elements: dict[str, _Element] = {}
        self._runs: dict[str, RunValues] = {}
        self._paragraphs: dict[str, ParagraphValues] = {}
        self._resolved: dict[ParagraphValues, ParagraphValues] = {}
        self._looks: dict[tuple[str | None, str | None, bool], ParagraphLook] = {}
        self._tables: dict[str, TableLook] = {}
        self._defaults = NOTHING_SAID
        self._default_style: str | None = None
        for element in () if root is None else root.iterchildren(STYLE):
            self._elements[element.get(w("styleId"), "")] = element
            default = element.get(w("default"), "0") not in OFF
            if default and element.get(TYPE) == "paragraph":
                self._default_style = element.get(w("styleId"))
        path = f"{w('docDefaults')}/{w('rPrDefault')}/{RPR}"
        defaults = None if root is None else root.find(path)
        if defaults is not None:
            self._defaults = run_values(defaults)

    def paragraph(self, ppr: _Element | None) -> ParagraphValues:
        """What a paragraph's own properties and its style say together."""
        own = PLAIN if ppr is None else paragraph_values(ppr, self.page)
        found = self._resolved.get(own)
        if found is None:
            style = own.style or self._default_style
            found = own if style is None else own.over(self._style_paragraph(style))
            self._resolved[own] = found
        return found

    def look_of(self, values: ParagraphValues, background: str | None) -> ParagraphLook:
        """The look of a paragraph whose cell or shape is filled with ``background``."""
        fill, squeezed = values.fill or background, bool(values.squeezed)
        style = values.style or self._default_style
        key = (style, fill, squeezed)
        look = self._looks.get(key)
        if look is None:
            run = NOTHING_SAID if style is None else self._style_run(style)
            flags = frozenset({Flag.TINY}) if squeezed else NO_FLAGS
            look = self._looks[key] = ParagraphLook(run, fill, flags)
        return look

    def run(self, rpr: _Element | None, paragraph: ParagraphLook) -> Look:
        """The look of a run in a paragraph."""
        own = NOTHING_SAID if rpr is None else run_values(rpr)
        look = paragraph.looks.get(own)
        if look is None:
            look = paragraph.looks[own] = self._resolve(own, paragraph)
        return look

    def table(self, style: str | None) -> TableLook:
        """What a table style does."""
        if not style or style not in self._elements:
            return TableLook()
        if style not in self._tables:
            self._tables[style] = self._table_look(style)
        return self._tables[style]

    def number_styles(self) -> dict[str, str]:
        """The list each numbering style names."""
        found: dict[str, str] = {}
        for name, element in self._elements.items():
            number = element.find(f"{PPR}/{NUM_PR}/{NUM_ID}")
            if number is not None and element.get(TYPE) == "numbering":
                found[name] = number.get(VAL, "")
        return found

    def _resolve(self, own: RunValues, paragraph: ParagraphLook) -> Look:
        character = self._style_run(own.style) if own.style else NOTHING_SAID
        values = own.over(character).over(paragraph.run).over(self._defaults)
        # A toggle set by both kinds of style cancels itself (ECMA-376 part 1, 17.7.3).
        styled = bool(character.vanish) != bool(paragraph.run.vanish)
        hidden = own.vanish if own.vanish is not None else styled or bool(self._defaults.vanish)
        flags = set(paragraph.flags)
        if hidden:
            flags.add(Flag.HIDDEN)
        size = WORD_SIZE if values.size is None else values.size
        if size <= TINY_HALF_POINTS or (values.scale or 100) <= TINY_SCALE:
            flags.add(Flag.TINY)
        colour = colour_flag(values, paragraph.fill)
        if colour:
            flags.add(colour)
        return Look(frozenset(flags) if flags else NO_FLAGS, size / 2)

    def _style_run(self, style: str) -> RunValues:
        found = self._runs.get(style)
        if found is None:
            found = NOTHING_SAID
            for element in self._chain(style):
                rpr = element.find(RPR)
                if rpr is not None:
                    found = found.over(run_values(rpr)._replace(style=None))
            self._runs[style] = found
        return found

    def _style_paragraph(self, style: str) -> ParagraphValues:
        found = self._paragraphs.get(style)
        if found is None:
            found = PLAIN
            for element in self._chain(style):
                ppr = element.find(PPR)
                if ppr is not None:
                    found = found.over(paragraph_values(ppr, self.page)._replace(style=None))
            self._paragraphs[style] = found
        return found

    def _chain(self, style: str) -> list[_Element]:
        chain: list[_Element] = []
        seen: set[str] = set()
        name: str | None = style
        while name and name in self._elements and name not in seen:
            seen.add(name)
            chain.append(self._elements[name])
            parent = chain[-1].find(BASED_ON)
            name = None if parent is None else parent.get(VAL)
        return chain

    def _table_look(self, style: str) -> TableLook:
        regions: dict[str, str | None] = {}
        hidden = False
        for element in self._chain(style):
            shd = element.find(f"{w('tcPr')}/{SHD}")
            regions.setdefault("whole", None if shd is None else fill_of(shd))
            hidden = hidden or bool((self._style_run(style)).vanish)
            for region in element.iterchildren(w("tblStylePr")):
                shd = region.find(f"{w('tcPr')}/{SHD}")
                if shd is not None:
                    regions.setdefault(region.get(TYPE, ""), fill_of(shd))
        whole = regions.get("whole") or regions.get("wholeTable")
        return TableLook(whole, regions.get("firstRow"), regions.get("firstCol"), hidden)
