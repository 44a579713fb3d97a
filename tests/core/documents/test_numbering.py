"""Automatic numbers come out as Word prints them."""

from __future__ import annotations

import pytest

from core.documents.word_files import p, r, root, tbl, tc, tr, word_file
from gongkai.documents.docx import read_docx
from gongkai.documents.numbering import Numbering, in_format
from gongkai.documents.package import parse_xml


def level(ilvl: int, fmt: str, text: str, *, suff: str = "nothing", more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{ilvl}"><w:start w:val="1"/><w:numFmt w:val="{fmt}"/>{more}'
        f'<w:suff w:val="{suff}"/><w:lvlText w:val="{text}"/></w:lvl>'
    )


OFFICIAL = (
    level(0, "chineseCounting", "%1、")
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%3.", suff="space")
    + level(3, "decimal", "（%4）")
)


def abstract(own: int, inner: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{own}">{inner}</w:abstractNum>'


def num(own: int, target: int, inner: str = "") -> str:
    return f'<w:num w:numId="{own}"><w:abstractNumId w:val="{target}"/>{inner}</w:num>'


def numbering(inner: str) -> Numbering:
    return Numbering(parse_xml(root("numbering", inner).encode()))


def in_list(text: str, num_id: int = 1, ilvl: int = 0) -> str:
    mark = f'<w:numPr><w:ilvl w:val="{ilvl}"/><w:numId w:val="{num_id}"/></w:numPr>'
    return p(r(text), properties=mark)


@pytest.mark.parametrize(
    ("style", "number", "expected"),
    [
        ("chineseCounting", 1, "一"),
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 11, "十一"),
        ("chineseCounting", 20, "二十"),
        ("chineseCounting", 99, "九十九"),
        ("chineseCountingThousand", 105, "一百零五"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("chineseCountingThousand", 1001, "一千零一"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("ideographDigital", 10, "一〇"),
        ("ideographTraditional", 3, "丙"),
        ("ideographZodiac", 12, "亥"),
        ("upperLetter", 27, "AA"),
        ("lowerLetter", 2, "b"),
        ("upperRoman", 14, "XIV"),
        ("lowerRoman", 9, "ix"),
        ("decimalZero", 7, "07"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalEnclosedCircle", 3, "③"),
        ("decimalEnclosedParen", 1, "⑴"),
        ("decimal", 42, "42"),
        ("unheardOf", 5, "5"),
    ],
)
def test_a_number_is_written_in_its_format(style, number, expected):
    assert in_format(number, style) == expected


def test_levels_count_restart_and_combine():
    counts = numbering(abstract(0, OFFICIAL) + num(1, 0))

    found = [counts.number("1", ilvl) for ilvl in (0, 1, 1, 2, 2, 0, 1, 2)]

    assert found == ["一、", "（一）", "（二）", "1. ", "2. ", "二、", "（一）", "1. "]


def test_a_decimal_heading_repeats_its_parents_in_digits_when_legal():
    levels = level(0, "upperRoman", "%1.") + level(1, "decimal", "%1.%2", more="<w:isLgl/>")
    counts = numbering(abstract(0, levels) + num(1, 0))

    found = [counts.number("1", ilvl) for ilvl in (0, 1, 1, 0, 1)]

    assert found == ["I.", "1.1", "1.2", "II.", "2.1"]


def test_articles_run_on_over_chapters_when_they_never_restart():
    levels = level(0, "chineseCountingThousand", "第%1章", suff="space") + level(
        1, "chineseCountingThousand", "第%2条", suff="space", more='<w:lvlRestart w:val="0"/>'
    )
    counts = numbering(abstract(0, levels) + num(1, 0))

    found = [counts.number("1", ilvl) for ilvl in (0, 1, 1, 0, 1)]

    assert found == ["第一章 ", "第一条 ", "第二条 ", "第二章 ", "第三条 "]


def test_a_list_may_start_again_under_another_id():
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    counts = numbering(abstract(0, OFFICIAL) + num(1, 0) + num(2, 0) + num(3, 0, restart))

    found = [counts.number(each, 0) for each in ("1", "1", "2", "3", "3")]

    assert found == ["一、", "二、", "三、", "一、", "二、"]


@pytest.mark.parametrize(
    ("num_id", "ilvl"),
    [
        pytest.param("9", 0, id="a list that does not exist"),
        pytest.param("1", 8, id="a level that does not exist"),
        pytest.param("1", -1, id="no level at all"),
        pytest.param("2", 0, id="bullets are no numbers"),
    ],
)
def test_no_number_is_better_than_a_wrong_one(num_id, ilvl):
    bullet = abstract(1, level(0, "bullet", "\uf0b7"))
    counts = numbering(abstract(0, OFFICIAL) + bullet + num(1, 0) + num(2, 1))

    assert counts.number(num_id, ilvl) == ""


def test_a_paragraph_shows_its_number_and_says_how_long_it_is():
    file = word_file(
        in_list("明确责任") + in_list("严格程序", ilvl=2),
        numbering=abstract(0, OFFICIAL) + num(1, 0),
    )

    first, second = read_docx(file).printed

    assert (first.text, first.numbered) == ("一、明确责任", 2)
    assert (second.text, second.numbered) == ("1. 严格程序", 3)
    assert [(a.start, a.end, a.where) for a in second.anchors] == [(3, 7, "r1")]


def test_a_style_can_number_a_paragraph():
    styles = (
        '<w:style w:type="paragraph" w:styleId="Article"><w:pPr><w:numPr><w:numId w:val="1"/>'
        '</w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Child">'
        '<w:basedOn w:val="Article"/></w:style>'
    )
    levels = level(0, "chineseCounting", "第%1章") + level(
        1, "chineseCounting", "第%2条", more='<w:pStyle w:val="Article"/>'
    )
    body = p(r("总则"), properties='<w:pStyle w:val="Article"/>') + p(
        r("不编号"),
        properties='<w:pStyle w:val="Article"/><w:numPr><w:numId w:val="0"/></w:numPr>',
    )

    found = read_docx(word_file(body, styles=styles, numbering=abstract(0, levels) + num(1, 0)))

    assert [block.text for block in found.printed] == ["第一条总则", "不编号"]


def test_a_list_can_borrow_its_levels_from_a_numbering_style():
    styles = (
        '<w:style w:type="numbering" w:styleId="Levels"><w:pPr><w:numPr><w:numId w:val="1"/>'
        "</w:numPr></w:pPr></w:style>"
    )
    lists = abstract(0, OFFICIAL) + abstract(1, '<w:numStyleLink w:val="Levels"/>')
    file = word_file(
        in_list("借用", num_id=2), styles=styles, numbering=lists + num(1, 0) + num(2, 1)
    )

    assert [block.text for block in read_docx(file).printed] == ["一、借用"]


def test_a_deleted_paragraph_does_not_count():
    gone = "<w:del><w:r><w:delText>删去</w:delText></w:r></w:del>"
    mark = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = in_list("甲") + p(gone, properties=mark) + in_list("乙")

    found = read_docx(word_file(body, numbering=abstract(0, OFFICIAL) + num(1, 0)))

    assert [block.text for block in found.printed] == ["一、甲", "二、乙"]


def test_a_column_of_automatic_numbers_is_printed():
    rows = [tr(tc(p(r("序号"))), tc(p(r("姓名"))))]
    rows += [tr(tc(in_list("")), tc(p(r(name)))) for name in ("甲某", "乙某")]
    levels = level(0, "decimal", "%1")

    found = read_docx(word_file(tbl(*rows), numbering=abstract(0, levels) + num(1, 0)))

    cells = {block.place: block.text for block in found.printed}
    assert (cells["body/t1/r2c1"], cells["body/t1/r3c1"]) == ("1", "2")
