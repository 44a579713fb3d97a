"""What a DOCX shows, and where each of it stands."""

from __future__ import annotations

import io
import random
import time

import pytest
from docx import Document

from core.documents.word_files import (
    alternate,
    p,
    r,
    root,
    tbl,
    tc,
    text_box,
    tr,
    vml_box,
    word_file,
)
from gongkai.documents.docx import read_docx
from gongkai.documents.docx_layout import Surroundings, lay_out, runs_of
from gongkai.documents.docx_names import P
from gongkai.documents.docx_styles import Styles
from gongkai.documents.package import parse_xml
from gongkai.model.content import Block, Cell, Flag, Format, Part
from gongkai.samples.gbt9704 import OfficialDocument, SampleAttachment, official_document
from gongkai.samples.people import people

COMMON = [chr(code) for code in range(0x4E00, 0x5E00)]


def blocks(body: str, **more) -> tuple[Block, ...]:
    return read_docx(word_file(body, **more)).blocks


def shown(body: str, **more) -> list[tuple[str, str]]:
    return [(b.place, b.text) for b in blocks(body, **more) if b.printed]


def only(body: str, **more) -> Block:
    (block,) = blocks(body, **more)
    return block


def test_a_sample_reads_from_its_red_head_to_its_imprint():
    data = official_document(OfficialDocument(annotation="（此件公开发布）"))

    content = read_docx(data)

    texts = [block.text for block in content.printed]
    assert content.format is Format.DOCX
    assert texts[:3] == [
        "示例市人力资源和社会保障局文件",
        "示人社发〔2026〕12号",
        "示例市人力资源和社会保障局",
    ]
    assert "（此件公开发布）" in texts
    assert texts[-2].endswith("2026年3月6日印发")
    assert content.notes == ()


def test_size_and_centring_lead_to_the_title():
    content = read_docx(official_document())

    found = [(b.text, b.size) for b in content.printed if b.centred and (b.size or 0) >= 22]

    assert found == [
        ("示例市人力资源和社会保障局文件", 44),
        ("示例市人力资源和社会保障局", 22),
        ("关于规范就业补助资金管理的通知", 22),
    ]


def test_text_split_over_runs_is_one_text_with_an_anchor_per_run():
    block = only(p(r("2026"), r("年"), "<w:proofErr/>", r("3月")))

    assert block.text == "2026年3月"
    assert [(a.start, a.end, a.where) for a in block.anchors] == [
        (0, 4, "r1"),
        (4, 5, "r2"),
        (5, 7, "r3"),
    ]


def test_anchors_name_the_runs_that_runs_of_counts():
    inner = r("甲") + f'<w:hyperlink r:id="x">{r("乙")}</w:hyperlink>' + r("丙")
    file = word_file(p(inner))
    paragraph = parse_xml(root("p", inner).encode())

    (block,) = read_docx(file).printed

    texts = ["".join(map(str, run.itertext())) for run in runs_of(paragraph)]
    assert [texts[int(a.where[1:]) - 1] for a in block.anchors] == list(block.text)


def test_places_lead_back_to_the_paragraphs():
    inner = (
        p(r("甲"))
        + tbl(tr(tc(p(r("乙")), p(r("丙"))), tc(p(r("丁")), tbl(tr(tc(p(r("戊"))))))))
        + f"<w:sdt><w:sdtContent>{p(r('己'))}</w:sdtContent></w:sdt>"
    )
    body = parse_xml(root("body", inner).encode())

    found = [
        (item.place, "".join(map(str, item.element.itertext())))
        for item in lay_out(body, "body", Surroundings(Part.BODY), Styles(None))
        if item.element.tag == P
    ]

    assert found == shown(inner)
    assert [place for place, _ in found] == [
        "body/p1",
        "body/t1/r1c1",
        "body/t1/r1c1/p2",
        "body/t1/r1c2",
        "body/t1/r1c2/t1/r1c1",
        "body/p2",
    ]


def test_tabs_breaks_hyphens_and_symbols_are_text():
    runs = (
        "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:noBreakHyphen/>"
        '<w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="宋体" w:char="F031"/></w:r>'
    )

    assert only(p(runs)).text == "甲\t乙\n-☑1"


def test_empty_paragraphs_count_but_are_no_blocks():
    assert shown(p() + p(r("  ")) + p(r("正文"))) == [("body/p3", "正文")]


def test_text_hidden_in_pieces_is_one_block_beside_what_is_shown():
    gone = "<w:vanish/>"

    first, second = blocks(p(r("甲"), r("1399", gone), r("乙"), r("0000", gone), r("0001", gone)))

    assert (first.place, first.text, first.printed) == ("body/p1", "甲乙", True)
    assert (second.place, second.text) == ("body/p1~hidden", "1399 00000001")
    assert [(a.start, a.end, a.where) for a in second.anchors] == [
        (0, 4, "r2"),
        (5, 9, "r4"),
        (9, 13, "r5"),
    ]


