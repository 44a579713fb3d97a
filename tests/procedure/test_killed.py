"""A move stands as a whole or not at all, wherever the power goes out."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import func, select

from gongkai.lifecycle.act import Act
from gongkai.model.attribute import DisclosureAttribute
from gongkai.settings import load_office
from gongkai.store import cases, tables
from gongkai.store.database import Database
from gongkai.store.verification import verify
from procedure.office import BODY, CLERK, DRAFTER, HEAD, LEADER, World, a_world, proposal

GROUND = {"reason": "属于过程性信息", "basis": "《政府信息公开条例》第十六条"}
TABLES = (tables.move, tables.determination, tables.return_notice, tables.chain, tables.payload)
ROOTS = ("core", "classifiers", "plugins", "integrations", "tests")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = a_world(tmp_path)
    yield made
    made.database.close()


@pytest.mark.parametrize(
    ("name", "act", "steps"),
    [
        pytest.param(DRAFTER, Act.PROPOSE, 0, id="propose: a determination beside the move"),
        pytest.param(CLERK, Act.RETURN, 2, id="return: a numbered notice beside the move"),
        pytest.param(LEADER, Act.APPROVE, 3, id="approve: the signer's determination"),
    ],
)
def test_a_kill_at_any_write_leaves_nothing_half_moved(
    world: World, tmp_path: Path, name: str, act: Act, steps: int
) -> None:
    number = at_step(world, steps)
    before = counted(world.database, number)
    world.database.close()

    for nth in count(1):
        copy = tmp_path / f"office{nth}"
        shutil.copytree(world.office.root, copy)
        ended = run(copy, number, name, act, nth)
        with Database(load_office(copy).database_url) as database:
            after = counted(database, number)
            with database.read() as connection:
                report = verify(connection)
        assert report.ok
        if ended == 0:
            assert after[0] == before[0] + 1
            break
        assert ended == -signal.SIGKILL
        assert after == before
    assert nth > 4


def at_step(world: World, steps: int) -> str:
    path = world.save("通知.txt", BODY)
    case = world.judge(path)
    assert case is not None
    attribute = DisclosureAttribute.NOT_DISCLOSED
    if steps:
        world.act(case.number, DRAFTER, Act.PROPOSE, **proposal(attribute, **GROUND))
        world.judge(path)
    if steps > 1:
        world.act(case.number, HEAD, Act.EXAMINE)
    if steps > 2:
        world.act(case.number, CLERK, Act.ACCEPT)
    return case.number


def counted(database: Database, number: str) -> tuple[int, str, tuple[int, ...]]:
    """Revision and state of the case, and how many rows each table of a move has."""
    with database.read() as connection:
        case = cases.find(connection, number)
        rows = tuple(
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in TABLES
        )
    return case.revision, str(case.state), rows


def run(root: Path, number: str, name: str, act: Act, nth: int) -> int:
    repository = Path(__file__).parents[2]
    paths = os.pathsep.join(str(repository / each) for each in ROOTS)
    arguments = [str(root), number, name, str(act), str(nth)]
    return subprocess.run(
        [sys.executable, "-m", "procedure.killed", *arguments],
        env={**os.environ, "PYTHONPATH": paths},
        timeout=120,
        check=False,
    ).returncode
