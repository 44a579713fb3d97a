"""A DOCX is marked in its place; a second mark replaces; nothing else moves (SRC-20)."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from docx import Document
from lxml import etree

from core.stamping.stamp_samples import (
    DATE,
    MAIN,
    break_after_date,
    date_in_table,
    edited,
    fingerprint,
    mark,
    own_paragraphs,
    paper,
    paragraphs,
    parts,
    printed,
    profile,
    rewritten,
    second_issuer,
    with_part,
)
from gongkai.documents.docx_names import w
from gongkai.documents.read import read_bytes
from gongkai.errors import StampRefused
from gongkai.model.attribute import DisclosureAttribute
from gongkai.model.content import Flag, Part
from gongkai.samples.gbt9704 import SampleAttachment
from gongkai.stamping.mark import MarkPlace, Stamp
from gongkai.stamping.marking import marked

PROACTIVE, ON_REQUEST, NOT_DISCLOSED = DisclosureAttribute
ANNOTATION, IMPRINT, RECORD_ONLY = MarkPlace
ATTACHED = (SampleAttachment("补贴标准表", ("一、标准。", "（此件不公开）")),)
CONTACT = "（联系人：张示例，电话：0955-7012345）"

PAPERS = {
    "plain": paper(),
    "contact": paper(contact=CONTACT),
    "hand-typed annotation": paper(annotation="（此件公开发布）"),
    "hand-typed imprint": paper(imprint="公开方式：主动公开"),
    "blank date": paper(date="2026年　月　日", number="示人社发〔2026〕　号"),
    "attachment": paper(attachments=ATTACHED),
    "joint": edited(paper(), second_issuer),
    "page break behind the date": edited(paper(attachments=ATTACHED), break_after_date),
}
every_paper = pytest.mark.parametrize("data", PAPERS.values(), ids=PAPERS.keys())
every_place = pytest.mark.parametrize("place", MarkPlace)


def labels(data: bytes) -> list[str]:
    """The marks on the page, an attachment's own left out."""
    lines = printed(data)
    end = next((i for i, line in enumerate(lines) if line.startswith("附件") and len(line) < 4), 99)
    field = [line for line in lines if line.startswith("公开方式")]
    return [line.strip() for line in lines[:end] if line.startswith("（此件")] + field


@every_paper
def test_the_annotation_stands_right_below_the_date(data: bytes) -> None:
    stamped = mark(data)

    lines = [line.strip() for line in printed(stamped.data)]
    date = next(i for i, line in enumerate(lines) if line.startswith("2026年") and "日" in line)
    assert lines[date + 1] == "（此件依申请公开）"
    assert labels(stamped.data) == ["（此件依申请公开）"]


@every_paper
def test_the_imprint_line_stands_right_above_the_copies(data: bytes) -> None:
    stamped = mark(data, place=IMPRINT)

    lines = printed(stamped.data)
    copies = next(i for i, line in enumerate(lines) if line.startswith("抄送"))
    assert lines[copies - 1] == "公开方式：依申请公开"
    assert labels(stamped.data) == ["公开方式：依申请公开"]


@every_paper
def test_recorded_only_leaves_no_line_and_a_property(data: bytes) -> None:
    stamped = mark(data, place=RECORD_ONLY)

    assert labels(stamped.data) == []
    content = read_bytes(stamped.data, "文.docx")
    assert content.property_named("custom.公开属性") == "依申请公开"
    assert content.property_named("custom.gongkai.attribute") == "ON_REQUEST"


@every_paper
@every_place
def test_the_same_mark_twice_gives_the_same_bytes(data: bytes, place: MarkPlace) -> None:
    once = mark(data, place=place)

    twice = mark(once.data, place=place)

    assert twice.changed == ()
    assert twice.data == once.data


@every_paper
@every_place
@pytest.mark.parametrize("moved", MarkPlace)
def test_another_mark_replaces_wherever_it_goes(
    data: bytes, place: MarkPlace, moved: MarkPlace
) -> None:
    first = mark(data, place=place)

    second = mark(first.data, NOT_DISCLOSED, moved)

    wanted = {ANNOTATION: ["（此件不公开）"], IMPRINT: ["公开方式：不予公开"], RECORD_ONLY: []}
    assert labels(second.data) == wanted[moved]
    assert fingerprint(second.data) == fingerprint(data)


