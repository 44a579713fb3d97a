"""Home addresses: a cue such as 家庭住址, followed by a place down to the house (PRO-14).

The address of an office, a window or an employer is published on purpose and is no home.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.model.reading import EntityRole

_HOME = re.compile(
    "(?:家庭|户籍|户口|居住|现居|现住|常住|身份证|本人|个人)(?:所在)?(?:详细)?(?:住址|地址|住所)"
    "|(?:户籍|居住|户口)(?:所在)?地(?=[:为是在\\s])|现住址|住址|家住|现居住于|居住在|现住于?|租住于?"
    "|住所地?(?=[:为是])"
)
_OFFICE = re.compile(
    "(?:办公|单位|办理|受理|联系|通讯|邮寄|公司|注册|经营|机关|报名|考试|会议|活动|服务|窗口|咨询|现场)"
    "(?:详细)?(?:地址|地点)|地址"
)
_HOME_HINT = re.compile("住|户籍|户口|地址")
_OFFICE_HINT = re.compile("地址|地点")
_DETAIL = re.compile(
    "[0-9A-Za-z一二三四五六七八九十]{1,6}(?:号楼?|栋|幢|座|单元|室|楼|弄|组|户|号院|排|队)"
    "|小区|家园|花园|公寓|新村"
)
_STREET = re.compile("[省市县区州盟旗镇乡街道路巷弄胡同村屯寨组里苑]")
_END = re.compile('[,。;:!?、()\n\t"”《]|\\s{2,}')
_CELL = re.compile("[:为是于在 \t]{0,3}\n?[:]?")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Address:
    """An address at ``start``–``end``; PLAIN is a home, PUBLIC_SERVICE an office."""

    start: int
    end: int
    role: EntityRole


def addresses(text: str) -> list[Address]:
    """Home and office addresses of a normalised text, in order."""
    homes = list(_after(text, _HOME_HINT, _HOME, EntityRole.PLAIN))
    offices = [
        office
        for office in _after(text, _OFFICE_HINT, _OFFICE, EntityRole.PUBLIC_SERVICE)
        if all(office.end <= home.start or home.end <= office.start for home in homes)
    ]
    return sorted([*homes, *offices], key=lambda address: address.start)


def is_street_level(value: str) -> bool:
    """Whether words lead to one house or one small settlement, not merely to a town."""
    return bool(_DETAIL.search(value)) and bool(_STREET.search(value))


def _lines_with(text: str, hint: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """The lines that hold a hint, each with its line break, which a cue may look ahead to."""
    position = 0
    while found := hint.search(text, position):
        start = text.rfind("\n", 0, found.start()) + 1
        position = text.find("\n", found.end()) + 1 or len(text)
        yield start, position


def _after(
    text: str, hint: re.Pattern[str], cue: re.Pattern[str], role: EntityRole
) -> Iterator[Address]:
    """Addresses behind a cue; any match of the cue holds the hint, which is found far faster."""
    for match in (m for line in _lines_with(text, hint) for m in cue.finditer(text, *line)):
        filler = _CELL.match(text, match.end())
        start = filler.end() if filler else match.end()
        stop = _END.search(text, start, start + _LONGEST)
        end = stop.start() if stop else min(len(text), start + _LONGEST)
        value = text[start:end].rstrip()
        if len(value) >= 5 and is_street_level(value) and not _mere_talk(value):
            yield Address(start, start + len(value), role)


def _mere_talk(value: str) -> bool:
    """Prose about addresses: 住址的真实性由申请人负责."""
    return bool(re.match("的|和|或|与|等|及|应|不|发生|变更|相同|证明|信息|所属|由|以", value))
