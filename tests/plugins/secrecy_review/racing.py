"""A process that gives an opinion when told to start, and says how it ended: run by a test."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from gongkai.casework import CaseRefused
from gongkai.errors import ActionRefused
from gongkai.settings import load_office
from gongkai.store.database import Database
from gongkai_plugins.secrecy_review.opinions import Opinion
from plugins.secrecy_review.signing_desk import facts, opinion
from procedure.office import World


def main() -> None:
    root, url, number, name, given, start = sys.argv[1:]
    with Database(url) as database:
        world = World(load_office(Path(root)), database)
        facts(world, number)
        print("ready", flush=True)
        while not Path(start).exists():
            time.sleep(0.001)
        try:
            opinion(world, number, name, Opinion(given))
        except CaseRefused:
            print("refused")
        except ActionRefused as told:
            print(told.key)
        else:
            print("signed")


if __name__ == "__main__":
    main()
