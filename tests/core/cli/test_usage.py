"""Usage errors, failures nobody foresaw, help: always in the user's language, never a traceback."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from core.service.office import save
from gongkai.cli import main
from gongkai.messages import speak


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path):
    """Run a command in this process; returns exit code, output and complaints."""
    monkeypatch.chdir(tmp_path)

    def command(*arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["gongkai", *map(str, arguments)])
        code = main()
        speak("zh")
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def chinese(text: str) -> bool:
    return any("\u4e00" <= c <= "\u9fff" for c in text)


WRONG = [
    pytest.param(["chek"], id="no such command"),
    pytest.param(["check"], id="nothing to check"),
    pytest.param(["check", "--stagee", "x"], id="no such option"),
    pytest.param(["check", "--stage"], id="no value"),
    pytest.param(["check", "--stage", "x", "y"], id="no such stage"),
    pytest.param(["check", "nowhere.docx"], id="no such path"),
    pytest.param(["text", "."], id="a folder instead of a file"),
    pytest.param(["explain", ".", "nowhere"], id="one too many"),
    pytest.param(["--lang", "xx", "status"], id="no such language"),
    pytest.param(["--office", "file", "status"], id="an office that is a file"),
]


@pytest.mark.parametrize("arguments", WRONG)
def test_a_usage_error_is_2_and_said_in_chinese(run, arguments) -> None:
    save(Path("file"), b"")

    code, out, err = run(*arguments)

    assert (code, out) == (2, "")
    assert chinese(err)
    assert "Traceback" not in err
    assert not {"such", "is", "not", "of", "argument", "a"} & set(err.replace("'", " ").split())


@pytest.mark.parametrize("arguments", WRONG[:-2])
def test_the_same_in_english_without_chinese(run, arguments) -> None:
    code, _, err = run("--lang", "en", *arguments)

    assert code == 2
    assert not chinese(err)


@pytest.mark.parametrize("arguments", [["status"], ["watch"], ["quarantine", "list"], ["submit"]])
def test_what_needs_an_office_says_so(run, arguments) -> None:
    save(Path("件.docx"), b"")

    code, _, err = run(*arguments, *(["件.docx"] if arguments == ["submit"] else []))

    assert code == 78
    assert "gongkai init" in err


def test_a_failure_nobody_foresaw_is_70_and_quotes_nothing(run, tmp_path, monkeypatch) -> None:
    office = tmp_path / "office"
    run("init", office)
    package = save(tmp_path / "packages/broken_guest.py", b"raise ValueError('secret words')\n")
    monkeypatch.syspath_prepend(package.parent)
    plugin = (
        "from gongkai import hookimpl\nfrom gongkai.hookspecs import Command\n"
        "import click\n\n@hookimpl\ndef commands():\n"
        "    return [Command('fall', f'{__name__}:fall', '跌倒'),"
        " Command('lost', 'broken_guest:x', '不在')]\n\n"
        "@click.command()\ndef fall():\n    raise ValueError('secret words')\n"
    )
    file = save(office / "plugins/guest.py", plugin.encode())
    file.chmod(0o600)
    run("--office", office, "plugins", "allow", file)

    fell = run("--office", office, "fall")
    debugged = run("--debug", "--office", office, "fall")
    lost = run("--office", office, "lost")
    helped = run("--office", office, "--help")

    assert fell[0] == debugged[0] == lost[0] == 70
    assert "--debug" in fell[2]
    assert "secret words" not in fell[2] + lost[2]
    assert "Traceback" not in fell[2] + lost[2]
    assert "Traceback" in debugged[2]
    assert "跌倒" in helped[1]


def test_help_imports_neither_spacy_nor_the_database(run) -> None:
    before = set(sys.modules)

    code, out, _ = run("--help")

    assert code == 0
    assert "check" in out
    assert not {name for name in set(sys.modules) - before if name.startswith(("spacy", "fastapi"))}


def test_help_is_printed_in_a_broken_office(run, tmp_path) -> None:
    save(tmp_path / "gongkai.toml", b"profile = 3\n")

    helped, checked = run("--help"), run("check", ".")

    assert helped[0] == 0
    assert checked[0] == 78
    assert "profile" in checked[2]


def test_no_command_prompts_without_a_terminal(run, tmp_path) -> None:
    run("init", tmp_path / "office")

    code, _, err = run("--office", tmp_path / "office", "source", "add")

    assert code == 2
    assert "--title" in err


def test_a_name_the_terminal_cannot_show_is_no_failure(run, tmp_path) -> None:
    name = os.fsdecode("通知告示".encode("gb18030"))

    code, _, err = run("check", tmp_path / name)

    assert code == 2
    assert "没有找到" in err
