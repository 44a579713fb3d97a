"""One spelling for matching: half width, simplified, one code point for one code point.

``normalise`` never changes the length of a text, so an offset found in the normalised text
is the offset in the original (SRC-21). NFKC is not used: it changes lengths.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SPACES = dict.fromkeys(
    [0x00A0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000, 0xFEFF, 0x200B], ord(" ")
)


@cache
def traditional_to_simplified() -> dict[int, int]:
    """Code point table of the characters that differ; data from OpenCC (see NOTICE)."""
    lines = files("gongkai").joinpath("data/traditional.txt").read_text("utf-8").splitlines()
    pairs = (line for line in lines if line and not line.startswith("#"))
    return {ord(pair[0]): ord(pair[1]) for pair in pairs}


_EVERYWHERE = tuple(zip("，：；（）？！\u3000", ",:;()?! ", strict=True))
"""What stands in every Chinese text: replaced first, each in one fast pass."""


@cache
def _others() -> tuple[re.Pattern[str], dict[str, str]]:
    table = {**traditional_to_simplified(), **_FULL_WIDTH, **_SPACES}
    narrow = {chr(wide): chr(plain) for wide, plain in table.items()}
    return re.compile(f"[{re.escape(''.join(narrow))}]"), narrow


def normalise(text: str) -> str:
    """``text`` in simplified script and half width, of exactly the same length.

    >>> normalise("身份證號：１２３")
    '身份证号:123'
    """
    if text.isascii():
        return text
    for wide, plain in _EVERYWHERE:
        text = text.replace(wide, plain)
    # str.translate looks every single character up; most characters stay what they are.
    pattern, narrow = _others()
    return pattern.sub(lambda found: narrow[found[0]], text)


def is_traditional(text: str) -> bool:
    """Whether a text is written in traditional script: over 5 % of its characters differ."""
    table = traditional_to_simplified()
    changed = sum(text.count(c) for c in set(text) if _is_han(c) and ord(c) in table)
    return changed > 0 and changed * 20 > sum(map(_is_han, text))


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"
