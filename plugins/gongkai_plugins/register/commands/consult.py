"""``gongkai register consult`` and ``opinion``: before a decision, and what people said."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

import click

from gongkai.cli.arguments import Choice
from gongkai.cli.session import Session
from gongkai.cli.user_words import Day
from gongkai.cli.words import Command, Group, option
from gongkai.lifecycle.roles import Actor
from gongkai.messages import say
from gongkai.moment import now
from gongkai.people.permissions import Permission, require
from gongkai_plugins.register import consultations
from gongkai_plugins.register.codes import Method
from gongkai_plugins.register.commands.desk import OWN, at_register, table, told_date

METHODS = Choice(tuple(method.value for method in Method))


@click.group("consult", cls=Group, catalogue=OWN)
def consult() -> None:
    """Commands about matters laid before the public."""


@consult.command("open", cls=Command, catalogue=OWN)
@click.argument("name")
@option("--closes", type=Day(), required=True, metavar="DATE")
@option("--form", "consult_form", required=True)
@option("--scope", required=True)
@option("--case", "draft", default="", metavar="CASE")
@click.pass_obj
def open_(
    session: Session, name: str, closes: date, consult_form: str, scope: str, draft: str
) -> int:
    """Enter a matter with until when, how and from whom opinions are taken."""
    with at_register(session) as keeping:
        by = require_keeper(keeping.actor)
        with keeping.work.database.write() as connection:
            number = consultations.consult(
                connection,
                by,
                now(),
                name=name,
                closes_on=told_date(closes),
                form=consult_form,
                scope=scope,
                case=draft,
            )
    session.tell(say("gongkai_plugins.register:consult_opened", number=number))
    return 0


@consult.command("close", cls=Command, catalogue=OWN)
@click.argument("number")
@option("--case", "final", default="", metavar="CASE")
@option("--note", default="")
@click.pass_obj
def close(session: Session, number: str, final: str, note: str) -> int:
    """Link it with the paper that came of it."""
    with at_register(session) as keeping:
        by = require_keeper(keeping.actor)
        with keeping.work.database.write() as connection:
            consultations.conclude(connection, number, final, note, by, now())
    session.tell(say("gongkai_plugins.register:consult_closed", number=number))
    return 0


@consult.command("list", cls=Command, catalogue=OWN)
@option("--json", "as_json", is_flag=True)
@click.pass_obj
def list_(session: Session, as_json: bool) -> int:
    """Every matter, and whether opinions are still taken."""
    with at_register(session) as keeping, keeping.work.database.read() as connection:
        found = consultations.consultations(connection)
    made = table("number", "name", "closes", "form", "scope", "final")
    for each in found:
        if as_json:
            session.print_json({**asdict(each), "open": each.open(date.today())})
        made.add_row(each.number, each.name, each.closes_on, each.form, each.scope, each.final)
    if not as_json:
        session.out.print(made if found else say("gongkai_plugins.register:none"))
    return 0


@click.group("opinion", cls=Group, catalogue=OWN)
def opinion() -> None:
    """Commands about what people said."""


@opinion.command("add", cls=Command, catalogue=OWN)
@click.argument("text")
@option("--method", type=METHODS, required=True)
@option("--on", "received_on", type=Day(), metavar="DATE")
@option("--consult", "consultation", default="", metavar="NUMBER")
@click.pass_obj
def add(
    session: Session, text: str, method: str, received_on: date | None, consultation: str
) -> int:
    """Enter an opinion: how it came and what it says."""
    with at_register(session) as keeping:
        by = require_keeper(keeping.actor)
        with keeping.work.database.write() as connection:
            number = consultations.take(
                connection,
                by,
                now(),
                method=Method(method),
                text=text,
                received_on=told_date(received_on or date.today()),
                number=consultation,
            )
    session.tell(say("gongkai_plugins.register:opinion_added", number=number))
    return 0


@opinion.command("handle", cls=Command, catalogue=OWN)
@click.argument("number")
@option("--leader", required=True)
@option("--instruction", required=True)
@option("--result", required=True)
@option("--adopted", is_flag=True)
@click.pass_obj
def handle(
    session: Session, number: str, leader: str, instruction: str, result: str, adopted: bool
) -> int:
    """Enter what the leader said and what became of it."""
    with at_register(session) as keeping:
        by = require_keeper(keeping.actor)
        with keeping.work.database.write() as connection:
            consultations.handle(
                connection,
                number,
                by,
                now(),
                leader=leader,
                instruction=instruction,
                result=result,
                adopted=adopted,
            )
    session.tell(say("gongkai_plugins.register:opinion_done", number=number))
    return 0


@opinion.command("list", cls=Command, catalogue=OWN)
@option("--open", "only_open", is_flag=True)
@option("--json", "as_json", is_flag=True)
@click.pass_obj
def opinions_(session: Session, only_open: bool, as_json: bool) -> int:
    """Opinions with what became of them; with --open 1 when one waits."""
    with at_register(session) as keeping, keeping.work.database.read() as connection:
        found = consultations.opinions(connection)
    found = tuple(each for each in found if not (only_open and each.handled))
    made = table("number", "received", "method", "opinion", "instruction", "result")
    for each in found:
        if as_json:
            session.print_json(asdict(each))
        way = say(f"gongkai_plugins.register:method_{each.method}")
        said = each.leader and f"{each.leader}：{each.instruction}"
        made.add_row(each.number, each.received_on, way, each.text, said, each.result)
    if not as_json:
        session.out.print(made if found else say("gongkai_plugins.register:none"))
    return 1 if only_open and found else 0


def require_keeper(actor: Actor) -> str:
    """The custodian's name; raises ``ActionRefused`` for anybody else."""
    require(actor, Permission.KEEP_REGISTER)
    return actor.name
