"""PDFs as an office suite makes them, with the tables of ordinary notices."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from gongkai.documents.limits import Limits
from gongkai.documents.pdf import read_pdf
from gongkai.model.content import Content, Part

OFFICE = shutil.which("soffice")
HEADINGS = ["序号", "姓　名", "身份证号", "联系电话", "住址"]
PROSE = "现将补贴发放名单予以公示，如有异议请与示例局联系。请各单位认真核对名单内容。"
EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
LOOKS = {
    "three_lines": {"top": "single", "bottom": "single"},
    "lines_across": {"top": "single", "bottom": "single", "insideH": "single"},
    "lines_inside": {"insideH": "single", "insideV": "single"},
    "dashed": dict.fromkeys(EDGES, "dashed"),
    "no_lines": {},
}

pytestmark = pytest.mark.skipif(OFFICE is None, reason="no office suite is installed")


def person(number: int) -> list[str]:
    name = "张　三" if number % 3 == 0 else f"示例{number}"
    home = f"示例市示例区示例路{number}号"
    return [str(number), name, f"11010119900307{number:04d}", f"1380013{number:04d}", home]


def document() -> Document:
    made = Document()
    style = made.styles["Normal"]
    style.font.name = "Noto Serif CJK SC"
    style.font.size = Pt(10.5)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Noto Serif CJK SC")
    return made


def borders(element, looks: dict[str, str], tag: str) -> None:
    group = OxmlElement(tag)
    for edge, look in looks.items():
        line = OxmlElement(f"w:{edge}")
        line.set(qn("w:val"), look)
        line.set(qn("w:sz"), "8")
        group.append(line)
    element.append(group)


def roster(look: str, centred: bool) -> Document:
    made = document()
    made.add_paragraph("关于公示补贴名单的通知").alignment = WD_ALIGN_PARAGRAPH.CENTER
    made.add_paragraph(PROSE * 3)
    rows = [HEADINGS] + [person(n) for n in range(1, 9)]
    table = made.add_table(len(rows), len(HEADINGS))
    borders(table._tbl.tblPr, LOOKS[look], "w:tblBorders")
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            cell = table.cell(number, column)
            cell.text = text
            cell.paragraphs[0].paragraph_format.space_after = Pt(0)
            if look == "three_lines" and number == 0:
                borders(cell._tc.get_or_add_tcPr(), {"bottom": "single"}, "w:tcBorders")
            if centred:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
                cell.vertical_alignment = 1
    made.add_paragraph()
    made.add_paragraph("示例局").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    made.add_paragraph("2026年3月1日").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return made


def without_tables() -> Document:
    made = document()
    made.add_paragraph("示政发〔2026〕12号\t\t\t签发人：张晓明")
    made.add_paragraph("\t\t\t\t\t\t李示例")
    made.add_paragraph(PROSE * 3)
    for number in range(1, 7):
        made.add_paragraph(f"{number}.\t示例{number}\t示例局第{number}科\t一等奖")
    for number in range(3):
        made.add_paragraph(f"联系人：示例{number}\t\t联系电话：1380013800{number}")
    made.add_paragraph("请填写 姓名 身份证号 联系电话 等内容，" + PROSE)
    made.add_paragraph("一、时间  二、地点  三、内容")
    form = made.add_table(3, 4)
    fields = (("姓名", "张晓明", "性别", "男"), ("民族", "汉", "学历", "本科"))
    for number, row in enumerate((*fields, ("单位", "示例局", "职务", "科员"))):
        for column, text in enumerate(row):
            form.cell(number, column).text = text
    parties = made.add_table(2, 2)
    parties.cell(0, 0).text, parties.cell(0, 1).text = "甲方：示例局", "乙方：示例公司"
    parties.cell(1, 0).text, parties.cell(1, 1).text = "2026年3月1日", "2026年3月1日"
    return made


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Content]:
    folder: Path = tmp_path_factory.mktemp("office")
    for look in LOOKS:
        roster(look, False).save(folder / f"{look}.docx")
        roster(look, True).save(folder / f"{look}_centred.docx")
    without_tables().save(folder / "without_tables.docx")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    papers = sorted(folder.glob("*.docx"))
    subprocess.run(
        [OFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, *papers],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return {p.stem: read_pdf(p.read_bytes(), Limits()) for p in folder.glob("*.pdf")}


@pytest.mark.parametrize("look", [name + end for name in LOOKS for end in ("", "_centred")])
def test_each_number_of_a_printed_roster_stands_under_its_heading(printed, look):
    content = printed[look]

    found: dict[str, list[str]] = {}
    for block in content.blocks:
        if block.cell is not None and block.cell.data:
            found.setdefault("".join(block.cell.header.split()), []).append(block.text)
    people = [person(n) for n in range(1, 9)]
    assert found["身份证号"] == [p[2] for p in people]
    assert found["联系电话"] == [p[3] for p in people]
    assert ["".join(name.split()) for name in found["姓名"]] == [
        p[1].replace("　", "") for p in people
    ]
    assert [b.text for b in content.blocks if b.part is Part.PAGE][-2] == "示例局"


def test_what_only_stands_side_by_side_stays_lines(printed):
    assert not [b.text for b in printed["without_tables"].blocks if b.part is Part.TABLE]
