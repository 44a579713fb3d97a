"""``gongkai watch``: the service that answers every saved document."""

from __future__ import annotations

import logging
import signal
from pathlib import Path
from threading import Event

import click

from gongkai.cli.session import Session
from gongkai.cli.show import headline
from gongkai.cli.words import Command, option
from gongkai.messages import say
from gongkai.service.run import Service
from gongkai.service.settle import Told
from gongkai.settings import Folder, Office, Settings


@click.command("watch", cls=Command)
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path, file_okay=False))
@option("--once", is_flag=True)
@click.pass_obj
def watch(session: Session, folders: tuple[Path, ...], once: bool) -> int:
    """Watch the office's folders, or only those named, until interrupted."""
    office = chosen(session.office, folders)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    stopping = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    with (
        session.database() as database,
        Service(office, database, lambda told: report(session, told)) as service,
    ):
        if once:
            service.once()
        else:
            session.remark(say("cli.watching", count=len(office.settings.folder)))
            service.run(stopping)
    return 0


def chosen(office: Office, folders: tuple[Path, ...]) -> Office:
    """The office with only the named folders; raises ``UsageError`` for one it does not know."""
    if not folders:
        return office
    known = {office.folder_path(folder): folder for folder in office.settings.folder}
    picked: list[Folder] = []
    for path in folders:
        folder = known.get(path.resolve())
        if folder is None:
            raise click.UsageError(say("cli.folder_unknown", path=str(path)))
        picked.append(folder)
    settings = Settings.model_validate({**office.settings.model_dump(), "folder": picked})
    return Office(office.root, settings)


def report(session: Session, told: Told) -> None:
    """One line per answered bundle; nothing of a stopped paper but its number."""
    if told.cases:
        session.remark(say("cli.told_stopped", numbers="、".join(told.cases)))
    elif told.examined and told.verdict:
        session.err.print(headline(told.examined, told.verdict))
