"""The custodian at the command line, from resolution to ledger, with what an auditor checks."""

from __future__ import annotations

import os
import pwd
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from core.cli.commands import gongkai
from gongkai_plugins.register.sheet import COLUMNS
from plugins.register.office import INTERNAL, PUBLIC, SECOND, Registry, today

VERIFIER = Path(__file__).parents[3] / "core/gongkai/verifier/verify_gongkai_register.py"


@pytest.fixture
def office(registry: Registry) -> Path:
    """The office, with the custodian's account that of whoever runs the tests."""
    file = registry.world.office.root / "gongkai.toml"
    account = pwd.getpwuid(os.getuid()).pw_name
    text = file.read_text("utf-8").replace(f'accounts = ["{account}"]', 'accounts = ["nobody-0"]')
    file.write_text(text.replace('accounts = ["person6"]', f'accounts = ["{account}"]'), "utf-8")
    registry.world.database.close()
    return registry.world.office.root


def test_a_custodian_keeps_the_register_from_the_shell(office: Path, tmp_path: Path) -> None:
    """REG-01 to REG-05, REG-07, REG-12, B16, B17."""

    def register(*words: str | Path) -> tuple[int, str]:
        answer = gongkai("--office", office, "register", *words)
        return answer.code, answer.out + answer.err

    added = register(
        "resolution", "add", "甲〔2026〕9号", "--date", "2026-02-01", "--scope", "就业"
    )
    assert added[0] == 0, added
    batch = ("--resolution", "甲〔2026〕9号", "--cadence", "PERIODIC", "--batch", "四季度")
    code, said = register("add", PUBLIC, SECOND, *batch)
    assert (code, said.count("已登记：文件序号")) == (0, 2), said
    assert register("add", INTERNAL)[0] == 0
    assert register("withhold", INTERNAL)[0] == 0

    sheet = tmp_path / "回填.xlsx"
    assert register("sheet", sheet)[0] == 0
    book = load_workbook(sheet)
    page = book.worksheets[0]
    for column, value in (("url", "https://example.invalid/1"), ("published_at", today())):
        page.cell(3, COLUMNS.index(column) + 1, value)
    page.cell(4, COLUMNS.index("url") + 1, "https://example.invalid/2")
    book.save(sheet)
    code, said = register("import", sheet)
    assert code == 1
    assert "第 4 行" in said
    assert "新登记 1 行，已经登记过 0 行，没有登记 1 行" in said
    assert "新登记 0 行，已经登记过 1 行" in register("import", sheet)[1]

    online = tmp_path / "网站.csv"
    online.write_text("标题,网址\n没有登记的,https://example.invalid/9\n", "utf-8")
    code, said = register("reconcile", "--published", online)
    assert code == 1
    assert "没有登记" in said
    assert "线上没有找到" in said

    assert register("correct", PUBLIC, "--subject", "就业补贴", "--why", "主题")[0] == 0
    code, said = register("ledger", tmp_path / "台账.xlsx", "--checkpoint")
    assert code == 0, said
    assert register("ledger", tmp_path / "台账.docx")[0] == 0
    assert register("verify")[0] == 0
    code, said = register("list")
    assert [word in said for word in ("已公开", "已更正", "不主动公开")] == [True] * 3


def test_the_exported_register_has_no_gap_for_an_auditor(
    registry: Registry, office: Path, tmp_path: Path
) -> None:
    """REG-12: the verifier that needs no gongkai reads the serial numbers."""
    assert gongkai("--office", office, "register", "add", PUBLIC, SECOND).code == 0
    assert gongkai("--office", office, "register", "cancel", SECOND, "--reason", "试").code == 0
    export = tmp_path / "export.jsonl"
    made = gongkai("--office", office, "register", "export-chain", export)
    assert made.code == 0, made.err

    verified = subprocess.run(
        [sys.executable, VERIFIER, export], capture_output=True, text=True, check=False
    )

    assert verified.returncode == 0, verified.stdout
    assert "1至2，无缺号" in verified.stdout


def test_what_is_missing_is_told_before_anything_is_written(office: Path) -> None:
    seen = gongkai("--office", office, "register", "add", PUBLIC, "--dry-run", "--scope", "")
    refused = gongkai("--office", office, "register", "add", PUBLIC, "--scope", "", "--opinion", "")
    listed = gongkai("--office", office, "register", "list", "--json")

    assert "公开范围" in seen.err
    assert refused.code == 1
    assert "公开范围、审核意见" in refused.err
    assert listed.out == ""


def test_one_item_of_a_request_is_registered_once(office: Path) -> None:
    """REG-09."""
    words = ("--name", "告知书", "--opinion", "同意", "--reason", "依申请", "--basis", "条例")
    first = gongkai("--office", office, "register", "add", "--request", "2026-申-001", *words)
    second = gongkai("--office", office, "register", "add", "--request", "2026-申-001", *words)

    assert (first.code, second.code) == (0, 1)
    assert "一事一记" in second.err


def test_the_commands_speak_english_too(office: Path) -> None:
    answer = gongkai("--office", office, "--lang", "en", "register", "add", "--help")

    assert "Register cases" in answer.out
    assert "公开" not in answer.out
