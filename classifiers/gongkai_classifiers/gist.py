"""The parts of a paper by which its ground is told: title, head, recipients, body, signature.

The document's own labels are left out, so that what is learnt never hears them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gongkai_classifiers import shapes
from gongkai_classifiers.headline import Headline
from gongkai_classifiers.layout import date_in
from gongkai_classifiers.lines import Line
from gongkai_classifiers.view import View

OPENING, CLOSING = 240, 100
"""How many characters of the body are looked at from its beginning and from its end."""
_HEAD_LINES, _SIGNATURE_LINES = 6, 2
_SHORT = 40
_LABEL = re.compile(
    r"^[(\[【]?此件|公开(?:方式|属性|选项|类别|形式|登记|意见)|是否公开|xxgk"
    r"|^[(【]?(?:主动|依申请|不予?)公开|内部(?:资料|事项|使用)|工作秘密"
)
"""Labels and marks: what the drafter says of disclosure is no input (requirements §6)."""
_FIELD = re.compile(
    "^(?:附|联系|抄|电话|地址|如下|[(]?[一二三四五六七八九十0-9]{1,3}[)、.])|[,。;]"
)


class Part(StrEnum):
    """A part of a paper."""

    TITLE = "title"
    HEAD = "head"
    RECIPIENTS = "recipients"
    BODY = "body"
    CLOSING = "closing"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Piece:
    """``start``–``end`` of a line's text belong to a part."""

    part: Part
    line: Line
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words, without white space."""
        return self.line.text[self.start : self.end]


def pieces(view: View) -> tuple[Piece, ...]:
    """The pieces of the main file's printed text, in its order; those of the end come twice."""
    layout = view.layout
    title = Headline(view).title.lines
    after = title[-1].number + 1 if title else 0
    begins = max(layout.body, after)
    own = layout.main_lines
    head = [n for n in own[:begins] if n not in title][-_HEAD_LINES:]
    ends = layout.dated if layout.dated is not None else len(own)
    body = list(own[begins : min(ends, len(own))])
    if layout.dated is not None and layout.dated < len(own):
        body += _before_date(own[layout.dated])
    found = [_piece(Part.TITLE, line) for line in title]
    found += [_piece(Part.HEAD, line) for line in head if not _is_label(line)]
    while body and _is_label(body[-1]):
        body.pop()
    signature: list[Line] = []
    while body and len(signature) < _SIGNATURE_LINES and _signs(body[-1].text):
        signature.insert(0, body.pop())
    if body and (addressed := _addressed(body[0].text)):
        found.append(Piece(Part.RECIPIENTS, body[0], 0, addressed))
        if addressed < len(body[0].text):
            found += _cut(Part.BODY, [body[0]], OPENING, addressed)
        body = body[1:]
    body = [line for line in body if not _is_label(line)]
    found += _cut(Part.BODY, body, OPENING)
    found += reversed(list(_cut_back(body)))
    found += [_piece(Part.SIGNATURE, line) for line in signature]
    return tuple(found)


def _piece(part: Part, line: Line) -> Piece:
    return Piece(part, line, 0, min(len(line.text), 2 * OPENING))


def _before_date(line: Line) -> list[Line]:
    """The line of the date when an office signs on it too; its date is no word of ours."""
    found = date_in(line.text)
    return [line] if found and 0 < found.start() <= _SHORT else []


def _signs(text: str) -> bool:
    found = date_in(text)
    name = text[: found.start()] if found else text
    return 2 <= len(name) <= _SHORT and shapes.OFFICE.search(name) is not None


def _addressed(text: str) -> int:
    """Where the recipients at the start of a line end; 0 for none."""
    if shapes.is_recipients(text):
        return len(text)
    if merged := shapes.merged_recipients(text):
        return merged
    # One person, or whoever is no known kind of office: 赵示例:
    bare = len(text) <= _SHORT and text.endswith(":") and not _FIELD.match(text)
    return len(text) if bare else 0


def _is_label(line: Line) -> bool:
    return len(line.text) <= _SHORT and _LABEL.search(line.text) is not None


def _cut(part: Part, lines: Sequence[Line], room: int, start: int = 0) -> Iterator[Piece]:
    for line in lines:
        if room <= 0:
            return
        end = min(len(line.text), start + room)
        yield Piece(part, line, start, end)
        room -= end - start
        start = 0


def _cut_back(lines: Sequence[Line]) -> Iterator[Piece]:
    room = CLOSING
    for line in reversed(lines):
        if room <= 0:
            return
        yield Piece(Part.CLOSING, line, max(0, len(line.text) - room), len(line.text))
        room -= len(line.text)
