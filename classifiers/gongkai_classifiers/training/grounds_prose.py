"""The papers written for grounds (``grounds/*.txt``) as prose in which names are marked."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from gongkai_classifiers.training.examples import Example
from gongkai_classifiers.training.ground_papers import Paper, papers
from gongkai_classifiers.training.made_names import Names

_GAP = re.compile("(老)?[{]([^{}]+)[}]")


def grounds_prose(
    count: int, names: Names, places: Sequence[str], chance: random.Random
) -> Iterator[Example]:
    """Every paper ``count`` times, each time with other names, places and numbers."""
    for paper in papers():
        for _ in range(count):
            yield _filled(paper, names, places, chance)


def _filled(paper: Paper, names: Names, places: Sequence[str], chance: random.Random) -> Example:
    lines = (chance.choice(paper.titles), paper.recipients, paper.body, paper.signature)
    template = "\n".join(line for line in lines if line)
    people: dict[str, str] = {}
    known: dict[str, str] = {}
    text, ranges, position = "", [], 0
    for gap in _GAP.finditer(template):
        text += template[position : gap.start()]
        position, kind = gap.end(), gap[2]
        if kind.startswith("人"):
            name = people.setdefault(kind, names.plain())
            if gap[1]:
                text += "老" + name[0]
                continue
            ranges.append((len(text), len(text) + len(name)))
            text += name
        elif kind in "省市县区":
            place = known.setdefault(kind, chance.choice(places) if places else "青云")
            text += (gap[1] or "") + (place if place.endswith(kind) else place[:2] + kind)
        else:
            text += (gap[1] or "") + _other(kind, chance)
    return Example(text + template[position:], tuple(ranges), "grounds")


def _other(kind: str, chance: random.Random) -> str:
    year, number = chance.randrange(2008, 2027), chance.randrange(1, 29)
    return {
        "年": str(year),
        "去年": str(year),
        "月": str(chance.randrange(1, 13)),
        "日": str(number),
        "号": str(number),
        "日期": f"{year}年{chance.randrange(1, 13)}月{number}日",
        "电话": str(chance.randrange(2000000, 8999999)),
        "企业": chance.choice(
            ("宏远建筑有限公司", "金泰商贸有限公司", "华盛电子厂", "石城农机合作社")
        ),
    }.get(kind, "")
