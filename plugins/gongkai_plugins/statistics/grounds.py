"""On which grounds a paper is not disclosed, as codes taken from what somebody wrote (PRO-11).

Only codes leave this module: reasons are free text and may name people.
"""

from __future__ import annotations

import re

from gongkai.script import normalise

OTHER, NONE = "other", "none"
ARTICLE = "article-"
"""Before the number of an article of the 政府信息公开条例."""

_CODE = re.compile(r"(?<![A-Za-z0-9])E[1-7](?![0-9A-Za-z])")
_NUMERAL = "(?:[0-9]{1,2}|[二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_CITED = re.compile(rf"公开条例》?((?:[、和及,，]?第{_NUMERAL}条(?:第{_NUMERAL}[款项])*)+)")
_ARTICLE = re.compile(rf"第({_NUMERAL})条")
_DIGITS = "零一二三四五六七八九"


def grounds_of(basis: str) -> tuple[str, ...]:
    """The grounds somebody cited: named exemptions, else articles, else that it is another one."""
    text = re.sub(r"\s", "", normalise(basis))
    if not text:
        return (NONE,)
    if codes := _CODE.findall(text):
        return tuple(sorted(set(codes)))
    articles = {
        int_of(number) for cited in _CITED.findall(text) for number in _ARTICLE.findall(cited)
    }
    return tuple(f"{ARTICLE}{number:02}" for number in sorted(articles)) or (OTHER,)


def int_of(numeral: str) -> int:
    """A numeral below 100, as 十六 or 16."""
    if numeral.isdecimal() and numeral.isascii():
        return int(numeral)
    tens, ten, ones = numeral.rpartition("十")
    tenfold = (_DIGITS.find(tens) if tens else 1) * 10 if ten else 0
    return tenfold + (_DIGITS.find(ones) if ones else 0)


def numeral_of(number: int) -> str:
    """A number below 100 as statutes write it."""
    tens, ones = divmod(number, 10)
    before = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return before + (_DIGITS[ones] if ones or not tens else "")
