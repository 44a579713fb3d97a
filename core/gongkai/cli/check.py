"""``gongkai check`` and ``explain``: judge files, bundles or folders, storing nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import click
from rich.progress import Progress

from gongkai.cli.session import Session
from gongkai.cli.show import show_verdict
from gongkai.cli.words import STAGE, Command, option
from gongkai.errors import ConfigurationError, GongkaiError
from gongkai.examiner import Examiner
from gongkai.judging.case import Facts
from gongkai.messages import say
from gongkai.model.attribute import Outcome, Stage
from gongkai.model.verdict import Verdict
from gongkai.notices import Voice
from gongkai.pipeline import Examined, Request, Stopped, verdict
from gongkai.policy.profile import Profile
from gongkai.records import facts, facts_without_store, one_time_digest
from gongkai.report import error_object, stopped_object, verdict_object
from gongkai.store.database import Database
from gongkai.watch.grouping import bundles_at

CLEAN = frozenset({Outcome.CLEAN, Outcome.OUT_OF_SCOPE})
UNREADABLE_EXIT = 65


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


@click.command("check", cls=Command)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@option("--stage", type=STAGE, default="submitted")
@option("--profile", metavar="ID")
@option("--json", "as_json", is_flag=True)
@option("--reveal", is_flag=True)
@click.pass_obj
def check(
    session: Session,
    paths: tuple[Path, ...],
    stage: str,
    profile: str | None,
    as_json: bool,
    reveal: bool,
) -> int:
    """Judge files, bundles or folders; help text comes from the catalogue."""
    chosen = session.profile(profile)
    results = []
    for result in judged(session, paths, Stage(stage), chosen):
        results.append(result)
        if as_json:
            session.print_json(as_object(session, result, chosen, reveal=reveal))
        else:
            show(session, result, chosen, full=False)
    return exit_code(results)


@click.command("explain", cls=Command)
@click.argument("path", type=click.Path(path_type=Path))
@option("--stage", type=STAGE, default="submitted")
@option("--profile", metavar="ID")
@click.pass_obj
def explain(session: Session, path: Path, stage: str, profile: str | None) -> int:
    """Judge one document and show the whole reasoning."""
    chosen = session.profile(profile)
    results = list(judged(session, [path], Stage(stage), chosen))
    for result in results:
        show(session, result, chosen, full=True)
    return exit_code(results)


def judged(
    session: Session, paths: Iterable[Path], stage: Stage, profile: Profile
) -> Iterator[Judged]:
    """Every bundle at ``paths`` judged, in order; progress on a terminal for long work."""
    office = session.office_or_none()
    bundles = [bundle for path in paths for bundle in existing(path)]
    digest = one_time_digest()
    with ExitStack() as stack:
        database = _open_store(session, stack)
        examiner = stack.enter_context(
            Examiner(office.root if office else None, size=min(4, max(1, len(bundles))))
        )
        waiting = [
            (
                bundle,
                examiner.submit(
                    Request(tuple(str(f.absolute()) for f in bundle), profile.id, stage)
                ),
            )
            for bundle in bundles
        ]
        progress = stack.enter_context(
            Progress(console=session.err, transient=True, disable=len(bundles) < 2)
        )
        task = progress.add_task(say("cli.checking"), total=len(bundles))
        for bundle, future in waiting:
            result = _answer(bundle, future)
            if result.examined is not None:
                known = _facts(database, result.examined)
                found = verdict(result.examined, known, profile, session.organization, digest)
                result = Judged(result.paths, result.examined, found)
            progress.advance(task)
            yield result


def existing(path: Path) -> list[list[Path]]:
    """The bundles at a path; raises ``UsageError`` when there is nothing."""
    if not path.exists():
        raise click.UsageError(say("cli.no_such_path", path=str(path)))
    return bundles_at(path)


def as_object(
    session: Session, result: Judged, profile: Profile, *, reveal: bool
) -> dict[str, object]:
    """One result for machines."""
    if result.stopped:
        return stopped_object(result.stopped)
    if result.examined is None or result.verdict is None:
        return error_object(result.paths[0], str(result.error))
    voice = Voice.about(result.examined.bundle, profile, session.contacts)
    return verdict_object(result.examined, result.verdict, voice, reveal=reveal)


def show(session: Session, result: Judged, profile: Profile, *, full: bool) -> None:
    """One result for people."""
    if result.stopped:
        session.out.print(say("cli.stopped", count=len({p for p, _ in result.stopped.marks})))
    elif result.examined is None or result.verdict is None:
        session.out.print(say("cli.failed", file=result.paths[0].name, problem=str(result.error)))
    else:
        voice = Voice.about(result.examined.bundle, profile, session.contacts)
        show_verdict(session.out, result.examined, result.verdict, voice, full=full)
    session.out.print()


def exit_code(results: Iterable[Judged]) -> int:
    """65 if anything is unreadable, else 1 if anything is not clean or out of scope, else 0."""
    outcomes = {result.outcome for result in results}
    if Outcome.UNREADABLE in outcomes:
        return UNREADABLE_EXIT
    return 0 if outcomes <= CLEAN else 1


def _answer(bundle: list[Path], future: Future[Examined | Stopped]) -> Judged:
    paths = tuple(bundle)
    try:
        answer = future.result()
    except ConfigurationError:
        raise
    except GongkaiError as error:
        return Judged(paths, error=error)
    return (
        Judged(paths, stopped=answer)
        if isinstance(answer, Stopped)
        else Judged(paths, examined=answer)
    )


def _open_store(session: Session, stack: ExitStack) -> Database | None:
    """The office's database when there is one already; checking never makes it."""
    office = session.office_or_none()
    if office is None:
        return None
    url = office.database_url
    if url.startswith("sqlite") and not Path(url.removeprefix("sqlite:///")).exists():
        return None
    database = Database(url)
    stack.callback(database.close)
    return database


def _facts(database: Database | None, examined: Examined) -> Facts:
    if database is None:
        return facts_without_store(examined)
    with database.read() as connection:
        return facts(connection, examined, None)
