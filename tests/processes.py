"""Python processes of their own that run a module of these tests."""

from __future__ import annotations

import os
import subprocess
import sys


def started(module: str, *words: str) -> subprocess.Popen[str]:
    """The module begun with these words, its streams open as text."""
    return subprocess.Popen(
        [sys.executable, "-m", module, *words],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
