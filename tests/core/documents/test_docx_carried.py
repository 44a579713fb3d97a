"""What a DOCX carries beside its text, and what makes it unreadable."""

from __future__ import annotations

import pytest

from core.documents.word_files import (
    p,
    r,
    root,
    tbl,
    tc,
    tr,
    word_file,
)
from gongkai.documents.docx import read_docx
from gongkai.documents.limits import Limits
from gongkai.model.content import Block, Flag, NoteCode, NoteScope, Part
from gongkai.samples.gbt9704 import OfficialDocument, official_document
from gongkai.samples.people import people
from gongkai.samples.workbook import roster_workbook

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
PICTURE = (
    "<w:drawing><wp:inline><a:graphic><a:blip r:embed='rIdImg'/></a:graphic></wp:inline>"
    "</w:drawing>"
)
OWN = "urn:gongkai:disclosure"


def blocks(body: str, **more) -> tuple[Block, ...]:
    return read_docx(word_file(body, **more)).blocks


def test_orphans_are_read_and_not_printed():
    notes = f'<w:footnote w:id="5">{p(r("无引用的脚注"))}</w:footnote>'
    parts = {
        "word/header9.xml": root("hdr", p(r("无引用的页眉"))),
        "word/footnotes.xml": root("footnotes", notes),
        "word/document2.xml": root("document", f"<w:body>{p(r('第二正文'))}</w:body>"),
        "word/theme/theme1.xml": "<a>主题里的话</a>",
    }

    found = blocks("", parts=parts)

    assert {(b.text, b.printed) for b in found} == {
        ("无引用的页眉", False),
        ("无引用的脚注", False),
        ("第二正文", False),
        ("主题里的话", False),
    }


def control(text: str, binding: str) -> str:
    return (
        f'<w:sdt><w:sdtPr><w:tag w:val="标"/><w:dataBinding {binding} w:xpath="/a"/></w:sdtPr>'
        f"<w:sdtContent>{r(text)}</w:sdtContent></w:sdt>"
    )


def own_parts(item: str) -> dict[str, str | bytes]:
    props = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
    rels = (
        '<Relationships><Relationship Id="r" Type="x/customXmlProps" Target="itemProps4.xml"/>'
        "</Relationships>"
    )
    return {
        "customXml/item4.xml": f'<d xmlns="{OWN}"><v>此件公开发布</v></d>',
        "customXml/itemProps4.xml": f'<d:x xmlns:d="{props}" d:itemID="{item}"/>',
        "customXml/_rels/item4.xml.rels": rels,
    }


@pytest.mark.parametrize(
    "binding",
    [
        pytest.param(f"w:prefixMappings=\"xmlns:g='{OWN}'\"", id="by namespace"),
        pytest.param('w:storeItemID="{ab12}"', id="by store id, after LibreOffice"),
    ],
)
def test_our_own_control_is_known_as_ours(binding):
    body = p(r("（"), control("此件公开发布", binding), r("）"))

    found = blocks(body, parts=own_parts("{AB12}"))

    assert [(b.text, Flag.OWN_MARK in b.flags) for b in found] == [
        ("（此件公开发布）", True),
        ("标", True),
        ("此件公开发布", True),
    ]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (p(control("此件公开发布", 'w:storeItemID="{FFFF}"')), "bound to something else"),
        (
            p(r("另有一段与标注无关的长文字"), control("此件公开发布", 'w:storeItemID="{AB12}"')),
            "other text in the same paragraph",
        ),
        (p(control("长" * 60, 'w:storeItemID="{AB12}"')), "longer than any label"),
    ],
)
def test_other_text_does_not_pass_as_our_mark(body, why):
    first = blocks(body, parts=own_parts("{AB12}"))[0]

    assert Flag.OWN_MARK not in first.flags, why


def test_pictures_among_text_are_noted_where_they_stand():
    file = word_file(
        p(r("甲")) + tbl(tr(tc(p(f"<w:r>{PICTURE}</w:r>")))),
        parts={"word/media/i.png": PNG, "docProps/thumbnail.jpeg": PNG},
        links=[("rIdImg", "image", "media/i.png")],
        package_links=[("rId9", "x/metadata/thumbnail", "docProps/thumbnail.jpeg")],
    )

    content = read_docx(file)

    assert [(n.code, n.scope, n.place) for n in content.notes] == [
        (NoteCode.IMAGE, NoteScope.PART, "body/t1/r1c1")
    ]
    assert [b.place for b in content.blocks] == ["body/p1", "property/thumbnail"]


SCAN = p(f"<w:r>{PICTURE}</w:r>")


@pytest.mark.parametrize(
    ("body", "parts", "code"),
    [
        pytest.param(p(), {}, NoteCode.EMPTY, id="nothing"),
        pytest.param(SCAN, {}, NoteCode.NO_TEXT, id="scanned pages pasted in"),
        pytest.param(
            SCAN,
            {"word/header1.xml": root("hdr", p(r("第1页")))},
            NoteCode.NO_TEXT,
            id="page numbers around them",
        ),
        pytest.param(p(r("字")) + SCAN, {}, None, id="one word beside them"),
    ],
)
def test_a_file_without_words_was_not_read(
    body: str, parts: dict[str, str], code: NoteCode | None
) -> None:
    content = read_docx(word_file(body, parts={"word/media/i.png": PNG, **parts}))

    whole = [note.code for note in content.notes if note.scope is NoteScope.WHOLE]
    assert whole == ([code] if code else [])


