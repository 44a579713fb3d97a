"""The register's chain as the custodian and an auditor use it: real commands, real files."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from core.cli.commands import Ran, gongkai
from gongkai.settings import Office
from gongkai.store.checkpoint_format import Checkpoint, read_blocks


@pytest.fixture
def run(office: Office):
    """Run a command of the office as its custodian."""
    file = office.root / "gongkai.toml"
    text = file.read_text("utf-8").replace('roles = ["', 'roles = ["custodian", "', 1)
    file.write_text(text, "utf-8")

    def command(*arguments: str | Path) -> Ran:
        return gongkai("--office", office.root, "register", *arguments)

    return command


def only_file(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


def test_a_checkpoint_is_written_told_and_used(run, office: Office) -> None:
    made = run("checkpoint", "--kept-by", "市档案馆", "--note", "第四季度")

    file = only_file(office.root / "核验点")
    used = run("verify", "--checkpoint", file)
    assert (made.code, used.code) == (0, 0)
    assert "公钥指纹" in made.err
    assert "市档案馆" in file.read_text("utf-8")
    assert f"自存核验点（第1行，{file}）" in used.out
    assert "本次不能说明的" in used.out


def test_the_second_checkpoint_prints_its_line_and_no_new_key(run, office: Office) -> None:
    run("checkpoint")

    made = run("checkpoint")

    assert made.out.splitlines()[-1].startswith("核验点 2:")
    assert made.err == ""


def test_a_paper_that_was_lost_is_written_again(run, office: Office, tmp_path: Path) -> None:
    none = run("checkpoint", "--last")
    run("checkpoint", "--note", "原件")
    first = only_file(office.root / "核验点").read_bytes()

    again = run("checkpoint", "--last", "--out", tmp_path / "补")

    assert (none.code, again.code) == (1, 0)
    assert only_file(tmp_path / "补").read_bytes() == first
    assert run("verify").out.count("系统内有核验点1个") == 1


def test_a_lost_tail_is_told_in_words(run, office: Office) -> None:
    run("checkpoint")
    run("checkpoint")
    kept = office.root / "核验点"
    (last,) = kept.glob("*第2行.txt")
    with closing(sqlite3.connect(office.data / "gongkai.db")) as raw, raw:
        raw.execute("DELETE FROM payload WHERE seq > 1")
        raw.execute("DELETE FROM chain WHERE seq > 1")
        raw.execute("DELETE FROM checkpoint")
        raw.execute(
            "UPDATE meta SET value = (SELECT '1 ' || hash FROM chain) WHERE key = 'chain.head'"
        )

    alone, found = run("verify"), run("verify", "--checkpoint", last)

    assert (alone.code, found.code) == (0, 1)
    assert "整条登记链被重写" in alone.out
    assert "另行保存的核验点在第2行，登记链到不了那里" in found.out
    assert "不能说明丢失的行写的是什么" in found.out


def test_a_wrong_signature_is_told_in_words(run, office: Office) -> None:
    run("checkpoint")
    file = only_file(office.root / "核验点")
    (kept,) = read_blocks(file.read_text("utf-8"), "")
    assert kept.checkpoint is not None
    signature = "00" + kept.checkpoint.signature[2:]
    file.write_text(Checkpoint(kept.checkpoint.statement, signature).block, "utf-8")

    found = run("verify", "--checkpoint", file)

    assert found.code == 1
    assert "签名不符" in found.out
    assert "也不说明登记链有改动" in found.out


@pytest.mark.parametrize(
    ("given", "words"),
    [
        pytest.param("没有.txt", "读不出来", id="no such file"),
        pytest.param("3:abc", "没有读得懂的核验点", id="too few digits"),
    ],
)
def test_a_checkpoint_that_cannot_be_read_ends_with_65(run, given: str, words: str) -> None:
    found = run("verify", "--checkpoint", given)

    assert (found.code, words in found.err) == (65, True)


def test_verify_says_it_in_json_too(run) -> None:
    run("checkpoint")

    (found,) = run("verify", "--json").objects

    assert found["ok"] is True
    assert (found["rows"], found["checkpoints"], found["confirmed"]) == (2, 1, 0)
    assert (found["problem"], found["doubts"]) == ("", [])


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param("UPDATE payload SET body = '{}'", id="every content"),
        pytest.param("UPDATE payload SET body = CAST(x'7bff' AS TEXT)", id="no text any more"),
        pytest.param("UPDATE payload SET salt = NULL, body = NULL", id="no content any more"),
        pytest.param("DELETE FROM payload", id="no payload"),
        pytest.param("DELETE FROM chain", id="no row"),
        pytest.param("DELETE FROM checkpoint", id="no checkpoint"),
        pytest.param("UPDATE checkpoint SET public_key = '公钥', signature = ''", id="no key"),
    ],
)
def test_whatever_is_damaged_is_told_and_never_fails(run, office: Office, damage: str) -> None:
    run("checkpoint")
    kept = only_file(office.root / "核验点")
    with closing(sqlite3.connect(office.data / "gongkai.db")) as raw, raw:
        raw.execute(damage)

    found = run("verify", "--checkpoint", kept)

    assert (found.code, found.err) == (1, "")
    assert "不相符" in found.out or "核验点" in found.out


def test_a_key_is_shown_renewed_and_followed(run) -> None:
    before = run("key", "show")
    run("checkpoint")
    (old,) = run("key", "show", "--json").objects

    renewed = run("key", "renew", "--reason", "定期更换")
    known = run("key", "show", "--json").objects

    assert (before.code, renewed.code) == (1, 0)
    assert [key["signed_by_previous"] for key in known] == [False, True]
    assert known[1]["fingerprint"] in renewed.out
    assert run("verify", "--public-key", old["fingerprint"]).code == 0
    assert run("verify", "--public-key", "0" * 32).code == 1


def test_a_lost_key_is_named_with_the_way_out(run, office: Office) -> None:
    run("checkpoint")
    (office.data / "checkpoint.key").unlink()

    lost = run("checkpoint")
    there = run("key", "renew", "--lost", "--reason", "硬盘损坏")
    again = run("key", "renew", "--lost")

    assert (lost.code, there.code, again.code) == (78, 0, 1)
    assert "key renew --lost" in lost.err
    assert "须当面核对指纹" in run("verify").out


CHECKPOINT = """
import sys
from pathlib import Path
from gongkai.store.checkpoint_paper import write_paper
from gongkai.store.checkpoints import record
from gongkai.store.database import Database
from gongkai.store.signing_key import Act
data, out = Path(sys.argv[1]), Path(sys.argv[2])
with Database(f"sqlite:///{data}/gongkai.db") as database:
    print("begun", flush=True)
    while True:
        write_paper(out, record(database, data, Act("x", "y", sys.argv[3]), ("", "")))
