"""What a reader of the printed page sees, and what is flagged as unseen."""

from __future__ import annotations

import pytest

from core.documents.word_files import (
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
from gongkai.model.content import Block, Flag, Part


def blocks(body: str, **more) -> tuple[Block, ...]:
    return read_docx(word_file(body, **more)).blocks


VANISH = "<w:rPr><w:vanish/></w:rPr>"
STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="32"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"/>'
    f'<w:style w:type="paragraph" w:styleId="Gone"><w:basedOn w:val="Normal"/>{VANISH}</w:style>'
    '<w:style w:type="paragraph" w:styleId="Child"><w:basedOn w:val="Gone"/></w:style>'
    f'<w:style w:type="character" w:styleId="Out">{VANISH}</w:style>'
    '<w:style w:type="character" w:styleId="Pale"><w:rPr><w:color w:val="FFFFFF"/></w:rPr>'
    "</w:style>"
    '<w:style w:type="paragraph" w:styleId="Loop"><w:basedOn w:val="Pool"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Pool"><w:basedOn w:val="Loop"/></w:style>'
)


@pytest.mark.parametrize(
    ("paragraph", "flags"),
    [
        pytest.param(p(r("字")), set(), id="plain"),
        pytest.param(p(r("字", "<w:vanish/>")), {Flag.HIDDEN}, id="vanished"),
        pytest.param(p(r("字", '<w:vanish w:val="0"/>')), set(), id="vanish switched off"),
        pytest.param(p(r("字", "<w:webHidden/>")), set(), id="hidden on the web is printed"),
        pytest.param(
            p(r("字"), properties='<w:pStyle w:val="Gone"/>'), {Flag.HIDDEN}, id="paragraph style"
        ),
        pytest.param(
            p(r("字"), properties='<w:pStyle w:val="Child"/>'), {Flag.HIDDEN}, id="inherited style"
        ),
        pytest.param(p(r("字", '<w:rStyle w:val="Out"/>')), {Flag.HIDDEN}, id="character style"),
        pytest.param(
            p(r("字", '<w:rStyle w:val="Out"/>'), properties='<w:pStyle w:val="Gone"/>'),
            set(),
            id="two styles cancel each other, as in Word",
        ),
        pytest.param(
            p(r("字"), properties='<w:pStyle w:val="Loop"/>'), set(), id="styles based in a circle"
        ),
        pytest.param(p(r("字", '<w:color w:val="FEFEFE"/>')), {Flag.WHITE}, id="nearly white"),
        pytest.param(p(r("字", '<w:rStyle w:val="Pale"/>')), {Flag.WHITE}, id="white by style"),
        pytest.param(
            p(r("字", '<w:color w:val="auto" w:themeColor="background1"/>')),
            {Flag.WHITE},
            id="white by theme",
        ),
        pytest.param(
            p(r("字", '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="C00000"/>')),
            set(),
            id="white on dark shading",
        ),
        pytest.param(
            p(
                r("字", '<w:color w:val="FFFFFF"/>'),
                properties='<w:shd w:val="clear" w:fill="1F3864"/>',
            ),
            set(),
            id="white on a dark paragraph",
        ),
        pytest.param(
            p(r("字", '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="FFFF99"/>')),
            {Flag.WHITE},
            id="white on light shading",
        ),
        pytest.param(
            p(r("字", '<w:highlight w:val="black"/>')), {Flag.COVERED}, id="blackened with a marker"
        ),
        pytest.param(
            p(r("字", '<w:color w:val="000000"/><w:shd w:val="clear" w:fill="000000"/>')),
            {Flag.COVERED},
            id="black on black",
        ),
        pytest.param(
            p(r("字", '<w:shd w:val="clear" w:fill="000000"/>')),
            set(),
            id="automatic colour turns white on black",
        ),
        pytest.param(p(r("字", '<w:highlight w:val="yellow"/>')), set(), id="marked yellow"),
        pytest.param(p(r("字", '<w:sz w:val="6"/>')), {Flag.TINY}, id="three points"),
        pytest.param(p(r("字", '<w:sz w:val="10"/>')), set(), id="five points"),
        pytest.param(p(r("字", '<w:w w:val="1"/>')), {Flag.TINY}, id="squeezed to nothing"),
        pytest.param(
            p(r("字"), properties='<w:spacing w:line="20" w:lineRule="exact"/>'),
            {Flag.TINY},
            id="a line one point high",
        ),
        pytest.param(
            p(r("字", "<w14:textFill><w14:noFill/></w14:textFill>")), {Flag.WHITE}, id="no fill"
        ),
        pytest.param(
            p(r("字"), properties='<w:framePr w:x="31000" w:y="100"/>'),
            {Flag.OFF_PAGE},
            id="a frame off the page",
        ),
        pytest.param(
            p(r("字"), properties='<w:ind w:left="-20000"/>'), {Flag.OFF_PAGE}, id="indented away"
        ),
    ],
)
def test_what_a_reader_of_the_page_does_not_see_is_flagged(paragraph, flags):
    (block,) = blocks(paragraph, styles=STYLES)

    assert block.flags == flags


FAR = "<wp:positionH><wp:posOffset>90000000</wp:posOffset></wp:positionH>"


