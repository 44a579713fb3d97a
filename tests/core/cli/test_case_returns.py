"""Papers returned, objected to, corrected by agreement, and signed on paper (SRC-15, SRC-16)."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from docx import Document

from core.casework.people import (
    CLERK,
    DRAFTER,
    HEAD,
    LEADER,
    PUBLIC,
    Staff,
    on_record,
    paper,
    staffed,
    state_of,
    steps_of,
)

NUMBER = "2026-001"


@pytest.fixture
def staff(tmp_path: Path) -> Staff:
    return staffed(tmp_path)


def words_of(file: Path) -> str:
    document = Document(str(file))
    cells = [cell.text for t in document.tables for row in t.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_a_paper_without_a_label_is_returned_and_comes_again_as_a_new_round(
    staff: Staff, tmp_path: Path
) -> None:
    """SRC-16, ASM-08: a numbered notice; resubmission is a linked round of the same case."""
    file = paper(staff)

    seen = staff(DRAFTER, "check", file)
    printed = staff(CLERK, "print", NUMBER, "退回通知单", tmp_path / "退回.docx")
    again = staff(DRAFTER, "propose", NUMBER, *PUBLIC)

    assert (seen.code, printed.code, again.code) == (1, 0, 0), again.err
    words = words_of(tmp_path / "退回.docx")
    assert "2026-退-001" in words
    assert "未标明公开属性" in words
    record = on_record(staff)
    assert (record["state"], record["round"]) == ("PROPOSED", 2)
    assert [n["number"] for n in record["notices"]] == ["2026-退-001"]
    assert [s["round"] for s in record["history"]] == [1, 2]


def test_where_office_and_section_disagree_the_signer_decides(staff: Staff) -> None:
    """C-23, SRC-15: both views are kept, and the office returns no second time."""
    staff(DRAFTER, "propose", paper(staff), *PUBLIC)
    first = staff(CLERK, "return", NUMBER, "--reason", "宜依申请公开")
    staff(DRAFTER, "propose", NUMBER, *PUBLIC, "--objection", "本件是普惠政策，应当公开")
    second = staff(CLERK, "return", NUMBER, "--reason", "宜依申请公开")
    for name, act in ((HEAD, "examine"), (CLERK, "accept"), (LEADER, "approve")):
        assert staff(name, act, NUMBER).code == 0

    record = on_record(staff)
    assert (first.code, second.code) == (0, 1)
    assert "签发人" in second.err
    assert (record["state"], record["disputed"]) == ("STAMPED", True)
    assert [n["automatic"] for n in record["notices"]] == [False]
    said = staff(LEADER, "show", NUMBER).out
    assert "宜依申请公开" in said
    assert "本件是普惠政策，应当公开" in said


def test_the_office_corrects_with_the_drafters_agreement_and_nothing_is_returned(
    staff: Staff,
) -> None:
    """B9: 经商更正 keeps both names and counts no return."""
    staff(DRAFTER, "propose", paper(staff), *PUBLIC)
    staff(HEAD, "examine", NUMBER)
    ground = ("--reason", "标准尚待省里批复", "--basis", "《政府信息公开条例》第十六条")

    alone = staff(CLERK, "correct", NUMBER, "依申请公开", *ground)
    done = staff(CLERK, "correct", NUMBER, "依申请公开", *ground, "--agreed-with", DRAFTER)

    record = on_record(staff)
    assert (alone.code, done.code) == (1, 0), done.err
    assert (record["attribute"], record["state"]) == ("ON_REQUEST", "UNIT_EXAMINED")
    assert record["notices"] == []
    (step,) = [s for s in record["history"] if s["act"] == "correct"]
    assert (step["actor"], step["details"]["agreed_with"]) == (CLERK, DRAFTER)


def test_signatures_on_paper_count_like_those_in_the_system(staff: Staff, tmp_path: Path) -> None:
    """A9, SRC-22: recorded by the office with day and scan, never by the drafter."""
    staff(DRAFTER, "propose", paper(staff), *PUBLIC)
    scan = tmp_path / "稿纸扫描.pdf"
    scan.write_bytes(b"%PDF-1.4 scan")
    on_paper = ("--paper", "--signer", HEAD, "--on", "2026-11-20", "--evidence", scan)

    refused = {
        "its drafter": staff(DRAFTER, "examine", NUMBER, *on_paper),
        "nobody": staff(CLERK, "examine", NUMBER, "--paper", "--signer", "无名示例"),
        "no role": staff(CLERK, "examine", NUMBER, "--paper", "--signer", DRAFTER),
        "a day to come": staff(
            CLERK, "examine", NUMBER, "--paper", "--signer", HEAD, "--on", "2999-01-01"
        ),
    }
    done = staff(CLERK, "examine", NUMBER, *on_paper, "--opinion", "同意")

    assert {why: answer.code for why, answer in refused.items()} == dict.fromkeys(refused, 1)
    assert done.code == 0, done.err
    step = steps_of(staff)[-1]
    assert (step["actor"], step["recorded_by"], step["medium"]) == (HEAD, CLERK, "paper")
    assert (step["acted_on"], step["opinion"]) == ("2026-11-20", "同意")
    assert step["evidence"] == f"稿纸扫描.pdf sha256:{sha256(scan.read_bytes()).hexdigest()}"
    assert state_of(staff) == "UNIT_EXAMINED"
