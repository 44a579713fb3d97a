"""Papers to be judged again although nothing was saved: what the office knows has changed.

A source was recorded, a determination was entered without a mark in the file, a stopped paper
was let go.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from gongkai.model.finding import FindingCode
from gongkai.settings import Office
from gongkai.store import requests, tables
from gongkai.store.database import Database
from gongkai.store.paths import path_from_key
from gongkai.watch.changes import Change
from gongkai.watch.grouping import group
from gongkai.watch.handing import change_of, sites
from gongkai.watch.inventory import Inventory
from gongkai.watch.journal import DEPARTED, FileState, read_entries

ABOUT_SOURCES = (
    FindingCode.FORWARD_SOURCE_UNKNOWN,
    FindingCode.SOURCE_NOT_PUBLIC,
    FindingCode.INHERIT_LOOSER,
    FindingCode.INHERIT_STRICTER,
)
"""Findings that another source on record may end."""


def waiting_for_sources(connection: Connection) -> list[int]:
    """Documents in whose verdicts a source was missing or did not fit."""
    rows = connection.execute(
        select(tables.verdict.c.document_id)
        .join(tables.finding, tables.finding.c.verdict_id == tables.verdict.c.id)
        .join(tables.document, tables.document.c.id == tables.verdict.c.document_id)
        .where(
            tables.finding.c.code.in_(ABOUT_SOURCES),
            tables.document.c.state == "current",
            tables.document.c.sealed.is_(False),
        )
        .distinct()
    )
    return list(rows.scalars())


class Requested:
    """What was asked for, taken once and kept until it is answered.

    Asked for once more while its answer is on the way, a document is taken again: what made
    somebody ask came too late for that answer.
    """

    def __init__(self, office: Office, database: Database) -> None:
        self._office, self._database = office, database
        self._taken: dict[int, str] = {}

    def folders(self) -> bool:
        """Whether to look at the folders anew; forgotten once told."""
        asked = self._asked().get(requests.FOLDERS)
        if asked is None:
            return False
        self._answered(requests.FOLDERS, asked)
        return True

    def changes(self) -> list[Change]:
        """The bundles to judge again that were not taken before."""
        asked = {key.removeprefix(requests.PREFIX): value for key, value in self._asked().items()}
        fresh = {
            int(name): value
            for name, value in asked.items()
            if name.isdigit() and self._taken.get(int(name)) != value
        }
        found = bundles_of(self._office, self._database, fresh) if fresh else {}
        for document in fresh.keys() - found.keys():
            self._answered(f"{requests.PREFIX}{document}", fresh[document])
        self._taken |= {document: fresh[document] for document in found}
        return list(found.values())

    def judged(self, document: int | None) -> None:
        """A document has its new verdict."""
        if document is not None and (asked := self._taken.pop(document, None)) is not None:
            self._answered(f"{requests.PREFIX}{document}", asked)

    def _asked(self) -> dict[str, str]:
        with self._database.read() as connection:
            return requests.asked(connection)

    def _answered(self, key: str, asked: str) -> None:
        with self._database.write() as connection:
            requests.answered(connection, key, asked)


def bundles_of(office: Office, database: Database, documents: Iterable[int]) -> dict[int, Change]:
    """The bundles of these documents as they lie there, by document.

    A document that has gone or is stopped has none.
    """
    wanted = set(documents)
    found: dict[int, Change] = {}
    for site in sites(office, database):
        with database.read() as connection:
            rows = connection.execute(
                select(tables.document.c.id, tables.document.c.path_key).where(
                    tables.document.c.root_id == site.root_id,
                    tables.document.c.id.in_(wanted),
                    tables.document.c.state == "current",
                    tables.document.c.sealed.is_(False),
                )
            ).all()
            entries = read_entries(connection, site.root_id) if rows else []
        main = {path_from_key(row.path_key): row.id for row in rows}
        inventory = Inventory(site.folder.layout, entries)
        names = [
            e.path
            for e in inventory
            if e.state not in DEPARTED and e.state is not FileState.NOT_TAKEN
        ]
        for each in group(names, site.folder.layout) if main else ():
            for path in main.keys() & set(each.files):
                if (change := change_of(site, each, inventory)) is not None:
                    found[main[path]] = change
    return found
