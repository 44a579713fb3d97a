"""政府信息公开登记台账: the same columns as a sheet to work in and as pages to file."""

from __future__ import annotations

import io

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.forms.known import ENTRY, form_named, label
from gongkai.forms.package import settled
from gongkai.forms.ruled import Box, name, row, steer, table
from gongkai.forms.sheet import BODY, LABEL, TITLE, blank, finished, heading, line, page_numbers
from gongkai.messages import say

FORM = form_named("ledger")
COLUMNS = {
    "serial": 15,
    "index": 19,
    "name": 32,
    "doc_number": 19,
    "made_on": 17,
    "subject": 16,
    "summary": 31,
    "attribute": 16,
    "disclosed_on": 17,
    "channel": 16,
    "audience": 16,
    "opinion": 16,
    "approval": 20,
    "remark": 17,
}
"""Millimetres of a landscape page, by column; a sheet's columns are in proportion."""

_DAYS = ("made_on", "disclosed_on")
SIZE = 8.5
_TO_SHEET = 0.54
_HEAD = 4


def document() -> bytes:
    """The template with pages."""
    page = blank(FORM.title, landscape=True)
    heading(page, FORM.title)
    line(page, _above(), size=10.5, align=ALIGN.CENTER, below=4)
    made = table(page, tuple(COLUMNS.values()))
    row(made, *(name(label(FORM, f"entries.{c}")) for c in COLUMNS), size=SIZE, repeats=True)
    steer(made, "for entry in entries")
    steer(made, "if entry.cancelled")
    row(made, *(Box(_cell(c), strike=c != "remark") for c in COLUMNS), size=SIZE)
    steer(made, "else")
    row(made, *(Box(_cell(c)) for c in COLUMNS), size=SIZE)
    steer(made, "endif")
    steer(made, "else")
    row(made, Box(say("forms.no_entries"), span=len(COLUMNS), align=ALIGN.CENTER), size=SIZE)
    steer(made, "endfor")
    line(page, "{{ foot }}", size=9, above=4)
    page_numbers(page, "{{ period }}")
    return finished(page)


def workbook() -> bytes:
    """The template with one row that repeats."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = say("forms.heading_ledger")[:31]
    last = get_column_letter(len(COLUMNS))
    for number, (text, font, height) in enumerate(
        (
            ("{{ office }}", Font(name=BODY, size=12), 20),
            (FORM.title, Font(name=TITLE, size=18), 30),
            (_above(), Font(name=BODY, size=10.5), 20),
        ),
        1,
    ):
        sheet.merge_cells(f"A{number}:{last}{number}")
        cell = sheet.cell(number, 1, text)
        cell.font, cell.alignment = font, Alignment("center", "center", wrap_text=True)
        sheet.row_dimensions[number].height = height
    _grid(sheet)
    foot = sheet.cell(_HEAD + 2, 1, "{{ foot }}")
    foot.font, foot.alignment = Font(name=BODY, size=9), Alignment("left", "top", wrap_text=True)
    sheet.merge_cells(f"A{_HEAD + 2}:{last}{_HEAD + 2}")
    sheet.row_dimensions[_HEAD + 2].height = 30
    _printing(sheet)
    book.properties.creator = None
    book.properties.title = FORM.title
    target = io.BytesIO()
    book.save(target)
    return settled(target.getvalue())


def _grid(sheet: Worksheet) -> None:
    thin = Side("thin")
    ruled = Border(left=thin, right=thin, top=thin, bottom=thin)
    for number, (column, width) in enumerate(COLUMNS.items(), 1):
        sheet.column_dimensions[get_column_letter(number)].width = round(width * _TO_SHEET, 1)
        head = sheet.cell(_HEAD, number, label(FORM, f"entries.{column}"))
        head.font = Font(name=LABEL, size=9)
        head.alignment = Alignment("center", "center", wrap_text=True)
        cell = sheet.cell(_HEAD + 1, number, _cell(column))
        cell.font = Font(name=BODY, size=9)
        cell.alignment = Alignment("left", "center", wrap_text=True)
        head.border = cell.border = ruled
        cell.number_format = "@"
    sheet.row_dimensions[_HEAD].height = 28
    sheet.freeze_panes = sheet.cell(_HEAD + 1, 1)


def _printing(sheet: Worksheet) -> None:
    setup = sheet.page_setup
    setup.orientation, setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    setup.fitToWidth, setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{_HEAD}:{_HEAD}"
    margins = sheet.page_margins
    margins.left = margins.right = margins.top = margins.bottom = 0.6
    margins.footer = 0.3
    sheet.oddFooter.right.text = say("forms.page", page="&P", pages="&N")


def _above() -> str:
    return say(
        "forms.ledger_line",
        period="{{ period }}",
        custodian="{{ custodian }}",
        printed_at="{{ printed_at | day }}",
    )


def _cell(column: str) -> str:
    field = f"{ENTRY}.{column}"
    if column == "remark":
        cancelled = say("forms.cancelled", why=f"{{{{ {ENTRY}.cancelled }}}}")
        return f"{{{{ {field} }}}}{{% if {ENTRY}.cancelled %}}{cancelled}{{% endif %}}"
    return f"{{{{ {field} | day }}}}" if column in _DAYS else f"{{{{ {field} }}}}"
