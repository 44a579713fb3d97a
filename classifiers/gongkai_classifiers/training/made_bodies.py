"""Invented names of organisations, and places down to the house."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gongkai_classifiers.training.invented import words
from gongkai_classifiers.training.made_names import Names

_LEVELS = ("省", "市", "县", "区", "州", "旗", "自治区", "自治州", "新区")
_NUMERALS = "一二三四五六七八九十"
_DIRECTIONS = "东西南北"
_SIGNS = (
    "鑫森淼磊焱众晶品盛昌隆泰祥瑞福禄康宁嘉美佳百千万亿金银铜铁木水火土山川江河湖海天地云龙凤麒麟虎"
)


@dataclass(frozen=True, slots=True)
class Bodies:
    """Draws names of bodies.

    ``places`` are provinces, cities and counties, at least one; of characters in ``common``
    places and firms are coined that nobody has seen.
    """

    chance: random.Random
    places: Sequence[str]
    names: Names
    common: str

    def any(self) -> str:
        """A body of any sort, mostly one of government."""
        sorts: tuple[tuple[Callable[[], str], int], ...] = (
            (self._short, 22),
            (self._office, 30),
            (self._party, 9),
            (self._government, 10),
            (self._national, 9),
            (self._town, 9),
            (self._village, 7),
            (self._court, 5),
            (self._firm, 13),
            (self._shop, 6),
            (self._bank, 4),
            (self._school, 7),
            (self._hospital, 5),
            (self._society, 9),
        )
        drawn = self.chance.choices([s for s, _ in sorts], [share for _, share in sorts])[0]
        return drawn()

    def led(self) -> str:
        """A body's leading Party group: 石桥县财政局党组."""
        return self._office() + self.chance.choice(("党组", "党组", "党委"))

    def committee(self) -> str:
        """The Party's committee of a place: 县委, 中共石桥县委, 石桥县委."""
        level = self.chance.choice("县县县市市省区州旗")
        drawn = self.chance.random()
        if drawn < 0.6:
            return level + "委"
        return ("中共" if drawn < 0.75 else "") + self._place() + "委"

    def _one(self, slot: str) -> str:
        return self.chance.choice(words("bodies.txt")[slot])

    def _coined(self, shortest: int, longest: int) -> str:
        """So many characters that mean nothing together."""
        length = self.chance.randint(shortest, longest)
        return "".join(self.chance.choice(self.common) for _ in range(length))

    def _place(self) -> str:
        """A city or county, every other one coined."""
        if self.chance.random() < 0.5:
            return self.chance.choice(self.places)
        return self._coined(1, 3) + self.chance.choice("县县县县市市市区区区旗州省")

    def _region(self) -> str:
        """中卫市, 宁夏回族自治区中卫市, 中卫, or only 市."""
        drawn = self.chance.random()
        place = self._place()
        if drawn < 0.3:
            return self.chance.choice(_LEVELS[:4])
        if drawn < 0.62:
            return place
        if drawn < 0.8:
            return self._place() + place
        if drawn < 0.9 and len(place) > 2:
            return place[:-1]
        return (
            self.chance.choice(("全", "")) + self.chance.choice(_LEVELS[:4])
            if drawn < 0.93
            else place
        )

    def _named_region(self) -> str:
        place = self._place()
        return place[:-1] if len(place) > 2 and self.chance.random() < 0.5 else place

    def _town_name(self) -> str:
        if self.chance.random() < 0.5:
            return self._one("镇乡")
        return self._coined(1, 3) + self.chance.choice(("镇", "镇", "乡", "乡", "街道", "满族乡"))

    def _village_name(self) -> str:
        return self._one("村名") if self.chance.random() < 0.5 else self._coined(2, 3)

    def _unit(self, share: float) -> str:
        return self._one("内设") if self.chance.random() < share else ""

    def _short(self) -> str:
        """县委, 镇政府, 市一中: a level and what everybody there calls the body."""
        return self._one("层级") + self._one("简称")

    def _office(self) -> str:
        return self._region() + self._one("部门") + self._unit(0.2)

    def _party(self) -> str:
        head = "中共" if self.chance.random() < 0.08 else ""
        return head + self._region() + self._one("党群") + self._unit(0.05)

    def _government(self) -> str:
        return self._region() + self._one("政府")

    def _national(self) -> str:
        return self._one("国家") + self._unit(0.06)

    def _town(self) -> str:
        head = self._named_region() if self.chance.random() < 0.35 else ""
        return head + self._town_name() + self._one("镇尾")

    def _village(self) -> str:
        head = self._town_name() if self.chance.random() < 0.4 else ""
        tail = self._one("村尾")
        while tail in {"村", "社区", "村民小组"}:
            tail = self._one("村尾")
        return head + self._village_name() + tail

    def _court(self) -> str:
        return self._region() + self._one("司法") + self._unit(0.1)

    def _firm(self) -> str:
        head = self._named_region() if self.chance.random() < 0.6 else ""
        if self.chance.random() < 0.08:
            head += self._mark() + self._one("行业") + "集团"
        name = self._one("字号") if self.chance.random() < 0.6 else self._mark()
        if self.chance.random() < 0.12:
            name, head = f"{name}({head})" if head else name, ""
        return head + name + self._one("行业") + self._one("企业尾")

    def _shop(self) -> str:
        """A shop or works under the name of its owner, of a place, or of its own."""
        head = self._named_region() if self.chance.random() < 0.4 else ""
        drawn = self.chance.random()
        if drawn < 0.35:
            return head + self.names.plain() + self._one("店")
        name = (
            self._one("字号")
            if drawn < 0.6
            else self._mark()
            if drawn < 0.8
            else self._village_name()
        )
        return head + name + self._one(self.chance.choice(("店", "作坊")))

    def _mark(self) -> str:
        """A firm's own word of two or three characters nobody has seen."""
        if self.chance.random() < 0.5:
            return self._coined(2, 4)
        return "".join(self.chance.choice(_SIGNS) for _ in range(self.chance.choice((2, 2, 2, 3))))

    def _bank(self) -> str:
        head = self._named_region() if self.chance.random() < 0.5 else self.chance.choice("市县区")
        return head + self._one("金融")

    def _school(self) -> str:
        drawn = self.chance.random()
        head = (
            self._region()
            if drawn < 0.7
            else self._coined(1, 3)
            if drawn < 0.85
            else self._town_name()
        )
        return head + self._one("学校") + self._unit(0.05)

    def _hospital(self) -> str:
        return (
            self._region()
            + self._one("医院")
            + self.chance.choice(("", "", "", "心内科", "急诊科", "骨科"))
        )

    def _society(self) -> str:
        return self._region() + self._one("社团")

    def address(self) -> str:
        """A place with the number of a house, a room, or a villagers' group."""
        return (
            self._prefix()
            + self.chance.choice((self._street, self._street, self._estate, self._rural))()
        )

    def _prefix(self) -> str:
        drawn = self.chance.random()
        if drawn < 0.22:
            return ""
        if drawn < 0.55:
            return self._place()
        if drawn < 0.75:
            return self._place() + self._place()
        if drawn < 0.85:
            return self._place() + self._place() + self._place()
        return self._place() + self._town_name()

    def _number(self, most: int) -> str:
        return str(self.chance.randrange(1, most))

    def _road(self) -> str:
        own = self._one("路名") if self.chance.random() < 0.5 else self._coined(1, 3)
        return own + self._one("路尾")

    def _street(self) -> str:
        road = self._road()
        house = self._number(800) + self.chance.choice(
            ("号", "号", "号", "-" + self._number(9) + "号", "号院")
        )
        drawn = self.chance.random()
        if drawn < 0.35:
            return road + house
        if drawn < 0.5:
            return road + house + self._one("大楼") + self._inside()
        if drawn < 0.62:
            return road + self._one("小区") + self._inside()
        return road + house + self._one("小区") * (self.chance.random() < 0.5) + self._inside()

    def _estate(self) -> str:
        return (
            self._one("小区")
            + self.chance.choice(("", "", self.chance.choice("东西南北") + "区", "一期"))
            + self._inside()
        )

    def _inside(self) -> str:
        room = f"{self.chance.randrange(1, 33)}0{self.chance.randrange(1, 6)}"
        block = self._number(60)
        forms = (
            f"{block}号楼{self._number(8)}单元{room}室",
            f"{block}号楼{self._number(8)}单元{room}",
            f"{block}栋{room}室",
            f"{block}幢{self._number(5)}单元{room}室",
            f"{block}-{self._number(5)}-{room}室",
            f"{block}#楼{self._number(5)}单元{room}号",
            f"{block}号楼",
            f"{block}栋{self._number(4)}单元",
            f"{block}栋{self._number(4)}梯{room}房",
            f"{block}-{self._number(5)}-{room}",
            f"{block}号楼{self._number(5)}单元{room}",
            f"南楼{self._number(9)}-{room}",
            f"后院{self.chance.choice(_DIRECTIONS)}屋{self._number(9)}号",
            f"{self.chance.choice(_NUMERALS)}楼{room}室",
            f"{self._number(9)}楼",
            f"{room}室",
            f"{self.chance.choice(_NUMERALS)}号楼{self.chance.choice(_NUMERALS)}单元{room}号",
            f"{self.chance.choice('ABCD')}座{room}室",
            f"{self.chance.choice('ABCD')}栋{self._number(30)}层",
            f"{block}号楼{self.chance.choice(_NUMERALS)}层",
            f"{block}号营业房",
        )
        return self.chance.choice(forms)

    def _rural(self) -> str:
        village = self._town_name() * (self.chance.random() < 0.7) + self._village_name() + "村"
        group = self.chance.choice(
            (
                self._number(12) + "组",
                self.chance.choice(_NUMERALS) + "组",
                self._number(12) + "组" + self._number(99) + "号",
                self.chance.choice(_NUMERALS) + "组" + self._number(99) + "号",
                self._number(12) + "队",
                self.chance.choice(_NUMERALS) + "队",
                self._number(200) + "号",
                "第" + self.chance.choice(_NUMERALS) + "村民小组" + self._number(60) + "号",
                self.chance.choice(_NUMERALS) + "社",
                self._village_name() + "自然村" + self._number(60) + "号",
                self.chance.choice(_DIRECTIONS) + "街" + self._number(60) + "号",
                self.chance.choice(_DIRECTIONS)
                + "街"
                + self._number(9)
                + "巷"
                + self._number(60)
                + "号",
            )
        )
        return village + group
