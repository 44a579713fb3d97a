"""Papers say what they are given, in the words of their callers, and nothing else."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from docx import Document

from core.forms.at_hand import (
    FULL,
    LONG_TITLE,
    PLAIN,
    check_sheet,
    ledger,
    return_notice,
    review_form,
    trail,
)
from gongkai.documents.read import read_bytes
from gongkai.forms.filling import day_words, moment_words
from gongkai.forms.known import FORMS, Form, Sort, fields_of, form_of
from gongkai.forms.papers import Paper, ReviewStep
from gongkai.forms.render import check, default_template, render_docx, render_xlsx
from gongkai.forms.templates import OURS
from gongkai.forms.web import render_html
from gongkai.messages import speaking
from gongkai.secrecy import secrecy_marks
from starred_levels import LEVELS, STAR, holds_starred_level

EVERY = [pytest.param(paper, id=form_of(paper).name) for paper in PLAIN]
FORM_NAMES = [pytest.param(form, id=form.name) for form in FORMS]


def text_of(data: bytes) -> str:
    """All a reader of ours sees in the body and the footers."""
    content = read_bytes(data, "表单.docx")
    assert content.readable
    return "\n".join(block.text for block in content.blocks)


def table_texts(data: bytes) -> list[list[str]]:
    document = Document(io.BytesIO(data))
    return [[cell.text for cell in row.cells] for t in document.tables for row in t.rows]


@pytest.mark.parametrize("form", FORM_NAMES)
def test_our_templates_ask_for_every_field_and_no_other(form: Form) -> None:
    wanted = {name for name, sort in fields_of(form.paper).items() if sort is not Sort.GROUP}

    asked = check(form, OURS)

    # A workbook's row repeats by itself; a page says so.
    assert {name: fields | {"entries"} & wanted for name, fields in asked.items()} == dict.fromkeys(
        form.files, wanted
    )


@pytest.mark.parametrize("paper", [*PLAIN, *FULL], ids=lambda paper: form_of(paper).name)
def test_a_paper_reads_back_without_leftovers(paper: Paper) -> None:
    text = text_of(render_docx(paper))

    assert getattr(paper, "title", "2026年第四季度") in text
    assert not any(left in text for left in ("{{", "}}", "{%", "%}", "None"))


@pytest.mark.parametrize("paper", [*PLAIN, *FULL], ids=lambda paper: form_of(paper).name)
def test_no_paper_looks_like_one_with_a_secrecy_mark(paper: Paper) -> None:
    content = read_bytes(render_docx(paper), f"{form_of(paper).stem}.docx")

    assert secrecy_marks(content) == ()


@pytest.mark.parametrize("paper", EVERY)
def test_equal_papers_are_equal_bytes(paper: Paper) -> None:
    assert render_docx(paper) == render_docx(paper)


@pytest.mark.parametrize("paper", EVERY)
def test_papers_print_in_english_too(paper: Paper) -> None:
    with speaking("en"):
        text = text_of(render_docx(paper))

    assert "文件标题" not in text
    assert "title" in text or "Ledger" in text


@pytest.mark.parametrize("form", FORM_NAMES)
def test_our_templates_name_chinese_fonts(form: Form) -> None:
    document = Document(io.BytesIO(default_template(form.stem + ".docx")))

    xml = document.element.xml

    assert 'w:eastAsia="仿宋_GB2312"' in xml
    assert 'w:eastAsia="黑体"' in xml
    assert 'w:eastAsia="方正小标宋简体"' in xml


def test_the_notice_says_what_where_why_and_how() -> None:
    notice = return_notice()

    rows = table_texts(render_docx(notice))

    first = notice.matters[0]
    assert ["1", first.what, first.place, first.basis, first.way_out] in rows


def test_the_notice_tells_that_the_signer_decides() -> None:
    text = text_of(render_docx(return_notice()))

    assert "2026-退-018" in text
    assert "第1次" in text
    assert "2026年11月21日 10:32" in text
    assert "由签发人确定，两方意见均保留" in text
    assert "核对人：办公室李芳示例　电话：0000-0000000" in text


def test_a_notice_by_the_system_names_who_answers_for_it() -> None:
    text = text_of(render_docx(replace(return_notice(), automatic=True)))

    assert "系统核对，由办公室李芳示例负责解释" in text


def test_what_was_not_checked_is_said_even_when_it_is_nothing() -> None:
    text = text_of(render_docx(replace(return_notice(), unchecked="")))

    assert "未能检查：无" in text


def test_the_page_for_browsers_says_the_same_as_the_document() -> None:
    notice = return_notice()

    page = render_html(notice)

    said = ["2026-退-018", "第1次", notice.title, "2026年11月21日 10:32", "由签发人确定"]
    said += [part for m in notice.matters for part in (m.what, m.place, m.way_out)]
    assert [words for words in said if words not in page] == []
    assert "核对人：办公室李芳示例（0000-0000000）" in page


def test_boxes_nobody_signed_leave_room_for_a_hand() -> None:
    rows = table_texts(render_docx(check_sheet()))

    boxes = {row[0]: row[1] for row in rows[-5:]}
    assert list(boxes) == ["拟稿", "科室负责人", "保密审查", "办公室核对", "签发"]
    assert all("签名：" in box and "年　　月　　日" in box for box in boxes.values())


def test_boxes_tell_who_signed_how_and_for_whom() -> None:
    rows = table_texts(render_docx(check_sheet(signed=True)))

    boxes = {row[0]: row[1] for row in rows[-5:]}
    assert "签名：王强示例〔纸质签批〕　　2026年11月20日" in boxes["科室负责人"]
    assert "签名：赵敏示例（代孙伟示例）　　2026年11月21日" in boxes["保密审查"]


@pytest.mark.parametrize(
    ("left", "shown"),
    [pytest.param(0, False, id="clean"), pytest.param(2, True, id="with findings that stand")],
)
def test_findings_that_stand_have_a_table_only_where_there_are_some(left: int, shown: bool) -> None:
    rows = table_texts(render_docx(check_sheet(left)))

    assert any("人工意见" in row for row in rows) is shown


def test_an_advice_that_could_not_be_made_is_said() -> None:
    text = text_of(render_docx(replace(check_sheet(), advice="")))

    assert "本件没有形成参考意见" in text


def test_an_opinion_is_ticked_and_the_others_are_not() -> None:
    text = text_of(render_docx(review_form(full=True)))

    assert text.count("☑公开　☐免于公开　☐需报审") == 4


def test_an_opinion_of_another_name_is_told_beside_the_boxes() -> None:
    paper = replace(review_form(), initial=ReviewStep("暂缓公开"))

    assert "☐公开　☐免于公开　☐需报审　☑暂缓公开" in text_of(render_docx(paper))


def test_an_empty_review_has_boxes_to_tick_and_no_empty_lists() -> None:
    text = text_of(render_docx(review_form()))

    assert text.count("☐公开　☐免于公开　☐需报审") == 4
    assert "共同制作机关意见" not in text
    assert "报审情况" not in text


def test_a_referral_shows_each_hop_with_its_answer() -> None:
    rows = table_texts(render_docx(review_form(full=True)))

    assert [
        "示例省人力资源和社会保障厅",
        "第三部分能否公开",
        "2026年11月23日",
        "可以公开（示人社函〔2026〕31号）",
        "2026年11月27日",
    ] in rows


def test_a_cancelled_entry_stays_struck_through() -> None:
    document = Document(io.BytesIO(render_docx(ledger())))

    rows = document.tables[0].rows[1:]
    struck = [[bool(c.paragraphs[0].runs[0].font.strike) for c in row.cells] for row in rows]

    assert [row[0] for row in struck] == [False, True, False]
    assert rows[1].cells[-1].text == "已注销：重复登记，2026年12月1日"
    assert not struck[1][-1]


def test_a_ledger_without_entries_says_so() -> None:
    assert "本期没有登记事项" in text_of(render_docx(ledger(0)))


def test_a_trail_tells_every_move() -> None:
    rows = table_texts(render_docx(trail(30)))

    assert [row[0] for row in rows[-30:]] == [str(number) for number in range(1, 31)]
    assert rows[-30][1:6] == [
        "2026年11月18日 15:00",
        "科室审核",
        "王强示例",
        "科室负责人",
        "纸质签批",
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("<w:p>&amp;\"'</w:p>", id="markup"),
        pytest.param("{{ number }}{% if %}", id="a placeholder"),
        pytest.param("第一行\n第二行", id="two lines"),
        pytest.param("字\x00\x07\x0c符", id="control characters"),
        pytest.param("\ud800", id="half a character"),
    ],
)
def test_a_text_stays_a_text_whatever_stands_in_it(text: str) -> None:
    paper = replace(return_notice(), title=text, section="就业促进科甲")

    data = render_docx(paper)

    shown = "".join(c for c in text if c.isprintable() or c == "\n").replace("\ud800", "")
    cell = table_texts(data)[0][1]
    assert (cell == shown) or (text == "\ud800" and cell == "\ufffd")
    assert "就业促进科甲" in text_of(data)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("between", ["", " ", "级"])
def test_a_mark_copied_into_a_form_is_left_out(level: str, between: str) -> None:
    marked = level + between + STAR + "10年，请审"

    data = render_docx(replace(check_sheet(), reason=marked))
    sheet = render_xlsx(replace(ledger(), foot=marked))

    assert not holds_starred_level(data)
    assert not holds_starred_level(sheet)
    assert "（标志从略），请审" in text_of(data)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("2026-03-05", "2026年3月5日", id="a day"),
        pytest.param("2026-03-05T09:07:59+08:00", "2026年3月5日 09:07", id="a moment"),
        pytest.param("2026年三月", "2026年三月", id="words stay"),
        pytest.param("2026-13-45", "2026-13-45", id="no such day"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_days_and_moments_are_worded(text: str, shown: str) -> None:
    assert moment_words(text) == shown
    assert day_words(text) == shown.partition(" ")[0]


def test_a_long_title_is_whole() -> None:
    assert LONG_TITLE in text_of(render_docx(return_notice(title=LONG_TITLE)))
