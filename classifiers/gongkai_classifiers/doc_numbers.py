"""Document numbers as they should read: 示民发〔2026〕12号 for 示民发[2O26]012号 (N-25)."""

from __future__ import annotations

import re

from gongkai_classifiers import shapes


def repaired(found: re.Match[str]) -> str | None:
    """The number a match of ``shapes.DOC_NUMBER`` means.

    "" for one whose running number is still blank, None for what is no document number.
    """
    year = re.sub("[oO]", "0", found["year"])
    running = re.sub("[oO]", "0", found["running"] or "")
    if not re.fullmatch("[12][0-9]{3}", year):
        blank = re.fullmatch("[12]?[0-9xX×]{0,3}", year) is not None
        return "" if blank and found["end"] and found["close"] else None
    if found["close"] is None and not running and len(found["running"] or "") == 0:
        return None
    if not running.isdigit():
        return "" if found["end"] else None
    if not found["end"] and found["close"] and found.end() != len(found.string):
        return None
    return f"{found['word']}〔{year}〕{int(running)}号"


def number_in(text: str) -> str:
    """The document number some words hold, repaired; the words themselves when none is whole."""
    for found in shapes.DOC_NUMBER.finditer(text):
        if value := repaired(found):
            return value
    return text
