"""Handing in, ended in the middle: a real SIGKILL, a full disk, and what is told afterwards."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from core.cli.commands import gongkai
from core.cli.conftest import LABELLED
from core.service.office import first_look, reconcile, save
from gongkai.settings import Office
from gongkai.store import submissions
from gongkai.store.database import Database
from gongkai.store.verification import verify

KILLED_AFTER = """
    import os, shutil, signal, sys

    move, moved = shutil.move, []

    def dying(source, target):
        if len(moved) == {count}:
            {end}
        moved.append(move(source, target))

    shutil.move = dying
    sys.argv = ["gongkai", "--office", {office!r}, "submit", {paper!r}]
    from gongkai.cli import main
    sys.exit(main())
"""
KILL = "os.kill(os.getpid(), signal.SIGKILL)"
NO_SPACE = "moved.append(''); raise OSError(28, 'No space left on device')"


def ended(office: Office, paper: Path, count: int, end: str = KILL) -> int:
    """The command itself, ended when so many files have been moved."""
    script = textwrap.dedent(KILLED_AFTER).format(
        count=count, end=end, office=str(office.root), paper=str(paper)
    )
    done = subprocess.run(
        [sys.executable, "-c", script], check=False, capture_output=True, timeout=120
    )
    return done.returncode


def submit(office: Office, paper: Path) -> int:
    return gongkai("--office", office.root, "submit", paper).code


def told(office: Office) -> str:
    done = gongkai("--office", office.root, "status")
    assert done.code == 0, done.err
    return done.out + done.err


def unfinished(office: Office) -> int:
    with Database(office.database_url) as database, database.read() as connection:
        assert verify(connection).ok
        return len(submissions.unfinished(connection))


@pytest.fixture
def paper(office: Office) -> Path:
    first_look(office)
    folder = office.root / "别处"
    save(folder / "附件1名单.xlsx", b"x")
    return save(folder / "补贴通知.docx", LABELLED)


@pytest.mark.parametrize("count", [0, 1], ids=["before the first file", "between two files"])
def test_a_kill_is_told_by_status_and_the_same_command_takes_up_the_rest(
    office: Office, paper: Path, count: int
) -> None:
    code = ended(office, paper, count)
    open_then, said = unfinished(office), told(office)
    again = submit(office, paper)

    target = office.root / "送核/补贴通知"
    assert code == -signal.SIGKILL
    assert open_then == 1
    assert "一次送核没有做完" in said
    assert "补贴" not in said
    assert again == 0
    assert sorted(p.name for p in target.iterdir()) == ["补贴通知.docx", "附件1名单.xlsx"]
    assert list(paper.parent.iterdir()) == []
    assert unfinished(office) == 0
    assert "一次送核没有做完" not in told(office)


def test_a_kill_after_the_last_file_is_settled_by_what_lies_there(
    office: Office, paper: Path
) -> None:
    script_end = "move(source, target); os.kill(os.getpid(), signal.SIGKILL)"
    ended(office, paper, 1, script_end)
    before = told(office)
    reconcile(office)

    after = told(office)

    assert list(paper.parent.iterdir()) == []
    assert "一次送核没有做完" in before
    assert "一次送核没有做完" not in after


def test_the_same_bytes_among_the_drafts_do_not_close_it(office: Office, paper: Path) -> None:
    save(office.root / "拟稿/补贴/补贴通知.docx", LABELLED)
    save(office.root / "拟稿/补贴/附件1名单.xlsx", b"x")
    reconcile(office)
    ended(office, paper, 0)

    assert "一次送核没有做完" in told(office)


def test_what_cannot_be_moved_goes_back_and_is_recorded_as_not_submitted(
    office: Office, paper: Path
) -> None:
    code = ended(office, paper, 1, NO_SPACE)

    assert code not in (0, -signal.SIGKILL)
    assert sorted(p.name for p in paper.parent.iterdir()) == ["补贴通知.docx", "附件1名单.xlsx"]
    assert not (office.root / "送核/补贴通知").exists()
    assert unfinished(office) == 0


def test_nobody_waits_for_the_files_to_be_moved(office: Office, paper: Path) -> None:
    other = save(office.root / "别处/另一件/通知.docx", LABELLED)
    write = (
        "from gongkai.store.database import Database;"
        f"other = Database({office.database_url!r}, 1.0).write();"
        f"other.__enter__(); other.__exit__(None, None, None); {KILL}"
    )

    code = ended(office, other, 0, write)

    assert code == -signal.SIGKILL
    assert unfinished(office) == 1
