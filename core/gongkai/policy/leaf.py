"""One key of a profile: its value and, beside it, the ground it stands on."""

from __future__ import annotations

from typing import Generic, TypeVar

from pydantic import Field

from gongkai.model.finding import Basis, BasisLevel
from gongkai.settings import Strict

Value = TypeVar("Value")


class Ground(Strict):
    """A further legal ground of the same key."""

    basis: str = Field(min_length=1)
    level: BasisLevel


class Leaf(Strict, Generic[Value]):
    """One key: its value, the ground it stands on and, where sources disagree, the other side.

    ``conflict`` names the conflict (C-01 …) this key settles, ``other`` what the side that
    was not followed says.
    """

    value: Value
    basis: str = Field(min_length=1)
    level: BasisLevel
    also: tuple[Ground, ...] = ()
    superseded_by: str = ""
    conflict: str = ""
    other: str = ""

    @property
    def grounds(self) -> tuple[Basis, ...]:
        """The basis beside the key, then the further ones."""
        first = Basis(self.basis, self.level)
        return (first, *(Basis(ground.basis, ground.level) for ground in self.also))


Words = Leaf[tuple[str, ...]]
