"""Hiding the names of a quarantined file wherever they stand, and giving them back."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Self

from sqlalchemy import Connection, or_, select, update

from gongkai.store import tables
from gongkai.store.paths import path_from_key, path_key
from gongkai.store.purge import purge
from gongkai.store.secrets import keyed_hash, unseal

_document = tables.document.c
_journal = tables.journal.c
_case = tables.quarantine.c


@dataclass(frozen=True, slots=True)
class HiddenNames:
    """What is sealed into a case: the file's path, and path and name of its document.

    ``document_path`` is "" when the document was sealed before, under an earlier case.
    """

    root_id: int | None
    path: str
    document: int | None = None
    document_root: int | None = None
    document_path: str = ""
    document_name: str = ""

    def to_json(self) -> str:
        """The text to encrypt."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, stored: str) -> Self:
        """The names ``to_json`` wrote."""
        return cls(**json.loads(stored))


def path_tag(key: bytes, root_id: int | None, path: str) -> str:
    """Under what a quarantined path is known again in documents, journal and cases."""
    return keyed_hash(key, f"path:{'' if root_id is None else root_id}:{path_key(path)}")


def hidden_names(
    connection: Connection, root_id: int | None, path: str, tag: str, document: int | None
) -> HiddenNames:
    """The names to hide for a file: of the given document, else of the one at its path."""
    key = path_key(path)
    where = _document.id == document
    if document is None:
        root = _document.root_id.is_(None) if root_id is None else _document.root_id == root_id
        where = root & _document.path_key.in_([key, tag]) & (_document.state == "current")
    row = connection.execute(select(tables.document).where(where)).first()
    if row is None:
        return HiddenNames(root_id, key)
    if row.sealed:
        return HiddenNames(root_id, key, row.id)
    return HiddenNames(root_id, key, row.id, row.root_id, row.path_key, path_key(row.name))


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
    if names.document is not None and names.document_path:
        mine = path_tag(key, names.document_root, path_from_key(names.document_path))
        purge(connection, names.document, mine, actor, at)


def restore(connection: Connection, key: bytes, case: int) -> None:
    """After a release: journal and document get their path back.

    A document stays sealed while another file of it has a case that was not released.
    """
    row = connection.execute(select(tables.quarantine).where(_case.id == case)).one()
    names = HiddenNames.from_json(unseal(key, row.sealed_path, row.number))
    if names.root_id is not None:
        _restore_journal(connection, names, row.path_tag)
    if row.document_id is None:
        return
    cases = connection.execute(
        select(tables.quarantine)
        .where(_case.document_id == row.document_id)
        .order_by(_case.id.desc())
    ).all()
    if any(other.status != "released" for other in cases):
        return
    for other in cases:
        sealed = HiddenNames.from_json(unseal(key, other.sealed_path, other.number))
        if sealed.document_path:
            _restore_document(connection, sealed)
            return


def _restore_document(connection: Connection, sealed: HiddenNames) -> None:
    root = sealed.document_root
    same_root = _document.root_id.is_(None) if root is None else _document.root_id == root
    taken = connection.execute(
        select(_document.id).where(
            same_root, _document.path_key == sealed.document_path, _document.state == "current"
        )
    ).first()
    values: dict[str, object] = {
        "sealed": False,
        "path_key": sealed.document_path,
        "name": path_from_key(sealed.document_name),
    }
    if taken is not None:
        values["state"] = "gone"  # its place was taken meanwhile
    connection.execute(
        update(tables.document)
        .where(_document.id == sealed.document, _document.sealed)
        .values(values)
    )


def _restore_journal(connection: Connection, names: HiddenNames, tag: str) -> None:
    here = _journal.root_id == names.root_id
    taken = select(_journal.id).where(here, _journal.path_key == names.path)
    if connection.execute(taken).first() is not None:
        return
    # Without content and signature, the next pass takes the file as one that changed.
    connection.execute(
        update(tables.journal)
        .where(here, _journal.path_key == tag)
        .values(
            path_key=names.path,
            state="seen",
            sha256=None,
            size=None,
            mtime_ns=None,
            ctime_ns=None,
            attempts=0,
        )
    )
