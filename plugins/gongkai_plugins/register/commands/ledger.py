"""``gongkai register ledger``: 台账 of a year or a period, as a sheet or as pages."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from gongkai.cli.arguments import Choice, PathArgument, shown
from gongkai.cli.register_checkpoint import act_of
from gongkai.cli.session import Session
from gongkai.cli.user_words import Day
from gongkai.cli.words import Command, option
from gongkai.forms.papers import Ledger
from gongkai.forms.render import render_docx, render_xlsx
from gongkai.forms.templates import office_templates
from gongkai.lifecycle.roles import Role
from gongkai.messages import say
from gongkai.moment import now
from gongkai.people.permissions import Permission, require
from gongkai.people.roster import roster
from gongkai.store import checkpoints
from gongkai.store.checkpoint_paper import foot
from gongkai.store.checkpoints import Stored
from gongkai_plugins.register import ledger as ledgers
from gongkai_plugins.register.commands.desk import OWN, at_register, told_date, write_file
from gongkai_plugins.register.keeping import Keeping
from gongkai_plugins.register.ledger import ORDERS, Period
from gongkai_plugins.register.overview import overview

RENDER = {"xlsx": render_xlsx, "docx": render_docx}


@click.command("ledger", cls=Command, catalogue=OWN)
@click.argument("out", type=PathArgument(), metavar="OUT")
@option("--year", type=int)
@option("--from", "first", type=Day(), metavar="DATE")
@option("--to", "last", type=Day(), metavar="DATE")
@option("--format", "form", type=Choice(tuple(RENDER)))
@option("--sort", "order", type=Choice(tuple(ORDERS)), default="serial")
@option("--checkpoint", is_flag=True)
@click.pass_obj
def ledger(
    session: Session,
    out: Path,
    year: int | None,
    first: date | None,
    last: date | None,
    form: str | None,
    order: str,
    checkpoint: bool,
) -> int:
    """Print the register of a period, tied to the chain by the last checkpoint."""
    period = _period(year, first, last)
    kind = form or (out.suffix[1:] if out.suffix[1:] in RENDER else "xlsx")
    act = act_of(session, Permission.REGISTER_CHAIN_CHECKPOINT) if checkpoint else None
    with at_register(session) as keeping:
        require(keeping.actor, Permission.PRINT_LEDGER)
        if act is not None:
            note = (keeping.actor.name, say("gongkai_plugins.register:checkpoint_note"))
            checkpoints.record(keeping.work.database, session.office.data, act, note)
        with keeping.work.database.read() as connection:
            lines = overview(connection)
            made = checkpoints.latest(connection)
        paper = ledgers.ledger(lines, period, order, keeping.work.profile, _sheet(keeping, made))
    templates = office_templates(session.office.template_folder)
    write_file(out, RENDER[kind](paper, templates))
    session.tell(
        say("gongkai_plugins.register:ledger_made", file=shown(out), count=len(paper.entries))
    )
    if made is None:
        session.remark(say("gongkai_plugins.register:no_checkpoint"))
    return 0


def _sheet(keeping: Keeping, made: Stored | None) -> Ledger:
    """What stands above and below the entries."""
    settings = keeping.work.office.settings
    with keeping.work.database.read() as connection:
        everybody = roster(connection, settings)
    today = date.today()
    custodians = [
        person.name
        for person in everybody.people.values()
        if person.active and everybody.actor(person.name, today).holds(Role.CUSTODIAN)
    ]
    statement = made.checkpoint.statement if made and made.checkpoint else None
    return Ledger(
        period="",
        office=settings.organization.name,
        custodian="、".join(custodians),
        printed_at=now()[:10],
        foot=foot(statement) if statement else say("gongkai_plugins.register:foot_without"),
    )


def _period(year: int | None, first: date | None, last: date | None) -> Period:
    if year is not None and (first or last):
        raise click.UsageError(say("gongkai_plugins.register:year_or_days"))
    if first or last:
        until = last or date.today()
        return Period(told_date(first or date(until.year, 1, 1)), told_date(until))
    named = year or date.today().year
    return Period(f"{named}-01-01", f"{named}-12-31")
