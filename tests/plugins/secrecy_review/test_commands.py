"""The review from the command line, by people who take turns at one account.

SEC-06, SEC-07, SEC-08, SEC-12 … SEC-17, SEC-19, SRC-17.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from docx import Document
from sqlalchemy import update

from core.casework.people import CLERK, DRAFTER, HEAD, LEADER, OFFICER, ROLES, Staff, paper, staffed
from core.cli.commands import Ran, at_a_terminal
from gongkai.settings import load_office
from gongkai.store import tables
from gongkai.store.database import Database

NUMBER = "2026-001"
REASON = "补助资金管理办法面向公众，内容均可对外"
OPEN = ("--opinion", "公开", "--basis", "TL-20", "--reason", REASON)
REFER = ("--opinion", "需报审", "--basis", "TL-17", "--reason", "资金标准可否对外尚不明确")


@pytest.fixture
def staff(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Staff:
    monkeypatch.setitem(ROLES, LEADER, ["leader_in_charge", "leading_group"])
    made = staffed(tmp_path)
    file = made.office.root / "gongkai.toml"
    text = file.read_text("utf-8").replace('profile = "no_review"', 'profile = "national_2019"')
    file.write_text(text, "utf-8")
    return Staff(load_office(made.office.root))


@pytest.fixture
def examined(staff: Staff) -> Callable[..., str]:
    def made(**content: str) -> str:
        document = paper(staff, annotation="（此件公开发布）", **content)
        done(staff(DRAFTER, "propose", document, "主动公开", "--not-secret"))
        done(staff(HEAD, "examine", NUMBER))
        return NUMBER

    return made


def done(ran: Ran) -> str:
    """What a command said that did what it was told."""
    assert ran.code == 0, ran.out + ran.err
    return ran.out


def refused(ran: Ran) -> str:
    """What a command said that did not."""
    assert ran.code == 1, ran.out + ran.err
    return ran.err


def in_state(staff: Staff, state: str) -> None:
    """The case rests somewhere else, e.g. because another plugin led it there."""
    with Database(staff.office.database_url) as database, database.write() as connection:
        connection.execute(update(tables.case).values(state=state))


def test_sec08_every_signature_says_what_comes_next_and_who(
    staff: Staff, examined: Callable[..., str], tmp_path: Path
) -> None:
    examined()

    first = done(staff(DRAFTER, "sign", NUMBER, *OPEN))
    second = done(staff(HEAD, "sign", NUMBER, *OPEN))
    third = done(staff(OFFICER, "sign", NUMBER, *OPEN))
    done(staff(CLERK, "accept", NUMBER))
    done(staff(LEADER, "approve", NUMBER))
    done(staff(CLERK, "review-form", NUMBER, tmp_path / "审批表.docx"))

    assert HEAD in first
    assert OFFICER in second
    assert "保密审查已完成" in third
    cells = "".join(
        cell.text
        for table in Document(str(tmp_path / "审批表.docx")).tables
        for row in table.rows
        for cell in row.cells
    )
    assert all(name in cells for name in (DRAFTER, HEAD, OFFICER, LEADER))
    assert "同意审查意见" in cells


def test_sec12_without_a_ground_the_command_names_those_there_are(
    staff: Staff, examined: Callable[..., str]
) -> None:
    examined()

    answer = staff(DRAFTER, "sign", NUMBER, "--opinion", "需报审", "--reason", REASON)

    assert answer.code == 2
    assert "BM-25" in answer.err
    assert "TL-20" not in answer.err


def test_b8_the_office_records_a_signature_on_paper_and_the_drafter_does_not(
    staff: Staff, examined: Callable[..., str], tmp_path: Path
) -> None:
    examined()
    done(staff(DRAFTER, "sign", NUMBER, *OPEN))
    scan = tmp_path / "签批单.pdf"
    scan.write_bytes(b"%PDF-1.4 scanned")
    today = datetime.now().date().isoformat()
    on_paper = ("--paper", "--signer", HEAD, "--on", today, "--evidence", scan)

    by_drafter = refused(staff(DRAFTER, "sign", NUMBER, *OPEN, *on_paper))
    done(staff(CLERK, "sign", NUMBER, *OPEN, *on_paper))
    shown = done(staff(CLERK, "show", NUMBER))

    assert by_drafter
    assert "纸质签批" in shown
    assert "签批单.pdf sha256:" in shown


def test_sec13_sec14_a_question_goes_up_step_by_step_and_comes_back(
    staff: Staff, examined: Callable[..., str]
) -> None:
    examined()
    done(staff(DRAFTER, "sign", NUMBER, *OPEN))
    done(staff(HEAD, "sign", NUMBER, *REFER))
    asks = ("refer", NUMBER, "--question", "能否公开", "--reason", "请予确定")
    first, then = ("示例市委办公室", "2026-11-02"), ("示例市国家保密局", "2026-11-09")

    done(staff(OFFICER, *asks, "--authority", "转报机关", "--to", first[0], "--on", first[1]))
    done(staff(OFFICER, *asks, "--authority", "SECRECY", "--to", then[0], "--on", then[1]))
    frozen = refused(staff(HEAD, "sign", NUMBER, *OPEN))
    waiting = staff(CLERK, "waiting", "--json")
    replies = ("--opinion", "公开", "--reference", "3号", "--on", "2026-11-16", "--reason", "可以")
    by_relay = refused(staff(OFFICER, "answer", NUMBER, "--from", first[0], *replies))
    by_nobody = refused(staff(OFFICER, "answer", NUMBER, "--from", "示例省厅", *replies))
    done(staff(OFFICER, "answer", NUMBER, "--from", then[0], *replies))
    again = done(staff(HEAD, "sign", NUMBER, *OPEN))

    assert "暂停办理" in frozen
    assert "转报" in by_relay
    assert "没有向“示例省厅”报请" in by_nobody
    (open_one,) = [json.loads(line) for line in waiting.out.splitlines()]
    assert (waiting.code, open_one["kind"]) == (1, "referral")
    assert "2026-11-02" in open_one["words"]
    assert "第三步" in again


def test_sec15_a_co_makers_consent_needs_something_in_writing(
    staff: Staff, examined: Callable[..., str]
) -> None:
    examined()
    body = "示例市财政局"
    done(staff(CLERK, "joint", NUMBER, "--role", "LEAD", "--with", body))

    bare = staff(CLERK, "consent", NUMBER, body, "--answer", "同意公开")
    stranger = refused(staff(CLERK, "consent", NUMBER, "示例市教育局", "--asked", "2026-11-02"))
    shown = ("--kind", "复函", "--evidence", "示财函〔2026〕8号", "--on", "2026-11-16")
    answer = done(staff(CLERK, "consent", NUMBER, body, "--answer", "同意公开", *shown))
    left = staff(CLERK, "waiting")

    assert bare.code == 2
    assert body in stranger
    assert "尚缺" not in answer
    assert left.code == 0


def test_sec06_the_officer_rules_on_each_suspicious_place_and_nobody_sees_its_words(
    staff: Staff, examined: Callable[..., str]
) -> None:
    document = paper(
        staff,
        annotation="（此件公开发布）",
        body=("命题人员名单另行通知，请各单位做好考务准备。",),
    )
    why = ("--reason", "考务通知面向考生，应当公开", "--basis", "《政府信息公开条例》第二十条")
    done(staff(DRAFTER, "propose", document, "主动公开", "--not-secret", *why))

    by_head = refused(staff(HEAD, "rule", NUMBER))
    listed = done(staff(OFFICER, "rule", NUMBER))
    bare = refused(staff(OFFICER, "rule", NUMBER, "1", "--as", "不需处理"))
    ruled = done(staff(OFFICER, "rule", NUMBER, "1", "--as", "不需处理", "--reason", "只是提及"))
    examined_now = staff(HEAD, "examine", NUMBER)

    assert "保密员" in by_head
    assert "待认定" in listed
    assert "命题" not in listed
    assert "请写明理由" in bare
    assert "各处均已认定" in ruled
    assert examined_now.code == 0


def test_src17_a_reverse_decision_is_approved_in_its_order_and_filed_twice(
    staff: Staff, examined: Callable[..., str]
) -> None:
    examined()
    asked = (
        "--direction",
        "应当公开而暂不公开",
        "--reason",
        "正在征求意见",
        "--basis",
        "意见第五条",
    )
    done(staff(DRAFTER, "reverse", NUMBER, *asked))
    agree = ("reverse-sign", NUMBER, "--vote", "同意", "--reason", "暂缓")
    sent = ("--reference", "示人社〔2026〕1号", "--on", "2026-11-16")

    out_of_turn = refused(staff(LEADER, *agree))
    too_early = refused(staff(CLERK, "filing", NUMBER, "--to", "superior", "--body", "省厅", *sent))
    for name in (HEAD, CLERK, LEADER, LEADER):
        last = done(staff(name, *agree))
    open_filings = staff(CLERK, "waiting")
    done(staff(CLERK, "filing", NUMBER, "--to", "上一级机关", "--body", "示例省厅", *sent))
    done(staff(CLERK, "filing", NUMBER, "--to", "本级政府", "--body", "示例市政府", *sent))

    assert "科室负责人" in out_of_turn
    assert "尚未批准" in too_early
    assert "反向决定已批准" in last
    assert "尚待备案" in open_filings.out
    assert staff(CLERK, "waiting").code == 0


def test_sec19_one_command_withdraws_and_starts_the_clock(
    staff: Staff, examined: Callable[..., str]
) -> None:
    examined()
    in_state(staff, "PUBLISHED")
    noticed = (datetime.now().astimezone() - timedelta(hours=2)).isoformat(timespec="minutes")
    told = ("leak", NUMBER, "--channel", "门户网站", "--reason", "误传附件")
    note = ("leak-note", NUMBER)

    opened = done(staff(OFFICER, *told, "--noticed", noticed))
    state = done(staff(CLERK, "show", NUMBER))
    reported = done(staff(OFFICER, *note, "--as", "已报告", "--body", "示例市国家保密局"))
    done(staff(OFFICER, *note, "--as", "补办批准", "--body", LEADER, "--on", "2026-11-20"))
    closed = done(staff(OFFICER, *note, "--as", "处理结果", "--words", "未造成泄密"))

    assert "已登记撤下" in opened
    assert "还有21小时5" in opened
    assert "待补办" in opened
    assert "已撤下" in state
    assert "已于" in reported
    assert "待补办" not in closed
    assert staff(CLERK, "waiting").code == 0


def test_sec19_a_leak_before_publication_is_recorded_without_a_move(
    staff: Staff, examined: Callable[..., str]
) -> None:
    examined()

    opened = done(staff(OFFICER, "leak", NUMBER, "--channel", "微信群", "--reason", "转发截图"))
    by_drafter = refused(staff(DRAFTER, "leak", NUMBER, "--channel", "x", "--reason", "x"))

    assert "已登记撤下" not in opened
    assert "2026-L01" in opened
    assert "保密员" in by_drafter


def test_sec17_sec16_links_and_records_are_refused_where_they_make_no_sense(
    staff: Staff, examined: Callable[..., str]
) -> None:
    examined()

    itself = refused(staff(HEAD, "public-version", NUMBER, NUMBER, "--reason", "区分处理"))
    unknown = refused(staff(HEAD, "public-version", NUMBER, "2026-999", "--reason", "区分处理"))
    record = ("declassify", NUMBER, "--record", "示密解1号", "--on", "2026-11-16")
    unreviewed = refused(staff(OFFICER, *record))
    required = done(staff(OFFICER, "declassify", NUMBER, "--required", "--reason", "保密期限已满"))

    assert NUMBER in itself
    assert "2026-999" in unknown
    assert "先经保密审查" in unreviewed
    assert "须办理解密手续" in required


def test_what_cannot_have_happened_yet_is_not_recorded(
    staff: Staff, examined: Callable[..., str]
) -> None:
    examined()
    done(staff(CLERK, "joint", NUMBER, "--role", "LEAD", "--with", "示例市财政局"))

    answer = refused(staff(CLERK, "consent", NUMBER, "示例市财政局", "--asked", "2999-01-01"))

    assert "还没有到" in answer


@pytest.mark.parametrize(
    ("typed", "signed"), [pytest.param("n\n", False, id="no"), pytest.param("y\n", True, id="yes")]
)
def test_b21_at_a_terminal_what_is_signed_is_shown_and_asked_for(
    staff: Staff, examined: Callable[..., str], typed: str, signed: bool
) -> None:
    examined()
    staff.sit_down(DRAFTER)

    asked = at_a_terminal(
        ["--office", staff.office.root, "case", "sign", NUMBER, *OPEN], answers=typed, columns=200
    )

    assert "拟定公开属性：主动公开" in asked.out
    assert ("已签署" in asked.out) is signed
    assert (asked.code == 0) is signed
