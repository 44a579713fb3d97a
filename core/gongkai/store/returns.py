"""Returns as they were told: numbered without gaps, with their reasons (SRC-16)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select

from gongkai.lifecycle.case import Case
from gongkai.store import tables
from gongkai.store.database import Turn, take_turn

_notice = tables.return_notice.c


@dataclass(frozen=True, slots=True)
class Notice:
    """A return as it was told: number, round, and the reasons as they stood."""

    number: str
    round: int
    reasons: tuple[Mapping[str, str], ...]
    automatic: bool
    made_by: str
    made_at: str


def add_notice(
    connection: Connection,
    case: Case,
    reasons: Sequence[Mapping[str, str]],
    *,
    automatic: bool,
    by: str,
    at: str,
) -> str:
    """Number the return just moved (2026-退-018, no gaps) and keep its reasons."""
    take_turn(connection, Turn.NUMBERS)
    year = int(at[:4])
    last = select(func.coalesce(func.max(_notice.serial), 0)).where(_notice.year == year)
    serial = 1 + connection.execute(last).scalar_one()
    number = f"{year}-退-{serial:03}"
    made = select(tables.move.c.id).where(
        tables.move.c.case_id == case.id, tables.move.c.revision == case.revision
    )
    connection.execute(
        insert(tables.return_notice).values(
            year=year,
            serial=serial,
            number=number,
            case_id=case.id,
            move_id=connection.execute(made).scalar_one(),
            round=case.round,
            reasons=[dict(reason) for reason in reasons],
            automatic=automatic,
            made_by=by,
            made_at=at,
        )
    )
    return number


def notices(connection: Connection, case: Case) -> tuple[Notice, ...]:
    """Every return of a case, oldest first."""
    rows = connection.execute(
        select(tables.return_notice).where(_notice.case_id == case.id).order_by(_notice.id)
    )
    return tuple(
        Notice(r.number, r.round, tuple(r.reasons), r.automatic, r.made_by, r.made_at) for r in rows
    )
