"""What a worker may use, set by the worker itself before it sees the first document."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from gongkai.workers.frames import Bounds

PR_SET_PDEATHSIG = 1
PR_SET_NO_NEW_PRIVS = 38
SIGKILL = 9


def die_with(parent: int) -> bool:
    """Have the kernel end this process with its supervisor; False where it cannot.

    Elsewhere the end of the pipe tells, once the job in hand is done.
    """
    if not sys.platform.startswith("linux"):
        return False
    import ctypes

    prctl = ctypes.CDLL(None, use_errno=True).prctl
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it died while we were starting
        os._exit(1)
    return True


def confine(bounds: Bounds) -> tuple[str, ...]:
    """Set the limits of this process; the names of those the platform does not have.

    No core dump and no byte in any file: both could hold a document.
    """
    os.umask(0o077)
    if find_spec("resource") is None:
        return ("memory", "cpu", "files", "core")
    import resource

    wanted: dict[str, tuple[int, int]] = {
        "core": (resource.RLIMIT_CORE, 0),
        "files": (resource.RLIMIT_FSIZE, 0),
        "memory": (resource.RLIMIT_AS, bounds.memory),
    }
    missing = []
    for name, (which, limit) in wanted.items():
        try:
            resource.setrlimit(which, (limit, limit))
        except (ValueError, OSError):
            missing.append(name)
    return tuple(missing)


def cpu_meter(bounds: Bounds) -> Callable[[], None]:
    """Called before each job: gives the job its own seconds of processor time.

    The limit is one of the whole process, so it is moved ahead job by job.
    """
    if find_spec("resource") is None:
        return lambda: None
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_CPU)

    def start_job() -> None:
        usage = resource.getrusage(resource.RUSAGE_SELF)
        soft = int(usage.ru_utime + usage.ru_stime + bounds.cpu) + 1
        if hard == resource.RLIM_INFINITY or soft < hard:
            resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))

    return start_job


def resident() -> int:
    """Bytes of memory this process holds now, 0 where that cannot be told cheaply."""
    try:
        pages = int(Path("/proc/self/statm").read_bytes().split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
