"""The benchmarks run, and both sides of each do the same work. Nothing here is timed."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from benchmarks.__main__ import BENCHMARKS
from benchmarks.documents import Judge, without_person_names
from benchmarks.lines import Goal, Line, Unit, as_table
from benchmarks.numbers import agreed, settled, texts
from benchmarks.papers import Paper, docx_papers, notice, pdf_papers, xlsx_papers
from benchmarks.peers import docx_text, pdf_text, xlsx_values
from benchmarks.rounds import Spread, compare
from benchmarks.start import cpu_of

from gongkai.model.reading import EntityKind
from gongkai_classifiers.identifiers import full_scan

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge()


def squeezed(text: object) -> str:
    return "".join(str(text).split())


@pytest.mark.parametrize("paper", docx_papers(), ids=lambda paper: paper.case)
def test_both_sides_read_every_word_of_a_docx(paper: Paper, judge: Judge, tmp_path: Path) -> None:
    path = tmp_path / paper.name
    path.write_bytes(paper.data)

    ours = {squeezed(b.text) for b in judge.examine(path).bundle.main.content.blocks}
    theirs = {squeezed(text) for text in docx_text(path)}

    # python-docx gives the footer without its page number, which is a field.
    assert theirs - ours == {"", "——"}


@pytest.mark.parametrize("paper", pdf_papers(), ids=lambda paper: paper.case)
def test_both_sides_read_every_character_of_a_pdf(
    paper: Paper, judge: Judge, tmp_path: Path
) -> None:
    path = tmp_path / paper.name
    path.write_bytes(paper.data)

    blocks = judge.examine(path).bundle.main.content.printed
    theirs = squeezed("".join(text for text, _ in pdf_text(path)))

    assert sorted(squeezed("".join(b.text for b in blocks))) == sorted(theirs)


@pytest.mark.parametrize("paper", xlsx_papers(), ids=lambda paper: paper.case)
def test_both_sides_read_every_value_of_a_workbook(
    paper: Paper, judge: Judge, tmp_path: Path
) -> None:
    path = tmp_path / paper.name
    path.write_bytes(paper.data)

    ours = [squeezed(b.text) for b in judge.examine(path).bundle.main.content.printed]
    theirs = [squeezed(value) for value in xlsx_values(path) if value is not None]

    assert sorted(ours) == sorted(theirs)


def test_names_are_left_out_only_where_that_is_measured(judge: Judge, tmp_path: Path) -> None:
    path = tmp_path / "通知.docx"
    path.write_bytes(docx_papers()[0].data)

    with without_person_names():
        without = judge.examine(path).reading
    named = judge.examine(path).reading

    assert EntityKind.PERSON not in {entity.kind for entity in without.entities}
    assert EntityKind.PERSON in {entity.kind for entity in named.entities}


def test_every_notice_of_a_burst_is_another_document() -> None:
    first, second, again = notice(1), notice(2), notice(1)

    assert first == again
    assert first != second


@pytest.mark.skipif(
    importlib.util.find_spec("presidio_analyzer") is None, reason="extra benchmark not installed"
)
@pytest.mark.filterwarnings("ignore")
def test_presidio_finds_the_same_numbers_when_given_the_same_patterns() -> None:
    from benchmarks.numbers import presidio

    hits = agreed(texts(3), presidio())

    assert hits == 12


def test_islands_find_the_numbers_a_full_scan_finds() -> None:
    corpus = texts(3)

    hits = agreed(corpus, lambda text: [_Hit(h.pattern, h.start, h.end) for h in full_scan(text)])

    assert hits == 12


class _Hit:
    def __init__(self, entity_type: str, start: int, end: int) -> None:
        self.entity_type, self.start, self.end = entity_type, start, end


def test_the_more_certain_of_two_overlapping_numbers_stands() -> None:
    hits = [("account", 0, 18), ("resident_id", 0, 18), ("card", 30, 49)]

    assert settled(hits) == {("resident_id", 0, 18), ("card", 30, 49)}


def test_both_sides_of_a_comparison_run_in_every_round() -> None:
    found = compare(lambda: sum(range(10_000)), lambda: sum(range(20_000)), rounds=3)

    assert len(found.ours) == len(found.peer) == 3
    assert min(*found.ours, *found.peer) > 0


@pytest.mark.parametrize(
    ("goal", "value", "reached"),
    [
        pytest.param(Goal(2), 1.9, "yes", id="below a most"),
        pytest.param(Goal(2), 2.1, "**no**", id="above a most"),
        pytest.param(Goal(10, at_least=True), 12, "yes", id="above a least"),
        pytest.param(Goal(10), None, "", id="not measured"),
        pytest.param(None, 3, "", id="no goal"),
    ],
)
def test_the_table_says_whether_a_goal_is_reached(
    goal: Goal | None, value: float | None, reached: str
) -> None:
    table = as_table([Line("docx", "a notice", value, Unit.RATIO, goal=goal)])

    assert table.splitlines()[-1].split("|")[8].strip() == reached


def test_the_spread_of_one_measurement_is_that_measurement() -> None:
    assert Spread.of([2.0]) == Spread(2.0, 2.0, 2.0)


@pytest.mark.parametrize("path", BENCHMARKS.values(), ids=BENCHMARKS)
def test_every_benchmark_is_where_its_name_leads(path: str) -> None:
    module, _, function = path.partition(":")

    assert callable(getattr(import_module(module), function))


def test_the_cost_of_a_process_is_told() -> None:
    assert cpu_of(["sum(range(1_000_000))"]) > 0


def test_one_command_measures_what_is_named_and_answers_in_json() -> None:
    sizes = ["burst=2", "singles=2", "rows=50", "rounds=1", "texts=1"]
    names = ["burst", "chain", "profile", "identifiers"]

    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", *names, "--json", *(f"--size={s}" for s in sizes)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )

    assert done.returncode == 0, done.stderr
    lines = json.loads(done.stdout)["lines"]
    assert {line["benchmark"] for line in lines} == set(names)
    lost = [line["value"] for line in lines if line["case"].startswith(("lost", "with two"))]
    assert lost == [0, 0]
