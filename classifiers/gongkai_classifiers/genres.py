"""Texts that only look official: exam questions, news, chapters of a novel, adverts, letters."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongkai.model.reading import DocType, Span
from gongkai_classifiers.kinds import STATUTORY
from gongkai_classifiers.lines import Line
from gongkai_classifiers.view import View

NOT_OFFICIAL = "非公文"
_FIRST_LINES = 6

_EXAM = re.compile(
    r"下列[^。]{0,30}(?:正确|恰当|错误|不当)的?(?:一项|是)|选项[AA]|答案[:]?[A-DＡ-Ｄ]\b|答案[A-D]"
)
_NEWS = re.compile(
    r"^(?:本报讯|本报记者|新华社|据[^,。]{2,12}(?:电|报道)|记者[^,。]{0,8}从|近日,记者)|"
    r"\((?:实习)?记者|本报讯"
)
_FICTION = re.compile(r"^第[0-9一二三四五六七八九十百千零]{1,7}[章回](?!总则|附则)[^第]{2,24}$")


def unofficial(view: View, lines: Sequence[Line], text: str) -> DocType | None:
    """非公文 for a text whose genre is plain, whatever words for kinds stand in it."""
    if _EXAM.search("\n".join(line.text for line in lines[-12:])):
        return DocType(NOT_OFFICIAL, 0.95, None, "exam")
    if _FICTION.match(lines[0].text):
        return DocType(NOT_OFFICIAL, 0.9, _whole(view, lines[0]), "chapter")
    word = view.layout.title.word if view.layout.title else None
    if any(_NEWS.search(line.text) for line in lines[:_FIRST_LINES]) and (
        word is None or word.kind not in STATUTORY
    ):
        return DocType(NOT_OFFICIAL, 0.9, None, "news")
    return None


def _whole(view: View, line: Line) -> Span:
    return view.main.span(*line.locate(0, len(line.text)))
