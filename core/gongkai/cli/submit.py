"""``gongkai submit``: hand a document to the office by putting it into the 送核 folder."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import click

from gongkai.cli.arguments import ExistingPath, shown
from gongkai.cli.session import Session
from gongkai.cli.submit_record import Ledger, Order
from gongkai.cli.words import Command, option
from gongkai.errors import ActionRefused
from gongkai.messages import say
from gongkai.model.attribute import Stage
from gongkai.settings import Office
from gongkai.watch.grouping import Place, group_place
from gongkai.watch.ignore import holds_open, reason_not_taken


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
    order = Order.of(submitted_folder(office, actor.section), path, moved)
    with ExitStack() as stack:
        ledger = stack.enter_context(Ledger.opened(session)) if not dry_run else None
        target = ledger.begun_before(order) if ledger else None
        if target is None:
            target = order.target
            if target.exists():
                raise ActionRefused("submitted_already", name=shown(Path(target.name)))
        if ledger is not None:
            ledger.carry_out(order, target, actor.name)
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


def submitted_folder(office: Office, section: str) -> Path:
    """The folder of the section's submitted papers, else the first one.

    Raises ``ActionRefused`` when the settings have none.
    """
    found = [f for f in office.settings.folder if f.stage is Stage.SUBMITTED]
    if not found:
        raise ActionRefused("no_submitted_folder")
    own = next((folder for folder in found if section and folder.section == section), found[0])
    return office.folder_path(own)
