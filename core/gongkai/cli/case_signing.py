"""Who acts on a case from the command line: somebody himself, or a signature on paper (A9, B8)."""

from __future__ import annotations

import datetime
import functools
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from sqlalchemy import Connection

from gongkai.cli.arguments import shown
from gongkai.cli.session import Session, account_name
from gongkai.cli.user_words import Day
from gongkai.cli.words import option
from gongkai.errors import ActionRefused, QuarantinedDocument, UnreadableDocument
from gongkai.lifecycle.act import Act
from gongkai.lifecycle.case import Wish
from gongkai.lifecycle.roles import Actor
from gongkai.messages import say
from gongkai.model.attribute import DisclosureAttribute
from gongkai.model.content import Block, Content, Format, Part
from gongkai.model.determination import Medium
from gongkai.notices import contact_words
from gongkai.people.roster import roster
from gongkai.secrecy import secrecy_marks


@dataclass(frozen=True)
class Said:
    """What a step decides or explains."""

    attribute: DisclosureAttribute | None = None
    not_secret: bool = False
    reason: str = ""
    basis: str = ""
    agreed_with: str = ""
    objection: str = ""


NOTHING = Said()


@dataclass(frozen=True)
class Signing:
    """Who signs and where: what the options of every step say together."""

    by: str = ""
    paper: bool = False
    signer: str = ""
    on: datetime.date | None = None
    proof: str = ""
    opinion: str = ""
    dry_run: bool = False

    def wish(
        self, session: Session, connection: Connection, act: Act, said: Said = NOTHING
    ) -> Wish:
        """What the people named want to do.

        Raises ``UsageError`` for options that do not go together, ``ActionRefused`` for
        people nobody knows and for a day that has not come.
        """
        self._check()
        recorder = acting_here(session, connection, self.by)
        on = self.on or datetime.date.today()
        actor = recorder
        if self.paper:
            if on > datetime.date.today():
                raise ActionRefused("case_day_to_come", day=on.isoformat())
            # He signed in the roles he had on that day.
            actor = roster(connection, session.office.settings).actor(self.signer, on)
        return Wish(
            act=act,
            actor=actor,
            acted_on=on.isoformat(),
            recorder=recorder,
            attribute=said.attribute,
            not_secret=said.not_secret,
            opinion=self.opinion.strip(),
            reason=said.reason.strip(),
            basis=said.basis.strip(),
            evidence=evidence_of(session, self.proof),
            agreed_with=said.agreed_with,
            medium=Medium.PAPER if self.paper else Medium.SYSTEM,
            details=(("objection", said.objection),) if said.objection else (),
        )

    def _check(self) -> None:
        if self.paper and not self.signer:
            raise click.UsageError(say("cli.missing_parameter", name="--signer"))
        if not self.paper and (self.signer or self.on):
            raise click.UsageError(say("case.only_on_paper"))


def signing(command: Callable[..., int]) -> Callable[..., int]:
    """The options of whoever signs, handed to the command as one ``signing``."""

    @option("--by", default="", metavar="NAME")
    @option("--paper", is_flag=True)
    @option("--signer", default="", metavar="NAME")
    @option("--on", type=Day(), metavar="DATE")
    @option("--evidence", "proof", default="", metavar="FILE")
    @option("--opinion", default="")
    @option("--dry-run", is_flag=True)
    @functools.wraps(command)
    def packed(*given: Any, **options: Any) -> int:
        names = ("by", "paper", "signer", "on", "proof", "opinion", "dry_run")
        return command(*given, signing=Signing(**{n: options.pop(n) for n in names}), **options)

    return packed


def acting_here(session: Session, connection: Connection, named: str = "") -> Actor:
    """Who sits at this account; ``named`` chooses among several people who share it.

    Raises ``ActionRefused`` for a name whose account this is not: anybody can type one.
    """
    if not named:
        return session.acting(connection)
    everybody = roster(connection, session.office.settings)
    person = everybody.people.get(named)
    if person is None or account_name() not in person.accounts:
        raise ActionRefused("case_not_your_account", name=named)
    return everybody.actor(named, datetime.date.today())


def evidence_of(session: Session, text: str) -> str:
    """What proves a signature: words, or a file by its name and sha256.

    Raises ``UnreadableDocument`` for a file that cannot be read, ``QuarantinedDocument`` for
    one whose name bears a secrecy mark.
    """
    path = Path(text)
    if not text.strip() or not path.is_file():
        return text.strip()
    named = Content("", Format.TEXT, (Block("name", Part.NAME, path.name),))
    if secrecy_marks(named):
        officer = contact_words(session.contacts.secrecy_officer, "officer")
        raise QuarantinedDocument("secrecy_mark", officer=officer)
    try:
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableDocument(
            "cannot_open", file=shown(path), problem=error.strerror or ""
        ) from error
    return f"{shown(Path(path.name))} sha256:{digest}"
