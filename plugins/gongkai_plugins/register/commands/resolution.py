"""``gongkai register resolution``: what the leading group agreed to (REG-04, C-15)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from gongkai.cli.arguments import ExistingFile
from gongkai.cli.session import Session
from gongkai.cli.user_words import Day
from gongkai.cli.words import Command, Group, option
from gongkai.messages import say
from gongkai.moment import now
from gongkai.people.permissions import Permission, require
from gongkai_plugins.register import resolutions
from gongkai_plugins.register.commands.desk import OWN, at_register, table, told_date
from gongkai_plugins.register.resolutions import BATCH, STANDING, Resolution
from gongkai_plugins.register.upkeep import digest_of


@click.group("resolution", cls=Group, catalogue=OWN)
def resolution() -> None:
    """Commands about resolutions."""


@resolution.command("add", cls=Command, catalogue=OWN)
@click.argument("number", metavar="NUMBER")
@option("--date", "adopted_on", type=Day(), required=True, metavar="DATE")
@option("--scope", required=True)
@option("--expires", type=Day(), metavar="DATE")
@option("--case", "named", multiple=True, metavar="CASE")
@option("--evidence", type=ExistingFile(), metavar="FILE")
@click.pass_obj
def add(
    session: Session,
    number: str,
    adopted_on: date,
    scope: str,
    expires: date | None,
    named: tuple[str, ...],
    evidence: Path | None,
) -> int:
    """Record a resolution: with cases a batch, without any a standing one."""
    made = Resolution(
        number=number.strip(),
        adopted_on=told_date(adopted_on),
        scope=scope,
        kind=BATCH if named else STANDING,
        expires_on=told_date(expires),
        cases=named,
        evidence_name=evidence.name if evidence else "",
        evidence_sha256=digest_of(evidence)[0] if evidence else "",
    )
    with at_register(session) as keeping:
        require(keeping.actor, Permission.KEEP_REGISTER)
        with keeping.work.database.write() as connection:
            resolutions.add(connection, made, keeping.actor.name, now())
    session.tell(say("gongkai_plugins.register:resolution_added", number=made.number))
    return 0


@resolution.command("list", cls=Command, catalogue=OWN)
@option("--json", "as_json", is_flag=True)
@click.pass_obj
def list_(session: Session, as_json: bool) -> int:
    """Every resolution, and whether it still carries entries."""
    today = date.today().isoformat()
    with at_register(session) as keeping, keeping.work.database.read() as connection:
        found = resolutions.resolutions(connection)
    if not found and not as_json:
        session.tell(say("gongkai_plugins.register:no_resolutions"))
        return 0
    shown = table("resolution", "adopted", "scope", "expires")
    for each in found:
        if as_json:
            session.print_json(
                {
                    "number": each.number,
                    "adopted_on": each.adopted_on,
                    "scope": each.scope,
                    "kind": each.kind,
                    "expires_on": each.expires_on,
                    "cases": list(each.cases),
                }
            )
            continue
        over = each.expires_on and each.expires_on < today
        expired = say("gongkai_plugins.register:expired") if over else ""
        until = each.expires_on or say("gongkai_plugins.register:until_notice")
        if each.kind == BATCH:
            until = "、".join(each.cases)
        shown.add_row(each.number, each.adopted_on, each.scope, until + expired)
    if not as_json:
        session.out.print(shown)
    return 0
