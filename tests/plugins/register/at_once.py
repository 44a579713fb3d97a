"""A process that registers items, or takes one step and dies at each write in turn."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from gongkai.settings import load_office
from gongkai.store.database import Database
from gongkai_plugins.register.upkeep import correct
from killing import at_every_write
from plugins.register.office import INTERNAL, PUBLIC, Registry
from procedure.office import CUSTODIAN, World


def main() -> None:
    root, what, *rest = sys.argv[1:]
    if what == "requests":
        with _opened(Path(root)) as registry:
            _requests(registry, rest[0], int(rest[1]))
        return
    at_every_write(lambda: _step(Path(root), what))


@contextmanager
def _opened(root: Path) -> Iterator[Registry]:
    office = load_office(root)
    with Database(office.database_url) as database:
        yield Registry(World(office, database))


def _requests(registry: Registry, prefix: str, count: int) -> None:
    keeping = registry.keeping()
    item = replace(
        keeping.proposed(PUBLIC),
        attribute="ON_REQUEST",
        reason="试",
        basis="试",
        next_review="2028-01-01",
    )
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(count):
        entry = keeping.add_request(f"{prefix}-{number}", item)
        print(entry.serial, flush=True)


def _step(root: Path, what: str) -> None:
    with _opened(root) as registry:
        keeping = registry.keeping(CUSTODIAN)
        match what:
            case "add":
                registry.add()
            case "publish":
                registry.publish()
            case "withhold":
                keeping.withhold(INTERNAL)
            case "cancel":
                keeping.cancel(PUBLIC, "试")
            case "correct":
                correct(keeping, PUBLIC, {"subject": "另一主题"}, "试")
            case "withdraw":
                keeping.withdraw(PUBLIC, "试", "说明")


if __name__ == "__main__":
    main()
