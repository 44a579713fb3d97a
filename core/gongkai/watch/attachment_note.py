"""The 附件说明 of a document: which attachments it lists, and which follow in the same file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from gongkai.script import normalise

_OPENING = re.compile(r"\s*附\s*件\s*(?P<number>\d{1,2})?\s*[::]\s*(?P<rest>.*)")
_ITEM = re.compile(r"\s*(?:附\s*件\s*)?(?P<number>\d{1,2})\s*(?:[.、)]|[::])\s*(?P<title>.*)")
_INLINE = re.compile(r"(?:(?<=\s)|(?<=[;;。》])|(?<=[一-鿿)]))(?=\d{1,2}\s*[.、]\s*[^\d\s])")
_STOPS = re.compile(
    r"\s*(?:\(此件.*|抄送[::].*|\S{0,40}(?:20\d\d|二[〇○零]\S\S)\s*年.*[月日]\s*"
    r"|年\s*月\s*日|\(?联系人.*|\(盖章\).*)"
)
_INSIDE = re.compile(r"\s*附\s*件\s*(?P<number>\d{1,2}|[一二三四五六七八九十])?\s*[::]?\s*")
_TRIM = " \t;；。,，、.．"
_LONGEST_TITLE = 120


def parse_attachment_note(text: str) -> list[str]:
    r"""The titles a document lists after 附件：, in order; [] when it lists none.

    Reads one entry (附件：名单), numbered entries in one line or over several, and the
    variant that repeats the word (附件1：…). A bare 附件 is the heading of an attachment, not
    a note.

    >>> parse_attachment_note("附件：1.补贴名单\n      2.申请表\n某市人社局")
    ['补贴名单', '申请表']
    """
    lines = text.splitlines()
    for index, line in enumerate(lines):
        match = _OPENING.match(normalise(line))
        if match is None or not (match["rest"].strip() or _next_item(lines, index)):
            continue
        if match["number"] not in (None, "1"):
            continue
        rest = line[match.start("rest") :]
        return _titles(rest, lines[index + 1 :], repeated=match["number"] is not None)
    return []


def _next_item(lines: Sequence[str], index: int) -> bool:
    following = lines[index + 1] if index + 1 < len(lines) else ""
    return _ITEM.match(normalise(following)) is not None


def _titles(first: str, following: Sequence[str], *, repeated: bool) -> list[str]:
    titles: list[str] = []
    numbered = repeated
    if first.strip():
        pieces = _split(first)
        item = _ITEM.match(normalise(pieces[0]))
        numbered = numbered or item is not None
        titles = [_title(piece) for piece in pieces] if numbered else [_clean(first)]
    for line in following if numbered or not titles else ():
        spelled = normalise(line)
        item = _ITEM.match(spelled)
        if item is None or int(item["number"]) != len(titles) + 1:
            if _continues(spelled, following, len(titles)):
                titles[-1] += line.strip()
                continue
            break
        titles += [_title(piece) for piece in _split(line)]
    return [title for title in (_clean(t) for t in titles) if title]


def _continues(line: str, following: Sequence[str], count: int) -> bool:
    """Whether a line without number is the rest of a wrapped title: the next number follows."""
    if not line.strip() or not count or _STOPS.fullmatch(line):
        return False
    numbers = [_ITEM.match(normalise(other)) for other in following]
    return any(item is not None and int(item["number"]) == count + 1 for item in numbers)


def _split(line: str) -> list[str]:
    cuts = [0, *(m.start() for m in _INLINE.finditer(normalise(line)) if m.start()), len(line)]
    return [line[a:b] for a, b in pairwise(cuts) if line[a:b].strip()]


def _title(piece: str) -> str:
    item = _ITEM.match(normalise(piece))
    return piece[item.start("title") :] if item else piece


def _clean(title: str) -> str:
    trimmed = title.strip().strip(_TRIM)
    if trimmed.startswith("《") and trimmed.endswith("》") and trimmed.count("《") == 1:
        trimmed = trimmed[1:-1]
    return trimmed[:_LONGEST_TITLE]


def attachments_inside(lines: Sequence[str], titles: Sequence[str]) -> frozenset[int]:
    """Numbers of listed attachments whose text stands in the main file itself.

    Such an attachment begins with a line that is nothing but 附件, or 附件2; the first line
    after the note decides nothing.
    """
    found: set[int] = set()
    for index, line in enumerate(lines):
        match = _INSIDE.fullmatch(normalise(line))
        if match is None or (index == 0 and len(lines) > 1 and _is_note(lines, index)):
            continue
        if _is_note(lines, index):
            continue
        number = match["number"]
        if number is None:
            found |= {1} if len(titles) == 1 else _titled(lines[index + 1 : index + 5], titles)
        elif number.isdigit():
            found.add(int(number))
        else:
            found.add("一二三四五六七八九十".index(number) + 1)
    return frozenset(found)


def _is_note(lines: Sequence[str], index: int) -> bool:
    return normalise(lines[index]).rstrip().endswith(":") and _next_item(lines, index)


def _titled(lines: Sequence[str], titles: Sequence[str]) -> set[int]:
    joined = squeeze("".join(lines))
    return {n for n, title in enumerate(titles, 1) if squeeze(title) and squeeze(title) in joined}


def squeeze(text: str) -> str:
    """A title as bare words: no blanks, no marks, one spelling."""
    return re.sub(r"[\W_]+", "", normalise(text))
