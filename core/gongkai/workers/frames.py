"""What a supervisor and its workers say to each other, over two pipes nobody else holds.

Every message is its length in eight bytes and a pickle. Pickle is acceptable here because
both ends are the same installation run by the same account; it carries the frozen model as
it is. It is not a file format, never leaves the machine, and is never stored.

A worker reads files made by strangers, so what comes back from one is read with a list of
what may be named: values of the model, our errors and a few plain types. That is a second
lock, not a sandbox: a worker runs with the rights of the account that started it.
"""

from __future__ import annotations

import io
import pickle
import struct
from collections.abc import Collection
from dataclasses import dataclass, is_dataclass
from enum import Enum
from typing import BinaryIO

from gongkai.errors import GongkaiError

LENGTH = struct.Struct("<Q")
LARGEST = 1 << 31
"""A longer answer is a broken worker."""

OUR_ROOTS = frozenset({"gongkai", "gongkai_classifiers", "gongkai_plugins", "gongkai_integrations"})
_PLAIN = frozenset(
    {
        ("builtins", "bytearray"),
        ("builtins", "complex"),
        ("builtins", "frozenset"),
        ("builtins", "set"),
        ("datetime", "date"),
        ("datetime", "datetime"),
        ("datetime", "timedelta"),
        ("datetime", "timezone"),
        ("decimal", "Decimal"),
        ("pathlib", "PosixPath"),
        ("pathlib", "PurePosixPath"),
        ("pathlib", "PureWindowsPath"),
        ("pathlib", "WindowsPath"),
        ("gongkai.errors", "_rebuild"),
    }
)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a worker may use: bytes of address space, seconds of processor time for one job."""

    memory: int
    cpu: float


@dataclass(frozen=True, slots=True)
class Start:
    """The first message to a worker: what it is to do, with what, and for whom."""

    task: str
    setup: object
    bounds: Bounds
    parent: int


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker waits for jobs; ``missing`` names limits the platform does not have."""

    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unable:
    """The worker cannot do this task at all."""

    problem: str


@dataclass(frozen=True, slots=True)
class Announced:
    """What the task is about to do."""

    text: str


@dataclass(frozen=True, slots=True)
class Done:
    """The result of a job; ``resident`` is the worker's memory afterwards, in bytes."""

    value: object
    resident: int


@dataclass(frozen=True, slots=True)
class Raised:
    """The job ended in an error gongkai has a name for."""

    error: GongkaiError


@dataclass(frozen=True, slots=True)
class Failed:
    """The job ended in any other exception: its type, file and line."""

    problem: str


@dataclass(frozen=True, slots=True)
class Exhausted:
    """The job asked for more memory than it may have."""


Message = Ready | Unable | Announced | Done | Raised | Failed | Exhausted


class BrokenFrame(Exception):
    """What came over the pipe is no message of ours."""


def packed(value: object) -> bytes:
    """A value as it goes over the pipe. Raises what ``pickle`` raises."""
    body = pickle.dumps(value, protocol=5)
    return LENGTH.pack(len(body)) + body


def received(stream: BinaryIO) -> bytes | None:
    """The next message's bytes, None at the end of the stream."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    if length > LARGEST:
        raise BrokenFrame("answer too long")
    body = stream.read(length)
    return body if len(body) == length else None


def unpacked(body: bytes) -> object:
    """A message from the supervisor, which a worker trusts."""
    return pickle.loads(body)


class Reader:
    """Reads messages of workers; values may be of our packages and of ``roots``."""

    def __init__(self, roots: Collection[str]) -> None:
        self._roots = OUR_ROOTS | frozenset(roots)

    def message(self, body: bytes) -> Message:
        """The message; raises ``BrokenFrame`` when it is none, or names what it must not."""
        try:
            message = _Unpickler(io.BytesIO(body), self._roots).load()
        except pickle.UnpicklingError as error:
            raise BrokenFrame(str(error)) from error
        except Exception as error:
            raise BrokenFrame(f"{type(error).__name__} in an answer") from error
        if not isinstance(message, Message):
            raise BrokenFrame(f"{type(message).__name__} is no message")
        return message


class _Unpickler(pickle.Unpickler):
    def __init__(self, stream: BinaryIO, roots: frozenset[str]) -> None:
        super().__init__(stream)
        self._roots = roots

    def find_class(self, module: str, name: str) -> object:
        if (module, name) in _PLAIN:
            return super().find_class(module, name)
        if module.partition(".")[0] in self._roots and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module and _is_value(found):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is not a value")


def _is_value(kind: type) -> bool:
    return is_dataclass(kind) or issubclass(kind, Enum | GongkaiError)
