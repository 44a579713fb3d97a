"""How the cells of a workbook look: their number formats, and text nobody sees."""

from __future__ import annotations

import colorsys
from dataclasses import dataclass

from lxml.etree import _Element

from gongkai.documents.xlsx_names import THEME_COLOURS, THEME_ORDER, m
from gongkai.documents.xlsx_numbers import NumberFormat, number_format
from gongkai.model.content import Flag

TINY_POINTS = 3.0
_WHITE_INDEXES = frozenset({1, 9})
_BLACK_INDEXES = frozenset({0, 8, 64})
_ALIKE = 0x18

NO_FLAGS: frozenset[Flag] = frozenset()
Rgb = tuple[int, int, int]
WHITE: Rgb = (255, 255, 255)


@dataclass(frozen=True, slots=True)
class CellLook:
    """Flags and number format of a cell style, and the colour behind its text."""

    flags: frozenset[Flag]
    format: NumberFormat
    fill: Rgb


PLAIN_LOOK = CellLook(NO_FLAGS, number_format(0, "", False), WHITE)


class Styles:
    """The cell styles of a workbook, resolved when first met."""

    def __init__(self, root: _Element | None, theme: _Element | None, since_1904: bool) -> None:
        self._since_1904 = since_1904
        self._theme = _theme_colours(theme)
        self._looks: dict[str, CellLook] = {}
        self._formats: dict[int, str] = {}
        self._fonts: list[_Element] = []
        self._fills: list[_Element] = []
        self._cells: list[_Element] = []
        if root is None:
            return
        for entry in root.iterfind(f"{m('numFmts')}/{m('numFmt')}"):
            self._formats[_integer(entry.get("numFmtId"))] = entry.get("formatCode", "")
        self._fonts = list(root.iterfind(f"{m('fonts')}/{m('font')}"))
        self._fills = list(root.iterfind(f"{m('fills')}/{m('fill')}"))
        self._cells = list(root.iterfind(f"{m('cellXfs')}/{m('xf')}"))

    def look(self, index: str | None) -> CellLook:
        """The look of cells with style ``index``."""
        if index is None:
            return self._looks.get("0") or self._resolved("0")
        return self._looks.get(index) or self._resolved(index)

    def run_flags(self, properties: _Element | None, fill: Rgb) -> frozenset[Flag]:
        """The flags of a stretch of rich text by its own font."""
        return NO_FLAGS if properties is None else self._font_flags(properties, fill)

    def _resolved(self, index: str) -> CellLook:
        number = _integer(index)
        look = PLAIN_LOOK
        if 0 <= number < len(self._cells):
            xf = self._cells[number]
            fill = self._fill(_integer(xf.get("fillId")))
            font = _integer(xf.get("fontId"))
            flags = NO_FLAGS
            if 0 <= font < len(self._fonts):
                flags = self._font_flags(self._fonts[font], fill)
            identity = _integer(xf.get("numFmtId"))
            shown = number_format(identity, self._formats.get(identity, ""), self._since_1904)
            if shown.hides:
                flags = flags | {Flag.HIDDEN}
            look = CellLook(flags, shown, fill)
        self._looks[index] = look
        return look

    def _font_flags(self, font: _Element, fill: Rgb) -> frozenset[Flag]:
        flags: set[Flag] = set()
        size = font.find(m("sz"))
        if size is not None and 0 < _number(size.get("val")) <= TINY_POINTS:
            flags.add(Flag.TINY)
        colour = self._colour(font.find(m("color")))
        if colour is not None and _alike(colour, fill):
            flags.add(Flag.WHITE)
        return frozenset(flags) if flags else NO_FLAGS

    def _fill(self, index: int) -> Rgb:
        if not 0 <= index < len(self._fills):
            return WHITE
        pattern = self._fills[index].find(m("patternFill"))
        if pattern is None:
            return WHITE if self._fills[index].find(m("gradientFill")) is None else (128, 128, 128)
        kind = pattern.get("patternType", "none")
        if kind in ("none", "gray125"):
            return WHITE
        return self._colour(pattern.find(m("fgColor"))) or ((0, 0, 0) if kind == "solid" else WHITE)

    def _colour(self, element: _Element | None) -> Rgb | None:
        if element is None:
            return None
        if rgb := element.get("rgb"):
            return _tinted(_rgb(rgb), element.get("tint"))
        if theme := element.get("theme"):
            number = _integer(theme)
            found = self._theme[number] if 0 <= number < len(self._theme) else None
            return _tinted(found, element.get("tint"))
        if indexed := element.get("indexed"):
            number = _integer(indexed)
            if number in _WHITE_INDEXES:
                return WHITE
            # Other places of the old palette are never white; which colour matters little.
            return (0, 0, 0) if number in _BLACK_INDEXES else (128, 0, 0)
        return None


def _theme_colours(theme: _Element | None) -> list[Rgb | None]:
    if theme is None:
        return [WHITE, (0, 0, 0)]
    scheme = next(theme.iter(THEME_COLOURS), None)
    colours: list[Rgb | None] = []
    for name in THEME_ORDER:
        entry = None if scheme is None else scheme.find(name)
        value = "" if entry is None or not len(entry) else entry[0].get("lastClr", "")
        if entry is not None and len(entry) and not value:
            value = entry[0].get("val", "")
        colours.append(_rgb(value))
    return colours


def _rgb(text: str) -> Rgb | None:
    bare = text[-6:]
    try:
        return int(bare[0:2], 16), int(bare[2:4], 16), int(bare[4:6], 16)
    except ValueError:
        return None


def _tinted(colour: Rgb | None, tint: str | None) -> Rgb | None:
    if colour is None or not tint:
        return colour
    amount = max(-1.0, min(1.0, _number(tint)))
    hue, light, depth = colorsys.rgb_to_hls(*(value / 255 for value in colour))
    light = light * (1 + amount) if amount < 0 else light * (1 - amount) + amount
    red, green, blue = colorsys.hls_to_rgb(hue, light, depth)
    return round(red * 255), round(green * 255), round(blue * 255)


def _alike(a: Rgb, b: Rgb) -> bool:
    return all(abs(x - y) <= _ALIKE for x, y in zip(a, b, strict=True))


def _integer(text: str | None) -> int:
    try:
        return int(text or 0)
    except ValueError:
        return -1


def _number(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0
