"""Where every paragraph of a DOCX story stands: the places, in one piece of code for all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from lxml.etree import _Element

from gongkai.documents import docx_names as n
from gongkai.documents.docx_graphics import differing_fallbacks
from gongkai.documents.docx_looks import SHD, fill_of
from gongkai.documents.docx_names import OFF, VAL, w
from gongkai.documents.docx_styles import NO_FLAGS, Styles, TableLook
from gongkai.documents.tables import HeaderRows, headers
from gongkai.model.content import Cell, Flag, Part

_HEADING_SAMPLE = 12
_TINY_ROW = 60
_CHANGES = {
    n.INS: frozenset({Flag.INSERTED}),
    n.MOVE_TO: frozenset({Flag.INSERTED}),
    n.DEL: frozenset({Flag.DELETED}),
    n.MOVE_FROM: frozenset({Flag.DELETED}),
}
_OWN, _FALLBACK = frozenset({Flag.OWN_MARK}), frozenset({Flag.FALLBACK})
_HIDDEN, _TINY = frozenset({Flag.HIDDEN}), frozenset({Flag.TINY})
_GRID_SPAN, _V_MERGE, _GRID_BEFORE = w("gridSpan"), w("vMerge"), w("gridBefore")
_TBL_HEADER, _TR_HEIGHT, _H_RULE = w("tblHeader"), w("trHeight"), w("hRule")
_TBL_STYLE, _ROW_HIDDEN = w("tblStyle"), w("hidden")
_LEAVES = frozenset((n.P, n.TBL, n.TR, n.TC, n.ALT_CHUNK, n.SDT_PR, n.BOOKMARK_START))
_SILENT = frozenset((n.SECTPR, n.TBLPR, n.TRPR, n.TCPR, w("tblGrid"), w("sdtEndPr"), w("tblPrEx")))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What holds for everything in a container: its room, its flags, its background, its cell.

    ``own_items`` are the store ids of the customXml items gongkai wrote itself.
    """

    part: Part
    flags: frozenset[Flag] = NO_FLAGS
    fill: str | None = None
    cell: Cell | None = None
    own_items: frozenset[str] = frozenset()


class Item(NamedTuple):
    """A paragraph, or something beside paragraphs, at its place."""

    element: _Element
    place: str
    around: Surroundings


def runs_of(paragraph: _Element) -> Iterator[_Element]:
    """The runs of a paragraph in the order anchors count them: "r1" is the first."""
    for child in paragraph:
        if child.tag == n.R:
            yield child
        if isinstance(child.tag, str) and child.tag not in (n.TXBX_CONTENT, n.PPR, n.RPR):
            yield from runs_of(child)


def lay_out(
    container: _Element, place: str, around: Surroundings, styles: Styles, first: str = ""
) -> Iterator[Item]:
    """Paragraphs, content control properties, bookmarks and chunks below a container.

    ``first`` is the place of the first paragraph where it differs, as in a cell.
    """
    paragraphs = tables = 0
    for child, flags in flattened(container, around.own_items):
        inner = _with(around, flags)
        tag = child.tag
        if tag == n.P:
            paragraphs += 1
            own = first if first and paragraphs == 1 else f"{place}/p{paragraphs}"
            yield Item(child, own, inner)
        elif tag == n.TBL:
            tables += 1
            yield from _table(child, f"{place}/t{tables}", inner, styles)
        else:
            yield Item(child, f"{place}/p{paragraphs + 1}", inner)


def flattened(
    container: _Element, own_items: frozenset[str], flags: frozenset[Flag] = NO_FLAGS
) -> Iterator[tuple[_Element, frozenset[Flag]]]:
    """The paragraphs, tables, rows or cells of a container, wrappers opened, with their flags."""
    for child in container:
        tag = child.tag
        if tag in _LEAVES:
            yield child, flags
        elif tag in _SILENT or not isinstance(tag, str):
            continue
        elif tag == n.SDT:
            yield from flattened(child, own_items, flags | own_flags(child, own_items))
        elif tag == n.ALTERNATE:
            differing = differing_fallbacks(child)
            for branch in child:
                if branch.tag == n.CHOICE and branch not in differing:
                    yield from flattened(branch, own_items, flags)
                elif branch in differing:
                    yield from flattened(branch, own_items, flags | _FALLBACK)
        else:
            yield from flattened(child, own_items, flags | _CHANGES.get(tag, NO_FLAGS))


def own_flags(sdt: _Element, own_items: frozenset[str]) -> frozenset[Flag]:
    """OWN_MARK for a content control bound to gongkai's own data, else nothing."""
    binding = sdt.find(f"{n.SDT_PR}/{w('dataBinding')}")
    if binding is None:
        return NO_FLAGS
    known = binding.get(w("storeItemID"), "").upper() in own_items
    return _OWN if known or n.OWN_NAMESPACE in binding.get(w("prefixMappings"), "") else NO_FLAGS


def _with(around: Surroundings, flags: frozenset[Flag]) -> Surroundings:
    return replace(around, flags=around.flags | flags) if flags else around


