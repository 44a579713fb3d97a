"""``gongkai check``: what is named is judged, what cannot be is said, the exit code tells all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from core.cli.commands import START, Ran, afresh, at_a_terminal, gongkai
from core.service.office import save
from gongkai.cli.judged import Judged, exit_code
from gongkai.errors import UnreadableDocument
from gongkai.examined import Stopped
from gongkai.model.attribute import Outcome, Stage
from gongkai.model.reading import EntityKind
from gongkai.model.verdict import Verdict
from gongkai.samples.gbt9704 import OfficialDocument, official_document
from gongkai.store.database import Database
from gongkai.store.tables import chain, payload

LEVEL, STAR = "秘密", "\u2605"


@pytest.fixture(scope="module")
def all_papers(papers: Path) -> Ran:
    """One run over every sample paper; the classifiers are loaded once."""
    names = ("clean", "returned", "blocked", "unreadable", "empty")
    return gongkai("check", "--json", *(papers / name for name in names))


def judged(outcome: Outcome) -> Judged:
    if outcome is Outcome.QUARANTINED:
        return Judged((Path("件"),), stopped=Stopped((("件", "first_page"),)))
    if outcome is Outcome.UNREADABLE:
        return Judged((Path("件"),), error=UnreadableDocument("not_a_file", file="件"))
    found = Verdict(outcome, Stage.SUBMITTED, "p@1", stated=None, suggestion=None, findings=())
    return Judged((Path("件"),), verdict=found)


@pytest.mark.parametrize(
    ("outcomes", "code"),
    [
        pytest.param([], 0, id="nothing"),
        pytest.param(["clean", "out_of_scope"], 0, id="clean or out of scope"),
        *(
            pytest.param(["clean", outcome], 1, id=outcome)
            for outcome in ("incomplete", "returned", "blocked", "quarantined")
        ),
        pytest.param(["returned", "unreadable", "clean"], 65, id="one is unreadable"),
    ],
)
def test_the_exit_code_tells_the_gravest(outcomes, code) -> None:
    assert exit_code([judged(Outcome(outcome)) for outcome in outcomes]) == code


def test_each_bundle_is_one_line_and_the_gravest_is_the_exit_code(all_papers) -> None:
    outcomes = [each["outcome"] for each in all_papers.objects]

    assert outcomes == ["clean", "returned", "blocked", "unreadable"]
    assert all_papers.code == 65


def test_a_folder_without_documents_is_said_to_be_one(all_papers) -> None:
    assert "没有可以核对的文件" in all_papers.err


def test_a_folder_tells_its_bundles_apart(papers) -> None:
    ran = gongkai("check", papers)

    assert ran.code == 65
    assert ran.out.count("通知 · 送核") == 3
    assert f"{papers}/clean/通知.docx" in ran.out
    assert f"{papers}/blocked\n" in ran.out


def test_personal_values_are_masked_and_results_come_in_the_contracts_keys(all_papers) -> None:
    found = all_papers.objects[2]

    contract = "file attachments sha256 format stage profile doc_type elements stated forwards"
    contract += " suggestion entities findings notes checked_by outcome"
    assert set(contract.split()) <= set(found)
    assert found["doc_type"]["value"] == "通知"
    assert [a["number"] for a in found["attachments"]] == [1]
    numbers = [e["text"] for e in found["entities"] if e["kind"] == EntityKind.ID_NUMBER]
    assert numbers
    assert all("*" in text for text in numbers)


def test_revealed_values_are_shown_whole_without_an_office(papers) -> None:
    (found,) = gongkai("check", "--json", "--reveal", papers / "blocked", cwd=papers).objects

    numbers = [e["text"] for e in found["entities"] if e["kind"] == EntityKind.ID_NUMBER]
    assert numbers
    assert all(len(text) == 18 and "*" not in text for text in numbers)


def test_revealing_in_an_office_is_recorded(papers, office) -> None:
    ran = gongkai("--office", office.root, "check", "--reveal", papers / "blocked")

    assert ran.code == 1
    with Database(office.database_url) as database, database.read() as connection:
        rows = connection.execute(
            select(chain.c.kind, payload.c.body).join(payload, payload.c.seq == chain.c.seq)
        ).all()
    (body,) = [row.body for row in rows if row.kind == "audit.revealed"]
    assert "名单" not in body


def test_revealing_is_refused_to_an_unknown_account(papers, office) -> None:
    file = office.root / "gongkai.toml"
    file.write_text(file.read_text("utf-8").replace('accounts = ["', 'accounts = ["not-'), "utf-8")

    ran = gongkai("--office", office.root, "check", "--reveal", papers / "blocked")

    assert ran.code == 1
    assert ran.out == ""
    assert "[[person]]" in ran.err


@pytest.mark.parametrize(
    ("make", "code", "words"),
    [
        pytest.param(os.mkfifo, 65, "不是普通文件", id="a pipe"),
        pytest.param(lambda path: path.symlink_to("nowhere"), 2, "没有找到", id="a broken link"),
        pytest.param(lambda path: None, 2, "没有找到", id="nothing"),
    ],
)
def test_what_is_no_file_is_named_and_never_waited_for(tmp_path, make, code, words) -> None:
    path = tmp_path / "东西.docx"
    make(path)

    ran = gongkai("check", path, timeout=30)

    assert ran.code == code
    assert words in ran.out + ran.err
    assert "东西.docx" in ran.out + ran.err


def test_a_named_link_is_followed_and_one_in_a_folder_is_not(papers, tmp_path) -> None:
    link = tmp_path / "件/链接.docx"
    link.parent.mkdir()
    link.symlink_to(papers / "lines/说明.txt")

    ran = gongkai("check", "--json", link, link.parent)

    assert [o["outcome"] for o in ran.objects] == ["returned"]
    assert "链接.docx" in ran.err


def test_a_path_that_cannot_be_opened_is_unreadable(tmp_path) -> None:
    ran = gongkai("check", tmp_path / ("长" * 100))

    assert ran.code == 65
    assert "打不开" in ran.out


def test_a_name_in_gb18030_is_reported_with_its_bytes(papers, tmp_path) -> None:
    raw = "关于公示的通知.docx".encode("gb18030")
    file = save(tmp_path / os.fsdecode(raw), (papers / "clean/通知.docx").read_bytes())
    path = os.fsencode(file)

    as_object = gongkai("check", "--json", path)

    (found,) = as_object.objects
    assert found["outcome"] == "clean"
    assert bytes.fromhex(found["path_hex"]) == path
    assert "\ufffd" in found["file"]


def test_a_marked_paper_shows_nothing_of_itself(tmp_path) -> None:
    paper = tmp_path / "某项安排.docx"
    paper.write_bytes(
        official_document(OfficialDocument(serial="000001", corner=f"{LEVEL}{STAR}5年"))
    )

    try:
        reasons = gongkai("explain", paper)
        machine = gongkai("check", "--json", tmp_path)
        lines = gongkai("text", paper)
    finally:
        paper.unlink()

    everything = "".join(r.out + r.err for r in (reasons, machine, lines))
    assert "某项安排" not in everything
    assert "就业补助" not in everything
    assert LEVEL not in everything.replace("国家秘密", "")
    assert [r.code for r in (reasons, machine, lines)] == [1, 1, 65]
    assert machine.objects == [{"file": None, "outcome": "quarantined", "files": 1}]


def test_the_officer_is_named_when_a_mark_is_found(tmp_path, office) -> None:
    file = office.root / "gongkai.toml"
    named = 'secrecy_officer = { name = "李示例", phone = "0000-1234" }'
    text = file.read_text("utf-8").replace('secrecy_officer = { name = "", phone = "" }', named)
    file.write_text(text, "utf-8")
    paper = tmp_path / "件.docx"
    paper.write_bytes(
        official_document(OfficialDocument(serial="000001", corner=f"{LEVEL}{STAR}5年"))
    )

    try:
        ran = gongkai("--office", office.root, "check", paper)
    finally:
        paper.unlink()

    assert "李示例（0000-1234）" in ran.out


def test_stage_and_the_offices_own_profile_can_be_named(papers, office) -> None:
    own = '[profile]\nid = "own"\nversion = "1"\ntitle = "本单位"\nextends = "zhongwei_2022"\n'
    save(office.root / "profiles/own.toml", own.encode())
    options = ["--json", "--profile", "own", "--stage", "draft"]

    ran = gongkai("--office", office.root, "check", *options, papers / "returned")

    assert ran.err == ""
    assert ran.objects[0]["profile"] == "own@1"
    assert ran.objects[0]["outcome"] == "incomplete"


def test_english_speaks_no_chinese_but_the_papers_own_words(papers) -> None:
    ran = gongkai("--lang", "en", "check", papers / "unreadable", papers / "empty", papers / "nix")

    assert ran.code == 2
    assert "was not found" in ran.err
    assert not any("\u4e00" <= c <= "\u9fff" for c in ran.err.replace(str(papers), ""))


def test_a_reader_that_goes_away_is_no_failure(papers) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", START, "text", str(papers / "clean/通知.docx")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert writer.stdout is not None
    writer.stdout.close()

    _, said = writer.communicate(timeout=60)

    assert said == b""
    assert writer.returncode == 1


def test_a_terminal_shows_each_result_on_lines_of_its_own(papers) -> None:
    ran = at_a_terminal(["check", papers / "returned", papers / "clean"])

    lines = ran.out.replace("\r", "").split("\n")
    assert ran.code == 1
    assert any("〔退回重新办理〕" in line and "正在核对" not in line for line in lines)


def test_missing_limits_are_said(papers) -> None:
    import resource

    def less_than_a_worker_would_get() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, 2_000_000_000))

    ran = afresh("check", papers / "clean", before=less_than_a_worker_would_get)

    assert ran.code == 0
    assert "本机不能限制读取所用的资源" in ran.err
