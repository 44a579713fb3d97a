"""Every place a reader names has words in both languages, no technical name left over."""

from __future__ import annotations

import re

import pytest

from core.documents.hidden_places import PLACES, hidden_places_file
from gongkai.documents.read import read_bytes
from gongkai.messages import speaking
from gongkai.places import column_words, place_words
from gongkai.samples.pdf import Extras, Remark, Sheet, Text, build_pdf, ruled_table
from gongkai.samples.people import people
from gongkai.samples.workbook import roster_workbook

NAMES = {2: "人员名单"}


@pytest.mark.parametrize(
    ("place", "words"),
    [
        pytest.param("", "全文", id="whole"),
        pytest.param("body/p12", "正文第12段", id="paragraph"),
        pytest.param("body/t1/r2c3", "正文表1第2行第3列", id="cell"),
        pytest.param("body/t1/r2c3/p2", "正文表1第2行第3列第2段", id="second paragraph of a cell"),
        pytest.param("body/t1/r2c3/t1/r1c1", "正文表1第2行第3列表1第1行第1列", id="nested table"),
        pytest.param("body/p5/box1/p1", "正文第5段文本框1第1段", id="text box"),
        pytest.param("header1/p1", "页眉第1段", id="header"),
        pytest.param("footer2/p1", "页脚第1段", id="footer"),
        pytest.param("footnote2/p1", "脚注2第1段", id="footnote"),
        pytest.param("endnote-1/p1", "尾注-1第1段", id="separator of endnotes"),
        pytest.param("comment3/p1", "批注3第1段", id="comment"),
        pytest.param("body/p3~deleted", "正文第3段（修订中删去的文字）", id="deleted"),
        pytest.param(
            "body/p3~deleted~hidden", "正文第3段（修订中删去的文字）（隐藏文字）", id="two"
        ),
        pytest.param("property/core.creator", "文件属性“作者”", id="author"),
        pytest.param("property/custom.公开属性", "文件属性“公开属性”", id="own property"),
        pytest.param("property/author.3", "文件属性“修订、批注的作者”", id="author of a comment"),
        pytest.param("setting/docVar.a", "文件属性“文档变量”", id="variable"),
        pytest.param("link/rId5", "链接地址", id="link"),
        pytest.param("embedded/e1.docx!body/p1", "嵌入文件“e1.docx”的正文第1段", id="embedded"),
        pytest.param("embedded/chunk1.html/1", "嵌入文件“chunk1.html/1”的全文", id="chunk"),
        pytest.param("other/customXml/item9.xml/1", "文件内部不显示的部分", id="custom data"),
        pytest.param("zip/comment", "文件内部不显示的部分", id="archive comment"),
        pytest.param("Sheet1!B3", "工作表“Sheet1”B3单元格", id="cell of a sheet"),
        pytest.param("名单~旧!B3", "工作表“名单~旧”B3单元格", id="odd sheet name"),
        pytest.param("名单!B3~hidden_column", "工作表“名单”B3单元格（隐藏列）", id="hidden column"),
        pytest.param("名单!B3#comment/2", "工作表“名单”B3单元格的批注", id="comment on a cell"),
        pytest.param("名单!B3#link", "工作表“名单”B3单元格的链接", id="link on a cell"),
        pytest.param("名单!oddHeader", "工作表“名单”的页眉", id="header of a sheet"),
        pytest.param("名单!validation1", "工作表“名单”的下拉选项", id="choices"),
        pytest.param("名单!drawing/p1", "工作表“名单”的图形", id="shape"),
        pytest.param("page3/line12", "第3页第12行", id="line of a page"),
        pytest.param("page3/table1/r2c3", "第3页表1第2行第3列", id="table of a page"),
        pytest.param("page2/annotation1", "第2页注释1", id="annotation"),
        pytest.param("page2/image1", "第2页图片1", id="picture"),
        pytest.param("form/field1", "表单第1项", id="form field"),
        pytest.param("outline/2", "书签目录第2项", id="outline"),
        pytest.param("line12", "第12行", id="line of text"),
        pytest.param("name", "文件名", id="file name"),
        pytest.param("attachment1/", "附件1", id="attachment"),
        pytest.param("attachment2/name", "附件2《人员名单》文件名", id="named attachment"),
    ],
)
def test_a_place_is_said_as_a_clerk_would(place: str, words: str) -> None:
    assert place_words(place, NAMES) == words


@pytest.mark.parametrize(
    ("place", "words"),
    [
        pytest.param("attachment2/名单!C2", "附件2《人员名单》工作表“名单”“电话”列", id="workbook"),
        pytest.param("body/t1/r2c3", "正文表1“电话”列", id="document"),
        pytest.param("page3/table1/r2c3", "第3页表1“电话”列", id="page"),
        pytest.param("名单!C2~hidden_column", "工作表“名单”“电话”列（隐藏列）", id="hidden"),
        pytest.param(
            "embedded/e1.xlsx!名单!C2", "嵌入文件“e1.xlsx”的工作表“名单”“电话”列", id="embedded"
        ),
    ],
)
def test_a_column_is_named_by_its_heading(place: str, words: str) -> None:
    assert column_words(place, "电话", NAMES) == words


def everything() -> list[str]:
    """Places of files that use as many rooms as the samples and test files have."""
    remark = Sheet(
        (Text(80, 700, "名单"), *ruled_table([["姓名", "电话"], ["王建国", "1"]], top=600)),
        (Remark("请核对"), Remark("填写", "FreeText")),
    )
    book = roster_workbook(
        people(2),
        ("姓名", "身份证号码"),
        hidden_columns=("姓名",),
        hidden_sheet="备查",
        comment="核",
    )
    files = {
        "a.docx": hidden_places_file(),
        "a.xlsx": book,
        "a.pdf": build_pdf([remark], Extras(title="名单", attachments={"b.xlsx": book})),
        "a.txt": "名单\n王建国".encode(),
    }
    found = [b.place for name, data in files.items() for b in read_bytes(data, name).blocks]
    return [*found, *(hiding.place for hiding in PLACES.values())]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_place_of_every_reader_has_words(language: str) -> None:
    with speaking(language):
        for place in everything():
            words = place_words(f"attachment1/{place}")

            assert words.strip()
            assert "~" not in words, place
            assert not re.search(r"/r\d|/p\d|\br\d+c\d+|word/|property/", words), (place, words)
