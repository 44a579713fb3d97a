"""Invented papers that name bodies and addresses, and real prose with bodies put into it."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence

from gongkai_classifiers.training.examples import Example
from gongkai_classifiers.training.invented import (
    NOBODY,
    Papers,
    Piece,
    Sort,
    genres,
    sections,
    words,
)
from gongkai_classifiers.training.made_addresses import Addresses
from gongkai_classifiers.training.made_bodies import Bodies
from gongkai_classifiers.training.made_names import Names
from gongkai_classifiers.training.made_places import Places
from gongkai_classifiers.training.substituted import put, some_of

_CLASS = re.compile(
    "(?:县级以上|省级|市级|设区的市级|国务院)?(?:地方)?(?:各级)?(?:人民政府)?"
    "(?:财政|教育|民政|公安|卫生|卫生健康|市场监督管理|住房和城乡建设|应急管理|生态环境|农业农村|交通运输)"
    "(?:行政)?(?:主管)?部门|公安机关|税务机关|用人单位|建设单位|施工单位|有关部门|主管部门|学校|医疗机构"
    "|培训机构|人民法院|人民检察院|(?:[省市县]级|本级|同级|上级|当地)人民政府|企业|出版社|幼儿园|医院"
    "|商业银行|保险公司|证券公司|登记机关|审批机关|监督管理机构|认证机构|评估机构|居民委员会|村民委员会"
    "|经营者|供应商|采购人|中标人|出租人|承租人"
)


def body_genres() -> Mapping[str, Sequence[str]]:
    """The sentences about bodies and addresses, and those about people, in one."""
    own = sections("body_frames.txt")
    others = {genre: lines for genre, lines in genres().items() if genre != NOBODY}
    return {
        **{
            f"{genre}{n}": lines
            for genre, lines in own.items()
            if genre != NOBODY
            for n in range(4)
        },
        **others,
        NOBODY: own[NOBODY],
    }


def body_papers(
    seed: int,
    prose: Sequence[str],
    names: Names,
    places: Sequence[str],
    verbs: Sequence[str] = (),
    nouns: Sequence[str] = (),
) -> Papers:
    """Papers in whose places stand bodies and addresses, each of them marked."""
    papers = Papers(seed, prose, names, places, body_genres())
    chance = papers.random
    where = Places(chance, places or words()["县"], names.rare)
    bodies, addresses = Bodies(chance, where, names, nouns), Addresses(chance, where)

    def body() -> list[Piece]:
        return [(bodies.any(), Sort.ORGANIZATION)]

    def day() -> str:
        month, number = chance.randrange(1, 13), chance.randrange(1, 29)
        return f"{chance.randrange(2003, 2027)}-{month:02}-{number:02}"

    def joined(sign: str) -> list[Piece]:
        pieces: list[Piece] = []
        for number in range(chance.randrange(2, 7)):
            pieces += [(sign if number else "", None), *body()]
        return pieces

    papers.fillers |= {
        "体": body,
        "机关": body,
        "企业": body,
        "学校": body,
        "大机关": body,
        "体串": lambda: joined("、"),
        "体党": lambda: [(bodies.led(), Sort.ORGANIZATION)],
        "层委": lambda: [(bodies.committee(), Sort.ORGANIZATION)],
        "体行": lambda: joined("\n"),
        "址": lambda: [(addresses.any(), Sort.ADDRESS)],
        "公历": day,
        "动": lambda: chance.choice(verbs or words()["后"]),
        "泛": lambda: chance.choice(words("bodies.txt")["泛"]),
    }
    return papers


def with_bodies(
    sentences: Sequence[str], bodies: Bodies, chance: random.Random
) -> Iterator[Example]:
    """Each sentence that speaks of a class of bodies, with bodies in the place of up to three."""
    for sentence in sentences:
        marks = [
            (place.start(), place.end(), bodies.any())
            for place in some_of(sentence, _CLASS, chance)
        ]
        if marks:
            text, ranges = put(sentence, marks)
            yield Example(text, (), "substituted", organizations=ranges)
