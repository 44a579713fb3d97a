"""What an office remembers, for commands that only ask: sources, records, released papers."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from gongkai.examined import Examined
from gongkai.judging.brief import Facts
from gongkai.records import facts
from gongkai.settings import Office
from gongkai.store import documents, quarantine
from gongkai.store.database import Database
from gongkai.store.quarantine import Status
from gongkai.store.secrets import KEY_FILE, keyed_hash, office_key
from gongkai.watch.at_hand import digest
from gongkai.watch.handing import sites


@dataclass(frozen=True)
class Known:
    """The memory of one office, opened for reading."""

    office: Office
    database: Database
    key: bytes

    @classmethod
    def of(cls, office: Office, stack: ExitStack) -> Known | None:
        """The memory of an office; None when it has none yet, or it is shut to this account."""
        database = stack.enter_context(existing_store(office))
        if database is None or not os.access(office.data / KEY_FILE, os.R_OK):
            return None
        return cls(office, database, office_key(office.data))

    def digest(self, text: str) -> str:
        """The hash findings of this office are known by."""
        return keyed_hash(self.key, text)

    def released(self, paths: Sequence[Path]) -> frozenset[str]:
        """The sha256 of those files that the secrecy officer has let go (A6)."""
        found = {digest(path) for path in paths}
        with self.database.read() as connection:
            return frozenset(
                sha256
                for sha256 in found
                if quarantine.status_of(connection, self.key, sha256) is Status.RELEASED
            )

    def facts(self, examined: Examined) -> Facts:
        """What is recorded of a bundle, wherever it lies."""
        main = Path(examined.files[0].path).resolve()
        with self.database.read() as connection:
            document = None
            for site in sites(self.office, self.database):
                if main.is_relative_to(site.path):
                    inner = str(main.relative_to(site.path))
                    document = documents.at_path(connection, site.root_id, inner)
            return facts(connection, examined, document)


@contextmanager
def existing_store(office: Office) -> Iterator[Database | None]:
    """An office's database; None when it has none yet, or it is shut to this account.

    Asking never makes one.
    """
    url = office.database_url
    file = Path(url.removeprefix("sqlite:///"))
    if url.startswith("sqlite") and not os.access(file, os.R_OK | os.W_OK):
        yield None
        return
    with Database(url) as database:
        yield database
