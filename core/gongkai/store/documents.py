"""Which document a file is: it follows its path, or a move; a copy is a new document."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, insert, select, update

from gongkai.store import tables
from gongkai.store.database import Turn, take_turn
from gongkai.store.paths import path_from_key, path_key

_document = tables.document.c
_version = tables.version.c


class Arrival(StrEnum):
    """How a file came to be at its path."""

    KNOWN = "known"
    NEW = "new"
    MOVED = "moved"
    COPIED = "copied"


@dataclass(frozen=True, slots=True)
class Sighting:
    """A file seen at a path, relative to its root.

    ``root_id`` None: outside every watched folder, the path is absolute. ``path_tag`` is the
    keyed hash of the path, under which a document in quarantine is kept. ``gone`` names
    documents of ``places_with`` whose files the caller looked for in vain.
    """

    path: str
    name: str
    sha256: str
    at: str
    root_id: int | None = None
    path_tag: str = ""
    device: int | None = None
    inode: int | None = None
    baseline: bool = False
    gone: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Seen:
    """The document a sighting belongs to; ``copy_of`` is set when it arrived as a copy."""

    document: int
    arrival: Arrival
    copy_of: int | None = None
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document was last seen: ``path`` is relative to the root, absolute without one."""

    document: int
    root_id: int | None
    path: str


@dataclass(frozen=True, slots=True)
class _Twin:
    id: int
    root_id: int | None
    path_key: str
    state: str
    device: int | None
    inode: int | None


def places_with(connection: Connection, sha256: str) -> tuple[Place, ...]:
    """Where the current documents with these bytes lay when last seen.

    Look whether they still lie there, outside the transaction, and name the missing ones to
    ``see``: that is what tells a move from a copy.
    """
    rows = connection.execute(
        select(_document.id, _document.root_id, _document.path_key).where(
            _document.sha256 == sha256,
            _document.state == "current",
            _document.sealed.is_(False),
        )
    )
    return tuple(Place(row.id, row.root_id, path_from_key(row.path_key)) for row in rows)


def see(connection: Connection, sighting: Sighting) -> Seen:
    """Record a sighting and say which document it is.

    The path decides first. Else the same bytes mean a move, if the old path is gone and it
    is the same file on disk or no other candidate is left; else a copy. An inode alone
    proves nothing: file systems hand it out again at once.
    """
    take_turn(connection, Turn.DOCUMENTS)
    keys = [path_key(sighting.path), *([sighting.path_tag] if sighting.path_tag else [])]
    here = connection.execute(
        select(_document.id, _document.sealed).where(
            _in_root(sighting.root_id), _document.path_key.in_(keys), _document.state == "current"
        )
    ).first()
    if here is not None:
        if not here.sealed:
            _touch(connection, here.id, sighting)
        return Seen(here.id, Arrival.KNOWN, sealed=here.sealed)
    twins = _twins(connection, sighting.sha256)
    moved = _moved(twins, sighting)
    if moved is not None:
        _move(connection, moved, sighting)
        return Seen(moved.id, Arrival.MOVED)
    original = twins[0].id if twins else _once_had(connection, sighting.sha256)
    number = _insert(connection, sighting, original)
    return Seen(number, Arrival.NEW if original is None else Arrival.COPIED, original)


def _in_root(root_id: int | None) -> ColumnElement[bool]:
    return _document.root_id.is_(None) if root_id is None else _document.root_id == root_id


def _twins(connection: Connection, sha256: str) -> tuple[_Twin, ...]:
    """Documents whose main file had these bytes when last seen, the latest first."""
    rows = connection.execute(
        select(
            _document.id,
            _document.root_id,
            _document.path_key,
            _document.state,
            _document.device,
            _document.inode,
        )
        .where(_document.sha256 == sha256, _document.sealed.is_(False))
        .order_by(_document.last_seen.desc(), _document.id.desc())
    )
    return tuple(_Twin(*row) for row in rows)


def _moved(twins: tuple[_Twin, ...], sighting: Sighting) -> _Twin | None:
    left = [row for row in twins if row.state == "gone" or row.id in sighting.gone]
    if sighting.inode is not None:
        same = [r for r in left if (r.device, r.inode) == (sighting.device, sighting.inode)]
        if same:
            return same[0]
    # A template still in its place, or two papers of the same bytes: which one moved cannot
    # be told, and a copy inherits nothing.
    return left[0] if len(left) == 1 == len(twins) else None


def _once_had(connection: Connection, sha256: str) -> int | None:
    """The document an earlier version of which had these bytes."""
    return connection.execute(
        select(_version.document_id)
        .join(tables.document, _document.id == _version.document_id)
        .where(_version.sha256 == sha256, _document.sealed.is_(False))
        .order_by(_version.id.desc())
        .limit(1)
    ).scalar()


def _touch(connection: Connection, number: int, sighting: Sighting) -> None:
    connection.execute(
        update(tables.document)
        .where(_document.id == number)
        .values(
            name=sighting.name,
            sha256=sighting.sha256,
            device=sighting.device,
            inode=sighting.inode,
            last_seen=sighting.at,
        )
    )


def _move(connection: Connection, old: _Twin, sighting: Sighting) -> None:
    connection.execute(
        insert(tables.document_path).values(
            document_id=old.id, root_id=old.root_id, path_key=old.path_key, left_at=sighting.at
        )
    )
    connection.execute(
        update(tables.document)
        .where(_document.id == old.id)
        .values(
            root_id=sighting.root_id,
            path_key=path_key(sighting.path),
            name=sighting.name,
            state="current",
            gone_at=None,
            device=sighting.device,
            inode=sighting.inode,
            last_seen=sighting.at,
        )
    )


def _insert(connection: Connection, sighting: Sighting, original: int | None) -> int:
    number: int = connection.execute(
        insert(tables.document)
        .values(
            root_id=sighting.root_id,
            path_key=path_key(sighting.path),
            name=sighting.name,
            baseline=sighting.baseline,
            copy_of=original,
            device=sighting.device,
            inode=sighting.inode,
            sha256=sighting.sha256,
            first_seen=sighting.at,
            last_seen=sighting.at,
        )
        .returning(_document.id)
    ).scalar_one()
    return number


def gone(connection: Connection, document: int, at: str) -> None:
    """Its file is no longer there; the document and all records of it stay."""
    connection.execute(
        update(tables.document)
        .where(_document.id == document, _document.state == "current")
        .values(state="gone", gone_at=at)
    )


def at_path(connection: Connection, root_id: int | None, path: str) -> int | None:
    """The current document at a path."""
    return connection.execute(
        select(_document.id).where(
            _in_root(root_id), _document.path_key == path_key(path), _document.state == "current"
        )
    ).scalar()
