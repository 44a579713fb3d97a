from __future__ import annotations

import pytest

from gongkai.model.content import Block, Cell, Content, Flag, Format, Part
from gongkai.secrecy import SecrecyMark, secrecy_marks

STAR = "\u2605"
TOP, HIGH, LOW = "绝密", "机密", "秘密"
TITLE = "关于做好高校毕业生就业工作的通知"
RECIPIENTS = "各县（区）人力资源和社会保障局："
BODY = "为做好今年高校毕业生就业工作，现将有关事项通知如下。请认真贯彻执行。"


def content(*lines: str, name: str = "正文.txt") -> Content:
    blocks = [Block("name", Part.NAME, name)]
    blocks += [Block(f"line{n}", Part.BODY, text) for n, text in enumerate(lines, 1)]
    return Content("0" * 64, Format.TEXT, tuple(blocks))


def letter(*corner: str) -> Content:
    return content(*corner, "卫人社发〔2026〕3号", TITLE, RECIPIENTS, BODY)


def with_block(block: Block) -> Content:
    plain = letter()
    return Content("0" * 64, Format.DOCX, (*plain.blocks, block))


@pytest.mark.parametrize(
    "corner",
    [
        pytest.param([HIGH + STAR + "10年"], id="level, star and period"),
        pytest.param([TOP + STAR + "长期"], id="no end"),
        pytest.param([LOW + STAR], id="star without a period"),
        pytest.param([LOW + STAR + "解密时间2030年1月1日"], id="a date of declassification"),
        pytest.param([HIGH + STAR + "会议开始前"], id="a condition"),
        pytest.param(["0 0 0 1 2", "机 密 " + STAR + " 5 年"], id="spaced, under a serial number"),
        pytest.param(["机　密　" + STAR + "　１年"], id="full width"),
        pytest.param(["000123" + HIGH + STAR + "1年特急"], id="with serial number and urgency"),
        pytest.param(["機密" + STAR + "10年"], id="traditional script"),
        pytest.param(["絕密"], id="traditional, alone"),
        pytest.param(["祕密" + STAR + "3年"], id="a variant character"),
        pytest.param([HIGH + STAR + "10年" + BODY + BODY], id="line breaks lost"),
        pytest.param([HIGH], id="level alone on its line"),
        pytest.param(["秘  密"], id="level alone, spread"),
        pytest.param(["【" + LOW + "】"], id="in brackets"),
        pytest.param([HIGH + "10年"], id="the star was lost"),
        pytest.param([HIGH + "\u2606" + "10年"], id="a hollow star"),
        pytest.param([HIGH + "*10年"], id="an asterisk for a star"),
        pytest.param(["密级：" + HIGH], id="field"),
        pytest.param(["密级和保密期限：" + LOW + STAR + "3年"], id="field with period"),
        pytest.param(["密级：□绝密 ☑机密 □秘密 □无"], id="a ticked box"),
        pytest.param(["密级：绝密□ 机密√ 秘密□"], id="a tick behind the word"),
        pytest.param(["密级", HIGH, "缓急", "特急"], id="field and value in cells of their own"),
        pytest.param(["绝", "密", STAR, "1年"], id="one character to a line"),
        pytest.param([TOP + STAR + "启用前"], id="a mock exam: the secrecy officer decides"),
    ],
)
def test_a_mark_at_the_top_of_the_first_page_is_found(corner: list[str]) -> None:
    """SEC-05."""
    document = letter(*corner)

    marks = secrecy_marks(document)

    assert marks


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([TITLE, RECIPIENTS, "涉及国家秘密、机密、绝密的，不得公开。"], id="prose"),
        pytest.param(["密级：□绝密 □机密 □秘密 □无", TITLE], id="an empty form"),
        pytest.param(["密级：绝密□ 机密□ 秘密□ 无√", TITLE], id="a form ticked none"),
        pytest.param(["密级：    ", "缓急：", TITLE], id="a blank field"),
        pytest.param(["密级：绝密、机密、秘密", TITLE], id="a field that lists the choices"),
        pytest.param(["密级", "绝密", "机密", "秘密", TITLE], id="choices in cells"),
        pytest.param(["特急", "卫人社发〔2026〕3号", TITLE], id="urgency in the same corner"),
        pytest.param(["加急", TITLE], id="urgency alone"),
        pytest.param(["关于国家秘密载体管理的通知", RECIPIENTS, BODY], id="a title about secrecy"),
        pytest.param(
            ["关于“" + LOW + STAR + "1年”标识使用的通知", RECIPIENTS, BODY], id="a quoted mark"
        ),
        pytest.param([TITLE, BODY, "秘密级事项", BODY], id="a heading"),
        pytest.param(
            [TITLE, BODY, BODY, *["第九条 按规定办理。"] * 9, "秘密", *["第十条 略。"] * 9],
            id="a level alone deep in the text",
        ),
        pytest.param(["目录", "绝密", "机密", TITLE], id="a table of contents"),
        pytest.param(
            [TITLE, BODY, "标为“" + HIGH + STAR + "10年”的文件由保密室保管。"], id="a mark told of"
        ),
        pytest.param(["商业秘密保护规定", BODY], id="trade secrets"),
    ],
)
def test_words_about_secrecy_are_no_mark(lines: list[str]) -> None:
    """SEC-05: a mark is a position, not a word."""
    document = content(*lines)

    marks = secrecy_marks(document)

    assert marks == ()


