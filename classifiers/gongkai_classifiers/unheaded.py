"""Cells of tables without a heading row: forms, lists read as one, tables typed into lines.

A form has its labels beside the values (残疾类别 | 肢体残疾). A list has its headings in a row
the reader took for data, or is typed with tabs, bars or wide gaps into lines of text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.documents.tables import is_label
from gongkai.model.reading import EntityKind
from gongkai.model.transcript import Transcript
from gongkai_classifiers.columns import ColumnMeaning, column_meaning
from gongkai_classifiers.names import may_be_name

_LONGEST_LABEL = 12
_FEWEST_COLUMNS = 2
_VALUE = re.compile("[0-9]{4}|[。;!?]")
_GAP = re.compile(" *\\| *|\t+ *| {2,}")
_NAMES_SOMEBODY = frozenset({"姓名", "当事人", "身份证件号码"})


@dataclass(frozen=True, slots=True)
class UnheadedCell:
    """A value at ``start``–``end`` of a transcript's text, what it is, and its table's fields."""

    start: int
    end: int
    meaning: ColumnMeaning
    fields: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Cell:
    column: int
    start: int
    text: str


_Row = Sequence[_Cell]


def unheaded_cells(transcript: Transcript) -> Iterator[UnheadedCell]:
    """The values of one file that stand beside or under a known label, but under no heading."""
    for rows in _tables_without_headings(transcript):
        yield from _list(rows) if _begins_with_headings(rows) else _form(rows)
    for rows in _typed_tables(transcript):
        yield from _list(rows)


def _tables_without_headings(transcript: Transcript) -> Iterator[list[_Row]]:
    tables: dict[str, dict[int, list[_Cell]]] = defaultdict(lambda: defaultdict(list))
    headed: set[str] = set()
    for index, block in enumerate(transcript.blocks):
        cell, text = block.cell, transcript.line(index)
        if cell is None or not text.strip():
            continue
        if cell.header:
            headed.add(cell.table)
        tables[cell.table][cell.row].append(_Cell(cell.column, transcript.starts[index], text))
    for table, rows in tables.items():
        if table not in headed:
            yield [rows[number] for number in sorted(rows)]


def _begins_with_headings(rows: Sequence[_Row]) -> bool:
    first = rows[0]
    return (
        len(rows) > 1
        and all(_label(cell.text) for cell in first)
        and bool(_fields(first) & _NAMES_SOMEBODY)
        and sum(column_meaning(cell.text) is not None for cell in first) >= _FEWEST_COLUMNS
        and not is_label(rows[1][0].text)
    )


def _label(text: str) -> bool:
    bare = "".join(text.split())
    return 0 < len(bare) <= _LONGEST_LABEL and not _VALUE.search(bare)


def _fields(row: _Row) -> frozenset[str]:
    meanings = (column_meaning(cell.text) for cell in row)
    return frozenset(meaning.field for meaning in meanings if meaning)


def _list(rows: Sequence[_Row]) -> Iterator[UnheadedCell]:
    headings = {cell.column: column_meaning(cell.text) for cell in rows[0]}
    fields = _fields(rows[0])
    for row in rows[1:]:
        pairs = [(meaning, cell) for cell in row if (meaning := headings.get(cell.column))]
        if any(_is_somebody(meaning, cell) for meaning, cell in pairs):
            for meaning, cell in pairs:
                yield _read(cell, meaning, fields)


def _form(rows: Sequence[_Row]) -> Iterator[UnheadedCell]:
    pairs = [pair for row in rows for pair in _pairs(row)]
    fields = frozenset(meaning.field for meaning, _ in pairs)
    if any(_is_somebody(meaning, cell) for meaning, cell in pairs):
        for meaning, cell in pairs:
            yield _read(cell, meaning, fields)


def _is_somebody(meaning: ColumnMeaning, cell: _Cell) -> bool:
    """Whether a cell names a person or holds an ID number, not a blank or a firm."""
    if meaning.field not in _NAMES_SOMEBODY:
        return False
    return may_be_name(cell.text) or meaning.kind is EntityKind.ID_NUMBER


def _pairs(row: _Row) -> Iterator[tuple[ColumnMeaning, _Cell]]:
    """Each label of a row with the value beside it; a label beside a label has none."""
    label: _Cell | None = None
    for cell in row:
        known = _label(cell.text) and column_meaning(cell.text)
        if label is not None and cell.text != label.text and not is_label(cell.text):
            if meaning := column_meaning(label.text):
                yield meaning, cell
            label = None
        elif known:
            label = cell


def _read(cell: _Cell, meaning: ColumnMeaning, fields: frozenset[str]) -> UnheadedCell:
    return UnheadedCell(cell.start, cell.start + len(cell.text), meaning, fields)


def _typed_tables(transcript: Transcript) -> Iterator[list[_Row]]:
    """Runs of lines that fall into as many columns as the line of headings above them."""
    rows: list[_Row] = []
    for index, block in enumerate(transcript.blocks):
        row = _columns(transcript.line(index), transcript.starts[index]) if not block.cell else []
        if rows and len(row) == len(rows[0]):
            rows.append(row)
            continue
        if len(rows) > 1:
            yield rows
        rows = [row] if _is_heading_line(row) else []
    if len(rows) > 1:
        yield rows


def _columns(text: str, start: int) -> list[_Cell]:
    if not _GAP.search(text):
        return []
    cells: list[_Cell] = []
    position = 0
    for gap in [*_GAP.finditer(text), None]:
        end = gap.start() if gap else len(text)
        if text[position:end].strip():
            cells.append(_Cell(len(cells), start + position, text[position:end]))
        position = gap.end() if gap else end
    return cells


def _is_heading_line(row: _Row) -> bool:
    known = [cell for cell in row if column_meaning(cell.text)]
    return (
        len(known) >= _FEWEST_COLUMNS
        and all(_label(cell.text) and ":" not in cell.text for cell in row)
        and bool(_fields(row) & _NAMES_SOMEBODY)
    )
