"""What docs/install.md tells an operator to type works as it stands there."""

from __future__ import annotations

import configparser
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from gongkai.cli.init import lay_out
from gongkai.settings import Stage, parse_settings
from gongkai.store import audit
from gongkai.store.database import Database
from gongkai.store.secrets import check_key, office_key
from gongkai.store.verification import verify

PAGE = Path(__file__).parents[2] / "docs" / "install.md"


def blocks(language: str) -> list[str]:
    return re.findall(
        rf"^```{language}\n(.*?)^```$", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE
    )


@pytest.mark.parametrize("block", blocks("toml"))
def test_settings_on_the_page_are_settings(block: str) -> None:
    assert parse_settings(block, "install.md")


def test_the_share_is_watched_as_the_page_says() -> None:
    settings = parse_settings(next(b for b in blocks("toml") if "[[folder]]" in b), "install.md")

    assert [folder.stage for folder in settings.folder] == [Stage.DRAFT, Stage.SUBMITTED]


@pytest.mark.parametrize("block", blocks("ini"))
def test_other_programs_settings_can_be_parsed(block: str) -> None:
    parser = configparser.ConfigParser(interpolation=None)

    parser.read_string(block)

    assert parser.sections()


@pytest.mark.parametrize("block", blocks("bash"))
def test_commands_are_written_without_slips_of_the_pen(block: str) -> None:
    checked = subprocess.run(["bash", "-n"], input=block.encode(), capture_output=True, check=False)

    assert checked.stderr == b""


def test_a_running_database_is_copied_and_the_copy_verifies(tmp_path: Path) -> None:
    office = lay_out(tmp_path / "office", "", "张晓明示例", "national_2019")
    key = office_key(office.data)
    script = next(
        re.search(r"<<'PY'\n(.*?)^PY", b, re.DOTALL | re.M) for b in blocks("bash") if "PY" in b
    )
    assert script is not None
    copy = tmp_path / "backup" / "gongkai.db"
    copy.parent.mkdir(mode=0o700)
    with Database(office.database_url) as running:
        with running.write() as connection:
            check_key(connection, key)
            audit.record(
                connection, "backup", "office:1", "张晓明示例", "2026-11-21T10:00:00+08:00"
            )
        subprocess.run(
            [sys.executable, "-c", script.group(1), office.data / "gongkai.db", copy], check=True
        )

    with Database(f"sqlite:///{copy}") as restored, restored.write() as connection:
        report = verify(connection)
        check_key(connection, key)

    assert (report.ok, report.rows) == (True, 1)
    with closing(sqlite3.connect(copy)) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
