"""DOCX packages built from their XML, for what no library writes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    }.items()
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."

Relation = tuple[str, str, str]


def p(*inner: str, properties: str = "") -> str:
    lead = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{lead}{''.join(inner)}</w:p>"


def r(text: str, properties: str = "") -> str:
    lead = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{lead}<w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(*paragraphs: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(paragraphs)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str, properties: str = "") -> str:
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid/>{''.join(rows)}</w:tbl>"


def root(name: str, inner: str) -> str:
    return f"{HEAD}<w:{name} {NAMESPACES}>{inner}</w:{name}>"


def relationships(lines: Sequence[Relation]) -> str:
    """``(id, kind, target)``; a target with "://" or a leading double slash is external."""
    entries = "".join(
        f'<Relationship Id="{own}" Type="{kind if "/" in kind else f"{OFFICE}/{kind}"}"'
        f' Target="{target}"{_mode(target)}/>'
        for own, kind, target in lines
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{entries}</Relationships>'


def word_file(
    body: str = "",
    *,
    styles: str | None = None,
    numbering: str | None = None,
    settings: str | None = None,
    parts: Mapping[str, str | bytes] | None = None,
    links: Sequence[Relation] = (),
    package_links: Sequence[Relation] = (),
    comment: bytes = b"",
) -> bytes:
    """A DOCX; ``styles``, ``numbering`` and ``settings`` are the insides of their parts."""
    own: dict[str, str | bytes] = {
        "word/document.xml": root("document", f"<w:body>{body}</w:body>")
    }
    lines = list(links)
    for kind, inner in (("styles", styles), ("numbering", numbering), ("settings", settings)):
        if inner is not None:
            own[f"word/{kind}.xml"] = root(kind, inner)
            lines.append((f"rId_{kind}", kind, f"{kind}.xml"))
    own["word/_rels/document.xml.rels"] = relationships(lines)
    main = ("rId1", "officeDocument", "word/document.xml")
    own["_rels/.rels"] = relationships([main, *package_links])
    types = (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml"'
        f' ContentType="application/xml"/><Override PartName="/word/document.xml"'
        f' ContentType="{TYPES}document.main+xml"/></Types>'
    )
    return zipped({"[Content_Types].xml": types, **own, **(parts or {})}, comment)


def zipped(parts: Mapping[str, str | bytes], comment: bytes = b"") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        archive.comment = comment
    return target.getvalue()


def text_box(inner: str, *, shape: str = "", frame: str = "", position: str = "") -> str:
    """A DrawingML text box without fallback."""
    place = position or "<wp:positionH><wp:posOffset>0</wp:posOffset></wp:positionH>"
    return (
        f"<w:drawing><wp:anchor>{place}<wp:extent cx='1800000' cy='720000'/>"
        f"<wp:docPr id='1' name='文本框 1' {frame}/><a:graphic><a:graphicData><wps:wsp>"
        f"<wps:spPr>{shape}</wps:spPr><wps:txbx><w:txbxContent>{inner}</w:txbxContent>"
        f"</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )


def alternate(choice: str, fallback: str) -> str:
    return (
        f"<mc:AlternateContent><mc:Choice Requires='wps'>{choice}</mc:Choice>"
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )


def vml_box(inner: str, style: str = "width:100pt;height:40pt") -> str:
    return (
        f'<w:pict><v:shape style="{style}"><v:textbox><w:txbxContent>{inner}</w:txbxContent>'
        f"</v:textbox></v:shape></w:pict>"
    )


def _mode(target: str) -> str:
    return ' TargetMode="External"' if "://" in target or target.startswith("//") else ""
