"""Running ``gongkai`` the way a user does: a real process, its output and its exit code."""

from __future__ import annotations

import atexit
import fcntl
import json
import os
import pty
import select
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import termios
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, Any

START = "import sys; from gongkai.cli import main; sys.exit(main())"
LOADED = Path(__file__).with_name("loaded.py")
LOADING = 60.0


@dataclass(frozen=True)
class Ran:
    """What one command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


def gongkai(*arguments: str | bytes | Path, cwd: Path | None = None, timeout: float = 60) -> Ran:
    """Run a command without a terminal, in a fork of a process that has loaded the program."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        code = _loaded().run([os.fsencode(a) for a in arguments], cwd, (out, err), timeout)
        out.seek(0)
        err.seek(0)
        return Ran(code, out.read().decode("utf-8"), err.read().decode("utf-8"))


def afresh(
    *arguments: str | bytes | Path,
    cwd: Path | None = None,
    before: Callable[[], None] | None = None,
    timeout: float = 60,
) -> Ran:
    """Run a command without a terminal, in a new process that loads what it needs by itself."""
    done = subprocess.run(
        [sys.executable, "-c", START, *map(os.fspath, arguments)],
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=timeout,
        preexec_fn=before,
    )
    return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


class _Loaded:
    """The process of ``loaded.py``; it ends when its socket is closed."""

    def __init__(self) -> None:
        self._socket, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", str(LOADED), str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )

    def run(
        self, words: list[bytes], cwd: Path | None, said: tuple[IO[bytes], ...], timeout: float
    ) -> int:
        """The exit code of one command that writes into two files."""
        wanted = {
            "words": [word.hex() for word in words],
            "cwd": str(cwd or Path.cwd()),
            "env": {k: v for k, v in os.environ.items() if k != "GONGKAI_OFFICE"},
        }
        request = json.dumps(wanted).encode()
        with Path(os.devnull).open("rb") as nothing:
            streams = [each.fileno() for each in (nothing, *said)]
            socket.send_fds(self._socket, [len(request).to_bytes(8)], streams)
        self._socket.sendall(request)
        process = self._number(LOADING)
        try:
            return self._number(timeout)
        except TimeoutError:
            os.kill(process, signal.SIGKILL)
            self._number(LOADING)
            raise

    def _number(self, timeout: float) -> int:
        self._socket.settimeout(timeout)
        told = self._socket.recv(8)
        assert len(told) == 8, "the loaded process is gone"
        return int.from_bytes(told, signed=True)

    def close(self) -> None:
        self._socket.close()
        self._process.wait(LOADING)


@cache
def _loaded() -> _Loaded:
    made = _Loaded()
    atexit.register(made.close)
    return made


def _hear_interrupts() -> None:
    """Without a controlling terminal nobody hears Ctrl-C, nor below a shell's background job."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def at_a_terminal(
    arguments: Sequence[str | Path],
    answers: str = "",
    columns: int = 80,
    interrupt_at: str = "",
    cwd: Path | None = None,
) -> Ran:
    """Run a command on a terminal of its own, typing ``answers`` into it.

    Ctrl-C is typed once ``interrupt_at`` can be read: earlier it would meet a program that
    has not begun.
    """
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-c", START, *map(os.fspath, arguments)],
        cwd=cwd,
        stdin=follower,
        stdout=follower,
        stderr=follower,
        env={**os.environ, "TERM": "xterm", "COLUMNS": str(columns)},
        start_new_session=True,
        preexec_fn=_hear_interrupts,
    )
    os.close(follower)
    os.write(leader, answers.encode())
    said = b""
    while select.select([leader], [], [], 60)[0]:
        try:
            piece = os.read(leader, 65536)
        except OSError:
            break
        if not piece:
            break
        said += piece
        if interrupt_at and interrupt_at.encode() in said:
            os.write(leader, b"\x03")
            interrupt_at = ""
    os.close(leader)
    return Ran(process.wait(30), said.decode("utf-8", "replace"), "")
