"""A plugin that takes its process along."""

from __future__ import annotations

import os
import signal

from gongkai import hookimpl


@hookimpl
def observe() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
