"""Documents composed from the rules, for the values that are never found on the open web.

The papers under ``papers/`` are written from the office's point of view, ``@ name | kind |
ground`` above each; [[a|b]] are wordings to choose from, {人} and the like are filled in.
Everybody and every place in them is invented.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from zlib import crc32

from gongkai.model.attribute import DisclosureAttribute
from gongkai.policy.profile import Profile
from gongkai.samples.people import people
from gongkai_classifiers.evaluation.gold import (
    NOT_APPLICABLE,
    OTHER_KIND,
    UNDECIDED,
    UNOFFICIAL,
    GoldDocument,
)

PROFILE = "zhongwei_2022"
"""The packaged policy under which all three values follow from the rules (C-02, C-03)."""

_TUNED_ON = ("withheld", "on_request", "public", "open", "mixed")
_FRESH = "fresh"
_BLIND = ("blind_withheld", "blind_on_request", "blind_public")
_DRAFTS = ("drafts_withheld", "drafts_on_request", "drafts_public", "drafts_open")
_VARIANTS = 2
_SEED = 7
_CHOICE = re.compile(r"\[\[([^\[\]]+)\]\]")
_LABEL_LINE = "{标注}\n"
_CITIES = ("云栖市", "松河市", "望川市", "临泽湖市")
_COUNTIES = ("青岚县", "白杨县", "石桥县", "禾丰县")
_YEARS = (2023, 2024, 2025)
_FIRMS = ("云栖明远建材有限公司", "青岚县丰禾食品有限公司", "松河恒信人力资源有限公司")
_LABELS = {
    DisclosureAttribute.PROACTIVE: (
        "（此件公开发布）",
        "（此件主动公开）",
        "公开方式：主动公开",
        "政府信息公开选项：主动公开",
    ),
    DisclosureAttribute.ON_REQUEST: (
        "（此件依申请公开）",
        "（此件可依申请公开）",
        "公开属性：依申请公开",
        "信息公开选项：依申请公开",
    ),
    DisclosureAttribute.NOT_DISCLOSED: (
        "（此件不予公开）",
        "（此件不公开）",
        "信息公开属性：不公开",
        "公开方式：不予公开",
    ),
}


class Part(StrEnum):
    """Which of the papers: those rules were tuned on, those written after it, or both.

    ``BLIND`` and ``DRAFTS`` stand apart: written by people who did not know the classifiers, the
    latter mostly as papers look before they have a number, a date or a title, or are none at all.
    """

    SEEN = "seen"
    UNSEEN = "unseen"
    ALL = "all"
    BLIND = "blind"
    DRAFTS = "drafts"


class Ground(StrEnum):
    """Why a paper has its attribute; ``requirements`` §6 gives each its row."""

    PUBLIC = "public"
    PROCESS = "process"
    PRIVATE = "private"
    INTERNAL = "internal"
    FORWARDED_ON_REQUEST = "forwarded_on_request"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper with its gaps; ``seen`` when rules were tuned on it."""

    name: str
    kind: str
    ground: Ground
    text: str
    seen: bool


def composed(part: Part, profile: Profile) -> list[GoldDocument]:
    """The documents of a part, always the same, with the answers of a profile."""
    return [
        _document(paper, variant, profile)
        for paper in _papers_of(part)
        for variant in range(_VARIANTS)
    ]


def _papers_of(part: Part) -> Sequence[Paper]:
    match part:
        case Part.BLIND:
            return blind_papers()
        case Part.DRAFTS:
            return drafts()
        case Part.ALL:
            return papers()
        case Part.SEEN | Part.UNSEEN:
            return [paper for paper in papers() if paper.seen == (part is Part.SEEN)]


@cache
def papers() -> tuple[Paper, ...]:
    """All papers but those that stand apart, in the order of their files."""
    return tuple(paper for name in (*_TUNED_ON, _FRESH) for paper in _read(name))


