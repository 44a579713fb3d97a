"""Steps on a case that decide no attribute of their own."""

from __future__ import annotations

import click

from gongkai.cli.case_signing import Said, Signing, signing
from gongkai.cli.case_work import take_step
from gongkai.cli.session import Session
from gongkai.cli.words import Command, option
from gongkai.lifecycle.act import Act


@click.command("examine", cls=Command)
@click.argument("number")
@option("--reason", default="")
@signing
@click.pass_obj
def examine(session: Session, number: str, reason: str, signing: Signing) -> int:
    """The section's head has examined the paper."""
    return take_step(session, number, signing, Act.EXAMINE, Said(reason=reason))


@click.command("accept", cls=Command)
@click.argument("number")
@option("--reason", default="")
@signing
@click.pass_obj
def accept(session: Session, number: str, reason: str, signing: Signing) -> int:
    """The office has checked the paper (SRC-15)."""
    return take_step(session, number, signing, Act.ACCEPT, Said(reason=reason))


@click.command("return", cls=Command)
@click.argument("number")
@option("--reason", default="")
@option("--basis", default="")
@signing
@click.pass_obj
def return_(session: Session, number: str, reason: str, basis: str, signing: Signing) -> int:
    """Return the paper to its section, with a numbered notice (SRC-16)."""
    return take_step(session, number, signing, Act.RETURN, Said(reason=reason, basis=basis))


@click.command("keep", cls=Command)
@click.argument("number")
@option("--reason", default="")
@signing
@click.pass_obj
def keep(session: Session, number: str, reason: str, signing: Signing) -> int:
    """文字性修改: the attribute stands for the text as it now is (A3)."""
    return take_step(session, number, signing, Act.KEEP, Said(reason=reason))


@click.command("resign", cls=Command)
@click.argument("number")
@option("--reason", default="")
@signing
@click.pass_obj
def resign(session: Session, number: str, reason: str, signing: Signing) -> int:
    """实质性修改: reviewed and checked again, then back to the signer (A3)."""
    return take_step(session, number, signing, Act.RESIGN, Said(reason=reason))


@click.command("vouch", cls=Command)
@click.argument("number")
@option("--reason", default="")
@signing
@click.pass_obj
def vouch(session: Session, number: str, reason: str, signing: Signing) -> int:
    """The office states in writing what stands in files nobody could read."""
    return take_step(session, number, signing, Act.VOUCH, Said(reason=reason))


@click.command("redetermine", cls=Command)
@click.argument("number")
@option("--reason", default="")
@signing
@click.pass_obj
def redetermine(session: Session, number: str, reason: str, signing: Signing) -> int:
    """Begin a new round for a paper that was at rest."""
    return take_step(session, number, signing, Act.REDETERMINE, Said(reason=reason))


@click.command("cancel", cls=Command)
@click.argument("number")
@option("--reason", default="")
@signing
@click.pass_obj
def cancel(session: Session, number: str, reason: str, signing: Signing) -> int:
    """End a case that leads nowhere; its number is not given again."""
    return take_step(session, number, signing, Act.CANCEL, Said(reason=reason))
