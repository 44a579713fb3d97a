"""A list of invented people as a workbook, the way lists lie beside a notice."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter

from gongkai.samples.people import Person
from gongkai.samples.stable import stable_package

COLUMNS: Mapping[str, Callable[[Person], str | int]] = {
    "姓名": lambda person: person.name,
    "性别": lambda person: person.sex,
    "身份证号码": lambda person: person.id_number,
    "联系电话": lambda person: person.phone,
    "银行账号": lambda person: person.bank_card,
    "家庭住址": lambda person: person.address,
    "补助金额（元）": lambda person: person.amount,
}
"""What a roster may show, by the heading an office would write."""

ROSTER_COLUMNS = ("姓名", "身份证号码", "联系电话", "补助金额（元）")


def roster(rows: Sequence[Person], columns: Sequence[str] = ROSTER_COLUMNS) -> list[list[str]]:
    """A heading row and one row per person, numbered from 1."""
    lines = [[str(n), *(str(COLUMNS[c](p)) for c in columns)] for n, p in enumerate(rows, 1)]
    return [["序号", *columns], *lines]


def roster_workbook(
    rows: Sequence[Person],
    columns: Sequence[str] = ROSTER_COLUMNS,
    *,
    sheet: str = "名单",
    caption: str = "",
    hidden_columns: Sequence[str] = (),
    hidden_sheet: str = "",
    comment: str = "",
) -> bytes:
    """An XLSX with one roster.

    ``caption`` is a merged first row; ``hidden_columns`` are headings whose columns are
    hidden; ``hidden_sheet`` is the text of a second, hidden sheet; ``comment`` hangs on the
    first heading.
    """
    book = Workbook()
    page = book.active
    page.title = sheet
    table = roster(rows, columns)
    if caption:
        page.append([caption])
        page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(table[0]))
    first = page.max_row + 1 if caption else 1
    for line in table:
        page.append(line)
    for heading in hidden_columns:
        page.column_dimensions[get_column_letter(table[0].index(heading) + 1)].hidden = True
    if comment:
        page.cell(first, 1).comment = Comment(comment, "示例科")
    if hidden_sheet:
        other = book.create_sheet("备查")
        other["A1"] = hidden_sheet
        other.sheet_state = "hidden"
    book.properties.creator = "示例科"
    target = io.BytesIO()
    book.save(target)
    return stable_package(target.getvalue())
