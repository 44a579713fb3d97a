"""docs/plugins.md says what the code says: every hook, word for word, with an example that runs."""

from __future__ import annotations

import doctest
import inspect
import re
import tomllib
from pathlib import Path

import pytest

from gongkai import hookspecs
from gongkai.hosting.answers import FailureKind

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "plugins.md"
HOOKS = [name for name, item in vars(hookspecs).items() if hasattr(item, "gongkai_spec")]
HEADINGS = ("Called:", "Combined:", "Abstain:", "On error:", "Must not:", "Since:")
EXAMPLES = sorted((ROOT / "examples").glob("*.py"))


def blocks(language: str) -> list[str]:
    text = DOCUMENT.read_text("utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("hook", HOOKS)
def test_a_hook_states_its_contract(hook: str) -> None:
    text = inspect.getdoc(getattr(hookspecs, hook)) or ""

    stated = [heading for heading in HEADINGS if f"\n{heading}" in text]

    assert stated == list(HEADINGS)


@pytest.mark.parametrize("hook", HOOKS)
def test_a_hook_is_documented_word_for_word(hook: str) -> None:
    source = inspect.getsource(getattr(hookspecs, hook))

    assert source in blocks("python"), f"docs/plugins.md, ### {hook}: paste\n{source}"


def test_hooks_are_documented_in_the_order_a_document_meets_them() -> None:
    assert re.findall(r"^### (\w+)$", DOCUMENT.read_text("utf-8"), re.MULTILINE) == HOOKS


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda file: file.stem)
def test_an_example_stands_in_the_document_as_it_runs(example: Path) -> None:
    source = example.read_text("utf-8")

    assert source in blocks("python"), f"docs/plugins.md: paste examples/{example.name}"
    assert f"`examples/{example.name}`" in DOCUMENT.read_text("utf-8")


@pytest.mark.parametrize("hook", HOOKS)
def test_every_hook_has_an_example(hook: str) -> None:
    having = [
        file.stem for file in EXAMPLES if f"@hookimpl\ndef {hook}(" in file.read_text("utf-8")
    ]

    assert len(having) == 1


def test_every_kind_of_failure_is_explained() -> None:
    explained = re.findall(r"^\| `(\w+)` \|", DOCUMENT.read_text("utf-8"), re.MULTILINE)

    assert set(explained) == set(FailureKind)


def test_the_sessions_in_the_document_run_as_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ROOT / "examples")

    result = doctest.testfile(str(DOCUMENT), module_relative=False, encoding="utf-8")

    assert (result.failed, result.attempted > 0) == (0, True)


@pytest.mark.parametrize("block", range(len(blocks("toml"))))
def test_the_settings_in_the_document_can_be_parsed(block: int) -> None:
    assert tomllib.loads(blocks("toml")[block])
