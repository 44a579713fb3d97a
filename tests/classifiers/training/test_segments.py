"""Papers that name bodies and addresses, and the lessons made of them."""

from __future__ import annotations

import random

import pytest

from gongkai_classifiers.segments import Sort
from gongkai_classifiers.training.body_papers import body_genres, body_papers, with_bodies
from gongkai_classifiers.training.examples import Example, read_words
from gongkai_classifiers.training.invented import words
from gongkai_classifiers.training.made_bodies import Bodies
from gongkai_classifiers.training.made_names import Names
from gongkai_classifiers.training.made_places import Places
from gongkai_classifiers.training.segment_lessons import segment_lessons
from gongkai_classifiers.training.segment_recipe import national

PLACES = ("石桥县", "青岚县", "云栖市")


def names(seed: int) -> Names:
    return Names.of(random.Random(seed), "稻桥湾岭坪")


def papers(seed: int = 1, count: int = 200) -> list[Example]:
    made = body_papers(seed, ("依法办理。",), names(seed), PLACES, ("前往", "会同"))
    return list(made.write(count, "train"))


def test_a_seed_gives_the_same_papers_again():
    assert papers(3, 40) == papers(3, 40)
    assert papers(3, 40) != papers(4, 40)


def test_papers_name_bodies_addresses_and_people():
    made = papers(count=400)

    assert sum(len(paper.organizations) for paper in made) > 500
    assert sum(len(paper.addresses) for paper in made) > 150
    assert sum(len(paper.persons) for paper in made) > 300


def test_every_place_of_a_sentence_can_be_filled():
    text = "".join(paper.text for paper in papers(count=1500))

    assert "{" not in text
    assert all(lines for lines in body_genres().values())
    assert all(values for values in words("bodies.txt").values())


def test_bodies_take_the_place_of_classes_of_bodies():
    chance = random.Random(2)
    bodies = Bodies(chance, Places(chance, PLACES, "稻桥湾岭坪"), names(2))

    (changed,) = with_bodies(("应当向用人单位报告。", "没有机关的句子。"), bodies, chance)

    (start, end), text = changed.organizations[0], changed.text
    assert (text[:start], text[end:]) == ("应当向", "报告。")


@pytest.mark.parametrize(
    ("sentence", "marked"),
    [
        pytest.param("由国务院规定。", ["国务院"], id="a body of the state"),
        pytest.param("由财政部门规定。", [], id="a class of bodies"),
        pytest.param("报县人民政府批准。", None, id="of a level: left out"),
        pytest.param("石桥县财政局规定。", None, id="of a region: left out"),
    ],
)
def test_statutes_name_the_bodies_of_the_state_and_classes(sentence, marked):
    found = [
        [example.text[start:end] for start, end in example.organizations]
        for example in national([sentence], PLACES)
    ]

    assert found == ([] if marked is None else [marked])


def lessons_of(text: str, *organizations: tuple[int, int]):
    example = Example(text, (), "test", organizations=organizations)
    return segment_lessons([example] * 4)


def test_an_end_is_answered_by_the_length_of_what_ends_there():
    text = "由石桥县财政局负责。"

    lessons = lessons_of(text, (1, 7))

    assert lessons.lengths[Sort.ORGANIZATION].tolist() == [6, 6, 6, 6]
    assert {chr(lessons.text.codes[at]) for at in lessons.ends[Sort.ORGANIZATION]} == {"局"}


def test_what_ends_inside_a_longer_body_is_no_answer_either_way():
    text = "县财政局、县财政局国库支付局"

    lessons = lessons_of(text, (0, 4), (5, 14))

    assert sorted(set(lessons.lengths[Sort.ORGANIZATION].tolist())) == [4, 9]


def test_a_word_list_gives_the_words_of_a_tag(tmp_path):
    path = tmp_path / "words.txt"
    path.write_text("会同 500 v\n前往 20 v\n财政 900 n\n手舞足蹈 900 v\n", encoding="utf-8")

    assert read_words(path, ("v",), 100) == ("会同",)
