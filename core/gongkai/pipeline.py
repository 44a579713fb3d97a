"""The flow of one bundle: read, test for secrecy marks, observe, check.

``Examination`` lives in a worker that may be killed: it opens hostile files and calls plugins.
What leaves the worker is one frozen value of ``gongkai.examined``; ``gongkai.judging.verdict``
judges it where the store is.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import fields
from pathlib import Path
from typing import TypeVar

from gongkai.documents.fingerprint import core_fingerprint
from gongkai.documents.limits import DEFAULT_LIMITS
from gongkai.documents.read import read_file
from gongkai.errors import DocumentError
from gongkai.examined import READING, Announce, Examined, MemberFile, Request, Stopped
from gongkai.host import Host
from gongkai.hosting.answers import Failure
from gongkai.model.attribute import Stage
from gongkai.model.bundle import Bundle, IssueForm, Member, Role
from gongkai.model.content import Block, Content, Format, Note, NoteCode, NoteScope, Part
from gongkai.model.reading import DocType, Observations, Reading
from gongkai.model.verdict import CheckedBy
from gongkai.policy.decision import SourceFact
from gongkai.policy.profile import Profile, load_profile
from gongkai.secrecy import secrecy_marks
from gongkai.settings import Folder, load_office
from gongkai.watch.bundles import BundlePlan, FileFact, assemble, plan
from gongkai.watch.issue_form import read_issue_form
from gongkai.watch.names import FORM_NAME

STANDARD_PROFILE = "national_2019"

REQUIRED = ("classifiers",)
"""Plugins that must have looked when no office says otherwise."""

PIPELINE_VERSION = "1"
"""Raised when the same bytes may be judged otherwise; verdicts are recorded per version."""


class Examination:
    """Reads and observes bundles; lives in a worker that may be killed.

    ``office`` is the office folder, None for a check without one; ``host`` takes the place
    of the office's own plugins. Raises ``ConfigurationError`` when settings, profile or
    plugins are wrong.
    """

    def __init__(self, office: str | None, host: Host | None = None) -> None:
        self._office = load_office(Path(office)) if office else None
        self._host = host or Host.assemble(self._office)
        _warm_up()

    def __call__(self, request: Request, announce: Announce) -> Examined | Stopped:
        """One bundle examined, the test for secrecy marks before anything else."""
        host = self._host.supervised(announce, request.skip)
        profile = load_profile(
            request.profile, [self._office.profile_folder] if self._office else ()
        )
        papers = [path for path in request.paths if not path.endswith(FORM_NAME)]
        # An issue form alone is working material, and read as such.
        papers = papers or list(request.paths)
        by_plugins = _ByPlugins(host)
        files = dict(_read(papers, request, by_plugins, announce))
        form, form_check = _form(request.paths, profile)
        if stopped := _stopped(files, form, request.released):
            return stopped

        announce("assembling")
        bundle, question = _bundle(request, list(files.values()), form, profile)
        observed = host.observe(bundle, profile)
        asked = {answer.plugin for answer in observed.answers} | set(observed.abstained)
        reading = merge(observed.values)
        resolved = [(cited, host.resolve_source(cited)) for cited in reading.citations]
        checked = host.check_bundle(bundle, reading, profile)
        failures = (
            *by_plugins.failures,
            *observed.failures,
            *checked.failures,
            *(failure for _, answers in resolved for failure in answers.failures),
        )
        paths = {fact.name: path for path, fact in files.items()}
        return Examined(
            bundle=bundle,
            files=tuple(
                MemberFile(paths[m.name], m.role, m.number, m.content.sha256)
                for m in bundle.members
            ),
            reading=reading,
            fingerprint=core_fingerprint(bundle),
            sources=tuple(
                SourceFact(cited, answers.first.value if answers.first else None)
                for cited, answers in resolved
            ),
            findings=tuple(finding for found in checked.values for finding in found),
            checked_by=(
                *self._checked_by(host, reading, by_plugins.readers | asked, failures),
                *form_check,
            ),
            question=question,
        )

    def _checked_by(
        self,
        host: Host,
        reading: Reading,
        looked: Set[str],
        failures: Sequence[Failure],
    ) -> tuple[CheckedBy, ...]:
        required = self._office.settings.plugins.required if self._office else REQUIRED
        failed = {failure.plugin: failure for failure in (*failures, *host.absent(required))}
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
        components = (component.partition("@") for component in reading.components)
        return (*plugins, *(CheckedBy(name, version) for name, _, version in components))


def _warm_up() -> None:
    """Load what the built-in observers load once (spaCy: about a second) before the first job.

    Nobody else is asked: a plugin that hangs here would hang before anybody can be blamed.
    """
    nothing = Bundle(Member("", Role.MAIN, Content("", Format.TEXT)))
    Host.assemble(None, packages=()).observe(nothing, load_profile(STANDARD_PROFILE))


class Extraction:
    """Reads single files for the commands that need no judgement; lives in a worker too."""

    def __init__(self, office: str | None) -> None:
        self._host = Host.assemble(load_office(Path(office)) if office else None)

    def __call__(self, path: str, announce: Announce) -> Content | Stopped:
        """One file's content, unless a secrecy mark stands in it."""
        host = self._host.supervised(announce)
        announce(f"{READING}{path}")
        content = read_file(Path(path), DEFAULT_LIMITS, _ByPlugins(host))
        marks = tuple((path, mark.position) for mark in secrecy_marks(content))
        return Stopped(marks) if marks else content


