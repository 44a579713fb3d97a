"""Documents recorded as possible sources of a forwarding document (A7)."""

from __future__ import annotations

from dataclasses import asdict, replace

from sqlalchemy import ColumnElement, Connection, func, insert, select, true, update

from gongkai.model.attribute import DisclosureAttribute
from gongkai.model.determination import Source, SourceStatus
from gongkai.script import normalise
from gongkai.store import chain, tables
from gongkai.store.database import Turn, take_turn

_source = tables.source.c
# Titles and numbers are typed with whatever brackets and quotes the keyboard gives.
_BRACKETS = str.maketrans("[【〈(]】〉)", "〔〔〔〔〕〕〕〕")
_QUOTES = str.maketrans("〈〉“”‘’", "<>\"\"''", "《》")


def add(connection: Connection, source: Source) -> Source:
    """Record a source and return it with its number (S-2026-001).

    A correction is a new entry with the same document number; the newest one counts.
    """
    take_turn(connection, Turn.NUMBERS)
    prefix = f"S-{source.recorded_at[:4]}-"
    count = connection.execute(
        select(func.count()).select_from(tables.source).where(_source.id.startswith(prefix))
    ).scalar_one()
    stored = replace(source, id=f"{prefix}{count + 1:03}")
    connection.execute(
        insert(tables.source).values(
            title_key=_title_key(source.title),
            number_key=_number_key(source.doc_number),
            **asdict(stored),
        )
    )
    chain.append(
        connection,
        "source.recorded",
        f"source:{stored.id}",
        asdict(stored),
        stored.recorded_by,
        stored.recorded_at,
    )
    return stored


def evidence_of(document: int) -> str:
    """What stands as evidence of a source gongkai read itself."""
    return f"document:{document}"


def forget(connection: Connection, document: int, actor: str, at: str) -> None:
    """Erase what was read of a document that turned out to bear a secrecy mark; numbers stay."""
    mine = _source.evidence == evidence_of(document)
    numbers = connection.execute(select(_source.id).where(mine)).scalars().all()
    connection.execute(
        update(tables.source)
        .where(mine)
        .values(title="", doc_number="", issuer="", signed_date="", title_key="", number_key="")
    )
    rows = connection.execute(
        select(tables.chain.c.seq).where(
            tables.chain.c.subject.in_([f"source:{number}" for number in numbers])
        )
    )
    if seqs := list(rows.scalars()):
        chain.erase_all(connection, seqs, "quarantine", actor, at)


def find(connection: Connection, title: str, doc_number: str) -> Source | None:
    """The source a citation names: by document number, else by title.

    A title alone decides only where no number contradicts it and one document bears it:
    every year has its own 关于做好…工作的通知.
    """
    number_key, title_key = _number_key(doc_number), _title_key(title)
    if number_key:
        by_number = _select(connection, _source.number_key == number_key)
        if by_number:
            return by_number[-1]
    if not title_key:
        return None
    named = _select(connection, _source.title_key == title_key)
    if number_key:
        named = [source for source in named if not source.doc_number.strip()]
    return named[-1] if len({_number_key(source.doc_number) for source in named}) == 1 else None


def list_sources(connection: Connection) -> tuple[Source, ...]:
    """Every recorded source, oldest first."""
    return tuple(_select(connection, true()))


def _select(connection: Connection, where: ColumnElement[bool]) -> list[Source]:
    rows = connection.execute(
        select(*(_source[name] for name in Source.__dataclass_fields__))
        .where(where)
        # S-2026-1000 comes after S-2026-999.
        .order_by(func.substr(_source.id, 1, 7), func.length(_source.id), _source.id)
    ).mappings()
    return [
        Source(
            **{
                **row,
                "status": SourceStatus(row["status"]),
                "attribute": row["attribute"] and DisclosureAttribute(row["attribute"]),
            }
        )
        for row in rows
    ]


def _title_key(title: str) -> str:
    return "".join(normalise(title).translate(_QUOTES).split())


def _number_key(doc_number: str) -> str:
    return "".join(normalise(doc_number).translate(_BRACKETS).split())
