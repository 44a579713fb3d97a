"""What a file name says: which version of which paper, which attachment, working material."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from gongkai.script import normalise

FORM_NAME = "稿纸.json"
"""The issue form an OA lays beside a document (A2)."""

KINDS = (
    "决议|决定|命令|令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要"
    "|公示|办法|规定|细则|方案|规划|计划|要点|总结|答复|简报|指南|须知|倡议书|讲话|预案"
)
_FINAL = r"定稿|终稿|清稿|印发稿|正式稿|正式版|最终稿|最终版|签发稿|付印稿"
_EARLIER = (
    r"送审稿|修改稿|修订稿|修订版|征求意见稿|讨论稿|初稿|草稿|草案|代拟稿|报批稿|报审稿|会签稿"
    r"|上会稿|审议稿|核稿稿?|打印稿|备份|副本|复制|copy"
)
_COUNT = r"第?(?P<count>[0-9一二三四五六七八九十]{1,3})[稿版]|v(?:er)?\.?(?P<number>\d+(?:\.\d+)*)"
_DATE = (
    r"(?P<date>20\d{2}[-._年]?(?:0?[1-9]|1[0-2])[-._月]?(?:0?[1-9]|[12]\d|3[01])日?"
    r"|(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|\d{1,2}月\d{1,2}日)"
)
_MARK = re.compile(
    rf"(?:(?P<final>{_FINAL})|(?P<earlier>{_EARLIER})|{_COUNT}|{_DATE}|\(\d{{1,2}}\))$",
    re.IGNORECASE,
)
_WHOSE = re.compile(rf"(?P<mark>(?:{_FINAL}|{_EARLIER}|[稿版]))[(\[【][^()\[\]【】]{{1,8}}[)\]】]$")
_EDGE = " \t-_—–·.,、+&"
_BRACKETS = {"(": ")", "[": "]", "【": "】"}
MAIN_STEMS = frozenset({"正文", "主文", "主件", "文稿", "公文", "发文"})
"""Names that say: this is the paper itself."""

_ATTACHMENT = re.compile(
    r"(?P<base>|.*?[-_—\s(\[【.]|.*(?:" + KINDS + r"))"
    r"附(?:件|表|图|录)\s*(?P<number>\d{1,3}|[一二三四五六七八九十]{1,3})?(?:-\d+)?"
    r"(?P<rest>(?:[-_—:.、,)\]】\s].*)?|(?<=[件表图录])[^说的].*|(?<=[\d一二三四五六七八九十]).*)"
)
_ATTACHMENT_FOLDER = re.compile(r"附(?:件|表|图|录)?\d*")
_INNER_FOLDER = re.compile(
    r"附(?:件|表|图|录)?\d*|过程稿|历史版本|旧稿|参考(?:资料|材料)?|办文材料|来文|过程材料"
)
_TEXT_SUFFIXES = ("docx", "doc", "wps", "wpt", "odt", "rtf", "docm", "txt", "md", "ofd", "pdf", "")


@dataclass(frozen=True, slots=True)
class Version:
    """One name taken apart: the paper's stem and what tells its versions apart.

    ``stem`` is "" for a name that says nothing but which version it is: 送审稿0312.docx.
    """

    stem: str
    rank: int
    order: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AttachmentName:
    """A name that says it is an attachment: of what, which number, called what."""

    base: str
    number: int
    title: str


def base_name(name: str) -> str:
    """The last part of a name without its extension, in one spelling."""
    return normalise(_without_suffix(PurePosixPath(name).name)).strip()


def suffix(name: str) -> str:
    """The extension in lower case, without its dot; "" for none."""
    last = PurePosixPath(name).name
    extension = PurePosixPath(last).suffix
    return extension[1:].lower() if _without_suffix(last) != last else ""


def _without_suffix(last: str) -> str:
    head, dot, tail = last.rpartition(".")
    # "2.关于…的通知" has a dot and no extension.
    return head if dot and head and len(tail) <= 5 and tail.isascii() and tail.isalnum() else last


def is_text(name: str) -> bool:
    """Whether a main document may have this extension; sheets and pictures are attachments."""
    return suffix(name) in _TEXT_SUFFIXES


def text_rank(name: str) -> int:
    """0 for the most editable form; a PDF made from a DOCX is the later number."""
    extension = suffix(name)
    return _TEXT_SUFFIXES.index(extension) if extension in _TEXT_SUFFIXES else len(_TEXT_SUFFIXES)


@lru_cache(maxsize=65536)
def version(name: str) -> Version:
    """The stem of a name without 送审稿, 修改稿, 定稿, 清稿, v2, dates and copy numbers."""
    stem, rank, order = base_name(name), 2, []
    while True:
        stem = stem.strip(_EDGE)
        if whose := _WHOSE.search(stem):
            stem = stem[: whose.end("mark")]
        inner, opened = _inside_brackets(stem)
        match = _MARK.search(inner)
        if match is None or (opened and match.start() > 0 and not match["count"]):
            break
        if match["final"]:
            rank = 3
        elif match["earlier"]:
            rank = min(rank, 1)
        order += _numbers(match["count"] or match["number"] or match["date"] or "")
        stem = stem[:opened] if opened else stem[: match.start()]
    return Version("".join(stem.split()), rank, tuple(order))


def _inside_brackets(stem: str) -> tuple[str, int]:
    """The words in brackets at the end and where they open; the stem itself and 0 without."""
    if stem and stem[-1] in _BRACKETS.values():
        for opening, closing in _BRACKETS.items():
            start = stem.rfind(opening)
            if stem[-1] == closing and start > 0:
                inner = stem[start + 1 : -1]
                return (f"({inner})" if inner.isdigit() and len(inner) < 3 else inner), start
    return stem, 0


def _numbers(text: str) -> list[int]:
    if text and text[0] in "一二三四五六七八九十":
        return [chinese_number(text)]
    return [int(digits) for digits in re.findall(r"\d+", text)]


def chinese_number(text: str) -> int:
    """The number a short numeral in either script stands for; 0 for none."""
    if text.isdigit():
        return int(text)
    digits = "〇一二三四五六七八九"
    tens, ten, ones = text.partition("十")
    if not ten:
        return digits.find(text) if len(text) == 1 and text in digits else 0
    return (digits.find(tens) if tens else 1) * 10 + (digits.find(ones) if ones else 0)


@lru_cache(maxsize=65536)
def attachment(name: str) -> AttachmentName | None:
    """What a name says about being an attachment; None when it does not say so."""
    path = PurePosixPath(name)
    match = _ATTACHMENT.fullmatch(base_name(name))
    if match is None:
        if len(path.parts) > 1 and _ATTACHMENT_FOLDER.fullmatch(path.parts[-2]):
            return AttachmentName("", 0, base_name(name))
        return None
    number = chinese_number(match["number"]) if match["number"] else 0
    title = match["rest"].strip(_EDGE + ":)]】 ")
    return AttachmentName(version(match["base"].strip(_EDGE + "([【")).stem, number, title)


def belongs_to_parent(folder: str) -> bool:
    """Whether a subfolder is part of the document in the folder above it."""
    return bool(_INNER_FOLDER.fullmatch(folder))


def is_process_material(name: str, cues: Sequence[str]) -> bool:
    """Whether a name calls itself working material (发文稿纸, 会签意见, 来文 …).

    A title that merely speaks of it, 关于做好政策解读工作的通知, is none.
    """
    if any(_INNER_FOLDER.fullmatch(part) for part in PurePosixPath(name).parts[:-1]):
        return not any(_ATTACHMENT_FOLDER.fullmatch(p) for p in PurePosixPath(name).parts[:-1])
    words = base_name(name)
    found = [cue for cue in cues if cue and normalise(cue) in words]
    if not found or attachment(name) is not None:
        return False
    stem = version(name).stem
    if re.search(rf"关于.+(?:{KINDS})$", stem):
        return any(stem.endswith(normalise(cue)) for cue in found)
    return True
