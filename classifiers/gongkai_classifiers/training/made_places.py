"""Invented places: provinces, cities, counties, towns and villages, half of them coined."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai_classifiers.training.invented import words

_LEVELS = ("省", "市", "县", "区")


@dataclass(frozen=True, slots=True)
class Places:
    """Draws names of places.

    ``known`` are provinces, cities and counties, at least one; of characters in ``common``
    places are coined that nobody has seen.
    """

    chance: random.Random
    known: Sequence[str]
    common: str

    def one(self, slot: str) -> str:
        """One of the words under a heading of ``bodies.txt``."""
        return self.chance.choice(words("bodies.txt")[slot])

    def coined(self, shortest: int, longest: int) -> str:
        """So many characters that mean nothing together."""
        length = self.chance.randint(shortest, longest)
        return "".join(self.chance.choice(self.common) for _ in range(length))

    def place(self) -> str:
        """A city or county, every other one coined."""
        if self.chance.random() < 0.5:
            return self.chance.choice(self.known)
        return self.coined(1, 3) + self.chance.choice("县县县县市市市区区区旗州省")

    def region(self) -> str:
        """中卫市, 宁夏回族自治区中卫市, 中卫, or only 市."""
        drawn = self.chance.random()
        place = self.place()
        if drawn < 0.3:
            return self.chance.choice(_LEVELS)
        if drawn < 0.62:
            return place
        if drawn < 0.8:
            return self.place() + place
        if drawn < 0.9 and len(place) > 2:
            return place[:-1]
        return (
            self.chance.choice(("全", "")) + self.chance.choice(_LEVELS) if drawn < 0.93 else place
        )

    def named_region(self) -> str:
        """A city or county, at times without its last character: 石桥."""
        place = self.place()
        return place[:-1] if len(place) > 2 and self.chance.random() < 0.5 else place

    def town(self) -> str:
        """A town, township or street office."""
        if self.chance.random() < 0.5:
            return self.one("镇乡")
        return self.coined(1, 3) + self.chance.choice(("镇", "镇", "乡", "乡", "街道", "满族乡"))

    def village(self) -> str:
        """A village, without 村."""
        return self.one("村名") if self.chance.random() < 0.5 else self.coined(2, 3)
