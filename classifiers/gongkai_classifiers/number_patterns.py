"""The shapes of identity, account and vehicle numbers, with what makes each one certain.

``PATTERNS`` is data any engine can run: a regular expression over normalised text, a
validator of the matched words, and cue words that must stand shortly before.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from gongkai.model.reading import EntityKind
from gongkai_classifiers.checksums import (
    PROVINCES,
    compact,
    is_card,
    is_credit_code,
    is_hong_kong_id,
    is_old_resident_id,
    is_resident_id,
    is_taiwan_id,
)
from gongkai_classifiers.covered import (
    MASKS,
    is_covered_at_its_head,
    is_covered_card,
    is_covered_id,
    visible_places,
)

SEPARATORS = " \\t\\n\u00ad\u200c\u200d\u2060_·\\-\u2010\u2011\u2012\u2013\u2014\u2212"
"""What may stand between the places of a number without making it another number."""
REACH = 24
"""How many code points before a number its cue words may stand."""

_S = f"[{SEPARATORS}]{{0,3}}"
_TIGHT = "[ \\-\u2013\u2014]?"
_ALONE, _ENDS = "(?<![0-9])", "(?![0-9])"
_WORD, _WORD_ENDS = "(?<![0-9A-Za-z])", "(?![0-9A-Za-z])"
_REGION = "(?:1" + _S + "[1-5]|2" + _S + "[1-3]|3" + _S + "[1-7]|4" + _S + "[1-6]|5" + _S
_REGION += "[0-4]|6" + _S + "[1-5]|7" + _S + "1|8" + _S + "[1-3]|9" + _S + "[0-9])"
_CREDIT = "[0-9A-HJ-NPQRTUWXYa-hj-npqrtuwxy]"


@dataclass(frozen=True, slots=True)
class NumberPattern:
    """One kind of number. ``cue`` must be found within ``REACH`` before it; None asks for none.

    ``unless`` before the number takes it away from this kind. Patterns earlier in
    ``PATTERNS`` win over later ones that overlap.
    """

    name: str
    kind: EntityKind
    regex: re.Pattern[str]
    valid: Callable[[str], bool]
    sub: str = ""
    cue: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    confidence: float = 1.0


def _always(value: str) -> bool:
    return True


def _one_break(value: str) -> bool:
    return value.count("\n") <= 1


def _separated_id(value: str) -> bool:
    return _one_break(value) and is_resident_id(value)


def _nearly_id(value: str) -> bool:
    """An ID number somebody mistyped or made up: the region is right, the check digit is not."""
    return compact(value)[:2] in PROVINCES


_MISREAD = str.maketrans("OoQD〇IlZzSsB", "000001122558")
"""What scanners and hasty typists put for a digit."""
_MOST_MISREAD = 4


def _misread_id(value: str) -> bool:
    """An ID number some digits of which were read as letters: 64O3 for 6403."""
    number = value.translate(_MISREAD)
    changed = sum(a != b for a, b in zip(value, number, strict=True))
    return 1 <= changed <= _MOST_MISREAD and number[:17].isdigit() and _nearly_id(number)


def _plate(value: str) -> bool:
    """A plate that was given out; 00000 stands in forms and rules."""
    return "00000" not in value


@cache
def known_issuers() -> frozenset[str]:
    """Six-digit issuer numbers of common bank cards; no cue is needed after one of these."""
    lines = files("gongkai_classifiers").joinpath("data/card_issuers.tsv").read_text("utf-8")
    return frozenset(line.split("\t")[0] for line in lines.splitlines() if line[:1].isdigit())


def _known_card(value: str) -> bool:
    return compact(value)[:6] in known_issuers() and is_card(value)


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)


_BANK_CUE = _pattern("卡号|账号|帐号|账户|帐户|银行|开户|存折|一卡通|收款|打款|汇款|打卡")
_ID_CUE = _pattern("(?:身份证|公民身份号码)[^0-9A-Za-z。;]{0,12}$")
_SERIAL = _pattern(
    "(?:合同|项目|订单|采购|招标|投标|编号|单号|流水号|批次|案件|受理号|设备|备案|许可证|注册号|档案|条码|序列"
    "|发票|索引|代码)[^0-9A-Za-z。;,、\n]{0,8}$"
)
_COVERED_ENDS = f"(?![0-9Xx{MASKS}])"
_COVERED = f"(?<![0-9Xx{MASKS}])"
_MASK_RUN = f"(?:[{MASKS}]{{2,20}}|[Xx]{{4,20}})(?:[ \\-][{MASKS}]{{1,8}}){{0,4}}[ \\-]?"

PATTERNS: tuple[NumberPattern, ...] = (
    NumberPattern(
        "resident_id",
        EntityKind.ID_NUMBER,
        _pattern(
            f"{_ALONE}{_REGION}(?:{_S}[0-9]){{4}}{_S}(?:1{_S}[89]|2{_S}0)(?:{_S}[0-9]){{2}}"
            f"{_S}[01](?:{_S}[0-9]){{6}}{_S}[0-9Xx×]{_ENDS}"
        ),
        _separated_id,
        unless=_pattern("(?:信用代码|机构代码|识别号|税号)[^0-9A-Za-z]{0,6}$"),
    ),
    NumberPattern(
        "credit_code",
        EntityKind.CREDIT_CODE,
        _pattern(
            f"{_WORD}{_CREDIT}{{2}}{_TIGHT}[0-9]{{6}}{_TIGHT}{_CREDIT}{{9}}{_TIGHT}{_CREDIT}{_WORD_ENDS}"
        ),
        is_credit_code,
    ),
    NumberPattern(
        "known_card",
        EntityKind.BANK_CARD,
        _pattern(f"{_ALONE}[3-69][0-9](?:{_TIGHT}[0-9]){{12,17}}{_ENDS}"),
        _known_card,
        unless=_SERIAL,
    ),
    NumberPattern(
        "card",
        EntityKind.BANK_CARD,
        _pattern(f"{_ALONE}[3-69][0-9](?:{_TIGHT}[0-9]){{12,17}}{_ENDS}"),
        is_card,
        cue=_BANK_CUE,
        unless=_SERIAL,
    ),
    NumberPattern(
        "resident_id_glued",
        EntityKind.ID_NUMBER,
        _pattern("[1-9][0-9]{5}(?:18|19|20)[0-9]{2}[01][0-9]{6}[0-9Xx]"),
        is_resident_id,
        unless=_pattern("[A-Za-z]$"),
    ),
    NumberPattern(
        "resident_id_unverified",
        EntityKind.ID_NUMBER,
        _pattern(f"{_ALONE}[1-9][0-9]{{16}}[0-9Xx]{_WORD_ENDS}"),
        _nearly_id,
        sub="unverified",
        cue=_ID_CUE,
        confidence=0.8,
    ),
    NumberPattern(
        "resident_id_misread",
        EntityKind.ID_NUMBER,
        _pattern(
            f"{_WORD}[0-9OoQDIlZzSsB][0-9OoQDIlZzSsB〇]{{16}}[0-9XxOoQDIlZzSsB〇]{_WORD_ENDS}"
        ),
        _misread_id,
        sub="unverified",
        cue=_ID_CUE,
        confidence=0.8,
    ),
    NumberPattern(
        "old_resident_id",
        EntityKind.ID_NUMBER,
        _pattern(f"{_ALONE}[1-8][0-9]{{14}}{_WORD_ENDS}"),
        is_old_resident_id,
        sub="15",
        cue=_pattern("身份证|公民身份号码"),
        confidence=0.9,
    ),
    NumberPattern(
        "masked_id",
        EntityKind.ID_NUMBER,
        _pattern(f"{_COVERED}[0-9]{{1,16}}[ \\-]?{_MASK_RUN}[0-9]{{0,14}}[0-9Xx]?{_COVERED_ENDS}"),
        is_covered_id,
        sub="masked",
    ),
    NumberPattern(
        "covered_head_id",
        EntityKind.ID_NUMBER,
        _pattern(
            f"{_COVERED}(?:[{MASKS}]{{2,10}}|[Xx]{{4,10}})[ \\-]?"
            f"[0-9]{{3,15}}[0-9Xx]{_COVERED_ENDS}"
        ),
        is_covered_at_its_head,
        sub="masked",
        cue=_ID_CUE,
    ),
    NumberPattern(
        "masked_card",
        EntityKind.BANK_CARD,
        _pattern(f"{_COVERED}[0-9]{{0,12}}{_MASK_RUN}[0-9]{{0,8}}{_COVERED_ENDS}"),
        is_covered_card,
        sub="masked",
        cue=_BANK_CUE,
    ),
    NumberPattern(
        "passport",
        EntityKind.PASSPORT,
        _pattern(f"{_WORD}(?:[A-Za-z][A-Za-z]?[0-9]{{7,8}}|[0-9]{{9}}){_WORD_ENDS}"),
        _always,
        sub="passport",
        cue=_pattern("护照"),
    ),
    NumberPattern(
        "hong_kong_macau_permit",
        EntityKind.PASSPORT,
        _pattern(f"{_WORD}[CWHMcwhm][A-Za-z]?[0-9]{{7,10}}{_WORD_ENDS}"),
        _always,
        sub="hong_kong_macau_permit",
        cue=_pattern("港澳|回乡证|通行证"),
    ),
    NumberPattern(
        "taiwan_permit",
        EntityKind.PASSPORT,
        _pattern(f"{_WORD}[TLtl]?[0-9]{{8,10}}{_WORD_ENDS}"),
        _always,
        sub="taiwan_permit",
        cue=_pattern("台胞证|台湾居民|(?:往来台湾|来往大陆)[^0-9]{0,12}证"),
    ),
    NumberPattern(
        "hong_kong_id",
        EntityKind.ID_NUMBER,
        _pattern(f"{_WORD}[A-Z]{{1,2}}[0-9]{{6}} ?\\([0-9A]\\)"),
        is_hong_kong_id,
        sub="hong_kong",
    ),
    NumberPattern(
        "taiwan_id",
        EntityKind.ID_NUMBER,
        _pattern(f"{_WORD}[A-Z][1289][0-9]{{8}}{_WORD_ENDS}"),
        is_taiwan_id,
        sub="taiwan",
        cue=_pattern("台湾|身份证"),
    ),
    NumberPattern(
        "social_security_number",
        EntityKind.SOCIAL_SECURITY_NUMBER,
        _pattern(f"{_WORD}[0-9A-Za-z]{{8,18}}{_WORD_ENDS}"),
        lambda value: visible_places(value) >= 6,
        cue=_pattern(
            "(?:社会保障卡?|社保卡?|医保卡?|公积金|养老保险)(?:个人)?(?:号码?|编号|账号)[^0-9A-Za-z。;]{0,4}$"
        ),
        confidence=0.9,
    ),
    NumberPattern(
        "account",
        EntityKind.BANK_CARD,
        _pattern(f"{_WORD}[0-9](?:{_TIGHT}[0-9]){{8,24}}{_WORD_ENDS}"),
        _always,
        sub="account",
        cue=_pattern("(?:账号|帐号|卡号|存折号?|银行账户|银行帐户)[^0-9A-Za-z。;]{0,6}$"),
        unless=_pattern(
            "(?:公众|微信|QQ|抖音|登录|用户)[^。;]{0,4}(?:账号|帐号)[^0-9A-Za-z]{0,6}$"
        ),
        confidence=0.8,
    ),
    NumberPattern(
        "plate",
        EntityKind.PLATE,
        _pattern(
            "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][ ·]?"
            "(?:(?=(?:[0-9]*[A-HJ-NP-Z]){0,2}[0-9]*(?![0-9A-Za-z]))(?=[A-Z]*[0-9])"
            "[0-9A-HJ-NP-Z]{4}[0-9A-HJ-NP-Z挂学警港澳]|[DF][0-9A-HJ-NP-Z][0-9]{4}|[0-9]{5}[DF])"
            f"{_WORD_ENDS}"
        ),
        _plate,
    ),
)
"""Every number gongkai looks for, the most certain first."""
