"""``gongkai register export-chain``: the chain as one file for an auditor."""

from __future__ import annotations

from pathlib import Path

import click

from gongkai.cli.arguments import Choice, PathArgument, shown
from gongkai.cli.register_checkpoint import act_of
from gongkai.cli.session import Session
from gongkai.cli.words import Command, option
from gongkai.messages import say
from gongkai.people.permissions import Permission
from gongkai.store.chain_export import Payloads, export, place_verifier


@click.command("export-chain", cls=Command)
@click.argument("out", type=PathArgument())
@option("--payloads", type=Choice([str(p) for p in Payloads]), default=str(Payloads.REGISTER))
@option("--with-verifier", is_flag=True)
@click.pass_obj
def export_chain(session: Session, out: Path, payloads: str, with_verifier: bool) -> int:
    """Write the export, and beside it the program that verifies it."""
    act = act_of(session, Permission.EXPORT_CHAIN)
    with session.database() as database:
        done = export(database, out, Payloads(payloads), act)
    session.tell(
        say(
            "chain.exported",
            file=shown(out),
            rows=done.rows,
            payloads=done.payloads,
            checkpoints=done.checkpoints,
        )
    )
    if done.payloads and payloads == Payloads.ALL:
        session.remark(say("chain.exported_all"))
    if with_verifier:
        file = place_verifier(out.parent)
        session.tell(say("chain.verifier", file=shown(file), name=out.name, program=file.name))
    return 0
