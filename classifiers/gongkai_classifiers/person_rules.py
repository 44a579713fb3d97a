"""The single rules by which a name is told from its surroundings; each yields persons."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from gongkai.model.reading import EntityRole
from gongkai_classifiers import person_contexts as contexts
from gongkai_classifiers.names import (
    HAN,
    is_name,
    is_transliterated,
    lexicon,
    masked_pattern,
    may_be_name,
    spelt_parts,
)

_SPACED = re.compile(f"{HAN}[ ]{{1,4}}{HAN}(?!{HAN})")
_IDEAS = re.compile("新时代|理论|思想|生态文明|法治|强军|外交|文化|经济思想|关于|总书记")
_WEAK_SURNAMES = frozenset(
    "于任时和应关全成令区管师项权万费单易方与解车路房商位展信况衡温高支包化文明安南北东西"
)
_NOT_SOMEBODY = re.compile("[些种项类次]")
_COVER = re.compile("[某×*✕○]")
_DOT = re.compile("[·•・]")
_HAN_BEFORE = re.compile(f"{HAN}{{2,8}}$")
_HAN_AFTER = re.compile(f"{HAN}{{2,8}}")
_ROW = re.compile(
    f"^[ \t]*{HAN}{{2,3}}(?:[ \t、,]{{1,8}}{HAN}{{2,3}}){{2,40}}[ \t、,]*$", re.MULTILINE
)
_LONGEST_SALUTATION = 80
_DELEGATES = frozenset({"代表", "委员"})
_NO_PLACE = "(?![县市州旗镇乡村路街盟省区岛山河湖寺苏木嘎查江])"
_BYLINE = re.compile(f"^[ \t]*({HAN}{{3}})[ \t]*\n+[ \t]*\\(", re.MULTILINE)
_COLON = re.compile("[ \t]{0,4}:")
_TITLED = re.compile(
    f"{HAN}(?:法官|检察官|律师|老师|医生|书记|主任|局长|科长|所长|队长|先生|女士|经理)"
)
_LINE_END = re.compile("(?=[ \t]*(?:\n|$))")


@dataclass(frozen=True, slots=True)
class Person:
    """A name at ``start``–``end``.

    ``sub``: "masked" 张某, "ideology" 邓小平理论, "legal_representative", else "".
    """

    start: int
    end: int
    role: EntityRole = EntityRole.PLAIN
    confidence: float = 0.9
    sub: str = ""


def name_at(
    text: str, start: int, after: re.Pattern[str], accepted: Callable[[str], bool]
) -> int | None:
    """Where a name beginning at ``start`` ends, None when there is none; longest first."""
    spaced = _SPACED.match(text, start)
    if spaced and lexicon().begins_with_surname(text[start]) and accepted(spaced.group()):
        return spaced.end() if after.match(text, spaced.end()) else None
    for length in (4, 3, 2):
        value = text[start : start + length]
        if (
            len(value) == length
            and _is_han(value)
            and accepted(value)
            and (length < 4 or value[:2] in lexicon().surnames or accepted is may_be_name)
            and after.match(text, start + length)
        ):
            return start + length
    return None


def name_before(text: str, end: int) -> int | None:
    """Where a name ending at ``end`` begins, None when there is none."""
    for length in (4, 3, 2):
        start = end - length
        value = text[max(0, start) : end]
        if start < 0 or not _is_han(value) or not is_name(value):
            continue
        if (length < 4 or value[:2] in lexicon().surnames) and contexts.LEFT_EDGE.search(
            text[max(0, start - 1) : start]
        ):
            return start
    return None


def _is_han(value: str) -> bool:
    return all("\u4e00" <= c <= "\u9fff" for c in value)


def figures(text: str) -> Iterator[Person]:
    """Leaders of the state, wherever named; "ideology" when a body of thought follows."""
    for name in lexicon().figures:
        if len(name) < 3:
            continue
        for match in re.finditer(name, text):
            idea = _IDEAS.match(text, match.end())
            sub = "ideology" if idea and idea.group() != "总书记" else ""
            yield Person(match.start(), match.end(), EntityRole.PUBLIC_FIGURE, 1.0, sub)


def _labelled(text: str) -> Iterator[Person]:
    for label in contexts.labels(text):
        accepted = is_name if label.broken else may_be_name
        after = contexts.AFTER_LABEL if not label.broken else _LINE_END
        end = name_at(text, label.end, after, accepted)
        if end and not _is_label_or_title(text, label.end, end):
            sure = 0.95 if lexicon().begins_with_surname(text[label.end]) else 0.7
            yield Person(label.end, end, label.role, sure, label.sub)


def _is_label_or_title(text: str, start: int, end: int) -> bool:
    """Whether behind a label stands another (姓名： 性别：), or a surname with a title (钱法官)."""
    return bool(_COLON.match(text, end) or _TITLED.fullmatch(text, start, end))


def _press(text: str) -> Iterator[Person]:
    for match in contexts.PRESS.finditer(text):
        end = name_at(text, match.end(), contexts.AFTER_LABEL, is_name)
        if end:
            yield Person(match.end(), end, EntityRole.SIGNER, 0.9)


def _saluted(text: str) -> Iterator[Person]:
    for match in contexts.SALUTATION.finditer(text):
        between = contexts.SALUTED.search(text, max(0, match.start() - 6), match.start())
        end = between.start() if between else match.start()
        line = text.rfind("\n", max(0, end - _LONGEST_SALUTATION), end) + 1
        if line == 0 and end > _LONGEST_SALUTATION:
            continue
        position = line
        for part in re.split("[、, ]", text[line:end]):
            if part and _is_han(part) and (is_name(part) or may_be_name(part)):
                yield Person(position, position + len(part), EntityRole.SALUTATION, 0.95)
            position += len(part) + 1


def _after_rank(text: str) -> Iterator[Person]:
    for match in contexts.RANK_BEFORE.finditer(text):
        end = name_at(text, match.end(), contexts.AFTER_TITLE, is_name)
        if end:
            yield Person(match.end(), end, EntityRole.OFFICIAL)


def _before_rank(text: str) -> Iterator[Person]:
    for match in contexts.RANK_AFTER.finditer(text):
        end = match.start()
        window = max(0, end - contexts.LONGEST_PREFIX)
        prefix = contexts.RANK_PREFIX.search(text, window, end)
        for stop in dict.fromkeys((prefix.start() if prefix else end, end)):
            start = name_before(text, stop)
            inside = start and _is_han(text[start - 1])
            if start is not None and not (inside and match.group() in _DELEGATES):
                polite = contexts.POLITE.fullmatch(match.group())
                role = EntityRole.PLAIN if polite else EntityRole.OFFICIAL
                yield Person(start, stop, role)
                break


def _first_in_line(text: str) -> Iterator[Person]:
    """张建国任某局局长: the form of lists of appointments."""
    for match in contexts.FIRST.finditer(text):
        end = name_at(text, match.end(), contexts.AFTER_FIRST, is_name)
        if end:
            office = text.startswith(("任", "兼任", "不再", "免去"), end)
            role = EntityRole.OFFICIAL if office else EntityRole.PLAIN
            yield Person(match.end(), end, role, 0.85)


def _found_out(text: str) -> Iterator[Person]:
    for match in contexts.FOUND_OUT.finditer(text):
        end = name_at(text, match.end(), contexts.AFTER_TITLE, is_name)
        if end:
            yield Person(match.end(), end, EntityRole.PLAIN, 0.85)


def _appointed(text: str) -> Iterator[Person]:
    for match in contexts.APPOINTMENT.finditer(text):
        end = name_at(text, match.end(), contexts.AFTER_VERB, is_name)
        if end:
            tail = text[end : end + 20]
            office = re.match("(?:同志)?(?:[、和].{1,12})?(?:为|任|担任|兼任|的?.{2,16}职务)", tail)
            role = EntityRole.OFFICIAL if office else EntityRole.PLAIN
            yield Person(match.end(), end, role)


def _described(text: str) -> Iterator[Person]:
    for match in contexts.SEX.finditer(text):
        start = name_before(text, match.start())
        if start is not None:
            yield Person(start, match.start(), EntityRole.PLAIN, 0.95)


def _among_people(text: str) -> Iterator[Person]:
    for match in contexts.PEOPLE_BEFORE.finditer(text):
        end = name_at(text, match.end(), contexts.AFTER_TITLE, is_name)
        if end:
            yield Person(match.end(), end, EntityRole.PLAIN, 0.85)


def _masked(text: str) -> Iterator[Person]:
    for sign in _COVER.finditer(text):
        match = next(
            (
                found
                for start in (sign.start() - 2, sign.start() - 1)
                if start >= 0 and (found := masked_pattern().match(text, start))
            ),
            None,
        )
        if match is None or match.end() <= sign.start():
            continue
        edge = not match.start() or not _is_han(text[match.start() - 1])
        if match.group()[0] in _WEAK_SURNAMES and not edge:
            continue
        if match.group().endswith("某") and _NOT_SOMEBODY.match(text, match.end()):
            continue
        yield Person(match.start(), match.end(), EntityRole.PLAIN, 0.9, "masked")


def _dotted(text: str) -> Iterator[Person]:
    for sign in _DOT.finditer(text):
        head = _HAN_BEFORE.search(text, max(0, sign.start() - 8), sign.start())
        tail = _HAN_AFTER.match(text, sign.end())
        if head and tail and is_transliterated(head.group() + tail.group()):
            yield Person(head.start(), tail.end(), EntityRole.PLAIN, 0.85)


@cache
def _spelt_pattern() -> re.Pattern[str]:
    first, second = ("".join(sorted({part[n] for part in spelt_parts()})) for n in (0, 1))
    parts = sorted(spelt_parts(), key=len, reverse=True)
    some, longer, long = (
        "|".join(part for part in parts if len(part) > least) for least in (1, 2, 4)
    )
    name = f"(?:{some}){{2,4}}[加江提汗别克甫]?|(?:{longer})[江汗]|{long}"
    # What comes first only spares most places the many alternatives.
    return re.compile(f"(?=[{first}][{second}])(?:{name}){_NO_PLACE}")


def _spelt(text: str) -> Iterator[Person]:
    """Two parts or more of names of another tongue in a row: 扎西顿珠, 哈斯额尔敦."""
    for match in _spelt_pattern().finditer(text):
        if not text.startswith("·", match.end()) and text[match.start() - 1 : match.start()] != "·":
            yield Person(match.start(), match.end(), confidence=0.85)


def _bylines(text: str) -> Iterator[Person]:
    """A line that is a name, above a line in brackets: the author and where he works."""
    for match in _BYLINE.finditer(text):
        if is_name(match[1]):
            yield Person(match.start(1), match.end(1), EntityRole.SIGNER, 0.8)


def _rows(text: str) -> Iterator[Person]:
    """Lines that hold nothing but three names or more."""
    for line in _ROW.finditer(text):
        parts = list(_HAN_AFTER.finditer(text, line.start(), line.end()))
        if all(is_name(part.group()) for part in parts):
            for part in parts:
                yield Person(part.start(), part.end(), confidence=0.85)


RULES: tuple[Callable[[str], Iterator[Person]], ...] = (
    _masked,
    _labelled,
    _press,
    _saluted,
    _described,
    _first_in_line,
    _found_out,
    _before_rank,
    _after_rank,
    _appointed,
    _among_people,
    _dotted,
    _spelt,
    _bylines,
    _rows,
)
