"""``gongkai user``: what an administrator types, what is said, and what nobody else may."""

from __future__ import annotations

import fcntl
import io
import json
import os
import pty
import select as waiting_for
import subprocess
import sys
import termios
from pathlib import Path

import pytest
from sqlalchemy import select

from core.cli.commands import START
from core.service.office import an_office
from gongkai.cli import main
from gongkai.cli.session import account_name
from gongkai.messages import speak
from gongkai.people.passwords import matches
from gongkai.settings import Office
from gongkai.store import tables
from gongkai.store.database import Database

ADMIN = "张示例"


@pytest.fixture
def run(office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Run ``gongkai user`` in this process; returns exit code, output and complaints."""

    def command(*arguments: str, typed: str = "", before: tuple[str, ...] = ()):
        words = ["gongkai", "--office", str(office.root), *before, "user", *arguments]
        monkeypatch.setattr(sys, "argv", words)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed.encode())))
        code = main()
        speak("zh")
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def stored_password(office: Office, name: str) -> str | None:
    with Database(office.database_url) as database, database.read() as connection:
        found = connection.execute(
            select(tables.person.c.password).where(tables.person.c.name == name)
        )
        return found.scalar()


def rows(office: Office) -> int:
    with Database(office.database_url) as database, database.read() as connection:
        return len(connection.execute(select(tables.chain.c.seq)).all())


def settings_say(office: Office, old: str, new: str) -> None:
    file = office.root / "gongkai.toml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_the_first_administrator_is_whoever_laid_out_the_office(run) -> None:
    code, out, _ = run("list", "--json")

    (admin,) = map(json.loads, out.splitlines())
    assert code == 0
    assert admin["name"] == ADMIN
    assert admin["accounts"] == [account_name()]
    assert "administrator" in {held["role"] for held in admin["roles"]}


def test_somebody_is_added_given_a_role_and_shown(run) -> None:
    added = run("add", "李示例", "--section", "就业促进科", "--account", "li")
    granted = run("grant", "李示例", "科室负责人", "--from", "2026年1月5日", "--to", "2999-12-31")
    shown = run("show", "李示例")
    (person,) = map(json.loads, run("show", "李示例", "--json")[1].splitlines())

    assert [added[0], granted[0], shown[0]] == [0, 0, 0]
    assert "2026-01-05至2999-12-31" in granted[1]
    assert "科室负责人" in shown[1]
    assert person["roles"] == [{"role": "section_head", "unit": "就业促进科", "on_behalf_of": ""}]
    assert person["assignments"][0]["granted_by"] == ADMIN


def test_a_deputy_is_listed_with_the_name_he_acts_in(run) -> None:
    run("add", "李示例")
    run("add", "王示例")
    run("grant", "李示例", "legal")
    done = run("delegate", "李示例", "王示例", "法制机构", "--to", "2999-12-31")

    assert done[0] == 0
    assert "法制机构（代李示例）" in run("list")[1]


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(("add", "王示例"), id="add"),
        pytest.param(("change", "李示例", "--section", "x"), id="change"),
        pytest.param(("grant", "李示例", "office"), id="grant"),
        pytest.param(("revoke", "李示例", "legal"), id="revoke"),
        pytest.param(("delegate", "李示例", ADMIN, "legal", "--to", "2999-12-31"), id="delegate"),
        pytest.param(("deactivate", "李示例"), id="deactivate"),
        pytest.param(("password", "李示例", "--password-stdin"), id="password"),
        pytest.param(("password", ADMIN, "--password-stdin"), id="one's own password"),
    ],
)
def test_a_rehearsal_says_what_it_would_do_and_leaves_nothing(run, office, arguments) -> None:
    run("add", "李示例")
    run("grant", "李示例", "legal")
    before = rows(office), run("show", "李示例", "--json")[1]

    code, out, _ = run(*arguments, "--dry-run", typed="Ganbei-2026\n")

    assert code == 0
    assert out.startswith("将办理")
    assert (rows(office), run("show", "李示例", "--json")[1]) == before


def test_a_rehearsal_is_refused_what_the_act_would_be(run) -> None:
    code, out, err = run("grant", "孙示例", "office", "--dry-run")

    assert (code, out) == (1, "")
    assert "孙示例" in err


def test_a_password_comes_from_standard_input_and_is_kept_as_a_hash(run, office) -> None:
    added = run("add", "李示例", "--password-stdin", typed="Ganbei-2026\n")
    kept = stored_password(office, "李示例")
    changed = run("password", "李示例", "--password-stdin", typed="Another-2026\r\n")

    assert added[0] == changed[0] == 0
    assert kept is not None
    assert matches(kept, "Ganbei-2026")
    assert matches(str(stored_password(office, "李示例")), "Another-2026")
    assert "Ganbei-2026" not in "".join(added[1:] + changed[1:])


@pytest.mark.parametrize(
    ("arguments", "typed", "code"),
    [
        pytest.param(("--password-stdin",), "", 1, id="nothing on standard input"),
        pytest.param(("--password-stdin",), "short\n", 1, id="too short"),
        pytest.param((), "", 2, id="nobody to ask"),
        pytest.param(("Ganbei-2026",), "", 2, id="as an argument"),
    ],
)
def test_a_password_that_is_none_is_not_set(run, office, arguments, typed, code) -> None:
    run("add", "李示例")

    ran = run("password", "李示例", *arguments, typed=typed)

    assert ran[0] == code
    assert stored_password(office, "李示例") is None


def asked(arguments: list[str | Path], answers: dict[str, str]) -> tuple[int, str]:
    """Run a command on a terminal of its own, answering each question once it can be read.

    What is typed before a hidden question is thrown away by the terminal.
    """
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", START, *map(os.fspath, arguments)],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        env={**os.environ, "TERM": "xterm"},
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    )
    os.close(follower)
    said = b""
    waiting = list(answers.items())
    while waiting_for.select([leader], [], [], 60)[0]:
        try:
            piece = os.read(leader, 65536)
        except OSError:
            break
        if not piece:
            break
        said += piece
        if waiting and waiting[0][0].encode() in said:
            os.write(leader, waiting.pop(0)[1].encode() + b"\n")
    os.close(leader)
    return process.wait(30), said.decode("utf-8", "replace")


@pytest.mark.parametrize(
    ("again", "code"),
    [
        pytest.param("Ganbei-2026", 0, id="the same twice"),
        pytest.param("Ganbei-2027", 1, id="two different ones"),
    ],
)
def test_a_terminal_asks_twice_and_shows_nothing(tmp_path: Path, again: str, code: int) -> None:
    office = an_office(tmp_path)
    answers = {"新密码": "Ganbei-2026", "再输入一次": again}

    ended, said = asked(["--office", office.root, "user", "password", ADMIN], answers)

    kept = stored_password(office, ADMIN)
    assert ended == code
    assert "Ganbei" not in said
    assert (kept is not None and matches(kept, "Ganbei-2026")) is (code == 0)


def test_without_the_role_people_see_themselves_alone(run, office) -> None:
    run("add", "李示例")
    settings_say(office, '"administrator", ', "")

    refused = [run(*words) for words in (("list",), ("show", "李示例"), ("add", "王示例"))]
    own = run("show", ADMIN)
    password = run("password", ADMIN, "--password-stdin", typed="Ganbei-2026\n")

    assert [(code, out) for code, out, _ in refused] == [(1, "")] * 3
    assert all("人员权限管理员" in err for _, _, err in refused)
    assert own[0] == password[0] == 0


def test_an_account_nobody_has_changes_nothing(run, office) -> None:
    settings_say(office, 'accounts = ["', 'accounts = ["not-')

    code, out, err = run("add", "李示例")

    assert (code, out) == (1, "")
    assert account_name() in err


def test_whoever_was_deactivated_is_left_out_and_can_come_back(run) -> None:
    run("add", "李示例")
    gone = run("deactivate", "李示例")
    listed, all_of_them = run("list"), run("list", "--all")
    back = run("activate", "李示例")

    assert gone[0] == back[0] == 0
    assert "李示例" not in listed[1]
    assert "停用" in all_of_them[1]
    assert "李示例" in run("list")[1]


def test_a_role_that_is_none_is_answered_with_those_there_are(run) -> None:
    code, _, err = run("grant", ADMIN, "boss")

    assert code == 2
    assert "section_head 科室负责人" in err


@pytest.mark.parametrize("end", ["2026-02-30", "morgen", "10000-01-01"])
def test_a_day_that_is_none_is_a_usage_error(run, end) -> None:
    code, _, err = run("grant", ADMIN, "legal", "--to", end)

    assert code == 2
    assert "2026-03-05" in err


def test_english_is_english(run) -> None:
    english = ("--lang", "en")
    run("add", "lishili", before=english)
    run("grant", "lishili", "head of section", before=english)

    said = [
        run(*words, before=english)
        for words in (("show", "lishili"), ("grant", "lishili", "x"), ("--help",))
    ]

    assert "head of section" in said[0][1]
    for _, out, err in said:
        for name in (ADMIN,):
            out, err = out.replace(name, ""), err.replace(name, "")
        assert not [c for c in out + err if "\u4e00" <= c <= "\u9fff"]
