"""Sensitive facts said of a person: illness, hardship, penalty … (条例15, 个人信息保护法28).

In a sentence, in a field of somebody's record (病情:…) or in a cell of somebody's row. Rules
about such people, work done for them and denials state no fact.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from gongkai.model.reading import EntityKind, EntityRole
from gongkai_classifiers.columns import column_meaning
from gongkai_classifiers.compaction import Compaction, compacted
from gongkai_classifiers.person_rules import Person

_SENTENCE = re.compile(
    "[^。;!?\n]+(?:(?<=[\u4e00-\u9fff,])\n(?=身?患[有上]|系[^统]|确诊|因病|被[列纳认判处])[^。;!?\n]+)*"
)
"""A line break before a predicate that lacks its subject is damage and ends no sentence."""
_OFFICE = re.compile("现任|拟任|任职|职务|提名|干部|党组|局长|科长|主任")
_AFTER_NAME, _BEFORE_NAME = 60, 12
_OFFICIAL_FACTS = frozenset({"penalty", "birth_date"})
_PRIVATE = frozenset({EntityRole.PLAIN, EntityRole.OFFICIAL})

_BELONGING = re.compile("(?:的|家庭?|一[家户])?$")
_PREDICATE = re.compile(
    "(?:[系是属因患]|列[为入]|[认确评核鉴][定别]为|识别为|纳入|享受|领取|申请|申领|取消|停发|终止|退出"
    "|成为|突发|伴有|合并|死于)[^,。;:()]{0,8}$"
)
_APPOSITION = re.compile("(?:^|[,(:为])(?![和与及或同])[^,。;:()、]{0,4}$")
_CLAUSE_END = re.compile("[,)、;:。( \n]|$|家庭|之一")
_TITLE_OF_NAME = re.compile(
    "(?:家庭|成员|人员|代表|学生|村民|居民|职工|申请人|户主|同志|老人|[:, ]){0,3}$"
)
_DONE_FOR = re.compile(
    "(?<!被)(?:帮助|资助|捐助|照[顾料]|关[爱心怀]|慰问|看望|走访|结对|帮扶|救助|服务|讲[授解]|介绍|研究|负责|分管"
    "|从事|主管|治疗|救治|抢救|护理|诊治|调查|查[处获办]|审理|办理|打击|抓获|防治|通报|宣传|推进|牵头|指导"
    "|协助|签发|评[选定]|处理)(?!无效)[^,。;]{0,12}$"
    "|(?<![定列因认成作断视])(?:为|替|帮|给(?!予))[^,。;]{2,14}$"
)
"""What somebody does for such people or about such cases says nothing of himself."""
_TALK = re.compile(
    "等?(?:患者|病人|人群|对象|人员|家庭|户|儿童)?的?(?:[防诊]治|预防|防控|护理|诊疗|治疗(?!费)|研究|知识|筛查"
    "|宣传|讲座|专家|学科|病房|门诊|帮扶|结对|责任人|主管|工作|保障|服务|关爱|康复|问题|政策|标准|认定"
    "|评定|审核|提供|送|捐|办理|解决|开展|案件|行为|管理)"
)
_DENIED = re.compile(
    "(?:[未无]|没有?|非|不是|排除|是否|有无)(?:曾|发现|受到?过?|被|有|患有?|任何|发生|因)?$"
)

_FIELD = re.compile(
    "([\u4e00-\u9fff](?: {0,4}[\u4e00-\u9fff]){1,9}) {0,4}:"
    "(?= *(?![_(\\[/ ])([^\n;,。:|\t]{1,30})(:?))"
)
"""A label and its value; the value's end may be the next label."""
_SUBJECT = re.compile(
    "(?:姓名|名字|申请人|户主|患者|当事人|学生|受助人|对象|处罚人|儿童|老人|职工|家属|人员):$"
)
_BLANK = re.compile("[-/\\\\—–_ ]*|[无否](?!人)[^,]{0,3}|正常|健康|良好|不详|暂无|待定|如实填写.*")
_FIELD_LINES = 8


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact at ``start``–``end`` said of ``person``; ``sub`` names its sort."""

    start: int
    end: int
    sub: str
    role: EntityRole
    already_masked: bool
    person: Person


@dataclass(frozen=True, slots=True)
class Words:
    """Words for a fact of the sort ``sub``; of a ``group`` somebody must be called a member."""

    sub: str
    group: bool
    pattern: re.Pattern[str]


@cache
def lexicon_of_facts() -> tuple[Words, ...]:
    """The words under ``data/sensitive_facts.tsv``, in the order of the file."""
    text = files("gongkai_classifiers").joinpath("data/sensitive_facts.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(Words(sub, how == "group", re.compile(pattern)) for sub, how, pattern in rows)


def facts(text: str, persons: Sequence[Person]) -> list[Fact]:
    """Facts within reach of a private person's name, in order; the same words count once.

    ``persons`` come in the order of the text, none overlapping another.
    """
    named = [person for person in persons if person.role in _PRIVATE]
    if not named:
        return []
    small = compacted(text)
    private = _People.of(named, small)
    plain = _People.of((p for p in named if p.role is EntityRole.PLAIN), small)
    found: dict[tuple[int, int], Fact] = {}
    for sentence in _SENTENCE.finditer(small.text):
        start, end = sentence.span()
        if private.named_between(start, end):
            for fact in _in_sentence(small.text, start, end, private, plain):
                whole = small.outside(fact.start, fact.end)
                found.setdefault(whole, replace(fact, start=whole[0], end=whole[1]))
    for fact in _in_fields(text, [person for person in named if person.role is EntityRole.PLAIN]):
        found.setdefault((fact.start, fact.end), fact)
    return _widest(found.values())


def stated(text: str) -> Iterator[tuple[int, int, str]]:
    """Ranges of a cell that state a fact of whoever the row is about, each with its sort."""
    taken = 0
    for words in lexicon_of_facts():
        if words.sub == "birth_date":
            continue
        match = words.pattern.search(text)
        if match and not taken and not _mere_talk(text, match, 0, len(text)):
            taken = match.end()
            yield match.start(), match.end(), words.sub


@dataclass(frozen=True, slots=True)
class _People:
    """Persons by their place in a compact text: who stands beside a fact is found at once."""

    persons: tuple[Person, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, persons: Iterable[Person], small: Compaction) -> _People:
        kept = tuple(persons)
        starts = tuple(small.inside(person.start) for person in kept)
        return cls(kept, starts, tuple(small.inside(person.end - 1) + 1 for person in kept))

    def named_between(self, start: int, end: int) -> bool:
        first = bisect_left(self.starts, start)
        return first < len(self.starts) and self.starts[first] < end

    def before(self, start: int, opening: int) -> int | None:
        """The number of the last one named from ``opening`` on and shortly before ``start``."""
        last = bisect_right(self.ends, start) - 1
        if last < 0 or self.starts[last] < opening or start - self.ends[last] > _AFTER_NAME:
            return None
        return last

    def behind(self, end: int, closing: int) -> int | None:
        """The number of the next one named right behind ``end`` and before ``closing``."""
        first = bisect_left(self.starts, end)
        if first == len(self.starts) or self.starts[first] >= closing:
            return None
        return first if self.starts[first] - end <= _BEFORE_NAME else None


def _in_sentence(
    text: str, start: int, end: int, private: _People, plain: _People
) -> Iterator[Fact]:
    for words in lexicon_of_facts():
        official = words.sub in _OFFICIAL_FACTS
        near = private if official else plain
        whose = _member if words.group else _subject
        for match in words.pattern.finditer(text, start, end):
            if words.sub != "birth_date" and _mere_talk(text, match, start, end):
                continue
            number = whose(text, match, near, (start, end))
            if number is None or _of_the_firm(text, words.sub, near, number):
                continue
            office = official and (
                _OFFICE.search(text, start, match.start()) or _OFFICE.search(text, match.end(), end)
            )
            role = EntityRole.OFFICIAL if office else EntityRole.PLAIN
            person = near.persons[number]
            masked = person.sub == "masked"
            yield Fact(match.start(), match.end(), words.sub, role, masked, person)


def _of_the_firm(text: str, sub: str, near: _People, number: int) -> bool:
    """Whether a penalty is a firm's whose head is named in passing: 法定代表人:某人,被处罚."""
    named = near.persons[number].sub == "legal_representative"
    return sub == "penalty" and named and text.startswith(",", near.ends[number])


