"""Every example does what it says, installed as an office would: as one allowed file."""

from __future__ import annotations

import shutil
from importlib import import_module
from pathlib import Path

import pytest
from click import Command as ClickCommand
from click.testing import CliRunner

from gongkai.host import Host
from gongkai.hosting.allowance import allow
from gongkai.hosting.discovery import PluginState
from gongkai.model.attribute import DisclosureAttribute
from gongkai.model.content import Format, Part
from gongkai.model.determination import SourceStatus
from gongkai.model.reading import TriggerCode
from gongkai.settings import load_office
from gongkai.testing import (
    a_bundle,
    a_citation,
    a_move,
    a_profile,
    a_reading,
    an_event,
)

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def plugins(tmp_path: Path) -> Path:
    folder = tmp_path / "plugins"
    folder.mkdir(mode=0o755)
    (tmp_path / "gongkai.toml").touch(mode=0o644)
    return folder


def installed(plugins: Path, example: str) -> Host:
    file = plugins / f"{example}.py"
    shutil.copyfile(EXAMPLES / file.name, file)
    file.chmod(0o644)
    allow(load_office(plugins.parent), file)
    return Host.assemble(load_office(plugins.parent), built_ins=(), packages=())


@pytest.mark.parametrize("example", sorted(file.stem for file in EXAMPLES.glob("*.py")))
def test_every_example_can_be_installed(plugins: Path, example: str) -> None:
    (info,) = installed(plugins, example).plugins()

    assert (info.name, info.state, info.why) == (example, PluginState.READY, "")


def test_duty_rosters_are_seen_with_their_place(plugins: Path) -> None:
    bundle = a_bundle("国庆值班安排\n附值班表", "附件1：值班表")

    (told,) = installed(plugins, "duty_rosters").observe(bundle, a_profile()).values

    found = [(t.code, t.span.place, t.span.text, t.subject) for t in told.triggers if t.span]
    assert found == [
        (TriggerCode.INTERNAL_MATTER, "line1", "值班安排", True),
        (TriggerCode.INTERNAL_MATTER, "line2", "值班表", False),
        (TriggerCode.INTERNAL_MATTER, "attachment1/line1", "值班表", True),
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("示例市劳动局文件\n经示例市劳动局研究", 2, id="twice in a paper, one finding"),
        pytest.param("示例市劳动竞赛", 0, id="a name that only begins alike"),
        pytest.param("", 0, id="an empty paper"),
    ],
)
def test_former_names_are_one_finding(plugins: Path, text: str, count: int) -> None:
    host = installed(plugins, "former_names")

    (findings,) = host.check_bundle(a_bundle(text), a_reading(), a_profile()).values

    assert [finding.count for finding in findings] == ([count] if count else [])


def test_web_pages_are_read_with_what_they_hide(plugins: Path) -> None:
    page = "<h1>通知</h1><script>内部</script><!-- 批注 --><p>各区县：</p>".encode()
    host = installed(plugins, "web_pages")

    told = host.read_content(page, "通知.html", Format.HTML)

    (content,) = told.values
    assert [(b.text, b.printed) for b in content.blocks if b.part is Part.BODY] == [
        ("通知", True),
        ("内部", False),
        ("批注", False),
        ("各区县：", True),
    ]
    assert not host.read_content(b"\xff\xfe\xfd", "x.html", Format.HTML).values[0].readable
    assert host.read_content(page, "通知.ofd", Format.OFD).first is None


@pytest.mark.parametrize(
    ("number", "status", "attribute"),
    [
        pytest.param(
            "示发〔2026〕1号",
            SourceStatus.LABELLED,
            DisclosureAttribute.ON_REQUEST,
            id="labelled",
        ),
        pytest.param("示发〔2026〕2号", SourceStatus.UNLABELLED, None, id="not labelled"),
    ],
)
def test_the_oa_list_knows_a_source(
    plugins: Path, number: str, status: SourceStatus, attribute: DisclosureAttribute | None
) -> None:
    (plugins / "oa_list.csv").write_text(
        "doc_number,title,issuer,signed_date,attribute\n"
        "示发〔2026〕1号,关于甲的通知,示例市政府,2026-01-05,ON_REQUEST\n"
        "示发〔2026〕2号,关于乙的通知,示例市政府,2026-01-06,\n",
        "utf-8",
    )
    host = installed(plugins, "oa_list")

    (source,) = host.resolve_source(a_citation(doc_number=number)).values

    assert (source.status, source.attribute) == (status, attribute)
    assert host.resolve_source(a_citation(doc_number="示发〔2026〕9号")).first is None


@pytest.mark.parametrize(
    ("target", "role", "attribute", "allowed"),
    [
        pytest.param("approved", "leader", DisclosureAttribute.PROACTIVE, True, id="a leader"),
        pytest.param("approved", "office", DisclosureAttribute.PROACTIVE, False, id="the office"),
        pytest.param("approved", "office", DisclosureAttribute.NOT_DISCLOSED, True, id="kept"),
        pytest.param("registered", "office", DisclosureAttribute.PROACTIVE, True, id="later"),
    ],
)
def test_a_leader_decides(
    plugins: Path, target: str, role: str, attribute: DisclosureAttribute, allowed: bool
) -> None:
    host = installed(plugins, "leader_decides")

    ruling = host.guard_transition(a_move(target, role=role, attribute=attribute))

    assert ruling.allowed == allowed


def test_an_event_told_twice_is_listed_once(plugins: Path) -> None:
    host = installed(plugins, "event_list")

    for event in (an_event("judged"), an_event("stamped"), an_event("judged")):
        assert host.on_event(event) == ()

    lines = (plugins / "event_list.tsv").read_text("utf-8").splitlines()
    assert [line.split("\t")[1] for line in lines] == ["judged", "stamped"]


def test_a_command_of_a_file_is_found_by_its_path(plugins: Path, tmp_path: Path) -> None:
    (added,) = installed(plugins, "count_characters").commands().values
    module, _, name = added[0].path.partition(":")
    command: ClickCommand = getattr(import_module(module), name)
    file = tmp_path / "a.txt"
    file.write_text("各区县：\n好", "utf-8")

    done = CliRunner().invoke(command, [str(file)])

    assert (added[0].name, done.output) == ("count", "5\n")


def test_a_table_bears_its_plugin_s_name(plugins: Path) -> None:
    (answer,) = installed(plugins, "follow_up").tables()

    module, _, name = answer.value[0].partition(":")
    assert list(getattr(import_module(module), name).tables) == ["follow_up_note"]
