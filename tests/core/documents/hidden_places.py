"""One DOCX with a word of its own in each of 56 places where text can stand or hide."""

from __future__ import annotations

from dataclasses import dataclass

from core.documents.word_files import (
    HEAD,
    alternate,
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
from gongkai.model.content import Flag, Part

_CORE = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
_APP = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"


@dataclass(frozen=True)
class Hiding:
    """Where a word is found again: its place, the room, and its flags."""

    place: str
    part: Part = Part.BODY
    flags: frozenset[Flag] = frozenset()


def _at(place: str, part: Part = Part.BODY, *flags: Flag) -> Hiding:
    return Hiding(place, part, frozenset(flags))


PLACES: dict[str, Hiding] = {
    "body": _at("body/p1"),
    "table": _at("body/t1/r1c1", Part.TABLE),
    "nested_table": _at("body/t1/r1c1/t1/r1c1", Part.TABLE),
    "header": _at("header1/p1", Part.HEADER),
    "footer": _at("footer1/p1", Part.FOOTER),
    "first_header": _at("header2/p1", Part.HEADER),
    "even_footer_off": _at("footer2/p1", Part.FOOTER, Flag.UNPRINTED),
    "comment": _at("comment3/p1", Part.COMMENT),
    "comment_author": _at("property/author.3", Part.PROPERTY),
    "core_title": _at("property/core.title", Part.PROPERTY),
    "core_description": _at("property/core.description", Part.PROPERTY),
    "core_keywords": _at("property/core.keywords", Part.PROPERTY),
    "core_modifier": _at("property/core.lastModifiedBy", Part.PROPERTY),
    "app_manager": _at("property/app.Manager", Part.PROPERTY),
    "custom_property": _at("property/custom.批次", Part.PROPERTY),
    "inserted_author": _at("property/author.1", Part.PROPERTY),
    "inserted": _at("body/p2", Part.BODY, Flag.INSERTED),
    "deleted": _at("body/p3~deleted", Part.BODY, Flag.DELETED),
    "moved_from": _at("body/p4~deleted", Part.BODY, Flag.DELETED),
    "moved_to": _at("body/p5", Part.BODY, Flag.INSERTED),
    "vanished": _at("body/p6~hidden", Part.BODY, Flag.HIDDEN),
    "white": _at("body/p7~white", Part.BODY, Flag.WHITE),
    "one_point": _at("body/p8~tiny", Part.BODY, Flag.TINY),
    "field_code": _at("body/p9~field", Part.BODY, Flag.FIELD_CODE),
    "field_result": _at("body/p9"),
    "simple_field_code": _at("body/p10~field", Part.BODY, Flag.FIELD_CODE),
    "simple_field_result": _at("body/p10"),
    "control_alias": _at("body/p11~control", Part.BODY, Flag.DESCRIPTION),
    "control_choice": _at("body/p11~control", Part.BODY, Flag.DESCRIPTION),
    "control_block": _at("body/p11"),
    "control_inline": _at("body/p12"),
    "control_row": _at("body/t2/r1c1", Part.TABLE),
    "smart_tag": _at("body/p13"),
    "custom_xml_inline": _at("body/p14"),
    "alternative_text": _at("body/p15~alternative", Part.BODY, Flag.DESCRIPTION),
    "text_box": _at("body/p15/box1/p1", Part.TEXTBOX),
    "text_box_fallback": _at("body/p15/box2/p1", Part.TEXTBOX, Flag.FALLBACK),
    "word_art": _at("body/p16~wordart", Part.DRAWING),
    "ruby_above": _at("body/p17~ruby"),
    "ruby_base": _at("body/p17"),
    "formula": _at("body/p18"),
    "footnote": _at("footnote2/p1", Part.FOOTNOTE),
    "endnote": _at("endnote2/p1", Part.ENDNOTE),
    "link_text": _at("body/p20"),
    "link_target": _at("link/rIdLink", Part.LINK),
    "chunk": _at("embedded/chunk1.html/1", Part.EMBEDDED, Flag.EMBEDDED),
    "embedded_document": _at("embedded/e1.docx!body/p1", Part.EMBEDDED, Flag.EMBEDDED),
    "bookmark": _at("property/bookmark.1", Part.PROPERTY),
    "style_vanished": _at("body/p22~hidden", Part.BODY, Flag.HIDDEN),
    "document_variable": _at("setting/docVar.a", Part.SETTING),
    "glossary": _at("other/word/glossary/document.xml/1", Part.OTHER),
    "smart_art": _at("other/word/diagrams/data1.xml/1", Part.DRAWING),
    "chart": _at("other/word/charts/chart1.xml/2", Part.DRAWING),
    "custom_xml_part": _at("other/customXml/item9.xml/1", Part.OTHER),
    "orphan_part": _at("other/word/orphan.xml/1", Part.OTHER),
    "zip_comment": _at("zip/comment", Part.OTHER),
}


def word_of(name: str) -> str:
    """The invented word that stands in one place and nowhere else."""
    return f"暗语{list(PLACES).index(name) + 1:02d}号"


def hidden_places_file() -> bytes:
    """The DOCX with all 56 words."""
    w = word_of
    return word_file(
        _body() + _section(),
        styles='<w:style w:type="character" w:styleId="Gone"><w:rPr><w:vanish/></w:rPr></w:style>',
        settings=f'<w:docVars><w:docVar w:name="a" w:val="{w("document_variable")}"/></w:docVars>',
        parts=_parts(),
        links=(
            ("rIdLink", "hyperlink", f"http://x/{w('link_target')}"),
            ("rIdChunk", "aFChunk", "chunk1.html"),
            ("rIdFile", "package", "embeddings/e1.docx"),
            ("rIdFn", "footnotes", "footnotes.xml"),
            ("rIdEn", "endnotes", "endnotes.xml"),
            ("rIdCm", "comments", "comments.xml"),
            ("rIdGl", "glossaryDocument", "glossary/document.xml"),
            ("rIdDg", "diagramData", "diagrams/data1.xml"),
            ("rIdCh", "chart", "charts/chart1.xml"),
            ("rIdCx", "customXml", "../customXml/item9.xml"),
            ("rIdH1", "header", "header1.xml"),
            ("rIdH2", "header", "header2.xml"),
            ("rIdF1", "footer", "footer1.xml"),
            ("rIdF2", "footer", "footer2.xml"),
        ),
        package_links=(
            ("rIdP1", "core-properties", "docProps/core.xml"),
            ("rIdP2", "extended-properties", "docProps/app.xml"),
            ("rIdP3", "custom-properties", "docProps/custom.xml"),
        ),
        comment=w("zip_comment").encode(),
    )


def _body() -> str:
    w = word_of
    author = w("inserted_author")
    code = f" DOCPROPERTY {w('field_code')} "
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    item = f'<w:listItem w:displayText="{w("control_choice")}" w:value="1"/>'
    alias = f'<w:alias w:val="{w("control_alias")}"/>'
    drop_down = f"<w:sdtPr>{alias}<w:dropDownList>{item}</w:dropDownList></w:sdtPr>"
    row = tr(tc(p(r(w("control_row")))))
    lines = [
        p(r(w("body"))),
        tbl(tr(tc(p(r(w("table"))), tbl(tr(tc(p(r(w("nested_table"))))))))),
        p(f'<w:ins w:id="90" w:author="{author}">{r(w("inserted"))}</w:ins>'),
        p(
            f'<w:del w:id="91" w:author="乙"><w:r><w:delText>{w("deleted")}</w:delText></w:r>'
            "</w:del>"
        ),
        p(f'<w:moveFrom w:id="92" w:author="乙">{r(w("moved_from"))}</w:moveFrom>'),
        p(f'<w:moveTo w:id="93" w:author="乙">{r(w("moved_to"))}</w:moveTo>'),
        p(r(w("vanished"), "<w:vanish/>")),
        p(r(w("white"), '<w:color w:val="FFFFFF"/>')),
        p(r(w("one_point"), '<w:sz w:val="2"/>')),
        p(
            mark("begin"),
            f"<w:r><w:instrText>{code}</w:instrText></w:r>",
            mark("separate"),
            r(w("field_result")),
            mark("end"),
        ),
        p(
            f'<w:fldSimple w:instr=" QUOTE {w("simple_field_code")} ">'
            f"{r(w('simple_field_result'))}</w:fldSimple>"
        ),
        f"<w:sdt>{drop_down}<w:sdtContent>{p(r(w('control_block')))}</w:sdtContent></w:sdt>",
        p(f"<w:sdt><w:sdtContent>{r(w('control_inline'))}</w:sdtContent></w:sdt>"),
        tbl(f"<w:sdt><w:sdtContent>{row}</w:sdtContent></w:sdt>"),
        p(f'<w:smartTag w:uri="x" w:element="y">{r(w("smart_tag"))}</w:smartTag>'),
        p(f'<w:customXml w:uri="x" w:element="y">{r(w("custom_xml_inline"))}</w:customXml>'),
        p(
            "<w:r>",
            alternate(
                text_box(p(r(w("text_box"))), frame=f'descr="{w("alternative_text")}"'),
                vml_box(p(r(w("text_box_fallback")))),
            ),
            "</w:r>",
        ),
        p(f'<w:r><w:pict><v:shape><v:textpath string="{w("word_art")}"/></v:shape></w:pict></w:r>'),
        p(
            f"<w:r><w:ruby><w:rt>{r(w('ruby_above'))}</w:rt>"
            f"<w:rubyBase>{r(w('ruby_base'))}</w:rubyBase></w:ruby></w:r>"
        ),
        p(f"<m:oMath><m:r><m:t>{w('formula')}</m:t></m:r></m:oMath>"),
        p(
            r("注"),
            '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="2"/></w:r>',
        ),
        p(f'<w:hyperlink r:id="rIdLink">{r(w("link_text"))}</w:hyperlink>'),
        '<w:altChunk r:id="rIdChunk"/>',
        p(
            '<w:r><w:object><o:OLEObject Type="Embed" r:id="rIdFile"/></w:object></w:r>',
            f'<w:bookmarkStart w:id="70" w:name="{w("bookmark")}"/><w:bookmarkEnd w:id="70"/>',
        ),
        p(r(w("style_vanished"), '<w:rStyle w:val="Gone"/>')),
    ]
    return "".join(lines)


def _section() -> str:
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rIdH1"/>'
        '<w:headerReference w:type="first" r:id="rIdH2"/>'
        '<w:footerReference w:type="default" r:id="rIdF1"/>'
        '<w:footerReference w:type="even" r:id="rIdF2"/><w:titlePg/></w:sectPr>'
    )


