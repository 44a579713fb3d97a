"""``gongkai watch``: the service that answers every saved document."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import click
from filelock import FileLock, Timeout

from gongkai.cli.arguments import FolderPath, shown
from gongkai.cli.session import Session
from gongkai.cli.show import headline
from gongkai.cli.words import Command, option
from gongkai.errors import ActionRefused
from gongkai.messages import say, speaking
from gongkai.model.content import NoteCode
from gongkai.notices import contact_words
from gongkai.service.diary import diary
from gongkai.service.run import Service
from gongkai.service.settle import Told
from gongkai.settings import Folder, Office

LOCK_FILE = "watch.lock"
PATIENCE = 2.0
"""Seconds a starting watch waits for the lock: ``status`` holds it for a moment to ask."""


@click.command("watch", cls=Command)
@click.argument("folders", nargs=-1, type=FolderPath())
@option("--once", is_flag=True)
@click.pass_obj
def watch(session: Session, folders: tuple[Path, ...], once: bool) -> int:
    """Watch the office's folders, or only those named, until interrupted."""
    office = session.office
    wanted = chosen(office, folders)
    stopping = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    with (
        session.database() as database,
        alone(office, PATIENCE),
        diary(office.data),
        Service(office, database, reporter(session), wanted) as service,
    ):
        if service.limits_missing:
            session.remark(say(f"reading.why_{NoteCode.LIMITS_MISSING}"))
        if once:
            service.once(stopping)
        else:
            count = sum(1 for folder in office.settings.folder if wanted(folder))
            session.remark(say("cli.watching", count=count))
            service.run(stopping)
    return 0


@contextmanager
def alone(office: Office, seconds: float = 0.0) -> Iterator[None]:
    """Hold the office's watch.

    Raises ``ActionRefused`` when another process still does after so many ``seconds``.
    """
    lock = FileLock(office.data / LOCK_FILE, timeout=seconds, mode=0o600)
    try:
        lock.acquire()
    except Timeout as error:
        raise ActionRefused("watch_running", folder=shown(office.root)) from error
    try:
        yield
    finally:
        lock.release()


def is_running(office: Office) -> bool:
    """Whether some process holds the office's watch now."""
    try:
        with alone(office):
            return False
    except ActionRefused:
        return True


def chosen(office: Office, folders: tuple[Path, ...]) -> Callable[[Folder], bool]:
    """Whether a folder of the office is among those named; all are when none is named.

    Raises ``UsageError`` for a folder the settings do not know.
    """
    known = {office.folder_path(folder).resolve(): folder for folder in office.settings.folder}
    for path in folders:
        if path.resolve() not in known:
            raise click.UsageError(say("cli.folder_unknown", path=shown(path)))
    picked = [known[path.resolve()] for path in folders]
    return lambda folder: not picked or folder in picked


def reporter(session: Session) -> Callable[[Told], None]:
    """Says one line per answer: with its title to somebody at a terminal, else by number.

    What goes to a file or the system's log outlives the moment a paper turns out to bear a
    secrecy mark (A6).
    """
    # Answers come from another thread, which has not heard which language is spoken.
    language = session.language

    def report(told: Told) -> None:
        with speaking(language):
            if told.cases:
                officer = contact_words(session.contacts.secrecy_officer, "officer")
                numbers = say("cli.and").join(told.cases)
                session.remark(say("cli.told_stopped", numbers=numbers, officer=officer))
            elif told.examined is None or told.verdict is None:
                return
            elif session.err.is_terminal:
                session.err.print(headline(told.examined, told.verdict), soft_wrap=True)
            else:
                outcome = say(f"cli.outcome_{told.verdict.outcome}")
                session.remark(say("cli.told", number=told.document, outcome=outcome))

    return report
