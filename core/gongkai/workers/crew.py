"""A few workers, one queue: no job can harm another, and none waits for ever.

``ProcessPoolExecutor`` is not used because one killed worker breaks the whole pool and every
job in it, which is exactly the case this is for.
"""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Condition, Thread
from types import TracebackType
from typing import Generic, Self, TypeVar, cast

from gongkai.errors import GongkaiError
from gongkai.workers.frames import (
    Bounds,
    Done,
    Failed,
    Message,
    Raised,
    Reader,
    Ready,
    Start,
    Unable,
    packed,
)
from gongkai.workers.losses import (
    CrewClosed,
    LossKind,
    TaskFailed,
    WorkerLost,
    WorkerNotStarted,
)
from gongkai.workers.process import Lost, Worker

Job = TypeVar("Job")
Result = TypeVar("Result")

TRIES = 2
"""A job that costs two workers is not tried on a third."""


@dataclass(frozen=True, slots=True)
class _Order(Generic[Result]):
    frame: bytes
    label: str
    future: Future[Result] = field(default_factory=Future)


@dataclass(slots=True)
class _Place:
    """One seat of the crew: the thread that fills it and the worker sitting there now."""

    thread: Thread | None = None
    worker: Worker | None = None
    warm: bool = False


class Crew(Generic[Job, Result]):
    """Runs one task in ``size`` worker processes that are watched, limited and replaced.

    ``task`` is "package.module:function", called as ``function(job, announce)``. When it
    names a class instead, each worker makes one object of it, ``Class(setup)``, and that
    object is called for every job: the place for what takes long to load.

    ``memory`` limits a worker's address space in bytes, ``cpu`` and ``wall`` a job's
    seconds, ``start`` those a worker may take to get ready. A worker is replaced after
    ``jobs_per_worker`` jobs, or when it has kept more than ``kept`` of its memory.

    Workers are started when first needed. Close the crew, or use it in a ``with`` block.
    """

    def __init__(
        self,
        task: str,
        *,
        setup: object = None,
        size: int = 1,
        memory: int = 2 << 30,
        wall: float = 120.0,
        cpu: float = 120.0,
        start: float = 60.0,
        jobs_per_worker: int = 1000,
        kept: float = 0.6,
    ) -> None:
        self._start = packed(Start(task, setup, Bounds(memory, cpu), os.getpid()))
        self._reader = Reader({task.partition(":")[0].partition(".")[0]})
        self._wall, self._start_wall = wall, start
        self._jobs_per_worker, self._kept = jobs_per_worker, int(memory * kept)
        self._orders: deque[_Order[Result]] = deque()
        self._changed = Condition()
        self._places = [_Place() for _ in range(size)]
        self._idle = 0
        self._warming = False
        self._closed = False
        self._trouble: GongkaiError | None = None
        self._limits_missing: frozenset[str] = frozenset()

    @property
    def limits_missing(self) -> frozenset[str]:
        """Limits this platform does not have ("memory", "cpu", "files", "core").

        Known once a worker has started; every result of it deserves a note.
        """
        return self._limits_missing

    @property
    def pids(self) -> tuple[int, ...]:
        """The process ids of the workers there are now."""
        return tuple(place.worker.pid for place in self._places if place.worker)

    def submit(self, job: Job, label: str = "") -> Future[Result]:
        """Have one job done; ``label`` names it in errors, e.g. the file's name.

        The future ends in the task's result, in a ``GongkaiError`` the task or its set-up
        raised, or in ``TaskFailed``, ``WorkerLost``, ``WorkerNotStarted`` or ``CrewClosed``.
        """
        order: _Order[Result] = _Order(packed(job), label)
        with self._changed:
            if self._closed:
                raise CrewClosed("crew_closed", label=label)
            self._orders.append(order)
            if self._idle < len(self._orders):
                self._take_a_seat()
            self._changed.notify()
        return order.future

    def ready(self) -> Self:
        """Start all workers and wait until they are ready.

        Raises ``WorkerNotStarted``, or the ``GongkaiError`` the task's set-up raised.
        """
        with self._changed:
            self._warming, self._trouble = True, None
            while self._take_a_seat():
                pass
            self._changed.notify_all()
            self._changed.wait_for(
                lambda: self._closed or self._trouble or all(p.warm for p in self._places)
            )
            self._warming = False
            if self._trouble:
                raise self._trouble
        return self

    def close(self) -> None:
        """End all workers now; jobs not done end in ``CrewClosed``."""
        with self._changed:
            self._closed = True
            waiting = list(self._orders)
            self._orders.clear()
            for place in self._places:
                if place.worker:
                    place.worker.kill()
            self._changed.notify_all()
        for order in waiting:
            if order.future.set_running_or_notify_cancel():
                order.future.set_exception(CrewClosed("crew_closed", label=order.label))
        for place in self._places:
            if place.thread:
                place.thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _take_a_seat(self) -> bool:
        """Fill one more seat with a thread, while the lock is held; False when all are."""
        place = next((place for place in self._places if place.thread is None), None)
        if place is None:
            return False
        place.thread = Thread(target=self._serve, args=(place,), name="gongkai-crew", daemon=True)
        place.thread.start()
        return True

    def _serve(self, place: _Place) -> None:
        while (order := self._next(place)) is not None:
            if order.future.set_running_or_notify_cancel():
                self._carry_out(order, place)
        if place.worker:
            place.worker.discard()

    def _next(self, place: _Place) -> _Order[Result] | None:
        """The next order for a seat, None when the crew closes; warms the seat when asked to."""
        while True:
            with self._changed:
                self._idle += 1
                self._changed.wait_for(
                    lambda: self._orders or self._closed or (self._warming and not place.warm)
                )
                self._idle -= 1
                if self._closed:
                    return None
                if self._orders:
                    return self._orders.popleft()
            self._warm(place)

    def _warm(self, place: _Place) -> None:
        try:
            self._worker(place)
        except GongkaiError as error:
            with self._changed:
                self._trouble = error
                self._warming = False
                self._changed.notify_all()

    def _worker(self, place: _Place) -> Worker:
        """The seat's worker, ready for a job. Raises ``GongkaiError`` when there is none."""
        if place.worker and place.worker.gone:
            self._unseat(place)
        if place.warm and place.worker:
            return place.worker
        for _ in range(TRIES):
            worker = place.worker or self._seat(place)
            message = worker.wait_for_message(self._start_wall)
            if isinstance(message, Ready):
                self._greet(place, message)
                return worker
            self._unseat(place)
            if not isinstance(message, Lost):
                break
        raise (
            message.error
            if isinstance(message, Raised)
            else WorkerNotStarted("worker_not_started", problem=_problem(message))
        )

    def _seat(self, place: _Place) -> Worker:
        try:
            worker = Worker(self._start, self._reader)
        except OSError as error:
            raise WorkerNotStarted("worker_not_started", problem=str(error)) from error
        with self._changed:
            place.worker, place.warm = worker, False
            if self._closed:
                worker.kill()
        return worker

    def _greet(self, place: _Place, message: Ready) -> None:
        with self._changed:
            self._limits_missing |= frozenset(message.missing)
            place.warm = True
            self._changed.notify_all()

    def _unseat(self, place: _Place) -> None:
        worker, place.worker, place.warm = place.worker, None, False
        if worker:
            worker.discard()

    def _carry_out(self, order: _Order[Result], place: _Place) -> None:
        loss = Lost(LossKind.DIED, "")
        for _ in range(TRIES):
            try:
                outcome = self._worker(place).do(order.frame, self._wall)
            except GongkaiError as error:
                order.future.set_exception(self._closing(order) or error)
                return
            if not isinstance(outcome, Lost):
                self._settle(order, outcome)
                self._refresh(place, outcome)
                return
            self._unseat(place)
            loss = outcome
            if closing := self._closing(order):
                order.future.set_exception(closing)
                return
        order.future.set_exception(WorkerLost.of(loss.kind, order.label, loss.announced))

    def _closing(self, order: _Order[Result]) -> CrewClosed | None:
        return CrewClosed("crew_closed", label=order.label) if self._closed else None

    def _settle(self, order: _Order[Result], message: Message) -> None:
        match message:
            case Done(value=value):
                order.future.set_result(cast("Result", value))
            case Raised(error=error):
                order.future.set_exception(error)
            case Failed(problem=problem):
                order.future.set_exception(
                    TaskFailed("task_failed", label=order.label, problem=problem)
                )
            case _:
                order.future.set_exception(
                    TaskFailed("task_failed", label=order.label, problem=type(message).__name__)
                )

    def _refresh(self, place: _Place, message: Message) -> None:
        """Replace a worker that has worked enough or kept too much, before the next job."""
        worker = place.worker
        swollen = isinstance(message, Done) and message.resident > self._kept
        if worker and (swollen or worker.jobs >= self._jobs_per_worker):
            with self._changed:
                place.worker, place.warm = None, False
            worker.retire()
            if not self._closed:
                # Getting ready while nobody waits; a failure shows with the next job.
                with suppress(WorkerNotStarted):
                    self._seat(place)


def _problem(message: Message | Lost) -> str:
    match message:
        case Unable(problem=problem) | Failed(problem=problem):
            return problem
        case Lost(kind=kind):
            return kind
        case _:
            return type(message).__name__
