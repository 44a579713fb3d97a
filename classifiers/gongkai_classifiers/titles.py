"""Where the title of a document stands: whole, broken over lines, or with its number in front."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai_classifiers import shapes
from gongkai_classifiers.kinds import KindWord, kind_word
from gongkai_classifiers.lines import Line

HEAD_LINES = 45
LONGEST = 160
_PLAIN_LENGTH = 60

_LEADING = re.compile(r"^(?:[#*>|]+|\|?标题[:|]*|名称[:|]*|文件名称[:|]*|【[^【】]{2,8}】)+")
_BEGINS = re.compile(
    r"关于|转发|印发|批转|转载|公布|颁发|发布|召开|举办|调整|表彰|开展|做好|同意|任免|对"
)
_RED_HEAD = re.compile(r"(?:文件|文电|\)文件|电报)$|^(?:特急|加急|平急|特提|份号|签发人|会签)")
_LABEL = re.compile(r"^[(]此件|^[(].*[)]$")
_ALONE = frozenset({"公告", "通告", "通知", "通报", "公报", "启事", "公示", "答复", "命令", "令"})


@dataclass(frozen=True, slots=True)
class Title:
    """The lines ``first``–``last`` make the title ``text``; ``word`` names its kind."""

    first: int
    last: int
    text: str
    word: KindWord | None


def stripped(text: str) -> str:
    """A title line without heading signs, field name, number in front or outer 《》."""
    text = _LEADING.sub("", text).rstrip("|")
    number = shapes.DOC_NUMBER.match(text)
    if number and number["end"] and number.end() < len(text):
        text = text[number.end() :]
    if text.startswith("《") and text.endswith("》") and _outer(text):
        text = text[1:-1]
    return text


def _outer(text: str) -> bool:
    depth = 0
    for position, character in enumerate(text):
        depth += (character == "《") - (character == "》")
        if depth == 0:
            return position == len(text) - 1
    return False


def head_end(lines: Sequence[Line]) -> int:
    """Index of the first line that belongs to the body or addresses somebody."""
    for line in lines[:HEAD_LINES]:
        text = line.text
        if shapes.FURNITURE.search(text):
            continue
        if shapes.is_recipients(text) or shapes.merged_recipients(text):
            return line.number
        if _field(text):
            continue
        if shapes.ENUMERATED.match(text):
            return line.number
        if shapes.is_prose(text) and ("。" in text or kind_word(stripped(text)) is None):
            return line.number
    return min(len(lines), HEAD_LINES)


def _field(text: str) -> bool:
    """A row of page data (文号:…|成文日期:…), which may hold anything but the title."""
    return "。" not in text and (text.count(":") >= 2 or text.count("|") >= 2)


def find_title(lines: Sequence[Line]) -> Title | None:
    """The title: the first line of the head that ends in a kind, with the lines it began on.

    Where no line names a kind, the most prominent line a DOCX head has (centred and set
    larger than the body). None for a text without a head.
    """
    end = head_end(lines)
    alone: Title | None = None
    for line in lines[:end]:
        if _passed_over(line.text):
            continue
        text = stripped(line.text)
        word = kind_word(text) if len(text) <= LONGEST and "。" not in text else None
        if word is None or _is_number(line.text) or _runs_on(lines, line.number):
            continue
        title = _downwards(lines[:end], _upwards(lines, line.number, text))
        if title.text in _ALONE or (len(title.text) <= 6 and title.text.endswith(tuple(_ALONE))):
            alone = alone or title
            continue
        return title
    return _named_field(lines[:end]) or alone or _prominent(lines[:end])


_PLAIN_LINES = 6
_CARRIED_ON = ("关于", "转发", "印发", "的", "、", "和", "与", "及")


def plain_title(lines: Sequence[Line], body: int) -> Title | None:
    """The first line of the head that may be a title though it names no kind."""
    for line in lines[: max(1, min(body, _PLAIN_LINES))]:
        text = line.text
        if (
            _passed_over(text)
            or _is_number(text)
            or shapes.is_recipients(text)
            or shapes.DATE.search(text)
            or _names_office(text)
            or shapes.is_prose(text)
            or not 4 <= len(text) <= _PLAIN_LENGTH
        ):
            continue
        last = line.number
        text = stripped(text)
        following = lines[last + 1].text if last + 1 < body else ""
        if following and (text.endswith(_CARRIED_ON) or following.startswith("的")):
            text, last = text + following, last + 1
        return Title(line.number, last, text, None)
    return None


def _names_office(text: str) -> bool:
    """Whether a line only says whose paper it is."""
    return shapes.OFFICE.search(text) is not None and not re.search("[:的?]|关于", text)


def _passed_over(text: str) -> bool:
    return bool(
        shapes.FURNITURE.search(text)
        or shapes.ENUMERATED.match(text)
        or _RED_HEAD.search(text)
        or _LABEL.match(text)
        or (_field(text) and not _LEADING.match(text))
    )


def _upwards(lines: Sequence[Line], last: int, text: str) -> Title:
    """Joins the lines above on which the title began."""
    first = last
    while first > 0 and last - first < 4:
        above = lines[first - 1].text
        if (
            _passed_over(above)
            or shapes.is_recipients(above)
            or shapes.is_prose(above)
            or shapes.DATE.fullmatch(above)
            or kind_word(stripped(above)) is not None
            or len(above) > 60
            or _is_number(above)
        ):
            break
        begun = _BEGINS.search(text) is not None
        opens_with_verb = _BEGINS.match(text) is not None
        if (
            (not begun and (_BEGINS.search(above) or _bare(text)))
            or (opens_with_verb and shapes.OFFICE.search(above))
            or above.endswith(("关于", "转发", "印发", "的", "、", "和", "与", "及"))
        ):
            text = stripped(above) + text
            first -= 1
            continue
        break
    return Title(first, last, text, kind_word(text))


def _bare(text: str) -> bool:
    """Whether little more than the word for the kind stands on a line."""
    word = kind_word(text)
    return word is not None and word.start <= 2


def _downwards(lines: Sequence[Line], title: Title) -> Title:
    """Joins the lines below while the kind stands in a quoted title or 的通知 follows."""
    text, last = title.text, title.last
    for line in lines[title.last + 1 : title.last + 4]:
        quoted = title.word is not None and _depth(text[: title.word.start]) > 0
        cut_off = re.match(r"的[\u4e00-\u9fff]{1,6}$", line.text) is not None
        if _passed_over(line.text) or _is_number(line.text) or not (quoted or cut_off):
            break
        text, last = text + line.text, line.number
        word = kind_word(text)
        if word is not None and _depth(text[: word.start]) == 0:
            return Title(title.first, last, text, word)
    return title


def _depth(text: str) -> int:
    return text.count("《") - text.count("》")


def _runs_on(lines: Sequence[Line], number: int) -> bool:
    """Whether the next line goes on with the same sentence, as around a broken link."""
    return number + 1 < len(lines) and lines[number + 1].text.startswith(("。", ",", ";", "、"))


def _is_number(text: str) -> bool:
    found = shapes.DOC_NUMBER.match(text)
    return (
        found is not None
        and found.end() >= len(text) - 12
        and kind_word(text[found.end() :]) is None
        # A year in brackets makes no number of 应急预案(2019修订).
        and (found["end"] is not None or kind_word(text) is None)
    )


def _named_field(lines: Sequence[Line]) -> Title | None:
    """A title given as page data: 标题 | 关于…的通知 |."""
    for line in lines:
        found = re.search(r"(?:标题|名称)[:|]+([^|]{6,120})", line.text)
        if found and (word := kind_word(found[1])):
            return Title(line.number, line.number, found[1], word)
    return None


def _prominent(lines: Sequence[Line]) -> Title | None:
    sized = [line for line in lines if line.block.centred and 4 <= len(line.text) <= LONGEST]
    sized = [line for line in sized if not _passed_over(line.text) and not _is_number(line.text)]
    if not sized:
        return None
    largest = max(line.block.size or 0.0 for line in sized)
    group = [line for line in sized if (line.block.size or 0.0) == largest]
    first, last = group[0].number, group[0].number
    for line in group[1:]:
        if line.number != last + 1:
            break
        last = line.number
    text = "".join(line.text for line in lines[first : last + 1])
    return Title(first, last, text, kind_word(text))