def _mere_talk(text: str, match: re.Match[str], start: int, end: int) -> bool:
    denied = _DENIED.search(text, max(start, match.start() - 8), match.start())
    return denied is not None or _TALK.match(text, match.end(), end) is not None


def _subject(
    text: str, match: re.Match[str], near: _People, sentence: tuple[int, int]
) -> int | None:
    """Of whom words that state a fact speak: the last one named before them, else the next."""
    number = near.before(match.start(), sentence[0])
    if number is None:
        return near.behind(match.end(), sentence[1])
    return None if _DONE_FOR.search(text[near.ends[number] : match.start()]) else number


def _member(
    text: str, match: re.Match[str], near: _People, sentence: tuple[int, int]
) -> int | None:
    """Whom the sentence counts among a sort of people, by name behind it or by predicate."""
    behind = near.behind(match.end(), sentence[1])
    if behind is not None and _TITLE_OF_NAME.fullmatch(text[match.end() : near.starts[behind]]):
        return behind
    number = near.before(match.start(), sentence[0])
    if number is None:
        return None
    between = text[near.ends[number] : match.start()]
    if _BELONGING.fullmatch(between):
        return number
    if _DONE_FOR.search(between):
        return None
    apposed = _APPOSITION.search(between) and _CLAUSE_END.match(text, match.end())
    return number if apposed or _PREDICATE.search(between) else None


def _in_fields(text: str, plain: Sequence[Person]) -> Iterator[Fact]:
    """病情:尿毒症 in the record that 姓名:… opens a few lines above."""
    ends = [person.end for person in plain]
    for field in _FIELD.finditer(text) if plain else ():
        meaning = column_meaning(field[1])
        if meaning is None or meaning.kind is not EntityKind.SENSITIVE_FACT:
            continue
        value = field[2].rpartition(" ")[0].rstrip() if field[3] else field[2].rstrip()
        index = bisect_right(ends, field.start()) - 1
        if index < 0 or not value or _BLANK.fullmatch(value):
            continue
        person = plain[index]
        named = "".join(text[max(0, person.start - 16) : person.start].split(" "))
        if _SUBJECT.search(named) and text.count("\n", person.end, field.start()) <= _FIELD_LINES:
            start, masked = field.start(2), person.sub == "masked"
            yield Fact(start, start + len(value), meaning.sub, EntityRole.PLAIN, masked, person)


def _widest(found: Iterable[Fact]) -> list[Fact]:
    """The facts in order, without those inside another of their sort."""
    kept: list[Fact] = []
    reached: dict[str, int] = {}
    for fact in sorted(found, key=lambda fact: (fact.start, -fact.end)):
        if reached.get(fact.sub, 0) < fact.end:
            reached[fact.sub] = fact.end
            kept.append(fact)
    return kept
