"""预公开 and 意见建议: until when and how opinions are taken, and what became of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select

from gongkai.errors import ActionRefused
from gongkai.store import cases, chain
from gongkai.store.database import Turn, take_turn
from gongkai_plugins.register import tables
from gongkai_plugins.register.codes import Method


@dataclass(frozen=True, slots=True)
class Consultation:
    """A matter laid before the public (REG-10); ``final`` is the case that came of it."""

    number: str
    name: str
    closes_on: str
    form: str
    scope: str
    case: str = ""
    final: str = ""
    concluded: bool = False

    def open(self, today: date) -> bool:
        """Whether opinions are still taken."""
        return not self.concluded and today.isoformat() <= self.closes_on


@dataclass(frozen=True, slots=True)
class Opinion:
    """Something somebody said (REG-11), what the leader said to it, and what became of it."""

    number: str
    method: Method
    received_on: str
    text: str
    consultation: str = ""
    leader: str = ""
    instruction: str = ""
    result: str = ""
    adopted: bool = False
    handled: bool = False


def consult(
    connection: Connection,
    by: str,
    at: str,
    *,
    name: str,
    closes_on: str,
    form: str,
    scope: str,
    case: str,
) -> str:
    """Enter a matter before it is decided, and return its number."""
    blank = [v for v in (name, closes_on, form, scope) if not v.strip()]
    if blank:
        raise ActionRefused("gongkai_plugins.register:consult_blank")
    if case:
        cases.find(connection, case)
    number = _next(connection, tables.consultation, "征", at)
    values = {"number": number, "case": case, "name": name, "closes_on": closes_on}
    values |= {"form": form, "scope": scope}
    _write(connection, tables.consultation, "register.consulted", values, by, at)
    return number


def conclude(connection: Connection, number: str, case: str, note: str, by: str, at: str) -> None:
    """Link a matter with the paper that came of it, or say why none did."""
    take_turn(connection, Turn.NUMBERS)
    found = _consultation(connection, number)
    if found.concluded:
        raise ActionRefused("gongkai_plugins.register:consult_over", number=number)
    if not case and not note.strip():
        raise ActionRefused("gongkai_plugins.register:needs_reason")
    if case:
        cases.find(connection, case)
    values = {"consultation": number, "case": case, "note": note}
    _write(connection, tables.conclusion, "register.concluded", values, by, at)


def take(
    connection: Connection,
    by: str,
    at: str,
    *,
    method: Method,
    text: str,
    received_on: str,
    number: str,
) -> str:
    """Enter an opinion, of a consultation or by itself, and return its number."""
    if not text.strip():
        raise ActionRefused("gongkai_plugins.register:opinion_blank")
    case = _consultation(connection, number).case if number else ""
    own = _next(connection, tables.opinion, "意", at)
    values = {"number": own, "consultation": number, "case": case, "method": method.value}
    values |= {"received_on": received_on, "text": text}
    _write(connection, tables.opinion, "register.heard", values, by, at)
    return own


def handle(
    connection: Connection,
    number: str,
    by: str,
    at: str,
    *,
    leader: str,
    instruction: str,
    result: str,
    adopted: bool,
) -> None:
    """Enter what the leader said and what became of an opinion: once."""
    take_turn(connection, Turn.NUMBERS)
    row = connection.execute(
        select(tables.opinion.c.case).where(tables.opinion.c.number == number)
    ).first()
    if row is None:
        raise ActionRefused("gongkai_plugins.register:opinion_unknown", number=number)
    done = select(tables.handling.c.id).where(tables.handling.c.opinion == number)
    if connection.execute(done).first() is not None:
        raise ActionRefused("gongkai_plugins.register:opinion_handled", number=number)
    if not (leader.strip() and instruction.strip() and result.strip()):
        raise ActionRefused("gongkai_plugins.register:handling_blank")
    values = {"opinion": number, "case": row.case, "leader": leader, "instruction": instruction}
    values |= {"result": result, "adopted": adopted}
    _write(connection, tables.handling, "register.handled", values, by, at)


def consultations(connection: Connection) -> tuple[Consultation, ...]:
    """Every matter, in the order they were entered."""
    mine, end = tables.consultation, tables.conclusion
    query = (
        select(mine, end.c.case.label("final"), end.c.id.label("ended"))
        .outerjoin(end, end.c.consultation == mine.c.number)
        .order_by(mine.c.id)
    )
    return tuple(
        Consultation(
            number=row.number,
            name=row.name,
            closes_on=row.closes_on,
            form=row.form,
            scope=row.scope,
            case=row.case,
            final=row.final or "",
            concluded=row.ended is not None,
        )
        for row in connection.execute(query)
    )


def opinions(connection: Connection) -> tuple[Opinion, ...]:
    """Every opinion with what became of it, in the order they were entered."""
    mine, done = tables.opinion, tables.handling
    query = (
        select(mine, done.c.leader, done.c.instruction, done.c.result, done.c.adopted)
        .outerjoin(done, done.c.opinion == mine.c.number)
        .order_by(mine.c.id)
    )
    return tuple(
        Opinion(
            number=row.number,
            method=Method(row.method),
            received_on=row.received_on,
            text=row.text,
            consultation=row.consultation,
            leader=row.leader or "",
            instruction=row.instruction or "",
            result=row.result or "",
            adopted=bool(row.adopted),
            handled=row.adopted is not None,
        )
        for row in connection.execute(query)
    )


def _consultation(connection: Connection, number: str) -> Consultation:
    found = next((c for c in consultations(connection) if c.number == number), None)
    if found is None:
        raise ActionRefused("gongkai_plugins.register:consult_unknown", number=number)
    return found


def _next(connection: Connection, table: Table, word: str, at: str) -> str:
    take_turn(connection, Turn.NUMBERS)
    begins = f"{at[:4]}-{word}-"
    count = select(func.count()).where(table.c.number.startswith(begins))
    return f"{begins}{1 + connection.execute(count).scalar_one():03}"


def _write(
    connection: Connection, table: Table, kind: str, values: dict[str, Any], by: str, at: str
) -> None:
    made = connection.execute(insert(table).values(**values, by=by, at=at).returning(table.c.id))
    name = table.name.removeprefix("register_")
    plain = f"register:{name}-{made.scalar_one()}"
    subject = f"case:{values['case']}" if values["case"] else plain
    chain.append(connection, kind, subject, values, by, at)
