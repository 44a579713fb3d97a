"""Bundles examined by workers, and what is done when one of them has to be killed.

A file that costs its workers is marked as lost and the rest of the bundle is examined
without it; a plugin that does is left out and named. So every bundle ends in an answer.
"""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from gongkai.examined import READING, Examined, Request, Stopped
from gongkai.hosting.answers import blamed
from gongkai.model.content import Note, NoteCode, NoteScope
from gongkai.workers.crew import Crew
from gongkai.workers.losses import LossKind, WorkerLost

_NOTES = {
    LossKind.DIED: NoteCode.READER_KILLED,
    LossKind.TIMED_OUT: NoteCode.READER_TIMED_OUT,
    LossKind.OUT_OF_CPU: NoteCode.READER_TIMED_OUT,
    LossKind.OUT_OF_MEMORY: NoteCode.TOO_LARGE,
}


class Examiner:
    """Examines bundles in ``size`` worker processes; close it, or use it in a ``with`` block."""

    def __init__(
        self, office: Path | None, *, size: int = 1, wall: float = 120.0, cpu: float = 60.0
    ) -> None:
        self._crew: Crew[Request, Examined | Stopped] = Crew(
            "gongkai.pipeline:Examination",
            setup=str(office) if office else None,
            size=size,
            wall=wall,
            cpu=cpu,
        )

    def ready(self) -> Self:
        """Start the workers now; raises ``GongkaiError`` when none can be started."""
        self._crew.ready()
        return self

    @property
    def limits_missing(self) -> frozenset[str]:
        """Limits this platform could not set on the workers that have started."""
        return self._crew.limits_missing

    def submit(self, request: Request) -> Future[Examined | Stopped]:
        """The examination of one bundle.

        The future ends in its result, or in the ``GongkaiError`` that kept it from one.
        """
        answer: Future[Examined | Stopped] = Future()
        self._attempt(request, answer)
        return answer

    def close(self) -> None:
        """End the workers; examinations under way end in ``CrewClosed``."""
        self._crew.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _attempt(self, request: Request, answer: Future[Examined | Stopped]) -> None:
        try:
            attempt = self._crew.submit(request, label=Path(request.paths[0]).name)
        except Exception as error:
            answer.set_exception(error)
            return
        attempt.add_done_callback(lambda done: self._settle(request, done, answer))

    def _settle(
        self,
        request: Request,
        done: Future[Examined | Stopped],
        answer: Future[Examined | Stopped],
    ) -> None:
        error = done.exception()
        if error is None:
            answer.set_result(saying_what_was_unlimited(done.result(), self.limits_missing))
        elif isinstance(error, WorkerLost) and (again := without_the_culprit(request, error)):
            self._attempt(again, answer)
        else:
            answer.set_exception(error)


def saying_what_was_unlimited(
    result: Examined | Stopped, missing: frozenset[str]
) -> Examined | Stopped:
    """The result with a note, when this platform could not set every limit on its reader.

    The note withholds nothing from the check and changes no outcome; it stays with the verdict.
    """
    if not missing or isinstance(result, Stopped):
        return result
    main = result.bundle.main
    note = Note(NoteCode.LIMITS_MISSING, NoteScope.NOTHING, detail=" ".join(sorted(missing)))
    told = replace(main.content, notes=(*main.content.notes, note))
    return replace(result, bundle=replace(result.bundle, main=replace(main, content=told)))


def without_the_culprit(request: Request, loss: WorkerLost) -> Request | None:
    """The request without the file or plugin the workers died in; None when nobody is blamed."""
    announced = loss.last_announcement
    if plugin := blamed(announced):
        return (
            None if plugin[0] in request.skip else replace(request, skip=request.skip | {plugin[0]})
        )
    path = announced.removeprefix(READING)
    if not announced.startswith(READING) or path in dict(request.lost):
        return None
    return replace(request, lost=(*request.lost, (path, _NOTES[loss.kind])))
