"""Everything on record about one case, read in one moment, for whoever shows or prints it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from gongkai.casework.situations import title_of
from gongkai.lifecycle.act import Act
from gongkai.lifecycle.case import Case, Step
from gongkai.lifecycle.roles import Actor
from gongkai.lifecycle.state import BEFORE_SIGNATURES, State
from gongkai.model.attribute import Severity
from gongkai.model.determination import Determination
from gongkai.model.finding import Finding
from gongkai.settings import Office, Visibility
from gongkai.store import cases, chain, decisions, determinations, returns, tables, verdicts
from gongkai.store.decisions import Decision
from gongkai.store.paths import path_key
from gongkai.store.returns import Notice
from gongkai.store.verdicts import StoredVerdict

LATE = "case.late"
"""The kind of the row that says when, by whom and why a paper was issued outside (A15)."""


@dataclass(frozen=True, slots=True)
class Filed:
    """One file of the version a case stands for."""

    role: str
    number: int
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """A case with its history; ``title`` is "" where it may not be shown.

    ``determined`` is what counts for the text the case stands for, ``answers`` are what
    humans said about findings, by key, and ``late`` what was said of a late entry.
    """

    case: Case
    title: str
    history: tuple[Step, ...]
    notices: tuple[Notice, ...]
    stored: StoredVerdict | None
    answers: Mapping[str, Decision]
    determined: Determination | None
    files: tuple[Filed, ...]
    late: Mapping[str, object]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings of the last verdict, in their order."""
        return self.stored.verdict.findings if self.stored else ()

    @property
    def open_findings(self) -> tuple[Finding, ...]:
        """What still asks for something."""
        return tuple(f for f in self.findings if f.severity.gravity > Severity.INFO.gravity)

    def signed(self, *acts: Act) -> Step | None:
        """The last step of any of these acts that counts for the text under signature now."""
        begun = (n for n, step in enumerate(self.history) if _begins(step, acts))
        counting = self.history[max(begun, default=-1) + 1 :]
        return next((step for step in reversed(counting) if step.act in acts), None)


def _begins(step: Step, acts: tuple[Act, ...]) -> bool:
    """Whether signatures by these acts count only from the next step on."""
    if Act.PROPOSE in acts:
        return False
    again = Act.APPROVE in acts and step.act is Act.RESIGN
    return again or step.target in BEFORE_SIGNATURES


def dossier(connection: Connection, office: Office, number: str, viewer: Actor) -> Dossier:
    """The dossier of a case as somebody of the office may see it.

    Raises ``ActionRefused`` when there is no such case.
    """
    case = cases.find(connection, number)
    standing = determinations.current(connection, case.document, case.core_fingerprint)
    shown = may_see_title(connection, office, case, viewer)
    return Dossier(
        case=case,
        title=title_of(connection, case) if shown else "",
        history=cases.history(connection, case),
        notices=returns.notices(connection, case),
        stored=verdicts.load(connection, case.verdict) if case.verdict is not None else None,
        answers=decisions.standing(connection, case.document),
        determined=standing.determination if standing else None,
        files=_files(connection, case),
        late=_late(connection, case),
    )


def last_found(connection: Connection, case: Case, at: str) -> StoredVerdict | None:
    """The last verdict on a case's document up to a moment, e.g. that of a return."""
    verdict = tables.verdict.c
    found = connection.execute(
        select(verdict.id)
        .where(verdict.document_id == case.document, verdict.judged_at <= at)
        .order_by(verdict.id.desc())
        .limit(1)
    ).scalar()
    return verdicts.load(connection, found) if found is not None else None


def may_see_title(connection: Connection, office: Office, case: Case, viewer: Actor) -> bool:
    """Whether a title may be shown: never a stopped paper's, and in a folder for named people
    only to whoever holds a role for the case.
    """
    if case.state is State.QUARANTINED:
        return False
    if not any(folder.visibility is Visibility.NAMED for folder in office.settings.folder):
        return True
    return _in_open_folder(connection, office, case) or any(
        held.unit in {"", case.section} for held in viewer.roles
    )


def _in_open_folder(connection: Connection, office: Office, case: Case) -> bool:
    where = connection.execute(
        select(tables.root.c.path_key)
        .join(tables.document, tables.document.c.root_id == tables.root.c.id)
        .where(tables.document.c.id == case.document)
    ).scalar()
    named = {
        path_key(office.folder_path(folder))
        for folder in office.settings.folder
        if folder.visibility is Visibility.NAMED
    }
    return where not in named


def _files(connection: Connection, case: Case) -> tuple[Filed, ...]:
    if case.version is None:
        return ()
    rows = connection.execute(
        select(tables.member)
        .where(tables.member.c.version_id == case.version)
        .order_by(tables.member.c.number, tables.member.c.id)
    )
    return tuple(Filed(row.role, row.number, row.name, row.sha256) for row in rows)


def _late(connection: Connection, case: Case) -> Mapping[str, object]:
    if not case.late:
        return {}
    told = [e for e in chain.events(connection, f"case:{case.number}") if e.kind == LATE]
    return dict(told[-1].payload or {}) if told else {}
