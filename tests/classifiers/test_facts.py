"""Facts are found beside the person they are said of, in time that grows with the text."""

from __future__ import annotations

import re
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.model.reading import EntityRole
from gongkai_classifiers.facts import _OFFICE, _SENTENCE, _patterns, facts
from gongkai_classifiers.person_rules import Person
from gongkai_classifiers.persons import persons

PIECES = st.sampled_from(
    (
        *("张建国", "李梅", "王某", "患有肺癌", "低保户", "1980年1月出生", "受到党内警告处分"),
        *("现任局长", "，", "。", "、", "；", "同志", "局长", "的妻子", "联系人：", "开除公职"),
        *("生活不能自理", "，男，", "孤儿"),
    )
)
OF_OFFICE = {"penalty", "birth_date"}


def asked_of_everybody(
    text: str, named: list[Person]
) -> set[tuple[int, int, str, EntityRole, int]]:
    """What ``facts`` should say, by asking every person of a sentence about every fact in it."""
    found: dict[tuple[int, int], tuple[int, int, str, EntityRole, int]] = {}
    for sentence in _SENTENCE.finditer(text):
        start, end = sentence.span()
        for sub, pattern in _patterns():
            for match in pattern.finditer(text, start, end):
                roles = {EntityRole.PLAIN, *([EntityRole.OFFICIAL] if sub in OF_OFFICE else [])}
                near = [p for p in named if p.role in roles and start <= p.start < end]
                before = [p for p in near if 0 <= match.start() - p.end <= 60]
                behind = [p for p in near if 0 <= p.start - match.end() <= 12]
                whose = before[-1:] or behind[:1]
                if whose:
                    office = sub in OF_OFFICE and _OFFICE.search(text, start, end)
                    role = EntityRole.OFFICIAL if office else EntityRole.PLAIN
                    found.setdefault(match.span(), (*match.span(), sub, role, whose[0].start))
    return set(found.values())


@given(st.lists(PIECES, max_size=40).map("".join))
@settings(max_examples=300, deadline=None)
def test_the_person_beside_a_fact_is_the_one_that_asking_everybody_finds(text):
    named = persons(text)

    said = {(f.start, f.end, f.sub, f.role, f.person.start) for f in facts(text, named)}

    assert said == asked_of_everybody(text, named)


def seconds(text: str) -> float:
    named = [Person(m.start(), m.end()) for m in re.finditer("张建国|王晓明", text)]
    began = time.process_time()

    assert len(facts(text, named)) == len(named)

    return time.process_time() - began


def test_one_endless_sentence_of_people_costs_in_proportion_to_its_length():
    unit = "张建国患有肺癌，王晓明家庭困难，"
    seconds(unit * 50)

    short = min(seconds(unit * 500) for _ in range(3))

    assert seconds(unit * 5000) < 40 * short
