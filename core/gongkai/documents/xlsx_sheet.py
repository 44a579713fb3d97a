"""One worksheet's cells: what each shows, and what hides it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml.etree import _Element

from gongkai.documents.xlsx_names import IS, R_RUN, ROW, RPH, RPR, SHEET_DATA, C, F, T, V, m
from gongkai.documents.xlsx_styles import NO_FLAGS, CellLook, Styles
from gongkai.model.content import Flag

NARROW = 0.6
"""Columns of less than this many characters show nothing."""
LOW = 1.5
MOST_COLUMNS = 16_384

_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})$")
_LITERAL = re.compile(r'"[^"]{2,}"|\d{5,}|\[\d+\]')
_TRUTH = {"1": "TRUE", "0": "FALSE"}


class Run(NamedTuple):
    """A stretch of rich text with its font properties, None for the cell's own."""

    text: str
    properties: _Element | None


class Rich(NamedTuple):
    """A string: its runs, and the reading printed above them."""

    runs: tuple[Run, ...]
    phonetic: str = ""


class Filled(NamedTuple):
    """A cell that says something: column and row from 1, its text by flags, its formula."""

    row: int
    column: int
    texts: tuple[tuple[str, frozenset[Flag]], ...]
    formula: str
    phonetic: str

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(text for text, _ in self.texts)


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, corners included, counted from 1."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell lies in it."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


@dataclass(slots=True)
class Sheet:
    """What is known of a worksheet before its cells are read; merged cells by top row."""

    name: str
    flags: frozenset[Flag] = NO_FLAGS
    print_area: tuple[Area, ...] = ()
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: dict[int, list[Area]] = field(default_factory=dict)
    rows_hidden: bool = False


def rich_text(element: _Element) -> Rich:
    """A shared or inline string."""
    runs: list[Run] = []
    phonetic = ""
    for child in element:
        if child.tag == T:
            runs.append(Run(child.text or "", None))
        elif child.tag == R_RUN:
            text = child.find(T)
            if text is not None and text.text:
                runs.append(Run(text.text, child.find(RPR)))
        elif child.tag == RPH:
            phonetic += child.findtext(T, "")
    return Rich(tuple(runs), phonetic)


def place_of(reference: str) -> tuple[int, int] | None:
    """Row and column of a reference like B3, None when it is none."""
    match = _REFERENCE.match(reference.replace("$", ""))
    if match is None:
        return None
    column = 0
    for letter in match.group(1):
        column = column * 26 + ord(letter) - 64
    return int(match.group(2)), column


def letters(column: int) -> str:
    """The name of a column: 28 is AB."""
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def area_of(text: str) -> Area | None:
    """The rectangle a range like $A$1:$D$20 or A:D names."""
    first, _, last = text.replace("$", "").partition(":")
    last = last or first
    if first.isalpha() and last.isalpha():
        first, last = f"{first}1", f"{last}1048576"
    elif first.isdigit() and last.isdigit():
        first, last = f"A{first}", f"XFD{last}"
    start, end = place_of(first), place_of(last)
    if start is None or end is None:
        return None
    return Area(start[0], start[1], end[0], end[1])


def sheet_of(root: _Element, sheet: Sheet) -> Sheet:
    """The sheet with its hidden columns and merged cells."""
    format_ = root.find(m("sheetFormatPr"))
    if format_ is not None:
        sheet.rows_hidden = format_.get("zeroHeight") in ("1", "true")
    for column in root.iterfind(f"{m('cols')}/{m('col')}"):
        width = _number(column.get("width"), 8.0)
        if column.get("hidden") in ("1", "true") or width < NARROW:
            low, high = int(_number(column.get("min"), 0)), int(_number(column.get("max"), 0))
            sheet.hidden_columns.append((low, min(high, MOST_COLUMNS)))
    for merged in root.iterfind(f"{m('mergeCells')}/{m('mergeCell')}"):
        area = area_of(merged.get("ref", ""))
        if area is not None:
            sheet.merged.setdefault(area.top, []).append(area)
    return sheet


