"""Names of other tongues that Chinese characters spell, without a dot between their parts."""

from __future__ import annotations

import pytest

from gongkai_classifiers.persons import RulePersons


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("由扎西顿珠负责联络。", ["扎西顿珠"], id="two parts"),
        pytest.param(
            "牧民哈斯额尔敦和才让道吉到场。", ["哈斯额尔敦", "才让道吉"], id="five and four"
        ),
        pytest.param("驻村干部艾买提江说。", ["艾买提江"], id="a part and its end"),
        pytest.param("达瓦说话不多。", [], id="one part is no name to a rule"),
        pytest.param("前往格桑卓玛路施工。", [], id="a road"),
        pytest.param("颁布和实施条例。", [], id="a word across two"),
    ],
)
def test_parts_in_a_row_are_a_name(text: str, expected: list[str]) -> None:
    found = RulePersons().find(text)

    assert [text[person.start : person.end] for person in found] == expected
