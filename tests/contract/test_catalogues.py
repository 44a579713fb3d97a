"""The catalogues say the same in both languages, all that the code asks for, in allowed words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from string import Formatter
from typing import NamedTuple

import pytest
from babel.messages.pofile import read_po

from gongkai import errors
from gongkai.hosting.answers import FailureKind
from gongkai.hosting.discovery import Origin, PluginState
from gongkai.model.attribute import Outcome, Severity, Stage
from gongkai.model.content import NoteCode
from gongkai.model.finding import BasisLevel, FindingCode
from gongkai.model.reading import ElementName
from gongkai.model.verdict import Confidence
from gongkai.policy.decision import OVERLAY
from gongkai.policy.profile import load_profile
from gongkai.store.checkpoint_trust import DoubtCode
from gongkai.store.quarantine import Status
from gongkai.store.verification import ProblemCode
from gongkai.watch.ignore import Reason
from gongkai.watch.roots import RootState
from starred_levels import LEVELS

ROOT = Path(__file__).parents[2]
SOURCES = [ROOT / name for name in ("core", "classifiers", "plugins", "integrations")]
LOCALE = ROOT / "core" / "gongkai" / "locale"
CHINESE, ENGLISH = LOCALE / "zh_CN", LOCALE / "en"
OF_PLUGINS = sorted(ROOT.glob("plugins/gongkai_plugins/*/locale"))
"""A plugin's words lie in its own package; a key then begins with the package and a colon."""
CATALOGUES = [
    str(path.relative_to(ROOT))
    for locale in (LOCALE, *OF_PLUGINS)
    for path in sorted((locale / "zh_CN").glob("*.po"))
]
TERMS = ROOT / "docs" / "terms.md"
CHINESE_PAGES = [ROOT / "core/gongkai/data/office.toml", ROOT / "README.zh-CN.md"]


def messages(path: Path) -> dict[str, str]:
    with path.open("rb") as stream:
        return {str(m.id): str(m.string) for m in read_po(stream) if m.id}


def all_messages(folder: Path) -> dict[str, str]:
    own = {
        f"{path.stem}.{key}": text
        for path in sorted(folder.glob("*.po"))
        for key, text in messages(path).items()
    }
    for locale in OF_PLUGINS:
        package = ".".join(locale.parent.relative_to(ROOT / "plugins").parts)
        added = messages(locale / folder.name / "messages.po")
        own |= {f"{package}:{key}": text for key, text in added.items()}
    return own


def both(name: str) -> tuple[dict[str, str], dict[str, str]]:
    """One catalogue in Chinese and in English."""
    chinese = ROOT / name
    return messages(chinese), messages(chinese.parents[1] / "en" / chinese.name)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def table(heading: str) -> list[list[str]]:
    """The rows of the first table under a heading of the terms page."""
    section = TERMS.read_text("utf-8").split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    rows = [line for line in section.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[1:]]


NEVER = [word for row in table("Words on the screen") for word in row[2].split("、")]
RIGHT = [row[0] for row in table("Where such a word is right")]


def offending(text: str) -> list[str]:
    """Words of the last column, and the other things no message says, in a Chinese text."""
    for words in RIGHT:
        text = text.replace(words, "")
    found = [word for word in NEVER if word in text]
    found += [sign for sign in ("您", "！", "!") if sign in text]
    return found + [level for level in LEVELS if re.search(level + r"[\u2605\u2606*]", text)]


@pytest.mark.parametrize("name", CATALOGUES)
def test_both_languages_have_the_same_keys(name: str) -> None:
    chinese, english = both(name)

    assert chinese.keys() == english.keys()


def test_both_languages_have_the_same_catalogues() -> None:
    english = [
        str(path.relative_to(ROOT)).replace("/en/", "/zh_CN/")
        for locale in (LOCALE, *OF_PLUGINS)
        for path in sorted((locale / "en").glob("*.po"))
    ]

    assert english == CATALOGUES


@pytest.mark.parametrize("name", CATALOGUES)
def test_both_languages_fill_the_same_placeholders(name: str) -> None:
    chinese, english = both(name)

    differing = [k for k in chinese if placeholders(chinese[k]) != placeholders(english[k])]

    assert differing == []


@pytest.mark.parametrize("name", CATALOGUES)
def test_no_message_is_empty_in_one_language_only(name: str) -> None:
    chinese, english = both(name)

    assert [key for key in chinese if bool(chinese[key]) != bool(english[key])] == []


@pytest.mark.parametrize("name", CATALOGUES)
def test_no_chinese_message_says_what_is_never_said(name: str) -> None:
    said = {key: offending(text) for key, text in both(name)[0].items()}

    assert {key: words for key, words in said.items() if words} == {}


