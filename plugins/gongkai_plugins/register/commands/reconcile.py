"""``gongkai register reconcile``: the register against what is really public (REG-05)."""

from __future__ import annotations

from pathlib import Path

import click

from gongkai.cli.arguments import ExistingPath
from gongkai.cli.session import Session
from gongkai.cli.words import Command, option
from gongkai.messages import say
from gongkai.moment import now
from gongkai.people.permissions import Permission, require
from gongkai_plugins.register import reports
from gongkai_plugins.register.codes import Channel
from gongkai_plugins.register.commands.desk import OWN, at_register
from gongkai_plugins.register.online import Item, read_online
from gongkai_plugins.register.overview import overview
from gongkai_plugins.register.reconciling import Mismatch, Registered, differences


@click.command("reconcile", cls=Command, catalogue=OWN)
@option("--published", type=ExistingPath(), required=True, metavar="FILE|DIR")
@option("--json", "as_json", is_flag=True)
@click.pass_obj
def reconcile(session: Session, published: Path, as_json: bool) -> int:
    """Compare, tell each difference, and keep a dated report; 1 when something differs."""
    online = read_online(published)
    with at_register(session) as keeping:
        require(keeping.actor, Permission.RECORD_PUBLICATION)
        main = Channel(keeping.work.profile.keys.registration.main_channel.value)
        with keeping.work.database.read() as connection:
            known = reports.registered(connection, overview(connection))
        found = differences(known, online.items, main)
        with keeping.work.database.write() as connection:
            number = reports.record(
                connection, online, len(known), found, keeping.actor.name, now()
            )
    names = {entry.number: entry for entry in known}
    items = {item.line: item for item in online.items}
    for each in found:
        if as_json:
            session.print_json(
                {"difference": each.code.value, "entry": each.number, "line": each.line}
            )
        else:
            session.tell(_words(each, names.get(each.number), items.get(each.line)))
    if not as_json:
        session.tell(
            say(
                "gongkai_plugins.register:reconciled",
                number=number,
                online=len(online.items),
                registered=len(known),
                count=len(found),
            )
        )
    return 1 if found else 0


def _words(each: Mismatch, entry: Registered | None, item: Item | None) -> str:
    return say(
        f"gongkai_plugins.register:difference_{each.code}",
        entry=each.number,
        name=entry.name if entry else "",
        line=each.line,
        title=(item.title or item.url) if item else "",
    )