@every_place
def test_every_other_part_keeps_its_bytes(place: MarkPlace) -> None:
    data = PAPERS["contact"]
    before = parts(data)

    stamped = mark(data, place=place)

    after = parts(stamped.data)
    assert {name for name in before if before[name] != after[name]} <= {
        *("[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels", MAIN)
    }
    assert set(after) - set(before) == {
        *("docProps/custom.xml", "customXml/item2.xml", "customXml/itemProps2.xml"),
        "customXml/_rels/item2.xml.rels",
    }


@pytest.mark.parametrize(
    ("name", "place", "gone"),
    [
        pytest.param("contact", ANNOTATION, 0, id="new annotation"),
        pytest.param("attachment", ANNOTATION, 0, id="before attachments"),
        pytest.param("contact", IMPRINT, 0, id="new imprint row"),
        pytest.param("hand-typed annotation", ANNOTATION, 1, id="hand-typed one replaced"),
    ],
)
def test_only_our_own_paragraph_changes(name: str, place: MarkPlace, gone: int) -> None:
    before = paragraphs(PAPERS[name])

    after = paragraphs(mark(PAPERS[name], place=place).data)

    assert len([p for p in before if p not in after]) == gone
    assert len([p for p in after if p not in before]) == 1


def test_marking_and_taking_away_gives_the_paragraphs_back() -> None:
    data = PAPERS["page break behind the date"]

    back = mark(mark(data).data, place=RECORD_ONLY)

    assert paragraphs(back.data) == paragraphs(data)


def test_a_page_break_behind_the_date_stays_behind_the_annotation() -> None:
    stamped = mark(PAPERS["page break behind the date"])

    (own,) = own_paragraphs(stamped.data)
    assert [b.get(w("type")) for b in own.iter(w("br"))] == ["page"]
    assert own.getprevious() is not None
    assert not list(own.getprevious().iter(w("br")))


def test_the_annotation_is_two_characters_in_and_as_large_as_the_date() -> None:
    (own,) = own_paragraphs(mark(PAPERS["plain"]).data)

    indent = own.find(f"{w('pPr')}/{w('ind')}")
    assert indent is not None
    assert indent.get(w("firstLineChars")) == "200"
    assert {size.get(w("val")) for size in own.iter(w("sz"))} == {"32"}
    assert {f.get(w("eastAsia")) for f in own.iter(w("rFonts"))} == {"仿宋_GB2312"}


SETTINGS_ORDER = ("rPr", "alias", "tag", "id", "lock", "dataBinding", "dropDownList")
PROPERTIES_ORDER = ("rFonts", "sz", "szCs")
PARAGRAPH_ORDER = ("snapToGrid", "spacing", "ind", "rPr", "sectPr")


@pytest.mark.parametrize("place", [ANNOTATION, IMPRINT])
def test_what_is_written_is_in_the_order_of_the_schema(place: MarkPlace) -> None:
    (own,) = own_paragraphs(mark(PAPERS["plain"], place=place).data)

    def ordered(parent: etree._Element, order: tuple[str, ...]) -> bool:
        names = [etree.QName(child).localname for child in parent]
        return names == sorted(names, key=order.index)

    assert own[0].tag == w("pPr")
    assert all(ordered(e, SETTINGS_ORDER) for e in own.iter(w("sdtPr")))
    assert all(ordered(e, PROPERTIES_ORDER) for e in own.iter(w("rPr")))
    assert place is IMPRINT or all(ordered(e, PARAGRAPH_ORDER) for e in own.iter(w("pPr")))


