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
from gongkai.cli.stamp_paper import Paper, Site, group_of, site_of
from gongkai.errors import QuarantinedDocument
from gongkai.lifecycle.roles import Actor
from gongkai.model.attribute import DisclosureAttribute
from gongkai.model.determination import Capacity, Determination, Medium
from gongkai.model.finding import FindingCode
from gongkai.moment import now
from gongkai.settings import Office
from gongkai.stamping import record
from gongkai.stamping.mark import MarkPlace
from gongkai.stamping.record import Intention
from gongkai.store import stopped_places
from gongkai.store.concealment import path_tag
from gongkai.store.database import Database
from gongkai.store.documents import Sighting
from gongkai.store.releases import carry_over, take_back
from gongkai.store.requests import ask_for
from gongkai.store.secrets import check_key, office_key
from gongkai.watch.grouping import place
from gongkai.watch.sealing import place_tags


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
        after, at = hashlib.sha256(data).hexdigest(), decided.recorded_at
        sighting = self._sighting(path, before or after, at)
        with self.database.write() as connection:
            intention = record.begin(connection, sighting, decided, before, after)
            # The watch may meet the new bytes before the end is recorded.
            let_go = before and carry_over(connection, self.key, before, after, self.actor.name, at)
        stack.push(_Closing(self, intention, let_go or "", after))

    def close(self, intention: Intention, let_go: str, after: str, *, written: bool) -> None:
        """Record how it ended; ``let_go`` is the case whose release went over to ``after``."""
        act = record.finish if written else record.fail
        with self.database.write() as connection:
            act(connection, intention, self.actor.name, now())
            if let_go and not written:
                take_back(connection, self.key, let_go, after)

    def _sighting(self, path: Path, sha256: str, at: str) -> Sighting:
        site = site_of(self.office, path)
        root_id = site.root_id(self.office, self.database)
        if root_id is not None:
            self._refuse_held(site, path, root_id)
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

    def _refuse_held(self, site: Site, path: Path, root_id: int) -> None:
        """Raise ``QuarantinedDocument`` where a stopped paper takes every name with it (A6)."""
        inner = str(path.relative_to(site.root))
        own = place_tags(self._tag, root_id, place(inner, site.layout), group_of(site, path).key)
        with self.database.read() as connection:
            if stopped_places.holding(connection, own[:1]):
                raise QuarantinedDocument("document_sealed")

    def _tag(self, root_id: int, inner: str) -> str:
        return path_tag(self.key, root_id, inner)


@dataclass(frozen=True)
class _Closing:
    recorder: Recorder
    intention: Intention
    let_go: str
    after: str

    def __call__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        self.recorder.close(self.intention, self.let_go, self.after, written=error is None)
        return False
