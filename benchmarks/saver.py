"""A drafter's computer: saves notices into a watched folder and notes when each was closed.

Run as a process of its own, ``python -m benchmarks.saver INBOX COUNT PAUSE FIRST``; one line
of JSON per saved bundle, name and monotonic time.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from benchmarks.papers import notice


def main(inbox: Path, count: int, pause: float, first: int) -> None:
    """Save ``count`` bundles, each in a new folder, ``pause`` seconds apart."""
    papers = [(f"{number}号", notice(number)) for number in range(first, first + count)]
    for name, data in papers:
        folder = inbox / name
        folder.mkdir()
        (folder / "通知.docx").write_bytes(data)
        sys.stdout.write(json.dumps([name, time.monotonic()]) + "\n")
        sys.stdout.flush()
        time.sleep(pause)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]))
