"""Hiding the names of a quarantined file wherever they stand, and giving them back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Self

from sqlalchemy import Connection, delete, or_, select, update

from gongkai.store import stopped_places, tables
from gongkai.store.paths import is_tag, path_from_key, path_key
from gongkai.store.purge import purge
from gongkai.store.secrets import keyed_hash, unseal

_document = tables.document.c
_journal = tables.journal.c
_case = tables.quarantine.c


@dataclass(frozen=True, slots=True)
class HiddenDocument:
    """A document whose path and name are sealed into a case."""

    id: int
    root: int | None
    path: str
    name: str


@dataclass(frozen=True, slots=True)
class HiddenNames:
    """What is sealed into a case: the file's path, and path and name of its document.

    ``document_path`` is "" when the document was sealed before, under an earlier case.
    ``others`` are documents that lie, or lay, in the same place.
    """

    root_id: int | None
    path: str
    document: int | None = None
    document_root: int | None = None
    document_path: str = ""
    document_name: str = ""
    others: tuple[HiddenDocument, ...] = ()

    @property
    def documents(self) -> tuple[HiddenDocument, ...]:
        """Every document named here."""
        if self.document is None or not self.document_path:
            return self.others
        own = HiddenDocument(
            self.document, self.document_root, self.document_path, self.document_name
        )
        return (own, *self.others)

    def to_json(self) -> str:
        """The text to encrypt."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, stored: str) -> Self:
        """The names ``to_json`` wrote."""
        found = json.loads(stored)
        others = tuple(HiddenDocument(**each) for each in found.pop("others", ()))
        return cls(**found, others=others)


def path_tag(key: bytes, root_id: int | None, path: str) -> str:
    """Under what a quarantined path is known again in documents, journal and cases."""
    return keyed_hash(key, f"path:{'' if root_id is None else root_id}:{path_key(path)}")


def content_tag(key: bytes, sha256: str) -> str:
    """Under what quarantined bytes are known again; a tag stands for itself.

    The journal keeps the tag in the place of the sha256.
    """
    return sha256 if is_tag(sha256) else keyed_hash(key, f"content:{sha256}")


def hidden_names(
    connection: Connection,
    root_id: int | None,
    path: str,
    tag: str,
    document: int | None,
    others: Iterable[int] = (),
) -> HiddenNames:
    """The names to hide for a file: of the given document, else of the one at its path.

    With them go those of ``others``, which lie in the same place.
    """
    key = path_key(path)
    where = _document.id == document
    if document is None:
        root = _document.root_id.is_(None) if root_id is None else _document.root_id == root_id
        where = root & _document.path_key.in_([key, tag]) & (_document.state == "current")
    row = connection.execute(select(tables.document).where(where)).first()
    around = connection.execute(
        select(tables.document).where(_document.id.in_(sorted(others)), _document.sealed.is_(False))
    )
    hidden = tuple(
        HiddenDocument(other.id, other.root_id, other.path_key, path_key(other.name))
        for other in around
        if row is None or other.id != row.id
    )
    if row is None:
        return HiddenNames(root_id, key, others=hidden)
    if row.sealed:
        return HiddenNames(root_id, key, row.id, others=hidden)
    return HiddenNames(
        root_id, key, row.id, row.root_id, row.path_key, path_key(row.name), others=hidden
    )


def conceal(
    connection: Connection, key: bytes, names: HiddenNames, content: str, actor: str, at: str
) -> None:
    """Put keyed hashes where the names stood, and purge what was stored of the document."""
    tag = path_tag(key, names.root_id, path_from_key(names.path))
    if names.root_id is not None:
        here = _journal.root_id == names.root_id
        rows = connection.execute(
            select(_journal.id, _journal.path_key).where(
                here, or_(_journal.path_key == tag, _journal.path_key == names.path)
            )
        ).all()
        named = [row.id for row in rows if row.path_key == names.path]
        if named:
            # Left from an earlier case at this path; the file's own row is the newer one.
            old = [row.id for row in rows if row.path_key == tag]
            connection.execute(tables.journal.delete().where(_journal.id.in_(old)))
        connection.execute(
            update(tables.journal)
            .where(here, _journal.path_key.in_([tag, names.path]))
            .values(path_key=tag, sha256=content, state="quarantined", reason="", next_try=None)
        )
    for each in names.documents:
        mine = path_tag(key, each.root, path_from_key(each.path))
        purge(connection, each.id, mine, actor, at)


