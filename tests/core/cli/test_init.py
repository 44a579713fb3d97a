"""``gongkai init``: an office nobody else can change, whatever is typed into it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from core.cli.commands import at_a_terminal
from core.service.office import save
from gongkai.cli.init import lay_out
from gongkai.errors import ConfigurationError
from gongkai.settings import Contact, Contacts, load_office

AWKWARD = [
    pytest.param('甲"乙', id="quote"),
    pytest.param("甲\n乙\t丙", id="newline and tab"),
    pytest.param("甲\\乙", id="backslash"),
    pytest.param("甲\x7f乙\x01", id="control characters"),
    pytest.param("$admin ${x}", id="dollar"),
    pytest.param("]] # [x]", id="brackets and a comment"),
]


@pytest.mark.parametrize("text", AWKWARD)
def test_any_text_comes_back_as_it_was_typed(tmp_path, text) -> None:
    contacts = Contacts(office=Contact(name=text, phone=text))

    office = lay_out(tmp_path / "office", text, text, "national_2019", contacts)

    assert office.settings.organization.name == text
    assert office.settings.person[0].name == text
    assert office.settings.contacts.office == Contact(name=text, phone=text)


@pytest.mark.parametrize("mask", [0o000, 0o002, 0o077])
def test_nobody_else_can_write_whatever_the_umask(tmp_path, mask) -> None:
    before = os.umask(mask)
    try:
        office = lay_out(tmp_path / "office", "", "张示例", "national_2019")
    finally:
        os.umask(before)

    guarded = [office.root, office.plugin_folder, office.profile_folder]
    modes = [stat.S_IMODE(p.stat().st_mode) for p in (*guarded, office.root / "gongkai.toml")]
    assert not any(mode & 0o022 for mode in modes)
    assert stat.S_IMODE(office.data.stat().st_mode) == 0o700
    assert all(not p.stat().st_mode & 0o077 for p in office.data.iterdir())


def test_a_folder_that_was_open_to_others_is_shut(tmp_path) -> None:
    (tmp_path / "office/plugins").mkdir(parents=True)
    (tmp_path / "office").chmod(0o777)
    (tmp_path / "office/plugins").chmod(0o777)

    office = lay_out(tmp_path / "office", "", "张示例", "national_2019")

    assert not office.root.stat().st_mode & 0o022
    assert not office.plugin_folder.stat().st_mode & 0o022


def test_an_office_is_never_laid_out_over_another(tmp_path) -> None:
    settings = save(tmp_path / "office/gongkai.toml", b"# mine\n")

    with pytest.raises(ConfigurationError, match="已经是办公目录"):
        lay_out(tmp_path / "office", "", "张示例", "national_2019")

    assert settings.read_bytes() == b"# mine\n"
    assert list(settings.parent.iterdir()) == [settings]


def test_a_secrecy_officer_of_another_name_cannot_act_before_an_account_is_written(
    tmp_path,
) -> None:
    contacts = Contacts(secrecy_officer=Contact(name="李示例", phone="0000-1"))

    office = lay_out(tmp_path / "office", "", "张示例", "national_2019", contacts)

    admin, officer = office.settings.person
    assert (admin.name, admin.roles) == ("张示例", ("administrator", "office"))
    assert (officer.name, officer.roles, officer.accounts) == ("李示例", ("secrecy_officer",), ())


def test_a_terminal_is_asked_and_warned(tmp_path) -> None:
    answers = "示例局\n张示例\n\n李示例\n0000-1\n\n"

    ran = at_a_terminal(["init", tmp_path / "office"], answers)

    office = load_office(tmp_path / "office")
    assert ran.code == 0
    assert office.settings.organization.name == "示例局"
    assert office.settings.contacts.secrecy_officer.phone == "0000-1"
    assert "不用于处理国家秘密" in ran.out
    assert "[contacts]" in ran.out
    assert "李示例还没有写操作系统账号" in ran.out


def test_interrupting_the_questions_lays_out_nothing(tmp_path: Path) -> None:
    ran = at_a_terminal(["init", tmp_path / "office"], "示例局\n", interrupt_at="管理员姓名")

    assert ran.code == 2
    assert not (tmp_path / "office").exists()
