"""Two processes decide the same case at once: one wins, the other is told."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gongkai.lifecycle.act import Act
from gongkai.lifecycle.state import State
from gongkai.model.attribute import DisclosureAttribute
from gongkai.store.verification import verify
from procedure.office import BODY, CLERK, DRAFTER, HEAD, LEADER, World, proposal
from procedure.test_killed import GROUND, ROOTS


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


def checked(world: World) -> str:
    path = world.save("通知.txt", BODY)
    case = world.judge(path)
    assert case is not None
    attribute = DisclosureAttribute.NOT_DISCLOSED
    world.act(case.number, DRAFTER, Act.PROPOSE, **proposal(attribute, **GROUND))
    world.judge(path)
    world.act(case.number, HEAD, Act.EXAMINE)
    world.act(case.number, CLERK, Act.ACCEPT)
    return case.number


def racing(world: World, number: str, name: str, act: Act, start: Path) -> subprocess.Popen[str]:
    repository = Path(__file__).parents[2]
    paths = os.pathsep.join(str(repository / each) for each in ROOTS)
    url = world.database.url.render_as_string(hide_password=False)
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "procedure.racing",
            str(world.office.root),
            url,
            number,
            name,
            str(act),
            str(start),
        ],
        env={**os.environ, "PYTHONPATH": paths},
        stdout=subprocess.PIPE,
        text=True,
    )
