"""Moving what is handed in: recorded first, then moved, then recorded as done.

The move happens outside every transaction, so nobody waits for a slow share. A kill in between
leaves an open row, which ``gongkai status`` tells; the same command takes up the rest.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from gongkai.cli.session import Session
from gongkai.model.attribute import Stage
from gongkai.moment import now
from gongkai.settings import Office
from gongkai.store import submissions
from gongkai.store.concealment import content_tag
from gongkai.store.database import Database
from gongkai.store.secrets import KEY_FILE, check_key, office_key
from gongkai.store.submissions import Submission
from gongkai.watch.ignore import reason_not_taken
from gongkai.watch.names import version


def submitted_folders(office: Office) -> tuple[Path, ...]:
    """Where papers are handed in, in the order of the settings."""
    return tuple(
        office.folder_path(folder)
        for folder in office.settings.folder
        if folder.stage is Stage.SUBMITTED
    )


def never_finished(office: Office, connection: Connection) -> tuple[Submission, ...]:
    """Submissions that a kill ended, so far as the watch has not met all their files."""
    begun = submissions.unfinished(connection)
    if not begun or not os.access(office.data / KEY_FILE, os.R_OK):
        return begun
    key = office_key(office.data)
    there = submissions.arrived(connection, key, begun, submitted_folders(office))
    return tuple(each for each in begun if each.seq not in there)


@dataclass(frozen=True)
class Order:
    """What is to be moved, and where to: a path of its own, or a folder made for several files.

    The path that was named goes last: as long as it lies there, the command can be given again.
    """

    moved: tuple[Path, ...]
    target: Path
    home: Path

    @classmethod
    def of(cls, folder: Path, path: Path, moved: Sequence[Path]) -> Order:
        """The order for a path with what goes along with it."""
        home = folder / (version(path.name).stem or path.stem)
        last = sorted(moved, key=lambda each: each.name == path.name)
        return cls(tuple(last), home if len(moved) > 1 else folder / path.name, home)

    @property
    def digests(self) -> tuple[str, ...]:
        """The sha256 of every file."""
        return tuple(_digest(file) for file in _files(self.moved))


@dataclass(frozen=True)
class Ledger:
    """The office's record of what is handed in."""

    database: Database
    key: bytes

    @classmethod
    @contextmanager
    def opened(cls, session: Session) -> Iterator[Ledger]:
        """The record with the office's database open; what a kill left done is closed."""
        key = office_key(session.office.data)
        with session.database() as database:
            with database.write() as connection:
                check_key(connection, key)
                begun = submissions.unfinished(connection)
                folders = submitted_folders(session.office)
                there = submissions.arrived(connection, key, begun, folders)
                for each in begun:
                    if each.seq in there:
                        submissions.finish(connection, each, each.by, now())
            yield cls(database, key)

    def begun_before(self, order: Order) -> Path | None:
        """The folder the same document began to be moved into, when a kill came between."""
        if not order.home.is_dir() or any(path.is_dir() for path in order.moved):
            return None
        there = [p for p in order.home.iterdir() if p.is_file() and not reason_not_taken(p.name)]
        if {p.name for p in there} & {p.name for p in order.moved}:
            return None
        both = {content_tag(self.key, _digest(p)) for p in (*there, *order.moved)}
        with self.database.read() as connection:
            found = submissions.unfinished(connection)
        return order.home if any(each.contents == both for each in found) else None

    def carry_out(self, order: Order, target: Path, by: str) -> None:
        """Record, move, record. What could not be moved goes back and is recorded as not moved.

        Where even that fails, the submission stays open and ``gongkai status`` tells it.
        """
        digests = order.digests
        whole = hashlib.sha256("".join(sorted(digests)).encode()).hexdigest()
        with self.database.write() as connection:
            subject = f"content:{whole[:16]}"
            begun = submissions.begin(connection, self.key, subject, digests, by, now())
        try:
            _move(order, target)
        except BaseException:
            if all(path.exists() for path in order.moved):
                with self.database.write() as connection:
                    submissions.fail(connection, begun, by, now())
            raise
        with self.database.write() as connection:
            submissions.finish(connection, begun, by, now())
            for each in submissions.unfinished(connection):
                # An earlier try of the same document that a kill ended.
                if begun.contents <= each.contents:
                    submissions.finish(connection, each, by, now())


def _move(order: Order, target: Path) -> None:
    """All or nothing, as far as the disk allows: what was moved goes back."""
    if target == order.home and (len(order.moved) > 1 or target.is_dir()):
        made = not target.exists()
        target.mkdir(exist_ok=True)
        done: list[Path] = []
        try:
            for file in order.moved:
                shutil.move(file, target / file.name)
                done.append(file)
        except BaseException:
            for file in done:
                shutil.move(target / file.name, file)
            if made:
                with suppress(OSError):
                    target.rmdir()
            raise
        return
    shutil.move(order.moved[0], target)


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        yield from sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
