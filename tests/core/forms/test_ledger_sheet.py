"""The ledger as a workbook: one row per entry, texts as texts, what stands below moves down."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from core.forms.at_hand import ledger
from gongkai.documents.read import read_bytes
from gongkai.forms.papers import Ledger
from gongkai.forms.render import render_xlsx
from gongkai.forms.templates import Templates

HEADINGS = [
    "文件序号", "索引号", "名称", "文号", "生成日期", "主题内容", "内容概述", "公开属性",
    "公开时间", "公开形式", "公开范围", "审核意见", "领导小组审核文号", "备注",
]  # fmt: skip


def sheet_of(data: bytes) -> Worksheet:
    sheet = load_workbook(io.BytesIO(data)).active
    assert isinstance(sheet, Worksheet)
    return sheet


def rows_of(data: bytes) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet_of(data).iter_rows()]


def with_template(book: Workbook) -> Templates:
    target = io.BytesIO()
    book.save(target)
    return Templates(None, {"登记台账.xlsx": target.getvalue()})


def own_template() -> Workbook:
    """An office's own: two columns, a merged row of its own below."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in (
        ["{{ office }}台账"],
        ["名称", "次序"],
        ["{{ entry.name }}", "第{{ entry.serial }}件"],
        [],
        ["{{ foot }}", "负责人"],
        ["合计", "=1+1"],
    ):
        sheet.append(row)
    sheet["A3"].font = Font(name="楷体", size=14)
    sheet.merge_cells("C3:D3")
    sheet.merge_cells("B5:D5")
    sheet.row_dimensions[5].height = 33
    return book


def test_the_columns_are_those_of_the_institution_and_the_regulation() -> None:
    assert rows_of(render_xlsx(ledger()))[3] == HEADINGS


def test_every_entry_has_its_row_and_the_foot_stands_below() -> None:
    rows = rows_of(render_xlsx(ledger(40)))

    assert [row[0] for row in rows[4:44]] == [f"2026-{number:03}" for number in range(1, 41)]
    assert str(rows[44][0]).startswith("登记链第1286行")


def test_our_reader_finds_the_entries() -> None:
    content = read_bytes(render_xlsx(ledger()), "登记台账.xlsx")

    assert content.readable
    assert "SL001-0202-2026-00003" in {block.text for block in content.blocks}


def test_a_cancelled_entry_stays_struck_but_for_the_reason() -> None:
    sheet = sheet_of(render_xlsx(ledger()))

    assert [bool(sheet.cell(row, 1).font.strike) for row in (5, 6, 7)] == [False, True, False]
    assert sheet.cell(6, 14).value == "已注销：重复登记，2026年12月1日"
    assert not sheet.cell(6, 14).font.strike


@pytest.mark.parametrize("lead", ["=", "+", "-", "@", "\t="])
def test_a_text_that_begins_like_a_formula_is_a_text(lead: str) -> None:
    entry = replace(ledger().entries[0], name=f"{lead}HYPERLINK(1)")

    cell = sheet_of(render_xlsx(replace(ledger(), entries=(entry,)))).cell(5, 3)

    assert cell.data_type == "s"
    assert cell.quotePrefix


def test_no_entries_leave_an_empty_row() -> None:
    rows = rows_of(render_xlsx(ledger(0)))

    assert set(rows[4]) == {None}
    assert str(rows[5][0]).startswith("登记链")


def test_rows_are_high_enough_for_their_texts() -> None:
    long = replace(ledger().entries[0], summary="规范就业补助资金的申请、审核和公示。" * 6)

    sheet = sheet_of(render_xlsx(replace(ledger(), entries=(ledger().entries[0], long))))

    short_row, long_row = (sheet.row_dimensions[row].height or 0 for row in (5, 6))
    assert long_row > 2 * short_row


def test_the_headings_repeat_on_every_page() -> None:
    sheet = sheet_of(render_xlsx(ledger()))

    assert sheet.print_title_rows == "$4:$4"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)


def test_equal_ledgers_are_equal_bytes() -> None:
    assert render_xlsx(ledger()) == render_xlsx(ledger())


def test_an_own_template_keeps_its_looks_and_what_stands_below() -> None:
    sheet = sheet_of(render_xlsx(ledger(3), with_template(own_template())))

    assert sheet["A1"].value == "示例市人力资源和社会保障局台账"
    assert [sheet.cell(row, 2).value for row in (3, 4, 5)] == [f"第2026-00{n}件" for n in (1, 2, 3)]
    assert {sheet.cell(row, 1).font.name for row in (3, 4, 5)} == {"楷体"}
    assert (sheet["B7"].value, sheet.row_dimensions[7].height) == ("负责人", 33)
    assert {str(each) for each in sheet.merged_cells.ranges} == {"C3:D3", "C4:D4", "C5:D5", "B7:D7"}
    assert sheet["B8"].value == "=1+1"


def test_one_entry_moves_nothing() -> None:
    one: Ledger = ledger(1)

    sheet = sheet_of(render_xlsx(one, with_template(own_template())))

    assert sheet["B5"].value == "负责人"
