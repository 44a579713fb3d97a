"""ID numbers, passports, bank cards, credit codes and plates, wherever they stand (PRO-14).

A document has few places with letters or digits, so those islands are found first and the
patterns look only there. Candidates are settled by check digit, then by order of certainty.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import takewhile

from gongkai.model.reading import Entity, EntityKind, EntityRole, Observations
from gongkai_classifiers.checksums import is_credit_code
from gongkai_classifiers.columns import left_to_roster
from gongkai_classifiers.compaction import compacted, is_spread
from gongkai_classifiers.covered import MASKS, already_masked
from gongkai_classifiers.number_patterns import (
    PATTERNS,
    REACH,
    SEPARATORS,
    NumberPattern,
)
from gongkai_classifiers.view import View

_ISLAND = re.compile(f"[0-9A-Za-z{MASKS}][0-9A-Za-z〇{MASKS}{SEPARATORS}]{{4,}}")
_FILLING = re.compile(f"[{SEPARATORS}]")
_OWNER = re.compile("户名|账户名称|收款(?:人|单位)|单位名称")
_ORGANISATION = re.compile("局|中心|厅|委|公司|学校|大学|学院|医院|政府|财政|国库|院|处|所|办")
_PUBLIC_ACCOUNT = re.compile("(?:专户|对公账户|基本账户|国库)[^。;\n]{0,12}$")
_SENTENCE_END = re.compile("[。;\n]")
_OWNER_BEFORE, _OWNER_BEHIND = 60, 30
_LONG, _SHORT, _SHORTEST = 15, 8, 5
_NEVER_SHORT = frozenset(
    {"resident_id", "resident_id_glued", "resident_id_unverified", "resident_id_misread"}
    | {"credit_code", "known_card", "card", "old_resident_id", "masked_id", "covered_head_id"}
)
_PLATES = tuple(p for p in PATTERNS if p.kind is EntityKind.PLATE)
_MIDDLE = tuple(
    p for p in PATTERNS if p.kind is not EntityKind.PLATE and p.name not in _NEVER_SHORT
)
_SURE_WHEN_COMPACT = frozenset(
    {"masked_id", "known_card", "credit_code"}
    | {p.name for p in PATTERNS if p.cue is not None and p.kind is not EntityKind.PLATE}
)
_MASKED = frozenset({"masked_id", "masked_card", "covered_head_id"})
_LONG_ONES = tuple(p for p in PATTERNS if p.kind is not EntityKind.PLATE)
_FIRST = tuple(takewhile(lambda p: p.cue is None and p.name not in _MASKED, _LONG_ONES))
_REST = {
    (cued, masked): tuple(
        p
        for p in _LONG_ONES[len(_FIRST) :]
        if (cued or p.cue is None) and (masked or p.name not in _MASKED)
    )
    for cued in (True, False)
    for masked in (True, False)
}
"""What else may be on a long island, by whether cue words and masks are near it."""
_HONG_KONG = tuple(p for p in PATTERNS if p.name == "hong_kong_id")
_MASK = re.compile(f"[{MASKS}]|[Xx]{{4}}")


def _any_cue(patterns: Iterable[NumberPattern]) -> re.Pattern[str]:
    """The cue words of some patterns, wherever before a number they stand."""
    return re.compile("|".join(f"(?:{p.cue.pattern.rstrip('$')})" for p in patterns if p.cue))


_CUE_OF_MIDDLE, _ANY_CUE = _any_cue(_MIDDLE), _any_cue(PATTERNS)


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number at ``start``–``end``; ``pattern`` names what recognised it."""

    kind: EntityKind
    start: int
    end: int
    sub: str = ""
    already_masked: bool = False
    confidence: float = 1.0
    pattern: str = ""


def identifiers(text: str) -> list[Identifier]:
    """Every number of a normalised text, in order, none overlapping another."""
    kept: list[Identifier] = []
    for island in _ISLAND.finditer(text):
        kept.extend(_on_island(text, *island.span()))
    return kept


def _on_island(text: str, start: int, end: int) -> list[Identifier]:
    """Numbers of one island; the search ends when no room for another one is left."""
    kept: list[Identifier] = []
    left = end - start
    for pattern in _patterns_for(text, start, end):
        for candidate in _matches(pattern, text, max(0, start - 1), end + 4):
            if _placed(candidate, kept):
                left -= candidate.end - candidate.start
        if left < _SHORTEST:
            break
    return kept


def all_identifiers(text: str) -> list[Identifier]:
    """Every number of a text, those too that only the text without white space shows.

    6 4 0 3 * * * * is one number when a cue, masks or an issuer say so; the whole takes the
    place of pieces found in it.
    """
    found = identifiers(text)
    if not is_spread(text):
        return found
    small = compacted(text)
    for number in identifiers(small.text):
        start, end = small.outside(number.start, number.end)
        if number.pattern in _SURE_WHEN_COMPACT and " " in text[start:end]:
            beside = [one for one in found if one.start < end and start < one.end]
            if all(start <= one.start and one.end <= end for one in beside):
                found = [one for one in found if one not in beside]
                _placed(replace(number, start=start, end=end), found)
    return found


