"""The figures as a workbook: tables, charts, and a sheet that says how each is counted."""

from __future__ import annotations

import io
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.forms.package import settled
from gongkai.messages import say
from gongkai.policy.profile import Profile
from gongkai_plugins.statistics import layout
from gongkai_plugins.statistics.figures import ATTRIBUTES, Dimension
from gongkai_plugins.statistics.layout import Cell, Grid
from gongkai_plugins.statistics.report import Report

COUNTED = (
    "period", "determined", "share", "way", "ground", "late", "reverse", "first_pass", "returns",
    "corrections", "blocking", "publishing", "in_time", "determining", "referral", "nothing",
    "left_out", "people",
)  # fmt: skip
"""What the last sheet explains: ``counted_<name>`` under ``counts_<name>``."""

_WIDTHS = (26, 13)
_LANDSCAPE_A4 = "9"
_LINE = Side(style="thin", color="999999")
_CHART_WIDTH, _CHART_HEIGHT = 17.0, 8.0
_CHART_ROWS = 18


def workbook(made: Report, profile: Profile, organization: str) -> bytes:
    """All figures of a report; the same for the same figures."""
    book = Workbook()
    book.properties.creator = ""
    first = book.active
    assert first is not None
    _determinations(_Sheet(first, "determinations", made, organization), made, profile)
    added = _Sheet(book.create_sheet(), "returns", made, organization)
    added.grid(layout.returns(made))
    added = _Sheet(book.create_sheet(), "timeliness", made, organization)
    added.grid(layout.timeliness(made))
    added.grid(layout.referrals(made))
    _counted(_Sheet(book.create_sheet(), "counted", made, organization), made)
    target = io.BytesIO()
    book.save(target)
    return settled(target.getvalue())


def _determinations(sheet: _Sheet, made: Report, profile: Profile) -> None:
    by_attribute = sheet.grid(layout.determinations(made, Dimension.ATTRIBUTE, profile))
    sheet.chart(
        say("gongkai_plugins.statistics:chart_attributes"),
        by_attribute,
        len(ATTRIBUTES),
        columns=(2, 2),
    )
    for by in (Dimension.KIND, Dimension.SECTION):
        sheet.grid(layout.determinations(made, by, profile))
    months = layout.determinations(made, Dimension.MONTH, profile)
    by_month = sheet.grid(months)
    sheet.chart(
        say("gongkai_plugins.statistics:chart_months"),
        by_month,
        len(months.rows),
        columns=(4, 3 + len(ATTRIBUTES)),
    )
    for grid in (layout.ways(made), layout.grounds(made, profile), layout.singles(made)):
        sheet.grid(grid)


def _counted(sheet: _Sheet, made: Report) -> None:
    sheet.grid(
        Grid(
            say("gongkai_plugins.statistics:counted"),
            (
                say("gongkai_plugins.statistics:column_figure"),
                say("gongkai_plugins.statistics:column_counted"),
            ),
            tuple(
                (
                    say(f"gongkai_plugins.statistics:counts_{name}"),
                    say(f"gongkai_plugins.statistics:counted_{name}"),
                )
                for name in COUNTED
            ),
        )
    )
    sheet.page.column_dimensions["B"].width = 100
    for each in layout.remarks(made):
        sheet.line(each)


class _Sheet:
    """One sheet, filled from above."""

    def __init__(self, page: Worksheet, name: str, made: Report, organization: str) -> None:
        self.page = page
        self._row = 1
        page.title = say(f"gongkai_plugins.statistics:sheet_{name}")
        page.page_setup.orientation = "landscape"
        page.page_setup.paperSize = _LANDSCAPE_A4
        page.page_setup.fitToHeight = 0
        page.sheet_properties.pageSetUpPr.fitToPage = True
        page.oddFooter.center.text = "&P / &N"
        page.column_dimensions["A"].width = _WIDTHS[0]
        for column in range(2, 12):
            page.column_dimensions[get_column_letter(column)].width = _WIDTHS[1]
        self.line(f"{organization} {page.title}".strip(), Font(bold=True, size=14))
        self.line(layout.period_words(made))

    def line(self, text: str, font: Font | None = None) -> None:
        """A line of text."""
        _put(self.page, self._row, 1, text)
        if font is not None:
            self.page.cell(self._row, 1).font = font
        self._row += 1

    def grid(self, grid: Grid) -> int:
        """A grid below what is there; returns the row of its column names."""
        self._row += 1
        self.line(grid.heading, Font(bold=True, size=12))
        head = self._row
        self._cells(grid.columns, bold=True)
        for row in grid.rows:
            self._cells(row)
        if grid.total:
            self._cells(grid.total, bold=True)
        return head

    def chart(self, title: str, head: int, rows: int, columns: tuple[int, int]) -> None:
        """A bar chart of columns of the grid with its names in row ``head``, one bar a row."""
        chart = BarChart()
        chart.type, chart.grouping, chart.overlap = "col", "stacked", 100
        chart.title = title
        chart.width, chart.height = _CHART_WIDTH, _CHART_HEIGHT
        chart.x_axis.delete = chart.y_axis.delete = False
        chart.y_axis.number_format, chart.y_axis.majorGridlines = "0", None
        first, last = columns
        data = Reference(self.page, min_col=first, max_col=last, min_row=head, max_row=head + rows)
        chart.add_data(data, titles_from_data=True)
        chart.set_categories(Reference(self.page, min_col=1, min_row=head + 1, max_row=head + rows))
        if first == last:
            chart.legend = None
            chart.dataLabels = DataLabelList()
            chart.dataLabels.showVal = True
        else:
            chart.legend.position = "b"
        self._row += 1
        self.page.add_chart(chart, f"A{self._row}")
        self._row += _CHART_ROWS

    def _cells(self, values: tuple[Cell, ...], *, bold: bool = False) -> None:
        for column, value in enumerate(values, 1):
            _put(self.page, self._row, column, value)
            cell = self.page.cell(self._row, column)
            cell.border = Border(_LINE, _LINE, _LINE, _LINE)
            cell.alignment = Alignment(
                "left" if column == 1 or isinstance(value, str) else "right",
                "top",
                wrap_text=True,
            )
            if bold:
                cell.font = Font(bold=True)
                cell.fill = PatternFill("solid", fgColor="EEEEEE")
        self._row += 1


def _put(page: Worksheet, row: int, column: int, value: Cell) -> None:
    """A number as a number, a text as a text and never as a formula."""
    cell = page.cell(row, column)
    match value:
        case Decimal():
            cell.value, cell.number_format = value, "0.00"
        case int():
            cell.value, cell.number_format = value, "0"
        case _:
            text = say("gongkai_plugins.statistics:nothing") if value is None else value
            cell.value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", text)
            cell.data_type = "s"
            cell.quotePrefix = True