"""


@pytest.mark.parametrize("wait", [0.0, 0.01, 0.05, 0.2, 0.5])
def test_killed_at_any_moment_a_checkpoint_is_whole_or_not_there(
    run, office: Office, tmp_path: Path, wait: float
) -> None:
    papers = tmp_path / "核验点"
    process = subprocess.Popen(
        [sys.executable, "-c", CHECKPOINT, office.data, papers, "2026-11-21T10:00:00+08:00"],
        env={"PYTHONPATH": ":".join(sys.path)},
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(wait)
    process.kill()
    process.communicate(timeout=30)

    found = run("verify", "--json").objects[0]
    blocks = [read_blocks(file.read_text("utf-8"), "") for file in papers.glob("*.txt")]
    made = run("checkpoint", "--out", papers)

    assert (found["ok"], made.code) == (True, 0)
    assert all(len(block) == 1 and block[0].checkpoint.genuine for block in blocks)
    assert found["checkpoints"] - len(blocks) in (0, 1)


def test_an_auditor_verifies_two_files_without_gongkai(run, office: Office, tmp_path: Path) -> None:
    run("checkpoint")
    desk = tmp_path / "审计"
    desk.mkdir()
    kept = only_file(office.root / "核验点").rename(desk / "自存.txt")

    done = run("export-chain", desk / "登记链.jsonl", "--payloads", "all", "--with-verifier")
    audited = subprocess.run(
        [
            *(sys.executable, "-I", "-S", "verify_gongkai_register.py", "登记链.jsonl"),
            *("--checkpoint", kept.name),
        ],
        cwd=desk,
        capture_output=True,
        timeout=60,
    )

    assert done.code == 0
    assert "个人信息" in done.err
    assert audited.returncode == 0
    assert sorted(file.name for file in desk.iterdir()) == [
        "verify_gongkai_register.py",
        "登记链.jsonl",
        "自存.txt",
    ]


def test_an_export_of_the_register_alone_gives_no_other_content(run, tmp_path: Path) -> None:
    run("checkpoint")

    done = run("export-chain", tmp_path / "x.jsonl")
    again = run("export-chain", tmp_path / "x.jsonl")

    rows = [json.loads(line) for line in (tmp_path / "x.jsonl").read_text("utf-8").splitlines()]
    assert (done.code, again.code) == (0, 1)
    assert {row["payload"] for row in rows if row.get("type") == "row"} == {"left out"}
    assert "已有" in again.err


@pytest.mark.parametrize(
    "words", [("checkpoint",), ("key", "renew"), ("export-chain", "x.jsonl")], ids=" ".join
)
def test_only_the_custodian_signs_or_exports(run, office: Office, words: tuple[str, ...]) -> None:
    """REG-01."""
    file = office.root / "gongkai.toml"
    file.write_text(file.read_text("utf-8").replace('"custodian", ', "", 1), "utf-8")

    refused = run(*words)

    assert refused.code == 1
    assert "登记专管员" in refused.err
    assert not (office.data / "checkpoint.key").exists()
    assert not (office.root / "核验点").exists()
