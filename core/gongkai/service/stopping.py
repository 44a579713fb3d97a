"""Stopping a bundle: cases for the marked files, and no name of any file of it (A6)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from sqlalchemy import Connection, Table, select, update

from gongkai.examined import Stopped
from gongkai.moment import now
from gongkai.store import documents, quarantine, stopped_places, tables
from gongkai.store.concealment import conceal_rows, path_tag
from gongkai.store.database import Turn, take_turn
from gongkai.store.paths import is_tag, path_from_key
from gongkai.store.quarantine import Discovery, Status
from gongkai.watch.changes import Change, ChangedFile
from gongkai.watch.grouping import Place, place
from gongkai.watch.journal import facts_key
from gongkai.watch.sealing import belonging, place_tags

CAME_LATER = "place"
"""Instead of where a mark stands: it lies where a state secret lay."""


@dataclass(frozen=True, slots=True)
class StoppedBundle:
    """The numbers of its cases, and under what earlier bytes of it may have been kept."""

    cases: tuple[str, ...]
    digests: frozenset[str]


@dataclass(frozen=True, slots=True)
class Stopping:
    """One bundle that is stopped, with the names that go with it."""

    connection: Connection
    key: bytes
    change: Change
    actor: str

    @property
    def place(self) -> Place:
        """Where the bundle lies."""
        inner = self.change.files[0].inner if self.change.files else ""
        return place(inner, self.change.folder.layout)

    @property
    def places(self) -> tuple[str, ...]:
        """The tags of where it lies."""
        return place_tags(self._tag, self.change.root_id, self.place, self._bundle)

    @property
    def _bundle(self) -> str:
        return path_from_key(self.change.bundle)

    def _tag(self, root_id: int, path: str) -> str:
        return path_tag(self.key, root_id, path)

    def holding(self) -> list[str]:
        """The cases that hold the bundle back whatever is in it, oldest first."""
        own = self.places[:1]
        held = {case.number: case for case in stopped_places.holding(self.connection, own)}
        tags = [self._tag(self.change.root_id, file.inner) for file in self.change.files]
        open_ = select(tables.quarantine).where(
            tables.quarantine.c.path_tag.in_(tags), tables.quarantine.c.status == Status.OPEN
        )
        held |= {case.number: case for case in self.connection.execute(open_)}
        return [case.number for case in sorted(held.values(), key=lambda case: case.id)]

    def stop(self, stopped: Stopped) -> StoppedBundle:
        """Open a case for every marked file, and hide the names of all.

        A bundle without a mark is stopped by the cases that hold its place. Where those are
        closed it is a new one: only the officer can say what came where a state secret lay.
        """
        take_turn(self.connection, Turn.DOCUMENTS)
        around = tuple(self._within(tables.document))
        digests = self._digests(around)
        found = self._discoveries(stopped, around)
        numbers = [
            quarantine.open_case(self.connection, self.key, each, self.actor).number
            for each in found
        ]
        self._hide_names()
        self._hide_facts()
        return StoppedBundle(tuple(dict.fromkeys(numbers or self.holding())), digests)

    def _discoveries(self, stopped: Stopped, around: tuple[int, ...]) -> list[Discovery]:
        change = self.change
        positions: dict[str, list[str]] = {}
        for path, position in stopped.marks:
            positions.setdefault(path, []).append(position)
        if not positions and (first := self._newcomer()) is not None:
            positions = {str(first.path): [CAME_LATER]}
        own = {
            f.inner: documents.at_path(self.connection, change.root_id, f.inner)
            for f in change.files
        }
        # What is stored of a paper speaks of its attachments too.
        paper = next((document for document in own.values() if document is not None), None)
        return [
            Discovery(
                path=file.inner,
                sha256=file.sha256,
                positions=tuple(dict.fromkeys(positions[str(file.path)])),
                found_at=now(),
                root_id=change.root_id,
                document=None if own[file.inner] is not None else paper,
                others=around,
                places=self.places,
            )
            for file in change.files
            if str(file.path) in positions
        ]

    def _newcomer(self) -> ChangedFile | None:
        """The first new file where all cases are closed; None while one is open."""
        held = stopped_places.holding(self.connection, self.places[:1])
        if not held or any(case.status == Status.OPEN for case in held):
            return None
        fresh = [f for f in self.change.files if f.sha256 and not is_tag(f.sha256)]
        return fresh[0] if fresh else None

    # --- names ------------------------------------------------------------------------

    def _within(self, table: Table) -> dict[int, str]:
        """Rows of the root that name something in the place: paths by row."""
        rows = self.connection.execute(
            select(table.c.id, table.c.path_key).where(table.c.root_id == self.change.root_id)
        )
        paths = {
            row.id: path_from_key(row.path_key)
            for row in rows
            if row.path_key and not is_tag(row.path_key)
        }
        # Whose an attachment is can be told only beside its paper, whose row may be sealed.
        around = {*paths.values(), *(file.inner for file in self.change.files)}
        mine = belonging(around, self.change.folder.layout, self.place, self._bundle)
        return {row: path for row, path in paths.items() if path in mine}

    def _hide_names(self) -> None:
        rows = self._within(tables.journal) | self._handed_on_without_name()
        conceal_rows(self.connection, self.key, self.change.root_id, rows)
        left = tables.document_path
        self.connection.execute(
            update(left).where(left.c.id.in_(self._within(left))).values(path_key="")
        )

    def _handed_on_without_name(self) -> dict[int, str]:
        """Files of the bundle that came when its names were held back already."""
        names = {file.key: file.inner for file in self.change.files if is_tag(file.key)}
        journal = tables.journal.c
        rows = self.connection.execute(
            select(journal.id, journal.path_key).where(
                journal.root_id == self.change.root_id, journal.path_key.in_(names)
            )
        )
        return {row.id: names[row.path_key] for row in rows}

    def _hide_facts(self) -> None:
        """What ``gongkai status`` shows of the root names folders that cannot be listed."""
        where = tables.meta.c.key == facts_key(self.change.root_id)
        value = self.connection.execute(select(tables.meta.c.value).where(where)).scalar()
        facts = json.loads(value) if value else {}
        if not facts.get("unlisted"):
            return
        inside = {f"{folder}/*": folder for folder in facts["unlisted"]}
        mine = belonging(inside, self.change.folder.layout, self.place, self._bundle)
        facts["unlisted"] = [folder for path, folder in inside.items() if path not in mine]
        changed = json.dumps(facts, ensure_ascii=True)
        self.connection.execute(update(tables.meta).where(where).values(value=changed))

    def _digests(self, found: Iterable[int]) -> frozenset[str]:
        """Under what bytes of these documents may be kept."""
        version, member, mine = tables.version.c, tables.member.c, sorted(found)
        versions = select(version.id).where(version.document_id.in_(mine))
        asked = (
            select(tables.document.c.sha256).where(tables.document.c.id.in_(mine)),
            select(version.sha256).where(version.document_id.in_(mine)),
            select(member.sha256).where(member.version_id.in_(versions)),
        )
        stored = (self.connection.execute(query).scalars() for query in asked)
        here = (file.sha256 for file in self.change.files if not is_tag(file.sha256))
        return frozenset(chain(*stored, here)) - {""}
