"""How long things took, in working days, and whether it was in time (PRO-08, PRO-16, ASM-06)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.policy.procedures import Deadlines
from gongkai.workdays.calendar import Calendar
from gongkai.workdays.publication import publication_clock
from gongkai.workdays.reckoning import working_days
from gongkai_plugins.statistics.papers import Paper, Period, Publication
from gongkai_plugins.statistics.shares import Share, Spread


@dataclass(frozen=True, slots=True)
class Times:
    """The times of one section, or with "" of all.

    ``publishing``: from formation to publication; ``in_time``: published within the tier, of
    all that were published in time or should have been; ``overdue``: those not published
    today; ``determining``: from submission to the signer's determination.
    """

    section: str
    publishing: Spread
    in_time: Share
    overdue: int
    determining: Spread


@dataclass(frozen=True, slots=True)
class Timed:
    """The times of a period.

    ``doubtful``: left out because an end lies before its beginning; ``provisional``: a day that
    was counted may still change. ``waiting`` and ``answered`` are referrals: how long those
    without an answer have waited up to today, and how long answers of the period took.
    """

    whole: Times
    sections: tuple[Times, ...]
    waiting: Spread
    answered: Spread
    doubtful: int
    provisional: bool


@dataclass(frozen=True, slots=True)
class _Settled:
    """A publication that is in time or late; ``days`` is None where dates contradict each other.

    ``on`` is the day that was settled: that of publication, or the due day that passed without.
    """

    section: str
    on: date
    in_time: bool
    published_on: date | None
    days: int | None
    provisional: bool


@dataclass(frozen=True, slots=True)
class _Took:
    """A determination and how long it took; None where dates contradict each other."""

    section: str
    days: int | None
    provisional: bool


@dataclass(frozen=True, slots=True)
class Clocks:
    """By which days time is reckoned, and up to which."""

    calendar: Calendar
    deadlines: Deadlines
    today: date


def timed(
    papers: Iterable[Paper], period: Period, clocks: Clocks, sections: Sequence[str] = ()
) -> Timed:
    """The times of a period.

    A publication counts in the period in which it was settled whether it is in time: on the
    day it took place, or on the due day that passed without it. So a figure once told stands,
    and a paper nobody publishes counts too.
    """
    given = tuple(papers)
    known = [s for paper in given for s in _settled(paper, clocks)]
    settled = [s for s in known if s.on in period]
    published = [s for s in known if s.published_on in period]
    took = [t for paper in given for t in _took(paper, period, clocks)]
    names = (*dict.fromkeys(sections), *sorted({p.section for p in given} - set(sections)))
    of = _OfSection(settled, published, took)
    return Timed(
        whole=of.all(),
        sections=tuple(of.one(name) for name in names),
        waiting=Spread.of(_waiting(given, clocks)),
        answered=Spread.of(_answered(given, period, clocks)),
        doubtful=sum(s.days is None for s in published) + sum(t.days is None for t in took),
        provisional=any(s.provisional for s in (*settled, *published))
        or any(t.provisional for t in took),
    )


@dataclass(frozen=True, slots=True)
class _OfSection:
    """What was settled, published and determined, to be counted for all or for one section."""

    settled: Sequence[_Settled]
    published: Sequence[_Settled]
    took: Sequence[_Took]

    def all(self) -> Times:
        """The times of all sections together."""
        late = [each for each in self.settled if not each.in_time]
        return Times(
            section="",
            publishing=Spread.of(s.days for s in self.published if s.days is not None),
            in_time=Share("in_time", len(self.settled) - len(late), len(self.settled)),
            overdue=sum(each.published_on is None for each in late),
            determining=Spread.of(t.days for t in self.took if t.days is not None),
        )

    def one(self, section: str) -> Times:
        """The times of one section."""
        own = _OfSection(
            [each for each in self.settled if each.section == section],
            [each for each in self.published if each.section == section],
            [each for each in self.took if each.section == section],
        ).all()
        return Times(section, own.publishing, own.in_time, own.overdue, own.determining)


def _settled(paper: Paper, clocks: Clocks) -> Iterator[_Settled]:
    for publication in paper.publications:
        clock = publication_clock(
            clocks.calendar, clocks.deadlines, publication.facts, clocks.today
        )
        published_on = publication.facts.published_on
        if clock is None:
            continue
        if published_on is None and not (publication.awaited and clock.due < clocks.today):
            continue
        days, provisional = _since_formation(publication, clocks.calendar)
        yield _Settled(
            section=paper.section,
            on=min(published_on or clock.due, clock.due),
            in_time=published_on is not None and published_on <= clock.due,
            published_on=published_on,
            days=days,
            provisional=provisional or clock.provisional,
        )


def _since_formation(publication: Publication, calendar: Calendar) -> tuple[int | None, bool]:
    """Working days from formation, else approval, to publication; changed: from the change."""
    facts = publication.facts
    start = facts.changed_on or facts.signed_date or facts.approval_done
    if start is None or facts.published_on is None:
        return None, False
    return _between(calendar, start, facts.published_on)


def _took(paper: Paper, period: Period, clocks: Clocks) -> Iterator[_Took]:
    for approval in paper.approvals:
        if approval.on in period:
            days, provisional = _between(clocks.calendar, approval.since, approval.on)
            yield _Took(paper.section, days, provisional)


def _between(calendar: Calendar, since: date, until: date) -> tuple[int | None, bool]:
    if until < since:
        return None, False
    between = working_days(calendar, since, until)
    return between.days, between.provisional


def _waiting(papers: Iterable[Paper], clocks: Clocks) -> Iterator[int]:
    for paper in papers:
        for each in paper.referrals:
            if each.until is None and each.since <= clocks.today:
                yield working_days(clocks.calendar, each.since, clocks.today).days


def _answered(papers: Iterable[Paper], period: Period, clocks: Clocks) -> Iterator[int]:
    for paper in papers:
        for each in paper.referrals:
            if each.until is not None and each.until in period and each.since <= each.until:
                yield working_days(clocks.calendar, each.since, each.until).days
