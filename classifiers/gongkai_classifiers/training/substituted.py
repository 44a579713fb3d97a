"""Real prose with invented names in it: sentences of statutes and of UNER, their people renamed."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence

from gongkai_classifiers.names import lexicon
from gongkai_classifiers.training.examples import Example, Ranges
from gongkai_classifiers.training.made_names import Names

_LONGEST = 200
_SOMEBODY = re.compile(
    "(?:被申请人|申请人|被告人|当事人|劳动者|犯罪嫌疑人|负责人|证人|原告|被告|公民|职工|委托人|监护人|经营者"
    "|消费者|考生|工作人员|行为人|代理人|户主|学生|受益人|被害人|继承人|债务人|债权人|承租人|出租人|上诉人"
    "|投诉人|举报人|患者|驾驶人|村民|居民|教师|执法人员|党员|领导干部|老年人|残疾人|未成年人"
    "|法定代表人|检察官|法官|律师|审判员)(?!机构|信息|资料|大会|会|身份|学校|协会|们)"
)


Mark = tuple[int, int, str]
"""A range of a text, empty for a place between two characters, and the words to stand there."""


def put(text: str, marks: Iterable[Mark]) -> tuple[str, Ranges]:
    """The text with other words in the ranges, which come in order, and where those stand now."""
    pieces, ranges, position, length = list[str](), list[tuple[int, int]](), 0, 0
    for start, end, words in marks:
        pieces += text[position:start], words
        length += start - position + len(words)
        ranges.append((length - len(words), length))
        position = end
    return "".join([*pieces, text[position:]]), tuple(ranges)


def some_of(sentence: str, pattern: re.Pattern[str], chance: random.Random) -> list[re.Match[str]]:
    """Up to three of what a sentence of usual length says of a sort, in order."""
    places = list(pattern.finditer(sentence))
    if not places or len(sentence) > _LONGEST:
        return []
    return sorted(chance.sample(places, min(len(places), 3)), key=lambda m: m.start())


def with_names(sentences: Sequence[str], names: Names, chance: random.Random) -> Iterator[Example]:
    """Each sentence that speaks of somebody, with names in the place of up to three of them."""
    for sentence in sentences:
        marks: list[Mark] = []
        for place in some_of(sentence, _SOMEBODY, chance):
            first = place.end() if chance.random() < 0.4 else place.start()
            marks.append((first, place.end(), names.plain()))
        if marks:
            yield Example(*put(sentence, marks), "substituted")


def renamed(examples: Sequence[Example], names: Names, chance: random.Random) -> Iterator[Example]:
    """The examples that name people, each person with another name.

    In half of them foreigners get Chinese names too: the prose around them serves as well.
    """
    known = lexicon()
    for example in examples:
        people = [example.text[start:end] for start, end in example.persons]
        chinese = {old for old in people if known.begins_with_surname(old) and len(old) < 5}
        everybody = chance.random() < 0.5
        if not chinese and not (people and everybody):
            continue
        given: dict[str, str] = {}
        marks: list[Mark] = []
        for start, end in example.persons:
            old = example.text[start:end]
            new = given.setdefault(old, names.plain() if everybody or old in chinese else old)
            marks.append((start, end, new))
        yield Example(*put(example.text, marks), "uner:renamed")


_PRONOUN = re.compile("(?<![其吉马维利排无])[他她](?![们人国乡杀途方山处者日律类项种])")


def for_pronouns(
    examples: Sequence[Example], names: Names, chance: random.Random
) -> Iterator[Example]:
    """The examples that say he or she, with a name there more often than not."""
    for example in examples:
        places = [m.start() for m in _PRONOUN.finditer(example.text) if chance.random() < 0.7]
        inside = {i for start, end in example.persons for i in range(start, end)}
        marks = [(i, i + 1, names.plain()) for i in places if i not in inside]
        if not marks:
            continue
        marks += [(start, end, example.text[start:end]) for start, end in example.persons]
        yield Example(*put(example.text, sorted(marks)), "uner:pronouns")
