"""What run and paragraph properties say about how text is shown, before styles have a say."""

from __future__ import annotations

from typing import NamedTuple

from lxml.etree import _Element

from gongkai.documents.docx_names import (
    ILVL,
    NO_TEXT_FILL,
    NUM_ID,
    NUM_PR,
    OFF,
    P_STYLE,
    R_STYLE,
    TEXT_ALPHA,
    TEXT_FILL,
    VAL,
    W14_VAL,
    w,
)
from gongkai.model.content import Flag

_SZ, _VANISH, _COLOR, SHD, _HIGHLIGHT, _SCALE = map(
    w, ("sz", "vanish", "color", "shd", "highlight", "w")
)
_JC, _SPACING, _FRAME, _IND = map(w, ("jc", "spacing", "framePr", "ind"))
_FILL, _LINE, _LINE_RULE, _THEME_COLOR = map(w, ("fill", "line", "lineRule", "themeColor"))
TINY_HALF_POINTS, _TINY_TWENTIETHS, TINY_SCALE = 6.0, 60, 10
WORD_SIZE = 20.0
_WHITE, _LIGHT, _SAME = 0.9, 0.6, 0.1
_TRANSPARENT = 90_000
_LIGHT_THEME = frozenset({"background1", "light1", "bg1", "lt1"})
_HIGHLIGHTS = {
    "black": "000000", "blue": "0000FF", "cyan": "00FFFF", "darkBlue": "00008B",
    "darkCyan": "008B8B", "darkGray": "A9A9A9", "darkGreen": "006400", "darkMagenta": "800080",
    "darkRed": "8B0000", "darkYellow": "808000", "green": "00FF00", "lightGray": "D3D3D3",
    "magenta": "FF00FF", "red": "FF0000", "white": "FFFFFF", "yellow": "FFFF00",
}  # fmt: skip


class RunValues(NamedTuple):
    """What one ``w:rPr`` says; None where it says nothing. Sizes are half points."""

    style: str | None = None
    vanish: bool | None = None
    colour: str | None = None
    fill: str | None = None
    highlight: str | None = None
    size: float | None = None
    scale: int | None = None
    transparent: bool | None = None

    def over(self, below: RunValues) -> RunValues:
        """These values where they say something, else those of ``below``."""
        return RunValues._make(a if a is not None else b for a, b in zip(self, below, strict=True))


NOTHING_SAID = RunValues()


class ParagraphValues(NamedTuple):
    """What one ``w:pPr`` says; None where it says nothing."""

    style: str | None = None
    centred: bool | None = None
    num_id: str | None = None
    ilvl: int | None = None
    fill: str | None = None
    squeezed: bool | None = None
    off_page: bool | None = None

    def over(self, below: ParagraphValues) -> ParagraphValues:
        """These values where they say something, else those of ``below``."""
        return ParagraphValues._make(
            a if a is not None else b for a, b in zip(self, below, strict=True)
        )


PLAIN = ParagraphValues()


def paragraph_values(ppr: _Element, page: tuple[int, int]) -> ParagraphValues:
    """What a ``w:pPr`` element says; ``page`` is width and height in twentieths of a point."""
    style = centred = num_id = ilvl = fill = squeezed = None
    off_page = None
    for child in ppr:
        tag = child.tag
        if tag == P_STYLE:
            style = child.get(VAL)
        elif tag == _JC:
            centred = child.get(VAL) == "center"
        elif tag == _SPACING:
            if child.get(_LINE_RULE) == "exact":
                squeezed = _number(child.get(_LINE), 240) <= _TINY_TWENTIETHS
        elif tag == _IND:
            off_page = off_page or _indented_away(child, page)
        elif tag == NUM_PR:
            num_id, ilvl = _number_of(child)
        elif tag == SHD:
            fill = fill_of(child)
        elif tag == _FRAME:
            off_page = off_page or _frame_away(child, page)
    return ParagraphValues(style, centred, num_id, ilvl, fill, squeezed, off_page)


def _indented_away(ind: _Element, page: tuple[int, int]) -> bool:
    # Only five digits can reach over a page; most indents are shorter.
    for value in ind.attrib.values():
        if len(value) > 4 and abs(_number(str(value))) >= page[0]:
            return True
    return False


def _frame_away(frame: _Element, page: tuple[int, int]) -> bool:
    x, y = _number(frame.get(w("x"))), _number(frame.get(w("y")))
    return abs(x) >= page[0] or abs(y) >= page[1]


def run_values(rpr: _Element) -> RunValues:
    """What a ``w:rPr`` element says about how its text is shown."""
    style = vanish = colour = fill = highlight = size = scale = transparent = None
    for child in rpr:
        tag = child.tag
        if tag == _SZ:
            size = _half_points(child.get(VAL))
        elif tag == _COLOR:
            colour = child.get(VAL)
            if colour == "auto" and child.get(_THEME_COLOR) in _LIGHT_THEME:
                colour = "FFFFFF"
        elif tag == R_STYLE:
            style = child.get(VAL)
        elif tag == _VANISH:
            vanish = child.get(VAL) not in OFF
        elif tag == SHD:
            fill = fill_of(child)
        elif tag == _HIGHLIGHT:
            highlight = child.get(VAL)
        elif tag == _SCALE:
            scale = int(_number(child.get(VAL), 100))
        elif tag == TEXT_FILL:
            transparent = _is_transparent(child)
    return RunValues(style, vanish, colour, fill, highlight, size, scale, transparent)


def fill_of(shd: _Element) -> str | None:
    """The colour a ``w:shd`` element fills with, None for none."""
    pattern = shd.get(VAL)
    fill = shd.get(w("color")) if pattern == "solid" else shd.get(_FILL)
    if pattern == "solid" and fill in (None, "auto"):
        return "000000"
    return None if fill in (None, "", "auto") else fill


def luminance(colour: str | None) -> float | None:
    """How light a colour "RRGGBB" is, 0 to 1; None for anything else."""
    if colour is None or len(colour) != 6:
        return None
    try:
        red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4))
    except ValueError:
        return None
    return 0.299 * red + 0.587 * green + 0.114 * blue


def colour_flag(values: RunValues, background: str | None) -> Flag | None:
    """WHITE or COVERED when text cannot be told from what it stands on, else None."""
    if values.transparent:
        return Flag.WHITE
    marker = _HIGHLIGHTS.get(values.highlight or "")
    behind = luminance(marker or values.fill or background)
    text = luminance(values.colour)
    if text is None:
        # Automatic colour turns white on dark shading, but not on a marker pen.
        text = 1.0 if marker is None and behind is not None and behind < 0.35 else 0.0
    if text >= _WHITE and (behind is None or behind >= _LIGHT):
        return Flag.WHITE
    return Flag.COVERED if behind is not None and abs(text - behind) < _SAME else None


def _is_transparent(fill: _Element) -> bool:
    if fill.find(NO_TEXT_FILL) is not None:
        return True
    return any(_number(a.get(W14_VAL)) >= _TRANSPARENT for a in fill.iter(TEXT_ALPHA))


def _number_of(num_pr: _Element) -> tuple[str | None, int | None]:
    number, level = num_pr.find(NUM_ID), num_pr.find(ILVL)
    return (
        None if number is None else number.get(VAL),
        None if level is None else int(_number(level.get(VAL))),
    )


def _half_points(text: str | None) -> float | None:
    if text and text.endswith("pt"):
        return _number(text[:-2], 10) * 2
    return None if text is None else _number(text, WORD_SIZE)


def _number(text: str | None, default: float = 0) -> float:
    try:
        return float(text) if text else default
    except ValueError:
        return default
