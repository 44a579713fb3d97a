"""``gongkai.toml``: what is wrong is named with its place and its way out, in one language."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.service.office import save
from gongkai.errors import ConfigurationError
from gongkai.messages import speaking
from gongkai.settings import Office, find_office, load_office, parse_settings, refuse_overlaps

MISTAKES = [
    pytest.param("profle = 'x'", ["profle", "profile"], id="unknown key"),
    pytest.param("[organization]\nnmae = 'x'", ["organization.nmae", "name"], id="in a table"),
    pytest.param("[[folder]]\npath='x'\nstge='draft'", ["stge", "stage"], id="in a list"),
    pytest.param("[[folder]]\nstage = 'draft'", ["folder.0.path"], id="a missing key"),
    pytest.param("[[folder]]\npath='x'\nstage='drft'", ["draft", "submitted"], id="no such stage"),
    pytest.param(
        "[[person]]\nname='x'\nroles=['ofice']",
        ["person.0.roles.0", "ofice", "office", "section_head"],
        id="no such role",
    ),
    pytest.param("[[person]]\nname='x'\n[[person]]\nname='x'", ["name", "x"], id="one name twice"),
    pytest.param(
        "[[person]]\nname='x'\naccounts=['a']\n[[person]]\nname='y'\naccounts=['a']",
        ["accounts", "a"],
        id="one account of two people",
    ),
    pytest.param(
        "[[person]]\nname='x'\nroles=['office', 'administrator']",
        ["x", "small_office"],
        id="roles that clash",
    ),
    pytest.param("language = 'fr'", ["language", "zh"], id="no such language"),
    pytest.param("profile = 3", ["profile"], id="a number for a text"),
    pytest.param("[watching]\nquiet = 'x'", ["watching.quiet"], id="a text for a number"),
    pytest.param("[watching]\nworkers = 0", ["watching.workers", "1"], id="too small"),
    pytest.param("[watching]\nworkers = 1.5", ["watching.workers"], id="no whole number"),
    pytest.param("person = 'x'", ["person"], id="a text for a list"),
    pytest.param("profile = \n", ["1"], id="a syntax error"),
    pytest.param("a = 1\nb == 2", ["2"], id="a syntax error in line 2"),
]


@pytest.mark.parametrize(("text", "named"), MISTAKES)
def test_a_mistake_is_named_with_file_key_and_way_out(text, named) -> None:
    with pytest.raises(ConfigurationError) as caught:
        parse_settings(text, "gongkai.toml")

    said = str(caught.value)
    assert [word for word in ["gongkai.toml", *named] if word not in said] == []


@pytest.mark.parametrize(("text", "named"), MISTAKES)
def test_no_sentence_mixes_the_languages(text, named) -> None:
    with pytest.raises(ConfigurationError) as caught:
        parse_settings(text, "gongkai.toml")

    with speaking("en"), pytest.raises(ConfigurationError) as in_english:
        parse_settings(text, "gongkai.toml")
    with speaking("en"):
        english = str(in_english.value)
    assert " should " not in str(caught.value)
    assert not any("\u4e00" <= c <= "\u9fff" for c in english)


def test_a_byte_order_mark_is_no_mistake(tmp_path) -> None:
    save(tmp_path / "gongkai.toml", "\ufefflanguage = 'en'\n".encode())

    assert load_office(tmp_path).settings.language == "en"


@pytest.mark.parametrize(
    ("path", "key"),
    [
        pytest.param("data", "folder_overlaps", id="the data folder"),
        pytest.param("plugins/x", "folder_overlaps", id="inside the plugin folder"),
        pytest.param(".", "folder_overlaps", id="the office folder"),
        pytest.param("..", "folder_overlaps", id="above the office folder"),
        pytest.param("link", "folder_overlaps", id="a link to the profiles"),
        pytest.param("送核", "folder_twice", id="the same folder twice"),
    ],
)
def test_a_watched_folder_never_overlaps_the_offices_own(tmp_path, path, key) -> None:
    (tmp_path / "profiles").mkdir()
    (tmp_path / "link").symlink_to("profiles")
    text = f"[[folder]]\npath = '送核'\n\n[[folder]]\npath = '{path}'\n"
    office = Office(tmp_path, parse_settings(text, "gongkai.toml"))

    with pytest.raises(ConfigurationError) as caught:
        refuse_overlaps(office)

    assert caught.value.key == key


def test_folders_inside_the_office_are_in_order(tmp_path) -> None:
    text = "[[folder]]\npath = '送核'\n\n[[folder]]\npath = '送核/科室'\n"

    refuse_overlaps(Office(tmp_path, parse_settings(text, "gongkai.toml")))


def test_the_nearest_office_upwards_is_found(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.delenv("GONGKAI_OFFICE", raising=False)
    save(tmp_path / "gongkai.toml", b"")
    inner = tmp_path / "送核/某件"
    inner.mkdir(parents=True)

    found = find_office(None, inner)

    assert found is not None
    assert found.root == tmp_path.resolve()


def test_a_small_office_may_give_one_person_every_role() -> None:
    text = "[[person]]\nname='x'\nroles=['office', 'administrator']\n"

    settings = parse_settings(text + "[people]\nsmall_office = true\n", "gongkai.toml")

    assert settings.people.small_office
