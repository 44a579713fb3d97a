"""``gongkai check`` and ``explain``: judge files, bundles or folders, storing nothing."""

from __future__ import annotations

from pathlib import Path

import click
from rich.text import Text

from gongkai.cli.arguments import STAGE, PathArgument, shown
from gongkai.cli.judged import Judged, exit_code, judged
from gongkai.cli.session import Session
from gongkai.cli.show import show_verdict
from gongkai.cli.words import Command, option
from gongkai.errors import ActionRefused
from gongkai.lifecycle.roles import Actor
from gongkai.messages import say
from gongkai.model.attribute import Stage
from gongkai.moment import now
from gongkai.notices import Voice, contact_words
from gongkai.people.permissions import Permission, require
from gongkai.policy.profile import Profile
from gongkai.report import error_object, stopped_object, verdict_object
from gongkai.store import audit


@click.command("check", cls=Command)
@click.argument("paths", nargs=-1, required=True, type=PathArgument())
@option("--stage", type=STAGE, default="submitted")
@option("--profile", metavar="ID")
@option("--json", "as_json", is_flag=True)
@option("--reveal", is_flag=True)
@click.pass_obj
def check(
    session: Session,
    paths: tuple[Path, ...],
    stage: str,
    profile: str | None,
    as_json: bool,
    reveal: bool,
) -> int:
    """Judge files, bundles or folders; help text comes from the catalogue."""
    chosen = session.profile(profile)
    viewer = revealing(session) if reveal else None
    results = []
    for result in judged(session, paths, Stage(stage), chosen):
        results.append(result)
        if viewer is not None:
            record_revealing(session, viewer, result)
        if as_json:
            session.print_json(as_object(session, result, chosen, reveal=reveal))
        else:
            if len(paths) > 1 or result.paths[0] != paths[0]:
                session.out.print(Text(place(result), style="dim"))
            show(session, result, chosen, full=False, reveal=reveal)
    return exit_code(results)


@click.command("explain", cls=Command)
@click.argument("path", type=PathArgument())
@option("--stage", type=STAGE, default="submitted")
@option("--profile", metavar="ID")
@click.pass_obj
def explain(session: Session, path: Path, stage: str, profile: str | None) -> int:
    """Judge one document and show the whole reasoning."""
    chosen = session.profile(profile)
    results = list(judged(session, [path], Stage(stage), chosen))
    for result in results:
        show(session, result, chosen, full=True, reveal=False)
    return exit_code(results)


def revealing(session: Session) -> Actor | None:
    """Who looks at unmasked values in an office; None where there is no office to keep account.

    Raises ``ActionRefused`` for an account the office does not know, or whose roles handle no
    papers (INT-03).
    """
    if session.office_or_none() is None:
        return None
    try:
        viewer = session.actor()
    except ActionRefused as refused:
        raise ActionRefused("reveal_unknown", **refused.values) from refused
    require(viewer, Permission.REVEAL)
    return viewer


def record_revealing(session: Session, viewer: Actor, result: Judged) -> None:
    """Record that somebody saw a bundle's personal values, before they are shown."""
    if result.examined is None or not result.examined.reading.personal:
        return
    subject = f"content:{result.examined.bundle.input_digest[:16]}"
    count = {"values": len(result.examined.reading.personal)}
    with session.database() as database, database.write() as connection:
        audit.record(connection, "revealed", subject, viewer.name, now(), count)


def as_object(
    session: Session, result: Judged, profile: Profile, *, reveal: bool
) -> dict[str, object]:
    """One result for machines."""
    if result.stopped:
        return stopped_object(result.stopped)
    if result.examined is None or result.verdict is None:
        return error_object(result.paths[0], str(result.error))
    voice = Voice.about(result.examined.bundle, profile, session.contacts, result.examined.reading)
    return verdict_object(result.examined, result.verdict, voice, reveal=reveal)


def place(result: Judged) -> str:
    """Where a bundle lies: its folder, or its only file; nothing of a stopped one (A6)."""
    if result.stopped:
        return ""
    first = result.paths[0]
    return shown(first if len(result.paths) == 1 else first.parent)


def show(session: Session, result: Judged, profile: Profile, *, full: bool, reveal: bool) -> None:
    """One result for people."""
    if result.stopped:
        officer = contact_words(session.contacts.secrecy_officer, "officer")
        count = len({path for path, _ in result.stopped.marks})
        session.tell(say("cli.stopped", count=count, officer=officer))
    elif result.examined is None or result.verdict is None:
        name = shown(Path(result.paths[0].name))
        session.tell(say("cli.failed", file=name, problem=str(result.error)))
    else:
        voice = Voice.about(
            result.examined.bundle, profile, session.contacts, result.examined.reading
        )
        show_verdict(session.out, result.examined, result.verdict, voice, full=full, reveal=reveal)
    session.out.print()
