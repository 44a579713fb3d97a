"""Every way in which the statements of a file's attribute can differ has a name (SRC-19)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core.stamping.stamp_samples import mark, paper, profile, rewritten
from gongkai.documents.read import read_bytes
from gongkai.errors import StampRefused
from gongkai.model.attribute import DisclosureAttribute
from gongkai.model.determination import Capacity, Determination, Medium
from gongkai.stamping.mark import MarkPlace
from gongkai.stamping.report import Issue, StampReport, against_record, verify_stamp

PROACTIVE, ON_REQUEST, NOT_DISCLOSED = DisclosureAttribute
CONTACT = "（联系人：张示例，电话：0955-7012345）"
MARKED = mark(paper(contact=CONTACT)).data
UNSEEN = mark(paper(), place=MarkPlace.RECORD_ONLY).data


def report(data: bytes) -> StampReport:
    return verify_stamp(read_bytes(data, "文.docx"), data, profile())


def swapped(old: str, new: str) -> Callable[[bytes], bytes]:
    return lambda xml: xml.replace(old.encode(), new.encode())


def without_control(xml: bytes) -> bytes:
    start, end = xml.index(b"<w:sdt>"), xml.index(b"</w:sdt>") + len(b"</w:sdt>")
    inner = xml[xml.index(b"<w:sdtContent>") + len(b"<w:sdtContent>") : end]
    return xml[:start] + inner.replace(b"</w:sdtContent></w:sdt>", b"") + xml[end:]


@pytest.mark.parametrize("place", MarkPlace)
def test_a_fresh_mark_is_consistent(place: MarkPlace) -> None:
    found = report(mark(paper(), place=place).data)

    assert found.issues == ()
    assert found.attribute is ON_REQUEST


@pytest.mark.parametrize(
    ("data", "issue"),
    [
        pytest.param(paper(), Issue.UNMARKED, id="no mark"),
        pytest.param(paper(annotation="（此件公开发布）"), Issue.VISIBLE_ALONE, id="typed by hand"),
        pytest.param(
            rewritten(MARKED, document=swapped(">此件依申请公开<", ">此件公开发布<")),
            Issue.CONTRADICTION,
            id="visible line changed",
        ),
        pytest.param(
            rewritten(MARKED, custom=swapped("ON_REQUEST", "PROACTIVE")),
            Issue.CONTRADICTION,
            id="property changed",
        ),
        pytest.param(
            rewritten(MARKED, custom=swapped(">依申请公开<", ">主动公开<")),
            Issue.CONTRADICTION,
            id="label property changed",
        ),
        pytest.param(
            rewritten(MARKED, item=swapped("依申请公开", "不予公开")),
            Issue.CONTRADICTION,
            id="data of the control changed",
        ),
        pytest.param(
            rewritten(MARKED, document=swapped(">此件依申请公开<", ">此件随便公开<")),
            Issue.UNKNOWN_WORDS,
            id="words nobody knows",
        ),
        pytest.param(
            rewritten(
                MARKED,
                document=swapped(CONTACT, "（此件依申请公开）"),
            ),
            Issue.DUPLICATE,
            id="two annotations",
        ),
        pytest.param(
            rewritten(MARKED, document=swapped(CONTACT, "（此件不公开）")),
            Issue.CONTRADICTION,
            id="two annotations that differ",
        ),
        pytest.param(
            rewritten(MARKED, document=without_control), Issue.CONTROL_MISSING, id="control gone"
        ),
        pytest.param(
            rewritten(
                mark(paper(), place=MarkPlace.RECORD_ONLY).data, custom=swapped("仅登记", "附注")
            ),
            Issue.PROPERTY_ALONE,
            id="visible line gone",
        ),
        pytest.param(
            rewritten(MARKED, item=swapped("urn:gongkai:disclosure", "urn:other")),
            Issue.DATA_MISSING,
            id="data gone",
        ),
        pytest.param(
            rewritten(MARKED, document=swapped("5个工作日", "3个工作日")),
            Issue.TEXT_CHANGED,
            id="text changed",
        ),
    ],
)
def test_an_inconsistency_is_named(data: bytes, issue: Issue) -> None:
    found = report(data)

    assert issue in found.issues
    assert not found.consistent


def test_numbering_and_dating_are_no_change_of_text() -> None:
    filled = swapped("2026年3月5日", "2026年3月19日")

    found = report(rewritten(MARKED, document=filled))

    assert found.consistent


def standing(attribute: DisclosureAttribute, place: str = "附注") -> Determination:
    return Determination(
        attribute=attribute,
        core_fingerprint="f1:1",
        decided_by="张示例",
        decided_on="2026-03-05",
        capacity=Capacity.DRAFTING,
        medium=Medium.SYSTEM,
        recorded_by="张示例",
        recorded_at="2026-03-05T10:00:00+08:00",
        place=place,
    )


@pytest.mark.parametrize(
    ("data", "record", "known", "issues"),
    [
        pytest.param(MARKED, standing(ON_REQUEST), True, (), id="the same"),
        pytest.param(MARKED, standing(PROACTIVE), True, (Issue.CONTRADICTION,), id="another"),
        pytest.param(MARKED, None, False, (Issue.NOT_RECORDED,), id="never recorded"),
        pytest.param(MARKED, None, True, (Issue.RECORD_OUTDATED,), id="for an earlier text"),
        pytest.param(paper(), standing(ON_REQUEST, "仅登记"), True, (), id="recorded only"),
        pytest.param(
            paper(), standing(ON_REQUEST), True, (Issue.UNMARKED,), id="recorded, mark not there"
        ),
    ],
)
def test_the_record_is_one_of_the_statements(
    data: bytes, record: Determination | None, known: bool, issues: tuple[Issue, ...]
) -> None:
    found = against_record(report(data), record, known=known)

    assert found.issues == issues


def test_what_cannot_be_read_is_not_reported_consistent() -> None:
    data = MARKED[:-300]

    with pytest.raises(StampRefused) as refused:
        report(data)

    assert refused.value.key == "stamp_unreadable"
