"""The kind of a text that names none: what it calls itself, what it looks like, what it is like.

Signs of an official text (``signs``) are weighed together with what the trained model says, and
words such as one kind uses (``likeness``) raise what it says of that kind.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from gongkai.model.reading import DocType, Span
from gongkai_classifiers.genres import NOT_OFFICIAL
from gongkai_classifiers.gist import Part, Piece, pieces
from gongkai_classifiers.ground_model import built_in
from gongkai_classifiers.kinds import kind_word
from gongkai_classifiers.likeness import VOICE, Likeness, likenesses
from gongkai_classifiers.ngrams import Run, runs
from gongkai_classifiers.signs import AGAINST, Sign, signs, weight
from gongkai_classifiers.view import View

LEARNT = 0.4
"""From this chance on a kind is taken from the model; see docs/model.md for what it is worth."""
FEWEST = 20
"""A body of fewer characters says no kind: 有关情况见附表."""
UNSIGNED, ALIKE = 0.5, 1.0
"""So much speaks against a text before any sign is seen, and for one that is like some kind."""
_LEAST = 0.02
"""However sure the model is, so much is left to the signs."""

_SELF_NAMED = re.compile(
    r"(?:制定|制订|编制|拟定|修订|施行|解释|印发|发布|公布)?本"
    r"(?P<kind>(?:实施|管理|工作|暂行)?(?:办法|规定|细则|条例|规则|规程|制度|方案|预案|计划|规划|指南|"
    r"意见|通知|决定|公告|通告|公报|命令|章程|守则|准则|标准))"
)
_SELF_TITLED = re.compile(
    r"(?:制定|编制|制订)《[^《》]{2,60}?(?P<kind>指南|办法|规定|方案|制度|目录|规划)》"
)
_MEETING_NEWS = re.compile(r"会议(?:学习|审定|审议|研究|听取|讨论|传达|审查|通过)了|传达了|研究了")
_MEETING_MINUTES = re.compile(r"会议(?:议定|确定|决定|明确|要求|指出|强调|认为|原则同意|同意|听取)")
_DECIDED = re.compile(r"会议(?:议定|确定|决定|明确|原则同意|同意)")
"""What a report in the news seldom says of a meeting."""
_ANNUAL = re.compile(r"^[^。]{0,12}(?:20[0-9]{2}|[二一].{3})年(?:度|,)")
_SPEECH = re.compile(
    r"(?:^|\n)(?:各位|尊敬的)?[^\n。:]{0,10}(?:同志|代表|委员|来宾|老师|同学|朋友|乡亲)们?[:](?s:.){0,300}?"
    r"(?:我(?:代表|讲|谈|再?强调|提)|大家好|谢谢大家|欢聚一堂)"
)
_ISSUE = re.compile(r"第[0-9一二三四五六七八九十xX×]{0,4}期|总第|本期(?:要目|选登|内容|导读)")


def called(view: View, text: str) -> DocType | None:
    """What a text calls itself in passing, or plainly is."""
    if len(_MEETING_NEWS.findall(text)) >= 2 and re.search(r"主持召开", text):
        return DocType("会议消息", 0.6, None, "looks")
    if (
        len(_MEETING_MINUTES.findall(text)) >= 3
        and re.search(r"出席|参加|列席|主持", text)
        and (_DECIDED.search(text) or not any(sign.name == "news" for sign in signs(view.layout)))
    ):
        return DocType("纪要", 0.6, None, "looks")
    if _SPEECH.search(text):
        return DocType("讲话", 0.6, None, "looks")
    if self_titled := _SELF_TITLED.search(text):
        return DocType(self_titled["kind"], 0.6, None, "self_titled")
    if (named := _SELF_NAMED.search(text)) and weight(view.layout) > AGAINST:
        word = kind_word(named["kind"])
        if word:
            return DocType(word.kind, 0.65, None, "self_named")
    if _ANNUAL.search(text) and "政府信息公开" in text and re.search(r"总体情况|工作情况", text):
        return DocType("年度报告", 0.6, None, "looks")
    for line in view.layout.lines[:4]:
        if issue := _ISSUE.search(line.text[:40]):
            return DocType("简报", 0.6, view.main.span(*line.locate(*issue.span())), "serial")
    return None


def weighed(view: View) -> DocType:
    """非公文, or the kind an official text is like, or "" where that cannot be told."""
    model = built_in()
    parts = pieces(view)
    seen = runs(parts, model.size)
    chances = model.kinds.chances(seen)
    unofficial = chances.pop(NOT_OFFICIAL, 0.5)
    found = signs(view.layout)
    alike = {each.kind: each for each in likenesses(view.layout.main_lines)}
    odds = weight(view.layout) + (ALIKE if alike else 0.0) - _log_odds(unofficial) - UNSIGNED
    sure = 1 / (1 + math.exp(-odds))
    if odds <= 0:
        against = min(found, key=lambda sign: sign.weight, default=None)
        span = _span(view, against) if against and against.weight < 0 else None
        return DocType(NOT_OFFICIAL, round(0.9 * (1 - sure), 2), span, "weighed")
    voiced = {k: c * math.exp(VOICE if k in alike else 0.0) for k, c in chances.items()}
    kind = max(voiced, key=voiced.__getitem__)
    chance = voiced[kind] / sum(voiced.values())
    length = sum(len(piece.text) for piece in parts if piece.part is Part.BODY)
    if chance < LEARNT or length < FEWEST:
        sign = max(found, key=lambda sign: sign.weight, default=None)
        return DocType("", 0.3, _span(view, sign) if sign else None, "elements_without_kind")
    words_for_it = alike.get(kind)
    evidence = _span(view, words_for_it) if words_for_it else _loudest(view, seen, kind)
    return DocType(kind, round(0.7 * chance, 2), evidence, "likeness" if words_for_it else "model")


def _log_odds(chance: float) -> float:
    bounded = min(max(chance, _LEAST), 1 - _LEAST)
    return math.log(bounded / (1 - bounded))


def _span(view: View, sign: Sign | Likeness) -> Span:
    return view.main.span(*sign.line.locate(sign.start, sign.end))


def _loudest(view: View, seen: Sequence[Run], kind: str) -> Span | None:
    """The piece of the paper that speaks most for a kind."""
    voices = built_in().kinds.speaking(seen, kind)
    piece: Piece | None = max(voices, key=lambda each: float(voices[each].sum()), default=None)
    if piece is None or not piece.text:
        return None
    return view.main.span(*piece.line.locate(piece.start, piece.end))
