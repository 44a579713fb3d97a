"""A move stands as a whole or not at all, wherever the power goes out."""

from __future__ import annotations

import signal

import pytest
from sqlalchemy import func, select

from gongkai.lifecycle.act import Act
from gongkai.store import cases, tables
from gongkai.store.database import Database
from gongkai.store.verification import verify
from killing import power_cuts
from procedure.office import (
    BODY,
    CLERK,
    DRAFTER,
    GROUND,
    HEAD,
    LEADER,
    NOT_DISCLOSED,
    World,
    proposed,
)

TABLES = (tables.move, tables.determination, tables.return_notice, tables.chain, tables.payload)


@pytest.mark.parametrize(
    ("name", "act", "steps"),
    [
        pytest.param(DRAFTER, Act.PROPOSE, 0, id="propose: a determination beside the move"),
        pytest.param(CLERK, Act.RETURN, 2, id="return: a numbered notice beside the move"),
        pytest.param(LEADER, Act.APPROVE, 3, id="approve: the signer's determination"),
    ],
)
def test_a_kill_at_any_write_leaves_nothing_half_moved(
    world: World, name: str, act: Act, steps: int
) -> None:
    number = at_step(world, steps)
    before = counted(world.database, number)
    world.database.close()
    tries = 0

    for ended in power_cuts("procedure.killed", str(world.office.root), number, name, str(act)):
        tries += 1
        with Database(world.office.database_url) as database:
            after = counted(database, number)
            with database.read() as connection:
                assert verify(connection).ok
        if ended == 0:
            assert after[0] == before[0] + 1
        else:
            assert ended == -signal.SIGKILL
            assert after == before

    assert ended == 0
    assert tries > 4


def at_step(world: World, steps: int) -> str:
    if steps == 0:
        case = world.judge(world.save("通知.txt", BODY))
        assert case is not None
        return case.number
    number = proposed(world, attribute=NOT_DISCLOSED, **GROUND)
    for name, act in ((HEAD, Act.EXAMINE), (CLERK, Act.ACCEPT))[: steps - 1]:
        world.act(number, name, act)
    return number


def counted(database: Database, number: str) -> tuple[int, str, tuple[int, ...]]:
    """Revision and state of the case, and how many rows each table of a move has."""
    with database.read() as connection:
        case = cases.find(connection, number)
        rows = tuple(
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in TABLES
        )
    return case.revision, str(case.state), rows
