"""Names of public bodies as papers write them: in full, shortened, or relative (市政府, 省厅)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gongkai.policy.entries import fold

_MUNICIPALITIES = ("北京", "上海", "天津", "重庆")
_STATE = re.compile(
    r"^(?:国务院|中央|国家|全国|最高人民|教育部|财政部|民政部|公安部|司法部|(?!各).{2,14}(?<![支总内干])部)"
)
_PLACE = re.compile(
    r"[\u4e00-\u9fff]{1,8}?(?P<level>特别行政区|自治区|自治州|自治县|省|市|地区|州|盟|县|区|旗|街道|镇|乡)"
    r"(?![场政江])"
)
_RELATIVE = re.compile(r"^(?P<level>省|自治区|市|州|盟|县|区|旗)(?![场政])")
_RANK = {
    "省": 4, "自治区": 4, "特别行政区": 4, "市": 3, "地区": 3, "州": 3, "自治州": 3, "盟": 3,
    "县": 2, "自治县": 2, "区": 2, "旗": 2, "镇": 1, "乡": 1, "街道": 1,
}  # fmt: skip
_ENDING = re.compile(r"(?:办公厅|办公室|委员会|管理局|总局|厅|局|委|部|办|署|院|中心)$")
_GOVERNMENT = re.compile(r"(?:人民政府|政府|政府办公[室厅]|人民政府办公[室厅]|国务院)$")
_LEADING = re.compile(
    r"(?:党组|党委|党工委|[省市县区州盟旗]委|领导小组|指挥部|领导)(?:办公[室厅])?$"
)


def names(values: Iterable[str]) -> tuple[str, ...]:
    """Single names out of element values that may list several."""
    pieces = (piece for value in values for piece in re.split(r"[、,，;；:：\s]+", value))
    return tuple(folded for piece in pieces if (folded := fold(piece)))


def same_body(name: str, known: str) -> bool:
    """Whether a paper's wording means the known body: in full, as its end, or abbreviated."""
    written, full = fold(name), fold(known)
    if not written or not full:
        return False
    if written == full or (len(full) >= 3 and full in written):
        return True
    return len(written) >= 3 and (full.endswith(written) or abbreviates(written, full))


def abbreviates(short: str, full: str) -> bool:
    """Whether ``short`` keeps characters of ``full`` in order: 人社 for 人力资源和社会保障."""
    rest = iter(full)
    return all(character in rest for character in short)


def is_government(name: str) -> bool:
    """Whether a body is a people's government, not one of its departments."""
    return bool(_GOVERNMENT.search(name))


def is_reported_to(name: str) -> bool:
    """Whether nobody reports *down* to this body: a government, a Party committee, leaders."""
    return is_government(name) or bool(_LEADING.search(name))


def rank(name: str) -> int | None:
    """Administrative level, 5 for the state down to 1 for a town; None when the name is silent."""
    places = list(_places(name))
    if places:
        level = _RANK[places[-1][1]]
        alone = len(places) == 1 and places[0][0].startswith(_MUNICIPALITIES)
        return 4 if alone and level == 3 else level
    return 5 if _STATE.match(name) else None


def _places(name: str) -> Iterable[tuple[str, str]]:
    position = 0
    if relative := _RELATIVE.match(name):
        yield relative.group(), relative["level"]
        position = relative.end()
    while place := _PLACE.match(name, position):
        yield place.group(), place["level"]
        position = place.end()


def field_of_work(name: str) -> str:
    """What a department is for: its name without place and ending, e.g. 人力资源和社会保障."""
    places = list(_places(name))
    core = name[sum(len(text) for text, _ in places) :]
    return _ENDING.sub("", core.removeprefix("国家"))


def is_above(recipient: str, issuer: str) -> bool | None:
    """Whether one body plainly stands over another: its government, or the same line above it.

    None when the names do not say.
    """
    upper, lower = rank(recipient), rank(issuer)
    if upper is None or lower is None:
        return None
    if is_government(recipient) and (
        upper > lower or (upper == lower and not is_government(issuer))
    ):
        return True
    if upper > lower and not is_government(recipient):
        above, below = field_of_work(recipient), field_of_work(issuer)
        if abbreviates(above, below) or abbreviates(below, above):
            return True
    return None
