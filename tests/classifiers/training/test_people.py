"""Papers about people: who is marked in them, and what stands in a name's place and is none."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from gongkai_classifiers.names import rare_surnames, spelt_parts
from gongkai_classifiers.training.examples import Example
from gongkai_classifiers.training.grounds_prose import grounds_prose
from gongkai_classifiers.training.made_people import People
from gongkai_classifiers.training.people_papers import (
    mixed,
    people_genres,
    people_papers,
    people_words,
)
from gongkai_classifiers.training.substituted import for_pronouns
from gongkai_classifiers.training.word_list import counter_words, endings, roles


@pytest.fixture
def names() -> People:
    return People.of(random.Random(4), "稻桥")


def test_every_place_of_every_sentence_can_be_filled(names: People) -> None:
    papers = people_papers(3, (), names)

    written = list(papers.write(600, "train"))

    assert all("{" not in example.text for example in written)
    assert {e.source.split(":")[1] for e in written} == set(people_genres()) - {"nobody"}


def test_words_titled_surnames_and_shops_stand_unmarked_where_names_are_expected(
    names: People,
) -> None:
    own = people_words()

    written = list(mixed(people_papers(3, (), names), names, ("安防措施",), 200))

    marked = {example.text[start:end] for example in written for start, end in example.persons}
    assert marked
    assert not marked & {"安防措施", *own["词"]}
    assert not any(name[1:] in own["官称"] for name in marked)


def test_names_have_rare_surnames_and_are_spelt_at_times(names: People) -> None:
    drawn = [names.any() for _ in range(2_000)]

    assert any(name[0] in rare_surnames() for name in drawn)
    assert any(name.startswith(spelt_parts()) for name in drawn)
    assert all(len(names.spelt()) <= 4 for _ in range(200))


def test_a_paper_for_grounds_is_prose_with_marked_names(names: People) -> None:
    examples = list(grounds_prose(1, names, ("青岚县",), random.Random(1)))

    assert all("{" not in example.text for example in examples)
    assert any(example.persons for example in examples)


def test_a_name_stands_where_prose_said_he(names: People) -> None:
    chance = random.Random(3)

    found = list(for_pronouns([Example("他来了，他们走了。", (), "uner")] * 9, names, chance))

    assert found
    for example in found:
        ((start, end),) = example.persons
        assert start == 0
        assert example.text[end:] == "来了，他们走了。"


def test_a_word_list_gives_words_that_begin_like_names_and_roles(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text(
        "高质量 9 n\n高晓明 9 nr\n高建国 9 n\n马铃薯 90 n\n保管员 90 n\n看 90 v\n", "utf-8"
    )

    words = counter_words(path, ("建国",))

    assert words == ("高质量", "马铃薯", "马铃薯", "保管员", "保管员")
    assert roles(path) == ("保管员",)


def test_words_whose_end_looks_like_the_beginning_of_a_name_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("紧张 90 a\n生产线 90 n\n油田 90 n\n丰田 90 nz\n偏高 9 a\n", "utf-8")

    assert endings(path) == ("紧张", "油田")
