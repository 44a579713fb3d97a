"""Commands of plugins stand where their names say: beside gongkai's own, or in a group of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.cli.commands import gongkai
from gongkai.hosting.allowance import allow
from gongkai.settings import load_office

PLUGIN = """
import click
from gongkai import hookimpl
from gongkai.hookspecs import Command

@hookimpl
def commands():
    return [
        Command("greet", f"{__name__}:greet", "问候"),
        Command("register greet", f"{__name__}:greet", "在登记组里问候"),
        Command("register verify", f"{__name__}:greet", "不会出现"),
    ]

@click.command()
def greet():
    click.echo("你好")
"""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    (tmp_path / "plugins").mkdir(mode=0o755)
    (tmp_path / "gongkai.toml").touch(mode=0o644)
    file = tmp_path / "plugins" / "greeting.py"
    file.write_text(PLUGIN, "utf-8")
    file.chmod(0o644)
    allow(load_office(tmp_path), file)
    return tmp_path


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["greet"], id="a command of its own"),
        pytest.param(["register", "greet"], id="a command in a group"),
    ],
)
def test_a_command_of_a_plugin_runs_where_its_name_says(office: Path, words: list[str]) -> None:
    answer = gongkai("--office", office, *words)

    assert (answer.code, answer.out) == (0, "你好\n")


def test_a_group_lists_what_plugins_add_with_their_own_words(office: Path) -> None:
    answer = gongkai("--office", office, "register", "--help")

    assert "在登记组里问候" in answer.out


def test_a_name_with_a_space_is_no_command_of_gongkai_itself(office: Path) -> None:
    answer = gongkai("--office", office, "--help")

    assert "问候" in answer.out
    assert "register greet" not in answer.out


def test_no_plugin_takes_the_place_of_a_command_of_ours(office: Path) -> None:
    listed = gongkai("--office", office, "register", "--help")
    own = gongkai("--office", office, "register", "verify", "--help")

    assert "不会出现" not in listed.out
    assert "--checkpoint" in own.out
