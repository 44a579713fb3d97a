"""Steps on a case that decide an attribute without drafting: 经商更正 and the signer's word."""

from __future__ import annotations

import click

from gongkai.cli.case_signing import Said, Signing, signing
from gongkai.cli.case_work import take_step
from gongkai.cli.session import Session
from gongkai.cli.words import Command, option
from gongkai.lifecycle.act import Act
from gongkai.messages import say
from gongkai.model.attribute import DisclosureAttribute


@click.command("correct", cls=Command)
@click.argument("number")
@click.argument("attribute")
@option("--agreed-with", default="", metavar="NAME")
@option("--reason", default="")
@option("--basis", default="")
@signing
@click.pass_obj
def correct(
    session: Session,
    number: str,
    attribute: str,
    agreed_with: str,
    reason: str,
    basis: str,
    signing: Signing,
) -> int:
    """经商拟稿人同意，更正为…: both names are kept, and nothing was returned (B9)."""
    value = attribute_of(session, attribute)
    said = Said(value, reason=reason, basis=basis, agreed_with=agreed_with)
    return take_step(session, number, signing, Act.CORRECT, said)


@click.command("approve", cls=Command)
@click.argument("number")
@click.argument("attribute", required=False)
@option("--reason", default="")
@option("--basis", default="")
@option("--not-secret", is_flag=True)
@signing
@click.pass_obj
def approve(
    session: Session,
    number: str,
    attribute: str | None,
    reason: str,
    basis: str,
    not_secret: bool,
    signing: Signing,
) -> int:
    """The signer determines; without an attribute, what was proposed (N-20, C-23)."""
    value = attribute_of(session, attribute) if attribute else None
    said = Said(value, not_secret=not_secret, reason=reason, basis=basis)
    return take_step(session, number, signing, Act.APPROVE, said)


def attribute_of(session: Session, text: str) -> DisclosureAttribute:
    """The attribute a word of the command line means in the office's profile."""
    value = session.profile().attribute_for(text)
    if value is None:
        words = say("cli.attribute_unknown", text=text)
        raise click.BadParameter(words, param_hint="ATTRIBUTE")
    return value
