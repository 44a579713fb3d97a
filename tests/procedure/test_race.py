"""Two processes decide the same case at once: one wins, the other is told."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from gongkai.lifecycle.act import Act
from gongkai.lifecycle.state import State
from gongkai.store.verification import verify
from procedure.office import CLERK, LEADER, World, checked
from processes import started


@pytest.mark.parametrize("turn", range(3))
def test_one_wins_and_the_other_is_told(world: World, tmp_path: Path, turn: int) -> None:
    number = checked(world)
    start = tmp_path / "start"

    both = [
        racing(world, number, LEADER, Act.APPROVE, start),
        racing(world, number, CLERK, Act.RETURN, start),
    ]
    start.touch()
    said = sorted(process.communicate(timeout=120)[0].strip() for process in both)

    assert said[-1] in ("moved", "refused")
    assert said.count("moved") == 1
    assert set(said) <= {"moved", "refused", "case_moved_meanwhile"}
    moves = [step for step in world.history(number) if step.act in (Act.APPROVE, Act.RETURN)]
    assert len(moves) == 1
    assert world.case(number).state in (State.APPROVED, State.RETURNED)
    with world.database.read() as connection:
        assert verify(connection).ok


def racing(world: World, number: str, name: str, act: Act, start: Path) -> subprocess.Popen[str]:
    url = world.database.url.render_as_string(hide_password=False)
    words = (str(world.office.root), url, number, name, str(act), str(start))
    return started("procedure.racing", *words)
