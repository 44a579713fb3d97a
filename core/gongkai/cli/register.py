"""``gongkai register``: the chain of everything recorded, checked row by row."""

from __future__ import annotations

import click

from gongkai.cli.session import Session
from gongkai.cli.words import Command, Group, option
from gongkai.messages import say
from gongkai.store.verification import ChainReport
from gongkai.store.verification import verify as verify_chain


@click.group("register", cls=Group)
def register() -> None:
    """Commands about the register."""


@register.command("verify", cls=Command)
@option("--json", "as_json", is_flag=True)
@click.pass_obj
def verify(session: Session, as_json: bool) -> int:
    """Recompute every row; says what was checked and where the first problem is."""
    with session.database() as database, database.read() as connection:
        report = verify_chain(connection)
    if as_json:
        session.print_json(
            {
                "rows": report.rows,
                "erased": report.erased,
                "ok": report.ok,
                "problem": _words(report),
            }
        )
    else:
        key = "cli.chain_ok" if report.ok else "cli.chain_broken"
        session.tell(say(key, rows=report.rows, erased=report.erased, problem=_words(report)))
    return 0 if report.ok else 1


def _words(report: ChainReport) -> str:
    return f"{report.problem.code} #{report.problem.seq}" if report.problem else ""
