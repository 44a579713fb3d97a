"""How a label is worded on a line: in brackets, bare, beside a number, or as field and value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from gongkai.model.reading import LabelSource
from gongkai.policy.entries import LabelMeaning, fold
from gongkai.policy.profile import Profile
from gongkai_classifiers import shapes
from gongkai_classifiers.layout import Layout
from gongkai_classifiers.lines import Line

_OPEN, _CLOSE = r"[(\[【〔<{.。·]", r"[)\]】〕>}.。·]"
_BRACKETED = re.compile(
    rf"(?:附注[:]?)?{_OPEN}(?P<words>[^()\[\]【】〔〕<>{{}}。,;:]{{3,24}})"
    rf"(?P<tail>[,。;:][^()]{{0,200}})?(?P<close>{_CLOSE}+|$)"
)
_BARE = re.compile(
    r"(?:附注[:]?)?(?P<words>此[件文][^()。,;:、“”]{2,16}?)(?P<tail>[,;][^()]{0,200})?[.。)]?$"
)
_BEFORE_MERGED = re.compile(r"(?:日|[局厅部委办会院府司])$")
_AFTER_NUMBER = re.compile(r"号(?:[A-D]类?|类别[:]?[A-D])?[|]?(?P<words>[\u4e00-\u9fff]{4,8})$")
_GARBLED = re.compile(r"ù思[^\u4e00-\u9fff]{0,4}开?发布")
"""（此件公开发布 read with its bytes one off, as mirrors in traditional script show it."""
_TICKED, _UNTICKED = "☑■√✓✔▣☒⊠●◉✅", "□☐▢○◯〇"
_BOX = f"[{_TICKED}{_UNTICKED}]"
_BRACKET_BOX = re.compile(f"[(\\[](?P<tick>[{_TICKED}]?)[)\\]]")
_CHOICE_AHEAD = re.compile(r"^(?:[、/]|或者?|和|及|与|以及)(?!不予公开理由)")
_END_OF_VALUE = re.compile(
    r"^(?:$|[|,。;)）】\]（(:]|[0-9]|公开时限|公开范围|公开时间|抄送|印发|共印|印数|份数|理由|原因|依据|是否|密级|备注|长期)"
)
FIELDS_PER_LINE = 50
NEGATIONS = frozenset("不未免予非")


@dataclass(frozen=True, slots=True)
class Found:
    """A label on one line: its words at ``start``–``end`` of the line's text."""

    words: str
    start: int
    end: int
    source: LabelSource
    meaning: LabelMeaning


class Wordings:
    """The profile's wordings, prepared for lines."""

    def __init__(self, profile: Profile) -> None:
        self.aliases = profile.aliases
        self.look_alikes = tuple(fold(word) for word in profile.look_alikes)
        fields = sorted({fold(name) for name in profile.label_fields}, key=len, reverse=True)
        self.reasons = tuple(fold(name) for name in profile.reason_fields)
        values = sorted(self.aliases, key=len, reverse=True)
        self.field = re.compile(
            rf"(?P<field>{'|'.join(map(re.escape, fields))})(?P<after>[:|)\]】]*)"
        )
        self.value = re.compile("|".join(map(re.escape, values)))
        self.names = frozenset(fields)

    def meaning(self, words: str) -> LabelMeaning | None:
        """What a wording says; a wording one letter off is read as an alias."""
        folded = fold(words)
        if folded in self.aliases:
            return self.aliases[folded]
        if folded.startswith(self.look_alikes):
            return None
        near = {
            known
            for known in self.aliases
            if len(known) == len(folded) >= 5 and _one_letter_off(known, folded)
        }
        if len(near) == 1:
            return replace(self.aliases[near.pop()], own=False)
        if folded.startswith("此件") and "公开" in folded and len(folded) <= 12:
            return LabelMeaning(None)
        return None


@lru_cache(maxsize=8)
def wordings_of(profile: Profile) -> Wordings:
    """The wordings of a profile, prepared once."""
    return Wordings(profile)


def _one_letter_off(known: str, seen: str) -> bool:
    differing = [(a, b) for a, b in zip(known, seen, strict=True) if a != b]
    return len(differing) == 1 and not NEGATIONS & set(differing[0])


def found_on_line(
    wordings: Wordings, layout: Layout, lines: Sequence[Line], index: int
) -> Iterator[Found]:
    """The labels on one line; ``lines`` give a field its value in the next cell."""
    line = lines[index]
    text = line.text
    if garbled := _GARBLED.search(text):
        meaning = wordings.meaning("此件公开发布")
        if meaning:
            yield Found(
                text[garbled.start() : garbled.end()],
                garbled.start(),
                garbled.end(),
                LabelSource.ANNOTATION,
                replace(meaning, own=False),
            )
    fields = list(_fields(wordings, lines, index))
    if not fields and layout.dated is not None and line.number >= layout.dated:
        fields = list(_two_values(wordings, line))
    yield from fields
    if not fields:
        yield from _annotations(wordings, layout, line)


