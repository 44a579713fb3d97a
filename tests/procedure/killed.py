"""A process that makes one move and is killed at each of its writes: run by ``test_killed``."""

from __future__ import annotations

import sys
from pathlib import Path

from gongkai.lifecycle.act import Act
from gongkai.model.attribute import DisclosureAttribute
from gongkai.settings import load_office
from gongkai.store.database import Database
from killing import at_every_write
from procedure.office import World


def main() -> None:
    root, number, name, act = sys.argv[1:]
    office = load_office(Path(root))
    said: dict[str, object] = {"reason": "试", "basis": "试"}
    if act == Act.PROPOSE:
        said |= {"attribute": DisclosureAttribute.NOT_DISCLOSED, "not_secret": True}

    def move() -> None:
        with Database(office.database_url) as database:
            World(office, database).act(number, name, Act(act), **said)

    at_every_write(move)


if __name__ == "__main__":
    main()
