"""``gongkai case export``: everything of a case as one folder for the archive (B19)."""

from __future__ import annotations

from pathlib import Path

import click

from gongkai.casework.archive import Laid, archive, chain_rows
from gongkai.cli.arguments import PathArgument, shown
from gongkai.cli.case_print import every_paper, printed
from gongkai.cli.case_signing import acting_here
from gongkai.cli.case_work import at_work
from gongkai.cli.session import Session
from gongkai.cli.words import Command, option
from gongkai.errors import ActionRefused
from gongkai.lifecycle.state import State
from gongkai.messages import say
from gongkai.moment import now
from gongkai.people.permissions import Permission, require
from gongkai.store import audit


@click.command("export", cls=Command)
@click.argument("number")
@click.argument("folder", type=PathArgument())
@option("--by", default="", metavar="NAME")
@option("--dry-run", is_flag=True)
@click.pass_obj
def export(session: Session, number: str, folder: Path, by: str, dry_run: bool) -> int:
    """Lay a case into a new folder: the paper as judged, its forms, its rows, one manifest."""
    with at_work(session) as work:
        number = work.number_of(number)
        with work.database.read() as connection:
            actor = acting_here(session, connection, by)
        require(actor, Permission.EXPORT_CASE)
        seen = work.dossier(number, actor)
        if seen.case.state is State.QUARANTINED:
            raise ActionRefused("case_stopped", number=number)
        main = work.entering.place_of(number)
        papers = every_paper(work, seen)
        if dry_run:
            for name in papers:
                session.tell(say("case.would_export", name=name))
            return 0
        with work.database.read() as connection:
            rows = chain_rows(connection, seen)
        forms = {name: printed(work, paper) for name, paper in papers.items()}
        done = archive(seen, Laid(main, work.entering.issue_forms(main), forms, rows), folder)
        with work.database.write() as connection:
            about, found = f"case:{number}", {"sha256": done.sha256, "files": done.files}
            audit.record(connection, "case_exported", about, actor.name, now(), found)
    session.tell(say("case.exported", folder=shown(done.folder), files=done.files))
    session.tell(say("case.export_digest", sha256=done.sha256))
    return 0
