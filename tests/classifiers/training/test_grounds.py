"""The papers grounds are learnt from are whole, and learning tells groups apart."""

from __future__ import annotations

import gzip

import numpy as np
import pytest

from gongkai_classifiers.genres import NOT_OFFICIAL
from gongkai_classifiers.kinds import KINDS
from gongkai_classifiers.training.ground_learn import learn, packed, scores, sharpness, softmax
from gongkai_classifiers.training.ground_papers import (
    drafted,
    kind_papers,
    papers,
    read_statutes,
    written,
)
from gongkai_classifiers.training.ground_recipe import GROUNDS, VALUES


def test_every_batch_but_the_mixed_one_has_papers_of_every_ground():
    batches = {}
    for paper in papers():
        batches.setdefault(paper.batch, set()).add(paper.heading)

    assert all(own == set(GROUNDS) for name, own in batches.items() if name != "mixed")
    assert set(VALUES) == set(GROUNDS.values())


def test_drafts_stand_under_kinds_that_are_known_or_under_none():
    headings = {paper.heading for paper in kind_papers()}

    assert headings <= {*KINDS.values(), NOT_OFFICIAL}
    assert NOT_OFFICIAL in headings


def test_a_draft_comes_whole_and_without_what_drafts_may_lack():
    lengths = {}
    for paper in drafted(1):
        lengths.setdefault((paper.batch, paper.number), []).append(len(paper.lines))

    assert all(len(own) >= 1 for own in lengths.values())
    assert max(len(own) for own in lengths.values()) == 4


def test_a_paper_is_written_whole_twice_and_then_as_a_draft():
    found = {}
    for paper in written(4, 1):
        found.setdefault(paper.number, []).append((paper.lacking, len(paper.lines)))

    assert all(
        [lacking for lacking, _ in own] == [False, False, True, True] for own in found.values()
    )
    assert any(own[2][1] < own[0][1] - 1 for own in found.values())


def test_no_gap_is_left_in_a_written_paper():
    lines = [line for paper in (*written(2, 1), *drafted(1)) for line in paper.lines]

    assert not [line for line in lines if "{" in line or "｜" in line or "／" in line]


def test_the_same_seed_writes_the_same_papers():
    assert list(written(2, 3)) == list(written(2, 3))
    assert list(drafted(3)) == list(drafted(3))


def test_groups_that_stand_apart_are_learnt():
    chance = np.random.default_rng(2)
    points = np.concatenate([chance.normal(-2, 0.5, (30, 2)), chance.normal(2, 0.5, (30, 2))])
    wanted = np.repeat(np.eye(2), 30, axis=0)

    learnt = learn(points, wanted, np.ones(60), decay=1e-3)

    assert (softmax(scores(points, learnt)).argmax(axis=1) == wanted.argmax(axis=1)).all()


def test_chances_too_bold_are_softened():
    bold = np.array([[9.0, 0.0], [9.0, 0.0], [9.0, 0.0], [9.0, 0.0]])
    wanted = np.array([[1.0, 0.0], [1.0, 0.0], [1.0, 0.0], [0.0, 1.0]])

    assert sharpness(bold, wanted) == pytest.approx(0.4)


def test_packing_keeps_weights_to_a_hundredth_of_the_largest():
    weights = np.random.default_rng(1).normal(size=(50, 3)).astype(np.float32)

    arrays = packed(weights, np.zeros(3, dtype=np.float32))

    assert np.abs(arrays["weights"] * arrays["scales"] - weights).max() < 0.04


def test_statutes_come_as_their_first_lines(tmp_path):
    path = tmp_path / "statutes.txt.gz"
    text = "### 甲.md\n示例条例\n\n第一条 甲。\n第二条 乙。\n第三条 丙。\n### 乙.md\n短\n"
    path.write_bytes(gzip.compress(text.encode()))

    assert list(read_statutes(path)) == [("示例条例", "第一条 甲。", "第二条 乙。", "第三条 丙。")]
