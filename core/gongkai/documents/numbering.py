"""Automatic numbers as Word prints them: 一、 （一） 1. 第一条 — they stand in no run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml.etree import _Element

from gongkai.documents.docx_names import ILVL, NUM_ID, VAL, w

_DIGITS = "〇一二三四五六七八九"
_LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list. ``text`` is Word's pattern, e.g. "第%1条"; ``restart`` the level
    whose number restarts this one, None for any level above, 0 for none.
    """

    start: int = 1
    format: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False
    style: str = ""


@dataclass(slots=True)
class _List:
    levels: dict[int, Level]
    link: str = ""
    counters: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)


@dataclass(slots=True)
class _Use:
    list_id: str
    levels: dict[int, Level]
    starts: dict[int, int]


class Numbering:
    """Counts through one document; ask ``number`` once per numbered paragraph, in order.

    ``number_styles`` tells, when asked, the list each numbering style names: some lists
    borrow their levels that way.
    """

    def __init__(
        self,
        root: _Element | None,
        number_styles: Callable[[], dict[str, str]] = dict,
    ) -> None:
        self._root = root
        self._number_styles = number_styles
        self._lists: dict[str, _List] = {}
        self._uses: dict[str, _Use] = {}
        self._started: set[tuple[str, int]] = set()

    def _list_of(self, num_id: str) -> tuple[_List, _Use] | None:
        if self._root is not None:
            root, self._root = self._root, None
            self._learn(root)
        use = self._uses.get(num_id)
        found = self._lists.get(use.list_id) if use else None
        return (found, use) if use and found else None

    def _learn(self, root: _Element) -> None:
        for entry in root.iter(w("abstractNum")):
            link = entry.find(w("numStyleLink"))
            levels = {_integer(e.get(ILVL)): _level(e) for e in entry.iterchildren(w("lvl"))}
            target = "" if link is None else link.get(VAL, "")
            self._lists[entry.get(w("abstractNumId"), "")] = _List(levels, target)
        for entry in root.iterchildren(w("num")):
            self._uses[entry.get(NUM_ID, "")] = _use(entry)
        if any(each.link for each in self._lists.values()):
            self._borrow(self._number_styles())

    def _borrow(self, number_styles: dict[str, str]) -> None:
        for each in self._lists.values():
            use = self._uses.get(number_styles.get(each.link, "")) if each.link else None
            if use and not each.levels:
                each.levels = self._lists[use.list_id].levels if use.list_id in self._lists else {}

    def level_of_style(self, num_id: str, style: str) -> int:
        """The level a paragraph style is tied to in a list, 0 when to none."""
        known = self._list_of(num_id)
        levels = known[0].levels if known else {}
        return next((i for i, level in levels.items() if level.style == style), 0)

    def number(self, num_id: str, ilvl: int) -> str:
        """The printed number of the next paragraph of a list, "" for bullets and no list."""
        known = self._list_of(num_id)
        if known is None or not 0 <= ilvl < _LEVELS:
            return ""
        found, use = known
        levels = {**found.levels, **use.levels} if use.levels else found.levels
        level = levels.get(ilvl)
        if level is None:
            return ""
        self._count(found, use, num_id, ilvl, levels)
        return _printed(level, found.counters, levels)

    def _count(
        self, found: _List, use: _Use, num_id: str, ilvl: int, levels: dict[int, Level]
    ) -> None:
        counters = found.counters
        current = counters[ilvl]
        first = (num_id, ilvl) not in self._started
        if first and ilvl in use.starts:
            counters[ilvl] = use.starts[ilvl]
        else:
            counters[ilvl] = levels[ilvl].start if current is None else current + 1
        self._started.add((num_id, ilvl))
        for upper in range(ilvl):
            if counters[upper] is None and upper in levels:
                counters[upper] = levels[upper].start
        for lower in range(ilvl + 1, _LEVELS):
            restart = levels[lower].restart if lower in levels else None
            if restart is None or ilvl < restart:
                counters[lower] = None


