"""``gongkai submit``: hand a document to the office by putting it into the 送核 folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from gongkai.cli.session import Session
from gongkai.cli.words import Command, option
from gongkai.errors import ActionRefused
from gongkai.messages import say
from gongkai.model.attribute import Stage
from gongkai.records import now
from gongkai.settings import Office
from gongkai.store import audit


@click.command("submit", cls=Command)
@click.argument("path", type=click.Path(path_type=Path, exists=True))
@option("--by", default="")
@option("--dry-run", is_flag=True)
@click.pass_obj
def submit(session: Session, path: Path, by: str, dry_run: bool) -> int:
    """Move a document, or the folder of one, to where submitted papers are checked."""
    office = session.office
    actor = session.actor(by)
    target = submitted_folder(office, actor.section) / path.name
    if target.exists():
        raise ActionRefused("submitted_already", name=path.name)
    if not dry_run:
        shutil.move(path, target)
        with session.database() as database, database.write() as connection:
            audit.record(connection, "submitted", "document", actor.name, now())
    session.tell(say("cli.submit_would" if dry_run else "cli.submitted", path=str(target)))
    return 0


def submitted_folder(office: Office, section: str) -> Path:
    """The folder of the section's submitted papers, else the first one.

    Raises ``ActionRefused`` when the settings have none.
    """
    found = [f for f in office.settings.folder if f.stage is Stage.SUBMITTED]
    if not found:
        raise ActionRefused("no_submitted_folder")
    own = next((folder for folder in found if section and folder.section == section), found[0])
    return office.folder_path(own)