def test_insertions_are_printed_and_deletions_stand_beside_them():
    change = '<w:{0} w:id="1" w:author="甲">{1}</w:{0}>'.format
    gone = "<w:r><w:delText>旧</w:delText></w:r>"

    first, second, *_ = blocks(p(r("本"), change("ins", r("新")), change("del", gone)))

    assert (first.text, first.flags, first.printed) == ("本新", {Flag.INSERTED}, True)
    assert (second.place, second.text, second.flags) == ("body/p1~deleted", "旧", {Flag.DELETED})


def test_field_codes_may_run_over_paragraphs():
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    body = p(mark("begin"), r("代码")) + p(r("还是代码"), mark("separate"), r("结果"))

    found = blocks(body + p(r("结果"), mark("end")))

    assert [(b.text, b.printed) for b in found] == [
        ("代码", False),
        ("结果", True),
        ("还是代码", False),
        ("结果", True),
    ]


def test_an_unclosed_field_does_not_swallow_the_document():
    mark = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'

    assert shown(p(mark, r("甲")) + p(r("乙"))) == [("body/p1", "甲"), ("body/p2", "乙")]


def test_a_text_box_with_an_equal_fallback_is_read_once():
    inner = p(r("方框内"))
    body = p("<w:r>", alternate(text_box(inner), vml_box(inner)), "</w:r>", r("正文"))

    found = blocks(body)

    assert [(b.place, b.part, b.text) for b in found] == [
        ("body/p1", Part.BODY, "正文"),
        ("body/p1/box1/p1", Part.TEXTBOX, "方框内"),
    ]


def test_an_emoji_and_its_fallback_are_one_character():
    emoji = alternate(
        '<w16se:symEx xmlns:w16se="http://schemas.microsoft.com/office/word/2015/wordml/symex"'
        ' w16se:font="x" w16se:char="1F600"/>',
        "<w:t>😀</w:t>",
    )

    assert only(p(f"<w:r>{emoji}</w:r>")).text == "😀"


def test_cells_know_their_column_through_spans_and_merges():
    span, keep, merge = (
        '<w:gridSpan w:val="2"/>',
        "<w:vMerge/>",
        '<w:vMerge w:val="restart"/>',
    )
    table = tbl(
        tr(tc(p(r("序号")), properties=merge), tc(p(r("联系方式")), properties=span)),
        tr(tc(p(), properties=keep), tc(p(r("手机"))), tc(p(r("座机")))),
        tr(tc(p(r("1"))), tc(p(r("13900000000"))), tc(p(r("0000-1234567")))),
    )

    found = {b.text: b.cell for b in blocks(table)}

    assert found["联系方式"] == Cell("body/t1", 1, 2, "", data=False)
    assert found["座机"] == Cell("body/t1", 2, 3, "", data=False)
    assert found["1"] == Cell("body/t1", 3, 1, "序号")
    assert found["0000-1234567"] == Cell("body/t1", 3, 3, "联系方式 座机")


def test_python_docx_sees_nothing_this_reader_misses():
    data = official_document(
        OfficialDocument(
            people=people(5),
            attachments=(SampleAttachment("名单", ("说明。",), people(3, seed=2)),),
            page_header="示例页眉",
            comment="请核",
        )
    )
    document = Document(io.BytesIO(data))
    theirs = [paragraph.text for paragraph in document.paragraphs]
    theirs += [c.text for t in document.tables for row in t.rows for c in row.cells]
    theirs += [document.sections[0].header.paragraphs[0].text]

    ours = {block.text for block in read_docx(data).blocks}

    assert {text for text in theirs if text.strip()} <= ours


@pytest.mark.parametrize(
    "runs", [pytest.param(5, id="many paragraphs"), pytest.param(None, id="one")]
)
def test_a_million_characters_take_no_longer_per_character(runs):
    chance = random.Random(7)

    def seconds(pieces: int) -> float:
        texts = ["".join(chance.choices(COMMON, k=20)) for _ in range(pieces)]
        step = runs or pieces
        groups = [texts[i : i + step] for i in range(0, pieces, step)]
        data = word_file("".join(p(*map(r, group)) for group in groups))
        started = time.process_time()
        content = read_docx(data)
        assert sum(len(block.text) for block in content.printed) == 20 * pieces
        return time.process_time() - started

    small = min(seconds(5_000) for _ in range(3))

    # Ten times the text; squared it would be a hundred times the work.
    assert seconds(50_000) < 40 * small
