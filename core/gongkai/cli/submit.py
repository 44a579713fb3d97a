"""``gongkai submit``: hand a document to the office by putting it into the 送核 folder."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from pathlib import Path

import click

from gongkai.cli.arguments import ExistingPath, shown
from gongkai.cli.session import Session
from gongkai.cli.words import Command, option
from gongkai.errors import ActionRefused
from gongkai.messages import say
from gongkai.model.attribute import Stage
from gongkai.moment import now
from gongkai.settings import Office
from gongkai.store import audit
from gongkai.watch.grouping import Place, group_place
from gongkai.watch.ignore import holds_open, reason_not_taken
from gongkai.watch.names import version


@click.command("submit", cls=Command)
@click.argument("path", type=ExistingPath())
@option("--by", default="")
@option("--dry-run", is_flag=True)
@click.pass_obj
def submit(session: Session, path: Path, by: str, dry_run: bool) -> int:
    """Move a document with its attachments, or its folder, to where papers are checked."""
    office = session.office
    actor = session.actor(by)
    moved = together(path)
    refuse(office, path, moved)
    folder = submitted_folder(office, actor.section)
    target = folder / (path.name if len(moved) == 1 else version(path.name).stem or path.stem)
    if target.exists():
        raise ActionRefused("submitted_already", name=shown(Path(target.name)))
    if not dry_run:
        with session.database() as database, database.write() as connection:
            subject = f"content:{digest(moved)[:16]}"
            audit.record(connection, "submitted", subject, actor.name, now(), {"files": len(moved)})
            # Last: when it cannot be moved, nobody has submitted it.
            _move(moved, target)
    session.tell(say("cli.submit_would" if dry_run else "cli.submitted", path=shown(target)))
    for file in moved if len(moved) > 1 else ():
        session.tell(say("cli.submit_file", name=shown(Path(file.name))))
    return 0


def together(path: Path) -> list[Path]:
    """What goes along with a path: a folder alone, a file with what belongs to it by name (A4)."""
    if path.is_dir() or path.is_symlink():
        return [path]
    names = [
        entry.name
        for entry in path.absolute().parent.iterdir()
        if entry.is_file() and not entry.is_symlink() and reason_not_taken(entry.name) is None
    ]
    for found in group_place(Place("", whole=False), names):
        if path.name in found.files:
            return [path.parent / name for name in found.files]
    return [path]


def refuse(office: Office, path: Path, moved: Sequence[Path]) -> None:
    """Raise ``ActionRefused`` for what cannot be submitted: links, folders of the office itself,
    and papers somebody has open, whose next save would land in the old place.
    """
    if path.is_symlink():
        raise ActionRefused("submitted_link", name=shown(Path(path.name)))
    place = path.resolve()
    own = [office.root, office.data, office.plugin_folder, office.profile_folder]
    own += [office.folder_path(folder) for folder in office.settings.folder]
    if any(each.resolve() == place or place in each.resolve().parents for each in own):
        raise ActionRefused("submitted_office", name=shown(Path(path.name)))
    folders = {file.parent for file in moved} if path.is_file() else {path}
    locks = [entry.name for folder in folders for entry in folder.iterdir()]
    files = [file.name for file in moved] if path.is_file() else locks
    held = next((name for name in files for lock in locks if holds_open(lock, name)), None)
    if held is not None:
        raise ActionRefused("submitted_open", name=shown(Path(held)))


def digest(moved: Sequence[Path]) -> str:
    """A hash over everything that is moved; no name goes into the record (A6)."""
    found = hashlib.sha256()
    for path in moved:
        files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for file in files:
            with file.open("rb") as stream:
                found.update(hashlib.file_digest(stream, "sha256").digest())
    return found.hexdigest()


def submitted_folder(office: Office, section: str) -> Path:
    """The folder of the section's submitted papers, else the first one.

    Raises ``ActionRefused`` when the settings have none.
    """
    found = [f for f in office.settings.folder if f.stage is Stage.SUBMITTED]
    if not found:
        raise ActionRefused("no_submitted_folder")
    own = next((folder for folder in found if section and folder.section == section), found[0])
    return office.folder_path(own)


def _move(moved: Sequence[Path], target: Path) -> None:
    if len(moved) == 1:
        shutil.move(moved[0], target)
        return
    target.mkdir()
    for file in moved:
        shutil.move(file, target / file.name)