def full_scan(text: str) -> list[Identifier]:
    """The same as :func:`identifiers` without looking for islands first; for comparison."""
    kept: list[Identifier] = []
    for pattern in PATTERNS:
        for candidate in _matches(pattern, text, 0, len(text)):
            _placed(candidate, kept)
    return kept


def _placed(candidate: Identifier, kept: list[Identifier]) -> bool:
    """Puts a candidate among those kept, in order, unless a surer one takes its room."""
    index = bisect(kept, candidate.start, key=_start)
    before = kept[index - 1].end if index else 0
    after = kept[index].start if index < len(kept) else candidate.end
    if before > candidate.start or candidate.end > after:
        return False
    kept.insert(index, candidate)
    return True


def _start(identifier: Identifier) -> int:
    return identifier.start


def _patterns_for(text: str, start: int, end: int) -> Iterator[NumberPattern]:
    """What may be on an island; what is near it is looked at only when a surer number is not."""
    places = len(_FILLING.sub("", text[start:end])) if end - start < 200 else _LONG
    if places >= _LONG:
        yield from _FIRST
        cued = _ANY_CUE.search(text, max(0, start - 1 - REACH), end + 4) is not None
        masked = _MASK.search(text, max(0, start - 1), end + 4) is not None
        yield from _REST[cued, masked]
    elif places >= _SHORT and _CUE_OF_MIDDLE.search(text, max(0, start - REACH), end):
        yield from _MIDDLE
    elif text[end : end + 1] == "(" or text[end - 1 : end] == " ":
        yield from _HONG_KONG
    if text[start] > "9" and start and text[start - 1] > "\u4e00":
        yield from _PLATES


def _matches(pattern: NumberPattern, text: str, start: int, stop: int) -> Iterator[Identifier]:
    """Valid matches; after a refused match the search goes on inside it."""
    position, search = start, pattern.regex.search
    while match := search(text, position, stop):
        begin, end = match.span()
        value = match.group()
        if accepted(pattern, text, begin, value):
            position = end
            yield _identifier(pattern, value, begin, end)
        else:
            position = begin + 1


def accepted(pattern: NumberPattern, text: str, begin: int, value: str) -> bool:
    """Whether a match of ``pattern.regex`` at ``begin`` is that number, by validator and cues."""
    if not pattern.valid(value):
        return False
    before = text[max(0, begin - REACH) : begin]
    if pattern.cue is not None and not pattern.cue.search(before):
        return False
    if pattern.unless is not None and pattern.unless.search(before):
        return pattern.name == "resident_id" and not is_credit_code(value)
    return True


def _identifier(pattern: NumberPattern, value: str, begin: int, end: int) -> Identifier:
    masked = already_masked(value)
    return Identifier(
        pattern.kind, begin, end, pattern.sub, masked, pattern.confidence, pattern.name
    )


def account_role(text: str, start: int, end: int) -> EntityRole:
    """PUBLIC_SERVICE for the account of an organisation people are asked to pay into."""
    before = text[max(0, start - _OWNER_BEFORE) : start]
    behind = _SENTENCE_END.split(text[end : end + _OWNER_BEHIND])[0]
    owned = _PUBLIC_ACCOUNT.search(before) is not None
    for words in (before, behind):
        owner = _OWNER.search(words)
        owned |= owner is not None and _ORGANISATION.search(words, owner.end()) is not None
    return EntityRole.PUBLIC_SERVICE if owned else EntityRole.PLAIN


def numbers(view: View) -> tuple[list[Identifier], ...]:
    """The numbers of each file, hidden places included; ask by ``view.once(numbers)``."""
    return tuple(all_identifiers(transcript.text) for _, transcript in view.everything)


def observe(view: View) -> Observations:
    """Numbers of every file, hidden places included (SRC-14); columns are left to ``rosters``."""
    entities: list[Entity] = []
    for (_, transcript), found in zip(view.everything, view.once(numbers), strict=True):
        text = transcript.text
        for number in found:
            if left_to_roster(transcript.block_at(number.start), number.kind):
                continue
            bank = number.kind is EntityKind.BANK_CARD
            entities.append(
                Entity(
                    number.kind,
                    transcript.span(number.start, number.end),
                    number.sub,
                    account_role(text, number.start, number.end) if bank else EntityRole.PLAIN,
                    number.confidence,
                    number.already_masked,
                    "identifiers",
                )
            )
    return Observations(entities=tuple(entities), components=("identifiers",))
