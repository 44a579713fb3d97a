"""Filling an XLSX template: the row that names ``entry`` is repeated for every entry."""

from __future__ import annotations

import io
import math
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from typing import Any

from jinja2 import Template, TemplateSyntaxError
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.documents.limits import Limits
from gongkai.documents.package import PackageRefused, open_package
from gongkai.errors import ConfigurationError
from gongkai.forms.filling import FAILURES, environment, values
from gongkai.forms.known import ENTRIES, ENTRY
from gongkai.forms.package import settled
from gongkai.forms.papers import Ledger
from gongkai.forms.placeholders import fields_used, refuse_unknown
from gongkai.messages import say

LONGEST = 32_767
"""Characters a cell may hold."""

HIGHEST = 409
"""Points a row may be high."""

LEADING, PADDING = 1.35, 4
_FORMULA = ("=", "+", "-", "@", "\t")


def fill_xlsx(data: bytes, ledger: Ledger, source: str) -> bytes:
    """The template filled; ``source`` names it in errors.

    Raises ``ConfigurationError`` for a template that is no XLSX, has a broken placeholder,
    names a field the ledger does not have, or has no row for entries.
    """
    book = _opened(data, source)
    _check(book, source)
    given = values(ledger)
    for sheet in book.worksheets:
        repeated = _repeated(sheet)
        for cell in _placeholders(sheet):
            if cell.row != repeated:
                _write(cell, _text(_compiled(cell), given, cell, source))
        if repeated:
            _repeat(sheet, repeated, given, source)
    target = io.BytesIO()
    book.save(target)
    return settled(target.getvalue())


def check_xlsx(data: bytes, source: str) -> frozenset[str]:
    """The fields a template asks for; raises ``ConfigurationError`` like ``fill_xlsx``."""
    return frozenset(_check(_opened(data, source), source))


def _opened(data: bytes, source: str) -> Workbook:
    try:
        package = open_package(data, Limits())
        for name in package.names:
            package.read(name)
        return load_workbook(io.BytesIO(data))
    except (
        PackageRefused,
        InvalidFileException,
        zipfile.BadZipFile,
        OSError,
        KeyError,
        ValueError,
        TypeError,
        SyntaxError,
    ) as error:
        raise ConfigurationError("template_not_xlsx", file=source) from error


def _check(book: Workbook, source: str) -> set[str]:
    used: set[str] = set()
    for sheet in book.worksheets:
        repeated = _repeated(sheet)
        for cell in _placeholders(sheet):
            try:
                tree = environment(markup=False).parse(cell.value)
            except TemplateSyntaxError as error:
                raise _broken(cell, source) from error
            used |= fields_used(tree, {ENTRY: ENTRIES} if cell.row == repeated else {})
    refuse_unknown(used, Ledger, source)
    if not any(path.startswith(f"{ENTRIES}.") for path in used):
        raise ConfigurationError("template_no_row", file=source)
    return used


def _placeholders(sheet: Worksheet) -> Iterator[Cell]:
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and ("{{" in cell.value or "{%" in cell.value):
                yield cell


def _repeated(sheet: Worksheet) -> int:
    """The first row that names an entry; 0 for none."""
    for cell in _placeholders(sheet):
        try:
            tree = environment(markup=False).parse(cell.value)
        except TemplateSyntaxError:
            continue
        if any(path.partition(".")[0] == ENTRY for path in fields_used(tree)):
            return int(cell.row)
    return 0


def _repeat(sheet: Worksheet, row: int, given: Mapping[str, Any], source: str) -> None:
    entries = given[ENTRIES]
    pattern = [cell for cell in sheet[row] if not isinstance(cell, MergedCell)]
    texts = {cell.column: cell.value for cell in pattern}
    ready = {cell.column: _compiled(cell) for cell in _placeholders(sheet) if cell.row == row}
    merged = [each for each in sheet.merged_cells.ranges if each.min_row == each.max_row == row]
    _make_room(sheet, row, len(entries) - 1)
    least = sheet.row_dimensions[row].height or 0
    for number in range(max(len(entries), 1)):
        entry = entries[number] if entries else None
        at = row + number
        for cell in pattern:
            target = sheet.cell(at, cell.column)
            target._style = copy(cell._style)
            text = texts[cell.column]
            if template := ready.get(cell.column):
                inner = {**given, ENTRY: entry}
                _write(target, _text(template, inner, target, source) if entry else "")
            elif number:
                target.value = text
            if entry is not None and entry.cancelled and f"{ENTRY}.cancelled" not in str(text):
                target.font = _struck(cell.font)
        sheet.row_dimensions[at].height = max(
            least, _height(sheet.cell(at, c.column) for c in pattern)
        )
        for each in merged if number else ():
            sheet.merge_cells(
                start_row=at, end_row=at, start_column=each.min_col, end_column=each.max_col
            )


def _make_room(sheet: Worksheet, row: int, more: int) -> None:
    """Move what stands below ``row`` down by ``more`` rows, heights and merged cells with it."""
    if more <= 0:
        return
    below = [each for each in sheet.merged_cells.ranges if each.min_row > row]
    heights = {at: d.height for at, d in sheet.row_dimensions.items() if at > row and d.height}
    for each in below:
        sheet.unmerge_cells(each.coord)
    last, wide = sheet.max_row, sheet.max_column
    if last > row:
        sheet.move_range(
            f"A{row + 1}:{sheet.cell(last, wide).coordinate}", rows=more, translate=True
        )
    for at in heights:
        sheet.row_dimensions[at].height = None
    for at, height in heights.items():
        sheet.row_dimensions[at + more].height = height
    for each in below:
        each.shift(row_shift=more)
        sheet.merge_cells(each.coord)


def _height(cells: Iterable[Cell]) -> float:
    """Points a row takes when its texts are wrapped: not every program works it out itself."""
    return min(HIGHEST, max(map(_lines_high, cells)))


def _lines_high(cell: Cell) -> float:
    size = cell.font.sz or 11
    wide = _room(cell) * 11 / size
    lines = (
        math.ceil(max(1, sum(map(_width, part))) / max(wide, 1))
        for part in str(cell.value or "").split("\n")
    )
    return sum(lines) * size * LEADING + PADDING


def _room(cell: Cell) -> float:
    return float(cell.parent.column_dimensions[get_column_letter(cell.column)].width) - 1


def _width(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1


def _compiled(cell: Cell) -> Template:
    return environment(markup=False).from_string(str(cell.value))


def _text(template: Template, given: Mapping[str, Any], cell: Cell, source: str) -> str:
    try:
        return template.render(given)
    except FAILURES as error:
        raise _broken(cell, source) from error


def _write(cell: Cell, text: str) -> None:
    """Write a text as a text, never as a formula, whatever it begins with."""
    cut = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    cell.value = cut or None
    if text.startswith(_FORMULA):
        cell.data_type = "s"
        cell.quotePrefix = True


def _struck(font: Font) -> Font:
    struck = copy(font)
    struck.strike = True
    return struck


def _broken(cell: Cell, source: str) -> ConfigurationError:
    place = f"{cell.parent.title}!{cell.coordinate}"
    problem = say("errors.template_cell", place=place)
    return ConfigurationError("template_broken", file=source, problem=problem)
