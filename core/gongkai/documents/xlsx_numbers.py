"""Numbers of a spreadsheet as an office clerk reads them, never in scientific notation."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cache
from typing import TypeAlias

Shown: TypeAlias = Callable[[str], str]

# Built-in formats by number (ECMA-376 part 1, 18.8.30), the Chinese ones included.
_BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 37: "#,##0", 38: "#,##0", 39: "#,##0.00",
    40: "#,##0.00", 41: "#,##0", 42: "#,##0", 43: "#,##0.00", 44: "#,##0.00", 48: "##0.0E+0",
    49: "@",
}  # fmt: skip
_DATES = frozenset({14, 15, 16, 17, 27, 28, 29, 30, 31, 36, *range(50, 55), 57, 58})
_TIMES = frozenset({18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56})
_MOMENTS = frozenset({22})
_QUOTED = re.compile(r'"([^"]*)"|\\(.)|_.|\*.')
_BRACKETED = re.compile(r"\[[^\]]*\]")
_CURRENCY = re.compile(r"\[\$([^-\]]*)(?:-[^\]]*)?\]")
_SCIENCE = re.compile(r"[eE][+-]")
_PLACES = re.compile(r"[#0?][#0?,]*(?:\.[#0?]*)?")
_FIRST_DAY = datetime(1899, 12, 30)
_FIRST_DAY_1904 = datetime(1904, 1, 1)
_MOST_DIGITS = 60


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """A format: what it makes of a number, and whether it makes nothing (``;;;``)."""

    show: Shown
    hides: bool = False


@cache
def number_format(number: int, code: str, since_1904: bool) -> NumberFormat:
    """The format with a number, or with a code of the workbook's own."""
    code = code or _BUILT_IN.get(number, "General")
    kind = _kind(number, code)
    if kind:
        first = _FIRST_DAY_1904 if since_1904 else _FIRST_DAY
        return NumberFormat(lambda value: _moment(value, first, kind))
    if code in ("General", "@") or code.lower() == "general":
        return NumberFormat(plain)
    if code.count(";") >= 2 and not code.replace(";", "").strip():
        return NumberFormat(plain, hides=True)
    return NumberFormat(_pattern(code))


def plain(value: str) -> str:
    """A number with all its digits and no more than it has: 1.38E+10 is 13800000000."""
    number = _decimal(value)
    if number is None:
        return value
    if number != number.to_integral_value():
        # Binary fractions carry noise beyond the fifteenth digit.
        number = Decimal(f"{number:.15g}")
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _decimal(value: str) -> Decimal | None:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) <= _MOST_DIGITS else None


def _kind(number: int, code: str) -> str:
    if number in _DATES:
        return "date"
    if number in _TIMES:
        return "time"
    if number in _MOMENTS:
        return "moment"
    if number < 164:
        return ""
    bare = _BRACKETED.sub(_elapsed, _QUOTED.sub("", code)).lower()
    if "general" in bare:
        return ""
    bare = bare.replace("am/pm", "").replace("上午/下午", "h")
    day = bool(re.search(r"[yde]|m(?![^hs]*s)", _SCIENCE.sub("", bare))) and not re.search(
        r"[0#?]", bare.replace(".0", "")
    )
    clock = bool(re.search(r"[hs]", bare))
    if day and re.search(r"[yd]", bare) and clock:
        return "moment"
    if clock:
        return "time"
    return "date" if day else ""


def _elapsed(match: re.Match[str]) -> str:
    inner = match.group(0)[1:-1].lower()
    return inner if set(inner) <= set("hms") else ""


def _moment(value: str, first: datetime, kind: str) -> str:
    number = _decimal(value)
    if number is None or not 0 <= number < 2_958_466:
        return plain(value)
    moment = first + timedelta(seconds=round(float(number) * 86_400))
    if kind == "date":
        return f"{moment:%Y-%m-%d}"
    if kind == "time" and number < 1:
        return f"{moment:%H:%M:%S}".removesuffix(":00")
    return f"{moment:%Y-%m-%d %H:%M:%S}".removesuffix(":00").removesuffix(" 00:00")


def _pattern(code: str) -> Shown:
    positive = code.split(";")[0]
    literal = _CURRENCY.sub(lambda m: f'"{m.group(1)}"', positive)
    literal = _BRACKETED.sub("", literal)
    bare = _QUOTED.sub("", literal)
    found = _PLACES.search(bare)
    # Scientific notation and fractions hide digits a clerk would want to see.
    if found is None or _SCIENCE.search(bare) or "/" in bare:
        return plain
    if len(_PLACES.findall(bare)) > 1:
        return plain
    places = found.group(0)
    whole, _, fraction = places.partition(".")
    before, after = _around(literal, places)
    decimals = len(fraction)
    grouped = "," in whole.rstrip(",")
    digits = whole.replace(",", "").count("0")
    scale = len(whole) - len(whole.rstrip(","))
    percent = "%" in bare

    def show(value: str) -> str:
        number = _decimal(value)
        if number is None:
            return value
        number = number * 100 if percent else number
        number = number / (1_000**scale)
        step = Decimal(1).scaleb(-decimals)
        if number.adjusted() + decimals < 27:
            number = number.quantize(step, ROUND_HALF_UP)
        sign = "-" if number < 0 else ""
        text = f"{abs(number):,f}" if grouped else f"{abs(number):f}"
        if not grouped:
            left, dot, right = text.partition(".")
            text = left.zfill(digits) + dot + right
        if fraction and "0" not in fraction:
            text = text.rstrip("0").rstrip(".")
        return f"{sign}{before}{text}{after}".strip()

    return show


def _around(literal: str, places: str) -> tuple[str, str]:
    """What a format puts before and after the digits."""
    text = re.sub(r"_.|\*.", "", literal)
    text = re.sub(r'"([^"]*)"|\\(.)', lambda m: m.group(1) or m.group(2) or "", text)
    before, _, after = text.partition(places)
    return before, after