def conceal_rows(connection: Connection, key: bytes, root_id: int, rows: Mapping[int, str]) -> None:
    """Put keyed hashes where the names of these rows of the journal stood; paths by row.

    What has left is forgotten; what had content keeps its tag, and waits for the officer.
    """
    found = connection.execute(select(tables.journal).where(_journal.id.in_(rows))).all()
    for row in found:
        tag = path_tag(key, root_id, rows[row.id])
        same = (_journal.root_id == root_id) & (_journal.path_key == tag) & (_journal.id != row.id)
        connection.execute(delete(tables.journal).where(same))
        if row.state in ("left", "gone"):
            connection.execute(delete(tables.journal).where(_journal.id == row.id))
            continue
        values: dict[str, object] = {"path_key": tag}
        if row.sha256:
            content = content_tag(key, row.sha256)
            values |= {"state": "quarantined", "sha256": content, "reason": "", "next_try": None}
        connection.execute(update(tables.journal).where(_journal.id == row.id).values(values))


def restore(connection: Connection, key: bytes, case: int) -> None:
    """After a release: journal and documents get their paths back.

    Not while another case holds the place, and not a document of which another file has a
    case that was not released.
    """
    row = connection.execute(select(tables.quarantine).where(_case.id == case)).one()
    names = HiddenNames.from_json(unseal(key, row.sealed_path, row.number))
    places = stopped_places.tags_of(connection, case)
    held = bool(stopped_places.holding(connection, places))
    if names.root_id is not None:
        _restore_journal(connection, names, row.path_tag, named=not held)
    if held:
        return
    related = {each.id: each for each in stopped_places.cases_at(connection, places)}
    if row.document_id is not None:
        same = select(tables.quarantine).where(_case.document_id == row.document_id)
        related |= {each.id: each for each in connection.execute(same)}
    related[row.id] = row
    kept = {each.document_id for each in related.values() if each.status != "released"}
    for other in sorted(related.values(), key=lambda each: each.id, reverse=True):
        if other.status != "released":
            continue
        sealed = HiddenNames.from_json(unseal(key, other.sealed_path, other.number))
        for document in sealed.documents:
            if document.id not in kept:
                _restore_document(connection, document)


def _restore_document(connection: Connection, sealed: HiddenDocument) -> None:
    root = sealed.root
    same_root = _document.root_id.is_(None) if root is None else _document.root_id == root
    taken = connection.execute(
        select(_document.id).where(
            same_root, _document.path_key == sealed.path, _document.state == "current"
        )
    ).first()
    values: dict[str, object] = {
        "sealed": False,
        "path_key": sealed.path,
        "name": path_from_key(sealed.name),
    }
    if taken is not None and taken.id != sealed.id:
        values["state"] = "gone"  # its place was taken meanwhile
    connection.execute(
        update(tables.document).where(_document.id == sealed.id, _document.sealed).values(values)
    )


def _restore_journal(connection: Connection, names: HiddenNames, tag: str, *, named: bool) -> None:
    here = _journal.root_id == names.root_id
    taken = select(_journal.id).where(here, _journal.path_key == names.path)
    if connection.execute(taken).first() is not None:
        return
    # Without content and signature, the next pass takes the file as one that changed.
    connection.execute(
        update(tables.journal)
        .where(here, _journal.path_key == tag)
        .values(
            path_key=names.path if named else tag,
            state="seen",
            sha256=None,
            size=None,
            mtime_ns=None,
            ctime_ns=None,
            attempts=0,
        )
    )
