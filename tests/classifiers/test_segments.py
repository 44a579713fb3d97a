"""Segments point at the same characters whatever stands between them, and keep apart."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.script import normalise, traditional_to_simplified
from gongkai_classifiers.segments import Sort, built_in, ends, segments
from gongkai_classifiers.squeezed import squeezed

PROSE = (
    "由石桥县财政局会同县水务局组织实施，报县人民政府批准。",
    "经核实，李红梅在石桥县文昌路88号阳光花园3号楼2单元501室漏水。",
    "青岚县丰禾食品有限公司与石桥县中医院签订协议。",
)


def values(text: str) -> list[str]:
    normal = normalise(text)
    return ["".join(normal[s.start : s.end].split()) for s in segments(normal, built_in())]


def test_bodies_and_addresses_are_seen_in_prose():
    assert [values(line) for line in PROSE] == [
        ["石桥县财政局", "县水务局", "县人民政府"],
        ["石桥县文昌路88号阳光花园3号楼2单元501室"],
        ["青岚县丰禾食品有限公司", "石桥县中医院"],
    ]


@pytest.mark.parametrize("line", PROSE)
def test_traditional_twins_get_the_same_answer(line):
    back = {simple: old for old, simple in traditional_to_simplified().items()}

    twin = line.translate(back)

    assert twin != line
    assert values(twin) == values(line)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="市县区局委院路号楼室,。、\n \t甲乙财政12〇", max_size=60))
def test_no_text_breaks_the_net_and_offsets_stay_in_it(text):
    found = segments(normalise(text), built_in(), (0.1, 0.1))

    assert all(0 <= one.start < one.end <= len(text) for one in found)
    for sort in Sort:
        own = [one for one in found if one.sort is sort]
        assert all(left.end <= right.start for left, right in pairwise(own))


def test_nothing_reaches_over_a_sign_or_a_line():
    text = normalise("石桥县，财政局\n石桥县\n财政局负责，由石桥县财政局办理。")

    found = [text[one.start : one.end] for one in segments(text, built_in(), (0.01, 0.01))]

    assert "石桥县财政局" in found
    assert not [value for value in found if "\n" in value or "," in value]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        pytest.param("3单元401受潮", ["元", "1"], id="a room without its word"),
        pytest.param("3号楼", ["号", "楼"], id="number and building"),
        pytest.param("共401人", [], id="a count"),
        pytest.param("全年365天-104天", [], id="a difference"),
        pytest.param("花园3-1-501", ["1", "1"], id="building, entrance, room"),
    ],
)
def test_an_address_can_end_in_a_counted_unit_or_a_room(text, last):
    small = squeezed(text)

    _, houses = ends(small, built_in().endings)

    assert [text[small.places[at]] for at in houses] == last


def test_a_million_characters_are_read():
    text = normalise(("\n".join(PROSE) + "\n") * 12_000)
    began = time.process_time()

    found = segments(text, built_in())

    assert len(text) > 1_000_000
    assert len(found) == 6 * 12_000
    assert time.process_time() - began < 60
