"""What people do in an office: submit, record sources, dispose of stopped papers, look at it."""

from __future__ import annotations

import re
import sys
import threading
from pathlib import Path

import pytest

from core.cli.conftest import LABELLED, UNLABELLED
from core.service.office import first_look, reconcile, reconciling, save
from gongkai.cli import main
from gongkai.cli.watch import alone
from gongkai.messages import speak
from gongkai.samples.demonstration import SOURCE_NUMBER, SOURCE_TITLE, SUPERIOR, forwarding_notice
from gongkai.samples.gbt9704 import OfficialDocument, official_document
from gongkai.store.database import Database
from gongkai.store.verification import verify

LEVEL, STAR = "秘密", "\u2605"


@pytest.fixture
def run(office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Run a command of the office in this process; returns exit code, output and complaints."""

    def command(*arguments: str | Path) -> tuple[int, str, str]:
        words = ["gongkai", "--office", str(office.root), *map(str, arguments)]
        monkeypatch.setattr(sys, "argv", words)
        code = main()
        speak("zh")
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def without_account(office) -> None:
    file = office.root / "gongkai.toml"
    file.write_text(file.read_text("utf-8").replace('accounts = ["', 'accounts = ["not-'), "utf-8")


def test_a_file_is_submitted_with_the_attachments_beside_it(run, office) -> None:
    folder = office.root / "拟稿/待送"
    save(folder / "补贴通知.docx", LABELLED)
    save(folder / "附件1名单.xlsx", b"x")
    save(folder / "~$贴.docx", b"")

    code, out, _ = run("submit", folder / "补贴通知.docx")

    target = office.root / "送核/补贴通知"
    assert code == 0
    assert sorted(p.name for p in target.iterdir()) == ["补贴通知.docx", "附件1名单.xlsx"]
    assert "附件1名单.xlsx" in out


def test_a_file_alone_is_submitted_alone(run, office) -> None:
    paper = save(office.root / "拟稿/通知.docx", LABELLED)

    would = run("submit", "--dry-run", paper)
    code, _, _ = run("submit", paper)

    assert would[0] == code == 0
    assert not paper.exists()
    assert (office.root / "送核/通知.docx").read_bytes() == LABELLED


@pytest.mark.parametrize(
    ("prepare", "path"),
    [
        pytest.param(lambda root: None, "拟稿", id="a watched folder"),
        pytest.param(lambda root: None, ".", id="the office"),
        pytest.param(
            lambda root: (root / "链.docx").symlink_to("gongkai.toml"), "链.docx", id="a link"
        ),
        pytest.param(
            lambda root: (
                save(root / "拟稿/件/关于通知.docx", b"x"),
                save(root / "拟稿/件/~$通知.docx", b""),
            ),
            "拟稿/件",
            id="a paper somebody has open",
        ),
        pytest.param(
            lambda root: (save(root / "拟稿/甲.docx", b"x"), save(root / "送核/甲.docx", b"y")),
            "拟稿/甲.docx",
            id="a name that is taken",
        ),
    ],
)
def test_what_cannot_be_submitted_stays_where_it_is(run, office, prepare, path) -> None:
    prepare(office.root)
    before = sorted(p.relative_to(office.root) for p in office.root.rglob("*"))

    code, _, err = run("submit", office.root / path)

    assert code == 1
    assert err
    assert sorted(p.relative_to(office.root) for p in office.root.rglob("*")) == before


def test_recording_a_source_has_the_paper_judged_again(run, office) -> None:
    first_look(office)
    save(office.root / "送核/转发/转发通知.docx", forwarding_notice("（此件依申请公开）"))
    options = ["--title", SOURCE_TITLE, "--number", SOURCE_NUMBER, "--issuer", SUPERIOR]

    with reconciling(office) as once:
        (before,) = once()
        code, out, _ = run(
            "source", "add", *options, "--attribute", "依申请公开", "--date", "2026年1月5日"
        )
        (after,) = once()
        nothing_more = once()

    assert code == 0
    assert "1份公文" in out
    assert "FORWARD_SOURCE_UNKNOWN" in {f.code for f in before.verdict.findings}
    assert "FORWARD_SOURCE_UNKNOWN" not in {f.code for f in after.verdict.findings}
    assert nothing_more == []


@pytest.mark.parametrize(
    "options",
    [
        pytest.param(["--attribute", "主动公开"], id="no title"),
        pytest.param(["--title", "甲"], id="no attribute"),
        pytest.param(["--title", "甲", "--attribute", "随便"], id="no such attribute"),
        pytest.param(
            ["--title", "甲", "--attribute", "主动公开", "--date", "2026-13-01"], id="no date"
        ),
    ],
)
def test_a_source_that_says_too_little_is_not_recorded(run, options) -> None:
    code, _, err = run("source", "add", *options)

    assert code == 2
    assert err
    assert "还没有登记" in run("source", "list")[1]


@pytest.fixture
def stopped(office):
    """A marked paper in the 送核 folder, met by the watch; gone from disk afterwards."""
    first_look(office)
    paper = office.root / "送核/某项安排/某项安排.docx"
    paper.parent.mkdir(parents=True)
    paper.write_bytes(
        official_document(OfficialDocument(serial="000001", corner=f"{LEVEL}{STAR}5年"))
    )
    reconcile(office)
    yield paper
    paper.unlink(missing_ok=True)


def test_only_the_officer_learns_where_a_stopped_paper_lies(run, office, stopped) -> None:
    listed, shown = run("quarantine", "list"), run("quarantine", "show", "Q-2026-001")
    looked = run("status"), run("status", "--json")
    without_account(office)
    refused = [run("quarantine", "list"), run("quarantine", "show", "Q-2026-001")]

    assert listed[0] == shown[0] == 0
    assert "某项安排" not in listed[1] + looked[0][1] + looked[1][1]
    assert "某项安排/某项安排.docx" in shown[1]
    assert "1份文件已停止检查" in looked[0][1]
    assert [(code, out) for code, out, _ in refused] == [(1, ""), (1, "")]
    assert not any("某项安排" in err for _, _, err in refused)


def test_a_released_template_is_judged_by_the_next_pass(run, office, stopped) -> None:
    code, _, _ = run("quarantine", "release", "Q-2026-001", "--as", "样张", "--note", "格式样张")

    (told,) = reconcile(office)

    assert code == 0
    assert told.verdict is not None
    assert not told.cases
    with Database(office.database_url) as database, database.read() as connection:
        assert verify(connection).ok


def test_a_state_secret_is_closed_for_ever_wherever_its_bytes_turn_up(run, office, stopped) -> None:
    ruling = ["--as", "确属国家秘密", "--note", "已移交"]
    code, _, _ = run("quarantine", "release", "Q-2026-001", *ruling)
    again = run("quarantine", "release", "Q-2026-001", "--as", "误标", "--note", "再看")
    copy = save(office.root / "送核/换个名字/换个名字.docx", stopped.read_bytes())
    try:
        told = [t for t in reconcile(office) if t.change.directory == copy.parent]
    finally:
        copy.unlink()

    assert code == 0
    assert again[0] == 1
    assert [t.outcome for t in told] == ["quarantined"]
    assert "路径已清除" in run("quarantine", "show", "Q-2026-001")[1]
    stored = b"".join(p.read_bytes() for p in office.data.iterdir())
    assert "某项安排".encode() not in stored
    assert "换个名字".encode() not in stored


def test_status_says_what_is_not_checked_and_why_in_both_languages(run, office) -> None:
    first_look(office)
    save(office.root / "送核/件/通知.docx", UNLABELLED)
    save(office.root / "送核/件/~$通知.docx", b"")
    (office.root / "送核/件/链接.docx").symlink_to("通知.docx")
    reconcile(office)

    chinese, english = run("status"), run("--lang", "en", "status")

    assert chinese[0] == english[0] == 0
    assert "链接（快捷方式）不跟随检查" in chinese[1]
    assert "自动检查服务没有运行" in chinese[1]
    assert "No watch is running" in english[1]
    mixed = english[1].replace(str(office.root), "")
    for name in ("拟稿", "送核", "来文", "件", "通知", "链接"):
        mixed = mixed.replace(name, "")
    assert not any("\u4e00" <= c <= "\u9fff" for c in mixed)


def test_a_second_watch_is_told_of_the_first(run, office) -> None:
    with alone(office):
        code, _, err = run("watch", "--once")

    assert code == 1
    assert "已经有一个自动检查服务在运行" in err


def test_a_data_folder_others_can_write_to_stops_the_watch(run, office) -> None:
    office.data.chmod(0o777)

    code, _, err = run("watch", "--once")

    assert code == 78
    assert "chmod" in err


def test_a_determination_without_a_mark_has_the_paper_judged_again(run, office) -> None:
    first_look(office)
    request = OfficialDocument(title="关于申请就业补助资金的请示", recipients="示例市人民政府：")
    paper = save(office.root / "送核/请示/请示.docx", official_document(request))
    words = [
        "依申请公开",
        "--not-secret",
        "--place",
        "仅登记",
        "--reason",
        "请示",
        "--basis",
        "条例",
    ]

    with reconciling(office) as once:
        (before,) = once()
        code, _, err = run("stamp", paper, *words)
        (after,) = once()
        nothing_more = once()

    assert (code, before.outcome) == (0, "returned"), err
    assert "LABEL_MISSING" not in {f.code for f in after.verdict.findings}
    assert nothing_more == []


def test_nobody_acts_as_somebody_else_by_naming_another_account(
    run, office, stopped, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = office.root / "gongkai.toml"
    file.write_text(re.sub(r'accounts = \["[^"]*', 'accounts = ["officer', file.read_text("utf-8")))
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, "officer")

    code, out, _ = run("quarantine", "show", "Q-2026-001")

    assert (code, out) == (1, "")


def test_a_watch_starts_although_somebody_asks_for_its_state(run, office) -> None:
    asking = alone(office)
    asking.__enter__()
    timer = threading.Timer(0.5, asking.__exit__, (None, None, None))
    timer.start()

    code, _, _ = run("watch", "--once")

    timer.join()
    assert code == 0