def _parts() -> dict[str, str | bytes]:
    w = word_of
    note = '<w:{0} w:id="2">{1}</w:{0}>'.format
    comment = (
        f'<w:comment w:id="3" w:author="{w("comment_author")}">{p(r(w("comment")))}</w:comment>'
    )
    glossary = p(r(w("glossary")))
    smart_art = f"<dgm:t><a:p><a:r><a:t>{w('smart_art')}</a:t></a:r></a:p></dgm:t>"
    chart = f"<c:f>A1</c:f><c:pt><c:v>{w('chart')}</c:v></c:pt>"
    return {
        "word/header1.xml": root("hdr", p(r(w("header")))),
        "word/header2.xml": root("hdr", p(r(w("first_header")))),
        "word/footer1.xml": root("ftr", p(r(w("footer")))),
        "word/footer2.xml": root("ftr", p(r(w("even_footer_off")))),
        "word/footnotes.xml": root("footnotes", note("footnote", p(r(w("footnote"))))),
        "word/endnotes.xml": root("endnotes", note("endnote", p(r(w("endnote"))))),
        "word/comments.xml": root("comments", comment),
        "word/glossary/document.xml": root("glossaryDocument", glossary),
        "word/chunk1.html": f'<html><meta charset="utf-8"><p>{w("chunk")}</p></html>',
        "word/embeddings/e1.docx": word_file(p(r(w("embedded_document")))),
        "word/diagrams/data1.xml": f'{HEAD}<dgm:dataModel xmlns:dgm="{_DIAGRAM}" xmlns:a="{_A}">'
        f"{smart_art}</dgm:dataModel>",
        "word/charts/chart1.xml": f'{HEAD}<c:chart xmlns:c="{_CHART}">{chart}</c:chart>',
        "customXml/item9.xml": f"{HEAD}<r><a>{w('custom_xml_part')}</a></r>",
        "word/orphan.xml": f"<x>{w('orphan_part')}</x>",
        "docProps/core.xml": f"{HEAD}<cp:coreProperties {_CORE}><dc:title>{w('core_title')}"
        f"</dc:title><dc:description>{w('core_description')}</dc:description><cp:keywords>"
        f"{w('core_keywords')}</cp:keywords><cp:lastModifiedBy>{w('core_modifier')}"
        f"</cp:lastModifiedBy></cp:coreProperties>",
        "docProps/app.xml": f'{HEAD}<Properties xmlns="{_APP}"><Manager>{w("app_manager")}'
        f"</Manager></Properties>",
        "docProps/custom.xml": f'{HEAD}<Properties xmlns="{_CUSTOM}" xmlns:vt="{_VALUES}">'
        f'<property fmtid="{{0}}" pid="2" name="批次"><vt:lpwstr>{w("custom_property")}'
        f"</vt:lpwstr></property></Properties>",
    }
