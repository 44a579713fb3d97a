"""A PDF is marked in its metadata alone, where nothing is sealed or locked (SRC-20)."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest

from core.stamping.stamp_samples import profile
from gongkai.documents.fingerprint import member_fingerprint
from gongkai.documents.read import read_bytes
from gongkai.errors import StampRefused
from gongkai.model.attribute import DisclosureAttribute
from gongkai.samples.pdf import Sheet, build_pdf, lines_of
from gongkai.stamping.mark import MarkPlace, Stamp, Stamped
from gongkai.stamping.marking import marked
from gongkai.stamping.pdf import pdf_mark
from gongkai.stamping.report import verify_stamp

PROACTIVE, ON_REQUEST, NOT_DISCLOSED = DisclosureAttribute
NAME = "文.pdf"
SAMPLE = build_pdf(
    [Sheet(lines_of("关于示例工作的通知\n各有关单位：\n请落实。\n示例市财政局\n2026年3月5日"))]
)


def mark(data: bytes, attribute: DisclosureAttribute = ON_REQUEST) -> Stamped:
    content = read_bytes(data, NAME)
    stamp = Stamp(attribute, MarkPlace.RECORD_ONLY, member_fingerprint(content))
    return marked(content, data, NAME, stamp, profile())


def saved(change: Callable[[pikepdf.Pdf], None], **options: object) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(SAMPLE)) as pdf:
        change(pdf)
        pdf.save(target, **options)
    return target.getvalue()


def with_signature_field(pdf: pikepdf.Pdf) -> None:
    field = pdf.make_indirect(
        pikepdf.Dictionary(FT=pikepdf.Name.Sig, T="sig", Type=pikepdf.Name.Annot)
    )
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field], SigFlags=3)


def unchanged(pdf: pikepdf.Pdf) -> None:
    pass


def test_the_mark_stands_in_the_metadata() -> None:
    stamped = mark(SAMPLE)

    assert stamped.changed == ("XMP",)
    held = pdf_mark(stamped.data, NAME)
    assert held["attribute"] == "ON_REQUEST"
    assert held["label"] == "依申请公开"


def test_the_same_mark_twice_gives_the_same_bytes() -> None:
    once = mark(SAMPLE)

    twice = mark(once.data)

    assert twice.changed == ()
    assert twice.data == once.data
    assert mark(SAMPLE).data == once.data


def test_another_mark_replaces_the_first() -> None:
    stamped = mark(mark(SAMPLE).data, NOT_DISCLOSED)

    assert pdf_mark(stamped.data, NAME)["attribute"] == "NOT_DISCLOSED"
    assert stamped.data.count(b"ON_REQUEST") == 0


def test_the_pages_stay_as_they_are() -> None:
    before = read_bytes(SAMPLE, NAME)

    after = read_bytes(mark(SAMPLE).data, NAME)

    assert list(after.printed) == list(before.printed)
    assert after.pages == before.pages


def test_the_report_knows_the_metadata() -> None:
    data = mark(SAMPLE).data

    found = verify_stamp(read_bytes(data, NAME), data, profile())

    assert found.consistent
    assert found.attribute is ON_REQUEST


@pytest.mark.parametrize(
    ("data", "key"),
    [
        pytest.param(lambda: saved(with_signature_field), "stamp_signed", id="signature field"),
        pytest.param(
            lambda: saved(unchanged, encryption=pikepdf.Encryption(owner="a", user="")),
            "stamp_locked",
            id="owner password",
        ),
        pytest.param(
            lambda: saved(unchanged, encryption=pikepdf.Encryption(owner="a", user="b")),
            "stamp_unreadable",
            id="password to open",
        ),
    ],
)
def test_a_sealed_or_locked_file_is_left_alone(data: Callable[[], bytes], key: str) -> None:
    with pytest.raises(StampRefused) as refused:
        mark(data())

    assert refused.value.key == key


@pytest.mark.parametrize(
    ("data", "key"),
    [
        pytest.param(SAMPLE[:40], "stamp_damaged", id="cut off"),
        pytest.param(
            saved(unchanged, encryption=pikepdf.Encryption(owner="a", user="b")),
            "stamp_locked",
            id="password to open",
        ),
    ],
)
def test_metadata_nobody_could_read_are_not_unmarked(data: bytes, key: str) -> None:
    with pytest.raises(StampRefused) as refused:
        pdf_mark(data, NAME)

    assert refused.value.key == key


def test_no_page_is_ever_written_on() -> None:
    content = read_bytes(SAMPLE, NAME)
    stamp = Stamp(ON_REQUEST, MarkPlace.ANNOTATION, member_fingerprint(content))

    with pytest.raises(StampRefused) as refused:
        marked(content, SAMPLE, NAME, stamp, profile())

    assert refused.value.key == "stamp_pdf_visible"
