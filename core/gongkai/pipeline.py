"""The flow of one bundle: read, test for secrecy marks, observe, check; then judge.

``examine`` runs inside a worker that may be killed: it opens hostile files and calls plugins.
What leaves the worker is one frozen value. ``verdict`` runs where the store is and is pure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from gongkai.documents.fingerprint import core_fingerprint
from gongkai.documents.read import read_file, unread
from gongkai.host import Host
from gongkai.hosting.answers import Answers, Failure
from gongkai.judging.case import Case, Facts
from gongkai.judging.judge import judge
from gongkai.model.attribute import Stage
from gongkai.model.bundle import Bundle, IssueForm, Role
from gongkai.model.content import Content, Format, NoteCode
from gongkai.model.determination import Determination
from gongkai.model.finding import Finding
from gongkai.model.reading import (
    DocType,
    Label,
    LabelScope,
    LabelSource,
    Observations,
    Reading,
)
from gongkai.model.verdict import CheckedBy, Verdict
from gongkai.policy.decision import SourceFact, suggest
from gongkai.policy.direction import direction
from gongkai.policy.lexicon import party_document, received
from gongkai.policy.profile import Profile, load_profile
from gongkai.secrecy import secrecy_marks
from gongkai.settings import SETTINGS_FILE, Office, Organization, load_office
from gongkai.watch.bundles import FileFact, assemble, plan

REQUIRED = ("classifiers",)
"""Plugins that must have looked when no office says otherwise."""

PIPELINE_VERSION = "1"
"""Raised when the same bytes may be judged otherwise; verdicts are recorded per version."""

Announce = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Request:
    """One bundle to examine.

    ``main`` names the main file when the caller knows it. ``skip`` are plugins that hung
    before; ``lost`` are files that killed their reader, with the reason.
    """

    paths: tuple[str, ...]
    office: str | None = None
    profile: str = "national_2019"
    stage: Stage = Stage.SUBMITTED
    section: str = ""
    main: str = ""
    form: IssueForm | None = None
    skip: frozenset[str] = frozenset()
    lost: tuple[tuple[str, NoteCode], ...] = ()


@dataclass(frozen=True, slots=True)
class MemberFile:
    """Which file on disk a member of the bundle is."""

    path: str
    role: Role
    number: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Examined:
    """A bundle read and observed, ready to be judged.

    ``question`` names two candidates for the main file, when there are two (A4).
    """

    bundle: Bundle
    files: tuple[MemberFile, ...]
    reading: Reading
    fingerprint: str
    sources: tuple[SourceFact, ...]
    findings: tuple[Finding, ...]
    checked_by: tuple[CheckedBy, ...]
    question: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stopped:
    """A secrecy mark was found: which files, where in them, and nothing else (decision 9)."""

    marks: tuple[tuple[str, str], ...]


def examine(request: Request, announce: Announce) -> Examined | Stopped:
    """Read and observe one bundle; the task of the workers.

    The test for secrecy marks comes before anything else looks at the text. Raises
    ``ConfigurationError`` when profile or plugins are wrong.
    """
    office, host = _workplace(request.office, _settings_digest(request.office))
    host = host.supervised(announce, request.skip)
    profile = load_profile(request.profile, [office.profile_folder] if office else ())

    files = []
    lost = dict(request.lost)
    for index, path in enumerate(request.paths):
        announce(f"reading {index}")
        files.append(_file_fact(Path(path), lost.get(path), host))
    marks = tuple(
        (path, mark.position)
        for path, fact in zip(request.paths, files, strict=True)
        if fact.content
        for mark in secrecy_marks(fact.content)
    )
    if marks:
        return Stopped(marks)

    announce("assembling")
    planned = plan(files, profile.process_material, main=request.main)
    contents = {fact.name: fact.content for fact in files if fact.content}
    bundle = assemble(planned, contents, request.stage, request.section, request.form)
    observed = host.observe(bundle, profile)
    reading = merge(observed.values)
    resolved = [(citation, host.resolve_source(citation)) for citation in reading.citations]
    checked = host.check_bundle(bundle, reading, profile)
    failures = (
        *observed.failures,
        *checked.failures,
        *(failure for _, answers in resolved for failure in answers.failures),
    )
    required = office.settings.plugins.required if office else REQUIRED
    paths = {fact.name: path for path, fact in zip(request.paths, files, strict=True)}
    return Examined(
        bundle=bundle,
        files=tuple(
            MemberFile(paths[m.name], m.role, m.number, m.content.sha256) for m in bundle.members
        ),
        reading=reading,
        fingerprint=core_fingerprint(bundle),
        sources=tuple(
            SourceFact(citation, answers.first.value if answers.first else None)
            for citation, answers in resolved
        ),
        findings=tuple(finding for findings in checked.values for finding in findings),
        checked_by=_checked_by(host, reading, observed, failures, required),
        question=planned.question,
    )


def verdict(
    examined: Examined,
    facts: Facts,
    profile: Profile,
    organization: Organization,
    digest: Callable[[str], str],
) -> Verdict:
    """The verdict on an examined bundle; pure.

    ``facts`` are what the office knows; ``digest`` hashes personal values with its key.
    """
    bundle = examined.bundle
    reading = _with_record(examined.reading, facts.record, profile)
    suggestion = suggest(
        reading, bundle, facts.sources, direction(reading, organization), profile
    )
    case = Case(
        bundle, reading, profile, organization, facts, suggestion, examined.fingerprint,
        digest, examined.checked_by,
    )
    reason = scope_reason(reading, bundle, organization, profile)
    return judge(case, scope_reason=reason, extra=examined.findings)


def scope_reason(
    reading: Reading, bundle: Bundle, organization: Organization, profile: Profile
) -> str:
    """Why a paper is recorded and not judged: reference, received, party; "" when judged (A5)."""
    if bundle.stage is Stage.REFERENCE:
        return "reference"
    if party_document(reading, organization, profile) and profile.scope_party_documents == "out":
        return "party"
    return "received" if received(reading, organization) else ""


def merge(observations: Sequence[Observations]) -> Reading:
    """What all observers saw: equal observations once, the surest kind first."""
    kinds = [kind for seen in observations for kind in seen.doc_types]
    best = max(kinds, key=lambda kind: kind.confidence, default=DocType("", 0.0))
    return Reading(
        doc_type=best,
        elements=_once(e for seen in observations for e in seen.elements),
        labels=_once(e for seen in observations for e in seen.labels),
        marks=_once(e for seen in observations for e in seen.marks),
        citations=_once(e for seen in observations for e in seen.citations),
        entities=_once(e for seen in observations for e in seen.entities),
        topics=_once(e for seen in observations for e in seen.topics),
        triggers=_once(e for seen in observations for e in seen.triggers),
        components=_once(e for seen in observations for e in seen.components),
    )


T = TypeVar("T")


def _once(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))


def _with_record(reading: Reading, record: Determination | None, profile: Profile) -> Reading:
    if record is None:
        return reading
    label = Label(
        record.attribute, profile.label_of(record.attribute), LabelSource.RECORD, LabelScope.OWN
    )
    return replace(reading, labels=(*reading.labels, label))


def _file_fact(path: Path, lost: NoteCode | None, host: Host) -> FileFact:
    def by_plugin(data: bytes, name: str, format: Format) -> Content | None:
        answer = host.read_content(data, name, format).first
        return answer.value if answer else None

    content = unread(path, lost) if lost else read_file(path, fallback=by_plugin)
    return FileFact(path.name, content.sha256, content)


def _checked_by(
    host: Host,
    reading: Reading,
    observed: Answers[Observations],
    failures: Sequence[Failure],
    required: Sequence[str],
) -> tuple[CheckedBy, ...]:
    failed = {failure.plugin: failure for failure in (*failures, *host.absent(required))}
    looked = {answer.plugin for answer in observed.answers} | set(observed.abstained)
    plugins = tuple(
        CheckedBy(
            name,
            host.version_of(name),
            ran=name not in failed,
            required=name in required,
            failure=failed[name].text if name in failed else "",
        )
        for name in sorted(looked | set(failed))
    )
    components = tuple(
        CheckedBy(*component.partition("@")[::2]) for component in reading.components
    )
    return (*plugins, *components)


@lru_cache(maxsize=8)
def _workplace(root: str | None, settings_digest: str) -> tuple[Office | None, Host]:
    """Office and plugins, kept between jobs while the settings stay the same."""
    office = load_office(Path(root)) if root else None
    return office, Host.assemble(office)


def _settings_digest(root: str | None) -> str:
    return hashlib.sha256((Path(root) / SETTINGS_FILE).read_bytes()).hexdigest() if root else ""