def _annotations(wordings: Wordings, layout: Layout, line: Line) -> Iterator[Found]:
    text = line.text
    close = layout.dated is not None and line.number >= layout.dated
    for match in _BRACKETED.finditer(text):
        before = text[: match.start()]
        words = match["words"]
        stands = not before or _BEFORE_MERGED.search(before) is not None
        names_paper = fold(words).startswith(("此件", "此文"))
        alone = not before and match.end() == len(text)
        if not stands or not (names_paper or alone):
            continue
        if match["close"] == "" and not alone:
            continue
        if match.group().startswith((".", "。", "·")) and not alone:
            continue
        yield from _reading(wordings, match, LabelSource.ANNOTATION)
    bare = _BARE.match(text)
    if bare and (bare["tail"] is None or close):
        yield from _reading(wordings, bare, LabelSource.ANNOTATION)
    beside = _AFTER_NUMBER.search(text)
    if (
        beside
        and line.number < layout.body + 3
        and fold(beside["words"]) in wordings.aliases
        and shapes.DOC_NUMBER.search(text[:60])
    ):
        yield from _reading(wordings, beside, LabelSource.ANNOTATION)


def _reading(wordings: Wordings, match: re.Match[str], source: LabelSource) -> Iterator[Found]:
    meaning = wordings.meaning(match["words"])
    if meaning is not None:
        yield Found(match["words"], *match.span("words"), source, meaning)


def _fields(wordings: Wordings, lines: Sequence[Line], index: int) -> Iterator[Found]:
    line = lines[index]
    text = line.text
    quoted = re.search(r"[。“”]", text)
    until = quoted.start() if quoted else len(text)
    if shapes.ENUMERATED.match(text):
        return
    for field in islice(wordings.field.finditer(text, 0, until), FIELDS_PER_LINE):
        before = text[max(0, field.start() - 2) : field.start()]
        if before and not re.search(r"(?:[|,;:)\]】【\[(]|政府|信息|本|此)$", before):
            continue
        rest = text[field.end() :]
        if not rest:
            yield from _beside(wordings, lines, index, ended=bool(field["after"]))
            continue
        closed = field["after"] or line.block.cell is not None or re.match(_BOX, rest)
        if not closed and (before or wordings.value.fullmatch(rest) is None):
            continue
        yield from _value(wordings, text, field.end())


def _value(wordings: Wordings, text: str, start: int) -> Iterator[Found]:
    """The value directly behind a field: the first one counts, unless choices are listed."""
    rest = text[start:]
    if re.search(_BOX, rest[:24]) or _BRACKET_BOX.match(rest):
        yield from _ticked(wordings, text, start)
        return
    value = wordings.value.match(rest)
    if value is None:
        return
    after = rest[value.end() :]
    is_reason = after.startswith(wordings.reasons)
    if _CHOICE_AHEAD.match(after) or not (is_reason or _END_OF_VALUE.match(after)):
        return
    meaning = wordings.aliases[value.group()]
    yield Found(value.group(), start, start + value.end(), LabelSource.IMPRINT, meaning)


def _two_values(wordings: Wordings, line: Line) -> Iterator[Found]:
    """公开方式:主动公开/依申请公开 below the date: two of three values are a choice not made.

    All of them are a form nobody has filled in.
    """
    text = line.text
    for field in islice(wordings.field.finditer(text), FIELDS_PER_LINE):
        first = wordings.value.match(text, field.end()) if field["after"] else None
        if first is None:
            continue
        sign = _CHOICE_AHEAD.match(text[first.end() :])
        second = wordings.value.match(text, first.end() + sign.end()) if sign else None
        if second and _END_OF_VALUE.match(text[second.end() :]):
            span = first.start(), second.end()
            meaning = LabelMeaning(None)
            yield Found(text[slice(*span)], *span, LabelSource.IMPRINT, meaning)


def _ticked(wordings: Wordings, text: str, start: int) -> Iterator[Found]:
    """Boxes: exactly one ticked is the value, several are a value that cannot be decided."""
    rest = _unbracketed(text[start:])
    box_first = re.match(rf"[(~]*{_BOX}", rest) is not None
    ticked: list[tuple[int, int]] = []
    for value in wordings.value.finditer(rest):
        neighbour = value.start() - 1 if box_first else value.end()
        if 0 <= neighbour < len(rest) and rest[neighbour] in _TICKED:
            ticked.append(value.span())
    for begin, end in ticked[:1]:
        words = rest[begin:end]
        meaning = wordings.aliases[words] if len(ticked) == 1 else LabelMeaning(None)
        yield Found(words, start + begin, start + end, LabelSource.IMPRINT, meaning)


def _unbracketed(text: str) -> str:
    """A list of choices with ( ) and (√) as boxes right beside their values, of the same length."""
    first = _BRACKET_BOX.match(text) is not None

    def box(bracket: re.Match[str]) -> str:
        sign, width = bracket["tick"] or _UNTICKED[0], len(bracket.group())
        return sign.rjust(width, "~") if first else sign.ljust(width, "~")

    return _BRACKET_BOX.sub(box, text)


def _beside(
    wordings: Wordings, lines: Sequence[Line], index: int, *, ended: bool
) -> Iterator[Found]:
    """A field alone in its cell or line has its value in the next one of the same row.

    The value is told with the field's own place.
    """
    line = lines[index]
    if index + 1 >= len(lines):
        return
    following = lines[index + 1]
    here, there = line.block.cell, following.block.cell
    if here is not None and there is not None:
        together = (here.table, here.row) == (there.table, there.row)
    else:
        together = ended and here is None and there is None
    meaning = wordings.aliases.get(fold(following.text))
    if together and meaning is not None:
        yield Found(following.text, 0, len(line.text), LabelSource.IMPRINT, meaning)
