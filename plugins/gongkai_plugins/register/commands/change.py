"""``gongkai register correct``, ``cancel``, ``withdraw`` and ``file``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from gongkai.cli.arguments import ExistingFile
from gongkai.cli.session import Session
from gongkai.cli.user_words import Day
from gongkai.cli.words import Command, option
from gongkai.messages import say
from gongkai_plugins.register import upkeep
from gongkai_plugins.register.commands.add import CADENCES, CHANNELS, changes
from gongkai_plugins.register.commands.desk import OWN, at_register


@click.command("correct", cls=Command, catalogue=OWN)
@click.argument("name", metavar="ENTRY|CASE")
@option("--why", required=True)
@option("--name", "new_name")
@option("--subject")
@option("--scope")
@option("--opinion")
@option("--channel", "channels", multiple=True, type=CHANNELS)
@option("--planned", "planned_on", type=Day(), metavar="DATE")
@option("--resolution")
@option("--doc-number")
@option("--made-on")
@option("--summary")
@option("--cadence", type=CADENCES)
@option("--batch")
@option("--reason")
@option("--basis")
@option("--next-review", type=Day(), metavar="DATE")
@click.pass_obj
def correct(session: Session, /, name: str, why: str, new_name: str | None, **said: Any) -> int:
    """Make a further entry that says what this one should have said."""
    given = changes({**said, "name": new_name})
    with at_register(session) as keeping:
        made = upkeep.correct(keeping, name, given, why)
    session.tell(say("gongkai_plugins.register:corrected", number=made.number, before=made.before))
    return 0


@click.command("cancel", cls=Command, catalogue=OWN)
@click.argument("name", metavar="ENTRY|CASE")
@option("--reason", default="")
@click.pass_obj
def cancel(session: Session, name: str, reason: str) -> int:
    """Cancel an entry and its case; the number is not given again."""
    with at_register(session) as keeping:
        entry = keeping.cancel(name, reason)
    session.tell(say("gongkai_plugins.register:cancelled", number=entry.number))
    return 0


@click.command("withdraw", cls=Command, catalogue=OWN)
@click.argument("name", metavar="ENTRY|CASE")
@option("--reason", default="")
@option("--explanation", default="")
@click.pass_obj
def withdraw(session: Session, name: str, reason: str, explanation: str) -> int:
    """Record that it was taken down, why, and what the public was told."""
    with at_register(session) as keeping:
        moved = keeping.withdraw(name, reason, explanation)
    session.tell(say("gongkai_plugins.register:withdrawn", case=moved.after.number))
    if not explanation:
        session.remark(say("gongkai_plugins.register:no_explanation"))
    return 0


@click.command("file", cls=Command, catalogue=OWN)
@click.argument("name", metavar="ENTRY|CASE")
@click.argument("paper", type=ExistingFile(), metavar="FILE")
@option("--kind", default="")
@click.pass_obj
def file_(session: Session, name: str, paper: Path, kind: str) -> int:
    """Put a base paper on record, by its name and digest."""
    with at_register(session) as keeping:
        until = upkeep.file_paper(keeping, name, paper, kind)
    session.tell(say("gongkai_plugins.register:filed", file=paper.name, day=until))
    return 0
