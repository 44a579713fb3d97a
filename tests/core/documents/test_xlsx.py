from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from datetime import time as clock

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.documents.limits import Limits
from gongkai.documents.xlsx import read_xlsx
from gongkai.documents.xlsx_numbers import number_format
from gongkai.model.content import Block, Content, Flag, NoteCode, NoteScope, Part

HEADINGS = ["序号", "姓名", "身份证号", "联系电话", "补贴金额"]


def roster(count: int) -> list[list[object]]:
    return [
        [n, f"示例{n}", f"110101199003{n:06d}", 13800000000 + n, 1200.5]
        for n in range(1, count + 1)
    ]


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(fill: Callable[[Worksheet], None], limits: Limits | None = None) -> Content:
    book = Workbook()
    sheet = book.active
    sheet.title = "名单"
    fill(sheet)
    return read_xlsx(saved(book), limits or Limits())


def block_at(content: Content, place: str) -> Block:
    return next(block for block in content.blocks if block.place == place)


def codes(content: Content) -> dict[NoteCode, NoteScope]:
    return {note.code: note.scope for note in content.notes}


def with_part(data: bytes, name: str, body: bytes) -> bytes:
    """The package with one part added or replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", 8) as new:
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, body)
    return stream.getvalue()


def test_a_list_of_two_hundred_people_names_the_column_of_each_cell():
    def fill(sheet: Worksheet) -> None:
        for row in [HEADINGS, *roster(200)]:
            sheet.append(row)

    content = read(fill)

    data = [b for b in content.blocks if b.cell and b.cell.data]
    cell = block_at(content, "名单!C201")
    assert len(data) == 200 * 5
    assert {b.cell.header for b in data if b.cell} == set(HEADINGS)
    assert cell.text == "110101199003000200"
    assert cell.cell is not None
    assert (cell.cell.table, cell.cell.row, cell.cell.column) == ("名单", 201, 3)


@pytest.mark.parametrize("merged", ["A1:E1", "A1:D1", ""])
def test_a_caption_above_the_headings_is_part_of_no_heading(merged):
    def fill(sheet: Worksheet) -> None:
        for row in [["2026年补贴发放名单"], HEADINGS, *roster(5)]:
            sheet.append(row)
        if merged:
            sheet.merge_cells(merged)

    content = read(fill)

    cell = block_at(content, "名单!B4").cell
    assert cell is not None
    assert (cell.header, cell.data) == ("姓名", True)


def test_headings_of_two_rows_are_joined():
    def fill(sheet: Worksheet) -> None:
        sheet.append(["姓名", "联系方式", None])
        sheet.append([None, "手机", "住址"])
        sheet.append(["示例", 13800138000, "示例路1号"])
        sheet.merge_cells("B1:C1")
        sheet.merge_cells("A1:A2")

    content = read(fill)

    found = [block_at(content, f"名单!{c}3").cell for c in "ABC"]
    assert [cell.header for cell in found if cell] == ["姓名", "联系方式 手机", "联系方式 住址"]


def test_a_second_table_below_has_its_own_headings_and_a_gap_keeps_the_first_ones():
    def fill(sheet: Worksheet) -> None:
        for row in [["姓名", "电话"], ["甲示例", "13800138000"], [], ["乙示例", "13800138001"]]:
            sheet.append(row)
        for row in [[], ["单位", "地址"], ["示例局", "示例路1号"]]:
            sheet.append(row)

    content = read(fill)

    after_gap, second = (block_at(content, f"名单!A{row}").cell for row in (4, 7))
    assert after_gap is not None
    assert second is not None
    assert (after_gap.header, after_gap.table) == ("姓名", "名单")
    assert (second.header, second.table) == ("单位", "名单#2")


@pytest.mark.parametrize(
    ("value", "format_", "shown"),
    [
        pytest.param("110101199003077758", "@", "110101199003077758", id="identity_number_as_text"),
        pytest.param(13800138000, "General", "13800138000", id="mobile_number"),
        pytest.param(13800138000, "0.00E+00", "13800138000", id="never_scientific"),
        pytest.param(6222021234567890, "General", "6222021234567890", id="bank_card"),
        pytest.param(12, "000000", "000012", id="leading_zeros"),
        pytest.param(1234567.891, "#,##0.00", "1,234,567.89", id="thousands"),
        pytest.param(1234.5, '¥#,##0.00"元"', "¥1,234.50元", id="money"),
        pytest.param(-3, "0", "-3", id="negative"),
        pytest.param(0.256, "0.0%", "25.6%", id="percent"),
        pytest.param(0.1 + 0.2, "General", "0.3", id="binary_noise"),
        pytest.param(3.5, "0.##", "3.5", id="optional_decimals"),
        pytest.param(True, "General", "TRUE", id="truth"),
        pytest.param(date(2026, 3, 12), "yyyy-mm-dd", "2026-03-12", id="date"),
        pytest.param(date(2026, 3, 12), 'yyyy"年"m"月"d"日"', "2026-03-12", id="chinese_date"),
        pytest.param(date(2026, 3, 12), "[$-804]yyyy/m/d;@", "2026-03-12", id="date_of_a_locale"),
        pytest.param(
            datetime(2026, 3, 12, 9, 30), "yyyy-mm-dd h:mm", "2026-03-12 09:30", id="moment"
        ),
        pytest.param(clock(9, 30), "h:mm", "09:30", id="time"),
    ],
)
def test_numbers_are_shown_as_a_clerk_reads_them(value, format_, shown):
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = value
        sheet["A1"].number_format = format_

    content = read(fill)

    assert block_at(content, "名单!A1").text == shown


@pytest.mark.parametrize(
    "code", ["0.0", "#,##0", "@", "yyyy", ";;;", '"x"0', "[h]:mm", "?/?", "General"]
)
@pytest.mark.parametrize(
    "value", ["", "x", "1E400", "-1E-400", "NaN", "Infinity", "1" * 400, "99999999"]
)
def test_no_format_fails_on_any_value(code, value):
    shown = number_format(200, code, False).show(value)

    assert isinstance(shown, str)


def hide_row(sheet: Worksheet) -> None:
    sheet.row_dimensions[2].hidden = True


def flatten_row(sheet: Worksheet) -> None:
    sheet.row_dimensions[2].height = 0.5


def hide_column(sheet: Worksheet) -> None:
    sheet.column_dimensions["B"].hidden = True


def squeeze_column(sheet: Worksheet) -> None:
    sheet.column_dimensions["B"].width = 0.1


def hide_sheet(sheet: Worksheet) -> None:
    sheet.parent.create_sheet("首页")
    sheet.sheet_state = "hidden"


def hide_sheet_from_the_menu(sheet: Worksheet) -> None:
    sheet.parent.create_sheet("首页")
    sheet.sheet_state = "veryHidden"


def whiten(sheet: Worksheet) -> None:
    sheet["B2"].font = Font(color="FFFFFFFF")


def whiten_by_theme(sheet: Worksheet) -> None:
    from openpyxl.styles.colors import Color

    sheet["B2"].font = Font(color=Color(theme=0))


def colour_like_the_ground(sheet: Worksheet) -> None:
    sheet["B2"].font = Font(color="FF0000FF")
    sheet["B2"].fill = PatternFill("solid", fgColor="FF0000FF")


def shrink(sheet: Worksheet) -> None:
    sheet["B2"].font = Font(size=1)


def format_away(sheet: Worksheet) -> None:
    sheet["B2"].number_format = ";;;"


def print_only_the_first_row(sheet: Worksheet) -> None:
    sheet.print_area = "A1:C1"


class TestHiddenCells:
    @pytest.mark.parametrize(
        ("hide", "flag"),
        [
            (hide_row, Flag.HIDDEN_ROW),
            (flatten_row, Flag.HIDDEN_ROW),
            (hide_column, Flag.HIDDEN_COLUMN),
            (squeeze_column, Flag.HIDDEN_COLUMN),
            (hide_sheet, Flag.HIDDEN_SHEET),
            (hide_sheet_from_the_menu, Flag.HIDDEN_SHEET),
            (whiten, Flag.WHITE),
            (whiten_by_theme, Flag.WHITE),
            (colour_like_the_ground, Flag.WHITE),
            (shrink, Flag.TINY),
            (format_away, Flag.HIDDEN),
            (print_only_the_first_row, Flag.UNPRINTED),
        ],
    )
    def test_what_a_reader_of_the_sheet_does_not_see_is_flagged(self, hide, flag):
        def fill(sheet: Worksheet) -> None:
            sheet["A1"] = "说明文字"
            sheet["B2"] = 18
            hide(sheet)

        content = read(fill)

        assert block_at(content, "名单!B2").flags == {flag}
        assert not block_at(content, "名单!B2").printed

    def test_white_words_on_a_dark_ground_are_seen(self):
        def fill(sheet: Worksheet) -> None:
            sheet["A1"] = "红底白字"
            sheet["A1"].font = Font(color="FFFFFFFF")
            sheet["A1"].fill = PatternFill("solid", fgColor="FFC00000")

        content = read(fill)

        assert block_at(content, "名单!A1").printed

    def test_white_words_inside_a_cell_stand_apart(self):
        from openpyxl.cell.rich_text import CellRichText, TextBlock
        from openpyxl.cell.text import InlineFont

        def fill(sheet: Worksheet) -> None:
            hidden = TextBlock(InlineFont(color="FFFFFFFF"), "看不见")
            sheet["A1"] = CellRichText("看得见", hidden)

        content = read(fill)

        assert block_at(content, "名单!A1").text == "看得见"
        assert block_at(content, "名单!A1~white").flags == {Flag.WHITE}


class TestBesideTheCells:
    def test_comments_hang_on_their_cell(self):
        def fill(sheet: Worksheet) -> None:
            sheet["B3"] = "示例"
            sheet["B3"].comment = Comment("此人情况请勿外传", "示例科")

        content = read(fill)

        assert block_at(content, "名单!B3#comment").text == "此人情况请勿外传"
        assert block_at(content, "名单!B3#comment").part is Part.COMMENT
        assert content.comments == 1

    def test_threaded_comments_are_read_with_their_replies(self):
        namespace = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
        body = (
            f'<ThreadedComments xmlns="{namespace}">'
            '<threadedComment ref="A1"><text>先不公开</text></threadedComment>'
            '<threadedComment ref="A1"><text>同意</text></threadedComment></ThreadedComments>'
        )
        relation = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="rId1" Target="../threadedComments/t1.xml" '
            'Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"/>'
            "</Relationships>"
        )
        book = Workbook()
        book.active["A1"] = "示例"
        data = with_part(saved(book), "xl/threadedComments/t1.xml", body.encode())
        data = with_part(data, "xl/worksheets/_rels/sheet1.xml.rels", relation.encode())

        content = read_xlsx(data, Limits())

        found = [b.text for b in content.blocks if b.part is Part.COMMENT]
        assert found == ["先不公开", "同意"]
        assert block_at(content, "Sheet!A1#comment/2").text == "同意"

    def test_a_formula_that_holds_words_is_read_beside_its_result(self):
        def fill(sheet: Worksheet) -> None:
            sheet["A1"] = '=IF(B1>0,"内部掌握","13800138000")'
            sheet["A2"] = "=SUM(B1:B9)"

        content = read(fill)

        fields = [b for b in content.blocks if Flag.FIELD_CODE in b.flags]
        assert [b.place for b in fields] == ["名单!A1~field"]
        assert "内部掌握" in fields[0].text

    def test_headers_footers_lists_names_and_links_are_read(self):
        def fill(sheet: Worksheet) -> None:
            sheet["A1"] = "示例"
            sheet["A1"].hyperlink = "https://example.gov.cn/neibu"
            sheet.oddHeader.center.text = "内部资料 &P"
            sheet.oddFooter.left.text = "&D 示例科"
            choices = DataValidation(type="list", formula1='"同意,不同意"', prompt="请选意见")
            choices.add("A1")
            sheet.add_data_validation(choices)
            sheet.parent.defined_names["底数"] = DefinedName("底数", attr_text='"13800138000"')

        content = read(fill)

        found = {b.part: b.text for b in content.blocks}
        assert found[Part.HEADER] == "内部资料"
        assert found[Part.FOOTER] == "示例科"
        assert found[Part.LINK] == "https://example.gov.cn/neibu"
        settings = " ".join(b.text for b in content.blocks if b.part is Part.SETTING)
        assert all(text in settings for text in ("同意,不同意", "请选意见", "13800138000"))

    def test_the_reading_above_characters_is_read(self):
        main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        sheet = (
            f'<worksheet xmlns="{main}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is>'
            '<t>示例</t><rPh sb="0" eb="2"><t>暗藏的话</t></rPh></is></c></row></sheetData>'
            "</worksheet>"
        )
        data = with_part(saved(Workbook()), "xl/worksheets/sheet1.xml", sheet.encode())

        content = read_xlsx(data, Limits())

        assert block_at(content, "Sheet!A1").text == "示例"
        assert block_at(content, "Sheet!A1~phonetic").text == "暗藏的话"

    def test_properties_are_read(self):
        book = Workbook()
        book.active["A1"] = "示例"
        book.properties.title = "内部底稿"

        content = read_xlsx(saved(book), Limits())

        assert content.property_named("core.title") == "内部底稿"
        assert block_at(content, "property/core.title").part is Part.PROPERTY

    def test_parts_without_a_reader_are_read_as_text_or_noted(self):
        book = Workbook()
        book.active["A1"] = "示例"
        data = with_part(saved(book), "customXml/item1.xml", "<a><b>藏在部件里</b></a>".encode())
        data = with_part(data, "xl/vbaProject.bin", b"\x00\x01")

        content = read_xlsx(data, Limits())

        assert block_at(content, "other/customXml/item1.xml/1").text == "藏在部件里"
        assert codes(content) == {NoteCode.OPAQUE_PART: NoteScope.PART}

    def test_pictures_are_noted_as_unread(self):
        from PIL import Image as Picture

        stream = io.BytesIO()
        Picture.new("RGB", (40, 40), "red").save(stream, "PNG")
        stream.seek(0)

        def fill(sheet: Worksheet) -> None:
            sheet["A1"] = "示例"
            sheet.add_image(Image(stream), "B2")

        content = read(fill)

        assert codes(content) == {NoteCode.IMAGE: NoteScope.PART}

    def test_embedded_files_are_read_and_depth_is_bounded(self):
        data = saved(book_with("最里面"))
        for _ in range(5):
            data = with_part(saved(book_with("外层")), "xl/embeddings/inner.xlsx", data)

        content = read_xlsx(data, Limits(package_depth=3))

        inner = block_at(content, "embedded/inner.xlsx!Sheet!A1")
        assert inner.part is Part.EMBEDDED
        assert Flag.EMBEDDED in inner.flags
        assert codes(content) == {NoteCode.NESTED_TOO_DEEP: NoteScope.PART}


def book_with(text: str) -> Workbook:
    book = Workbook()
    book.active["A1"] = text
    return book


class TestHostileFiles:
    @pytest.mark.parametrize(
        "data",
        [
            pytest.param(b"PK\x03\x04 and no more", id="junk"),
            pytest.param(saved(book_with("示例"))[:900], id="truncated"),
            pytest.param(
                with_part(saved(book_with("示例")), "xl/workbook.xml", b"<a"), id="broken"
            ),
            pytest.param(
                with_part(
                    saved(book_with("示例")),
                    "xl/workbook.xml",
                    b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
                ),
                id="entities",
            ),
        ],
    )
    def test_a_damaged_workbook_was_not_checked(self, data):
        content = read_xlsx(data, Limits())

        assert codes(content) == {NoteCode.DAMAGED: NoteScope.WHOLE}

    def test_a_sheet_that_cannot_be_read_withholds_a_part(self):
        book = book_with("示例")
        book.create_sheet("二")["A1"] = "第二张"
        data = with_part(saved(book), "xl/worksheets/sheet1.xml", b"<a")

        content = read_xlsx(data, Limits())

        assert codes(content) == {NoteCode.DAMAGED: NoteScope.PART}
        assert block_at(content, "二!A1").text == "第二张"

    def test_a_part_that_unpacks_too_far_withholds_what_it_holds(self):
        bomb = b"<a>" + b" " * (40 << 20) + b"</a>"
        data = with_part(saved(book_with("示例")), "xl/worksheets/sheet1.xml", bomb)

        content = read_xlsx(data, Limits())

        assert codes(content)[NoteCode.TOO_LARGE] is NoteScope.PART

    def test_more_cells_than_are_read_are_too_many(self):
        def fill(sheet: Worksheet) -> None:
            for row in roster(10):
                sheet.append(row)

        content = read(fill, Limits(sheet_cells=20))

        assert codes(content) == {NoteCode.TOO_LARGE: NoteScope.WHOLE}

    def test_an_empty_workbook_is_empty(self):
        content = read_xlsx(saved(Workbook()), Limits())

        assert codes(content) == {NoteCode.EMPTY: NoteScope.WHOLE}


def test_two_hundred_thousand_cells_take_a_few_seconds():
    book = Workbook(write_only=True)
    sheet = book.create_sheet("大表")
    sheet.append([*HEADINGS, "单位", "地址", "备注"])
    for row in roster(25_000):
        sheet.append([*row, "示例局", "示例路", "无"])
    data = saved(book)
    start = time.process_time()

    content = read_xlsx(data, Limits())

    assert time.process_time() - start < 12
    assert sum(1 for block in content.blocks if block.part is Part.SHEET) == 25_001 * 8
