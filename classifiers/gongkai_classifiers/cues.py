"""The lexicon of cues under ``data/cues.tsv``: what is looked for, where, and on what ground."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from gongkai.model.reading import TriggerCode


class Where(StrEnum):
    """The part of a paper a cue is looked for in."""

    TITLE = "title"
    OPENING = "opening"
    CLOSING = "closing"
    LINE = "line"
    PASSAGE = "passage"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class Cue:
    """One row of the lexicon; ``source`` is the requirement it stands for."""

    code: TriggerCode
    where: Where
    weight: float
    pattern: re.Pattern[str]
    source: str

    @property
    def subject(self) -> bool:
        """Whether a hit speaks of the whole paper."""
        return self.where in {Where.TITLE, Where.OPENING, Where.CLOSING}


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue found at ``start``–``end`` of a text without white space."""

    cue: Cue
    start: int
    end: int


@cache
def cues() -> tuple[Cue, ...]:
    """All cues, in the order of the file."""
    text = files("gongkai_classifiers").joinpath("data/cues.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(
        Cue(TriggerCode(code), Where(where), float(weight), re.compile(pattern), source)
        for code, where, weight, pattern, source in rows
    )


_WIDE_OPENING = re.compile(r"^\[一-龥\]\{[0-9,]+\}")


@dataclass(frozen=True, slots=True)
class _Search:
    """A cue, and what any match of it contains; a name before it makes the search slow."""

    cue: Cue
    gate: re.Pattern[str] | None
    guarded: bool


@cache
def _searches(where: tuple[Where, ...]) -> tuple[_Search, ...]:
    """The cues of some places, in the order of the file."""
    return tuple(
        _Search(
            cue,
            _gate(cue.pattern.pattern),
            guarded=cue.where is Where.PASSAGE and cue.code in GUARDED,
        )
        for cue in cues()
        if cue.where in where
    )


def _gate(pattern: str) -> re.Pattern[str] | None:
    opening = _WIDE_OPENING.match(pattern)
    return re.compile(pattern[opening.end() :]) if opening else None


@cache
def anything(where: Where) -> re.Pattern[str]:
    """All cues of one place in one pattern, to ask many short texts that mostly hold none."""
    return re.compile("|".join(f"(?:{s.cue.pattern.pattern})" for s in _searches((where,))))


_TALK = re.compile(
    "应当|不得|严禁|禁止|下列|情形|有权|可以|必须|需要的|依法|按照规定|除外|或者|凡|一律|是否|原则|规定的|的,|时,"
)
_SENTENCE_END = "。;!?"
GUARDED = frozenset(
    {
        TriggerCode.SECRET_CONTENT,
        TriggerCode.SECURITY_STABILITY,
        TriggerCode.TRADE_SECRET,
        TriggerCode.DELIBERATION,
        TriggerCode.CONSULT_CONTENT,
        TriggerCode.CASE_FILE,
        TriggerCode.INTERNAL_MATTER,
        TriggerCode.LAW_FORBIDS,
    }
)
"""Codes whose passages hold a paper up: a rule that merely speaks of such things is none."""


def is_rule(text: str, start: int, end: int) -> bool:
    """Whether the sentence around a hit lays down a rule instead of being the thing itself."""
    begin = max(text.rfind(mark, 0, start) for mark in _SENTENCE_END) + 1
    stops = [stop for mark in _SENTENCE_END if (stop := text.find(mark, end)) >= 0]
    return _TALK.search(text, begin, min(stops, default=len(text))) is not None


def hits(text: str, *where: Where) -> Iterator[Hit]:
    """Cues of these places in a text without white space, rules about such matters left out."""
    for search in _searches(where):
        if search.gate is not None and not search.gate.search(text):
            continue
        for match in search.cue.pattern.finditer(text):
            if not (search.guarded and is_rule(text, *match.span())):
                yield Hit(search.cue, match.start(), match.end())
