"""Tasks for workers: one that works, and the ways in which a reader of documents can go wrong."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from gongkai.errors import ConfigurationError, UnreadableDocument

Announce = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Setup:
    greeting: str


class Greeter:
    """A task that is set up once per worker."""

    def __init__(self, setup: Setup) -> None:
        self.greeting = setup.greeting
        self.jobs = 0

    def __call__(self, job: str, announce: Announce) -> tuple[str, int, int]:
        self.jobs += 1
        return f"{self.greeting}{job}", self.jobs, os.getpid()


class NotAValue:
    """A result no worker may send."""


def echo(job: object, announce: Announce) -> object:
    return job


def misbehave(job: str, announce: Announce) -> object:
    announce(f"about to {job}")
    return _DEEDS[job]()


def write(job: Path, announce: Announce) -> int:
    return job.write_text("words of the document", "utf-8")


def leave_a_child(job: str, announce: Announce) -> None:
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    announce(str(child.pid))
    _hang()


def let_a_child_escape(job: str, announce: Announce) -> None:
    if os.fork():
        time.sleep(0.2)
        _die()
    os.setsid()
    announce(str(os.getpid()))
    time.sleep(5)
    os._exit(0)


class CannotStart:
    """A task whose set-up raises."""

    def __init__(self, setup: str) -> None:
        raise ValueError("words of the settings")


class WronglyConfigured:
    """A task whose set-up finds the settings wrong."""

    def __init__(self, setup: str) -> None:
        raise ConfigurationError("no_office", folder=setup)


def _hang() -> None:
    while True:
        time.sleep(1)


def _spin() -> None:
    while True:
        pass


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _eat() -> int:
    eaten = [bytearray(1 << 24) for _ in range(1 << 12)]
    return len(eaten)


def _raise_ours() -> None:
    raise UnreadableDocument("no_office", folder="x")


def _raise() -> None:
    raise ValueError("words of the document")


def _print() -> str:
    print("words of the document")
    sys.stderr.write("words of the document")
    return sys.stdin.read()


_DEEDS: dict[str, Callable[[], object]] = {
    "work": lambda: "done",
    "hang": _hang,
    "spin": _spin,
    "die": _die,
    "leave": lambda: os._exit(3),
    "exit": lambda: sys.exit(3),
    "eat": _eat,
    "raise": _raise,
    "raise ours": _raise_ours,
    "not a value": NotAValue,
    "a function": lambda: os.system,
    "cannot travel": lambda: lambda: None,
    "print": _print,
    "threads": lambda: os.environ["OPENBLAS_NUM_THREADS"],
    "where": lambda: (os.getpid(), os.getpgid(0), sys.path[0]),
    "keep": lambda: _KEPT.append(bytearray(os.urandom(1 << 20) * 64)),
}
_KEPT: list[bytearray] = []
