"""Topics of the proactive list, T01–T17, by the profile's keywords (PRO-01…06)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from gongkai.model.reading import Observations, Topic
from gongkai_classifiers.headline import Headline
from gongkai_classifiers.view import View

if TYPE_CHECKING:
    from gongkai.policy.entries import TopicRule

VERSION = "1"

_OFFICE = re.compile(
    "(?:人力资源和社会保障|劳动和社会保障|劳动保障|医疗保障|生态环境|环境保护|应急管理|市场监督管理"
    "|住房和城乡建设|退役军人事务|乡村振兴|城市管理|公共资源交易|社会保险事业管理|社会保险|交通运输"
    "|住房公积金管理|残疾人联合|文物保护|知识产权|政务服务)(?:管理|综合执法|监督管理)?(?:行政部门|委员会|中心|部门|系统|局|厅|部|会|法院)"
)
_IN_TITLE, _PER_TITLE_WORD = 0.75, 0.08
_BASE, _PER_WORD, _PER_MENTION = 0.13, 0.1, 0.03
_ALONE = -1  # Stands for the opening of a keyword of one character, which is always searched.
_MOST_MENTIONS, _SUREST_BODY, _SUREST_TITLE = 8, 0.7, 0.95


@dataclass(frozen=True, slots=True)
class Mention:
    """A topic in a text: its words, how often they stand there, the first one's place."""

    code: str
    words: int
    times: int
    start: int
    end: int

    @property
    def in_title(self) -> float:
        """Confidence of a topic that the title names."""
        return min(_SUREST_TITLE, _IN_TITLE + _PER_TITLE_WORD * (self.words - 1))

    @property
    def in_body(self) -> float:
        """Confidence of a topic that only the body names: one mention alone is hardly one."""
        times = min(self.times, _MOST_MENTIONS)
        return min(_SUREST_BODY, _BASE + _PER_WORD * self.words + _PER_MENTION * times)


def mentions(text: str, rules: Sequence[TopicRule]) -> list[Mention]:
    """Which topics a text without white space mentions, in the order of the rules.

    The name of an office (人力资源和社会保障局) is no topic.
    """
    plain = _OFFICE.sub(lambda match: "\0" * len(match.group()), text)
    present: dict[str, list[tuple[int, str]]] = {}
    for code, word in _worth_a_search(plain, tuple(rules)):
        place = plain.find(word)
        if place >= 0:
            present.setdefault(code, []).append((place, word))
    return [
        _mention(plain, rule.code, present[rule.code]) for rule in rules if rule.code in present
    ]


def _mention(text: str, code: str, present: list[tuple[int, str]]) -> Mention:
    start, word = min(present, key=lambda item: (item[0], -len(item[1])))
    times = sum(text.count(word) for _, word in present)
    return Mention(code, len(present), times, start, start + len(word))


def _worth_a_search(text: str, rules: tuple[TopicRule, ...]) -> Iterator[tuple[str, str]]:
    """Code and keyword of those whose first two characters stand in the text somewhere."""
    by_opening = _by_opening(rules)
    for opening in by_opening.keys() & _pairs(text):
        yield from by_opening[opening]
    yield from by_opening.get(_ALONE, ())


def _pairs(text: str) -> set[int]:
    """Every two neighbouring characters of a text, as one number each.

    Two units of UTF-16 read as a number are found four times as fast as joined strings. A
    character of two units makes a pair of its own, which is as good an opening as any.
    """
    data = text.encode("utf-16-le", "surrogatepass")
    pairs: set[int] = set()
    for start in (0, 2):
        stop = start + (len(data) - start) // 4 * 4
        pairs.update(memoryview(data[start:stop]).cast("I"))
    return pairs


@lru_cache(maxsize=8)
def _by_opening(rules: tuple[TopicRule, ...]) -> dict[int, list[tuple[str, str]]]:
    openings: dict[int, list[tuple[str, str]]] = {}
    for rule in rules:
        for word in rule.keywords:
            opening = min(_pairs(word[:2]), default=_ALONE)
            openings.setdefault(opening, []).append((rule.code, word))
    return openings


def observe(view: View) -> Observations:
    """Topics of the main file: by title, else by body; a title outweighs any body."""
    rules = view.profile.topics
    head = Headline(view)
    named = {mention.code: mention for mention in mentions(head.title.text, rules)}
    topics: list[Topic] = []
    for mention in named.values():
        span = head.title.span(mention.start, mention.end)
        if span is not None:
            topics.append(Topic(mention.code, span, True, mention.in_title))
    main = view.main
    for mention in mentions(main.compact, rules):
        if mention.code not in named:
            span = main.span(*main.spread(mention.start, mention.end))
            topics.append(Topic(mention.code, span, False, round(mention.in_body, 2)))
    return Observations(topics=tuple(topics), components=("topics",))
