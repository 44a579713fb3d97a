"""``gongkai status``: folders, counts, and what is not taken and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import click
from rich.table import Table

from gongkai.cli.arguments import shown
from gongkai.cli.session import Session
from gongkai.cli.submit_record import never_finished
from gongkai.cli.watch import is_running
from gongkai.cli.words import Command, option
from gongkai.messages import say
from gongkai.report import path_fields
from gongkai.service.tell import unwritten
from gongkai.store import quarantine
from gongkai.store.quarantine import Status
from gongkai.store.submissions import Submission
from gongkai.watch.roots import RootState
from gongkai.watch.status import RootStatus, WatchStatus, watch_status

SHOWN = 20
"""Names listed per reason; of more only the number is said."""


@click.command("status", cls=Command)
@option("--json", "as_json", is_flag=True)
@click.pass_obj
def status(session: Session, as_json: bool) -> int:
    """Show every folder's state."""
    with session.database() as database:
        found = watch_status(session.office, database)
        with database.read() as connection:
            cases = quarantine.list_cases(connection)
            slips = unwritten(connection)
            begun = never_finished(session.office, connection)
    stopped = sum(1 for case in cases if case.status is Status.OPEN)
    running = is_running(session.office)
    if as_json:
        for root in found.roots:
            session.print_json(_object(root, slips.get(root.code, "")))
        session.print_json(_summary(session, found, stopped, begun, running=running))
        return 0
    session.out.print(_table(found))
    if not running:
        session.tell(say("cli.not_running"))
    for root in found.roots:
        for line in _remarks(root, slips.get(root.code, "")):
            session.tell(line)
    if found.over_limit:
        session.tell(say("watch.over_limit", directories=found.directories, limit=found.limit))
    if unanswered := sum(root.pending for root in found.roots):
        session.tell(say("cli.unanswered", count=unanswered))
    if stopped:
        session.tell(say("cli.status_stopped", count=stopped))
    if stopped and found.beside_stopped:
        session.tell(say("cli.status_beside_stopped", count=found.beside_stopped))
    for each in begun:
        words = {"at": moment(each.at), "name": each.by, "count": each.files}
        session.tell(say("cli.status_submission", **words))
    return 0


def _table(found: WatchStatus) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in ("folder", "stage", "backend", "state", "files", "pending", "full_pass"):
        table.add_column(say(f"cli.column_{name}"), overflow="fold")
    for root in found.roots:
        table.add_row(
            shown(root.path),
            say(f"cli.stage_{root.folder.stage}"),
            say(f"watch.backend_{root.backend}") if root.backend else "",
            say("cli.state_in_order") if root.state == RootState.PRESENT else _state(root),
            str(root.files),
            str(root.pending),
            moment(root.last_full_pass),
        )
    return table


def _state(root: RootStatus) -> str:
    return say("cli.state_look_below" if root.watched else "cli.never")


def moment(text: str) -> str:
    """A stored time as people write it; "not yet" for none."""
    if not text:
        return say("cli.never")
    return datetime.fromisoformat(text).astimezone().strftime("%Y-%m-%d %H:%M")


def _remarks(root: RootStatus, slip: str) -> Iterator[str]:
    """Everything about a folder that somebody may have to act on."""
    name = shown(root.path)
    if root.watched and root.state != RootState.PRESENT:
        yield say("cli.about_folder", folder=name, words=say(f"watch.root_{root.state}"))
    if root.problem:
        words = say("watch.not_listening", problem=root.problem)
        yield say("cli.about_folder", folder=name, words=words)
    if root.overflows:
        words = say("watch.overflows", count=root.overflows)
        yield say("cli.about_folder", folder=name, words=words)
    if root.failures:
        words = say("cli.failures", count=root.failures)
        yield say("cli.about_folder", folder=name, words=words)
    if slip:
        yield say("cli.about_folder", folder=name, words=say(f"watch.slip_{slip}"))
    yield from _listed(root.path, root.editing, "cli.editing")
    yield from _listed(root.path, root.busy, "cli.not_taken", "busy")
    yield from _listed(root.path, root.damaged, "cli.not_taken", "damaged")
    for reason in dict.fromkeys(each.reason for each in root.not_taken):
        paths = [each.path for each in root.not_taken if each.reason == reason]
        yield from _listed(root.path, paths, "cli.not_taken", reason)


def _listed(root: Path, paths: Sequence[Path], key: str, reason: str = "") -> Iterator[str]:
    why = {"why": say(f"watch.reason_{reason}")} if reason else {}
    for path in paths[:SHOWN]:
        inner = path.relative_to(root.parent) if path.is_relative_to(root.parent) else path
        yield say(key, file=shown(inner), **why)
    if len(paths) > SHOWN:
        yield say("cli.not_taken_more", count=len(paths) - SHOWN)


def _object(root: RootStatus, slip: str) -> dict[str, object]:
    return {
        **path_fields(str(root.path), "folder"),
        "code": root.code,
        "stage": root.folder.stage,
        "backend": root.backend,
        "listening": root.listening,
        "state": root.state,
        "problem": root.problem,
        "slips": slip,
        "files": root.files,
        "baseline": root.baseline,
        "pending": root.pending,
        "reading": root.reading,
        "missing": root.missing,
        "editing": [path_fields(str(path)) for path in root.editing],
        "busy": [path_fields(str(path)) for path in root.busy],
        "damaged": [path_fields(str(path)) for path in root.damaged],
        "not_taken": [{**path_fields(str(m.path)), "reason": m.reason} for m in root.not_taken],
        "directories": root.directories,
        "overflows": root.overflows,
        "failures": root.failures,
        "baseline_at": root.baseline_at,
        "last_full_pass": root.last_full_pass,
    }


def _summary(
    session: Session,
    found: WatchStatus,
    stopped: int,
    begun: Sequence[Submission],
    *,
    running: bool,
) -> dict[str, object]:
    return {
        **path_fields(str(session.office.root), "office"),
        "running": running,
        "pending": sum(root.pending for root in found.roots),
        "quarantine_open": stopped,
        "quarantine_files": found.beside_stopped,
        "submissions_unfinished": len(begun),
        "directories": found.directories,
        "limit": found.limit,
        "over_limit": found.over_limit,
    }
