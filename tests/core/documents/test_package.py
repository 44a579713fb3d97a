"""The guarded way into a package holds against bombs, lies, holes and entities."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from core.documents.word_files import p, r, word_file, zipped
from gongkai.documents.docx import read_docx
from gongkai.documents.limits import Limits
from gongkai.documents.package import PackageRefused, open_package, parse_xml
from gongkai.model.content import NoteCode, NoteScope
from gongkai.samples.gbt9704 import official_document

ROOT = b"<a>%s</a>"
LAUGHS = b'<!DOCTYPE a [<!ENTITY b "%s">%s]><a>&z;</a>' % (
    b"ha" * 10,
    b"".join(b'<!ENTITY %c "%s">' % (99 + n, b"&%c;" % (98 + n) * 10) for n in range(24)),
)


def refused(data: bytes, name: str, limits: Limits) -> NoteCode:
    with pytest.raises(PackageRefused) as caught:
        open_package(data, limits).read(name)
    return caught.value.note.code


@pytest.mark.parametrize(
    ("parts", "limits", "code"),
    [
        pytest.param(
            {"a.bin": bytes(2_000)}, Limits(unpacked_bytes=1_000), NoteCode.TOO_LARGE, id="sum"
        ),
        pytest.param(
            {"a.bin": b"", "b": b"", "c": b""},
            Limits(zip_entries=2),
            NoteCode.TOO_LARGE,
            id="entries",
        ),
        pytest.param(
            {"a.bin.xml": bytes(900)}, Limits(xml_bytes=500), NoteCode.TOO_LARGE, id="one part"
        ),
        pytest.param(
            {"a.bin.xml": bytes(90_000)},
            Limits(xml_free_bytes=1_000),
            NoteCode.TOO_LARGE,
            id="too dense",
        ),
    ],
)
def test_what_is_too_large_is_refused(parts, limits, code):
    found = refused(zipped(parts), next(iter(parts)), limits)

    assert found is code


def test_a_small_part_may_be_dense():
    package = open_package(zipped({"a.xml": bytes(90_000)}), Limits())

    assert package.read("a.xml") == bytes(90_000)


@pytest.mark.parametrize(
    ("announced", "code"),
    [
        pytest.param(1_000, NoteCode.DAMAGED, id="too little: the checksum fails"),
        pytest.param(300 << 20, NoteCode.TOO_LARGE, id="too much: the sum fails"),
    ],
)
def test_a_header_that_lies_about_sizes_gains_nothing(announced, code):
    size = 7_654_321
    data = zipped({"a.bin": bytes(size)})
    lying = data.replace(struct.pack("<I", size), struct.pack("<I", announced))

    found = refused(lying, "a.bin", Limits())

    assert found is code


def test_parts_are_counted_together_not_one_by_one():
    package = open_package(zipped({"a": bytes(600), "b": bytes(600)}), Limits())
    package.unpacked_left = 1_000
    package.read("a")

    with pytest.raises(PackageRefused) as caught:
        package.read("b")

    assert caught.value.note.code is NoteCode.TOO_LARGE


@pytest.mark.parametrize("hole", [0.1, 0.3, 0.5, 0.7, 0.9, 0.99])
def test_a_hole_anywhere_makes_the_whole_document_unread(hole):
    # A save over the network that stopped and went on leaves 2 KB of nothing somewhere.
    data = bytearray(official_document())
    start = int((len(data) - 2_048) * hole)
    data[start : start + 2_048] = bytes(2_048)

    content = read_docx(bytes(data))

    assert [(note.code, note.scope) for note in content.notes] == [
        (NoteCode.DAMAGED, NoteScope.WHOLE)
    ]
    assert content.blocks == ()


def test_two_parts_of_one_name_are_noted():
    target = io.BytesIO(word_file(p(r("字"))))
    with (
        zipfile.ZipFile(target, "a") as archive,
        pytest.warns(UserWarning, match="Duplicate name"),
    ):
        archive.writestr("word/document.xml", archive.read("word/document.xml"))

    content = read_docx(target.getvalue())

    assert [(n.code, n.place) for n in content.notes] == [
        (NoteCode.DUPLICATE_PART, "word/document.xml")
    ]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', id="external type"),
        pytest.param(b'<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>', id="entity"),
        pytest.param(LAUGHS, id="entities of entities"),
        pytest.param(b"<!--" + b" " * 9_000 + b"--><!DOCTYPE a [<!ENTITY e 'x'>]><a/>", id="late"),
        pytest.param("<!DOCTYPE a [<!ENTITY e 'x'>]><a/>".encode("utf-16"), id="in UTF-16"),
        pytest.param(b"<a><b></a>", id="not well-formed"),
        pytest.param(b"<a>" * 300 + b"</a>" * 300, id="300 elements deep"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_dangerous_or_broken_xml_is_refused(data):
    with pytest.raises(PackageRefused) as caught:
        parse_xml(data, "word/document.xml")

    assert caught.value.note.code is NoteCode.DAMAGED
    assert caught.value.note.place == "word/document.xml"


def test_the_strict_flavour_reads_like_the_usual_one():
    strict = b'<w:p xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'

    found = parse_xml(strict)

    assert found.tag == "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"


def test_an_encrypted_entry_is_said_to_be_encrypted():
    data = bytearray(zipped({"a.bin": b"abc"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1

    found = refused(bytes(data), "a.bin", Limits())

    assert found is NoteCode.ENCRYPTED
