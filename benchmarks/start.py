"""What starting costs: CPU of whole processes, children included."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.lines import Goal, Line, Sizes, Unit
from benchmarks.papers import notice
from benchmarks.rounds import Spread

COMMAND = "import sys; from gongkai.cli import main; sys.exit(main())"
PIPELINE = (
    "import gongkai.pipeline; from gongkai_classifiers.language import pipeline; pipeline();"
    "gongkai.pipeline.Examination(None)"
)


def start(sizes: Sizes) -> Iterator[Line]:
    """Help, one cold check, and what the pipeline needs beyond spaCy."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "通知.docx"
        file.write_bytes(notice(1))
        programs: dict[str, Sequence[str]] = {
            "bare": ["pass"],
            "click": ["import click"],
            "help": [COMMAND, "--help"],
            "check": [COMMAND, "check", str(file)],
            "spacy": ["import spacy"],
            "pipeline": [f"import spacy; {PIPELINE}"],
        }
        spent: dict[str, list[float]] = {name: [] for name in programs}
        for turn in range(sizes.starts + 1):
            for name, arguments in programs.items():
                seconds = cpu_of(arguments)
                if turn:  # the first turn fills the disk's caches
                    spent[name].append(seconds)
    yield _line("gongkai --help", spent["help"], spent["bare"], "peer: python -c pass")
    yield _line("gongkai --help", spent["help"], spent["click"], "peer: import click")
    yield _line("gongkai check FILE, cold", spent["check"], spent["spacy"], "peer: import spacy")
    beyond = Spread.of([p - s for p, s in zip(spent["pipeline"], spent["spacy"], strict=True)])
    yield Line(
        "start",
        "pipeline ready beyond import spacy",
        beyond.median,
        Unit.SECONDS,
        (beyond.low, beyond.high),
        Goal(1.0),
    )


def _line(case: str, ours: Sequence[float], peer: Sequence[float], note: str) -> Line:
    ratio = Spread.of([o / p for o, p in zip(ours, peer, strict=True)])
    return Line(
        "start",
        case,
        ratio.median,
        Unit.RATIO,
        (ratio.low, ratio.high),
        None,
        Spread.of(ours).median * 1000,
        Spread.of(peer).median * 1000,
        note,
    )


def cpu_of(arguments: Sequence[str]) -> float:
    """CPU seconds of one Python process and everything it waited for."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-c", *arguments],
        check=False,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
