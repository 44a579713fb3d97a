"""The register as it stands today: every entry with what became of it, read in one moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from gongkai.lifecycle.act import Act
from gongkai.lifecycle.case import Case
from gongkai.lifecycle.state import State
from gongkai.store import cases
from gongkai.store import tables as core
from gongkai_plugins.register import entries, publications, tables
from gongkai_plugins.register.codes import Standing
from gongkai_plugins.register.entries import Entry
from gongkai_plugins.register.publications import Published

REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class Line:
    """An entry with all that points to it; ``after`` is the entry that came in its place."""

    entry: Entry
    standing: Standing
    published: tuple[Published, ...] = ()
    after: str = ""
    cancelled: str = ""
    cancelled_at: str = ""
    withdrawn: str = ""
    explanation: str = ""
    next_review: str = ""

    @property
    def counts(self) -> bool:
        """Whether it is the entry to go by: no other came in its place, and none cancelled it."""
        gone = (Standing.CORRECTED, Standing.REPLACED, Standing.CANCELLED, Standing.STOPPED)
        return self.standing not in gone

    @property
    def disclosed_on(self) -> str:
        """The day of disclosure (PUB-02), "" while there is none."""
        return next((p.publication.published_at[:10] for p in self.published if p.counts), "")

    @property
    def early(self) -> bool:
        """Whether it was public before it was registered."""
        day = self.entry.about.at[:10]
        return any(p.publication.published_at[:10] < day for p in self.published)


def overview(connection: Connection) -> tuple[Line, ...]:
    """Every entry in order of number."""
    found = entries.entries(connection)
    known = {case.number: case for case in cases.in_states(connection)}
    public = publications.by_origin(connection)
    cancelled = _last(connection.execute(select(tables.cancellation)))
    withdrawn = _last(connection.execute(select(tables.withdrawal)))
    reviewed = _last(connection.execute(select(tables.review).order_by(tables.review.c.id)))
    taken_back = _taken_back(connection)
    after = _successors(found)
    return tuple(
        _line(
            entry,
            known.get(entry.about.case),
            public.get(entry.origin, ()),
            after,
            cancelled.get(entry.origin),
            withdrawn.get(entry.origin),
            reviewed.get(entry.origin),
            taken_back=(entry.about.case, entry.about.round) in taken_back,
        )
        for entry in found
    )


def _taken_back(connection: Connection) -> frozenset[tuple[str, int]]:
    """Cases that were withdrawn, with the round: by whichever command, and whatever came after."""
    case, move = core.case.c, core.move.c
    query = select(case.number, move.round).join_from(core.move, core.case, move.case_id == case.id)
    found = connection.execute(query.where(move.act == Act.WITHDRAW))
    return frozenset((row.number, row.round) for row in found)


def due_reviews(lines: Iterable[Line], on: str) -> tuple[Line, ...]:
    """What is withheld and has to be looked at again by that day, longest due first (N-04)."""
    due = [line for line in lines if line.next_review and line.next_review <= on]
    return tuple(sorted(due, key=lambda line: line.next_review))


def _line(
    entry: Entry,
    case: Case | None,
    published: tuple[Published, ...],
    after: Mapping[str, Entry],
    cancelled: Row[Any] | None,
    withdrawn: Row[Any] | None,
    reviewed: Row[Any] | None,
    *,
    taken_back: bool,
) -> Line:
    successor = after.get(entry.number)
    withdrawal = withdrawn is not None or taken_back
    standing = _standing(entry, case, published, successor, cancelled, withdrawn=withdrawal)
    rests = standing is Standing.WITHHELD and case is not None and case.state is State.WITHHELD
    reopened = reviewed is not None and reviewed.outcome == REOPEN
    review = (reviewed.next_review if reviewed else "") or entry.fields.next_review
    return Line(
        entry,
        standing,
        published if successor is None or successor.origin != entry.origin else (),
        successor.number if successor else "",
        cancelled.reason if cancelled else "",
        cancelled.at[:10] if cancelled else "",
        withdrawn.reason if withdrawn else "",
        withdrawn.explanation if withdrawn else "",
        review if rests and not reopened else "",
    )


def _standing(
    entry: Entry,
    case: Case | None,
    published: tuple[Published, ...],
    successor: Entry | None,
    cancelled: Row[Any] | None,
    *,
    withdrawn: bool,
) -> Standing:
    if entry.emptied or (case is not None and case.state is State.QUARANTINED):
        return Standing.STOPPED
    if cancelled is not None:
        return Standing.CANCELLED
    if successor is not None:
        corrects = successor.origin == entry.origin
        return Standing.CORRECTED if corrects else Standing.REPLACED
    if withdrawn:
        return Standing.WITHDRAWN
    if any(each.counts for each in published):
        return Standing.PUBLISHED
    if case is not None and case.state is not State.REGISTERED and not entry.fields.proactive:
        # Determined anew or not: until another entry says otherwise.
        return Standing.WITHHELD
    return Standing.REGISTERED


def _successors(found: Iterable[Entry]) -> dict[str, Entry]:
    """For each entry another one came after, the first that did."""
    after: dict[str, Entry] = {}
    for entry in found:
        if entry.before:
            after.setdefault(entry.before, entry)
    return after


def _last(rows: Iterable[Row[Any]]) -> dict[str, Row[Any]]:
    return {row.origin: row for row in rows}
