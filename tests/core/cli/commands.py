"""Running ``gongkai`` the way a user does: a real process, its output and its exit code."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

START = "import sys; from gongkai.cli import main; sys.exit(main())"


@dataclass(frozen=True)
class Ran:
    """What one command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


def gongkai(
    *arguments: str | bytes | Path,
    cwd: Path | None = None,
    env: dict[str, str] | None = None,
    before: Callable[[], None] | None = None,
    timeout: float = 60,
) -> Ran:
    """Run a command without a terminal."""
    done = subprocess.run(
        [sys.executable, "-c", START, *map(os.fspath, arguments)],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=timeout,
        preexec_fn=before,
    )
    return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def _hear_interrupts() -> None:
    """Without a controlling terminal nobody hears Ctrl-C, nor below a shell's background job."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def at_a_terminal(
    arguments: Sequence[str | Path],
    answers: str = "",
    columns: int = 80,
    interrupt_at: str = "",
) -> Ran:
    """Run a command on a terminal of its own, typing ``answers`` into it.

    Ctrl-C is typed once ``interrupt_at`` can be read: earlier it would meet a program that
    has not begun.
    """
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-c", START, *map(os.fspath, arguments)],
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
