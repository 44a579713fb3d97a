"""A process that watches an office until it is killed: ``python watching_process.py OFFICE``.

Each change it is handed becomes a row of ``told`` in the transaction that marks it judged.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import text

from gongkai.settings import load_office
from gongkai.store.database import Database
from gongkai.watch.changes import Change
from gongkai.watch.holding import Patience
from gongkai.watch.journal import mark_judged
from gongkai.watch.status import watch_status
from gongkai.watch.watcher import Watcher


def main(root: Path) -> None:
    office = load_office(root)
    database = Database(office.database_url)
    database.migrate()
    with database.write() as connection:
        connection.execute(
            text("CREATE TABLE IF NOT EXISTS told (bundle TEXT, digest TEXT, files INTEGER)")
        )

    def on_change(changes: Sequence[Change]) -> None:
        with database.write() as connection:
            for change in changes:
                mark_judged(connection, change)
            connection.execute(
                text("INSERT INTO told VALUES (:bundle, :digest, :files)"),
                [{"bundle": c.bundle, "digest": c.digest, "files": len(c.files)} for c in changes],
            )

    watcher = Watcher(office, database, on_change, patience=Patience(root_check=0.2))
    watcher.start()
    while not watch_status(office, database).roots[0].last_full_pass:
        threading.Event().wait(0.05)
    print("watching", flush=True)
    signal.sigwait({signal.SIGTERM})
    watcher.stop()
    database.close()
    os._exit(0)


if __name__ == "__main__":
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    main(Path(sys.argv[1]))
