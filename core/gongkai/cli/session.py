"""What commands share: the office, its profile, the actor, the database, and where to print."""

from __future__ import annotations

import getpass
import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from rich.console import Console

from gongkai.errors import ConfigurationError
from gongkai.host import Host
from gongkai.lifecycle.roles import Actor
from gongkai.messages import language
from gongkai.settings import Contacts, Office, Organization, find_office

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from gongkai.policy.profile import Profile
    from gongkai.store.database import Database

FILE_WIDTH = 160
"""Columns for tables that go into a file."""


class Session:
    """One run of the command line."""

    def __init__(self, office: Path | None) -> None:
        self._named = office
        self.out = _console(sys.stdout)
        self.err = _console(sys.stderr)

    @cached_property
    def _office(self) -> Office | None:
        return find_office(self._named, Path.cwd())

    def office_or_none(self) -> Office | None:
        """The office, when there is one; raises ``ConfigurationError`` when it is broken."""
        return self._office

    @property
    def office(self) -> Office:
        """The office; raises ``ConfigurationError`` when there is none."""
        if self._office is None:
            raise ConfigurationError("no_office", folder=str(Path.cwd()))
        return self._office

    @property
    def organization(self) -> Organization:
        """Whose papers these are; empty without an office."""
        return self._office.settings.organization if self._office else Organization()

    @property
    def contacts(self) -> Contacts:
        """Whom messages name; empty without an office."""
        return self._office.settings.contacts if self._office else Contacts()

    def profile(self, named: str | None = None) -> Profile:
        """The named profile, else the office's, else the national one."""
        # Help and usage errors need neither policies nor the database; loading them is slow.
        from gongkai.policy.profile import load_profile

        office = self._office
        default = office.settings.profile if office else "national_2019"
        return load_profile(named or default, [office.profile_folder] if office else ())

    @property
    def language(self) -> str:
        """The language spoken now, for threads that have to be told."""
        return language()

    @contextmanager
    def database(self) -> Iterator[Database]:
        """The office's database, opened and up to date."""
        from gongkai.store.database import Database

        database = Database(self.office.database_url)
        try:
            database.migrate(self._plugin_tables())
            yield database
        finally:
            database.close()

    def _plugin_tables(self) -> dict[str, Sequence[str]]:
        return {answer.plugin: answer.value for answer in Host.assemble(self.office).tables()}

    def plugin_commands(self) -> dict[str, tuple[str, str]]:
        """Commands plugins add: import path and summary by name.

        Raises ``ConfigurationError`` when two plugins add the same, or the office is broken.
        """
        added = Host.assemble(self._office).commands()
        return {c.name: (c.path, c.help) for answer in added.answers for c in answer.value}

    def actor(self, named: str = "") -> Actor:
        """Who acts today, for commands that have no transaction open; see ``acting``."""
        with self.database() as database, database.read() as connection:
            return self.acting(connection, named)

    def acting(self, connection: Connection, named: str = "") -> Actor:
        """Who acts today: the person named, else whoever the operating system account belongs to.

        Where the right to act matters leave the name out: anybody can type one. Raises
        ``ActionRefused`` for an account or name nobody has, or of somebody deactivated (A9).
        """
        from gongkai.people import acting, actor

        settings, today = self.office.settings, date.today()
        if named:
            return actor(connection, settings, named, today)
        return acting(connection, settings, account_name(), today)

    def tell(self, text: str) -> None:
        """A result in words. Wrapped by the terminal: Chinese has no spaces to wrap at."""
        self.out.print(text, soft_wrap=True)

    def remark(self, text: str) -> None:
        """Something beside the result, on standard error."""
        self.err.print(text, soft_wrap=True)

    def print_json(self, value: object) -> None:
        """One JSON object on one line of standard output."""
        self.write(json.dumps(value, ensure_ascii=False) + "\n")

    def write(self, line: str) -> None:
        """A line for machines: UTF-8 always, whatever the terminal thinks."""
        sys.stdout.flush()
        sys.stdout.buffer.write(line.encode("utf-8", "replace"))
        sys.stdout.buffer.flush()

    @property
    def interactive(self) -> bool:
        """Whether somebody can be asked: nothing prompts without a terminal."""
        return sys.stdin.isatty() and sys.stdout.isatty()


def account_name() -> str:
    """The operating system account this process runs under.

    ``getpass.getuser`` believes LOGNAME and USER first, so that anybody could act as the
    secrecy officer by setting them.
    """
    if find_spec("pwd") is None:
        return getpass.getuser()
    import pwd

    number = os.getuid()
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


def _console(stream: TextIO) -> Console:
    """A console that wraps for a terminal and leaves lines whole for a file."""
    terminal = stream.isatty()
    return Console(
        file=stream,
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=not terminal,
        width=None if terminal else FILE_WIDTH,
    )
