"""Serial numbers without gaps, whoever registers at once and wherever the power goes out."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from gongkai.settings import load_office
from gongkai.store import tables
from gongkai.store.database import Database
from gongkai.store.verification import verify
from gongkai_plugins.register import tables as own
from killing import power_cuts
from plugins.register.office import INTERNAL, PUBLIC, Registry
from processes import started

EACH = 12
ROWS = (
    tables.move,
    tables.chain,
    tables.payload,
    own.entry,
    own.publication,
    own.cancellation,
    own.withdrawal,
)


def at_once(registry: Registry) -> list[int]:
    """Two processes, each with its items, let go at the same moment."""
    root = registry.world.office.root
    both = [
        started("plugins.register.at_once", str(root), "requests", name, str(EACH))
        for name in ("甲", "乙")
    ]
    for each in both:
        assert each.stdout is not None
        assert each.stdout.readline() == "ready\n"
    said = []
    for each in both:
        assert each.stdin is not None
        each.stdin.write("\n")
        each.stdin.flush()
    for each in both:
        out, _ = each.communicate(timeout=120)
        assert each.returncode == 0
        said += [int(line) for line in out.split()]
    return said


def test_two_processes_leave_no_gap_and_no_double(registry: Registry) -> None:
    """REG-03, REG-12."""
    serials = at_once(registry)

    assert sorted(serials) == list(range(1, 2 * EACH + 1))
    with registry.world.database.read() as connection:
        assert verify(connection).ok


def test_the_same_on_postgresql(on_postgresql: Registry) -> None:
    on_postgresql.add()

    serials = at_once(on_postgresql)

    assert sorted(serials) == list(range(2, 2 * EACH + 2))
    with on_postgresql.world.database.read() as connection:
        assert verify(connection).ok


def nothing(registry: Registry) -> None:
    """The paper is signed off and marked."""


def registered(registry: Registry) -> None:
    registry.add()


def withheld_next(registry: Registry) -> None:
    registry.add(INTERNAL)


def published(registry: Registry) -> None:
    registry.add()
    registry.publish()


@pytest.mark.parametrize(
    ("what", "before"),
    [
        pytest.param("add", nothing, id="registering"),
        pytest.param("publish", registered, id="publishing"),
        pytest.param("withhold", withheld_next, id="withholding"),
        pytest.param("cancel", registered, id="cancelling"),
        pytest.param("correct", registered, id="correcting"),
        pytest.param("withdraw", published, id="withdrawing"),
    ],
)
def test_a_kill_at_any_write_leaves_nothing_half(
    registry: Registry, what: str, before: Callable[[Registry], None]
) -> None:
    """REG-12: entry, move and chain stand together or not at all."""
    before(registry)

    killed_at_every_write(registry, what)


@pytest.mark.parametrize(
    ("what", "before"),
    [
        pytest.param("add", nothing, id="registering"),
        pytest.param("withdraw", published, id="withdrawing"),
    ],
)
def test_nor_does_one_on_postgresql(
    on_postgresql: Registry, what: str, before: Callable[[Registry], None]
) -> None:
    before(on_postgresql)

    killed_at_every_write(on_postgresql, what)


def killed_at_every_write(registry: Registry, what: str) -> None:
    registry.world.database.close()
    root = registry.world.office.root
    rows = counted(root)
    tries = 0

    for ended in power_cuts("plugins.register.at_once", str(root), what):
        tries += 1
        assert ended in (0, -signal.SIGKILL)
        assert (counted(root) != rows) is (ended == 0)

    assert ended == 0
    assert tries > 4


def counted(root: Path) -> tuple[object, ...]:
    """How many rows there are, and where both cases stand; the chain always fits."""
    with Database(load_office(root).database_url) as database, database.read() as connection:
        assert verify(connection).ok
        found = [connection.execute(select(func.count()).select_from(t)).scalar() for t in ROWS]
        case = tables.case.c
        states = connection.execute(
            select(case.number, case.state, case.revision).where(
                case.number.in_((PUBLIC, INTERNAL))
            )
        ).all()
    return (*found, *map(tuple, states))