@cache
def blind_papers() -> tuple[Paper, ...]:
    """The papers written without knowledge of the classifiers; no rule was tuned on them then."""
    return tuple(paper for name in _BLIND for paper in _read(name))


@cache
def drafts() -> tuple[Paper, ...]:
    """The papers without the usual signs of their kind; no rule is tuned on them."""
    return tuple(paper for name in _DRAFTS for paper in _read(name))


def _read(name: str) -> Iterator[Paper]:
    path = files("gongkai_classifiers").joinpath(f"evaluation/papers/{name}.txt")
    for part in re.split("^@ ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        head, _, text = part.partition("\n")
        title, kind, ground = (field.strip() for field in head.split("|"))
        kind = kind.removeprefix(OTHER_KIND)
        yield Paper(title, kind, Ground(ground), text.strip() + "\n", name in _TUNED_ON)


def _document(paper: Paper, variant: int, profile: Profile) -> GoldDocument:
    chance = random.Random(f"{_SEED} {paper.name} {variant}")
    attribute = _attribute(paper.ground, profile)
    label = ""
    if _LABEL_LINE in paper.text and attribute is not None and chance.random() < 0.7:
        label = chance.choice(_LABELS[attribute])
    text = paper.text.replace(_LABEL_LINE, f"{label}\n" if label else "")
    first = crc32(paper.name.encode()) // 2
    text = _CHOICE.sub(lambda found: _chosen(found[1], first + variant), text)
    text = _filled(text, chance)
    return GoldDocument(
        id=f"{paper.name}-{variant + 1}",
        text=text,
        title=_title(text, paper.kind),
        kind=paper.kind,
        attribute=_value(paper, attribute),
        sure=True,
        stated=label,
        forwards=_forwarded(text),
        source=paper.ground.value,
    )


def _value(paper: Paper, attribute: DisclosureAttribute | None) -> str:
    if paper.kind == UNOFFICIAL:
        return NOT_APPLICABLE
    return UNDECIDED if attribute is None else attribute.value


def _chosen(wordings: str, number: int) -> str:
    options = wordings.split("|")
    return options[number % len(options)]


def _attribute(ground: Ground, profile: Profile) -> DisclosureAttribute | None:
    match ground:
        case Ground.PUBLIC:
            return DisclosureAttribute.PROACTIVE
        case Ground.PROCESS:
            return DisclosureAttribute.NOT_DISCLOSED
        case Ground.PRIVATE:
            return profile.private_content_attribute
        case Ground.INTERNAL:
            return profile.internal_attribute
        case Ground.FORWARDED_ON_REQUEST:
            return DisclosureAttribute.ON_REQUEST
        case Ground.OPEN:
            return None


def _filled(text: str, chance: random.Random) -> str:
    named = chance.sample(people(40, seed=_SEED), 3)
    city, county = chance.choice(_CITIES), chance.choice(_COUNTIES)
    year = chance.choice(_YEARS)
    month = chance.randint(3, 11)
    gaps = {
        "省": "江岭省",
        "市": city,
        "县": county,
        "代": city[0],
        "年": str(year),
        "去年": str(year - 1),
        "月": str(month),
        "日期": f"{year}年{month}月{chance.randint(1, 28)}日",
        "号": str(chance.randint(2, 96)),
        "人": named[0].name,
        "人2": named[1].name,
        "人3": named[2].name,
        "身份证": named[0].id_number,
        "企业": chance.choice(_FIRMS),
        "电话": f"0{chance.randint(910, 979)}-{chance.randint(2000000, 8999999)}",
    }
    return text.format_map(gaps)


def _title(text: str, kind: str) -> str:
    """The line a reader takes for the title: the first that speaks of something."""
    lines = text.split("\n")
    return next((line for line in lines if "关于" in line or line.endswith(kind)), lines[0])


def _forwarded(text: str) -> str:
    """What a paper says that it forwards, as the sentence names it."""
    found = re.search(r"《([^《》]+(?:《[^《》]+》)?[^《》]*)》[^。]{0,40}转发给你们", text)
    return found[1] if found else ""
