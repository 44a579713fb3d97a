"""``gongkai profile``: the policies an office can work under."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click
from rich.table import Table

from gongkai.cli.arguments import STAGE, ExistingFile, PathArgument, shown
from gongkai.cli.judged import judged
from gongkai.cli.session import Session
from gongkai.cli.words import Command, Group, option
from gongkai.messages import say
from gongkai.model.attribute import Stage
from gongkai.policy.listing import listing
from gongkai.policy.loading import known_profiles
from gongkai.policy.profile import load_profile


@click.group("profile", cls=Group)
def profile() -> None:
    """Commands about profiles."""


@profile.command("list", cls=Command)
@click.pass_obj
def list_(session: Session) -> int:
    """Every profile at hand; the office's own come first."""
    current = session.profile().id
    for id in known_profiles(_folders(session)):
        loaded = session.profile(id)
        mark = say("cli.current") if id == current else ""
        session.out.print(f"{loaded.key}  {loaded.title}{mark}")
    return 0


@profile.command("show", cls=Command)
@click.argument("id", required=False)
@click.pass_obj
def show(session: Session, id: str | None) -> int:
    """Every key of a profile with its value, ground and level."""
    loaded = session.profile(id)
    session.out.print(f"{loaded.key}  {loaded.title}")
    table = Table(box=None, pad_edge=False)
    for name in ("key", "value", "basis"):
        table.add_column(say(f"cli.column_{name}"), overflow="fold")
    for key, value, basis in listing(loaded):
        table.add_row(key, value, basis)
    session.out.print(table)
    return 0


@profile.command("check", cls=Command)
@click.argument("file", type=ExistingFile())
@click.pass_obj
def check(session: Session, file: Path) -> int:
    """Load a profile file and say whether it is right; errors name key and nearest valid key."""
    loaded = load_profile(file.stem, [file.parent.resolve(), *_folders(session)])
    session.tell(say("cli.profile_ok", key=loaded.key, title=loaded.title))
    return 0


@profile.command("simulate", cls=Command)
@click.argument("id")
@click.argument("paths", nargs=-1, required=True, type=PathArgument())
@option("--stage", type=STAGE, default="submitted")
@click.pass_obj
def simulate(session: Session, id: str, paths: tuple[Path, ...], stage: str) -> int:
    """Judge the same documents under the office's profile and another, and compare."""
    before = list(judged(session, paths, Stage(stage), session.profile()))
    after = list(judged(session, paths, Stage(stage), session.profile(id)))
    changes: Counter[tuple[str, str]] = Counter()
    for old, new in zip(before, after, strict=True):
        if old.outcome is not new.outcome:
            changes[(old.outcome, new.outcome)] += 1
            words = [say(f"cli.outcome_{r.outcome}") for r in (old, new)]
            session.out.print(f"{shown(Path(old.paths[0].name))}: {words[0]} → {words[1]}")
    session.tell(say("cli.simulated", count=len(before), changed=sum(changes.values())))
    return 0


def _folders(session: Session) -> list[Path]:
    office = session.office_or_none()
    return [office.profile_folder] if office else []
