"""A place in a document, said as a clerk would: body/p12 is 正文第12段."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gongkai.messages import has, say

_ATTACHMENT = re.compile(r"attachment(\d+)/")
_SHEET = re.compile(
    r"(?P<sheet>.+)!(?:(?P<cell>[A-Z]{1,3}\d+)(?:#(?P<hung>comment|link)(?:/\d+)?)?"
    r"|(?P<margin>odd|even|first)(?P<edge>Header|Footer)"
    r"|(?P<other>validation|drawing)(?:/?\w+)?)$"
)
_STEPS = (
    ("p", re.compile(r"p(\d+)$")),
    ("t", re.compile(r"(?:t|table)(\d+)$")),
    ("cell", re.compile(r"r(\d+)c(\d+)$")),
    ("box", re.compile(r"box(\d+)$")),
    ("line", re.compile(r"line(\d+)$")),
    ("page", re.compile(r"page(\d+)$")),
    ("image", re.compile(r"image(\d+)$")),
    ("hyperlink", re.compile(r"link(\d+)$")),
    ("form", re.compile(r"form$")),
    ("field", re.compile(r"field(\d+)$")),
    ("outline", re.compile(r"outline$")),
    ("header", re.compile(r"header(\d*)$")),
    ("footer", re.compile(r"footer(\d*)$")),
    ("footnote", re.compile(r"footnote(-?\d+)$")),
    ("endnote", re.compile(r"endnote(-?\d+)$")),
    ("comment", re.compile(r"comment(-?\d+)$")),
    ("annotation", re.compile(r"annotation(\d+)$")),
    ("author", re.compile(r"author$")),
    ("subject", re.compile(r"subject$")),
    ("end", re.compile(r"end$")),
    ("item", re.compile(r"(\d+)$")),
    ("body", re.compile(r"body$")),
    ("name", re.compile(r"name$")),
)
_CELL_AT_END = re.compile(r"/r\d+c\d+(?:/.*)?$|![A-Z]{1,3}\d+(?:#.*)?$")


def place_words(place: str, names: Mapping[int, str] | None = None) -> str:
    """``place`` in words; ``names`` gives the titles of attachments by number."""
    prefix, inner = _split(place, names)
    if prefix and not inner:
        return prefix
    core, suffixes = _suffixes(inner)
    return prefix + _inside(core) + "".join(say(f"places.suffix_{each}") for each in suffixes)


def column_words(place: str, header: str, names: Mapping[int, str] | None = None) -> str:
    """The column a cell stands in, by its heading: 附件1《名单》“身份证号码”列."""
    prefix, inner = _split(place, names)
    core, suffixes = _suffixes(inner)
    words = prefix + say("places.column", table=_table(_CELL_AT_END.sub("", core)), header=header)
    return words + "".join(say(f"places.suffix_{each}") for each in suffixes)


def property_words(name: str) -> str:
    """What a document property is called: core.creator is 作者."""
    kind = name.partition(".")[0]
    for key in (name, kind):
        if has(f"places.property_{key}"):
            return say(f"places.property_{key}")
    return name.partition(".")[2] or name


def _split(place: str, names: Mapping[int, str] | None) -> tuple[str, str]:
    found = _ATTACHMENT.match(place)
    if found is None:
        return "", place
    number = int(found.group(1))
    title = (names or {}).get(number, "")
    key = "places.attachment_named" if title else "places.attachment"
    return say(key, number=number, name=title), place[found.end() :]


def _suffixes(place: str) -> tuple[str, list[str]]:
    """A place without the suffixes that say how its text is hidden, and these."""
    core, *suffixes = place.split("~")
    known: list[str] = []
    while suffixes and has(f"places.suffix_{suffixes[-1]}"):
        known.insert(0, suffixes.pop())
    return "~".join([core, *suffixes]), known


def _table(place: str) -> str:
    if "!" in place:
        outer, _, table = place.partition("!")
        if outer.startswith("embedded/"):
            return say("places.embedded", name=outer.partition("/")[2], inner=_table(table))
    words = [_step(step) for step in place.split("/")]
    return "".join(words) if all(words) else say("places.sheet_named", sheet=place)


def _inside(place: str) -> str:
    if not place:
        return say("places.whole")
    room, _, rest = place.partition("/")
    if room in ("property", "setting"):
        return say("places.property", name=property_words(rest))
    if room == "link":
        return say("places.link")
    if room == "embedded":
        outer, _, inner = rest.partition("!")
        return say("places.embedded", name=outer, inner=_inside(inner))
    if room in ("other", "zip"):
        return say("places.carried")
    if found := _SHEET.match(place):
        return _on_sheet(found)
    words = [_step(step) for step in place.split("/")]
    return "".join(words) if all(words) else say("places.other", place=place.rpartition("/")[2])


def _on_sheet(found: re.Match[str]) -> str:
    sheet = found["sheet"]
    if found["cell"]:
        key = f"places.sheet_{found['hung']}" if found["hung"] else "places.sheet"
        return say(key, sheet=sheet, cell=found["cell"])
    inner = say(f"places.{(found['edge'] or found['other']).lower()}", a="")
    return say("places.sheet_part", sheet=sheet, inner=inner)


def _step(step: str) -> str:
    for name, pattern in _STEPS:
        if found := pattern.match(step):
            groups = found.groups()
            return say(
                f"places.{name}", a=groups[0] if groups else "", b=groups[-1] if groups else ""
            )
    return ""
