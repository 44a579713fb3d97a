"""The host keeps its promises when a plugin does not."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from faults import exits, hangs, raises, works, wrong_type
from gongkai import hookimpl
from gongkai.errors import ConfigurationError, PluginError
from gongkai.hookspecs import Command
from gongkai.host import BUILT_INS, Host
from gongkai.hosting.answers import FailureKind, blamed
from gongkai.hosting.discovery import BuiltIn, PluginState
from gongkai.model.bundle import Bundle
from gongkai.model.content import Format
from gongkai.model.determination import Source, SourceStatus
from gongkai.model.move import Allow, Refuse
from gongkai.model.reading import Observations
from gongkai.testing import (
    a_bundle,
    a_citation,
    a_move,
    a_profile,
    a_reading,
    an_event,
    host_with,
)
from gongkai.workers import Crew, LossKind, WorkerLost

QUOTED = "words of the document"

Ask = Callable[[Host], object]

BUNDLE = a_bundle("关于示例工作的通知")


class Sees:
    def __init__(self, component: str) -> None:
        self.component = component

    @hookimpl
    def observe(self, bundle: Bundle) -> Observations:
        return Observations(components=(self.component,))


class Guard:
    def __init__(self, answer: object) -> None:
        self.answer = answer

    @hookimpl
    def guard_transition(self) -> object:
        return self.answer


class Knows:
    def __init__(self, answer: object) -> None:
        self.answer = answer
        self.asked = 0

    @hookimpl
    def resolve_source(self) -> object:
        self.asked += 1
        return self.answer


def a_source(id: str) -> Source:
    return Source(id, "", "", "", "", SourceStatus.UNLABELLED, None)


def test_plugins_are_asked_in_order_of_name_and_answers_carry_it() -> None:
    host = host_with(zeta=Sees("z"), alpha=Sees("a"), mid=Sees("m"))

    told = host.observe(BUNDLE, a_profile())

    assert [(a.plugin, a.value.components) for a in told.answers] == [
        ("alpha", ("a",)),
        ("mid", ("m",)),
        ("zeta", ("z",)),
    ]


@pytest.mark.parametrize(
    ("faulty", "kind", "detail"),
    [
        pytest.param(raises, FailureKind.RAISED, "ValueError (raises.py:", id="raises"),
        pytest.param(exits, FailureKind.RAISED, "SystemExit (exits.py:", id="calls sys.exit()"),
        pytest.param(
            wrong_type,
            FailureKind.WRONG_TYPE,
            ".entities[0].kind: str, not EntityKind",
            id="answers with a wrong field deep inside",
        ),
    ],
)
def test_a_faulty_observer_does_not_hide_what_the_others_saw(
    faulty: object, kind: FailureKind, detail: str
) -> None:
    told = host_with(faulty=faulty, works=works).observe(BUNDLE, a_profile())

    assert [answer.plugin for answer in told.answers] == ["works"]
    (failure,) = told.failures
    assert (failure.plugin, failure.hook, failure.kind) == ("faulty", "observe", kind)
    assert failure.detail.startswith(detail)
    assert failure == told.failed("faulty")


@pytest.mark.parametrize("faulty", [raises, wrong_type], ids=["raises", "wrong type"])
@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(
            lambda host: host.read_content(QUOTED.encode(), "a.ofd", Format.OFD).failures,
            id="read_content",
        ),
        pytest.param(lambda host: host.observe(BUNDLE, a_profile()).failures, id="observe"),
        pytest.param(lambda host: host.resolve_source(a_citation()).failures, id="resolve_source"),
        pytest.param(
            lambda host: host.check_bundle(BUNDLE, a_reading(), a_profile()).failures,
            id="check_bundle",
        ),
        pytest.param(
            lambda host: host.guard_transition(a_move("approved")).failures,
            id="guard_transition",
        ),
        pytest.param(lambda host: host.on_event(an_event("judged")), id="on_event"),
        pytest.param(lambda host: host.commands().failures, id="commands"),
    ],
)
def test_a_failure_of_any_hook_is_named_and_quotes_nothing(
    faulty: object, ask: Callable[[Host], Sequence[object]]
) -> None:
    (failure,) = ask(host_with(faulty=faulty))

    assert QUOTED not in repr(failure)
    assert "faulty" in str(failure.text)  # type: ignore[attr-defined]


@pytest.mark.parametrize("faulty", [raises, wrong_type], ids=["raises", "wrong type"])
def test_tables_a_plugin_cannot_name_keep_the_database_shut(faulty: object) -> None:
    with pytest.raises(PluginError, match="faulty"):
        host_with(faulty=faulty, works=works).tables()


def test_a_plugin_that_has_nothing_to_say_is_known_to_have_been_asked() -> None:
    told = host_with(works=works).read_content(b"", "a.ofd", Format.OFD)

    assert (told.first, told.abstained, told.failures) == (None, ("works",), ())


def test_the_first_plugin_that_knows_a_source_is_believed_and_no_other_asked() -> None:
    silent, first, second = Knows(None), Knows(a_source("1")), Knows(a_source("2"))

    told = host_with(a=silent, b=first, c=second).resolve_source(a_citation())

    assert told.values == (a_source("1"),)
    assert (silent.asked, second.asked) == (1, 0)


def test_a_plugin_that_fails_leaves_the_source_unknown() -> None:
    told = host_with(a=raises, b=Knows(a_source("2"))).resolve_source(a_citation())

    assert told.answers == ()
    assert told.failed("a")


@pytest.mark.parametrize(
    ("guards", "required", "reasons"),
    [
        pytest.param({}, (), [], id="no guard, none required"),
        pytest.param({"a": Guard(Allow())}, ("a",), [], id="the required guard allows"),
        pytest.param({"a": Guard(None)}, (), [], id="a guard abstains"),
        pytest.param({"a": Guard(None)}, ("a",), ["a"], id="the required guard abstains"),
        pytest.param({}, ("a",), ["a"], id="the required guard is not installed"),
        pytest.param({"a": Sees("x")}, ("a",), ["a"], id="the required plugin has no guard"),
        pytest.param({"a": Guard(Allow())}, ("x:a",), ["x:a"], id="another distribution's guard"),
        pytest.param(
            {"a": Guard(Refuse("甲")), "b": Guard(Allow()), "c": Guard(Refuse("丙"))},
            (),
            ["a", "c"],
            id="all refusals are shown",
        ),
        pytest.param({"a": raises}, (), ["a"], id="a guard raises"),
        pytest.param({"a": exits}, (), ["a"], id="a guard calls sys.exit()"),
        pytest.param({"a": hangs}, (), ["a"], id="a guard hangs"),
        pytest.param({"a": wrong_type}, (), ["a"], id="a guard answers True"),
    ],
)
def test_a_move_goes_on_only_when_every_guard_lets_it(
    guards: dict[str, object], required: tuple[str, ...], reasons: list[str]
) -> None:
    ruling = Host.of(guards, time_limit=0.2).guard_transition(a_move("approved"), required)

    assert [reason.plugin for reason in ruling.reasons] == reasons
    assert ruling.allowed == (not reasons)


def test_the_reason_of_a_guard_is_shown_as_it_is() -> None:
    ruling = host_with(a=Guard(Refuse("请先报签发人审定。"))).guard_transition(a_move("approved"))

    assert [reason.reason for reason in ruling.reasons] == ["请先报签发人审定。"]


def test_a_plugin_that_hangs_is_switched_off_until_the_next_start() -> None:
    host = host_with(time_limit=0.2, hangs=hangs, works=works)
    (first,) = host.on_event(an_event("judged"))

    begun = time.monotonic()
    (second,) = host.on_event(an_event("judged"))

    assert (first.kind, second.kind) == (FailureKind.HUNG, FailureKind.HUNG)
    assert time.monotonic() - begun < 0.2
    assert [p.state for p in host.plugins()] == [PluginState.OFF, PluginState.READY]


@pytest.mark.parametrize("fault", ["hangs", "dies"])
def test_a_plugin_that_costs_its_worker_is_known_and_can_be_left_out(fault: str) -> None:
    with Crew[set[str], object]("faults.observers:Observers", setup=fault, wall=1.0) as crew:
        with pytest.raises(WorkerLost) as caught:
            crew.submit(set()).result()

        assert blamed(caught.value.last_announcement) == ("faulty", "observe")
        assert caught.value.kind in (LossKind.DIED, LossKind.TIMED_OUT)

        told = crew.submit({"faulty"}).result()

    assert [answer.plugin for answer in told.answers] == ["works"]  # type: ignore[attr-defined]
    assert [f.kind for f in told.failures] == [FailureKind.KILLED]  # type: ignore[attr-defined]


def test_a_plugin_that_eats_memory_loses_its_own_answer_only() -> None:
    with Crew[set[str], object](
        "faults.observers:Observers", setup="eats_memory", memory=1 << 29
    ) as crew:
        told = crew.submit(set()).result()

    assert [answer.plugin for answer in told.answers] == ["works"]  # type: ignore[attr-defined]
    assert told.failures[0].detail.startswith("MemoryError")  # type: ignore[attr-defined]


def test_a_supervisor_is_told_which_plugin_is_entered_and_when_it_is_left() -> None:
    heard: list[str] = []

    host_with(a=works, b=works).supervised(heard.append).observe(BUNDLE, a_profile())

    assert [blamed(text) for text in heard] == [("a", "observe"), None, ("b", "observe"), None]


class Adds:
    def __init__(self, *names: str) -> None:
        self.names = names

    @hookimpl
    def commands(self) -> list[Command]:
        return [Command(name, "package.module:command", "示例命令") for name in self.names]


def test_one_command_of_two_plugins_is_a_configuration_error() -> None:
    assert len(host_with(a=Adds("x"), b=Adds("y")).commands().answers) == 2

    with pytest.raises(ConfigurationError) as caught:
        host_with(a=Adds("x"), b=Adds("y", "x")).commands()

    assert caught.value.values == {"command": "x", "first": "a", "second": "b"}


class Misspelt:
    @hookimpl
    def obsreve(self, bundle: Bundle) -> None: ...


class Unknown:
    @hookimpl
    def observe(self, document: Bundle) -> None: ...


class Twice:
    @hookimpl(specname="observe")
    def first(self) -> Observations:
        return Observations()

    @hookimpl(specname="observe")
    def second(self) -> Observations:
        return Observations()


@pytest.mark.parametrize(
    ("plugin", "kind", "detail"),
    [
        pytest.param(Misspelt(), FailureKind.REFUSED, "obsreve", id="a hook that does not exist"),
        pytest.param(Unknown(), FailureKind.REFUSED, "document", id="an argument that does not"),
        pytest.param(Twice(), FailureKind.WRONG_TYPE, "2 answers", id="two answers of one plugin"),
    ],
)
def test_a_plugin_that_does_not_fit_is_refused_alone(
    plugin: object, kind: FailureKind, detail: str
) -> None:
    told = host_with(misfit=plugin, works=works).observe(BUNDLE, a_profile())

    assert [answer.plugin for answer in told.answers] == ["works"]
    assert told.failures[0].kind is kind
    assert detail in told.failures[0].detail


def test_a_built_in_is_imported_when_one_of_its_hooks_is_called_and_not_before() -> None:
    program = """
        import sys
        from gongkai.host import Host
        from gongkai.hosting.discovery import BuiltIn
        built_in = BuiltIn("late", "faults.works", frozenset({"observe"}))
        host = Host.assemble(None, built_ins=[built_in], packages=[])
        host.commands()
        assert "faults.works" not in sys.modules
        assert host.observe(None, None).answers
    """
    code = "\n".join(line.strip() for line in program.splitlines())

    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": ":".join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")


def test_the_command_line_imports_no_classifiers() -> None:
    code = "import sys, gongkai.host as h; h.Host.assemble(None).commands()\n"
    code += "assert not {'spacy', 'gongkai_classifiers'} & set(sys.modules)"

    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": ":".join(filter(None, sys.path))},
        check=False,
    )

    assert done.returncode == 0


@pytest.mark.parametrize(
    ("module", "kind"),
    [
        pytest.param("faults.nowhere", FailureKind.MISSING, id="not installed"),
        pytest.param("faults.tasks:x", FailureKind.MISSING, id="not a module"),
    ],
)
def test_a_built_in_that_is_not_there_is_absent_and_shown(module: str, kind: FailureKind) -> None:
    built_in = BuiltIn("classifiers", module, frozenset({"observe"}))
    host = Host.assemble(None, built_ins=[built_in], packages=[])

    told = host.observe(BUNDLE, a_profile())

    assert [(f.plugin, f.kind) for f in told.failures] == [("classifiers", kind)]
    assert [f.plugin for f in host.absent(["classifiers", "nobody"])] == ["classifiers", "nobody"]
    assert [info.state for info in host.plugins()] == [PluginState.MISSING]


def test_built_ins_say_truly_which_hooks_they_have() -> None:
    for built_in in BUILT_INS:
        (info,) = Host.assemble(None, built_ins=[built_in], packages=[]).plugins()

        assert (info.state, set(info.hooks)) == (PluginState.READY, built_in.hooks)


def test_installed_packages_are_found_by_their_entry_point(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = tmp_path / "county_oa-1.2.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text("Name: county-oa\nVersion: 1.2\n", "utf-8")
    (installed / "entry_points.txt").write_text("[gongkai]\noa = faults.works\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)

    host = Host.assemble(None, built_ins=())

    (info,) = (info for info in host.plugins() if info.name == "oa")
    assert (info.distribution, info.version, info.origin) == ("county-oa", "1.2", "package")
    assert info.hooks == ("guard_transition", "observe", "read_content")
    assert host.guard_transition(a_move("approved"), ["County_OA:oa"]).allowed
    assert not host.guard_transition(a_move("approved"), ["other:oa"]).allowed


def test_a_second_claimant_of_a_name_is_refused() -> None:
    packages = [EntryPoint("works", value, "gongkai") for value in ("faults.works", "faults.exits")]
    built_in = BuiltIn("works", "faults.works", frozenset({"observe"}))

    host = Host.assemble(None, built_ins=[built_in], packages=packages)

    assert [info.state for info in host.plugins()] == [
        PluginState.READY,
        PluginState.REFUSED,
        PluginState.REFUSED,
    ]
    assert len(host.observe(BUNDLE, a_profile()).answers) == 1
