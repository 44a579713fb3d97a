"""What a human says of findings, and of what nobody could read, from the command line (A8)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from core.casework.people import (
    CLERK,
    DRAFTER,
    HEAD,
    PUBLIC,
    WITHHELD,
    Staff,
    on_record,
    paper,
    staffed,
    state_of,
)
from core.service.office import save
from gongkai.samples.demonstration import old_word_file
from gongkai.samples.gbt9704 import DEFAULT_BODY
from gongkai.samples.people import people
from gongkai.samples.workbook import roster_workbook

NUMBER = "2026-001"


@pytest.fixture
def staff(tmp_path: Path) -> Staff:
    return staffed(tmp_path)


def blocking(staff: Staff) -> list[dict[str, Any]]:
    return [f for f in on_record(staff)["findings"] if f["severity"] == "block"]


def test_what_is_set_aside_stays_so_when_the_text_changes_elsewhere(staff: Staff) -> None:
    """SRC-05, A8: never by the drafter, always with a reason, found again by its key."""
    file = paper(staff)
    save(file.parent / "附件/附件1名单.xlsx", roster_workbook(people(5)))
    staff(DRAFTER, "propose", file, *PUBLIC)
    held_up = state_of(staff)
    ids = [finding["id"] for finding in blocking(staff)]

    drafter = staff(DRAFTER, "finding", NUMBER, ids[0], "dismiss", "--reason", "依法公示")
    silent = staff(HEAD, "finding", NUMBER, ids[0], "dismiss")
    let_through = staff(CLERK, "finding", NUMBER, ids[0], "waive", "--reason", "领导同意")
    unknown = staff(HEAD, "finding", NUMBER, "ffff00", "dismiss", "--reason", "依法公示")
    done = [
        staff(HEAD, "finding", NUMBER, each, "dismiss", "--reason", "依法公示").code for each in ids
    ]
    after = state_of(staff)
    paper(staff, body=(*DEFAULT_BODY, "请各单位抓好落实。"))
    staff(DRAFTER, "propose", NUMBER, *PUBLIC)

    assert held_up == "BLOCKED"
    assert [drafter.code, silent.code, let_through.code, unknown.code] == [1, 1, 1, 1]
    assert done == [0] * len(ids)
    assert after == state_of(staff) == "PROPOSED"
    assert "王科长示例：不需处理。理由：依法公示" in staff(HEAD, "show", NUMBER).out


def test_what_is_taken_up_again_holds_the_paper_up_again(staff: Staff) -> None:
    file = paper(staff)
    save(file.parent / "附件1名单.xlsx", roster_workbook(people(5)))
    staff(DRAFTER, "propose", file, *PUBLIC)
    ids = [finding["id"] for finding in blocking(staff)]
    for each in ids:
        staff(HEAD, "finding", NUMBER, each, "dismiss", "--reason", "依法公示")

    again = staff(DRAFTER, "finding", NUMBER, ids[0], "accept")

    assert again.code == 0, again.err
    assert state_of(staff) == "BLOCKED"


def test_two_labels_are_put_right_and_not_argued_away(staff: Staff) -> None:
    """SRC-19: form, record and mark name one value."""
    staff(DRAFTER, "propose", paper(staff, annotation="（此件公开发布）"), *WITHHELD)
    (conflict,) = [f for f in blocking(staff) if f["code"] == "LABEL_CONFLICT"]

    answer = staff(CLERK, "finding", NUMBER, conflict["id"], "dismiss", "--reason", "以稿纸为准")

    assert answer.code == 1
    assert "自动消除" in answer.err
    assert state_of(staff) == "BLOCKED"


def test_the_office_vouches_for_what_could_not_be_read(staff: Staff) -> None:
    """SEC-02, message 7: with a reason, for these bytes; other bytes are a new matter."""
    file = save(staff.office.root / "送核/旧件/通知.doc", old_word_file())
    unread = staff(DRAFTER, "check", file)
    drafter = staff(DRAFTER, "vouch", NUMBER, "--reason", "已核对")
    silent = staff(CLERK, "vouch", NUMBER)

    done = staff(CLERK, "vouch", NUMBER, "--reason", "逐页核对", "--evidence", "核对声明第1号")
    proposed = staff(DRAFTER, "propose", NUMBER, *PUBLIC)
    standing = state_of(staff)
    file.write_bytes(old_word_file() + b"\0")
    changed = staff(DRAFTER, "check", NUMBER)

    assert [unread.code, drafter.code, silent.code, done.code] == [65, 1, 1, 0], done.err
    assert (proposed.code, standing) == (0, "PROPOSED")
    assert (changed.code, state_of(staff)) == (65, "EXTRACTION_FAILED")
