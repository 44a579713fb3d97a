"""Papers written to learn grounds from: ``grounds/*.txt``, one file per batch of wordings.

A heading ``# ground`` stands over its papers. Each paper is one line of four fields divided by
｜: titles (alternatives divided by ／), recipients, body, signature. {人} and the like are
filled in. Everybody and every place is invented. In ``kinds_*.txt`` the heading is a kind, or
非公文: drafts whose words name none, and texts that are no official papers.
"""

from __future__ import annotations

import gzip
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path

from gongkai.model.bundle import Bundle, Member, Role
from gongkai.model.content import Block, Content, Format, Part
from gongkai.policy.profile import Profile, load_profile
from gongkai.samples.people import people
from gongkai_classifiers.view import View

BATCHES = (
    "people", "schools", "land", "order", "fields", "money", "market", "house", "mixed", "plain",
)  # fmt: skip
"""Each written at one go about one field of government: what is held out is held out whole."""
KIND_BATCHES = ("kinds_street", "kinds_desk", "kinds_yard", "kinds_square", "kinds_hall")

_CITIES = ("云栖市", "松河市", "望川市", "临泽湖市", "安平市", "江口市", "永宁洲市", "东陵市")
_COUNTIES = ("青岚县", "白杨县", "石桥县", "禾丰县", "平川县", "云岭县", "北河县", "柳湖县")
_DISTRICTS = ("城东区", "河西区", "新桥区", "南屏区")
_PROVINCES = ("江岭省", "云川省", "海东省")
_FIRMS = (
    "明远建材有限公司", "丰禾食品有限公司", "恒信人力资源有限公司", "天成机械厂",
    "绿源农业开发有限公司", "华盛置业有限公司", "瑞康医药连锁有限公司", "宏达运输公司",
)  # fmt: skip
_DATED = 0.7
_WHOLE = 2
"""So many variants of a paper show all of its parts."""
_GAP = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper with its gaps; ``heading`` is the ground, or the kind, it stands under."""

    batch: str
    heading: str
    titles: tuple[str, ...]
    recipients: str
    body: str
    signature: str


@dataclass(frozen=True, slots=True)
class Written:
    """A paper as lines, and the heading it stands under; ``number`` tells papers apart.

    One may be ``lacking`` its title, recipients or signature, as drafts do.
    """

    number: int
    batch: str
    heading: str
    lines: tuple[str, ...]
    lacking: bool = False


@cache
def papers() -> tuple[Paper, ...]:
    """All papers, batch after batch."""
    return tuple(paper for batch in BATCHES for paper in _read(batch))


@cache
def kind_papers() -> tuple[Paper, ...]:
    """Drafts of every kind that name none, and texts that are no official papers."""
    return tuple(paper for batch in KIND_BATCHES for paper in _read(batch))


def _read(batch: str) -> Iterator[Paper]:
    heading = ""
    path = files("gongkai_classifiers").joinpath(f"training/grounds/{batch}.txt")
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("# "):
            heading = line[2:].strip()
        elif line.strip():
            titles, recipients, body, signature = line.split("｜")
            yield Paper(batch, heading, tuple(titles.split("／")), recipients, body, signature)


def written(variants: int, seed: int) -> Iterator[Written]:
    """Every paper several times: other names and places, another of its titles, parts left out."""
    for number, paper in enumerate(papers()):
        for variant in range(variants):
            chance = random.Random(f"{seed} {number} {variant}")
            lines = _lines(paper, variant, chance)
            yield Written(number, paper.batch, paper.heading, lines, variant >= _WHOLE)


def drafted(seed: int) -> Iterator[Written]:
    """Every paper of ``kind_papers`` whole, and once without each part that a draft may lack."""
    for number, paper in enumerate(kind_papers()):
        for missing in ("", "titles", "recipients", "signature"):
            if missing and not any(getattr(paper, missing)):
                continue
            chance = random.Random(f"{seed} {paper.batch} {number} {missing}")
            empty = {"titles": ("",)} if missing == "titles" else {missing: ""} if missing else {}
            draft = replace(paper, **empty)
            yield Written(number, paper.batch, paper.heading, _lines(draft, 0, chance, 0.2))


def _lines(
    paper: Paper, variant: int, chance: random.Random, dated: float = _DATED
) -> tuple[str, ...]:
    gaps = _gaps(chance)

    def fill(text: str) -> str:
        return _GAP.sub(lambda gap: gaps[gap[1]], text)

    title = paper.titles[variant % len(paper.titles)]
    if variant and chance.random() < 0.3:
        title = (
            "{市}" + paper.signature.removeprefix("{市}") + title
            if "{市}" in paper.signature
            else title
        )
    shown = {"title": title, "recipients": paper.recipients, "signature": paper.signature}
    if variant >= _WHOLE:
        # Papers come without this or that; what is left has to tell.
        shown.pop(chance.choice(("title", "recipients", "signature", "nothing")), None)
    lines = [shown.get("title", ""), shown.get("recipients", ""), *_paragraphs(paper.body, chance)]
    lines.append(shown.get("signature", ""))
    if chance.random() < dated:
        lines.append("{年}年{月}月{日}日")
    return tuple(fill(line) for line in lines if line)


def _paragraphs(body: str, chance: random.Random) -> Iterator[str]:
    """The body in one piece, or its last sentence on a line of its own."""
    last = re.search("(?<=。)[^。]{2,40}。$", body)
    if last and chance.random() < 0.5:
        yield body[: last.start()]
        yield last.group()
    else:
        yield body


def _gaps(chance: random.Random) -> dict[str, str]:
    named = chance.sample(people(120, seed=5), 3)
    year = chance.randint(2019, 2026)
    city = chance.choice(_CITIES)
    return {
        "省": chance.choice(_PROVINCES),
        "市": city,
        "县": chance.choice(_COUNTIES),
        "区": chance.choice(_DISTRICTS),
        "年": str(year),
        "去年": str(year - 1),
        "月": str(chance.randint(1, 12)),
        "日": str(chance.randint(1, 28)),
        "号": str(chance.randint(2, 360)),
        "人": named[0].name,
        "人2": named[1].name,
        "人3": named[2].name,
        "企业": city[:2] + chance.choice(_FIRMS),
        "电话": f"0{chance.randint(910, 979)}-{chance.randint(2000000, 8999999)}",
    }


_STATUTES, _STATUTE_LINES = 120, 14


def read_statutes(path: Path) -> Iterator[tuple[str, ...]]:
    """Openings of statutes and judicial interpretations, evenly out of a ``### name`` file."""
    with gzip.open(path, "rt", encoding="utf-8") as opened:
        texts = re.split("^### .*$", opened.read(), flags=re.MULTILINE)[1:]
    for text in texts[:: max(1, len(texts) // _STATUTES)]:
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if len(lines) > 3:
            yield tuple(lines[:_STATUTE_LINES])


@cache
def _profile() -> Profile:
    return load_profile("national_2019")


def view_of(lines: Sequence[str]) -> View:
    """A paper as the classifiers see it: the same reading of its layout as at run time."""
    name = "正文.txt"
    blocks = [Block("name", Part.NAME, name)]
    blocks += [Block(f"line{n}", Part.BODY, text) for n, text in enumerate(lines, 1)]
    content = Content("0" * 64, Format.TEXT, tuple(blocks))
    return View(Bundle(Member(name, Role.MAIN, content), ()), _profile())
