"""Invented addresses: a place with the number of a house, a room, or a villagers' group."""

from __future__ import annotations

import random
from dataclasses import dataclass

from gongkai_classifiers.training.made_places import Places

_NUMERALS = "一二三四五六七八九十"
_DIRECTIONS = "东西南北"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Draws addresses in the forms that streets, estates and villages have."""

    chance: random.Random
    places: Places

    def any(self) -> str:
        """An address of any form."""
        return (
            self._prefix()
            + self.chance.choice((self._street, self._street, self._estate, self._rural))()
        )

    def _prefix(self) -> str:
        drawn = self.chance.random()
        if drawn < 0.22:
            return ""
        if drawn < 0.55:
            return self.places.place()
        if drawn < 0.75:
            return self.places.place() + self.places.place()
        if drawn < 0.85:
            return self.places.place() + self.places.place() + self.places.place()
        return self.places.place() + self.places.town()

    def _number(self, most: int) -> str:
        return str(self.chance.randrange(1, most))

    def _road(self) -> str:
        own = self.places.one("路名") if self.chance.random() < 0.5 else self.places.coined(1, 3)
        return own + self.places.one("路尾")

    def _street(self) -> str:
        road = self._road()
        house = self._number(800) + self.chance.choice(
            ("号", "号", "号", "-" + self._number(9) + "号", "号院")
        )
        drawn = self.chance.random()
        if drawn < 0.35:
            return road + house
        if drawn < 0.5:
            return road + house + self.places.one("大楼") + self._inside()
        if drawn < 0.62:
            return road + self.places.one("小区") + self._inside()
        return (
            road + house + self.places.one("小区") * (self.chance.random() < 0.5) + self._inside()
        )

    def _estate(self) -> str:
        return (
            self.places.one("小区")
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
        village = self.places.town() * (self.chance.random() < 0.7) + self.places.village() + "村"
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
                self.places.village() + "自然村" + self._number(60) + "号",
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