@pytest.mark.parametrize("page", CHINESE_PAGES, ids=lambda page: page.name)
def test_no_chinese_page_says_it_either(page: Path) -> None:
    lines = re.sub(r"```.*?```|`[^`]*`|!\[", "", page.read_text("utf-8"), flags=re.DOTALL)

    assert {line: offending(line) for line in lines.splitlines() if offending(line)} == {}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("本件违规", id="a word of the last column"),
        pytest.param("请您修改", id="您"),
        pytest.param("请修改！", id="exclamation mark"),
        pytest.param("发现" + LEVELS[1] + "*长期", id="level and star"),
    ],
)
def test_the_word_guard_finds(text: str) -> None:
    assert offending(text)


class Asked(NamedTuple):
    """One place in the code that asks for a message."""

    where: str
    pattern: re.Pattern[str]
    values: frozenset[str] | None


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for root in SOURCES:
        for path in sorted(root.rglob("*.py")):
            yield path, ast.parse(path.read_text("utf-8"))


def as_pattern(node: ast.expr) -> str | None:
    """A literal key as itself, an f-string with anything in its gaps; else None."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.escape(node.value)
    if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
        return "".join(
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+"
            for part in node.values
        )
    return None


def arguments(call: ast.Call) -> frozenset[str] | None:
    """The names of the values given; None when they come in a mapping."""
    names = [keyword.arg for keyword in call.keywords]
    return None if None in names else frozenset(name for name in names if name)


def asked_for() -> Iterator[Asked]:
    """Every say(…) with a literal key, and every error raised with one."""
    kinds = {n for n, k in vars(errors).items() if isinstance(k, type)} | {
        "WorkerLost",
        "TaskFailed",
        "WorkerNotStarted",
        "CrewClosed",
    }
    for path, tree in trees():
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and node.args):
                continue
            called = node.func.id if isinstance(node.func, ast.Name) else ""
            pattern = as_pattern(node.args[0])
            if pattern is None or called not in kinds | {"say"}:
                continue
            plain = called == "say" or ":" in pattern
            prefix = "" if plain else r"errors\."
            where = f"{path.relative_to(ROOT)}:{node.lineno}"
            yield Asked(where, re.compile(prefix + pattern), arguments(node))
    for page in sorted((ROOT / "core/gongkai/data").glob("*.html")):
        for key in re.findall(r"say\(['\"]([\w.]+)['\"]", page.read_text("utf-8")):
            yield Asked(page.name, re.compile(re.escape(key)), None)


def test_every_message_the_code_asks_for_exists() -> None:
    known = all_messages(CHINESE)

    missing = [a.where for a in asked_for() if not any(a.pattern.fullmatch(k) for k in known)]

    assert missing == []


def test_every_message_gets_the_values_it_needs() -> None:
    known = all_messages(CHINESE)
    short = []
    for asked in asked_for():
        needed = set().union(
            *(placeholders(text) for key, text in known.items() if asked.pattern.fullmatch(key))
        )
        if asked.values is not None and ".+" not in asked.pattern.pattern:
            short += [f"{asked.where} {name}" for name in sorted(needed - asked.values)]

    assert short == []


def rows() -> list[str]:
    return [*load_profile("national_2019").keys.rules.rows, OVERLAY]


@pytest.mark.parametrize(
    ("family", "members"),
    [
        pytest.param("findings.{}.headline", FindingCode, id="headlines"),
        pytest.param("findings.{}.ground", FindingCode, id="grounds"),
        pytest.param("findings.{}.cure", FindingCode, id="cures"),
        pytest.param("cli.outcome_{}", Outcome, id="outcomes"),
        pytest.param("cli.tag_{}", Severity, id="severities"),
        pytest.param("cli.stage_{}", Stage, id="stages"),
        pytest.param("cli.confidence_{}", Confidence, id="confidences"),
        pytest.param("cli.scope_{}", ("reference", "party", "received"), id="scope reasons"),
        pytest.param("cli.case_{}", Status, id="states of a stopped paper"),
        pytest.param(
            "cli.case_now_{}", (Status.RELEASED, Status.CLOSED), id="what a ruling leads to"
        ),
        pytest.param("reading.why_{}", NoteCode, id="why something was not read"),
        pytest.param("reading.way_out_{}", NoteCode, id="what to do about it"),
        pytest.param("reading.element_{}", ElementName, id="elements"),
        pytest.param("chain.problem_{}", ProblemCode, id="what does not fit in the chain"),
        pytest.param("chain.doubt_{}", DoubtCode, id="what does not fit of a checkpoint"),
        pytest.param("policy.{}", rows(), id="rows of the decision table"),
        pytest.param("policy.strength_{}", BasisLevel, id="levels of a ground"),
        pytest.param("plugins.{}", FailureKind, id="failures of plugins"),
        pytest.param("plugins.state_{}", PluginState, id="states of plugins"),
        pytest.param("plugins.origin_{}", Origin, id="origins of plugins"),
        pytest.param("watch.reason_{}", Reason, id="why a file is not taken"),
        pytest.param("watch.root_{}", RootState, id="states of a folder"),
    ],
)
def test_a_family_of_messages_is_complete(family: str, members: Iterable[str]) -> None:
    known = all_messages(CHINESE)

    assert [str(m) for m in members if family.format(m) not in known] == []
