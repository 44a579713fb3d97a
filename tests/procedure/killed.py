"""A process that makes one move and is killed at its n-th write: run by ``test_killed``."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from sqlalchemy import Engine, event

from gongkai.lifecycle.act import Act
from gongkai.model.attribute import DisclosureAttribute
from gongkai.settings import load_office
from gongkai.store.database import Database
from procedure.office import World

WRITES = ("INSERT", "UPDATE", "DELETE")


def kill_at(nth: int) -> None:
    """Die at the n-th writing statement, as in a power cut; the commit counts as the last."""
    seen = [0]

    def count() -> None:
        seen[0] += 1
        if seen[0] == nth:
            os.kill(os.getpid(), signal.SIGKILL)

    @event.listens_for(Engine, "before_cursor_execute")
    def _before(connection: object, cursor: object, statement: str, *rest: object) -> None:
        if statement.lstrip().upper().startswith(WRITES):
            count()

    @event.listens_for(Engine, "commit")
    def _commit(connection: object) -> None:
        if seen[0]:
            count()


def main() -> None:
    root, number, name, act, nth = sys.argv[1:]
    office = load_office(Path(root))
    said: dict[str, object] = {"reason": "试", "basis": "试"}
    if act == Act.PROPOSE:
        said |= {"attribute": DisclosureAttribute.NOT_DISCLOSED, "not_secret": True}
    with Database(office.database_url) as database:
        kill_at(int(nth))
        World(office, database).act(number, name, Act(act), **said)


if __name__ == "__main__":
    main()
