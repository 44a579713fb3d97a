"""Bundles on the command line: found, examined side by side, judged in order."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
from rich.progress import Progress

from gongkai.cli.arguments import shown
from gongkai.cli.known import Known
from gongkai.cli.session import Session
from gongkai.errors import ConfigurationError, GongkaiError, UnreadableDocument
from gongkai.examined import Examined, Request, Stopped
from gongkai.examiner import Examiner
from gongkai.judging.verdict import verdict
from gongkai.messages import say
from gongkai.model.attribute import Outcome, Stage
from gongkai.model.content import NoteCode
from gongkai.model.verdict import Verdict
from gongkai.policy.profile import Profile
from gongkai.records import facts_without_store, one_time_digest
from gongkai.watch.grouping import bundles_at
from gongkai.watch.ignore import Reason
from gongkai.watch.scan import survey

CLEAN = frozenset({Outcome.CLEAN, Outcome.OUT_OF_SCOPE})
UNREADABLE_EXIT = 65
WORTH_SAYING = frozenset({Reason.LINK, Reason.SPECIAL, Reason.TEMPORARY})
"""Lock files, system files and our own slips are what anybody expects to be passed over."""

_MOST_WORKERS = 4
"""A worker beyond the cores there are only costs its start."""


@dataclass(frozen=True)
class Judged:
    """One bundle as it came back: judged, stopped, or with the error that kept it from both."""

    paths: tuple[Path, ...]
    examined: Examined | None = None
    verdict: Verdict | None = None
    stopped: Stopped | None = None
    error: GongkaiError | None = None

    @property
    def outcome(self) -> Outcome:
        """The outcome; an error is a bundle nobody could check."""
        if self.stopped:
            return Outcome.QUARANTINED
        return self.verdict.outcome if self.verdict else Outcome.UNREADABLE


def exit_code(results: Iterable[Judged]) -> int:
    """65 if anything is unreadable, else 1 if anything is not clean or out of scope, else 0."""
    outcomes = {result.outcome for result in results}
    if Outcome.UNREADABLE in outcomes:
        return UNREADABLE_EXIT
    return 0 if outcomes <= CLEAN else 1


def judged(
    session: Session, paths: Iterable[Path], stage: Stage, profile: Profile
) -> Iterator[Judged]:
    """Every bundle at ``paths`` judged, in order; progress on a terminal for long work.

    What is passed over is named on standard error. Raises ``UsageError`` for a path that
    leads nowhere.
    """
    found = [bundle for path in paths for bundle in _bundles(session, path)]
    readable = sum(1 for bundle in found if bundle.error is None)
    with ExitStack() as stack:
        size = min(_MOST_WORKERS, os.cpu_count() or 1, max(1, readable))
        answers = _Answers(session, stack, stage, profile, size=size)
        waiting = [(b, answers.ask(b.paths) if b.error is None else None) for b in found]
        for done, (bundle, future) in enumerate(waiting):
            with _progress(session, done, len(waiting)):
                result = bundle if future is None else answers.answer(bundle.paths, future)
            yield result
        answers.remark()


@contextmanager
def _progress(session: Session, done: int, total: int) -> Iterator[None]:
    """A bar while one result is waited for, out of the way when it is printed."""
    if total < 2 or not session.err.is_terminal:
        yield
        return
    with Progress(console=session.err, transient=True) as bar:
        bar.add_task(say("cli.checking"), total=total, completed=done)
        yield


def _bundles(session: Session, path: Path) -> list[Judged]:
    """The bundles at a path, not examined yet, and what of it cannot be."""
    if not _exists(path):
        raise click.UsageError(say("cli.no_such_path", path=shown(path)))
    if closed := _closed(path):
        return [Judged((path,), error=closed)]
    if not path.is_dir():
        problem = None if path.is_file() else UnreadableDocument("not_a_file", file=shown(path))
        return [Judged((path,), error=problem)]
    seen = survey([str(path)])
    for sighting in seen.sightings:
        if sighting.reason in WORTH_SAYING:
            why = say(f"watch.reason_{sighting.reason}")
            session.remark(say("cli.not_taken", file=shown(Path(sighting.path)), why=why))
    locked = [Judged((Path(p),), error=_closed(Path(p))) for p in sorted(seen.unlisted)]
    bundles = [Judged(tuple(bundle)) for bundle in bundles_at(path)]
    if not bundles and not locked:
        session.remark(say("cli.nothing_there", path=shown(path)))
    return locked + bundles


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return True


def _closed(path: Path) -> GongkaiError | None:
    """Why a path cannot be opened, None when it can."""
    try:
        if path.is_dir():
            os.scandir(path).close()
        elif path.is_file():
            path.open("rb").close()
        else:
            path.stat()
    except OSError as error:
        problem = say("cli.no_permission") if isinstance(error, PermissionError) else error.strerror
        return UnreadableDocument("cannot_open", file=shown(path), problem=problem)
    return None


class _Answers:
    """Asks examiners and turns what they found into verdicts, with what the office knows."""

    def __init__(
        self, session: Session, stack: ExitStack, stage: Stage, profile: Profile, size: int
    ) -> None:
        self._session, self._stage, self._profile = session, stage, profile
        office = session.office_or_none()
        self._known = Known.of(office, stack) if office else None
        self._digest = self._known.digest if self._known else one_time_digest()
        self._examiner = stack.enter_context(Examiner(office.root if office else None, size=size))

    def ask(self, bundle: tuple[Path, ...]) -> Future[Examined | Stopped]:
        """The examination of one bundle."""
        paths = tuple(str(file.absolute()) for file in bundle)
        released = self._known.released(bundle) if self._known else frozenset()
        request = Request(paths, self._profile.id, self._stage, released=released)
        return self._examiner.submit(request)

    def answer(self, bundle: tuple[Path, ...], future: Future[Examined | Stopped]) -> Judged:
        """What became of it; raises ``ConfigurationError``, which is nobody's document."""
        try:
            found = future.result()
        except ConfigurationError:
            raise
        except GongkaiError as error:
            return Judged(bundle, error=error)
        if isinstance(found, Stopped):
            return Judged(bundle, stopped=found)
        known = self._known.facts(found) if self._known else facts_without_store(found)
        organization = self._session.organization
        return Judged(
            bundle, found, verdict(found, known, self._profile, organization, self._digest)
        )

    def remark(self) -> None:
        """Say when this platform could not hold the readers to their limits."""
        if self._examiner.limits_missing:
            self._session.remark(say(f"reading.why_{NoteCode.LIMITS_MISSING}"))
