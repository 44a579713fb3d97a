"""A worker's whole life: take the pipes, learn the task, accept the limits, do the jobs.

Started by ``gongkai.workers.process`` as ``python -P -m gongkai.workers.main``: without
``-P`` a file called ``json.py`` in a watched folder would be imported.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from traceback import extract_tb
from typing import BinaryIO, cast

from gongkai.errors import GongkaiError
from gongkai.workers.confine import confine, cpu_meter, die_with, resident
from gongkai.workers.frames import (
    Announced,
    Done,
    Exhausted,
    Failed,
    Message,
    Raised,
    Ready,
    Start,
    Unable,
    packed,
    received,
    unpacked,
)

Work = Callable[[object, Callable[[str], None]], object]


def main() -> int:
    """Serve until the supervisor closes the pipe."""
    inbound, outbound = _private_pipes()
    first = received(inbound)
    if first is None:
        return 0
    start = cast("Start", unpacked(first))
    die_with(start.parent)
    try:
        work, missing = _prepared(start)
    except GongkaiError as error:
        outbound.write(_raised(error))
        outbound.flush()
        return 1
    except BaseException as error:
        _say(outbound, Unable(_place(error)))
        return 1
    _say(outbound, Ready(missing))
    begin_job = cpu_meter(start.bounds)
    while (body := received(inbound)) is not None:
        begin_job()
        outbound.write(_answer(work, body, outbound))
        outbound.flush()
    return 0


def _private_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The two pipes, moved away from where a library or a plugin might read or print."""
    inbound, outbound = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    os.close(nothing)
    return os.fdopen(inbound, "rb"), os.fdopen(outbound, "wb")


def _prepared(start: Start) -> tuple[Work, tuple[str, ...]]:
    module, _, name = start.task.partition(":")
    named = getattr(import_module(module), name)
    # From here on nothing can be written, so compiled modules are not worth a try.
    sys.dont_write_bytecode = True
    missing = confine(start.bounds)
    work = named(start.setup) if isinstance(named, type) else named
    return cast("Work", work), missing


def _answer(work: Work, body: bytes, outbound: BinaryIO) -> bytes:
    try:
        job = unpacked(body)
        value = work(job, lambda text: _say(outbound, Announced(text)))
        return packed(Done(value, resident()))
    except MemoryError:
        return packed(Exhausted())
    except GongkaiError as error:
        return _raised(error)
    except BaseException as error:
        # sys.exit() in a reader ends the job, not the worker.
        return packed(Failed(_place(error)))


def _raised(error: GongkaiError) -> bytes:
    try:
        return packed(Raised(error))
    except Exception:
        return packed(Failed(_place(error)))


def _say(outbound: BinaryIO, message: Message) -> None:
    outbound.write(packed(message))
    outbound.flush()


def _place(error: BaseException) -> str:
    frames = extract_tb(error.__traceback__)
    place = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    return type(error).__name__ + place


if __name__ == "__main__":
    sys.exit(main())
