"""A page as an office lays it out: A4, its fonts, a heading, page numbers."""

from __future__ import annotations

import io

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from gongkai.forms.package import settled
from gongkai.messages import say

BODY, LABEL, TITLE = "仿宋_GB2312", "黑体", "方正小标宋简体"
ALSO_CALLED = {BODY: "仿宋", TITLE: "宋体"}
"""What a system without these fonts has instead; Word and WPS read it from the file."""

LATIN = "Times New Roman"
PORTRAIT = (210, 297)
MARGINS = (20, 18, 22, 20)
"""Millimetres above, below, left and right of a portrait page."""

WIDTH = PORTRAIT[0] - MARGINS[2] - MARGINS[3]
NARROW = 15
LANDSCAPE_WIDTH = PORTRAIT[1] - 2 * NARROW
_TABLE_STYLES = ("Normal Table", "Table Grid")


def blank(heading: str, *, landscape: bool = False) -> DocumentType:
    """An A4 document with its heading in the properties."""
    document = Document()
    for style in list(document.styles):
        if style.type is WD_STYLE_TYPE.TABLE and style.name not in _TABLE_STYLES:
            style.delete()
    _fonts(document.styles["Normal"].element.get_or_add_rPr(), BODY)
    _name_other_fonts(document)
    section = document.sections[0]
    wide, high = (Mm(side) for side in PORTRAIT)
    above, below, left, right = (Mm(NARROW),) * 4 if landscape else tuple(map(Mm, MARGINS))
    if landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        wide, high = high, wide
    section.page_width, section.page_height = wide, high
    section.top_margin, section.bottom_margin = above, below
    section.left_margin, section.right_margin = left, right
    section.header_distance, section.footer_distance = Mm(8), Mm(8)
    core = document.core_properties
    core.title, core.author, core.last_modified_by = heading, "", ""
    core.comments = core.keywords = ""
    return document


def page_numbers(document: DocumentType, before: str = "") -> None:
    """第 1 页 共 2 页 in the footer, ``before`` at its left."""
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = ALIGN.RIGHT
    first, middle, last = say("forms.page", page="\0", pages="\0").split("\0")
    write(paragraph, f"{before}　{first}" if before else first, size=9)
    _counter(paragraph, "PAGE")
    write(paragraph, middle, size=9)
    _counter(paragraph, "NUMPAGES")
    write(paragraph, last, size=9)


def finished(document: DocumentType) -> bytes:
    """The document's bytes, the same for the same content."""
    target = io.BytesIO()
    document.save(target)
    return settled(target.getvalue())


def line(
    document: DocumentType,
    text: str = "",
    *,
    font: str = BODY,
    size: float = 12,
    align: ALIGN | None = None,
    above: float = 0,
    below: float = 0,
    indent: float = 0,
) -> Paragraph:
    """A paragraph below what is there."""
    paragraph = document.add_paragraph()
    spaced(paragraph, align)
    layout = paragraph.paragraph_format
    layout.space_before, layout.space_after = Pt(above), Pt(below)
    if indent:
        layout.first_line_indent = Pt(size * indent)
    write(paragraph, text, font, size)
    return paragraph


def caption(document: DocumentType, text: str, size: float = 11) -> None:
    """What follows in a few words, on the same page as its beginning."""
    added = line(document, text, font=LABEL, size=size, above=7, below=2)
    added.paragraph_format.keep_with_next = True


def heading(document: DocumentType, text: str, office: str = "{{ office }}") -> None:
    """The office's name, small, and the name of the form below it."""
    line(document, office, size=14, align=ALIGN.CENTER)
    line(document, text, font=TITLE, size=20, align=ALIGN.CENTER, below=6)


def control(document: DocumentType, tag: str) -> None:
    """A paragraph that only steers what is printed and leaves nothing behind."""
    line(document, "{%p " + tag + " %}", size=9)


def write(paragraph: Paragraph, text: str, font: str = BODY, size: float = 12) -> Run:
    """A stretch of text at the end of a paragraph."""
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    _fonts(run._r.get_or_add_rPr(), font)
    return run


def spaced(paragraph: Paragraph, align: ALIGN | None) -> None:
    """Lines a little apart, paragraphs not at all."""
    layout = paragraph.paragraph_format
    layout.space_before = layout.space_after = Pt(0)
    layout.line_spacing = 1.15
    layout.alignment = align


def _fonts(properties: object, font: str) -> None:
    fonts = properties.get_or_add_rFonts()  # type: ignore[attr-defined]
    for side in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{side}"), LATIN)
    fonts.set(qn("w:eastAsia"), font)
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)


def _name_other_fonts(document: DocumentType) -> None:
    part = next(p for p in document.part.package.parts if p.partname == "/word/fontTable.xml")
    entries = "".join(
        f'<w:font w:name="{font}"><w:altName w:val="{other}"/></w:font>'
        for font, other in ALSO_CALLED.items()
    )
    part._blob = part.blob.replace(b"</w:fonts>", f"{entries}</w:fonts>".encode())


def _counter(paragraph: Paragraph, instruction: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" {instruction} ")
    run = write(paragraph, "1", size=9)
    field.append(run._r)
    paragraph._p.append(field)