@pytest.mark.parametrize(
    ("block", "position"),
    [
        pytest.param(
            Block("header1/p1", Part.HEADER, HIGH + STAR + "5年"), "header", id="page header"
        ),
        pytest.param(Block("header1/p1", Part.HEADER, "秘 密"), "header", id="header, level alone"),
        pytest.param(
            Block("footer1/p1", Part.FOOTER, LOW + " 第 3 页"), "footer", id="page footer"
        ),
        pytest.param(
            Block("body/p1/box1/p1", Part.TEXTBOX, HIGH + STAR + "5年"), "text_box", id="text box"
        ),
        pytest.param(
            Block("property/custom.密级", Part.PROPERTY, HIGH), "property", id="a property 密级"
        ),
        pytest.param(
            Block("property/core.title", Part.PROPERTY, HIGH + STAR + "5年 通知"),
            "property",
            id="the title property",
        ),
        pytest.param(
            Block("embedded/e1.docx!body/p1", Part.EMBEDDED, HIGH), "embedded", id="embedded file"
        ),
        pytest.param(
            Block("body/p9", Part.BODY, LOW + STAR + "1年"), "block", id="a block of its own"
        ),
    ],
)
def test_a_mark_in_another_position_is_found(block: Block, position: str) -> None:
    document = with_block(block)

    marks = secrecy_marks(document)

    assert SecrecyMark(position) in marks


@pytest.mark.parametrize(
    ("name", "marked"),
    [
        pytest.param(HIGH + STAR + "5年 关于会议的通知.docx", True, id="star form"),
        pytest.param("（机密）关于会议的通知.docx", True, id="in brackets"),
        pytest.param("关于会议的通知【秘密】.docx", True, id="in brackets at the end"),
        pytest.param("机密_会议通知.pdf", True, id="in front"),
        pytest.param("会议通知-绝密.pdf", True, id="behind"),
        pytest.param("機密 會議通知.pdf", True, id="traditional"),
        pytest.param("保密工作制度.docx", False, id="rules on secrecy work"),
        pytest.param("涉密人员审批表.xlsx", False, id="a form about people"),
        pytest.param("国家秘密载体管理办法.docx", False, id="rules on carriers"),
        pytest.param("商业秘密保护指南.pdf", False, id="trade secrets"),
    ],
)
def test_a_file_name_counts_only_in_the_form_of_a_mark(name: str, marked: bool) -> None:
    document = content(TITLE, RECIPIENTS, BODY, name=name)

    marks = secrecy_marks(document)

    assert marks == ((SecrecyMark("file_name"),) if marked else ())


def test_a_mark_in_hidden_text_of_the_head_counts() -> None:
    hidden = Block("body/p1~hidden", Part.BODY, HIGH, frozenset({Flag.HIDDEN}))
    document = Content("0" * 64, Format.DOCX, (hidden, *letter().blocks))

    marks = secrecy_marks(document)

    assert marks == (SecrecyMark("head"),)


def test_an_attachment_inside_the_text_carries_its_own_mark() -> None:
    document = content(TITLE, RECIPIENTS, BODY, *[BODY] * 30, "附件1", HIGH, "名单", *[BODY] * 9)

    marks = secrecy_marks(document)

    assert marks == (SecrecyMark("head"),)


def test_the_first_line_of_a_later_pdf_page_is_a_page_header() -> None:
    lines = [(1, 1, TITLE), (1, 2, BODY), (2, 1, HIGH), *[(2, n, BODY) for n in range(2, 30)]]
    blocks = tuple(Block(f"page{p}/line{n}", Part.PAGE, text) for p, n, text in lines)

    marks = secrecy_marks(Content("0" * 64, Format.PDF, blocks))

    assert marks == (SecrecyMark("edge"),)


def test_a_column_of_levels_in_a_list_is_no_mark_of_the_list() -> None:
    rows = [Block(f"表!A{n}", Part.SHEET, HIGH, cell=Cell("表", n, 1, "密级")) for n in range(2, 5)]
    document = Content("0" * 64, Format.XLSX, (Block("表!A1", Part.SHEET, "密级"), *rows))

    marks = secrecy_marks(document)

    assert marks == ()


def test_a_form_with_one_row_below_its_headings_carries_the_mark() -> None:
    cells = (
        Block("body/t1/r1c1", Part.TABLE, "密级", cell=Cell("t1", 1, 1, data=False)),
        Block("body/t1/r1c2", Part.TABLE, "缓急", cell=Cell("t1", 1, 2, data=False)),
        Block("body/t1/r2c1", Part.TABLE, HIGH, cell=Cell("t1", 2, 1, "密级")),
        Block("body/t1/r2c2", Part.TABLE, "特急", cell=Cell("t1", 2, 2, "缓急")),
    )

    marks = secrecy_marks(Content("0" * 64, Format.DOCX, (*cells, *letter().blocks)))

    assert marks == (SecrecyMark("head"),)


def test_the_mark_itself_may_say_that_it_has_expired() -> None:
    """SEC-16: it is told and stops the paper all the same."""
    document = letter(LOW + STAR + "1年已解密")

    marks = secrecy_marks(document)

    assert {mark.expired for mark in marks} == {True}


def test_a_mark_holds_no_text_of_the_document() -> None:
    document = letter(HIGH + STAR + "10年")

    told = repr(secrecy_marks(document))

    assert HIGH not in told
    assert STAR not in told
