"""A main text nobody could read: said so, with nothing made up about it."""

from __future__ import annotations

from gongkai.samples.gbt9704 import official_document
from gongkai.samples.people import people
from gongkai.samples.workbook import roster_workbook
from gongkai.testing import judged

OLD_FORMAT = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2040)


def test_no_label_is_missed_and_nothing_advised_where_nothing_was_read() -> None:
    verdict = judged({"通知.doc": OLD_FORMAT})

    assert verdict.outcome == "unreadable"
    assert [finding.code for finding in verdict.findings] == ["UNREADABLE"]
    assert verdict.suggestion is not None
    assert verdict.suggestion.attribute is None


def test_its_annex_is_judged_all_the_same() -> None:
    form = '{"attribute": "主动公开"}'.encode()

    verdict = judged(
        {
            "通知.doc": OLD_FORMAT,
            "附件1名单.xlsx": roster_workbook(people(5)),
            "稿纸.json": form,
        }
    )

    assert verdict.outcome == "unreadable"
    assert {"PII_ROSTER", "UNREADABLE"} <= {finding.code for finding in verdict.findings}


def test_a_main_text_that_was_read_is_asked_for_its_label() -> None:
    verdict = judged({"通知.docx": official_document()})

    assert verdict.outcome == "returned"
