"""The documents that are measured: invented, the same bytes every time."""

from __future__ import annotations

import random
from dataclasses import dataclass

from gongkai.samples.gbt9704 import OfficialDocument, SampleAttachment, official_document
from gongkai.samples.pdf import Item, Sheet, build_pdf, lines_of, ruled_table
from gongkai.samples.people import people
from gongkai.samples.workbook import ROSTER_COLUMNS, roster, roster_workbook

_WHO = ("各区、县人力资源和社会保障局", "市公共就业服务中心", "各有关单位", "申请补助的用人单位")
_DO = ("要按规定时限受理申请", "应当逐项核实申报材料", "须在受理后五个工作日内提出意见")
_MORE = (
    "并将核实情况记入台账",
    "对材料不全的一次性告知需要补正的内容",
    "确保补助资金用于稳定就业岗位",
    "做好政策解读，及时回应群众关切",
    "重要情况及时报告市人力资源和社会保障局",
)
_END = ("。", "，不得增加办理环节。", "，自2026年4月1日起执行。", "，咨询电话0990-6120000。")
_HEADINGS = ("一、总体要求", "二、补助范围", "三、申报程序", "四、监督检查", "五、其他事项")


def paragraphs(count: int, seed: int = 1) -> tuple[str, ...]:
    """``count`` paragraphs of official prose, one to three sentences each, with headings."""
    chance = random.Random(seed)
    lines = []
    for number in range(count):
        if number % 9 == 1:
            lines.append(_HEADINGS[number // 9 % len(_HEADINGS)])
            continue
        sentences = (
            f"{chance.choice(_WHO)}{chance.choice(_DO)}，{chance.choice(_MORE)}{chance.choice(_END)}"
            for _ in range(chance.randrange(1, 4))
        )
        lines.append("".join(sentences))
    return tuple(lines)


@dataclass(frozen=True, slots=True)
class Paper:
    """One measured document. ``weight`` is its share in the mix of its format."""

    case: str
    name: str
    data: bytes
    weight: float


def docx_papers() -> tuple[Paper, ...]:
    """Notices from two pages to a thousand paragraphs, and a roster."""
    short = OfficialDocument(
        body=paragraphs(14),
        annotation="（此件公开发布）",
        contact="（联系人：张晓明，电话：0990-6120000）",
    )
    long = OfficialDocument(
        body=paragraphs(60, seed=2),
        annotation="（此件公开发布）",
        attachments=(
            SampleAttachment(
                "补助资金分配表", ("单位：元",), people(15), ("姓名", "补助金额（元）")
            ),
            SampleAttachment("拟补助人员名单", (), people(20, seed=3)),
        ),
    )
    return (
        Paper("notice, 2 pages", "通知.docx", official_document(short), 0.6),
        Paper("notice, 10 pages, tables", "长通知.docx", official_document(long), 0.25),
        Paper(
            "1,000 paragraphs",
            "汇编.docx",
            official_document(OfficialDocument(body=paragraphs(1000, seed=4))),
            0.05,
        ),
        Paper(
            "roster of 200",
            "名单.docx",
            official_document(OfficialDocument(body=paragraphs(2), people=people(200))),
            0.1,
        ),
    )


def pdf_papers() -> tuple[Paper, ...]:
    """The same notices as printed pages."""
    table = ruled_table(roster(people(20), ("姓名", "补助金额（元）")))
    return (
        Paper("PDF notice, 2 pages", "通知.pdf", build_pdf(_sheets(paragraphs(14))), 0.7),
        Paper(
            "PDF notice, 10 pages, a table",
            "长通知.pdf",
            build_pdf([*_sheets(paragraphs(60, seed=2))[:9], Sheet(table)]),
            0.3,
        ),
    )


def xlsx_papers() -> tuple[Paper, ...]:
    """Lists as they lie beside a notice."""
    return (
        Paper("workbook, 20 rows", "名单.xlsx", roster_workbook(people(20)), 0.7),
        Paper(
            "workbook, 1,000 rows",
            "总名单.xlsx",
            roster_workbook(people(1000), (*ROSTER_COLUMNS, "家庭住址")),
            0.3,
        ),
    )


def notice(number: int) -> bytes:
    """A two-page notice that differs from every other number's."""
    content = OfficialDocument(
        number=f"示人社发〔2026〕{number}号",
        body=paragraphs(14, seed=number),
        annotation="（此件公开发布）",
    )
    return official_document(content)


def _sheets(body: tuple[str, ...]) -> list[Sheet]:
    """Lines of 26 characters, 22 to a page."""
    head = ["示例市人力资源和社会保障局", "关于规范就业补助资金管理的通知", ""]
    lines = [*head, *(line[at : at + 26] for line in body for at in range(0, len(line), 26))]
    lines += ["示例市人力资源和社会保障局", "2026年3月5日", "（此件公开发布）"]
    pages = [lines[at : at + 22] for at in range(0, len(lines), 22)]
    items: list[tuple[Item, ...]] = [lines_of("\n".join(page)) for page in pages]
    return [Sheet(each) for each in items]
