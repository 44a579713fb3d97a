"""Sample papers for the tests of marking, and what is looked at in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import cache

from docx import Document
from docx.document import Document as DocumentType
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from lxml import etree

from gongkai.documents.docx_names import P, w
from gongkai.documents.fingerprint import member_fingerprint
from gongkai.documents.read import read_bytes
from gongkai.model.attribute import DisclosureAttribute
from gongkai.policy.profile import Profile, load_profile
from gongkai.samples.gbt9704 import OfficialDocument, official_document
from gongkai.stamping.docx import stamp_docx
from gongkai.stamping.mark import MarkPlace, Stamp, Stamped

MAIN = "word/document.xml"
DATE = "2026年3月5日"


@cache
def profile() -> Profile:
    return load_profile("national_2019")


def paper(**content: object) -> bytes:
    return official_document(OfficialDocument(**content))  # type: ignore[arg-type]


def edited(data: bytes, edit: Callable[[DocumentType], None]) -> bytes:
    document = Document(io.BytesIO(data))
    edit(document)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def signing_date(document: DocumentType) -> Paragraph:
    return next(p for p in document.paragraphs if p.text.startswith(DATE))


def break_after_date(document: DocumentType) -> None:
    """Ctrl+Enter behind the date: the attachment begins on a new page."""
    broken = OxmlElement("w:br")
    broken.set(qn("w:type"), "page")
    signing_date(document).add_run()._r.append(broken)


def date_in_table(document: DocumentType) -> None:
    date = signing_date(document)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "示例市财政局", DATE
    date._p.addprevious(table._tbl)
    date._p.getparent().remove(date._p)


def second_issuer(document: DocumentType) -> None:
    signing_date(document).insert_paragraph_before("示例市财政局")


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def rewritten(data: bytes, **changes: Callable[[bytes], bytes]) -> bytes:
    """The package with parts changed by hand; ``word_document`` names word/document.xml."""
    names = {
        "document": MAIN,
        "custom": "docProps/custom.xml",
        "types": "[Content_Types].xml",
        "item": "customXml/item2.xml",
    }
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            for key, change in changes.items():
                if entry.filename == names.get(key):
                    content = change(content)
            new.writestr(entry, content)
    return target.getvalue()


def with_part(data: bytes, name: str, content: bytes = b"<a/>") -> bytes:
    target = io.BytesIO(data)
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr(name, content)
    return target.getvalue()


def fingerprint(data: bytes) -> str:
    return member_fingerprint(read_bytes(data, "文.docx"))


def mark(
    data: bytes,
    attribute: DisclosureAttribute = DisclosureAttribute.ON_REQUEST,
    place: MarkPlace = MarkPlace.ANNOTATION,
) -> Stamped:
    return stamp_docx(data, "文.docx", Stamp(attribute, place, fingerprint(data)), profile())


def printed(data: bytes) -> list[str]:
    return [block.text for block in read_bytes(data, "文.docx").printed]


def paragraphs(data: bytes) -> list[bytes]:
    """Every paragraph of the main part in canonical form."""
    root = etree.fromstring(parts(data)[MAIN])
    return [etree.tostring(p, method="c14n") for p in root.iter(P)]


def own_paragraphs(data: bytes) -> list[etree._Element]:
    root = etree.fromstring(parts(data)[MAIN])
    return [p for p in root.iter(P) if p.find(f".//{w('sdt')}") is not None]
