"""A file in the plugin folder runs only as the very bytes the office allowed."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.errors import ConfigurationError
from gongkai.host import Host
from gongkai.hosting.allowance import allow, allowance, digest
from gongkai.hosting.answers import FailureKind
from gongkai.hosting.discovery import PluginState
from gongkai.settings import Office, load_office
from gongkai.testing import a_bundle, a_move, a_profile

PLUGIN = b"""
from __future__ import annotations
from dataclasses import dataclass
from gongkai import hookimpl
from gongkai.model.reading import Observations

@dataclass(slots=True)
class Seen:
    name: str

@hookimpl
def observe(bundle) -> Observations:
    return Observations(components=(Seen(__name__).name,))
"""


@pytest.fixture
def office(tmp_path: Path) -> Office:
    root = tmp_path / "office"
    plugins = root / "plugins"
    plugins.mkdir(parents=True)
    for folder in (root, plugins):
        folder.chmod(0o755)
    write(root / "gongkai.toml", b"")
    write(plugins / "hello.py", PLUGIN)
    return load_office(root)


def write(file: Path, data: bytes) -> None:
    file.write_bytes(data)
    file.chmod(0o644)


def configured(office: Office, text: str) -> Office:
    write(office.root / "gongkai.toml", text.encode())
    return load_office(office.root)


def allowed(office: Office) -> Office:
    return configured(office, f'[plugins.allowed]\nhello = "{digest(PLUGIN)}"\n')


def assembled(office: Office) -> Host:
    return Host.assemble(office, built_ins=(), packages=())


def test_a_file_that_was_not_allowed_waits_and_disturbs_nobody(office: Office) -> None:
    host = assembled(office)

    (info,) = host.plugins()
    told = host.observe(a_bundle("通知"), a_profile())
    assert info.state is PluginState.WAITING
    assert "gongkai plugins allow" in info.why
    assert (told.answers, told.failures) == ((), ())


def test_an_allowed_file_answers_under_its_name(office: Office) -> None:
    host = assembled(allowed(office))

    (answer,) = host.observe(a_bundle("通知"), a_profile()).answers

    (info,) = host.plugins()
    assert answer.plugin == "hello"
    assert (info.state, info.origin, info.hooks) == (PluginState.READY, "file", ("observe",))


def test_the_bytes_that_run_are_the_bytes_that_were_hashed(office: Office) -> None:
    host = assembled(allowed(office))
    write(office.plugin_folder / "hello.py", b"raise SystemExit")

    told = host.observe(a_bundle("通知"), a_profile())

    assert len(told.answers) == 1


def changed(office: Office) -> None:
    write(office.plugin_folder / "hello.py", PLUGIN + b"# one line more\n")


def open_file(office: Office) -> None:
    (office.plugin_folder / "hello.py").chmod(0o646)


def open_to_the_group(office: Office) -> None:
    (office.plugin_folder / "hello.py").chmod(0o664)


def open_folder(office: Office) -> None:
    office.plugin_folder.chmod(0o777)


def open_office(office: Office) -> None:
    office.root.chmod(0o757)


def open_settings(office: Office) -> None:
    (office.root / "gongkai.toml").chmod(0o666)


def a_link(office: Office) -> None:
    (office.plugin_folder / "hello.py").rename(office.root / "elsewhere.py")
    (office.plugin_folder / "hello.py").symlink_to(office.root / "elsewhere.py")


def too_large(office: Office) -> None:
    write(office.plugin_folder / "hello.py", PLUGIN + b"#" * 1_000_000)


@pytest.mark.parametrize(
    "meddle",
    [
        pytest.param(changed, id="changed after it was allowed"),
        pytest.param(open_file, id="others can write the file"),
        pytest.param(open_to_the_group, id="the group can write the file"),
        pytest.param(open_folder, id="others can write the plugin folder"),
        pytest.param(open_office, id="others can write the office folder"),
        pytest.param(open_settings, id="others can write gongkai.toml"),
        pytest.param(a_link, id="a link to a file elsewhere"),
        pytest.param(too_large, id="too large to be one file"),
    ],
)
def test_a_file_that_can_no_longer_be_trusted_is_refused_and_shown(
    office: Office, meddle: object
) -> None:
    office = allowed(office)
    meddle(office)  # type: ignore[operator]

    host = assembled(office)

    (info,) = host.plugins()
    told = host.observe(a_bundle("通知"), a_profile())
    assert (info.state, bool(info.why)) == (PluginState.REFUSED, True)
    assert [failure.kind for failure in told.failures] == [FailureKind.REFUSED]
    assert info.why in told.failures[0].text
    assert not host.guard_transition(a_move("approved")).allowed


def test_an_allowed_file_that_is_gone_is_shown(office: Office) -> None:
    office = allowed(office)
    (office.plugin_folder / "hello.py").unlink()

    (info,) = assembled(office).plugins()

    assert (info.name, info.state) == ("hello", PluginState.MISSING)


def test_a_disabled_plugin_is_silent_unless_it_is_required(office: Office) -> None:
    text = f'[plugins]\ndisabled = ["hello"]\n[plugins.allowed]\nhello = "{digest(PLUGIN)}"\n'
    host = assembled(configured(office, text))

    told = host.observe(a_bundle("通知"), a_profile())

    assert (told.answers, told.failures) == ((), ())
    assert [info.state for info in host.plugins()] == [PluginState.DISABLED]
    assert [failure.plugin for failure in host.absent(["hello"])] == ["hello"]


def test_a_file_that_cannot_be_loaded_is_broken_and_its_guard_stays_shut(office: Office) -> None:
    source = b"import no_such_module_at_all\n"
    write(office.plugin_folder / "hello.py", source)
    host = assembled(configured(office, f'[plugins.allowed]\nhello = "{digest(source)}"\n'))

    ruling = host.guard_transition(a_move("approved"))

    assert not ruling.allowed
    assert "no_such_module_at_all" in ruling.reasons[0].reason


def test_asking_what_would_be_allowed_writes_nothing(office: Office) -> None:
    granted = allowance(office, office.plugin_folder / "hello.py")

    assert granted.line == f'hello = "{digest(PLUGIN)}"'
    assert (office.root / "gongkai.toml").read_bytes() == b""


ALLOWED = f'hello = "{digest(PLUGIN)}"'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("", f"\n[plugins.allowed]\n{ALLOWED}\n", id="empty settings"),
        pytest.param(
            '# 本机关\nlanguage = "zh"',
            f'# 本机关\nlanguage = "zh"\n\n[plugins.allowed]\n{ALLOWED}\n',
            id="no table yet, no line feed at the end, a comment",
        ),
        pytest.param(
            '[plugins.allowed] # 已核\nother = "00"\n\n[watching]\nquiet = 3\n',
            f'[plugins.allowed] # 已核\n{ALLOWED}\nother = "00"\n\n[watching]\nquiet = 3\n',
            id="a table with another plugin and a table behind it",
        ),
        pytest.param(
            '[plugins.allowed]\n"hello" = "00" # 旧\nother = "00"\n',
            f'[plugins.allowed]\n{ALLOWED}\nother = "00"\n',
            id="an older version of the same plugin",
        ),
        pytest.param(
            "[plugins]\r\nrequired = []\r\n",
            f"[plugins]\r\nrequired = []\r\n\r\n[plugins.allowed]\r\n{ALLOWED}\r\n",
            id="line ends of Windows",
        ),
    ],
)
def test_allowing_adds_one_line_and_leaves_the_rest(
    office: Office, before: str, after: str
) -> None:
    office = configured(office, before)

    allow(office, office.plugin_folder / "hello.py")

    settings = office.root / "gongkai.toml"
    assert settings.read_bytes().decode() == after
    assert settings.stat().st_mode & 0o777 == 0o644
    assert [info.state for info in assembled(load_office(office.root)).plugins()][:1] == [
        PluginState.READY
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('[plugins]\nallowed = { other = "00" }\n', id="an inline table"),
        pytest.param('[plugins]\nallowed.other = "00"\n', id="dotted keys"),
        pytest.param(
            '[organization]\nname = """\n[plugins.allowed]\n"""\n', id="a table within a string"
        ),
    ],
)
def test_settings_that_cannot_be_changed_safely_are_left_to_the_user(
    office: Office, text: str
) -> None:
    office = configured(office, text)

    with pytest.raises(ConfigurationError) as caught:
        allow(office, office.plugin_folder / "hello.py")

    assert ALLOWED in str(caught.value)
    assert (office.root / "gongkai.toml").read_text("utf-8") == text


def test_a_name_in_chinese_is_a_name(office: Office) -> None:
    file = office.plugin_folder / "问候.py"
    write(file, PLUGIN)

    allow(office, file)

    host = assembled(load_office(office.root))
    assert [a.plugin for a in host.observe(a_bundle("通知"), a_profile()).answers] == ["问候"]


@pytest.mark.parametrize(
    ("name", "mode", "key"),
    [
        pytest.param("../hello.py", 0o644, "plugin_elsewhere", id="outside the plugin folder"),
        pytest.param("hello.txt", 0o644, "plugin_elsewhere", id="not a Python file"),
        pytest.param("my-plugin.py", 0o644, "plugin_name", id="no identifier"),
        pytest.param("open.py", 0o666, "plugin_writable", id="others can change it"),
        pytest.param("missing.py", None, "plugin_unreadable", id="no such file"),
    ],
)
def test_what_cannot_be_trusted_cannot_be_allowed(
    office: Office, name: str, mode: int | None, key: str
) -> None:
    file = office.plugin_folder / name
    if mode is not None:
        write(file, PLUGIN)
        file.chmod(mode)

    with pytest.raises(ConfigurationError) as caught:
        allow(office, file)

    assert caught.value.key == key
    assert file.name in str(caught.value)
