"""Invented names of organisations."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gongkai_classifiers.training.made_names import Names
from gongkai_classifiers.training.made_places import Places

_SIGNS = (
    "鑫森淼磊焱众晶品盛昌隆泰祥瑞福禄康宁嘉美佳百千万亿金银铜铁木水火土山川江河湖海天地云龙凤麒麟虎"
)


@dataclass(frozen=True, slots=True)
class Bodies:
    """Draws names of bodies; every other firm has a word of its own nobody has seen."""

    chance: random.Random
    places: Places
    names: Names
    nouns: Sequence[str] = ()

    def any(self) -> str:
        """A body of any sort, mostly one of government."""
        sorts: tuple[tuple[Callable[[], str], int], ...] = (
            (self._short, 22),
            (self._composed, 28 if self.nouns else 0),
            (self._office, 30),
            (self._province, 5),
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
        return ("中共" if drawn < 0.75 else "") + self.places.place() + "委"

    def _unit(self, share: float) -> str:
        return self.places.one("内设") if self.chance.random() < share else ""

    def _composed(self) -> str:
        """A place, one to three words about whatever, and what such a body calls itself."""
        drawn = self.chance.random()
        head = (
            self.places.region()
            if drawn < 0.55
            else self.places.town()
            if drawn < 0.65
            else self._mark()
            if drawn < 0.9
            else self.places.named_region() + self._mark()
        )
        about = "".join(
            self.chance.choice(self.nouns) for _ in range(self.chance.choice((1, 1, 2, 2, 3)))
        )
        return head + about + self.places.one("通尾") + self._unit(0.08)

    def _short(self) -> str:
        """县委, 镇政府, 市一中: a level and what everybody there calls the body."""
        return self.places.one("层级") + self.places.one("简称")

    def _office(self) -> str:
        return self.places.region() + self.places.one("部门") + self._unit(0.2)

    def _province(self) -> str:
        head = "省" if self.chance.random() < 0.5 else self.places.named_region()
        return head + self.places.one("厅") + self._unit(0.1)

    def _party(self) -> str:
        head = "中共" if self.chance.random() < 0.08 else ""
        return head + self.places.region() + self.places.one("党群") + self._unit(0.05)

    def _government(self) -> str:
        return self.places.region() + self.places.one("政府")

    def _national(self) -> str:
        return self.places.one("国家") + self._unit(0.06)

    def _town(self) -> str:
        head = self.places.named_region() if self.chance.random() < 0.35 else ""
        return head + self.places.town() + self.places.one("镇尾")

    def _village(self) -> str:
        head = self.places.town() if self.chance.random() < 0.4 else ""
        tail = self.places.one("村尾")
        while tail in {"村", "社区", "村民小组"}:
            tail = self.places.one("村尾")
        return head + self.places.village() + tail

    def _court(self) -> str:
        return self.places.region() + self.places.one("司法") + self._unit(0.1)

    def _firm(self) -> str:
        head = self.places.named_region() if self.chance.random() < 0.6 else ""
        if self.chance.random() < 0.08:
            head += self._mark() + self.places.one("行业") + "集团"
        name = self.places.one("字号") if self.chance.random() < 0.6 else self._mark()
        if self.chance.random() < 0.12:
            name, head = f"{name}({head})" if head else name, ""
        return head + name + self.places.one("行业") + self.places.one("企业尾")

    def _shop(self) -> str:
        """A shop or works under the name of its owner, of a place, or of its own."""
        head = self.places.named_region() if self.chance.random() < 0.4 else ""
        drawn = self.chance.random()
        if drawn < 0.35:
            return head + self.names.plain() + self.places.one("店")
        name = (
            self.places.one("字号")
            if drawn < 0.6
            else self._mark()
            if drawn < 0.8
            else self.places.village()
        )
        return head + name + self.places.one(self.chance.choice(("店", "作坊")))

    def _mark(self) -> str:
        """A firm's own word of two or three characters nobody has seen."""
        if self.chance.random() < 0.5:
            return self.places.coined(2, 4)
        return "".join(self.chance.choice(_SIGNS) for _ in range(self.chance.choice((2, 2, 2, 3))))

    def _bank(self) -> str:
        head = (
            self.places.named_region()
            if self.chance.random() < 0.5
            else self.chance.choice("市县区")
        )
        return head + self.places.one("金融")

    def _school(self) -> str:
        drawn = self.chance.random()
        head = (
            self.places.region()
            if drawn < 0.7
            else self.places.coined(1, 3)
            if drawn < 0.85
            else self.places.town()
        )
        return head + self.places.one("学校") + self._unit(0.05)

    def _hospital(self) -> str:
        return (
            self.places.region()
            + self.places.one("医院")
            + self.chance.choice(("", "", "", "心内科", "急诊科", "骨科"))
        )

    def _society(self) -> str:
        return self.places.region() + self.places.one("社团")
