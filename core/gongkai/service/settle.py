"""One examined bundle becomes part of the office's record, in one transaction or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from gongkai.casework.following import USUAL, Found, Occasion, follow
from gongkai.examined import Examined, Request, Stopped
from gongkai.judging.brief import Facts
from gongkai.judging.verdict import verdict
from gongkai.lifecycle.case import Case
from gongkai.lifecycle.follow import OPENING_STAGES
from gongkai.model.attribute import Outcome, Stage
from gongkai.model.content import NoteCode
from gongkai.model.verdict import Verdict
from gongkai.moment import now
from gongkai.notices import Voice
from gongkai.policy.profile import Profile
from gongkai.records import facts, record_verdict
from gongkai.service import passing_by
from gongkai.service.stopping import Stopping
from gongkai.settings import Office
from gongkai.stamping.act import forget_kept
from gongkai.store import cases, documents, quarantine, verdicts
from gongkai.store.concealment import path_tag
from gongkai.store.database import Database, Turn, take_turn
from gongkai.store.documents import Sighting
from gongkai.store.quarantine import Status
from gongkai.store.secrets import keyed_hash
from gongkai.watch.changes import Change, ChangedFile
from gongkai.watch.journal import mark_judged

ACTOR = "gongkai"


@dataclass(frozen=True)
class Told:
    """What became of one bundle, for whoever has to be told.

    ``examined`` and ``verdict`` are None for a bundle that was stopped or has gone; then
    ``cases`` holds the numbers of the quarantine cases. ``case`` is the paper's case under
    the life cycle, None while nobody has submitted it.
    """

    change: Change
    document: int | None = None
    examined: Examined | None = None
    verdict: Verdict | None = None
    facts: Facts | None = None
    case: Case | None = None
    cases: tuple[str, ...] = ()
    new: bool = True

    @property
    def outcome(self) -> Outcome | None:
        """The outcome; None for a bundle that has gone."""
        if self.cases:
            return Outcome.QUARANTINED
        return self.verdict.outcome if self.verdict else None


class Settler:
    """Turns examinations into records of one office."""

    def __init__(self, office: Office, database: Database, profile: Profile, key: bytes) -> None:
        self.office = office
        self.database = database
        self.profile = profile
        self._key = key
        self.scrub_due = False

    def standing(self, change: Change) -> dict[str, Status]:
        """What the secrecy officer has decided about files of a bundle, by path."""
        with self.database.read() as connection:
            found = {
                str(file.path): quarantine.status_of(connection, self._key, file.sha256)
                for file in change.files
            }
        return {path: status for path, status in found.items() if status is not None}

    def request(self, change: Change) -> Request | Stopped:
        """What is asked of a worker about a bundle; ``Stopped`` where none of it is read (A6)."""
        standing = self.standing(change)
        held = [path for path, status in standing.items() if status is not Status.RELEASED]
        if held:
            return Stopped(tuple((path, "known") for path in held))
        bytes_of = {str(file.path): file.sha256 for file in change.files}
        return Request(
            paths=tuple(bytes_of),
            profile=self.profile.id,
            stage=self.stage_of(change),
            section=change.folder.section,
            released=frozenset(bytes_of[path] for path in standing),
            lost=tuple((str(f.path), NoteCode.DAMAGED) for f in change.files if f.damaged),
        )

    def settle_gone(self, change: Change) -> Told:
        """Record that a bundle's files have left."""
        with self.database.write() as connection:
            for path in change.gone:
                document = documents.at_path(
                    connection, change.root_id, str(path.relative_to(change.root))
                )
                if document is not None:
                    documents.gone(connection, document, now())
            mark_judged(connection, change)
        return Told(change)

    def settle_stopped(self, change: Change, stopped: Stopped) -> Told:
        """Open a case for every marked file; of the rest nothing is kept either."""
        with self.database.write() as connection:
            found = Stopping(connection, self._key, change, ACTOR).stop(stopped)
            mark_judged(connection, change)
        # What was stored of it before must not linger: neither the bytes kept when it was
        # marked, nor freed pages of the database.
        for digest in found.digests:
            forget_kept(self.office.data, digest)
        self.scrub()
        return Told(change, cases=found.cases)

    def scrub(self) -> None:
        """Empty the database's log of what was erased; due again when a reader is in the way."""
        self.scrub_due = not self.database.scrub()

    def settle(self, change: Change, examined: Examined, occasion: Occasion = USUAL) -> Told | None:
        """Judge and record; None when the files changed while they were read.

        The judgement happens between two short transactions: nobody waits for it, and
        ``mark_judged`` holds only for the bytes the change named.
        """
        with self.database.read() as connection:
            held = bool(Stopping(connection, self._key, change, ACTOR).holding())
        if held:
            # No mark now; but a stopped paper lay here, and only the officer lets go of it.
            return self.settle_stopped(change, Stopped(()))
        by_path = {str(file.path): file for file in change.files}
        read = [(by_path[file.path].sha256, file.sha256) for file in examined.files]
        if any(told not in ("", found) for told, found in read):
            return None
        main = by_path[examined.files[0].path]
        if not main.sha256:
            # Which document it is cannot be told before it opens; then it is handed on anew.
            return None
        with self.database.write() as connection:
            document = self._see(connection, change, main)
            known = facts(connection, examined, document)
        found = verdict(
            examined, known, self.profile, self.office.settings.organization, self._digest
        )
        with self.database.write() as connection:
            take_turn(connection, Turn.DOCUMENTS)
            take_turn(connection, Turn.NUMBERS)
            entered = record_verdict(connection, document, examined, known, found)
            judgement = Found(document, entered, found, examined, now(), self._digest, occasion)
            case = follow(connection, judgement, self.profile)
            if not change.baseline:
                passing_by.enter(connection, document, examined, self.profile, self.office, ACTOR)
            mark_judged(connection, change, document)
        return Told(change, document, examined, found, known, case, new=entered.recorded.new)

    def voice(self, examined: Examined) -> Voice:
        """The words for messages about one bundle."""
        contacts = self.office.settings.contacts
        return Voice.about(examined.bundle, self.profile, contacts, examined.reading)

    def stage_of(self, change: Change) -> Stage:
        """The stage a bundle is judged at; what lay there on the first day is reference (A5).

        A paper somebody has submitted stays submitted wherever it lies: in a drafter's folder
        its case would else be judged as a draft, which nothing holds up.
        """
        usual = Stage.REFERENCE if change.baseline else change.folder.stage
        with self.database.read() as connection:
            found = [self._case_stage(connection, change, file) for file in change.files]
        submitted = [stage for stage in found if stage is not None]
        if not submitted:
            return usual
        return max([*submitted, *({usual} & OPENING_STAGES)], key=list(Stage).index)

    def _case_stage(
        self, connection: Connection, change: Change, file: ChangedFile
    ) -> Stage | None:
        """The stage at which the case of a file was judged last; None where it has none."""
        document = documents.at_path(connection, change.root_id, file.inner)
        case = cases.of_document(connection, document) if document is not None else None
        if case is None:
            return None
        at_least = Stage.ISSUED if case.late else Stage.SUBMITTED
        last = verdicts.load(connection, case.verdict).verdict.stage if case.verdict else at_least
        return last if last in OPENING_STAGES and not case.late else at_least

    def _see(self, connection: Connection, change: Change, main: ChangedFile) -> int:
        twins = documents.places_with(connection, main.sha256)
        gone = {
            p.document
            for p in twins
            if p.root_id == change.root_id and not (change.root / p.path).exists()
        }
        if main.moved_from is not None:
            gone |= {
                p.document
                for p in twins
                if Path(p.path).name == main.moved_from.name and not main.moved_from.exists()
            }
        sighting = Sighting(
            path=main.inner,
            name=main.path.name,
            sha256=main.sha256,
            at=now(),
            root_id=change.root_id,
            path_tag=path_tag(self._key, change.root_id, main.inner),
            device=main.device,
            inode=main.inode,
            baseline=change.baseline,
            gone=frozenset(gone),
        )
        seen = documents.see(connection, sighting)
        if seen.sealed and not quarantine.stands(connection, seen.document):
            # A state secret lay here; the officer has let go of what lies here now.
            documents.gone(connection, seen.document, sighting.at)
            seen = documents.see(connection, sighting)
        return seen.document

    def _digest(self, text: str) -> str:
        return keyed_hash(self._key, text)