def test_the_control_shares_its_number_with_no_other() -> None:
    once = mark(PAPERS["plain"]).data
    (own,) = own_paragraphs(once)
    number = own.find(f".//{w('id')}").get(w("val"))
    foreign = (
        f'<w:p><w:sdt><w:sdtPr><w:id w:val="{number}"/></w:sdtPr><w:sdtContent><w:r>'
        "<w:t>填写</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    ).encode()
    data = rewritten(
        PAPERS["plain"], document=lambda xml: xml.replace(b"<w:body>", b"<w:body>" + foreign)
    )

    stamped = mark(data)

    root = etree.fromstring(parts(stamped.data)[MAIN])
    numbers = [e.get(w("val")) for e in root.iter(w("id")) if e.getparent().tag == w("sdtPr")]
    assert len(numbers) == len(set(numbers)) == 2


def test_the_control_carries_the_marked_wording_alone() -> None:
    (own,) = own_paragraphs(mark(PAPERS["plain"]).data)

    assert [e.get(w("value")) for e in own.iter(w("listItem"))] == ["此件依申请公开"]


@every_place
def test_python_docx_and_our_reader_open_the_result(place: MarkPlace) -> None:
    stamped = mark(PAPERS["attachment"], place=place)

    Document(BytesIO(stamped.data))
    content = read_bytes(stamped.data, "文.docx")

    assert content.readable
    assert content.notes == read_bytes(PAPERS["attachment"], "文.docx").notes


@every_place
def test_our_own_mark_is_never_hidden_content(place: MarkPlace) -> None:
    before = {b.text for b in read_bytes(PAPERS["plain"], "文.docx").blocks if not b.printed}

    blocks = read_bytes(mark(PAPERS["plain"], place=place).data, "文.docx").blocks

    added = [b for b in blocks if not b.printed and b.text not in before]
    assert all(b.part is Part.PROPERTY or Flag.OWN_MARK in b.flags for b in added)


def sealed(data: bytes) -> bytes:
    return with_part(data, "_xmlsignatures/sig1.xml")


def strict(data: bytes) -> bytes:
    usual = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    other = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    return rewritten(data, document=lambda xml: xml.replace(usual, other))


def cut_off(data: bytes) -> bytes:
    return rewritten(data, document=lambda xml: xml[: len(xml) // 2])


def doubled(data: bytes) -> bytes:
    with pytest.warns(UserWarning, match="Duplicate name"):
        return with_part(data, MAIN, parts(data)[MAIN])


@pytest.mark.parametrize(
    ("spoil", "key"),
    [
        pytest.param(sealed, "stamp_signed", id="signed"),
        pytest.param(strict, "stamp_unfit", id="Strict Open XML"),
        pytest.param(cut_off, "stamp_damaged", id="damaged part"),
        pytest.param(doubled, "stamp_damaged", id="two parts of one name"),
        pytest.param(lambda data: data[:-200], "stamp_damaged", id="cut off"),
    ],
)
def test_a_file_that_cannot_take_a_mark_is_refused(
    spoil: Callable[[bytes], bytes], key: str
) -> None:
    data = spoil(PAPERS["plain"])

    with pytest.raises(StampRefused) as refused:
        mark(data)

    assert refused.value.key == key
    assert "文.docx" in str(refused.value)


@pytest.mark.parametrize(
    ("data", "place", "key"),
    [
        pytest.param(paper(date="", signature=""), ANNOTATION, "stamp_no_date", id="no date"),
        pytest.param(edited(paper(), date_in_table), ANNOTATION, "stamp_no_date", id="in a table"),
        pytest.param(paper(copies_to="", printer=""), IMPRINT, "stamp_no_imprint", id="no imprint"),
        pytest.param(
            paper(annotation="（此件不公开发布，发至收文单位本部）"),
            ANNOTATION,
            "stamp_mixed",
            id="a mark that says more",
        ),
    ],
)
def test_a_place_is_never_guessed(data: bytes, place: MarkPlace, key: str) -> None:
    with pytest.raises(StampRefused) as refused:
        mark(data, place=place)

    assert refused.value.key == key
    assert "仅登记" in str(refused.value)


def test_a_picture_at_the_hand_typed_mark_stays() -> None:
    end = "（此件公开发布）</w:t></w:r>".encode()
    picture = end + b"<w:r><w:pict/></w:r>"
    data = rewritten(
        PAPERS["hand-typed annotation"], document=lambda xml: xml.replace(end, picture)
    )

    stamped = mark(data)

    assert b"<w:pict/>" in parts(stamped.data)[MAIN]
    assert labels(stamped.data) == ["（此件依申请公开）"]


def test_an_existing_property_is_replaced_and_others_stay() -> None:
    data = paper(properties={"公开属性": "主动公开", "承办科室": "示例科"})

    stamped = mark(data)

    content = read_bytes(stamped.data, "文.docx")
    assert content.property_named("custom.公开属性") == "依申请公开"
    assert content.property_named("custom.承办科室") == "示例科"


def test_marking_is_proved_before_anything_is_written() -> None:
    data = PAPERS["plain"]
    content = read_bytes(data, "文.docx")
    stamp = Stamp(PROACTIVE, ANNOTATION, fingerprint(data))

    stamped = marked(content, data, "文.docx", stamp, profile())

    assert stamped == mark(data, PROACTIVE)
    assert DATE in "".join(printed(stamped.data))
