"""A paper judged because somebody asks, not because it was saved: the same way, recorded alike.

Offices without the watch running live on this; beside a running watch nothing is judged twice,
since both record under the same key and mark the same rows of the journal.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

from gongkai.casework.following import USUAL, Occasion
from gongkai.casework.situations import main_file
from gongkai.errors import ActionRefused, QuarantinedDocument
from gongkai.examined import Examined, Stopped
from gongkai.examiner import Examiner
from gongkai.host import Host
from gongkai.lifecycle.follow import OPENING_STAGES
from gongkai.lifecycle.state import State
from gongkai.model.attribute import Stage
from gongkai.model.move import Event
from gongkai.moment import now
from gongkai.notices import contact_words
from gongkai.policy.profile import Profile
from gongkai.printable import printable
from gongkai.service.settle import ACTOR, Settler, Told
from gongkai.service.tell import Teller
from gongkai.settings import Office
from gongkai.store import cases, documents
from gongkai.store.database import Database
from gongkai.store.secrets import check_key, office_key
from gongkai.watch.at_hand import change_at, digest, first_file, watched_folder
from gongkai.watch.changes import Change
from gongkai.watch.names import FORM_NAME


@dataclass(frozen=True, slots=True)
class Looked:
    """A paper as it lay there when it was read."""

    change: Change
    examined: Examined

    @property
    def main(self) -> Path:
        """The main file."""
        return Path(self.examined.files[0].path)


class Entering:
    """Reads, judges, records and follows single papers of one office."""

    def __init__(self, office: Office, database: Database, profile: Profile, host: Host) -> None:
        key = office_key(office.data)
        with database.write() as connection:
            check_key(connection, key)
        self.office = office
        self.database = database
        self._host = host
        self._settler = Settler(office, database, profile, key)

    def look(self, path: Path, at_least: Stage = Stage.SUBMITTED) -> Looked:
        """Read the whole document a file, or a folder of one document, belongs to.

        ``at_least`` is the stage it is judged at where its folder says no later one. Raises
        ``ActionRefused`` for what lies in no watched folder, and ``QuarantinedDocument`` for
        a paper that is stopped, which is recorded and told as the watch does it.
        """
        change = self._change(path)
        request = self._settler.request(change)
        found: Examined | Stopped = request if isinstance(request, Stopped) else Stopped(())
        if not isinstance(request, Stopped):
            stage = request.stage if request.stage in OPENING_STAGES else at_least
            stage = max(stage, at_least, key=list(Stage).index)
            with Examiner(self.office.root) as examiner:
                found = examiner.submit(replace(request, stage=stage)).result()
        if isinstance(found, Stopped):
            self._tell(self._settler.settle_stopped(change, found))
            raise self._refusal()
        return Looked(change, found)

    def settle(self, looked: Looked, occasion: Occasion = USUAL) -> Told:
        """Judge what was read with what is known now, record it, and have its case follow.

        Raises ``ActionRefused`` when the files are no longer those that were read.
        """
        for file in looked.change.files:
            if digest(file.path) != file.sha256:
                raise self._changed(looked)
        told = self._settler.settle(looked.change, looked.examined, occasion)
        if told is None:
            raise self._changed(looked)
        self._tell(told)
        if told.cases:
            raise self._refusal()
        return told

    def judge(self, path: Path) -> Told:
        """Read and settle in one go."""
        return self.settle(self.look(path))

    def place_of(self, number: str) -> Path:
        """Where the main file of a case lies.

        Raises ``ActionRefused`` when it has gone, ``QuarantinedDocument`` when it is stopped.
        """
        with self.database.read() as connection:
            case = cases.find(connection, number)
            path = main_file(connection, case)
        if case.state is State.QUARANTINED:
            raise self._refusal()
        if path is None or not path.exists():
            raise ActionRefused("case_file_gone", number=number)
        return path

    def case_at(self, path: Path) -> str:
        """The number of the case of the document at a path; "" when it has none."""
        change = self._change(path)
        with self.database.read() as connection:
            for file in change.files:
                document = documents.at_path(connection, change.root_id, file.inner)
                case = cases.of_document(connection, document) if document is not None else None
                if case is not None:
                    return case.number
        return ""

    def issue_forms(self, path: Path) -> tuple[Path, ...]:
        """The issue forms that lie with a document (稿纸.json)."""
        files = self._change(path).files
        return tuple(file.path for file in files if file.path.name.endswith(FORM_NAME))

    def _change(self, path: Path) -> Change:
        place = Path(os.path.normpath(path.absolute()))
        shown = printable(place.name)
        if place.is_symlink():
            raise ActionRefused("submitted_link", name=shown)
        folder = watched_folder(self.office, place)
        if folder is None:
            raise ActionRefused("case_outside", name=shown)
        file = first_file(place) if place.is_dir() else place
        whole = place == self.office.folder_path(folder)
        if file is None or whole or not file.is_file():
            raise ActionRefused("case_no_paper", name=shown)
        return change_at(self.office, self.database, folder, file)

    def _changed(self, looked: Looked) -> ActionRefused:
        return ActionRefused("case_file_changed", name=printable(looked.main.name))

    def _refusal(self) -> QuarantinedDocument:
        officer = contact_words(self.office.settings.contacts.secrecy_officer, "officer")
        return QuarantinedDocument("secrecy_mark", officer=officer)

    def _tell(self, told: Told) -> None:
        Teller(self._settler).tell(told)
        subject = f"document:{told.document}" if told.document else "document"
        self._host.on_event(Event(f"bundle.{told.outcome}", subject, now(), ACTOR))
