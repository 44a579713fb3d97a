"""One worker seen from outside: started, given a job, waited for, killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread, Timer
from typing import BinaryIO, cast

from gongkai.workers.frames import (
    Announced,
    BrokenFrame,
    Exhausted,
    Failed,
    Message,
    Reader,
    received,
)
from gongkai.workers.losses import LossKind

PIPE_HOLDS = 1 << 15
"""A shorter message always fits into an empty pipe, so that writing it cannot block."""

ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"
)
"""Several workers that each use all cores are slower than several that use one."""


@dataclass(frozen=True, slots=True)
class Lost:
    """The worker is gone; ``announced`` is what it was doing."""

    kind: LossKind
    announced: str


class Worker:
    """A running worker process. Used by one thread, which must outlive it.

    On Linux the kernel kills a worker when the thread that started it ends.
    """

    def __init__(self, start: bytes, reader: Reader) -> None:
        self._announced = ""
        self._broken = False
        self._inbox: SimpleQueue[Message | None] = SimpleQueue()
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "gongkai.workers.main"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # What a library prints about a file may quote the file.
            stderr=subprocess.DEVNULL,
            env=os.environ | ONE_THREAD | {"PYTHONPATH": _import_path()},
            start_new_session=True,
        )
        self._listener = Thread(target=self._listen, args=(reader,), daemon=True)
        self._listener.start()
        self._send(start)
        self.jobs = 0

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    @property
    def gone(self) -> bool:
        """Whether the worker can do no more jobs, e.g. because it died between two of them."""
        return self._broken or self._process.poll() is not None

    def wait_for_message(self, seconds: float) -> Message | Lost:
        """The next message that is not an announcement, or how the worker was lost."""
        try:
            message = self._inbox.get(timeout=seconds)
        except Empty:
            self.kill()
            return Lost(LossKind.TIMED_OUT, self._announced)
        if message is None:
            return Lost(self._cause(), self._announced)
        if isinstance(message, Exhausted):
            return Lost(LossKind.OUT_OF_MEMORY, self._announced)
        return message

    def do(self, frame: bytes, wall: float) -> Message | Lost:
        """Do one job, a packed message, within ``wall`` seconds."""
        self.jobs += 1
        self._announced = ""
        if len(frame) <= PIPE_HOLDS:
            self._send(frame)
        else:  # a worker that does not read must not stop us either
            timer = Timer(wall, self.kill)
            timer.start()
            self._send(frame)
            timer.cancel()
        return self.wait_for_message(wall)

    def kill(self) -> None:
        """End the worker and everything it has started."""
        if self._process.returncode is None:
            self._kill_group()

    def retire(self) -> None:
        """Let an idle worker end by itself, or end it, and give everything back."""
        with suppress(OSError):
            self._stdin.close()
        try:
            self._process.wait(2)
        except subprocess.TimeoutExpired:
            self.kill()
        self.discard()

    def discard(self) -> None:
        """Make sure nothing of the worker is left."""
        self.kill()
        self._process.wait()
        self._kill_group()
        # A process that left the group may still hold the pipe; then nobody waits for it.
        self._listener.join(1)
        with suppress(OSError):
            self._stdin.close()

    def _kill_group(self) -> None:
        if os.name != "posix":
            self._process.kill()
            return
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def _cause(self) -> LossKind:
        try:
            status = self._process.wait(1)
        except subprocess.TimeoutExpired:
            self.kill()
            return LossKind.DIED
        out_of_cpu = hasattr(signal, "SIGXCPU") and status == -signal.SIGXCPU
        return LossKind.OUT_OF_CPU if out_of_cpu else LossKind.DIED

    @property
    def _stdin(self) -> BinaryIO:
        return cast("BinaryIO", self._process.stdin)

    @property
    def _stdout(self) -> BinaryIO:
        return cast("BinaryIO", self._process.stdout)

    def _send(self, frame: bytes) -> None:
        # A worker that is gone is noticed by the listener.
        with suppress(BrokenPipeError):
            self._stdin.write(frame)
            self._stdin.flush()

    def _listen(self, reader: Reader) -> None:
        with self._stdout as stream:
            try:
                while (body := received(stream)) is not None:
                    message = reader.message(body)
                    if isinstance(message, Announced):
                        self._announced = message.text
                    else:
                        self._inbox.put(message)
            except BrokenFrame as error:
                self._broken = True
                self._inbox.put(Failed(str(error)))
                self.kill()
        self._inbox.put(None)


def _import_path() -> str:
    """Where the supervisor imports from, without folders that depend on where it stands."""
    return os.pathsep.join(entry for entry in sys.path if Path(entry).is_absolute())
