"""Blocks of a worksheet: cells under their headings, headers and footers, lists to fill from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml.etree import _Element

from gongkai.documents.tables import headers
from gongkai.documents.xlsx_names import m
from gongkai.documents.xlsx_sheet import Filled, Sheet, letters
from gongkai.model.content import Block, Cell, Flag, Part

LOOKED_AT = 12
MOST_TRIES = 1_000
_HEADER_CODES = re.compile(r'&(?:"[^"]*"|\d{1,3}|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|[A-Z&])')
_STORIES = ("oddHeader", "evenHeader", "firstHeader", "oddFooter", "evenFooter", "firstFooter")


def cell_blocks(filled: Sequence[Filled], sheet: Sheet) -> list[Block]:
    """Blocks of a sheet's cells; a blank row may begin a table with headings of its own."""
    blocks: list[Block] = []
    names: dict[int, str] = {}
    table, heading_end, tables = sheet.name, 0, 0
    rows = _by_row(filled)
    previous = tried = 0
    for index, (number, row) in enumerate(rows):
        if (number > previous + 1 or index == 0) and tried < MOST_TRIES:
            tried += 1
            found = _headings(rows, index, sheet)
            if found is not None or index == 0:
                tables += 1
                table = sheet.name if tables == 1 else f"{sheet.name}#{tables}"
                count, names = found or (0, {})
                heading_end = number + count - 1 if count else 0
        previous = max(previous, _bottom(number, sheet))
        for cell in row:
            where = Cell(
                table, number, cell.column, names.get(cell.column, ""), number > heading_end
            )
            blocks += _blocks(cell, where, f"{sheet.name}!{letters(cell.column)}{number}")
    return blocks


def _by_row(filled: Sequence[Filled]) -> list[tuple[int, list[Filled]]]:
    rows: list[tuple[int, list[Filled]]] = []
    for cell in filled:
        if rows and rows[-1][0] == cell.row:
            rows[-1][1].append(cell)
        else:
            rows.append((cell.row, [cell]))
    return rows


def _bottom(number: int, sheet: Sheet) -> int:
    """The last row that cells merged from this row reach down to."""
    merged = sheet.merged.get(number, ())
    return max([number, *(a.bottom for a in merged if a.bottom - a.top < LOOKED_AT)])


def _headings(
    rows: Sequence[tuple[int, list[Filled]]], start: int, sheet: Sheet
) -> tuple[int, dict[int, str]] | None:
    """How many rows head a table that begins here and what each column is called."""
    top = rows[start][0]
    looked = [row for row in rows[start : start + LOOKED_AT] if row[0] < top + LOOKED_AT]
    columns = [cell.column for _, row in looked for cell in row]
    left, right = min(columns), max(columns)
    grid = [[""] * (right - left + 1) for _ in range(looked[-1][0] - top + 1)]
    for number, row in looked:
        for cell in row:
            grid[number - top][cell.column - left] = cell.text
    captions = {number for number, row in looked if _is_caption(row, right - left + 1, sheet)}
    merged = [
        area
        for number in range(top, top + len(grid))
        if number not in captions
        for area in sheet.merged.get(number, ())
    ]
    for area in merged:
        if left <= area.left <= right:
            text = grid[area.top - top][area.left - left]
            for r in range(area.top - top, min(area.bottom - top + 1, len(grid))):
                for c in range(area.left - left, min(area.right, right) - left + 1):
                    grid[r][c] = text
    found = headers(grid)
    if not found.count:
        return None
    return found.count, {left + n: name for n, name in enumerate(found.headings) if name}


def _is_caption(row: Sequence[Filled], width: int, sheet: Sheet) -> bool:
    """Whether a row is one cell merged over most of the table, though not all of it."""
    return len(row) == 1 and any(
        area.bottom == row[0].row
        and area.left == row[0].column
        and width < 2 * (area.right - area.left + 1) < 2 * width
        for area in sheet.merged.get(row[0].row, ())
    )


def _blocks(filled: Filled, cell: Cell, place: str) -> Iterator[Block]:
    for text, flags in sorted(filled.texts, key=lambda entry: len(entry[1])):
        plain = len(filled.texts) == 1 or not flags
        suffix = "" if plain else "".join(f"~{flag}" for flag in sorted(flags))
        yield Block(place + suffix, Part.SHEET, text, flags, cell)
    if filled.formula:
        flags = frozenset({Flag.FIELD_CODE})
        yield Block(f"{place}~field", Part.SHEET, f"={filled.formula}", flags, cell)
    if filled.phonetic.strip():
        flags = frozenset({Flag.DESCRIPTION})
        yield Block(f"{place}~phonetic", Part.SHEET, filled.phonetic, flags, cell)


def margins(root: _Element, sheet: Sheet) -> Iterator[Block]:
    """Headers and footers, without their codes for page numbers and fonts."""
    story = root.find(m("headerFooter"))
    if story is None:
        return
    for name in _STORIES:
        text = _HEADER_CODES.sub(" ", story.findtext(m(name), "")).strip()
        if text:
            part = Part.HEADER if name.endswith("Header") else Part.FOOTER
            flags = sheet.flags
            yield Block(f"{sheet.name}!{name}", part, " ".join(text.split()), flags)


def validations(root: _Element, sheet: Sheet) -> Iterator[Block]:
    """Lists cells may be filled from, and the hints shown beside them."""
    number = 0
    for element in root.iter("{*}dataValidation"):
        if not str(element.tag).startswith("{"):
            continue
        number += 1
        texts = [element.get(key, "") for key in ("promptTitle", "prompt", "errorTitle", "error")]
        texts += [
            (inner.text or "").strip('"')
            for inner in element.iter()
            if isinstance(inner.tag, str) and inner.tag.rpartition("}")[2] in ("formula1", "f")
        ]
        text = " ".join(t for t in texts if t.strip())
        if text:
            yield Block(f"{sheet.name}!validation{number}", Part.SETTING, text)