class _ByPlugins:
    """Asks plugins for formats gongkai does not read itself, and keeps who read and who failed."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self.readers: set[str] = set()
        self.failures: list[Failure] = []

    def __call__(self, data: bytes, name: str, format: Format) -> Content | None:
        told = self._host.read_content(data, name, format)
        self.failures += told.failures
        if told.first is None:
            return None
        self.readers.add(told.first.plugin)
        return told.first.value


def _read(
    paths: Sequence[str], request: Request, by_plugins: _ByPlugins, announce: Announce
) -> Iterator[tuple[str, FileFact]]:
    lost = dict(request.lost)
    folder = os.path.commonpath([Path(path).parent for path in paths])
    for path in paths:
        announce(f"{READING}{path}")
        file, name = Path(path), os.path.relpath(path, folder)
        content = (
            _lost(file, lost[path]) if path in lost else read_file(file, DEFAULT_LIMITS, by_plugins)
        )
        yield path, FileFact(name, content.sha256, content, file.stat().st_mtime_ns)


def _lost(path: Path, code: NoteCode) -> Content:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return Content(digest, Format.UNKNOWN, notes=(Note(code, NoteScope.WHOLE),))


def _form(paths: Sequence[str], profile: Profile) -> tuple[IssueForm | None, tuple[CheckedBy, ...]]:
    """The issue form among the files; one that cannot be understood is a check that failed."""
    path = next((path for path in paths if path.endswith(FORM_NAME)), None)
    if path is None:
        return None, ()
    try:
        return read_issue_form(Path(path), profile.attribute_for), ()
    except DocumentError as error:
        failed = CheckedBy(FORM_NAME, "", ran=False, required=True, failure=str(error))
        return None, (failed,)


def _stopped(
    files: Mapping[str, FileFact], form: IssueForm | None, released: frozenset[str]
) -> Stopped | None:
    marks = [
        (path, mark.position)
        for path, fact in files.items()
        if fact.content and fact.sha256 not in released
        for mark in secrecy_marks(fact.content)
    ]
    unreleased = [path for path, fact in files.items() if fact.sha256 not in released]
    if form and unreleased and (form.is_secret_matter or _marked(form)):
        marks.append((unreleased[0], "form"))
    return Stopped(tuple(marks)) if marks else None


def _marked(form: IssueForm) -> bool:
    """Whether a secrecy mark stands in one of the form's own words, each a head of its own."""
    words = (getattr(form, each.name) for each in fields(form))
    return any(
        secrecy_marks(Content("", Format.TEXT, (Block("line1", Part.BODY, word),)))
        for word in words
        if isinstance(word, str)
    )


def _bundle(
    request: Request, files: Sequence[FileFact], form: IssueForm | None, profile: Profile
) -> tuple[Bundle, tuple[str, ...]]:
    """The bundle and the question; nothing but working material is a reference (A4)."""
    planned = plan(files, profile.process_material)
    stage = request.stage
    if planned.main is None:
        planned, stage = BundlePlan(files[0]), Stage.REFERENCE
    folder = Folder(path=Path(request.paths[0]).parent, stage=stage, section=request.section)
    contents = {fact.name: fact.content for fact in files if fact.content}
    return assemble(planned, contents, folder, form), planned.question


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
        impressions=_once(e for seen in observations for e in seen.impressions),
    )


T = TypeVar("T")


def _once(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))
