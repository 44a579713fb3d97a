"""Two who decide the same case at once: one wins, the other is told (SRC-03)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from core.casework.people import CLERK, DRAFTER, HEAD, PUBLIC, Staff, on_record, paper, staffed
from core.cli.commands import START

NUMBER = "2026-001"


def start(staff: Staff, *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", START, "--office", str(staff.office.root), "case", *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_of_two_processes_one_wins_and_the_other_is_told(tmp_path: Path) -> None:
    staff = staffed(tmp_path)
    staff(DRAFTER, "propose", paper(staff), *PUBLIC)
    staff(HEAD, "examine", NUMBER)
    staff.sit_down(CLERK)

    rivals = [
        start(staff, *words)
        for words in (
            ("accept", NUMBER),
            ("return", NUMBER, "--reason", "请再研究"),
            ("accept", NUMBER),
            ("cancel", NUMBER, "--reason", "不再发文"),
        )
    ]
    said = [rival.communicate(timeout=120) for rival in rivals]

    record = on_record(staff)
    steps = [s for s in record["history"] if s["actor"] == CLERK]
    codes = [rival.returncode for rival in rivals]
    assert set(codes) <= {0, 1}, said
    # A return after an acceptance is a step of its own; what lost was told why.
    assert len(steps) == codes.count(0)
    assert all(err for (_, err), code in zip(said, codes, strict=True) if code)
    revisions = [s["revision"] for s in record["history"]]
    assert revisions == sorted(set(revisions))
    assert len(record["notices"]) == sum(s["act"] == "return" for s in steps)
