"""The document behind the file on the command line: its bundle, stage, kind and verdict."""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from gongkai.cli.arguments import shown
from gongkai.cli.known import Known
from gongkai.cli.session import Session
from gongkai.cli.text import extract
from gongkai.documents.fingerprint import member_fingerprint
from gongkai.errors import QuarantinedDocument, StampRefused
from gongkai.examined import Examined, Request, Stopped
from gongkai.examiner import Examiner
from gongkai.judging.brief import Facts
from gongkai.judging.verdict import verdict
from gongkai.model.attribute import Stage
from gongkai.model.bundle import Role
from gongkai.model.content import Content, Format
from gongkai.model.verdict import Verdict
from gongkai.notices import contact_words
from gongkai.policy.profile import Profile
from gongkai.records import facts_without_store, one_time_digest
from gongkai.settings import Folder, Layout, Office
from gongkai.stamping.act import read_target
from gongkai.stamping.report import StampReport, against_record, verify_stamp
from gongkai.store import determinations, documents
from gongkai.store.database import Database
from gongkai.watch.at_hand import group_at
from gongkai.watch.grouping import Group
from gongkai.watch.journal import Journal


@dataclass(frozen=True)
class Site:
    """Where a file lies: in a watched folder, or anywhere."""

    root: Path
    folder: Folder | None = None

    @property
    def stage(self) -> Stage:
        """The folder's stage; a file outside is a draft."""
        return self.folder.stage if self.folder else Stage.DRAFT

    @property
    def layout(self) -> Layout:
        """How documents lie there; outside, names alone tell which files belong together."""
        return self.folder.layout if self.folder else Layout.FLAT

    def root_id(self, office: Office, database: Database) -> int | None:
        """The number of the watched folder, given on first use; None outside of all."""
        if self.folder is None:
            return None
        return Journal(database, str(office.folder_path(self.folder))).record.id


@dataclass(frozen=True)
class Paper:
    """A document that is to be marked, with everything that was found about it."""

    path: Path
    site: Site
    examined: Examined
    known: Facts
    verdict: Verdict
    profile: Profile

    @property
    def content(self) -> Content:
        """What the file holds."""
        return self.examined.bundle.main.content

    @property
    def sha256(self) -> str:
        """The bytes that were judged."""
        return self.examined.files[0].sha256

    @property
    def fingerprint(self) -> str:
        """What the file's own mark is bound to: its text alone."""
        return member_fingerprint(self.content)

    @property
    def core_fingerprint(self) -> str:
        """What the determination is bound to: the text with all attachments."""
        return self.examined.fingerprint

    @property
    def stage(self) -> Stage:
        """The stage the document is at."""
        return self.site.stage

    @property
    def kind(self) -> str:
        """The kind of paper, under its canonical name."""
        return self.profile.kind(self.examined.reading.doc_type.value)

    @property
    def upward(self) -> bool:
        """Whether papers of this kind go up and carry no visible mark (A2)."""
        return self.kind in self.profile.stamp.upward_kinds

    @property
    def invisible(self) -> bool:
        """Whether the format has no place for a visible mark."""
        return self.content.format is not Format.DOCX


def site_of(office: Office | None, path: Path) -> Site:
    """The innermost watched folder a file lies in, else the folder it lies in."""
    found = []
    for folder in office.settings.folder if office else ():
        root = office.folder_path(folder) if office else path
        if path.is_relative_to(root):
            found.append(Site(root, folder))
    return max(found, key=lambda site: len(site.root.parts), default=Site(path.parent))


def group_of(site: Site, path: Path) -> Group:
    """The document a file belongs to, found as the watch finds it."""
    return group_at(site.root, site.layout, path)


def bundle_of(site: Site, path: Path) -> tuple[Path, ...]:
    """All files of the document a file belongs to."""
    return tuple(site.root / name for name in group_of(site, path).files)


def judged_paper(session: Session, file: Path, profile: Profile) -> Paper:
    """The document, examined in a worker and judged at its stage.

    A file that is an attachment or working material of another document is taken for itself.
    Raises ``QuarantinedDocument`` for a secrecy mark, and whatever kept it from being read.
    """
    office = session.office_or_none()
    path = Path(os.path.normpath(file.absolute()))
    site = site_of(office, path)
    with ExitStack() as stack:
        memory = Known.of(office, stack) if office else None
        examined = _examined(session, memory, site, path, profile)
        known = memory.facts(examined) if memory else facts_without_store(examined)
    found = verdict(examined, known, profile, session.organization, one_time_digest())
    return Paper(path, site, examined, known, found, profile)


def _examined(
    session: Session, memory: Known | None, site: Site, path: Path, profile: Profile
) -> Examined:
    office = session.office_or_none()
    with Examiner(office.root if office else None) as examiner:
        for paths in (bundle_of(site, path), (path,)):
            request = Request(
                tuple(str(each) for each in paths),
                profile.id,
                site.stage,
                section=site.folder.section if site.folder else "",
                released=memory.released(paths) if memory else frozenset(),
            )
            answer = examiner.submit(request).result()
            if isinstance(answer, Stopped):
                officer = contact_words(session.contacts.secrecy_officer, "officer")
                raise QuarantinedDocument("secrecy_mark", officer=officer)
            main = answer.files[0]
            if main.role is Role.MAIN and main.path == str(path):
                return answer
    raise StampRefused("stamp_unreadable", file=shown(Path(path.name)))


def standing_report(session: Session, file: Path, profile: Profile) -> StampReport:
    """Every statement of a file's attribute compared; in an office the record too."""
    path = Path(os.path.normpath(file.absolute()))
    content = extract(session, path)
    report = verify_stamp(content, read_target(path, content.sha256).data, profile)
    office = session.office_or_none()
    with ExitStack() as stack:
        memory = Known.of(office, stack) if office else None
        if office is None or memory is None:
            return report
        paper = judged_paper(session, file, profile)
        root_id = paper.site.root_id(office, memory.database)
        inner = str(path.relative_to(paper.site.root)) if root_id is not None else str(path)
        with memory.database.read() as connection:
            document = documents.at_path(connection, root_id, inner)
            if document is None:
                return against_record(report, None, known=False)
            standing = determinations.current(connection, document, paper.core_fingerprint)
            history = determinations.history(connection, document)
    known = any(not each.revoked for each in history)
    return against_record(report, standing.determination if standing else None, known=known)
