"""Power cuts: one step, killed at its first write, then at its second, until it gets through."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from itertools import count

from sqlalchemy import Engine, event

from processes import started

WRITES = ("INSERT", "UPDATE", "DELETE")


def power_cuts(module: str, *words: str) -> Iterator[int]:
    """The exit code of every try, the caller looking at what is left before the next one.

    The module's ``main`` is to end in ``at_every_write``.
    """
    with started(module, *words) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        ended = -signal.SIGKILL
        while ended == -signal.SIGKILL:
            process.stdin.write("\n")
            process.stdin.flush()
            ended = int(process.stdout.readline())
            yield ended


def at_every_write(step: Callable[[], None]) -> None:
    """Take the step again whenever a line is read, dying one write later each time.

    A child of its own takes it, so that nothing is loaded twice.
    """
    for nth in count(1):
        if not sys.stdin.readline():
            return
        child = os.fork()
        if child == 0:
            _kill_at(nth)
            step()
            os._exit(0)
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        print(ended, flush=True)


def _kill_at(nth: int) -> None:
    """Die at the n-th writing statement, as in a power cut; the commit counts as the last."""
    seen = [0]

    def count_one() -> None:
        seen[0] += 1
        if seen[0] == nth:
            os.kill(os.getpid(), signal.SIGKILL)

    @event.listens_for(Engine, "before_cursor_execute")
    def _before(connection: object, cursor: object, statement: str, *rest: object) -> None:
        if statement.lstrip().upper().startswith(WRITES):
            count_one()

    @event.listens_for(Engine, "commit")
    def _commit(connection: object) -> None:
        if seen[0]:
            count_one()
