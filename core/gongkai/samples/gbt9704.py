"""An official document laid out as GB/T 9704-2012 asks, as DOCX."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml import etree

from gongkai.samples.people import Person
from gongkai.samples.stable import MOMENT, stable_package
from gongkai.samples.workbook import ROSTER_COLUMNS, roster

_BODY_FONT, _TITLE_FONT, _HEADING_FONT = "仿宋_GB2312", "方正小标宋简体", "黑体"
_TABLE_STYLES = ("Normal Table", "Table Grid")
_RED = RGBColor(255, 0, 0)
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_PROPERTY_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"

DEFAULT_BODY = (
    "为进一步规范就业补助资金管理，现就有关事项通知如下。",
    "一、明确责任分工",
    "各区、县人力资源和社会保障局负责本地区就业补助资金的申请受理、审核和公示工作。",
    "二、严格审核程序",
    "对拟给予补助的单位和个人，要逐项核实条件，公示期不少于5个工作日。",
    "三、加强监督检查",
    "市人力资源和社会保障局将定期抽查资金使用情况，发现问题及时纠正。",
)


@dataclass(frozen=True, slots=True)
class SampleAttachment:
    """An attachment bound in after the text; ``people`` become a roster with ``columns``."""

    title: str
    body: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    columns: tuple[str, ...] = ROSTER_COLUMNS


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """What the document says; an empty string leaves an element out.

    ``corner`` stands at the upper left of the first page, where urgency stands.
    ``imprint`` is a line of its own above 抄送, e.g. 公开方式：主动公开. ``hidden`` is
    vanished text after the body, ``inserted`` and ``deleted`` are tracked changes, ``comment``
    hangs on the first paragraph of the body. ``properties`` are custom document properties.
    """

    title: str = "关于规范就业补助资金管理的通知"
    issuer: str = "示例市人力资源和社会保障局"
    number: str = "示人社发〔2026〕12号"
    recipients: str = "各区、县人力资源和社会保障局："
    body: tuple[str, ...] = DEFAULT_BODY
    people: tuple[Person, ...] = ()
    columns: tuple[str, ...] = ROSTER_COLUMNS
    attachments: tuple[SampleAttachment, ...] = ()
    attachment_note: tuple[str, ...] = ()
    signature: str | None = None
    date: str = "2026年3月5日"
    annotation: str = ""
    contact: str = ""
    red_head: bool = True
    serial: str = ""
    corner: str = ""
    signer: str = ""
    imprint: str = ""
    copies_to: str = "市财政局，市审计局。"
    printer: str | None = None
    print_date: str = "2026年3月6日印发"
    page_header: str = ""
    hidden: str = ""
    inserted: str = ""
    deleted: str = ""
    comment: str = ""
    author: str = "示例科"
    properties: Mapping[str, str] = field(default_factory=dict)


def official_document(content: OfficialDocument = OfficialDocument()) -> bytes:
    """The document as DOCX; equal contents give equal bytes."""
    document = Document()
    _page(document, content)
    _head(document, content)
    _text(document, content)
    _signature(document, content)
    for number, attachment in enumerate(content.attachments, 1):
        _attachment(document, attachment, number if len(content.attachments) > 1 else 0)
    _imprint(document, content)
    _properties(document, content)
    target = io.BytesIO()
    document.save(target)
    return stable_package(target.getvalue())


def _page(document: DocumentType, content: OfficialDocument) -> None:
    _drop_unused_styles(document)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    if content.page_header:
        section.header.paragraphs[0].text = content.page_header
    _page_number(section.footer.paragraphs[0])


def _drop_unused_styles(document: DocumentType) -> None:
    # The library's template brings a hundred table styles no office document has.
    for style in list(document.styles):
        if style.type is WD_STYLE_TYPE.TABLE and style.name not in _TABLE_STYLES:
            style.delete()


def _page_number(paragraph: Paragraph) -> None:
    paragraph.alignment = ALIGN.CENTER
    paragraph.add_run("— ")
    field_ = OxmlElement("w:fldSimple")
    field_.set(qn("w:instr"), " PAGE ")
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field_.append(run)
    paragraph._p.append(field_)
    paragraph.add_run(" —")


def _head(document: DocumentType, content: OfficialDocument) -> None:
    for line in (content.serial, content.corner):
        if line:
            _line(document, line, font=_HEADING_FONT)
    if content.red_head:
        _line(document)
        head = _line(document, font=_TITLE_FONT, size=44, align=ALIGN.CENTER)
        _run(head, f"{content.issuer}文件", _TITLE_FONT, 44).font.color.rgb = _RED
        _line(document)
    signer = f"　　　　签发人：{content.signer}" if content.signer else ""
    if content.number or signer:
        number = _line(document, content.number + signer, align=ALIGN.CENTER)
        _rule_below(number)
        _line(document)
    _line(document, content.issuer, font=_TITLE_FONT, size=22, align=ALIGN.CENTER)
    _line(document, content.title, font=_TITLE_FONT, size=22, align=ALIGN.CENTER)
    _line(document)


def _text(document: DocumentType, content: OfficialDocument) -> None:
    if content.recipients:
        _line(document, content.recipients)
    first: Paragraph | None = None
    for text in content.body:
        font = _HEADING_FONT if text[1:2] == "、" else _BODY_FONT
        paragraph = _line(document, text, font=font, indent=2)
        first = first or paragraph
    if first is not None:
        _history(first, content)
        if content.comment:
            note = document.add_comment(first.runs, content.comment, content.author, "示")
            note._comment_elm.set(qn("w:date"), MOMENT.strftime("%Y-%m-%dT%H:%M:%SZ"))
    if content.people:
        _roster(document, content.people, content.columns)
    if content.hidden:
        _run(_line(document, indent=2), content.hidden).font.hidden = True
    _attachment_note(document, content)


def _history(paragraph: Paragraph, content: OfficialDocument) -> None:
    changes = (("w:ins", "w:t", content.inserted), ("w:del", "w:delText", content.deleted))
    for number, (kind, tag, words) in enumerate(changes, 1):
        if not words:
            continue
        change = OxmlElement(kind)
        change.set(qn("w:id"), str(900 + number))
        change.set(qn("w:author"), content.author)
        change.set(qn("w:date"), MOMENT.strftime("%Y-%m-%dT%H:%M:%SZ"))
        run, text = OxmlElement("w:r"), OxmlElement(tag)
        text.text = words
        run.append(text)
        change.append(run)
        paragraph._p.append(change)


def _attachment_note(document: DocumentType, content: OfficialDocument) -> None:
    listed = content.attachment_note or tuple(each.title for each in content.attachments)
    if not listed:
        return
    _line(document)
    if len(listed) == 1:
        _line(document, f"附件：{listed[0]}", indent=2)
        return
    for number, title in enumerate(listed, 1):
        lead = "附件：" if number == 1 else "　　　"
        _line(document, f"{lead}{number}.{title}", indent=2)


def _signature(document: DocumentType, content: OfficialDocument) -> None:
    signature = content.issuer if content.signature is None else content.signature
    _line(document)
    for text in (signature, content.date):
        if text:
            paragraph = _line(document, text, align=ALIGN.RIGHT)
            paragraph.paragraph_format.right_indent = Pt(64)
    for text in (content.annotation, content.contact):
        if text:
            _line(document, text, indent=2)


def _attachment(document: DocumentType, attachment: SampleAttachment, number: int) -> None:
    label = _line(document, f"附件{number or ''}", font=_HEADING_FONT)
    label.paragraph_format.page_break_before = True
    _line(document)
    _line(document, attachment.title, font=_TITLE_FONT, size=22, align=ALIGN.CENTER)
    for text in attachment.body:
        _line(document, text, indent=2)
    if attachment.people:
        _roster(document, attachment.people, attachment.columns)


def _roster(document: DocumentType, people: tuple[Person, ...], columns: tuple[str, ...]) -> None:
    lines = roster(people, columns)
    table = document.add_table(rows=len(lines), cols=len(lines[0]), style="Table Grid")
    for cells, line in zip(table.rows, lines, strict=True):
        for cell, text in zip(cells.cells, line, strict=True):
            _run(cell.paragraphs[0], text, size=12)


def _imprint(document: DocumentType, content: OfficialDocument) -> None:
    printer = f"{content.issuer}办公室" if content.printer is None else content.printer
    copies = f"抄送：{content.copies_to}" if content.copies_to else ""
    printed = f"{printer}\t{content.print_date}" if printer else ""
    lines = [line for line in (content.imprint, copies, printed) if line]
    if not lines:
        return
    _line(document)
    table = document.add_table(rows=len(lines), cols=1)
    for row, text in zip(table.rows, lines, strict=True):
        paragraph = row.cells[0].paragraphs[0]
        paragraph.paragraph_format.left_indent = Pt(14)
        _run(paragraph, text, size=14)
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        edge = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "000000")):
            edge.set(qn(f"w:{name}"), value)
        borders.append(edge)
    table._tbl.tblPr.append(borders)


def _properties(document: DocumentType, content: OfficialDocument) -> None:
    core = document.core_properties
    core.title, core.author, core.last_modified_by = content.title, content.author, content.author
    core.comments = core.keywords = ""
    if not content.properties:
        return
    names: dict[str | None, str] = {None: _PROPERTIES, "vt": _VALUES}
    root = etree.Element(f"{{{_PROPERTIES}}}Properties", nsmap=names)  # type: ignore[arg-type]
    for number, (name, value) in enumerate(content.properties.items(), 2):
        entry = etree.SubElement(
            root, f"{{{_PROPERTIES}}}property", fmtid=_PROPERTY_SET, pid=str(number), name=name
        )
        etree.SubElement(entry, f"{{{_VALUES}}}lpwstr").text = value
    package = document.part.package
    blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    part = Part(PackURI("/docProps/custom.xml"), _PROPERTIES_TYPE, blob, package)
    package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)


def _line(
    document: DocumentType,
    text: str = "",
    *,
    font: str = _BODY_FONT,
    size: float = 16,
    align: ALIGN | None = None,
    indent: int = 0,
) -> Paragraph:
    paragraph = document.add_paragraph()
    layout = paragraph.paragraph_format
    layout.space_before = layout.space_after = Pt(0)
    layout.line_spacing = Pt(28.95) if size <= 22 else Pt(60)
    layout.alignment = align
    if indent:
        layout.first_line_indent = Pt(size * indent)
    if text:
        _run(paragraph, text, font, size)
    return paragraph


def _run(paragraph: Paragraph, text: str, font: str = _BODY_FONT, size: float = 16) -> Run:
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.font.name = "Times New Roman"
    for fonts in run._r.get_or_add_rPr().iter(qn("w:rFonts")):
        fonts.set(qn("w:eastAsia"), font)
    return run


def _rule_below(paragraph: Paragraph) -> None:
    borders, edge = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "18"), ("space", "1"), ("color", "FF0000")):
        edge.set(qn(f"w:{name}"), value)
    borders.append(edge)
    spacing = paragraph._p.get_or_add_pPr().find(qn("w:spacing"))
    if spacing is not None:
        spacing.addprevious(borders)
