"""What is counted: papers as they stand on record, without the people who handled them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.lifecycle.state import State
from gongkai.model.attribute import DisclosureAttribute
from gongkai.workdays.publication import PublicationFacts


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both included."""

    first: date
    last: date

    def __contains__(self, on: date | None) -> bool:
        """Whether a day falls into it; no day falls into none."""
        return on is not None and self.first <= on <= self.last

    def months(self) -> Iterator[str]:
        """Every month of the period, as 2026-03."""
        year, month = self.first.year, self.first.month
        while (year, month) <= (self.last.year, self.last.month):
            yield f"{year:04}-{month:02}"
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)


class Way(StrEnum):
    """How a determination came about (REP-08)."""

    OWN = "own"
    INHERITED = "inherited"
    REDETERMINED = "redetermined"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Approval:
    """A determination by the signer.

    ``since`` is the day it was submitted or redetermination began, ``again`` whether it was the
    latter. ``grounds`` are codes, see ``gongkai_plugins.statistics.grounds``.
    """

    on: date
    since: date
    attribute: DisclosureAttribute
    way: Way = Way.UNKNOWN
    again: bool = False
    grounds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Return:
    """A submission given back; ``unlabelled``: it bore no label (SRC-16)."""

    on: date
    round: int
    automatic: bool = False
    unlabelled: bool = False


@dataclass(frozen=True, slots=True)
class Publication:
    """One way of a PROACTIVE paper to the public; ``awaited``: it is still under way."""

    facts: PublicationFacts
    awaited: bool = False


@dataclass(frozen=True, slots=True)
class Referral:
    """A question put to a higher body; no ``until``: not answered yet."""

    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """One case.

    ``submitted``: it began as a submission, so that its first round says something about
    drafting; ``blocking``: what had to be dealt with in it then, None where that is not known.
    """

    number: str
    section: str
    kind: str
    state: State
    opened_on: date
    submitted: bool = True
    blocking: int | None = None
    late: bool = False
    approvals: tuple[Approval, ...] = ()
    returns: tuple[Return, ...] = ()
    corrected_on: tuple[date, ...] = ()
    withheld_on: tuple[date, ...] = ()
    publications: tuple[Publication, ...] = ()
    referrals: tuple[Referral, ...] = ()
