"""``gongkai status``: folders, counts, and what is not taken and why."""

from __future__ import annotations

import click
from rich.table import Table

from gongkai.cli.session import Session
from gongkai.cli.words import Command, option
from gongkai.messages import say
from gongkai.store import quarantine
from gongkai.watch.status import RootStatus, watch_status

SHOWN = 20


@click.command("status", cls=Command)
@option("--json", "as_json", is_flag=True)
@click.pass_obj
def status(session: Session, as_json: bool) -> int:
    """Show every folder's state."""
    with session.database() as database:
        found = watch_status(session.office, database)
        with database.read() as connection:
            cases = [c for c in quarantine.list_cases(connection) if c.status == "open"]
    if as_json:
        for root in found.roots:
            session.print_json(_object(root))
        return 0
    table = Table(box=None, pad_edge=False)
    for name in ("folder", "backend", "state", "files", "pending", "full_pass"):
        table.add_column(say(f"cli.column_{name}"), overflow="fold")
    for root in found.roots:
        table.add_row(
            str(root.path),
            root.backend,
            (say(f"watch.root_{root.state}") if root.state else say("cli.never")),
            str(root.files),
            str(root.pending),
            root.last_full_pass or say("cli.never"),
        )
    session.out.print(table)
    for root in found.roots:
        for path in root.editing:
            session.tell(say("cli.editing", file=path.name))
        for missed in root.not_taken[:SHOWN]:
            session.tell(
                say(
                    "cli.not_taken", file=missed.path.name, why=say(f"watch.reason_{missed.reason}")
                )
            )
        if len(root.not_taken) > SHOWN:
            session.tell(say("cli.not_taken_more", count=len(root.not_taken) - SHOWN))
    if cases:
        session.tell(say("cli.status_stopped", count=len(cases)))
    return 0


def _object(root: RootStatus) -> dict[str, object]:
    return {
        "folder": str(root.path),
        "backend": root.backend,
        "state": root.state,
        "files": root.files,
        "pending": root.pending,
        "editing": [str(path) for path in root.editing],
        "not_taken": [{"file": str(m.path), "reason": m.reason} for m in root.not_taken],
        "last_full_pass": root.last_full_pass,
    }
