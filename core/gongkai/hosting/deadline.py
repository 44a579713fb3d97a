"""A call that must come back in time."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import copy_context
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


class TimeUp(Exception):
    """The call did not come back; its thread is left behind."""


def within(seconds: float, call: Callable[[], T]) -> T:
    """What ``call`` returns, or what it raises, if it does so within ``seconds``.

    Raises ``TimeUp`` otherwise. Python cannot stop a thread: the call may go on behind our
    back until the process ends, so whoever made it wait should not be asked again.
    """
    returned: list[T] = []
    raised: list[BaseException] = []

    def run() -> None:
        try:
            returned.append(call())
        except BaseException as error:
            raised.append(error)

    thread = Thread(target=copy_context().run, args=(run,), name="gongkai-hook", daemon=True)
    thread.start()
    thread.join(seconds)
    if raised:
        raise raised[0]
    if not returned:
        raise TimeUp
    return returned[0]
