"""Invented papers: the places of their names are right, chance is seeded, parts stay apart."""

from __future__ import annotations

import random

import pytest

from gongkai_classifiers.names import lexicon
from gongkai_classifiers.training.damage import damaged
from gongkai_classifiers.training.examples import Example
from gongkai_classifiers.training.invented import Papers, genres, part_of, words
from gongkai_classifiers.training.made_names import Names


def papers(seed: int = 1, count: int = 200, part: str = "train") -> list[Example]:
    names = Names.of(random.Random(seed), "稻桥")
    return list(Papers(seed, ("依法办理。",), names).write(count, part))


def test_a_seed_gives_the_same_papers_again():
    assert papers(3, 40) == papers(3, 40)
    assert papers(3, 40) != papers(4, 40)


def test_every_range_of_an_undamaged_paper_begins_with_a_surname_or_is_transliterated():
    found = [paper.text[start:end] for paper in papers() for start, end in paper.persons]

    strange = [name for name in found if not lexicon().begins_with_surname(name)]

    assert len(found) > 500
    assert all("·" in name for name in strange)


def test_no_sentence_serves_both_parts():
    parts = {part_of(line) for line in genres()["任免"]}

    assert parts == {"train", "unseen"}
    assert {paper.part for paper in papers(part="unseen")} == {"unseen"}


def test_every_place_of_a_sentence_can_be_filled():
    assert papers(count=600)
    assert all(values for values in words().values())


@pytest.mark.parametrize("seed", range(30))
def test_damage_leaves_names_where_the_ranges_say(seed):
    text = "经研究，\n任命张晓明为局长；\n李红梅不再担任职务。\n王海涛"
    example = Example(text, ((7, 10), (15, 18), (26, 29)), "test")

    hurt = damaged(example, random.Random(seed))

    assert [hurt.text[s:e] for s, e in hurt.persons] == ["张晓明", "李红梅", "王海涛"]


def test_names_come_in_every_form():
    names = Names.of(random.Random(5), "稻桥", ("晓明",))
    drawn = [names.any() for _ in range(3000)]

    assert any("·" in name for name in drawn)
    assert any("某" in name for name in drawn)
    assert any(" " in name for name in drawn)
    assert any(name[:2] in lexicon().surnames for name in drawn)
    assert sum(name.endswith("晓明") for name in drawn) > 1000
