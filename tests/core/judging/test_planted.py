"""Sensitive words in a proactive paper are blocked, wherever in the bundle they hide (SRC-14)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from core.documents.hidden_places import PLACES, hidden_places_file, word_of
from core.documents.word_files import p, r, tbl, tc, text_box, tr, word_file
from core.judging.papers import (
    CLOSED,
    HEADING,
    OPEN,
    PLANTED,
    bundle,
    codes,
    notice,
    replaced,
    the,
    with_list,
)
from gongkai.model.attribute import Outcome, Severity
from gongkai.model.finding import FindingCode
from gongkai.samples.gbt9704 import SampleAttachment, official_document
from gongkai.samples.pdf import WHITE, Box, Extras, Remark, Sheet, Text, build_pdf, ruled_table
from gongkai.samples.workbook import roster_workbook
from gongkai.testing import judged

Files = Mapping[str, bytes]

NAMES = "附件：人员名单"
HARMLESS = "资金按月拨付到位。"


def value_of(words: str) -> str:
    return words.partition("：")[2] or words


def letter(*extra: str) -> bytes:
    """A paper of plain XML: title, text, signature, label, and whatever comes on top."""
    lines = (
        "关于规范就业补助资金管理的通知",
        "各区、县人力资源和社会保障局：",
        "现就有关事项通知如下。各地要认真组织实施。",
        "示例市人力资源和社会保障局",
        "2026年3月5日",
        OPEN,
    )
    return word_file("".join(p(r(line)) for line in lines) + "".join(extra))


def pdf(*items: Text | Box, remarks: tuple[Remark, ...] = (), **more: object) -> Files:
    lines = (Text(80, 770, "人员名单"), Text(80, 740, HARMLESS), *items)
    sheet = Sheet(lines, remarks)
    return with_list(build_pdf([sheet], Extras(**more)), f"{NAMES}.pdf")  # type: ignore[arg-type]


def sheet(columns: Mapping[str, str], **more: object) -> Files:
    """A workbook with two rows under the headings; ``more`` as for ``roster_workbook``."""
    from io import BytesIO

    from openpyxl import load_workbook

    book = load_workbook(BytesIO(roster_workbook((), ("姓名",), **more)))  # type: ignore[arg-type]
    page = book.active
    for number, (heading, value) in enumerate(columns.items(), 3):
        page.cell(1, number).value = heading
        page.cell(2, number).value = value
        page.cell(3, number).value = value
    target = BytesIO()
    book.save(target)
    return with_list(target.getvalue(), f"{NAMES}.xlsx")


def hidden_column(words: str, heading: str) -> Files:
    from io import BytesIO

    from openpyxl import load_workbook

    data = sheet({heading: value_of(words)})[f"{NAMES}.xlsx"]
    book = load_workbook(BytesIO(data))
    book.active.column_dimensions["C"].hidden = True
    target = BytesIO()
    book.save(target)
    return with_list(target.getvalue(), f"{NAMES}.xlsx")


ISOLATED: dict[str, Callable[[str, str], Files]] = {
    "docx body": lambda w, h: bundle(notice(body=(HARMLESS, w))),
    "docx page header": lambda w, h: bundle(notice(page_header=w)),
    "docx comment": lambda w, h: bundle(notice(comment=w)),
    "docx tracked insertion": lambda w, h: bundle(notice(inserted=w)),
    "docx tracked deletion": lambda w, h: bundle(notice(deleted=w)),
    "docx hidden run": lambda w, h: bundle(notice(hidden=w)),
    "docx custom property": lambda w, h: bundle(notice(properties={"批次": w})),
    "docx attachment bound in": lambda w, h: bundle(
        notice(attachments=(SampleAttachment("人员名单", (w,)),))
    ),
    "docx white text": lambda w, h: bundle(letter(p(r(w, '<w:color w:val="FFFFFF"/>')))),
    "docx tiny text": lambda w, h: bundle(letter(p(r(w, '<w:sz w:val="2"/>')))),
    "docx text box": lambda w, h: bundle(letter(p("<w:r>", text_box(p(r(w))), "</w:r>"))),
    "docx alternative text": lambda w, h: bundle(
        letter(p("<w:r>", text_box(p(r("图示")), frame=f'descr="{w}"'), "</w:r>"))
    ),
    "docx table with heading": lambda w, h: bundle(
        letter(
            tbl(
                tr(tc(p(r("姓名"))), tc(p(r(h)))),
                tr(tc(p(r("王建国"))), tc(p(r(value_of(w))))),
                tr(tc(p(r("李丽华"))), tc(p(r(value_of(w))))),
            )
        )
    ),
    "docx table of label and value": lambda w, h: bundle(letter(tbl(tr(tc(p(r(w))))))),
    "docx attached": lambda w, h: with_list(letter(p(r(w))), f"{NAMES}.docx"),
    "docx attachment name": lambda w, h: with_list(letter(), f"{NAMES}（{w}）.docx"),
    "xlsx column": lambda w, h: sheet({h: value_of(w)}),
    "xlsx column beside names": lambda w, h: sheet({"姓名": "王建国", h: value_of(w)}),
    "xlsx 备注 column": lambda w, h: sheet({"姓名": "王建国", "备注": w}),
    "xlsx hidden column": lambda w, h: hidden_column(w, h),
    "xlsx hidden sheet": lambda w, h: sheet({"项目": "培训补贴"}, hidden_sheet=w),
    "xlsx comment": lambda w, h: sheet({"项目": "培训补贴"}, comment=w),
    "xlsx caption": lambda w, h: sheet({"项目": "培训补贴"}, caption=w),
    "pdf text": lambda w, h: pdf(Text(80, 700, w)),
    "pdf table": lambda w, h: with_list(
        build_pdf(
            [Sheet(ruled_table([["姓名", h], ["王建国", value_of(w)], ["李丽华", value_of(w)]]))]
        ),
        f"{NAMES}.pdf",
    ),
    "pdf covered text": lambda w, h: pdf(Text(80, 700, w), Box(70, 690, 480, 30)),
    "pdf white text": lambda w, h: pdf(Text(80, 700, w, colour=WHITE)),
    "pdf invisible text": lambda w, h: pdf(Text(80, 700, w, invisible=True)),
    "pdf annotation": lambda w, h: pdf(remarks=(Remark(w),)),
    "pdf title": lambda w, h: pdf(title=w),
    "pdf property": lambda w, h: pdf(properties={"Subject": w}),
    "pdf attached file": lambda w, h: pdf(attachments={"说明.docx": letter(p(r(w)))}),
    "text file": lambda w, h: with_list(f"人员名单\n{w}\n".encode(), f"{NAMES}.txt"),
}


@pytest.mark.parametrize("kind", PLANTED)
@pytest.mark.parametrize("place", ISOLATED)
def test_a_planted_value_blocks_alone_in_its_place(place: str, kind: str) -> None:
    words, code = PLANTED[kind]

    verdict = judged(ISOLATED[place](words, HEADING[kind]))

    blocking = [f.code for f in verdict.findings if f.severity is Severity.BLOCK]
    wanted = {code, FindingCode.PII_ROSTER} if code is FindingCode.PII_DIRECT else {code}
    assert verdict.outcome is Outcome.BLOCKED
    assert wanted & set(blocking), codes(verdict)


@pytest.mark.parametrize("name", PLACES)
def test_each_of_the_56_hiding_places_of_an_attachment_is_named(name: str) -> None:
    words, code = PLANTED["id_number"]
    swap = {word_of(other): words if other == name else "例" for other in PLACES}

    verdict = judged(with_list(replaced(hidden_places_file(), swap), f"{NAMES}.docx"))

    found = the(verdict, code)
    assert f"attachment1/{PLACES[name].place}" in (found.place, *found.places)
    assert found.severity is Severity.BLOCK


@pytest.mark.parametrize(
    "place",
    [
        pytest.param(f"{NAMES}.docx", id="annotation of an attached file"),
        pytest.param("", id="annotation of an attachment bound in"),
    ],
)
def test_a_stricter_label_of_an_attachment_blocks(place: str) -> None:
    inner = notice(CLOSED, title="关于人员名单的通知")
    files = (
        with_list(official_document(inner), place)
        if place
        else bundle(notice(attachments=(SampleAttachment("人员名单", (HARMLESS, CLOSED)),)))
    )

    verdict = judged(files)

    assert verdict.outcome is Outcome.BLOCKED
    assert the(verdict, FindingCode.MIXED_LABEL).severity is Severity.BLOCK


def test_the_same_words_may_stand_in_a_withheld_paper() -> None:
    words = "；".join(words for words, _ in PLANTED.values())

    verdict = judged(notice(CLOSED, body=(HARMLESS, words)))

    assert not [f for f in verdict.findings if f.severity is Severity.BLOCK]
