"""Entries of the register: numbered without gaps, written once, found again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from gongkai.errors import ActionRefused
from gongkai.store import chain
from gongkai.store.database import Turn, take_turn
from gongkai_plugins.register import tables
from gongkai_plugins.register.codes import Occasion
from gongkai_plugins.register.fields import Fields

_entry = tables.entry.c


@dataclass(frozen=True, slots=True)
class About:
    """What an entry is about, and who makes it when.

    ``case`` is the number of a case, or "" where ``request`` names the item of a request.
    """

    by: str
    at: str
    case: str = ""
    round: int = 1
    core_fingerprint: str = ""
    request: str = ""
    section: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the register as it stands; the text of a stopped paper's entry is empty."""

    id: int
    year: int
    serial: int
    number: str
    origin: str
    occasion: Occasion
    before: str
    index_number: str
    why: str
    about: About
    fields: Fields

    @property
    def emptied(self) -> bool:
        """Whether the paper was stopped after it was registered."""
        return not self.fields.name

    @property
    def subject(self) -> str:
        """What the chain calls the entry: by its case, so that it goes with a stopped paper."""
        return f"case:{self.about.case}" if self.about.case else f"register:{self.id_of_year}"

    @property
    def id_of_year(self) -> str:
        """Year and serial number in ASCII."""
        return f"{self.year}-{self.serial}"


def enter(connection: Connection, fields: Fields, about: About, index_rule: str) -> Entry:
    """A new entry with the next number of the year.

    A case that was registered before is registered anew: both entries stay (SRC-18). Raises
    ``ActionRefused`` for a request that has its entry already (REG-09).
    """
    earlier = None
    if about.case:
        earlier = latest(connection, about.case)
    elif of_request(connection, about.request) is not None:
        raise ActionRefused("gongkai_plugins.register:request_twice", request=about.request)
    serial, number = _next(connection, int(about.at[:4]))
    return _write(
        connection,
        fields,
        about,
        kind="register.entered",
        serial=serial,
        number=number,
        origin=number,
        occasion=Occasion.AGAIN if earlier else Occasion.FIRST,
        before=earlier.number if earlier else "",
        index_number=index_rule.format(year=int(about.at[:4]), serial=serial),
        why="",
    )


def correct(connection: Connection, old: Entry, fields: Fields, about: About, why: str) -> Entry:
    """An entry that says what another should have said; the other one stays (REG-12).

    It keeps the index number: the information is the same.
    """
    serial, number = _next(connection, int(about.at[:4]))
    return _write(
        connection,
        fields,
        about,
        kind="register.corrected",
        serial=serial,
        number=number,
        origin=old.origin,
        occasion=Occasion.CORRECTION,
        before=old.number,
        index_number=old.index_number,
        why=why,
    )


def latest(connection: Connection, case: str) -> Entry | None:
    """The last entry of a case, None when it has none."""
    query = select(tables.entry).where(_entry.case == case).order_by(_entry.id.desc()).limit(1)
    row = connection.execute(query).first()
    return _from_row(row) if row else None


def standing(connection: Connection, case: str) -> Entry | None:
    """The entry that counts for a case: the last one, unless it was cancelled or emptied."""
    found = latest(connection, case)
    if found is None or found.emptied or cancelled(connection, found.origin):
        return None
    return found


def of_request(connection: Connection, request: str) -> Entry | None:
    """The entry of a request's item that counts."""
    query = select(tables.entry).where(_entry.request == request).order_by(_entry.id.desc())
    row = connection.execute(query.limit(1)).first()
    found = _from_row(row) if row else None
    return None if found is None or cancelled(connection, found.origin) else found


def cancelled(connection: Connection, origin: str) -> bool:
    """Whether an entry, with all that corrects it, was cancelled."""
    row = select(tables.cancellation.c.id).where(tables.cancellation.c.origin == origin)
    return connection.execute(row).first() is not None


def find(connection: Connection, name: str) -> Entry:
    """The entry with that number, or the last one of the case with that number.

    Raises ``ActionRefused`` when there is none.
    """
    row = connection.execute(select(tables.entry).where(_entry.number == name)).first()
    found = _from_row(row) if row else latest(connection, name)
    if found is None:
        raise ActionRefused("gongkai_plugins.register:entry_unknown", name=name)
    return found


def entries(connection: Connection, years: Sequence[int] = ()) -> tuple[Entry, ...]:
    """Every entry in order of number, of these years where any is named."""
    query = select(tables.entry).order_by(_entry.year, _entry.serial)
    if years:
        query = query.where(_entry.year.in_(years))
    return tuple(_from_row(row) for row in connection.execute(query))


def _next(connection: Connection, year: int) -> tuple[int, str]:
    take_turn(connection, Turn.NUMBERS)
    last = select(func.coalesce(func.max(_entry.serial), 0)).where(_entry.year == year)
    serial = 1 + connection.execute(last).scalar_one()
    return serial, f"{year}-登-{serial:03}"


def _write(
    connection: Connection, fields: Fields, about: About, *, kind: str, **given: Any
) -> Entry:
    values = {
        **_values(fields),
        **given,
        "year": int(about.at[:4]),
        "case": about.case,
        "round": about.round,
        "core_fingerprint": about.core_fingerprint,
        "request": about.request or None,
        "section": about.section,
        "late": about.late,
        "registered_by": about.by,
        "registered_at": about.at,
    }
    made = connection.execute(insert(tables.entry).values(**values).returning(_entry.id))
    row = connection.execute(select(tables.entry).where(_entry.id == made.scalar_one())).one()
    entry = _from_row(row)
    chain.append(connection, kind, entry.subject, values, about.by, about.at)
    return entry


def _values(fields: Fields) -> dict[str, object]:
    return {**asdict(fields), "channels": " ".join(fields.channels)}


def _from_row(row: Row[Any]) -> Entry:
    found = row._mapping
    said = {name: found[name] for name in Fields.__dataclass_fields__ if name != "channels"}
    return Entry(
        id=row.id,
        year=row.year,
        serial=row.serial,
        number=row.number,
        origin=row.origin,
        occasion=Occasion(row.occasion),
        before=row.before,
        index_number=row.index_number,
        why=row.why,
        about=About(
            by=row.registered_by,
            at=row.registered_at,
            case=row.case,
            round=row.round,
            core_fingerprint=row.core_fingerprint,
            request=row.request or "",
            section=row.section,
            late=row.late,
        ),
        fields=Fields(**said, channels=tuple(row.channels.split())),
    )
