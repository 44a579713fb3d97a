"""A place in a document, said as a clerk would: body/p12 is 正文第12段."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gongkai.messages import has, say

_ATTACHMENT = re.compile(r"attachment(\d+)/")
_SHEET = re.compile(r"(?P<sheet>.+)!(?P<cell>[A-Z]{1,3}\d+)(?P<comment>#comment)?$")
_STEPS = (
    ("p", re.compile(r"p(\d+)$")),
    ("t", re.compile(r"(?:t|table)(\d+)$")),
    ("cell", re.compile(r"r(\d+)c(\d+)$")),
    ("box", re.compile(r"box(\d+)$")),
    ("line", re.compile(r"line(\d+)$")),
    ("page", re.compile(r"page(\d+)$")),
    ("header", re.compile(r"header(\d*)$")),
    ("footer", re.compile(r"footer(\d*)$")),
    ("footnote", re.compile(r"footnote(-?\d+)$")),
    ("endnote", re.compile(r"endnote(-?\d+)$")),
    ("comment", re.compile(r"comment(-?\d+)$")),
    ("annotation", re.compile(r"annotation(\d+)$")),
    ("body", re.compile(r"body$")),
    ("name", re.compile(r"name$")),
)


def place_words(place: str, names: Mapping[int, str] | None = None) -> str:
    """``place`` in words; ``names`` gives the titles of attachments by number."""
    prefix = ""
    if found := _ATTACHMENT.match(place):
        number = int(found.group(1))
        title = (names or {}).get(number, "")
        key = "places.attachment_named" if title else "places.attachment"
        prefix, place = say(key, number=number, name=title), place[found.end() :]
    core, _, suffix = place.partition("~")
    words = prefix + _inside(core)
    if suffix and has(f"places.suffix_{suffix}"):
        words += say(f"places.suffix_{suffix}")
    return words


def column_words(place: str, header: str, names: Mapping[int, str] | None = None) -> str:
    """The column a cell stands in, by its heading: 附件1《名单》“身份证号码”列."""
    table = re.sub(r"/r\d+c\d+.*$|![A-Z]{1,3}\d+(?:#comment)?$", "", place)
    if found := _ATTACHMENT.match(table):
        prefix = place_words(found.group(0), names).removesuffix(say("places.whole"))
        return prefix + say("places.column", table=_table(table[found.end() :]), header=header)
    return say("places.column", table=_table(table), header=header)


def _table(place: str) -> str:
    words = [_step(step) for step in place.split("/")]
    return "".join(words) if all(words) else say("places.sheet_named", sheet=place)


def _inside(place: str) -> str:
    if not place:
        return say("places.whole")
    if place.startswith(("property/", "setting/")):
        return say("places.property", name=place.partition("/")[2])
    if place.startswith("link/"):
        return say("places.link")
    if place.startswith("embedded/"):
        outer, _, inner = place.partition("!")
        return say("places.embedded", name=outer.partition("/")[2], inner=_inside(inner))
    if found := _SHEET.match(place):
        key = "places.sheet_comment" if found.group("comment") else "places.sheet"
        return say(key, sheet=found.group("sheet"), cell=found.group("cell"))
    words = [_step(step) for step in place.split("/")]
    return "".join(words) if all(words) else say("places.other", place=place)


def _step(step: str) -> str:
    for name, pattern in _STEPS:
        if found := pattern.match(step):
            groups = found.groups()
            return say(
                f"places.{name}", a=groups[0] if groups else "", b=groups[-1] if groups else ""
            )
    return ""
