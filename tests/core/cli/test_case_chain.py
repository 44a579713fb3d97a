"""One paper from its proposal to the signature, and what a changed text does (SRC-03, SRC-05)."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.casework.people import (
    CLERK,
    DRAFTER,
    HEAD,
    LEADER,
    PUBLIC,
    Staff,
    paper,
    staffed,
    state_of,
    steps_of,
)
from gongkai.samples.gbt9704 import DEFAULT_BODY

NUMBER = "2026-001"
TO_BE_SIGNED = ((HEAD, "examine"), (CLERK, "accept"), (LEADER, "approve"))


@pytest.fixture
def staff(tmp_path: Path) -> Staff:
    return staffed(tmp_path)


def signed(staff: Staff, **content: str) -> Path:
    """A paper that was proposed, examined, checked and approved."""
    file = paper(staff, **content)
    assert staff(DRAFTER, "propose", file, *PUBLIC).code == 0
    for name, act in TO_BE_SIGNED:
        done = staff(name, act, NUMBER)
        assert done.code == 0, done.err
    return file


def test_a_paper_goes_from_its_proposal_to_the_signer_in_named_hands(staff: Staff) -> None:
    """SRC-03, SRC-05, SRC-15, SRC-22: who proposed, examined, checked, determined; SRC-04."""
    signed(staff)

    assert [(s["actor"], s["act"], s["target"]) for s in steps_of(staff)] == [
        ("gongkai", "judge", "SUGGESTED"),
        (DRAFTER, "propose", "PROPOSED"),
        (HEAD, "examine", "UNIT_EXAMINED"),
        (CLERK, "accept", "OFFICE_CHECK"),
        (LEADER, "approve", "APPROVED"),
        ("gongkai", "judge", "STAMPED"),
    ]
    shown = staff(LEADER, "show", NUMBER)
    assert "下一步：由登记专管员“登记”" in shown.out
    assert "赵局长示例（分管领导） 签发" in shown.out


REFUSED = (
    (DRAFTER, ("examine", NUMBER), "科室负责人"),
    (CLERK, ("accept", NUMBER), "还不能“办公室核对通过”"),
    (HEAD, ("examine", NUMBER, "--by", DRAFTER), "系统账号"),
    (HEAD, ("examine", NUMBER, "--dry-run", "--signer", LEADER), "--paper"),
    (HEAD, ("examine", "2026-099"), "2026-099"),
    (CLERK, ("return", NUMBER), "--reason"),
    (CLERK, ("redetermine", NUMBER, "--reason", "情况有变"), "还不能“重新确定公开属性”"),
)


def test_what_may_not_be_done_is_told_with_the_way_out(staff: Staff) -> None:
    """SRC-22, SRC-15: another's step, a step too early, another's name, no reason."""
    staff(DRAFTER, "propose", paper(staff), *PUBLIC)
    before = steps_of(staff)

    for name, words, said in REFUSED:
        answer = staff(name, *words)

        assert answer.code in (1, 2), words
        assert said in answer.err, words
    would = staff(HEAD, "examine", NUMBER, "--dry-run")
    assert (would.code, steps_of(staff)) == (0, before)
    assert "没有登记" in would.out
    ended = staff(DRAFTER, "cancel", NUMBER, "--reason", "不再发文")
    assert ended.code == 0
    assert staff(CLERK, "list", "--json").objects == []
    assert [each["state"] for each in staff(CLERK, "list", "--all", "--json").objects] == [
        "CANCELLED"
    ]


def test_a_proposal_says_that_it_is_no_secret_and_why_it_withholds(staff: Staff) -> None:
    """SRC-04, PRO-10: disclosure and secrecy are decided together, with reason and basis."""
    file = paper(staff)

    silent = staff(DRAFTER, "propose", file, "主动公开")
    nothing = staff(DRAFTER, "list", "--all", "--json").objects
    unreasoned = staff(DRAFTER, "propose", file, "不予公开", "--not-secret")

    assert (silent.code, unreasoned.code, nothing) == (1, 1, [])
    assert "国家秘密" in silent.err
    assert "理由" in unreasoned.err
    assert state_of(staff) == "SUGGESTED"


def test_a_word_changed_after_signing_waits_for_the_office(staff: Staff) -> None:
    """SRC-03, A3: 文字性修改 keeps the attribute for the text as it now is."""
    signed(staff)
    paper(staff, body=(*DEFAULT_BODY[:-1], "请各单位认真执行。"))

    seen = staff(CLERK, "check", NUMBER)
    early = staff(CLERK, "keep", NUMBER)
    done = staff(CLERK, "keep", NUMBER, "--reason", "只改了一处标点")

    assert (seen.code, early.code, done.code) == (1, 1, 0)
    assert "签发后文字有改动" in seen.out
    assert state_of(staff) == "STAMPED"


def test_a_changed_meaning_goes_back_to_the_signer_who_signs_the_new_text(staff: Staff) -> None:
    """SRC-03, A3: 实质性修改; the new determination is bound to the new text."""
    signed(staff)
    old = staff(LEADER, "show", NUMBER, "--json").objects[0]["core_fingerprint"]
    paper(staff, body=(*DEFAULT_BODY[:-1], "补贴标准提高到每人每月六百元。"))
    staff(CLERK, "check", NUMBER)

    back = staff(CLERK, "resign", NUMBER, "--reason", "补贴标准有改动")
    again = staff(CLERK, "check", NUMBER)
    waiting = state_of(staff)
    checked = staff(CLERK, "accept", NUMBER)
    done = staff(LEADER, "approve", NUMBER)

    assert [back.code, again.code, checked.code, done.code] == [0, 0, 0, 0], done.err
    assert waiting == "UNIT_EXAMINED"
    now = staff(LEADER, "show", NUMBER, "--json").objects[0]
    assert now["core_fingerprint"] != old
    assert (now["state"], now["determined"]) == ("STAMPED", "determined")


def test_a_mark_that_says_something_else_leaves_the_paper_unmarked_until_cured(
    staff: Staff,
) -> None:
    """A3, SRC-19: STAMPED only when every mark says what was approved."""
    file = signed(staff)
    paper(staff, annotation="（此件不予公开）")

    wrong = staff(CLERK, "check", NUMBER)
    state = state_of(staff)
    stamped = staff.run(CLERK, "stamp", file, *PUBLIC, "--place", "附注")
    right = staff(CLERK, "check", NUMBER)

    assert (wrong.code, state) == (1, "APPROVED")
    assert (stamped.code, right.code) == (0, 0), stamped.err + right.err
    assert state_of(staff) == "STAMPED"