class _GridCell(NamedTuple):
    element: _Element
    column: int
    span: int
    continues: bool
    fill: str | None
    flags: frozenset[Flag]


def _table(tbl: _Element, place: str, around: Surroundings, styles: Styles) -> Iterator[Item]:
    style = tbl.find(f"{n.TBLPR}/{_TBL_STYLE}")
    look = styles.table(None if style is None else style.get(VAL))
    if look.hidden:
        around = replace(around, flags=around.flags | _HIDDEN)
    rows: list[tuple[_Element, frozenset[Flag]]] = []
    for child, flags in flattened(tbl, around.own_items):
        if child.tag == n.TR:
            rows.append((child, flags))
        else:
            yield Item(child, f"{place}/r{len(rows) + 1}", _with(around, flags))
    sample = [_cells(tr, around.own_items) for tr, _ in rows[:_HEADING_SAMPLE]]
    heads = headers(_grid(sample), _marked(rows))
    for number, (tr, flags) in enumerate(rows, 1):
        cells = sample[number - 1] if number <= len(sample) else _cells(tr, around.own_items)
        row_flags = around.flags | flags | _row_flags(tr)
        for cell in cells:
            if cell.element.tag != n.TC:
                yield Item(cell.element, f"{place}/r{number}", _with(around, row_flags))
                continue
            yield from _cell(cell, number, place, around, row_flags, heads, look, styles)


def _cell(
    cell: _GridCell,
    row: int,
    place: str,
    around: Surroundings,
    flags: frozenset[Flag],
    heads: HeaderRows,
    look: TableLook,
    styles: Styles,
) -> Iterator[Item]:
    data = row > heads.count
    known = data and cell.column <= len(heads.headings)
    header = heads.headings[cell.column - 1] if known else ""
    if cell.flags:
        flags = flags | cell.flags
    if cell.continues and row > 1:
        # Word prints only the first cell of a vertical merge.
        flags = flags | _HIDDEN
    fill = cell.fill or (look.first_row if row == 1 else None)
    fill = fill or (look.first_column if cell.column == 1 else None) or look.fill or around.fill
    part = Part.TABLE if around.part is Part.BODY else around.part
    inner = Surroundings(
        part, flags, fill, Cell(place, row, cell.column, header, data), around.own_items
    )
    own = f"{place}/r{row}c{cell.column}"
    yield from lay_out(cell.element, own, inner, styles, first=own)


def _cells(tr: _Element, own_items: frozenset[str]) -> list[_GridCell]:
    before = tr.find(f"{n.TRPR}/{_GRID_BEFORE}")
    column = 1 + (0 if before is None else _integer(before.get(VAL), 0))
    cells: list[_GridCell] = []
    for tc, flags in flattened(tr, own_items):
        if tc.tag != n.TC:
            cells.append(_GridCell(tc, column, 0, False, None, flags))
            continue
        span, continues, fill = 1, False, None
        properties = tc.find(n.TCPR)
        for child in () if properties is None else properties:
            tag = child.tag
            if tag == _GRID_SPAN:
                span = max(1, min(_integer(child.get(VAL), 1), 256))
            elif tag == _V_MERGE:
                continues = child.get(VAL, "continue") == "continue"
            elif tag == SHD:
                fill = fill_of(child)
        cells.append(_GridCell(tc, column, span, continues, fill, flags))
        column += span
    return cells


def _grid(rows: list[list[_GridCell]]) -> list[list[str]]:
    grid: list[list[str]] = []
    for cells in rows:
        line: list[str] = []
        for cell in cells:
            line += [""] * (cell.column - 1 - len(line))
            text = "".join(str(t) for t in cell.element.itertext(n.T, with_tail=False))
            if cell.continues and grid and cell.column <= len(grid[-1]):
                text = grid[-1][cell.column - 1]
            line += [text] * cell.span
        grid.append(line)
    return grid


def _marked(rows: list[tuple[_Element, frozenset[Flag]]]) -> int:
    count = 0
    for tr, _ in rows[: _HEADING_SAMPLE // 2]:
        mark = tr.find(f"{n.TRPR}/{_TBL_HEADER}")
        if mark is None or mark.get(VAL) in OFF:
            break
        count += 1
    return count if count < len(rows) else 0


def _row_flags(tr: _Element) -> frozenset[Flag]:
    properties = tr.find(n.TRPR)
    flags = NO_FLAGS
    for child in () if properties is None else properties:
        tag = child.tag
        if tag in _CHANGES:
            flags = flags | _CHANGES[tag]
        elif tag == _ROW_HIDDEN and child.get(VAL) not in OFF:
            flags = flags | _HIDDEN
        elif tag == _TR_HEIGHT and child.get(_H_RULE) == "exact":
            low = _integer(child.get(VAL), 240) <= _TINY_ROW
            flags = flags | _TINY if low else flags
    return flags


def _integer(text: str | None, default: int) -> int:
    try:
        return int(text) if text else default
    except ValueError:
        return default
