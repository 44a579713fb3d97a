"""One way in for every file: it names what it found and never raises over bad content."""

from __future__ import annotations

import os
import random
import sys

import pytest

from core.documents.word_files import p, r, word_file
from gongkai.documents.limits import Limits
from gongkai.documents.read import read_bytes, read_file
from gongkai.model.content import Block, Content, Format, NoteCode, NoteScope, Part
from gongkai.samples.gbt9704 import official_document
from gongkai.samples.people import people
from gongkai.samples.workbook import roster_workbook


def whole(content: Content) -> list[tuple[NoteCode, str]]:
    return [(n.code, n.detail) for n in content.notes if n.scope is NoteScope.WHOLE]


@pytest.mark.parametrize(
    ("data", "name", "found"),
    [
        pytest.param(official_document(), "通知.docx", Format.DOCX, id="docx"),
        pytest.param(roster_workbook(people(2)), "名单.xlsx", Format.XLSX, id="xlsx"),
        pytest.param("各科室：请按时报送。".encode(), "通知.txt", Format.TEXT, id="text"),
    ],
)
def test_a_file_is_read_by_the_reader_of_its_format(data, name, found):
    content = read_bytes(data, name)

    assert content.format is found
    assert content.blocks[0] == Block("name", Part.NAME, name)
    assert len(content.blocks) > 1
    assert content.notes == ()


def test_the_same_bytes_have_the_same_digest_whatever_the_name(tmp_path):
    file = tmp_path / "通知.docx"
    file.write_bytes(official_document())

    assert read_file(file).sha256 == read_bytes(official_document(), "副本.docx").sha256


@pytest.mark.parametrize(
    ("data", "name", "note"),
    [
        pytest.param(b"", "空.docx", (NoteCode.EMPTY, ""), id="empty"),
        pytest.param(b"{\\rtf1", "旧.rtf", (NoteCode.UNSUPPORTED, "rtf"), id="rtf"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "扫描.png", (NoteCode.UNSUPPORTED, "image"), id="png"),
        pytest.param(bytes(5_000), "坏.docx", (NoteCode.UNSUPPORTED, "unknown"), id="all zeros"),
        pytest.param(official_document()[:900], "断.docx", (NoteCode.DAMAGED, "zip"), id="cut off"),
    ],
)
def test_what_cannot_be_read_says_why(data, name, note):
    content = read_bytes(data, name)

    assert whole(content) == [note]
    assert not content.readable
    assert [block.part for block in content.blocks] == [Part.NAME]


@pytest.mark.parametrize(
    ("data", "name", "misleads"),
    [
        pytest.param(b"%PDF-1.4 broken", "通知.docx", True, id="a PDF called docx"),
        pytest.param(word_file(p(r("字"))), "通知.doc", True, id="a docx called doc"),
        pytest.param(word_file(p(r("字"))), "通知.DOCX", False, id="capitals"),
        pytest.param(word_file(p(r("字"))), "通知.wps", False, id="WPS saves docx as wps too"),
        pytest.param(word_file(p(r("字"))), "通知", False, id="no suffix promises nothing"),
        pytest.param("甲,乙".encode(), "名单.csv", False, id="text of any suffix"),
        pytest.param("甲,乙".encode(), "名单.xlsx", True, id="text called xlsx"),
    ],
)
def test_a_name_that_promises_something_else_is_noted(data, name, misleads):
    content = read_bytes(data, name)

    notes = [n for n in content.notes if n.code is NoteCode.NAME_MISLEADS]
    assert bool(notes) is misleads
    assert all(note.scope is NoteScope.NOTHING for note in notes)


def test_a_file_over_the_limit_is_not_read(tmp_path):
    file = tmp_path / "大.docx"
    file.write_bytes(official_document())

    content = read_file(file, Limits(file_bytes=1_000))

    assert whole(content) == [(NoteCode.TOO_LARGE, "file")]
    assert content.sha256 == read_bytes(official_document(), "大.docx").sha256


def test_bytes_over_the_limit_are_not_read():
    assert whole(read_bytes(bytes(2_000), "a", Limits(file_bytes=1_000))) == [
        (NoteCode.TOO_LARGE, "file")
    ]


def test_a_file_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        read_file(tmp_path / "没有.docx")


def test_a_folder_or_a_locked_file_is_busy(tmp_path):
    content = read_file(tmp_path)

    assert [note.code for note in content.notes] == [NoteCode.BUSY]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_name_of_undecodable_bytes_is_shown_with_marks(tmp_path):
    path = tmp_path / os.fsdecode(b"\xb9\xab\xce\xc4.docx")
    path.write_bytes(word_file(p(r("字"))))

    content = read_file(path)

    assert content.blocks[0].text == "\ufffd" * 4 + ".docx"


def test_a_reader_from_outside_is_asked_for_formats_nobody_reads():
    def reads_rtf(data: bytes, name: str, found: Format) -> Content | None:
        return Content("abc", found, (Block("line1", Part.BODY, "外来"),))

    content = read_bytes(b"{\\rtf1", "旧.rtf", fallback=reads_rtf)

    assert [block.text for block in content.blocks] == ["旧.rtf", "外来"]
    assert content.readable


def test_a_reader_from_outside_may_pass():
    content = read_bytes(b"{\\rtf1", "旧.rtf", fallback=lambda data, name, found: None)

    assert whole(content) == [(NoteCode.UNSUPPORTED, "rtf")]


def test_a_reader_from_outside_is_not_asked_for_what_gongkai_reads():
    def never(data: bytes, name: str, found: Format) -> Content | None:
        raise AssertionError

    assert read_bytes(official_document(), "通知.docx", fallback=never).readable


@pytest.mark.parametrize("seed", range(30))
def test_a_spoilt_document_never_raises(seed):
    chance = random.Random(seed)
    data = bytearray(official_document())
    for _ in range(chance.choice((1, 5, 50, 400))):
        data[chance.randrange(len(data))] = chance.randrange(256)

    content = read_bytes(bytes(data), "通知.docx")

    assert content.blocks[0].part is Part.NAME
    assert content.readable or whole(content)
