from __future__ import annotations

import codecs
import random

import pytest

from gongkai.documents.limits import Limits
from gongkai.documents.text import read_text
from gongkai.model.content import Content, NoteCode, NoteScope

NOTICE = "关于进一步规范公文公开属性源头认定工作的通知\n各科室：\n现将有关事项通知如下。"
TRADITIONAL = "關於進一步規範公文公開屬性源頭認定工作的通知\n各科室：\n現將有關事項通知如下。"
NAMES = "欧阳霁\n司徒瑾"
ROSTER = "姓名\t身份证号\n赵钱\t110101199003077758"


def read(data: bytes) -> Content:
    return read_text(data, Limits())


def lines(content: Content) -> list[str]:
    return [block.text for block in content.blocks]


@pytest.mark.parametrize(
    ("text", "encoding", "mark"),
    [
        pytest.param(NOTICE, "utf-8", b"", id="utf8"),
        pytest.param(NOTICE, "utf-8", codecs.BOM_UTF8, id="utf8_with_mark"),
        pytest.param(NOTICE, "utf-16-le", codecs.BOM_UTF16_LE, id="notepad_unicode"),
        pytest.param(NOTICE, "utf-16-be", codecs.BOM_UTF16_BE, id="utf16_big_end_first"),
        pytest.param(NOTICE, "utf-16-le", b"", id="utf16_without_mark_but_with_line_feeds"),
        pytest.param(NOTICE, "utf-32-le", codecs.BOM_UTF32_LE, id="utf32"),
        pytest.param(NOTICE, "gb18030", b"", id="gb18030"),
        pytest.param(NOTICE, "gbk", b"", id="gbk"),
        pytest.param(ROSTER, "gb18030", b"", id="gb18030_mostly_digits"),
        pytest.param(NAMES, "gb18030", b"", id="gb18030_rare_names_only"),
        pytest.param("姓名\n司徒翾", "gb18030", b"", id="gb18030_name_beyond_gb2312"),
        pytest.param("张三丰", "gb18030", b"", id="gb18030_one_name"),
        pytest.param("主动公开", "gb18030", b"", id="gb18030_one_label"),
        pytest.param(TRADITIONAL, "gb18030", b"", id="traditional_in_gb18030"),
        pytest.param(TRADITIONAL, "big5", b"", id="big5"),
        pytest.param("主動公開", "big5", b"", id="big5_one_label"),
        pytest.param("此件不予公開，請登記", "big5", b"", id="big5_one_line"),
        pytest.param("plain ascii\nsecond line", "ascii", b"", id="ascii"),
    ],
)
def test_text_is_read_in_the_encoding_it_was_written_in(text, encoding, mark):
    content = read(mark + text.encode(encoding))

    assert lines(content) == text.split("\n")
    assert not content.notes


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param("一\r\n二\r\n\r\n三", ["line1", "line2", "line4"], id="windows_line_ends"),
        pytest.param("一\n二\n三", ["line1", "line2", "line3"], id="unix_line_ends"),
        pytest.param("一\r二\r三", ["line1", "line2", "line3"], id="old_mac_line_ends"),
        pytest.param("一\n二\f三", ["line1", "line2", "line3"], id="form_feed_begins_a_page"),
        pytest.param("一\n二\u2028三", ["line1", "line2", "line3"], id="line_separator"),
    ],
)
def test_lines_are_numbered_as_an_editor_numbers_them(text, places):
    content = read(text.encode())

    assert [block.place for block in content.blocks] == places
    assert lines(content) == ["一", "二", "三"]


@pytest.mark.parametrize("row", ["姓名\t电话\t地址", "姓名 | 电话 | 地址", "| 甲 | 乙 |"])
def test_what_looks_like_a_table_stays_text(row):
    content = read(row.encode())

    assert lines(content) == [row]
    assert content.blocks[0].cell is None


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(bytes(range(256)) * 8, id="all_bytes"),
        pytest.param(random.Random(7).randbytes(4000), id="noise"),
        pytest.param(b"\x00\x01\x02" * 500, id="control_bytes"),
        pytest.param(codecs.BOM_UTF16_LE + b"\x00\xd8" * 50, id="half_surrogates"),
    ],
)
def test_what_decodes_to_nothing_was_not_checked(data):
    content = read(data)

    assert [(n.code, n.scope) for n in content.notes] == [(NoteCode.DAMAGED, NoteScope.WHOLE)]
    assert not content.blocks


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_character_cut_in_half_costs_that_character_and_is_told(encoding):
    data = (NOTICE * 3).encode(encoding)

    content = read(data[:-1])

    assert content.blocks[0].text == NOTICE.split("\n")[0]
    assert [(n.code, n.scope) for n in content.notes] == [(NoteCode.DAMAGED, NoteScope.PART)]


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n", codecs.BOM_UTF8])
def test_nothing_but_blanks_is_empty(data):
    content = read(data)

    assert [(n.code, n.scope) for n in content.notes] == [(NoteCode.EMPTY, NoteScope.WHOLE)]


def test_too_much_text_is_too_much():
    content = read_text(b"a" * 100, Limits(file_bytes=99))

    assert [(n.code, n.scope) for n in content.notes] == [(NoteCode.TOO_LARGE, NoteScope.WHOLE)]