@pytest.mark.parametrize(
    ("name", "data", "kind", "code", "scope"),
    [
        pytest.param(
            "word/embeddings/o.bin", bytes(range(9)) * 9, "oleObject",
            NoteCode.OPAQUE_PART, NoteScope.PART, id="an object nobody can open",
        ),
        pytest.param(
            "word/vbaProject.bin", bytes(range(9)) * 9, "vbaProject",
            NoteCode.OPAQUE_PART, NoteScope.PART, id="macros",
        ),
        pytest.param(
            "word/fonts/f.odttf", bytes(range(9)) * 9, "font",
            NoteCode.OPAQUE_PART, NoteScope.NOTHING, id="an embedded font",
        ),
        pytest.param(
            "word/media/lost.png", PNG, "",
            NoteCode.OPAQUE_PART, NoteScope.PART, id="a picture nothing shows",
        ),
        pytest.param(
            "word/embeddings/d.docx", b"PK\x03\x04word/document.xml broken", "package",
            NoteCode.DAMAGED, NoteScope.PART, id="a broken embedded document",
        ),
    ],
)  # fmt: skip
def test_a_part_nobody_can_read_is_never_passed_over(name, data, kind, code, scope):
    links = [("rId9", kind, name.removeprefix("word/"))] if kind else []

    content = read_docx(word_file(p(r("正文")), parts={name: data}, links=links))

    assert [(n.code, n.scope) for n in content.notes] == [(code, scope)]
    assert content.readable


def test_an_embedded_workbook_is_read_with_its_columns():
    book = roster_workbook(people(1))

    found = blocks(p(r("正文")), parts={"word/embeddings/名单.xlsx": book})

    cells = [b for b in found if b.text == people(1)[0].id_number]
    assert [(b.part, b.flags, b.cell and b.cell.header) for b in cells] == [
        (Part.EMBEDDED, {Flag.EMBEDDED}, "身份证号码")
    ]
    assert cells[0].place.startswith("embedded/名单.xlsx!")


def test_packages_in_packages_end_somewhere():
    inner = word_file(p(r("最里")))
    for _ in range(5):
        inner = word_file(p(r("外")), parts={"word/embeddings/n.docx": inner})

    content = read_docx(inner, Limits(package_depth=2))

    assert [note.code for note in content.notes] == [NoteCode.NESTED_TOO_DEEP]
    assert content.notes[0].scope is NoteScope.PART


def test_comments_in_the_xml_and_words_in_attributes_are_read():
    parts = {"customXml/item1.xml": '<r note="张某住址"><!-- 批示原文 --></r>'}

    found = {b.text for b in blocks("", parts=parts)}

    assert found == {"张某住址", "批示原文"}


def test_text_outside_all_elements_for_text_is_read():
    body = p("夹在中间", r("甲")) + '<x:y xmlns:x="urn:x">外来元素</x:y>'

    found = blocks(body)

    assert [(b.text, b.printed) for b in found] == [
        ("甲", True),
        ("夹在中间", False),
        ("外来元素", False),
    ]


def test_controls_and_bookmarks_around_rows_and_cells_are_read():
    control = (
        '<w:sdt><w:sdtPr><w:alias w:val="{}"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>'
    )
    cell = tc(p(r("甲")))
    row = control.format("行控件", tr(control.format("格控件", cell)))
    mark = '<w:bookmarkStart w:id="1" w:name="行间书签"/>'

    found = {b.text for b in blocks(tbl(mark, row))}

    assert found == {"甲", "行控件\n格控件", "行间书签"}


def test_a_signed_file_says_so():
    content = read_docx(word_file(p(r("甲")), parts={"_xmlsignatures/sig1.xml": "<a>签名</a>"}))

    assert content.signed
    assert [b.text for b in content.blocks] == ["甲"]


def test_properties_are_kept_by_name():
    content = read_docx(official_document(OfficialDocument(properties={"公开属性": "主动公开"})))

    assert content.property_named("custom.公开属性") == "主动公开"
    assert content.property_named("core.creator") == "示例科"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"PK\x03\x04", id="only a beginning"),
        pytest.param(official_document()[:-500], id="cut off"),
        pytest.param(word_file().replace(b"word/document.xml", b"word/documint.xml"), id="no body"),
        pytest.param(
            word_file(tbl(tr(tc("X"))).replace("X", "Y") * 1, parts={"word/x.xml": "<a><b></a>"}),
            id="one part is broken XML",
        ),
    ],
)
def test_a_bad_document_is_one_note_and_no_text(data):
    content = read_docx(data)

    assert [note.scope for note in content.notes] == [NoteScope.WHOLE]
    assert content.blocks == ()


def test_tables_sixty_deep_are_read_and_deeper_ones_refused():
    def nested(depth: int) -> str:
        table = p(r("最里"))
        for _ in range(depth):
            table = tbl(tr(tc(table, p())))
        return table

    assert [b.text for b in blocks(nested(60))] == ["最里"]
    assert not read_docx(word_file(nested(2_000))).readable
