"""Late entries, the queue, printed forms, the archive, and papers that are stopped (A15, B19)."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from core.casework.people import (
    CLERK,
    DRAFTER,
    HEAD,
    LEADER,
    PUBLIC,
    SECTION,
    Staff,
    on_record,
    paper,
    staffed,
    state_of,
    steps_of,
)
from gongkai.samples.gbt9704 import OfficialDocument, official_document

NUMBER = "2026-001"
LEVEL, STAR = "机密", "\u2605"
ISSUED = ("--issued-on", "2026-11-01", "--signer", LEADER, "--reason", "系统停用期间印发")


@pytest.fixture
def staff(tmp_path: Path) -> Staff:
    return staffed(tmp_path)


def test_a_paper_issued_outside_is_entered_late_and_signed_on_paper(staff: Staff) -> None:
    """A15: reason, signer and day are kept; nothing is returned; it shows for ever."""
    file = paper(staff)

    drafter = staff(DRAFTER, "enter", file, *ISSUED)
    entered = staff(CLERK, "enter", file, *ISSUED)
    checked = staff(CLERK, "check", NUMBER)
    steps = [
        staff(CLERK, act, NUMBER, *more, "--paper", "--signer", name, "--on", "2026-10-30")
        for name, act, more in (
            (DRAFTER, "propose", PUBLIC),
            (HEAD, "examine", ()),
            (LEADER, "approve", ()),
        )
    ]
    accepted = staff(CLERK, "accept", NUMBER)
    approved = staff(CLERK, "approve", NUMBER, "--paper", "--signer", LEADER, "--on", "2026-11-01")

    assert (drafter.code, entered.code, checked.code) == (1, 0, 1), entered.err
    assert [step.code for step in steps] == [0, 0, 1]
    assert (accepted.code, approved.code) == (0, 0), approved.err
    record = on_record(staff)
    assert (record["state"], record["notices"]) == ("STAMPED", [])
    assert (record["late"]["issued_on"], record["late"]["signer"]) == ("2026-11-01", LEADER)
    assert "〔补办〕" in staff(CLERK, "list").out


def test_the_queue_shows_the_pressing_first_and_whose_turn_it_is(staff: Staff) -> None:
    """B24, SRC-15: urgency before waiting; only those who may act are asked."""
    for name, corner, title in (("甲", "", "关于甲事的通知"), ("乙", "特急", "关于乙事的通知")):
        staff(DRAFTER, "propose", paper(staff, name, corner=corner, title=title), *PUBLIC)
    staff(HEAD, "examine", "2026-002")

    def numbers(name: str, *words: str) -> list[str]:
        return [each["number"] for each in staff(name, "list", "--json", *words).objects]

    assert numbers(CLERK) == ["2026-002", "2026-001"]
    assert numbers(HEAD, "--for", "me") == ["2026-001"]
    assert numbers(CLERK, "--for", "office") == numbers(CLERK, "--for", "me") == ["2026-002"]
    assert numbers(CLERK, "--state", "PROPOSED", "--section", SECTION) == ["2026-001"]
    assert numbers(CLERK, "--section", "另一科") == []


def test_a_case_is_laid_into_the_archive_whole_and_as_it_was_judged(
    staff: Staff, tmp_path: Path
) -> None:
    """B19: what lies there can be checked by its manifest alone."""
    file = paper(staff)
    (file.parent / "稿纸.json").write_text('{"section": "就业促进科"}', "utf-8")
    staff(DRAFTER, "propose", file, *PUBLIC)
    staff(CLERK, "examine", NUMBER, "--paper", "--signer", HEAD, "--evidence", "稿纸第1号")

    drafter = staff(DRAFTER, "export", NUMBER, tmp_path / "无权")
    rehearsed = staff(CLERK, "export", NUMBER, tmp_path / "归档", "--dry-run")
    nothing = (tmp_path / "归档").exists()
    done = staff(CLERK, "export", NUMBER, tmp_path / "归档")
    twice = staff(CLERK, "export", NUMBER, tmp_path / "归档")
    paper(staff, title="关于另一件事的通知")
    differs = staff(CLERK, "export", NUMBER, tmp_path / "再次")

    assert [drafter.code, rehearsed.code, done.code] == [1, 0, 0], done.err
    assert [twice.code, differs.code, nothing] == [1, 1, False]
    assert not (tmp_path / "再次").exists()
    folder = tmp_path / "归档"
    manifest = json.loads((folder / "清单.json").read_text("utf-8"))
    listed = {each["name"]: each["sha256"] for each in manifest["files"]}
    found = {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "清单.json"
    }
    assert listed == found
    assert {"定稿/通知.docx", "定稿/稿纸.json", "表单/核对单.docx", "登记链.jsonl"} <= set(found)
    assert "稿纸第1号" in (folder / "依据材料.json").read_text("utf-8")
    rows = [json.loads(line) for line in (folder / "登记链.jsonl").read_text("utf-8").splitlines()]
    assert {"case.moved", "determination.recorded"} <= {row["kind"] for row in rows}
    assert str(sha256((folder / "清单.json").read_bytes()).hexdigest()) in done.out


def test_a_stopped_paper_is_told_to_the_officer_alone(staff: Staff, tmp_path: Path) -> None:
    """A6, INT-04: no title in the queue, nothing printed, nothing exported, no step but his."""
    file = paper(staff, title="关于乙事的通知")
    staff(DRAFTER, "propose", file, *PUBLIC)
    file.write_bytes(official_document(OfficialDocument(corner=f"{LEVEL}{STAR}10年")))

    seen = staff(DRAFTER, "check", NUMBER)
    again = staff(DRAFTER, "check", file)
    listed = staff(CLERK, "list", "--all")
    printed = staff(CLERK, "print", NUMBER, "办理过程", tmp_path / "过程.docx")
    exported = staff(CLERK, "export", NUMBER, tmp_path / "归档")
    examined = staff(HEAD, "examine", NUMBER)
    file.unlink()

    assert (seen.code, again.code) == (65, 65)
    assert "保密员" in seen.err
    assert "已停止检查" in listed.out
    assert "乙事" not in listed.out + seen.err + staff(CLERK, "show", NUMBER).out
    assert (printed.code, exported.code, examined.code) == (1, 1, 1)
    assert state_of(staff) == "QUARANTINED"
    assert not list(tmp_path.glob("*.docx"))
    assert all(not step["reason"] for step in steps_of(staff))


def test_what_lies_outside_the_offices_folders_is_put_there_first(
    staff: Staff, tmp_path: Path
) -> None:
    outside = tmp_path / "桌面.docx"
    outside.write_bytes(official_document())

    answer = staff(DRAFTER, "check", outside)
    nothing = staff(DRAFTER, "check", staff.office.root / "送核")

    assert (answer.code, nothing.code) == (1, 1)
    assert "gongkai submit" in answer.err
