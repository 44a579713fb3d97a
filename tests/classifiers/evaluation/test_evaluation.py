"""The evaluation command, on a tiny invented set whose every answer is known."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from gongkai.errors import DocumentError
from gongkai.policy.profile import load_profile
from gongkai_classifiers.evaluation.answers import answers
from gongkai_classifiers.evaluation.composed import (
    PROFILE,
    Part,
    blind_papers,
    composed,
    papers,
)
from gongkai_classifiers.evaluation.gold import load_documents, with_entities
from gongkai_classifiers.evaluation.results import measured
from gongkai_classifiers.evaluation.sampling import bootstrap, quantile, wilson

ROOT = Path(__file__).parents[3]

NOTICE = (
    "关于印发《云栖市养老服务补贴办法》的通知\n"
    "各县人民政府：\n"
    "  现印发给你们，请遵照执行。\n"
    "云栖市民政局\n"
    "2025年3月2日\n"
    "（此件主动公开）\n"
    "联系人：张晓明，电话：0953-7061234\n"
)
REQUEST = (
    "关于申请追加经费的请示\n"
    "市人民政府：\n"
    "为保障运转，恳请追加经费。\n"
    "妥否，请批示。\n"
    "云栖市民政局\n"
    "2025年4月2日\n"
)
STORY = "傍晚时分，他沿着河边走了很久，没有遇到一个人。\n"


def rows() -> list[dict[str, Any]]:
    return [
        {
            "id": "notice",
            "text": NOTICE,
            "title": "关于印发办法的通知",
            "doc_type": "通知",
            "stated_attribute": "（此件主动公开）",
            "attribute": "主动公开",
            "attribute_confidence": "high",
            "forwards": None,
            "source": "web",
        },
        {
            "id": "request",
            "text": REQUEST,
            "title": "关于申请追加经费的请示",
            "doc_type": "其他:办法",
            "stated_attribute": None,
            "attribute": "不予公开",
            "attribute_confidence": "high",
            "forwards": None,
            "source": "office",
        },
        {"id": "story", "text": STORY, "doc_type": "非公文", "attribute": "不适用"},
    ]


def saved(path: Path, content: list[dict[str, Any]]) -> Path:
    lines = (json.dumps(row, ensure_ascii=False) for row in content)
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def entity(text: str, kind: str, **more: str) -> dict[str, Any]:
    start = NOTICE.index(text)
    return {"kind": kind, "start": start, "end": start + len(text), "text": text, **more}


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join(str(ROOT / name) for name in ("core", "classifiers"))
    return subprocess.run(
        [sys.executable, "-m", "gongkai_classifiers.evaluation", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1"},
        check=False,
    )


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    folder = tmp_path_factory.mktemp("evaluation")
    documents = saved(folder / "documents.jsonl", rows())
    marked = [entity("张晓明", "PERSON"), entity("云栖市民政局", "PERSON", note="fiction")]
    entities = saved(folder / "entities.jsonl", [{"id": "notice", "entities": marked}])

    done = run(str(documents), "--entities", str(entities), "--json")

    assert done.returncode == 0, done.stderr
    found: Mapping[str, Any] = json.loads(done.stdout)
    return found


def test_the_kind_is_counted_with_its_interval_and_baselines(result: Mapping[str, Any]) -> None:
    kind = result["doc_type"]

    assert (kind["accuracy"], kind["n"]) == (0.6667, 3)
    assert kind["confusion"]["办法"] == {"请示": 1}
    assert kind["accuracy_interval"][0] < kind["accuracy"] < kind["accuracy_interval"][1]
    assert {"majority", "title_rule"} <= kind["baselines"].keys()


def test_labels_are_held_against_what_the_document_states(result: Mapping[str, Any]) -> None:
    labels = result["labels"]

    assert (labels["precision"], labels["recall"], labels["n"]) == (1.0, 1.0, 1)


def test_what_is_no_document_gets_no_advice_counted(result: Mapping[str, Any]) -> None:
    advice = result["suggestion"]

    assert (advice["accuracy"], advice["n"], advice["macro_recall"]) == (1.0, 2, 1.0)
    assert {source: scores["n"] for source, scores in advice["by_source"].items()} == {
        "office": 1,
        "web": 1,
    }
    assert advice["against_own_mark"] == {"n": 0, "of": 0}


def test_names_noted_as_fiction_count_only_among_the_figures(result: Mapping[str, Any]) -> None:
    person, everybody = (result["entities"][k] for k in ("PERSON", "PERSON_WITH_FIGURES"))

    assert (person["recall"], person["n"], person["f1"]) == (1.0, 1, 1.0)
    assert (everybody["recall"], everybody["n"]) == (0.5, 2)


def test_organisations_are_measured_where_they_are_marked_and_doubts_do_not_count(
    tmp_path: Path, result: Mapping[str, Any]
) -> None:
    text = "由石桥县财政局会同县水务局组织实施，县水务局负责。"
    paper = {**rows()[0], "id": "bodies", "text": text}
    documents = saved(tmp_path / "documents.jsonl", [paper])
    first, second, doubted = (1, 7), (9, 13), (18, 22)
    marked = [
        {"kind": "ORGANIZATION", "start": s, "end": e, "text": text[s:e], "note": note}
        for (s, e), note in ((first, ""), (second, ""), (doubted, "doubtful"))
    ]
    entities = saved(tmp_path / "entities.jsonl", [{"id": "bodies", "entities": marked}])

    done = run(str(documents), "--entities", str(entities), "--json")

    found = json.loads(done.stdout)["entities"]["ORGANIZATION"]
    assert (found["n"], found["precision"], found["recall"]) == (2, 1.0, 1.0)
    assert "ORGANIZATION" not in result["entities"]


def test_what_nobody_marked_is_an_error_where_it_was_found(result: Mapping[str, Any]) -> None:
    phones = [slip for slip in result["errors"] if slip["about"] == "entities PHONE"]

    assert [(slip["id"], slip["expected"], slip["found"]) for slip in phones] == [
        ("notice", "", "0953-7061234")
    ]


def test_public_documents_are_judged_as_if_determined_public(result: Mapping[str, Any]) -> None:
    assert (result["false_blocks"]["n"], result["false_blocks"]["of"]) == (0, 1)
    assert (result["clicks"]["median"], result["clicks"]["p90"]) == (0.0, 0.0)
    assert result["clicks"]["by_kind"]["通知"]["n"] == 1


def test_every_error_names_the_document_and_the_words_that_misled(
    result: Mapping[str, Any],
) -> None:
    kinds = [slip for slip in result["errors"] if slip["about"] == "doc_type"]

    assert kinds == [
        {
            "about": "doc_type",
            "id": "request",
            "expected": "办法",
            "found": "请示",
            "words": "title: 请示",
        }
    ]


def test_the_tables_show_the_numbers_first_and_then_the_errors(tmp_path: Path) -> None:
    documents = saved(tmp_path / "documents.jsonl", rows())

    done = run(str(documents))

    numbers, _, errors = done.stdout.partition("doc_type: 1 errors")
    assert "characters per CPU second" in numbers
    assert "request" in errors


@pytest.mark.parametrize(
    ("line", "key", "values"),
    [
        pytest.param("{", "gold_not_json", {"line": 2}, id="no JSON"),
        pytest.param("[1]", "gold_not_json", {"line": 2}, id="no object"),
        pytest.param('{"id": "a"}', "gold_field", {"line": 2, "field": "text"}, id="no text"),
        pytest.param(
            '{"id": "a", "text": "一", "doc_type": "函", "attribute": true}',
            "gold_field",
            {"line": 2, "field": "attribute"},
            id="wrong type",
        ),
        pytest.param(
            '{"id": "story", "text": "一", "doc_type": "函", "attribute": "主动公开"}',
            "gold_twice",
            {"line": 2, "id": "story"},
            id="same id twice",
        ),
    ],
)
def test_wrong_input_names_file_and_line(
    tmp_path: Path, line: str, key: str, values: dict[str, object]
) -> None:
    path = tmp_path / "documents.jsonl"
    path.write_text(json.dumps(rows()[2], ensure_ascii=False) + "\n" + line + "\n", "utf-8")

    with pytest.raises(DocumentError) as refused:
        load_documents(path)

    assert refused.value.key == key
    assert refused.value.values == {"file": str(path), **values}


@pytest.mark.parametrize(
    ("row", "key"),
    [
        pytest.param({"id": "other", "entities": []}, "gold_unknown_id", id="unknown document"),
        pytest.param(
            {
                "id": "notice",
                "entities": [{"kind": "PERSON", "start": 0, "end": 2, "text": "张三"}],
            },
            "gold_offset",
            id="other words at these characters",
        ),
        pytest.param({"id": "notice", "entities": ["张三"]}, "gold_field", id="no entity"),
    ],
)
def test_entities_that_do_not_fit_the_documents_are_refused(
    tmp_path: Path, row: dict[str, Any], key: str
) -> None:
    documents = load_documents(saved(tmp_path / "documents.jsonl", rows()))

    with pytest.raises(DocumentError) as refused:
        with_entities(documents, saved(tmp_path / "entities.jsonl", [row]))

    assert refused.value.key == key


@pytest.mark.parametrize(
    ("content", "key"),
    [
        pytest.param(b"\n", "gold_empty", id="nothing in it"),
        pytest.param("{}甲".encode("gb18030"), "gold_encoding", id="another encoding"),
    ],
)
def test_a_file_that_holds_no_documents_is_refused(
    tmp_path: Path, content: bytes, key: str
) -> None:
    path = tmp_path / "documents.jsonl"
    path.write_bytes(content)

    with pytest.raises(DocumentError) as refused:
        load_documents(path)

    assert refused.value.key == key


def test_wrong_input_ends_the_command_with_a_plain_sentence(tmp_path: Path) -> None:
    path = tmp_path / "documents.jsonl"
    path.write_text("{\n", "utf-8")

    done = run(str(path), "--json")

    assert (done.returncode, done.stdout) == (65, "")
    assert "Line 1 of" in done.stderr
    assert "Traceback" not in done.stderr


def test_neither_documents_nor_composed_is_a_usage_error() -> None:
    assert run().returncode == 2


def test_composed_papers_are_the_same_every_time_and_split_by_paper() -> None:
    profile = load_profile(PROFILE)

    seen, unseen = composed(Part.SEEN, profile), composed(Part.UNSEEN, profile)

    assert seen == composed(Part.SEEN, profile)
    names = [{document.id.rpartition("-")[0] for document in part} for part in (seen, unseen)]
    assert names[0].isdisjoint(names[1])
    assert names[0] | names[1] == {paper.name for paper in papers()}


def test_composed_papers_are_enough_of_every_value() -> None:
    documents = composed(Part.ALL, load_profile(PROFILE))

    counted = [sum(d.attribute == value for d in documents) for value in VALUES]
    assert min(counted) >= 60
    assert not any(sign in document.text for document in documents for sign in "{}[]|")


def test_blind_papers_all_parse_are_enough_of_every_value_and_stand_apart() -> None:
    documents = composed(Part.BLIND, load_profile(PROFILE))

    counted = [sum(d.attribute == value for d in documents) for value in VALUES]
    assert min(counted) >= 60
    assert len({document.id for document in documents}) == len(documents)
    assert not any(sign in document.text for document in documents for sign in "{}[]|")
    assert {paper.name for paper in blind_papers()}.isdisjoint(paper.name for paper in papers())


VALUES = ("PROACTIVE", "ON_REQUEST", "NOT_DISCLOSED")


def test_answers_follow_the_profile_they_are_measured_under() -> None:
    national = load_profile("national_2019")

    documents = composed(Part.ALL, national)

    withheld = {d.attribute for d in documents if d.source in ("private", "internal")}
    assert withheld == {"NOT_DISCLOSED"}


def test_two_runs_give_the_same_numbers(tmp_path: Path) -> None:
    profile = load_profile(PROFILE)
    documents = composed(Part.SEEN, profile)[:6]

    first, second = (measured(list(answers(documents, profile)), profile) for _ in range(2))

    without_speed = [
        {k: v for k, v in r.as_object().items() if not k.startswith("chars")}
        for r in (first, second)
    ]
    assert without_speed[0] == without_speed[1]


def test_intervals_hold_the_number_they_are_about() -> None:
    low, high = wilson(119, 119)

    assert (round(low, 3), high) == (0.969, 1.0)
    assert wilson(0, 0) == (0.0, 1.0)
    assert bootstrap([1.0] * 20, lambda drawn: sum(drawn) / len(drawn)) == (1.0, 1.0)


@pytest.mark.parametrize(
    ("share", "value"),
    [pytest.param(0.5, 2, id="median"), pytest.param(0.9, 9, id="p90")],
)
def test_a_quantile_is_a_value_that_was_counted(share: float, value: float) -> None:
    assert quantile([9, 1, 2, 2, 1], share) == value
