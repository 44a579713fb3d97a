"""The figures as a workbook: tables, charts, and a sheet that says how each is counted."""

from __future__ import annotations

import io
import math
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
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

_WIDTHS = (36, 14)
_A4 = "9"
_LINE_HIGH, _PADDING = 15.0, 3.0
_LINE = Side(style="thin", color="999999")
_CHART_WIDTH, _CHART_HEIGHT = 17.0, 8.0
_CHARTS_FROM, _CHART_ROWS = 4, 17


def workbook(made: Report, profile: Profile, organization: str) -> bytes:
    """All figures of a report; the same for the same figures."""
    book = Workbook()
    book.properties.creator = ""
    first = book.active
    assert first is not None
    pages = _Pages(made, organization)
    heads = _determinations(pages.on(first, "determinations"), made, profile)
    _charts(pages.on(book.create_sheet(), "charts"), first, heads)
    pages.on(book.create_sheet(), "returns").lying().grid(layout.returns(made))
    times = pages.on(book.create_sheet(), "timeliness").lying()
    times.grid(layout.timeliness(made))
    times.grid(layout.referrals(made))
    _counted(pages.on(book.create_sheet(), "counted").lying(), made)
    target = io.BytesIO()
    book.save(target)
    return settled(target.getvalue())


@dataclass(frozen=True, slots=True)
class _Drawn:
    """Rows of a grid to be drawn: the one of its column names, and how many follow."""

    head: int
    rows: int


def _determinations(sheet: _Sheet, made: Report, profile: Profile) -> Mapping[Dimension, _Drawn]:
    heads = {}
    for by in Dimension:
        grid = layout.determinations(made, by, profile)
        heads[by] = _Drawn(sheet.grid(grid), len(grid.rows))
    for grid in (layout.ways(made), layout.grounds(made, profile), layout.singles(made)):
        sheet.grid(grid)
    return heads


def _charts(sheet: _Sheet, of: Worksheet, heads: Mapping[Dimension, _Drawn]) -> None:
    """What is public and what not, in all and by month, drawn on one page."""
    whole = _chart(of, heads[Dimension.ATTRIBUTE], "attributes", (2, 2))
    whole.legend = None
    whole.dataLabels = DataLabelList(
        showVal=True, showSerName=False, showCatName=False, showLegendKey=False, showPercent=False
    )
    months = _chart(of, heads[Dimension.MONTH], "months", (4, 3 + len(ATTRIBUTES)))
    months.legend.position = "b"
    sheet.page.add_chart(whole, f"A{_CHARTS_FROM}")
    sheet.page.add_chart(months, f"A{_CHARTS_FROM + _CHART_ROWS}")


def _chart(of: Worksheet, drawn: _Drawn, name: str, columns: tuple[int, int]) -> BarChart:
    """A bar for each row of a grid, one upon the other for several columns."""
    chart = BarChart()
    chart.type, chart.grouping, chart.overlap = "col", "stacked", 100
    chart.title = say(f"gongkai_plugins.statistics:chart_{name}")
    chart.width, chart.height = _CHART_WIDTH, _CHART_HEIGHT
    # Without these Excel draws no axes at all.
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.number_format, chart.y_axis.majorGridlines = "0", None
    first, last = columns
    end = drawn.head + drawn.rows
    data = Reference(of, min_col=first, max_col=last, min_row=drawn.head, max_row=end)
    chart.add_data(data, titles_from_data=True)
    chart.set_categories(Reference(of, min_col=1, min_row=drawn.head + 1, max_row=end))
    return chart


def _counted(sheet: _Sheet, made: Report) -> None:
    sheet.page.column_dimensions["B"].width = 104
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
    for each in layout.remarks(made):
        sheet.line(each)


@dataclass(frozen=True, slots=True)
class _Pages:
    """What every sheet says at its top."""

    made: Report
    organization: str

    def on(self, page: Worksheet, name: str) -> _Sheet:
        """The sheet called so, with its heading."""
        page.title = say(f"gongkai_plugins.statistics:sheet_{name}")
        sheet = _Sheet(page)
        sheet.line(f"{self.organization} {page.title}".strip(), _font(14, bold=True))
        sheet.line(layout.period_words(self.made))
        return sheet


class _Sheet:
    """One sheet, filled from above."""

    def __init__(self, page: Worksheet) -> None:
        self.page = page
        self._row = 1
        page.page_setup.orientation = "portrait"
        page.page_setup.paperSize = _A4
        page.page_setup.fitToHeight = 0
        page.sheet_properties.pageSetUpPr.fitToPage = True
        page.oddFooter.center.text = "&P / &N"
        page.column_dimensions["A"].width = _WIDTHS[0]
        for column in range(2, 12):
            page.column_dimensions[get_column_letter(column)].width = _WIDTHS[1]

    def lying(self) -> _Sheet:
        """The sheet on its side, for many columns."""
        self.page.page_setup.orientation = "landscape"
        return self

    def line(self, text: str, font: Font | None = None) -> None:
        """A line of text."""
        _put(self.page, self._row, 1, text)
        self.page.cell(self._row, 1).font = font or _font()
        self._row += 1

    def grid(self, grid: Grid) -> int:
        """A grid below what is there; returns the row of its column names."""
        self._row += 1
        self.line(grid.heading, _font(12, bold=True))
        head = self._row
        self._cells(grid.columns, _font(bold=True))
        for row in grid.rows:
            self._cells(row, _font())
        if grid.total:
            self._cells(grid.total, _font(bold=True))
        return head

    def _cells(self, values: tuple[Cell, ...], font: Font) -> None:
        for column, value in enumerate(values, 1):
            _put(self.page, self._row, column, value)
            cell = self.page.cell(self._row, column)
            cell.border = Border(_LINE, _LINE, _LINE, _LINE)
            words = column == 1 or isinstance(value, str)
            cell.alignment = Alignment("left" if words else "right", "center", wrap_text=True)
            cell.font = font
            if font.b:
                cell.fill = PatternFill("solid", fgColor="EEEEEE")
        self.page.row_dimensions[self._row].height = self._height(values)
        self._row += 1

    def _height(self, values: tuple[Cell, ...]) -> float:
        """Points a row takes when its texts are wrapped: not every program works it out."""
        lines = 1
        for column, value in enumerate(values, 1):
            room = self.page.column_dimensions[get_column_letter(column)].width
            lines = max(lines, math.ceil(sum(map(_wide, str(value))) / room))
        return lines * _LINE_HIGH + _PADDING


def _font(size: float = 11, *, bold: bool = False) -> Font:
    return Font(name="宋体", size=size, bold=bold)


def _wide(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1


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
