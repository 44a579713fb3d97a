"""Arithmetic of reports: shares to two decimals, half up, and means (REP-02).

Shares are rounded one by one. Whatever they add up to is left alone: a list may be partial,
and a figure bent to make 100 % would be a wrong figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal


def percent(count: int, of: int) -> Decimal | None:
    """``count`` of ``of`` in per cent; None of nothing, which is no share at all."""
    return _rounded(count * 100, of) if of else None


def _rounded(above: int, below: int) -> Decimal:
    """A quotient to two decimals, half up. Whole numbers only: nothing is rounded twice."""
    return Decimal((above * 200 + below) // (2 * below)).scaleb(-2)


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many; ``key`` says which."""

    key: str
    count: int
    of: int

    @property
    def percent(self) -> Decimal | None:
        """The share in per cent; None of nothing."""
        return percent(self.count, self.of)


@dataclass(frozen=True, slots=True)
class Spread:
    """Mean and greatest of whole numbers; both None of nothing."""

    count: int = 0
    total: int = 0
    greatest: int | None = None

    @classmethod
    def of(cls, numbers: Iterable[int]) -> Spread:
        """The spread of numbers from 0 up."""
        found = list(numbers)
        return cls(len(found), sum(found), max(found, default=None))

    @property
    def mean(self) -> Decimal | None:
        """The mean to two decimals, half up."""
        return _rounded(self.total, self.count) if self.count else None


def tally(
    keys: Sequence[str], named: Iterable[str] = (), of: int | None = None
) -> tuple[Share, ...]:
    """How often each key occurs: those of ``named`` in their order, 0 included, then the rest.

    The rest comes in the order of its words: no table ranks anybody. ``of`` is what the shares
    are of, the number of keys unless given.
    """
    first = tuple(dict.fromkeys(named))
    rest = sorted(set(keys) - set(first))
    whole = len(keys) if of is None else of
    return tuple(Share(key, keys.count(key), whole) for key in (*first, *rest))
