"""A process that decides a case when told to start, and says how it ended: run by a test."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from gongkai.casework import CaseRefused
from gongkai.errors import ActionRefused
from gongkai.lifecycle.act import Act
from gongkai.settings import load_office
from gongkai.store.database import Database
from procedure.office import World


def main() -> None:
    root, url, number, name, act, start = sys.argv[1:]
    with Database(url) as database:
        world = World(load_office(Path(root)), database)
        world.case(number)
        while not Path(start).exists():
            time.sleep(0.001)
        try:
            world.act(number, name, Act(act), reason="看法不同", basis="第三条")
        except CaseRefused:
            print("refused")
        except ActionRefused as told:
            print(told.key)
        else:
            print("moved")


if __name__ == "__main__":
    main()
