"""The shape of a Chinese name: surnames, given names, and the words that look like one.

A shape is no person yet; :mod:`gongkai_classifiers.persons` decides by what stands around.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

HAN = "[\u4e00-\u9fff]"
_NEVER_IN_GIVEN = frozenset(
    "的了是和与或及等为在被将对从按由于其该此各每本我你他它们这那不无未已曾就都也又"
)
_NEVER_LAST = frozenset(
    "局厅部处科室委办院所站会组县市省区乡镇街村司校员者化率额费税法令款项件类级量度式号条章届期内外间门策务业"
    "产路线网户事以并但而且到可应须需要长"
)
_TRANSLITERATED = frozenset(
    "阿艾布不木买麦提力尔丁古丽娜拉克孜江热西依伊吾斯曼玉苏甫托合塔赛哈迪卡巴肉沙帕努尼雅亚库来吐逊"
    "萨地瓦别马达普扎格桑央金次仁旺卓玛多吉罗洛让丹增索朗才旦加措尕藏白合达莉亚热依木艾山江买买如孜汗比"
    "茹克亚乌思特那日松图雅其格巴音乌兰额尔德木呼和宝音"
)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Surnames with their share in per mille, and words that are no names though they begin so."""

    surnames: dict[str, float]
    never: frozenset[str]
    never_alone: frozenset[str]
    never_given: frozenset[str]
    figures: tuple[str, ...]

    def begins_with_surname(self, value: str) -> bool:
        """Whether a known surname opens a value."""
        return value[:2] in self.surnames or value[:1] in self.surnames


@cache
def lexicon() -> Lexicon:
    """The lists under ``data/``, read once."""
    words = _rows("not_names.tsv")
    always, alone, given = (
        frozenset(row[0] for row in words if band in row[1])
        for band in ("always", "alone", "given")
    )
    figures = tuple(row[0] for row in _rows("public_figures.tsv"))
    surnames = {row[0]: float(row[1]) for row in _rows("surnames.tsv")}
    return Lexicon(surnames, always, alone, given, figures)


@cache
def rare_surnames() -> dict[str, str]:
    """Surnames for the nets alone, each with the characters behind it that make it a word."""
    return {row[0]: row[1] for row in _rows("rare_surnames.tsv")}


@cache
def spelt_parts() -> tuple[str, ...]:
    """Parts of Tibetan, Mongolian, Uyghur, Kazakh, Yi and Hui names as characters spell them."""
    return tuple(row[0] for row in _rows("spelt_parts.tsv"))


def _rows(name: str) -> list[list[str]]:
    text = files("gongkai_classifiers").joinpath(f"data/{name}").read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


@cache
def masked_pattern() -> re.Pattern[str]:
    """The shape of a name that is covered in part: 张某, 李某某, 王*三, 欧阳××."""
    surnames = lexicon().surnames
    double = "|".join(s for s in surnames if len(s) == 2)
    single = "".join(s for s in surnames if len(s) == 1)
    return re.compile(
        f"(?:{double}|[{single}])(?:某(?:某|[甲乙丙丁戊己庚辛])?|[×*✕○]{{1,3}}(?:{HAN}(?!{HAN}))?)"
    )


def is_name(value: str) -> bool:
    """Whether words have the shape of a name and are no other word.

    For words found where a name may stand but need not, e.g. before a title.
    """
    name = "".join(value.split())
    words = lexicon()
    if len(name) < 2 or not words.begins_with_surname(name):
        return False
    if name[:2] in words.never or name[:3] in words.never or name in words.never_alone:
        return name[:2] in words.surnames and len(name) >= 3 and name[2:4] not in words.never
    given = name[2:] if name[:2] in words.surnames and len(name) > 2 else name[1:]
    if given in words.never_given:
        return False
    return given[-1] not in _NEVER_LAST and not _NEVER_IN_GIVEN.intersection(given)


def may_be_name(value: str) -> bool:
    """Whether words can be a name where only a name is expected, e.g. after 联系人:.

    A rare surname or a minority name passes; an office, a place or a remark does not.
    """
    name = "".join(value.split())
    if not 2 <= len(name) <= 4 or _NEVER_IN_GIVEN.intersection(name):
        return False
    words = lexicon()
    if words.begins_with_surname(name):
        compound = name[:2] in words.surnames
        known = name in words.never or (len(name) == 4 and not compound)
        return not known and name[-1] not in _NEVER_LAST
    return not any(c in _NEVER_LAST for c in name) and name[:2] not in words.never


def is_transliterated(value: str) -> bool:
    """Whether most characters are those that spell Uyghur, Tibetan or Mongolian names."""
    spelling = sum(1 for c in value if c in _TRANSLITERATED)
    return spelling * 10 >= len([c for c in value if c not in "·•・. "]) * 7