def cells(
    root: _Element, sheet: Sheet, strings: Sequence[Rich], styles: Styles
) -> Iterator[Filled]:
    """The cells of a worksheet that say something, row by row; the tree is freed on the way."""
    data = root.find(SHEET_DATA)
    column_flags: dict[int, frozenset[Flag]] = {}
    next_row = 1
    for row in () if data is None else data.iterchildren(ROW):
        number = int(_number(row.get("r"), next_row))
        next_row = number + 1
        row_flags = sheet.flags
        if _is_hidden(row, sheet.rows_hidden):
            row_flags = row_flags | {Flag.HIDDEN_ROW}
        next_column = 1
        for c in row.iterchildren(C):
            reference = c.get("r")
            place = place_of(reference) if reference else None
            column = place[1] if place else next_column
            next_column = column + 1
            if not len(c):
                continue
            flags = column_flags.get(column)
            if flags is None:
                hidden = any(low <= column <= high for low, high in sheet.hidden_columns)
                flags = frozenset({Flag.HIDDEN_COLUMN}) if hidden else NO_FLAGS
                column_flags[column] = flags
            base = row_flags | flags if flags else row_flags
            if sheet.print_area and not any(a.holds(number, column) for a in sheet.print_area):
                base = base | {Flag.UNPRINTED}
            filled = _filled(c, number, column, base, strings, styles)
            if filled is not None:
                yield filled
        row.clear()


def _is_hidden(row: _Element, by_default: bool) -> bool:
    if row.get("hidden") in ("1", "true"):
        return True
    height = row.get("ht")
    if height is not None:
        return _number(height, 15.0) < LOW
    return by_default and row.get("hidden") is None


def _filled(
    c: _Element,
    row: int,
    column: int,
    base: frozenset[Flag],
    strings: Sequence[Rich],
    styles: Styles,
) -> Filled | None:
    look = styles.look(c.get("s"))
    kind = c.get("t", "n")
    value = formula = ""
    rich: Rich | None = None
    for child in c:
        if child.tag == V:
            value = child.text or ""
        elif child.tag == F:
            formula = child.text or ""
        elif child.tag == IS:
            rich = rich_text(child)
    if kind == "s" and value:
        rich = _string(strings, value)
    flags = base | look.flags if look.flags else base
    if not _LITERAL.search(formula):
        formula = ""
    if rich is not None:
        if len(rich.runs) == 1 and rich.runs[0].properties is None:
            texts: tuple[tuple[str, frozenset[Flag]], ...] = ((rich.runs[0].text, flags),)
        else:
            texts = _by_flags(rich, base, look, styles)
        phonetic = rich.phonetic
    else:
        texts, phonetic = ((_shown(value, kind, look), flags),), ""
    texts = tuple(entry for entry in texts if entry[0].strip())
    if not texts and not formula and not phonetic:
        return None
    return Filled(row, column, texts, formula, phonetic)


def _string(strings: Sequence[Rich], value: str) -> Rich | None:
    try:
        return strings[int(value)]
    except (ValueError, IndexError):
        return None


def _shown(value: str, kind: str, look: CellLook) -> str:
    if kind == "n":
        return look.format.show(value) if value else ""
    if kind == "b":
        return _TRUTH.get(value, value)
    if kind == "d":
        return value.replace("T", " ").removesuffix(" 00:00:00")
    return value


def _by_flags(
    rich: Rich, base: frozenset[Flag], look: CellLook, styles: Styles
) -> tuple[tuple[str, frozenset[Flag]], ...]:
    found: dict[frozenset[Flag], str] = {}
    for run in rich.runs:
        own = look.flags
        if run.properties is not None:
            own = styles.run_flags(run.properties, look.fill)
            own = own | (look.flags & {Flag.HIDDEN})
        flags = base | own
        found[flags] = found.get(flags, "") + run.text
    return tuple((text, flags) for flags, text in found.items())


def _number(text: str | None, default: float) -> float:
    try:
        return float(text) if text is not None else default
    except ValueError:
        return default
