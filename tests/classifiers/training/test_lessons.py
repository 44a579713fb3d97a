"""Examples become windows with answers; what the teacher doubts is not learnt."""

from __future__ import annotations

import gzip
import json
import random

import pytest

from gongkai_classifiers.person_windows import AFTER, BEFORE
from gongkai_classifiers.training.examples import (
    Example,
    read_examples,
    read_given_names,
    read_iob2,
    read_places,
    read_prose,
    write_examples,
)
from gongkai_classifiers.training.lessons import lessons, trusted
from gongkai_classifiers.training.made_names import Names
from gongkai_classifiers.training.substituted import renamed, with_names


def answers(text: str, *persons: tuple[int, int], source: str = "test") -> list[int]:
    return lessons([Example(text, persons, source)]).answers.tolist()


@pytest.mark.parametrize(
    ("text", "person", "expected"),
    [
        pytest.param("由张晓明办", (1, 4), [2], id="three characters"),
        pytest.param("由张 明办", (1, 4), [1], id="two with a space between"),
        pytest.param("由欧阳晓明办", (1, 5), [3], id="a double surname"),
        pytest.param("由李某某办", (1, 4), [], id="covered names are left to the rules"),
    ],
)
def test_the_answer_is_the_length_of_the_name(text, person, expected):
    found = [answer for answer in answers(text, person) if answer]

    assert found == expected


def test_a_window_has_the_surname_in_its_middle():
    found = lessons([Example("方案由张伟涛办", ((3, 6),), "test")])

    middles = ["".join(map(chr, row[BEFORE : BEFORE + 2])) for row in found.windows.tolist()]

    assert middles == ["方案", "张伟"]
    assert found.windows.shape[1] == BEFORE + AFTER


def test_what_the_teacher_marks_is_neither_name_nor_word():
    text = "方案由张晓明办"

    assert answers(text, (3, 6), source="silver") == [0]


def test_what_the_teacher_marks_seldom_is_a_word():
    marked = [Example("高效", ((0, 2),), "silver")] * 3
    plain = [Example("高效", (), "silver")] * 9

    assert all(not example.persons for example in trusted(marked + plain))
    assert all(example.persons for example in trusted(marked))


def test_examples_come_back_as_written(tmp_path):
    written = [Example("由张晓明办", ((1, 4),), "test", "unseen")]

    assert write_examples(tmp_path / "e.jsonl", written) == 1
    assert list(read_examples(tmp_path / "e.jsonl")) == written


def test_names_of_universal_ner_are_read_with_their_places(tmp_path):
    path = tmp_path / "a.iob2.gz"
    lines = "# text\n1\t由\tO\t-\t-\n2\t张\tB-PER\t-\t-\n3\t晓明\tI-PER\t-\t-\n4\t办\tO\t-\t-\n\n"
    path.write_bytes(gzip.compress(lines.encode()))

    (example,) = read_iob2(path)

    assert (example.text, example.persons) == ("由张晓明办", ((1, 4),))


def test_prose_is_read_in_sentences_without_headings(tmp_path):
    path = tmp_path / "prose.txt.gz"
    path.write_bytes(gzip.compress("### 甲/乙.md\n依法办理此事。应当公开。\n".encode()))

    assert list(read_prose(path)) == ["依法办理此事。", "应当公开。"]


def test_places_are_read_wherever_they_stand(tmp_path):
    path = tmp_path / "places.json.gz"
    path.write_bytes(gzip.compress(json.dumps({"甲省": {"市辖区": ["乙县"]}}).encode()))

    assert read_places(path) == ("乙县", "甲省")


def test_given_names_are_taken_from_a_word_list(tmp_path):
    path = tmp_path / "words.txt"
    path.write_text("张晓明 3 nr\n欧阳娜 3 nr\n高效 9 a\n", encoding="utf-8")

    assert read_given_names(path) == ("晓明", "娜")


def test_somebody_in_a_statute_gets_a_name():
    names = Names.of(random.Random(2), "稻")

    (example,) = with_names(["申请人应当提交材料。", "依法办理。"], names, random.Random(2))

    ((start, end),) = example.persons
    assert example.text[end:] == "应当提交材料。"
    assert 2 <= end - start <= 4


def test_people_of_real_prose_get_other_names_the_same_one_throughout():
    names = Names.of(random.Random(2), "稻")
    old = Example("张晓明来了，张晓明走了。", ((0, 3), (6, 9)), "uner")

    (example,) = renamed([old], names, random.Random(2))

    first, second = (example.text[s:e] for s, e in example.persons)
    assert first == second
    assert "张晓明" not in example.text
