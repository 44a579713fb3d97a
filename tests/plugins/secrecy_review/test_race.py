"""Two processes give the same opinion at once: one stands, the other is told (SEC-08)."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from gongkai.lifecycle.act import Act
from gongkai.store.verification import verify
from gongkai_plugins.secrecy_review.opinions import Opinion
from plugins.secrecy_review.signing_desk import examined, facts, opinion
from procedure.office import DRAFTER, HEAD, World
from processes import started


@pytest.mark.parametrize("turn", range(2))
def test_sec08_one_of_two_signatures_stands(world: World, tmp_path: Path, turn: int) -> None:
    number = examined(world)
    opinion(world, number, DRAFTER)
    start = tmp_path / "start"

    both = [racing(world, number, given, start) for given in (Opinion.OPEN, Opinion.EXEMPT)]
    for process in both:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    start.touch()
    said = [process.communicate(timeout=120)[0].strip() for process in both]

    assert said.count("signed") == 1
    assert set(said) <= {"signed", "refused", "case_moved_meanwhile"}
    signed = [step for step in world.history(number) if step.act is Act.SIGN]
    assert len(signed) == 2
    run = facts(world, number).run
    assert run is not None
    assert [each.step for each in run.signatures] == [1, 2]
    with world.database.read() as connection:
        assert verify(connection).ok


def racing(world: World, number: str, given: Opinion, start: Path) -> subprocess.Popen[str]:
    url = world.database.url.render_as_string(hide_password=False)
    words = (str(world.office.root), url, number, HEAD, given, str(start))
    return started("plugins.secrecy_review.racing", *words)
