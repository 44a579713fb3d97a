"""Numbers some places of which are covered: 6403**********12, 138xxxx1234 (B1)."""

from __future__ import annotations

from gongkai_classifiers.checksums import PROVINCES

MASKS = "*×✕●■□█▇◆"
"""Signs that stand for a place nobody is to read; XXXX covers as well."""
_ENOUGH, _STILL_READABLE = 4, 12


def visible_places(value: str) -> int:
    """How many places of a number a reader can see."""
    return sum(1 for c in value if c.isdigit())


def already_masked(value: str) -> bool:
    """Whether enough of a number is covered that it points at nobody (B1).

    Four places covered, by signs or as XXXX, and fewer than twelve digits left to read.
    """
    covered = sum(1 for c in value if c in MASKS) or value.upper().count("XXXX") * 4
    return covered >= _ENOUGH and visible_places(value) < _STILL_READABLE


def is_covered_id(value: str) -> bool:
    """Whether these are about eighteen places that begin like a region when that is visible."""
    head = value[:2]
    region = head[:1] in "123456789" and (not head.isdigit() or head in PROVINCES)
    return region and _places(value) in range(14, 21)


def is_covered_at_its_head(value: str) -> bool:
    """Whether these are about eighteen places, the first of them covered."""
    return _places(value) in range(14, 20)


def is_covered_card(value: str) -> bool:
    """Whether these are the places of a bank card, one of them visible at least."""
    return visible_places(value) > 0 and _places(value) in range(12, 21)


def _places(value: str) -> int:
    return sum(c.isalnum() or c in MASKS for c in value)
