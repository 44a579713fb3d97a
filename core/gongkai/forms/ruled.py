"""Ruled tables: boxes with names and fields, rows that repeat, headings on every page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docx.document import Document as DocumentType
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT as UPRIGHT
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row

from gongkai.forms.sheet import BODY, LABEL, spaced, write


@dataclass(frozen=True, slots=True)
class Box:
    """One cell: its text, a line at its foot to sign on, how many columns it spans."""

    text: str = ""
    foot: str = ""
    span: int = 1
    font: str = BODY
    align: ALIGN | None = None
    strike: bool = False


def name(text: str, span: int = 1) -> Box:
    """A cell that names what stands beside or below it."""
    return Box(text, span=span, font=LABEL, align=ALIGN.CENTER)


def value(field: str, span: int = 1) -> Box:
    """A cell that a field fills."""
    return Box("{{ " + field + " }}", span=span)


def table(document: DocumentType, widths: Sequence[float]) -> Table:
    """A ruled table without rows; ``widths`` in millimetres."""
    made: Table = document.add_table(rows=0, cols=len(widths), style="Table Grid")
    made.autofit = False
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    _pad(made)
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
    return made


def row(
    made: Table, *boxes: Box, size: float = 11, height: float = 0, repeats: bool = False
) -> None:
    """A row of boxes; one that ``repeats`` stands at the head of every page of the table."""
    added: _Row = made.add_row()  # type: ignore[no-untyped-call]
    # A row is kept on one page as long as one page can hold it.
    _mark(added, "w:cantSplit")
    if repeats:
        _mark(added, "w:tblHeader")
    if height:
        added.height, added.height_rule = Mm(height), WD_ROW_HEIGHT_RULE.AT_LEAST
    cells, at = list(added.cells), 0
    for box in boxes:
        cell = cells[at]
        if box.span > 1:
            cell = cell.merge(cells[at + box.span - 1])
        cell.width = sum(made.columns[at + i].width for i in range(box.span))
        at += box.span
        _fill(cell, box, size)


def hold(made: Table) -> None:
    """Keep a short table on one page: nobody signs in a box that stands alone."""
    for each_row in made.rows[:-1]:
        for cell in each_row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def steer(made: Table, tag: str) -> None:
    """A row that only steers which rows are printed and leaves nothing behind."""
    added: _Row = made.add_row()  # type: ignore[no-untyped-call]
    write(added.cells[0].paragraphs[0], "{%tr " + tag + " %}", size=9)


def each(made: Table, item: str, items: str, *boxes: Box, size: float = 11) -> None:
    """A row for every item of a list."""
    steer(made, f"for {item} in {items}")
    row(made, *boxes, size=size)
    steer(made, "endfor")


def _fill(cell: _Cell, box: Box, size: float) -> None:
    cell.vertical_alignment = UPRIGHT.CENTER if not box.foot else UPRIGHT.TOP
    lines = box.text.split("\n")
    for number, text in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        spaced(paragraph, box.align)
        write(paragraph, text, box.font, size).font.strike = box.strike or None
    if box.foot:
        paragraph = cell.add_paragraph()
        spaced(paragraph, ALIGN.RIGHT)
        paragraph.paragraph_format.space_before = Pt(size)
        write(paragraph, box.foot, size=size)


def _pad(made: Table) -> None:
    padding = OxmlElement("w:tblCellMar")
    for side, twentieths in (("top", 45), ("left", 85), ("bottom", 45), ("right", 85)):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(twentieths))
        edge.set(qn("w:type"), "dxa")
        padding.append(edge)
    # The schema wants it before the table's look.
    look = made._tbl.tblPr.find(qn("w:tblLook"))
    assert look is not None
    look.addprevious(padding)


def _mark(added: _Row, tag: str) -> None:
    added._tr.get_or_add_trPr().append(OxmlElement(tag))
