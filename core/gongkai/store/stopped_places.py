"""Places of stopped papers: what lies there stays without a name while a case stands (A6).

A place is known by keyed hashes alone. It is held by its open cases, and by closed ones until
the officer lets go of a case found there later: what came after a state secret is his to see.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, Row, insert, or_, select

from gongkai.store import tables

_case = tables.quarantine.c
_place = tables.stopped_place.c


def add(connection: Connection, case: int, tags: Collection[str]) -> None:
    """Let a case hold the places with these tags too."""
    known = set(
        connection.execute(select(_place.tag).where(_place.quarantine_id == case)).scalars()
    )
    if missing := [tag for tag in tags if tag not in known]:
        connection.execute(
            insert(tables.stopped_place), [{"quarantine_id": case, "tag": tag} for tag in missing]
        )


def tags_of(connection: Connection, case: int) -> tuple[str, ...]:
    """The places a case holds."""
    return tuple(
        connection.execute(select(_place.tag).where(_place.quarantine_id == case)).scalars()
    )


def cases_at(connection: Connection, tags: Collection[str]) -> list[Row[tuple[object, ...]]]:
    """Every case that was ever found in one of these places, oldest first."""
    return list(
        connection.execute(
            select(tables.quarantine)
            .where(_case.id.in_(select(_place.quarantine_id).where(_place.tag.in_(sorted(tags)))))
            .order_by(_case.id)
        ).all()
    )


def holding(connection: Connection, tags: Collection[str]) -> list[Row[tuple[object, ...]]]:
    """The cases that hold one of these places now, oldest first."""
    return _holding(cases_at(connection, tags)) if tags else []


def held_tags(connection: Connection, root_id: int) -> frozenset[str]:
    """The tags of one root that hold names back now: of places, and of the papers themselves."""
    rows = connection.execute(
        select(_place.tag, tables.quarantine)
        .join(tables.quarantine, _case.id == _place.quarantine_id)
        .where(_case.root_id == root_id)
        .order_by(_case.id)
    ).all()
    places: defaultdict[str, list[Row[tuple[object, ...]]]] = defaultdict(list)
    for row in rows:
        places[row.tag].append(row)
    papers = connection.execute(
        select(_case.path_tag).where(
            _case.root_id == root_id, or_(_case.status == "open", _case.status == "closed")
        )
    )
    return frozenset(tag for tag, cases in places.items() if _holding(cases)) | frozenset(
        papers.scalars()
    )


def _holding(cases: Sequence[Row[tuple[object, ...]]]) -> list[Row[tuple[object, ...]]]:
    released = [case for case in cases if case.status == "released"]
    return [
        case
        for case in cases
        if case.status == "open"
        or (case.status == "closed" and not any(_came_after(each, case) for each in released))
    ]


def _came_after(case: Row[tuple[object, ...]], closed: Row[tuple[object, ...]]) -> bool:
    found, end = (datetime.fromisoformat(at) for at in (case.found_at, closed.closed_at))
    return case.id > closed.id and found >= end