@pytest.mark.parametrize(
    ("box", "flags"),
    [
        pytest.param(text_box(p(r("字"))), set(), id="on the page"),
        pytest.param(text_box(p(r("字")), position=FAR), {Flag.OFF_PAGE}, id="far to the right"),
        pytest.param(text_box(p(r("字")), frame='hidden="1"'), {Flag.HIDDEN}, id="hidden shape"),
        pytest.param(
            text_box(p(r("字"))).replace("cy='720000'", "cy='1'"), {Flag.TINY}, id="no height"
        ),
        pytest.param(
            vml_box(p(r("字")), "margin-left:-5000pt;width:90pt"), {Flag.OFF_PAGE}, id="old, far"
        ),
        pytest.param(
            vml_box(p(r("字")), "width:90pt;visibility:hidden"), {Flag.HIDDEN}, id="old, hidden"
        ),
        pytest.param(vml_box(p(r("字")), "width:0;height:0"), {Flag.TINY}, id="old, no size"),
        pytest.param(
            text_box(
                p(r("字", '<w:color w:val="FFFFFF"/>')),
                shape="<a:solidFill><a:srgbClr val='C00000'/></a:solidFill>",
            ),
            set(),
            id="white on a red box",
        ),
        pytest.param(
            text_box(p(r("字", '<w:color w:val="FFFFFF"/>'))), {Flag.WHITE}, id="white on no fill"
        ),
    ],
)
def test_shapes_pass_on_where_and_how_they_stand(box, flags):
    (block,) = blocks(p(f"<w:r>{box}</w:r>"))

    assert block.place.removesuffix("~white") == "body/p1/box1/p1"
    assert block.flags == flags


@pytest.mark.parametrize(
    ("table", "flags"),
    [
        pytest.param(tbl(tr(tc(p(r("字"))), properties="<w:del/>")), {Flag.DELETED}, id="deleted"),
        pytest.param(tbl(tr(tc(p(r("字"))), properties="<w:ins/>")), {Flag.INSERTED}, id="new"),
        pytest.param(tbl(tr(tc(p(r("字"))), properties="<w:hidden/>")), {Flag.HIDDEN}, id="hidden"),
        pytest.param(
            tbl(tr(tc(p(r("字"))), properties='<w:trHeight w:val="1" w:hRule="exact"/>')),
            {Flag.TINY},
            id="a row of no height",
        ),
        pytest.param(
            tbl(
                tr(
                    tc(
                        p(r("字", '<w:color w:val="FFFFFF"/>')),
                        properties='<w:shd w:val="clear" w:fill="4472C4"/>',
                    )
                )
            ),
            set(),
            id="white in a blue cell",
        ),
        pytest.param(
            tbl(tr(tc(p())), tr(tc(p(r("字")), properties="<w:vMerge/>"))),
            {Flag.HIDDEN},
            id="swallowed by the cell above",
        ),
    ],
)
def test_rows_and_cells_pass_on_their_flags(table, flags):
    (block,) = blocks(table)

    assert block.flags == flags


def test_white_headings_of_a_dark_table_style_are_seen():
    styles = (
        '<w:style w:type="table" w:styleId="Dark"><w:tblStylePr w:type="firstRow"><w:tcPr>'
        '<w:shd w:val="clear" w:fill="1F3864"/></w:tcPr></w:tblStylePr></w:style>'
    )
    cell = tc(p(r("字", '<w:color w:val="FFFFFF"/>')))
    table = tbl(tr(cell), tr(cell), properties='<w:tblStyle w:val="Dark"/>')

    first, second = blocks(table, styles=styles)

    assert (first.printed, second.flags) == (True, {Flag.WHITE})


def section(*references: str, more: str = "") -> str:
    return f"<w:sectPr>{''.join(references)}{more}</w:sectPr>"


def margin(kind: str, own: str, name: str = "header") -> str:
    return f'<w:{name}Reference w:type="{kind}" r:id="{own}"/>'


@pytest.mark.parametrize(
    ("kind", "more", "settings", "printed"),
    [
        pytest.param("default", "", "", True, id="usual"),
        pytest.param("first", "", "", False, id="first page not different"),
        pytest.param("first", "<w:titlePg/>", "", True, id="first page different"),
        pytest.param("first", '<w:titlePg w:val="0"/>', "", False, id="switched off"),
        pytest.param("even", "", "", False, id="even pages not different"),
        pytest.param("even", "", "<w:evenAndOddHeaders/>", True, id="even pages different"),
    ],
)
def test_a_header_prints_only_where_it_is_switched_on(kind, more, settings, printed):
    file = word_file(
        section(margin(kind, "rId7"), more=more),
        settings=settings,
        parts={"word/header5.xml": root("hdr", p(r("页眉")))},
        links=[("rId7", "header", "header5.xml")],
    )

    (block,) = read_docx(file).blocks

    assert (block.place, block.part, block.printed) == ("header5/p1", Part.HEADER, printed)


def test_a_later_section_inherits_its_headers():
    first = p(properties=section(margin("first", "rId7")))
    file = word_file(
        first + p(r("正文")) + section(more="<w:titlePg/>"),
        parts={"word/header1.xml": root("hdr", p(r("页眉")))},
        links=[("rId7", "header", "header1.xml")],
    )

    assert [b.text for b in read_docx(file).printed] == ["正文", "页眉"]
