"""A format is told from the bytes; the name only chooses words."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from core.documents.word_files import word_file, zipped
from gongkai.documents.sniff import sniff
from gongkai.model.content import Format
from gongkai.samples.gbt9704 import official_document
from gongkai.samples.people import people
from gongkai.samples.workbook import roster_workbook


def ole_file(*streams: str) -> bytes:
    """A compound file with the named, empty streams (MS-CFB, version 3)."""
    free, end, fat = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<I", 0) + struct.pack("<I", free) * 108
    table = struct.pack("<III", fat, end, free) + struct.pack("<I", free) * 125
    entries = [_entry("Root Entry", 5, child=1)]
    for number, name in enumerate(streams, 1):
        right = number + 1 if number < len(streams) else free
        entries.append(_entry(name, 2, right=right))
    directory = b"".join(entries).ljust(512, b"\0")
    return header + table + directory[:512]


def _entry(name: str, kind: int, *, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1)
    links = struct.pack("<III", 0xFFFFFFFF, right, child)
    return head + links + bytes(36) + struct.pack("<IQ", 0xFFFFFFFE, 0)


def typed(main: str) -> bytes:
    return zipped({"[Content_Types].xml": f'<Types><Override ContentType="{main}+xml"/></Types>'})


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml."


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(b"", Format.EMPTY, id="nothing at all"),
        pytest.param(official_document(), Format.DOCX, id="docx"),
        pytest.param(word_file(), Format.DOCX, id="smallest docx"),
        pytest.param(typed(WORD + "template.main"), Format.DOCX, id="dotx"),
        pytest.param(
            typed("application/vnd.ms-word.document.macroEnabled.main"), Format.DOCX, id="docm"
        ),
        pytest.param(roster_workbook(people(2)), Format.XLSX, id="xlsx"),
        pytest.param(
            typed("application/vnd.ms-excel.sheet.binary.macroEnabled.main"),
            Format.XLS,
            id="xlsb is no xlsx",
        ),
        pytest.param(typed("a.presentationml.presentation.main"), Format.PPTX, id="pptx"),
        pytest.param(
            typed(f'{WORD}document.main+xml"/><Override ContentType="{SHEET}sheet.main'),
            Format.DOCX,
            id="the first main type counts",
        ),
        pytest.param(zipped({"OFD.xml": "<OFD/>"}), Format.OFD, id="ofd"),
        pytest.param(
            zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), Format.ODF, id="odt"
        ),
        pytest.param(zipped({"a.txt": "a"}), Format.ARCHIVE, id="plain zip"),
        pytest.param(b"Rar!\x1a\x07\x01\x00", Format.ARCHIVE, id="rar"),
        pytest.param(b"%PDF-1.7\n", Format.PDF, id="pdf"),
        pytest.param(b"\n\n%PDF-1.4\n", Format.PDF, id="pdf after some junk"),
        pytest.param(b"{\\rtf1\\ansi", Format.RTF, id="rtf"),
        pytest.param("<html><p>你好".encode(), Format.HTML, id="html saved as .doc"),
        pytest.param(b"MIME-Version: 1.0\r\n", Format.HTML, id="single-file web page"),
        pytest.param(
            b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>',
            Format.DOC,
            id="word 2003 xml",
        ),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(20), Format.IMAGE, id="png"),
        pytest.param(b"\xff\xd8\xff\xe0" + bytes(20), Format.IMAGE, id="jpeg"),
        pytest.param("各区、县：\n通知".encode(), Format.TEXT, id="utf-8 text"),
        pytest.param("各区、县：".encode("gb18030"), Format.TEXT, id="gb18030 text"),
        pytest.param("通知".encode("utf-16"), Format.TEXT, id="utf-16 text"),
        pytest.param(bytes(range(32)) * 20, Format.UNKNOWN, id="noise"),
        pytest.param(ole_file("WordDocument"), Format.DOC, id="doc"),
        pytest.param(ole_file("Workbook"), Format.XLS, id="xls"),
        pytest.param(ole_file("PowerPoint Document"), Format.PPT, id="ppt"),
        pytest.param(
            ole_file("EncryptionInfo", "EncryptedPackage"), Format.ENCRYPTED, id="locked docx"
        ),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Format.UNKNOWN, id="broken compound"),
    ],
)
def test_a_format_is_told_from_the_bytes(data, expected):
    found = sniff(data)

    assert found is expected


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        pytest.param(ole_file("WordDocument"), "通知.wps", Format.WPS, id="wps writer"),
        pytest.param(ole_file("Workbook"), "名单.ET", Format.ET, id="wps sheet, capitals"),
        pytest.param(ole_file("WordDocument"), "通知.docx", Format.DOC, id="doc renamed"),
        pytest.param(b"%PDF-1.7", "通知.wps", Format.PDF, id="a name never beats the bytes"),
    ],
)
def test_a_name_only_tells_wps_from_word(data, name, expected):
    found = sniff(data, name)

    assert found is expected


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.9])
def test_a_truncated_docx_is_still_called_a_docx(keep):
    data = official_document()

    found = sniff(data[: int(len(data) * keep)])

    assert found is Format.DOCX


def test_a_bomb_in_the_list_of_types_costs_nothing():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b" " * (64 << 20))

    found = sniff(target.getvalue())

    assert found is Format.ARCHIVE
