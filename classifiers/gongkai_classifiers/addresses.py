"""Addresses down to the house, and whose they are (PRO-14): a home, an office, a mere site.

A cue such as 家庭住址 says it; without one the trained net sees the address, and what stands
beside it says it. The address of an office, a window or an employer is published on purpose.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from gongkai.model.reading import Entity, EntityKind, EntityRole, Observations
from gongkai_classifiers.columns import left_to_roster
from gongkai_classifiers.person_rules import Person
from gongkai_classifiers.persons import everybody
from gongkai_classifiers.segments import Segment, Sort, named
from gongkai_classifiers.view import View

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
_HOUSEHOLD = re.compile(
    "(?:室|单元[0-9]{1,5}号?|[0-9]-[0-9]{1,3}-[0-9]{2,4}|梯[0-9]{3,4}房?"
    "|[组队社][0-9]{1,4}号|村[0-9]{1,4}号)$"
)
_WORK = re.compile("大厦|大楼|中心|写字楼|广场|门店|营业|商铺|市场|园区|产业园|车间|厂区|办公|大院")
_HOUSE_NAME = re.compile(
    "[\\s\u4e00-\u9fff0-9A-Za-z]{0,12}(?:大厦|大楼|中心|广场|[楼室层厅院座园城苑店区号房厂站])"
)
_NEAR = 30
_STOPS = re.compile("[。;!?\n]")
_OWN = re.compile(
    r"[\s(:,]{0,3}(?:位于|地处|设在|设于|迁至|搬至|坐落于?|地点|地址|住所地?)?[:为是在\s]{0,3}"
)


@dataclass(frozen=True, slots=True)
class Address:
    """An address at ``start``–``end``; PLAIN is a home, PUBLIC_SERVICE an office."""

    start: int
    end: int
    role: EntityRole


def addresses(
    text: str, seen: Sequence[Segment] = (), people: Sequence[Person] = ()
) -> list[Address]:
    """Addresses of a normalised text, in order: those behind a cue, then those the net saw.

    Where both see one, the cue says whose it is, and the net where it ends.
    """
    homes = list(_after(text, _HOME_HINT, _HOME, EntityRole.PLAIN))
    offices = _apart(_after(text, _OFFICE_HINT, _OFFICE, EntityRole.PUBLIC_SERVICE), homes)
    places = [s for s in seen if s.sort is Sort.ADDRESS and not _counted(text[s.start : s.end])]
    ends = {place.start: place.end for place in places}
    cued = [
        replace(one, end=_ended(text, ends.get(one.start, one.end), one.end))
        for one in (*homes, *offices)
    ]
    beside = _Beside(text, [s for s in seen if s.sort is Sort.ORGANIZATION], people)
    learnt = (Address(place.start, place.end, beside.whose(place)) for place in places)
    return sorted([*cued, *_apart(learnt, cued)], key=lambda address: address.start)


def _counted(value: str) -> bool:
    """Whether what looks like an address is a number of households: 全县50户."""
    return value.endswith("户")


def _ended(text: str, seen: int, cued: int) -> int:
    """Where an address ends that the net saw end earlier: the name of a house may follow."""
    return cued if seen >= cued or _HOUSE_NAME.fullmatch(text, seen, cued) else seen


def _apart(found: Iterable[Address], others: Sequence[Address]) -> list[Address]:
    """Those that no other one overlaps."""
    taken = sorted((other.start, other.end) for other in others)
    return [
        one
        for one in found
        if not (at := bisect_left(taken, (one.end, 0))) or taken[at - 1][1] <= one.start
    ]


class _Beside:
    """What stands around the addresses of a text: bodies and people, each in order."""

    def __init__(self, text: str, bodies: Sequence[Segment], people: Sequence[Person]) -> None:
        self._text = text
        self._bodies = _Row(bodies)
        self._people = _Row([p for p in people if p.role is EntityRole.PLAIN])

    def whose(self, place: Segment) -> EntityRole:
        """A home where it is one household's, or somebody private is named in the sentence.

        An address beside a body is that body's; a house nobody is named with is a mere site.
        """
        value = self._text[place.start : place.end]
        if _WORK.search(value) or self._of_a_body(place):
            return EntityRole.PUBLIC_SERVICE
        home = _HOUSEHOLD.search(value) or self._named_with(place)
        return EntityRole.PLAIN if home else EntityRole.PUBLIC_SERVICE

    def _of_a_body(self, place: Segment) -> bool:
        """Whether a body stands right before an address, or right behind: 中山路8号某某公司."""
        before, behind = self._bodies.around(place)
        if before is not None and _OWN.fullmatch(self._text, before, place.start):
            return True
        return behind is not None and behind - place.end <= 1

    def _named_with(self, place: Segment) -> bool:
        before, behind = self._people.around(place)
        gaps = [(before, place.start)] if before is not None else []
        gaps += [(place.end, behind)] if behind is not None else []
        return any(
            end - start <= _NEAR and not _STOPS.search(self._text, start, end)
            for start, end in gaps
        )


class _Row:
    """Things of a text in order, so that those beside a place are found without asking all."""

    def __init__(self, things: Sequence[Segment] | Sequence[Person]) -> None:
        self._starts = [thing.start for thing in things]
        self._ends = [thing.end for thing in things]

    def around(self, place: Segment) -> tuple[int | None, int | None]:
        """Where the last one before a place ends, and where the first one behind begins."""
        last = bisect_right(self._ends, place.start) - 1
        first = bisect_left(self._starts, place.end)
        return (
            self._ends[last] if last >= 0 else None,
            self._starts[first] if first < len(self._starts) else None,
        )


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


def observe(view: View) -> Observations:
    """Addresses of every file, hidden places included.

    Those in a column whose heading announces them are left to ``rosters``.
    """
    entities: list[Entity] = []
    files = zip(view.everything, view.once(named), view.once(everybody), strict=True)
    for (_, transcript), seen, people in files:
        text = transcript.text
        for address in addresses(text, seen, people):
            if left_to_roster(transcript.block_at(address.start), EntityKind.ADDRESS):
                continue
            home = address.role is EntityRole.PLAIN
            entities.append(
                Entity(
                    EntityKind.ADDRESS,
                    transcript.span(address.start, address.end),
                    "home" if home else "office",
                    address.role,
                    0.9,
                    "*" in text[address.start : address.end],
                    "addresses",
                )
            )
    return Observations(entities=tuple(entities), components=("addresses",))
