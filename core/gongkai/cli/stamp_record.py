"""The office's side of ``gongkai stamp``: who decided what for which text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from gongkai.cli.session import Session
from gongkai.cli.stamp_ground import Ground
from gongkai.cli.stamp_paper import Paper, site_of
from gongkai.lifecycle.roles import Actor
from gongkai.model.attribute import DisclosureAttribute
from gongkai.model.determination import Capacity, Determination, Medium
from gongkai.model.finding import FindingCode
from gongkai.moment import now
from gongkai.settings import Office
from gongkai.stamping import record
from gongkai.stamping.mark import MarkPlace
from gongkai.stamping.record import Intention
from gongkai.store.concealment import path_tag
from gongkai.store.database import Database
from gongkai.store.documents import Sighting
from gongkai.store.requests import ask_for
from gongkai.store.secrets import check_key, office_key


@dataclass(frozen=True)
class Recorder:
    """Writes one person's determinations into one office's store."""

    office: Office
    database: Database
    actor: Actor
    key: bytes

    @classmethod
    @contextmanager
    def opened(cls, session: Session, actor: Actor) -> Iterator[Recorder]:
        """A recorder with the office's database open."""
        key = office_key(session.office.data)
        with session.database() as database:
            with database.write() as connection:
                check_key(connection, key)
            yield cls(session.office, database, actor, key)

    def determination(
        self, paper: Paper, attribute: DisclosureAttribute, place: MarkPlace, ground: Ground
    ) -> Determination:
        """A drafter's proposal, bound to the text of the whole bundle (A9)."""
        at = now()
        codes = {finding.code for finding in paper.verdict.findings}
        return Determination(
            attribute=attribute,
            core_fingerprint=paper.core_fingerprint,
            decided_by=self.actor.name,
            decided_on=at[:10],
            capacity=Capacity.DRAFTING,
            medium=Medium.SYSTEM,
            recorded_by=self.actor.name,
            recorded_at=at,
            reason=ground.reason,
            basis=ground.basis,
            is_secret_matter=False,
            work_secret=FindingCode.WORK_SECRET_MARK in codes,
            place=str(place),
            profile=paper.profile.key,
        )

    def record(self, path: Path, sha256: str, decided: Determination) -> None:
        """Record a determination whose file needs no change; the watch judges it once more."""
        sighting = self._sighting(path, sha256, decided.recorded_at)
        with self.database.write() as connection:
            intention = record.begin(connection, sighting, decided, sha256, sha256)
            record.finish(connection, intention, self.actor.name, decided.recorded_at)
            ask_for(connection, [intention.document])

    def begin(
        self, stack: ExitStack, path: Path, decided: Determination, before: str, data: bytes
    ) -> None:
        """Record before the file is written; how the block on ``stack`` ends closes the record."""
        after = hashlib.sha256(data).hexdigest()
        sighting = self._sighting(path, before or after, decided.recorded_at)
        with self.database.write() as connection:
            intention = record.begin(connection, sighting, decided, before, after)
        stack.push(_Closing(self, intention))

    def close(self, intention: Intention, *, written: bool) -> None:
        """Record how it ended."""
        act = record.finish if written else record.fail
        with self.database.write() as connection:
            act(connection, intention, self.actor.name, now())

    def _sighting(self, path: Path, sha256: str, at: str) -> Sighting:
        site = site_of(self.office, path)
        root_id = site.root_id(self.office, self.database)
        inner = str(path) if root_id is None else str(path.relative_to(site.root))
        status = path.stat() if path.exists() else None
        return Sighting(
            path=inner,
            name=path.name,
            sha256=sha256,
            at=at,
            root_id=root_id,
            path_tag=path_tag(self.key, root_id, inner),
            device=status.st_dev if status else None,
            inode=status.st_ino if status else None,
        )


@dataclass(frozen=True)
class _Closing:
    recorder: Recorder
    intention: Intention

    def __call__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        self.recorder.close(self.intention, written=error is None)
        return False
