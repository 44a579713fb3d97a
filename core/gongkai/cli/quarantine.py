"""``gongkai quarantine``: papers that were stopped, for the secrecy officer alone (A6)."""

from __future__ import annotations

from pathlib import Path

import click
from rich.table import Table
from sqlalchemy import Connection

from gongkai.cli.arguments import Choice, shown
from gongkai.cli.session import Session
from gongkai.cli.status import moment
from gongkai.cli.words import Command, Group, option
from gongkai.errors import ActionRefused
from gongkai.lifecycle.roles import Actor
from gongkai.messages import say
from gongkai.moment import now
from gongkai.people.permissions import Permission, may
from gongkai.store import quarantine as cases
from gongkai.store.quarantine import Ruling, Status
from gongkai.store.requests import ask_for_folders
from gongkai.store.secrets import office_key


@click.group("quarantine", cls=Group)
def quarantine() -> None:
    """Commands about stopped papers."""


@quarantine.command("list", cls=Command)
@option("--json", "as_json", is_flag=True)
@click.pass_obj
def list_(session: Session, as_json: bool) -> int:
    """Numbers, times and states; no name, no path."""
    with session.database() as database, database.read() as connection:
        acting_officer(session, connection, Permission.SEE_QUARANTINE)
        found = cases.list_cases(connection)
    if as_json:
        for case in found:
            session.print_json(
                {
                    "number": case.number,
                    "storage": case.storage,
                    "found_at": case.found_at,
                    "status": case.status,
                    "positions": list(case.positions),
                    "released_as": case.released_as,
                    "closed_at": case.closed_at,
                }
            )
        return 0
    table = Table(box=None, pad_edge=False)
    for name in ("case", "storage", "found_at", "state", "ruling"):
        table.add_column(say(f"cli.column_{name}"), overflow="fold")
    for case in found:
        table.add_row(
            case.number,
            case.storage,
            moment(case.found_at),
            say(f"cli.case_{case.status}"),
            case.released_as or "",
        )
    session.out.print(table if found else say("cli.quarantine_none"))
    return 0


@quarantine.command("show", cls=Command)
@click.argument("number")
@click.pass_obj
def show(session: Session, number: str) -> int:
    """Where the paper lies; looking is recorded."""
    with session.database() as database, database.write() as connection:
        officer = acting_officer(session, connection, Permission.SEE_QUARANTINE)
        key = office_key(session.office.data)
        case = cases.show(connection, number)
        path = cases.reveal_path(connection, key, number, officer.name, now())
    session.tell(say("cli.case_found", number=case.number, at=moment(case.found_at)))
    session.tell(shown(Path(path)) if path else say("cli.case_path_erased"))
    session.tell(say("cli.case_duty"))
    return 0


@quarantine.command("release", cls=Command)
@click.argument("number")
@option("--by", default="")
@option("--as", "as_ruling", type=Choice([str(r) for r in Ruling]))
@option("--note", default="")
@click.pass_obj
def release(session: Session, number: str, by: str, as_ruling: str | None, note: str) -> int:
    """Record what was found on the spot."""
    with session.database() as database:
        with database.read() as connection:
            acting_officer(session, connection, Permission.RELEASE_QUARANTINE, by)
            cases.show(connection, number)
        key = office_key(session.office.data)
        ruling, note = _asked(session, number, as_ruling, note)
        with database.write() as connection:
            # Once more: much can happen while somebody is asked.
            officer = acting_officer(session, connection, Permission.RELEASE_QUARANTINE, by)
            case = cases.release(connection, key, number, ruling, officer.name, note, now())
            if case.status is Status.RELEASED:
                ask_for_folders(connection)
        if case.status is Status.CLOSED:
            # The path is erased: no older page of the database may keep it.
            database.scrub()
    session.tell(say(f"cli.case_now_{case.status}", number=case.number))
    return 0


def _asked(session: Session, number: str, ruling: str | None, note: str) -> tuple[Ruling, str]:
    """Ruling and note, asked for on a terminal when they are missing."""
    if session.interactive:
        ruling = ruling or click.prompt(
            say("cli.ask_ruling"), type=Choice([str(r) for r in Ruling]), err=True
        )
        note = note or click.prompt(say("cli.ask_note"), err=True)
        if ruling == Ruling.STATE_SECRET:
            click.confirm(say("cli.confirm_closing", number=number), abort=True, err=True)
    if ruling is None:
        raise click.UsageError(say("cli.missing_parameter", name="--as"))
    return Ruling(ruling), note


def acting_officer(
    session: Session, connection: Connection, permission: Permission, named: str = ""
) -> Actor:
    """The secrecy officer at the keyboard.

    The account decides, not the name typed: ``--by`` must name the same person. Raises
    ``ActionRefused`` for anybody else.
    """
    actor = session.acting(connection)
    if may(actor, permission) is None or (named and named != actor.name):
        raise ActionRefused("officer_only")
    return actor