def _level(element: _Element) -> Level:
    values = {child.tag: child for child in element.iterchildren() if isinstance(child.tag, str)}

    def value(name: str, default: str = "") -> str:
        child = values.get(w(name))
        return default if child is None else child.get(VAL, default)

    formats = element.iter(w("numFmt"))
    chosen = [child.get(VAL, "decimal") for child in formats]
    return Level(
        start=_integer(value("start"), 0),
        format=next((each for each in reversed(chosen) if each != "custom"), "decimal"),
        text=value("lvlText"),
        suffix=value("suff", "tab"),
        restart=_integer(value("lvlRestart")) if w("lvlRestart") in values else None,
        legal=w("isLgl") in values,
        style=value("pStyle"),
    )


def _use(element: _Element) -> _Use:
    abstract = element.find(w("abstractNumId"))
    use = _Use("" if abstract is None else abstract.get(VAL, ""), {}, {})
    for override in element.iterchildren(w("lvlOverride")):
        ilvl = _integer(override.get(ILVL))
        start, level = override.find(w("startOverride")), override.find(w("lvl"))
        if level is not None:
            use.levels[ilvl] = _level(level)
            use.starts[ilvl] = use.levels[ilvl].start
        if start is not None:
            use.starts[ilvl] = _integer(start.get(VAL))
    return use


def _printed(level: Level, counters: list[int | None], levels: dict[int, Level]) -> str:
    if level.format in ("bullet", "none") and "%" not in level.text:
        return "" if level.format == "bullet" else level.text
    text = level.text
    for index in range(_LEVELS):
        token = f"%{index + 1}"
        if token in text:
            number = counters[index]
            style = "decimal" if level.legal else levels.get(index, level).format
            text = text.replace(token, "" if number is None else in_format(number, style))
    if not text:
        return ""
    return text if level.suffix == "nothing" else text + " "


def in_format(number: int, style: str) -> str:
    """``number`` as Word writes it in the number format ``style``; decimal for unknown ones."""
    match style:
        case "none" | "bullet":
            return ""
        case "decimalZero":
            return f"{number:02d}"
        case "upperLetter" | "lowerLetter":
            letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
            return letter.upper() if style == "upperLetter" else letter
        case "upperRoman" | "lowerRoman":
            return _roman(number).upper() if style == "upperRoman" else _roman(number)
        case "decimalFullWidth" | "decimalFullWidth2":
            return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
        case "ideographTraditional":
            return _STEMS[(number - 1) % len(_STEMS)]
        case "ideographZodiac":
            return _BRANCHES[(number - 1) % len(_BRANCHES)]
    if style in _ENCLOSED and 1 <= number <= _ENCLOSED[style][1]:
        return chr(_ENCLOSED[style][0] + number - 1)
    return _chinese_format(number, style)


_ENCLOSED = {
    "decimalEnclosedCircle": (0x2460, 20),
    "decimalEnclosedCircleChinese": (0x2460, 20),
    "decimalEnclosedParen": (0x2474, 20),
    "decimalEnclosedFullstop": (0x2488, 20),
    "ideographEnclosedCircle": (0x3280, 10),
}


def _chinese_format(number: int, style: str) -> str:
    if style in ("chineseCounting", "taiwaneseCounting", "ideographEnclosedCircle"):
        return _counted(number, _DIGITS, "十百千", short=True) if number < 100 else _spelled(number)
    if style in ("chineseCountingThousand", "japaneseCounting", "taiwaneseCountingThousand"):
        return _counted(number, "零" + _DIGITS[1:], "十百千", short=True)
    if style in ("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"):
        return _counted(number, _LEGAL_DIGITS, "拾佰仟", short=False)
    if style in ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"):
        return _spelled(number)
    return str(number)


def _spelled(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(abs(number)))


def _counted(number: int, digits: str, units: str, *, short: bool) -> str:
    if not 0 < number < 10_000:
        return str(number)
    text, gap = "", False
    for power in range(3, -1, -1):
        digit = number // 10**power % 10
        if digit == 0:
            gap = bool(text)
            continue
        text += (digits[0] if gap else "") + digits[digit] + (units[power - 1] if power else "")
        gap = False
    return text[1:] if short and 10 <= number < 20 else text


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text


def _integer(text: str | None, default: int = 0) -> int:
    try:
        return int(text or default)
    except ValueError:
        return default
