"""What stands in drawings: text boxes, word art, pictures, descriptions, and their fallbacks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml.etree import _Element

from gongkai.documents.docx_names import (
    ALTERNATE,
    ANCHOR,
    AUTO_FIT,
    BLIP,
    BODY_PR,
    CHOICE,
    DEL_TEXT,
    DOC_PR,
    DRAWING_TEXT,
    EXTENT,
    FALLBACK,
    IMAGE_DATA,
    INLINE,
    INSTR,
    MATH_TEXT,
    OFF,
    OFFSET,
    POSITION_H,
    POSITION_V,
    SHAPE_PR,
    SOLID_FILL,
    SYM_EX,
    SYM_EX_CHAR,
    TEXT_PATH,
    TXBX_CONTENT,
    T,
)
from gongkai.model.content import Flag

_EMU_PER_TWIP = 635
_TINY_EMU = 38_100
_DESCRIBING = ("descr", "title", "alt")
_FAR_POINTS = 900.0
_USUAL_NAME_LENGTH = 12
_TEXT_TAGS = (T, DEL_TEXT, INSTR, DRAWING_TEXT, MATH_TEXT, TEXT_PATH, SYM_EX)
_UNITS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75}


@dataclass(frozen=True, slots=True)
class Box:
    """A text box: its content, the flags of its shape, and the colour it is filled with."""

    content: _Element
    flags: frozenset[Flag]
    fill: str | None


@dataclass(slots=True)
class Graphics:
    """What was found in the drawings of one paragraph, in order."""

    boxes: list[Box] = field(default_factory=list)
    art: list[tuple[str, frozenset[Flag]]] = field(default_factory=list)
    texts: list[tuple[str, frozenset[Flag]]] = field(default_factory=list)
    descriptions: list[str] = field(default_factory=list)
    pictures: int = 0


def scan(element: _Element, found: Graphics, flags: frozenset[Flag], page: tuple[int, int]) -> None:
    """Add what stands in a drawing, picture or object to ``found``."""
    _scan(element, found, flags, None, page)


def scan_alternate(
    element: _Element, found: Graphics, flags: frozenset[Flag], page: tuple[int, int]
) -> None:
    """Add an ``mc:AlternateContent``: its first choice, and what the others say differently."""
    _scan_alternate(element, found, flags, None, page)


def shown_text(element: _Element) -> str:
    """All text below an element without white space, to tell equal alternatives by."""
    pieces: list[str] = []
    for each in element.iter(*_TEXT_TAGS):
        if each.tag == TEXT_PATH:
            pieces.append(each.get("string", ""))
        elif each.tag == SYM_EX:
            pieces.append(symbol(each.get(SYM_EX_CHAR)))
        else:
            pieces.append(each.text or "")
    return "".join("".join(pieces).split())


def differing_fallbacks(alternate: _Element) -> list[_Element]:
    """The alternatives of an ``mc:AlternateContent`` that say something else than the first."""
    branches = [child for child in alternate if child.tag in (CHOICE, FALLBACK)]
    if len(branches) < 2:
        return []
    first = shown_text(branches[0])
    return [branch for branch in branches[1:] if shown_text(branch) not in ("", first)]


def symbol(code: str | None) -> str:
    """The character a hexadecimal code names, "" when it names none."""
    try:
        return chr(int(code or "", 16))
    except (ValueError, OverflowError):
        return ""


def _scan(
    element: _Element,
    found: Graphics,
    flags: frozenset[Flag],
    fill: str | None,
    page: tuple[int, int],
) -> None:
    for child in element:
        tag = child.tag
        if not isinstance(tag, str):
            continue
        if tag == TXBX_CONTENT:
            found.boxes.append(Box(child, flags, fill))
            continue
        if tag == ALTERNATE:
            _scan_alternate(child, found, flags, fill, page)
            continue
        below, filled = flags, fill
        if tag in (ANCHOR, INLINE):
            below = flags | _frame_flags(child, page)
        elif tag == DRAWING_TEXT:
            found.texts.append((child.text or "", flags))
        elif tag == TEXT_PATH:
            found.art.append((child.get("string", ""), flags))
        elif tag in (BLIP, IMAGE_DATA):
            found.pictures += 1
        if style := child.get("style"):
            below = below | _style_flags(style)
        if child.get("fillcolor") and child.get("filled", "t") not in ("f", "false"):
            filled = _hex(child.get("fillcolor", ""))
        shape = child.find(SHAPE_PR)
        if shape is not None:
            filled = _shape_fill(shape) or filled
        _describe(child, found)
        _scan(child, found, below, filled, page)


def _scan_alternate(
    alternate: _Element,
    found: Graphics,
    flags: frozenset[Flag],
    fill: str | None,
    page: tuple[int, int],
) -> None:
    differing = differing_fallbacks(alternate)
    branches = [child for child in alternate if child.tag in (CHOICE, FALLBACK)]
    for number, branch in enumerate(branches):
        if number == 0:
            _scan(branch, found, flags, fill, page)
        elif branch in differing:
            _scan(branch, found, flags | {Flag.FALLBACK}, fill, page)
        else:
            _add_new(found, branch, page)


def _add_new(found: Graphics, branch: _Element, page: tuple[int, int]) -> None:
    """From an alternative with the same text, take only what the first one lacks."""
    other = Graphics()
    _scan(branch, other, frozenset(), None, page)
    found.descriptions += [d for d in other.descriptions if d not in found.descriptions]
    found.pictures = max(found.pictures, other.pictures)


def _describe(element: _Element, found: Graphics) -> None:
    for name in _DESCRIBING:
        value = element.get(name)
        if value and value not in found.descriptions and not _is_system_name(element, name):
            found.descriptions.append(value)
    # Pasted pictures keep the name of the file they came from.
    named = element.tag == DOC_PR or element.tag.endswith("}cNvPr")
    file_name = element.get("name", "") if named else ""
    if len(file_name) > _USUAL_NAME_LENGTH and file_name not in found.descriptions:
        found.descriptions.append(file_name)


def _is_system_name(element: _Element, name: str) -> bool:
    # VML keeps ids like "_x0000_s1026" in alt of shapes Word made itself.
    return name == "alt" and element.get(name, "").startswith("_x0000_")


def _frame_flags(frame: _Element, page: tuple[int, int]) -> frozenset[Flag]:
    flags: set[Flag] = set()
    properties = frame.find(DOC_PR)
    if properties is not None and properties.get("hidden", "0") not in OFF:
        flags.add(Flag.HIDDEN)
    extent = frame.find(EXTENT)
    sides = [] if extent is None else [_integer(extent.get(side)) for side in ("cx", "cy")]
    if sides and min(sides) <= _TINY_EMU and not _grows(frame):
        flags.add(Flag.TINY)
    for position, length, side in ((POSITION_H, page[0], "cx"), (POSITION_V, page[1], "cy")):
        offset = frame.find(f"{position}/{OFFSET}")
        if offset is not None:
            extra = 0 if extent is None else _integer(extent.get(side))
            start, far = _integer(offset.text), length * _EMU_PER_TWIP
            if start >= far or start + extra <= -far // 4:
                flags.add(Flag.OFF_PAGE)
    return frozenset(flags)


def _grows(frame: _Element) -> bool:
    return any(body.find(AUTO_FIT) is not None for body in frame.iter(BODY_PR))


def _style_flags(style: str) -> frozenset[Flag]:
    """Flags a VML style attribute gives: hidden shapes, shapes off the page, shapes of no size."""
    pairs: Iterable[list[str]] = (entry.split(":", 1) for entry in style.split(";"))
    values = {p[0].strip().lower(): p[1].strip().lower() for p in pairs if len(p) == 2}
    flags: set[Flag] = set()
    if values.get("visibility") == "hidden" or values.get("display") == "none":
        flags.add(Flag.HIDDEN)
    for name in ("margin-left", "margin-top", "left", "top"):
        if abs(_points(values.get(name, ""))) >= _FAR_POINTS:
            flags.add(Flag.OFF_PAGE)
    for name in ("width", "height"):
        value = values.get(name, "")
        if value and any(c.isdigit() for c in value) and 0 <= _points(value) <= 3:
            flags.add(Flag.TINY)
    return frozenset(flags)


def _points(value: str) -> float:
    factor = next((f for unit, f in _UNITS.items() if value.endswith(unit)), None)
    # Without a unit these are the group's own coordinates, not lengths.
    if factor is None:
        return 0.0 if value == "0" else 10.0 if value else 0.0
    try:
        return float(value[:-2]) * factor
    except ValueError:
        return 10.0


def _shape_fill(shape: _Element) -> str | None:
    solid = shape.find(SOLID_FILL)
    if solid is None or not len(solid):
        return None
    value = solid[0].get("val", "")
    if len(value) == 6 and solid[0].tag.endswith("srgbClr"):
        return value
    # Theme colours: accents and text colours are dark enough to carry white text.
    return "FFFFFF" if value in ("bg1", "lt1", "bg2", "lt2") else "404040"


_COLOUR_NAMES = {"white": "FFFFFF", "black": "000000", "red": "FF0000", "blue": "0000FF"}


def _hex(colour: str) -> str | None:
    bare = colour.split()[0] if colour.split() else ""
    if bare.startswith("#") and len(bare) == 4:
        return "".join(c * 2 for c in bare[1:])
    return bare[1:] if bare.startswith("#") and len(bare) == 7 else _COLOUR_NAMES.get(bare)


def _integer(text: str | None) -> int:
    try:
        return int(float(text or 0))
    except (ValueError, OverflowError):
        return 0
