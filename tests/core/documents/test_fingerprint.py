"""What a determination is bound to (A3): the content, not what the office adds later."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import FrameType

import pytest
from docx import Document
from docx.document import Document as DocumentType
from hypothesis import given
from hypothesis import strategies as st

from gongkai.documents.fingerprint import (
    core_fingerprint,
    core_text,
    fingerprint_alone,
    member_fingerprint,
)
from gongkai.documents.issuing import IssuingElement, Line, folded, layout
from gongkai.documents.read import read_bytes
from gongkai.model.attribute import DisclosureAttribute
from gongkai.model.bundle import Bundle, Member, Role
from gongkai.policy.profile import load_profile
from gongkai.samples.gbt9704 import OfficialDocument, SampleAttachment, official_document
from gongkai.stamping.docx import stamp_docx
from gongkai.stamping.mark import MarkPlace, Stamp

ISSUED = OfficialDocument(
    attachments=(SampleAttachment("补贴标准表", ("一、标准为每人每月500元。",)),),
    contact="（联系人：张示例，电话：0955-7012345）",
    signer="李示例",
)
DRAFT = replace(
    ISSUED,
    number="",
    red_head=False,
    signer="",
    date="",
    signature="",
    contact="",
    copies_to="",
    printer="",
)


def fingerprint(document: OfficialDocument) -> str:
    return of_bytes(official_document(document))


def of_bytes(data: bytes) -> str:
    return member_fingerprint(read_bytes(data, "文.docx"))


def edited(data: bytes, edit: Callable[[DocumentType], None]) -> bytes:
    document = Document(io.BytesIO(data))
    edit(document)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    "issued",
    [
        pytest.param(replace(DRAFT, number="示人社发〔2026〕12号"), id="number"),
        pytest.param(replace(DRAFT, number="示人社发〔2026〕　号"), id="blank number"),
        pytest.param(replace(DRAFT, red_head=True, number="示人社发〔2026〕12号"), id="red head"),
        pytest.param(
            replace(DRAFT, red_head=True, number="示人社发〔2026〕12号", signer="李示例"),
            id="signer",
        ),
        pytest.param(replace(DRAFT, signature=None), id="signature alone"),
        pytest.param(replace(DRAFT, date="2026年　月　日"), id="blank date"),
        pytest.param(replace(DRAFT, signature=None, date="2026年3月5日"), id="signature and date"),
        pytest.param(replace(DRAFT, signature=None, date="二〇二六年三月五日"), id="date in words"),
        pytest.param(
            replace(DRAFT, signature=None, date="2026年3月5日", annotation="（此件公开发布）"),
            id="annotation",
        ),
        pytest.param(replace(DRAFT, copies_to="市财政局，市审计局。", printer=None), id="imprint"),
        pytest.param(replace(DRAFT, copies_to="市财政局。", printer=""), id="copies alone"),
        pytest.param(
            replace(DRAFT, copies_to="市财政局。", printer=None, imprint="公开方式：主动公开"),
            id="imprint with label",
        ),
        pytest.param(replace(DRAFT, corner="特急"), id="urgency"),
        pytest.param(replace(DRAFT, serial="000001", corner="加急"), id="serial number"),
        pytest.param(ISSUED, id="all of it"),
    ],
)
def test_what_the_office_adds_later_leaves_the_fingerprint(issued: OfficialDocument) -> None:
    before = fingerprint(DRAFT)

    after = fingerprint(issued)

    assert after == before


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(replace(ISSUED, title="关于规范就业补助资金使用的通知"), id="title"),
        pytest.param(replace(ISSUED, recipients="各区人力资源和社会保障局："), id="recipients"),
        pytest.param(replace(ISSUED, body=(*ISSUED.body, "四、其他事项")), id="heading added"),
        pytest.param(replace(ISSUED, body=ISSUED.body[:-1]), id="paragraph removed"),
        pytest.param(
            replace(ISSUED, body=(*ISSUED.body, "示例市财政局")), id="body line ending in an organ"
        ),
        pytest.param(
            replace(ISSUED, body=(*ISSUED.body, "2.公示名单")), id="list item looking like a note"
        ),
        pytest.param(
            replace(ISSUED, body=(*ISSUED.body, "请于2026年3月31日前报送市局")), id="body with date"
        ),
        pytest.param(replace(ISSUED, attachment_note=("补贴标准",)), id="attachment note"),
        pytest.param(
            replace(
                ISSUED,
                attachments=(SampleAttachment("补贴标准表", ("一、标准为每人每月600元。",)),),
            ),
            id="attachment text",
        ),
        pytest.param(
            replace(
                ISSUED,
                attachments=(
                    SampleAttachment(
                        "补贴标准表",
                        ("一、标准为每人每月500元。", "示例市财政局", "2026年1月1日"),
                    ),
                ),
            ),
            id="an attachment's own signature and date",
        ),
        pytest.param(
            replace(
                ISSUED,
                attachments=(
                    SampleAttachment("补贴标准表", ("一、标准为每人每月500元。", "（此件不公开）")),
                ),
            ),
            id="an attachment's own mark",
        ),
        pytest.param(replace(ISSUED, page_header="内部资料"), id="page header"),
    ],
)
def test_any_change_of_content_is_another_fingerprint(changed: OfficialDocument) -> None:
    before = fingerprint(ISSUED)

    after = fingerprint(changed)

    assert after != before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("示例科员", "示例科长", id="words"),
        pytest.param("2026年3月5日", "2026年3月6日", id="a date in a table is no signing date"),
        pytest.param("示例市统计局", "示例市财政局", id="an organ in a table is no signature"),
    ],
)
def test_a_changed_cell_is_another_fingerprint(old: str, new: str) -> None:
    def with_table(value: str) -> bytes:
        def add(document: DocumentType) -> None:
            table = document.add_table(2, 2)
            for cell, text in zip(
                (c for row in table.rows for c in row.cells),
                ("岗位", "内容", "一", value),
                strict=True,
            ):
                cell.text = text
            last = next(p for p in document.paragraphs if p.text.startswith("市人力资源"))
            last._p.addnext(table._tbl)

        return edited(official_document(ISSUED), add)

    before, after = of_bytes(with_table(old)), of_bytes(with_table(new))

    assert before != after


@pytest.mark.parametrize("place", list(MarkPlace))
@pytest.mark.parametrize("attribute", list(DisclosureAttribute))
def test_our_own_mark_leaves_the_fingerprint(
    place: MarkPlace, attribute: DisclosureAttribute
) -> None:
    data = official_document(ISSUED)
    before = of_bytes(data)

    marked = stamp_docx(
        data, "文.docx", Stamp(attribute, place, before), load_profile("national_2019")
    )

    assert of_bytes(marked.data) == before


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("place", [MarkPlace.ANNOTATION, MarkPlace.IMPRINT])
def test_saving_again_by_libreoffice_leaves_the_fingerprint(
    tmp_path: Path, place: MarkPlace
) -> None:
    data = official_document(ISSUED)
    before = of_bytes(data)
    stamp = Stamp(DisclosureAttribute.ON_REQUEST, place, before)
    marked = stamp_docx(data, "文.docx", stamp, load_profile("national_2019"))
    (tmp_path / "文.docx").write_bytes(marked.data)

    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            *("--headless", "--convert-to", "docx:MS Word 2007 XML"),
            *("--outdir", str(tmp_path / "out"), str(tmp_path / "文.docx")),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )

    assert of_bytes((tmp_path / "out" / "文.docx").read_bytes()) == before


@given(
    st.lists(
        st.text("就业补助资金管理，。办法第一二三条 局2026年3月5日（）：", min_size=1, max_size=30),
        min_size=1,
        max_size=8,
    ),
    st.integers(0, 7),
)
def test_filling_in_leaves_any_text_and_a_new_sentence_never_does(
    body: list[str], position: int
) -> None:
    draft = ["关于示例工作的通知", "各有关单位：", *body, "请认真执行。"]
    issued = [
        "示例市人力资源和社会保障局文件",
        "示人社发〔2026〕12号",
        *draft,
        "示例市人力资源和社会保障局",
        "2026年3月5日",
        "（此件公开发布）",
        "抄送：市财政局。",
        "示例市人力资源和社会保障局办公室 2026年3月6日印发",
    ]
    changed = [*draft[:2], *body[:position], "新增一句内容。", *body[position:], draft[-1]]

    before, filled, other = (_plain(lines) for lines in (draft, issued, changed))

    assert filled == before
    assert other != before


def _plain(lines: list[str]) -> str:
    return member_fingerprint(read_bytes("\n".join(lines).encode(), "文.txt"))


def test_a_bundle_is_main_file_and_attachments_in_order() -> None:
    main = Member("正文.docx", Role.MAIN, read_bytes("正文".encode(), "正文.txt"))
    one = Member("附件1.txt", Role.ATTACHMENT, read_bytes("甲".encode(), "a.txt"), 1)
    two = Member("附件2.txt", Role.ATTACHMENT, read_bytes("乙".encode(), "b.txt"), 2)
    swapped = (replace(two, number=1), replace(one, number=2))

    whole = core_fingerprint(Bundle(main, (one, two)))

    assert whole != core_fingerprint(Bundle(main, swapped))
    assert whole != core_fingerprint(Bundle(main, (one,)))
    assert fingerprint_alone(one) == core_fingerprint(
        Bundle(replace(one, role=Role.MAIN, number=0))
    )


def test_a_file_that_cannot_be_read_is_what_its_bytes_are() -> None:
    first, second = (read_bytes(b"PK\x03\x04" + tail, "文.docx") for tail in (b"a", b"b"))

    assert not first.readable
    assert member_fingerprint(first) != member_fingerprint(second)


def test_cells_are_kept_apart_and_paragraphs_are_not() -> None:
    broken = read_bytes("关于示例\n工作的通知".encode(), "文.txt")
    whole = read_bytes("关于示例工作的通知".encode(), "文.txt")

    assert "".join(core_text(broken)) == "".join(core_text(whole))


def kinds(*texts: str) -> dict[str, str]:
    lines = [Line(folded(text)) for text in texts]
    return {texts[i]: str(kind) for i, kind in layout(lines).elements.items()}


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param(
            ("关于甲的通知", "示人社发〔2026〕12号", "各单位：", "一、请落实。"),
            {"示人社发〔2026〕12号": "head"},
            id="a title above the number is no head",
        ),
        pytest.param(
            ("2025年度人力资源发展统计公报", "2025年，全市新增就业。"), {}, id="a title in 公报"
        ),
        pytest.param(
            ("转发示人社发〔2026〕12号文件的通知", "各单位："), {}, id="a number inside a title"
        ),
        pytest.param(
            ("名单如下：", "示例市财政局", "示例市统计局"), {}, id="a list of organs at the end"
        ),
        pytest.param(
            ("工作安排如下：", "2026年3月1日", "各单位报名。", "2026年3月9日", "公布结果。"),
            {},
            id="a timetable",
        ),
        pytest.param(
            ("请各单位落实。", "请将材料报送市人力资源和社会保障局"), {}, id="a sentence, no organ"
        ),
        pytest.param(
            ("请落实。", "示例市财政局", "示例市统计局", "2026年3月5日"),
            {"示例市财政局": "signature", "示例市统计局": "signature", "2026年3月5日": "date"},
            id="a joint signature",
        ),
        pytest.param(
            ("请落实。", "市长 张晓明示例", "2026年3月5日"),
            {"市长 张晓明示例": "signature", "2026年3月5日": "date"},
            id="a person signs an order",
        ),
        pytest.param(
            ("请落实。", "示例市财政局", "2026年3月5日", "附件1", "示例市统计局", "2026年1月1日"),
            {"示例市财政局": "signature", "2026年3月5日": "date"},
            id="an attachment's signature is content",
        ),
        pytest.param(
            ("请落实。", "公开方式：网上公示并张贴公告栏"), {}, id="a field that is no mark"
        ),
        pytest.param(
            ("经研究同意，现予印发", "2026年3月5日"), {"2026年3月5日": "date"}, id="a body's 印发"
        ),
        pytest.param(
            (
                "请落实。",
                "抄送：市财政局，市审计局，",
                "市统计局。",
                "示例市人社局办公室",
                "2026年3月6日印发",
            ),
            {
                "抄送：市财政局，市审计局，": "imprint",
                "市统计局。": "imprint",
                "示例市人社局办公室": "imprint",
                "2026年3月6日印发": "imprint",
            },
            id="copies over two lines",
        ),
    ],
)
def test_issuing_elements_are_told_from_what_looks_like_them(
    texts: tuple[str, ...], expected: dict[str, str]
) -> None:
    assert kinds(*texts) == expected


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param(("张示例", "示例科员", "良好"), id="a list of people"),
        pytest.param(("示例市财政局", "2026年3月5日"), id="organs and dates, as signatures are"),
    ],
)
def test_a_table_ten_times_as_long_is_ten_times_the_work(cells: tuple[str, ...]) -> None:
    def work(rows: int) -> int:
        steps = 0

        def count(frame: FrameType, event: str, argument: object) -> None:
            nonlocal steps
            steps += 1

        lines = [Line("关于示例工作的通知"), *(Line(text, "t1") for text in cells * rows)]
        before = sys.getprofile()
        sys.setprofile(count)
        try:
            layout(lines)
        finally:
            sys.setprofile(before)
        return steps

    few, many = work(40), work(400)

    assert many <= 11 * few


def test_a_table_that_lays_out_signatures_is_one() -> None:
    texts = ["请落实。", "示例市财政局", "示例市统计局", "2026年3月5日"]
    lines = [Line(text, "t1" if i else "") for i, text in enumerate(texts)]

    found = layout(lines).elements

    assert found[3] is IssuingElement.DATE
