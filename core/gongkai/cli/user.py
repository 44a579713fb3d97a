"""``gongkai user``: people, their roles and passwords, for the administrator."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date

import click
from sqlalchemy import Connection

from gongkai.cli.session import Session
from gongkai.cli.user_show import list_, show
from gongkai.cli.user_words import (
    Day,
    RoleName,
    asked_password,
    period_words,
    role_words,
    unit_words,
)
from gongkai.cli.words import Command, Group, option
from gongkai.lifecycle.roles import Role
from gongkai.messages import say
from gongkai.moment import now
from gongkai.people.changes import Administration, Period, own_password
from gongkai.people.passwords import hash_of


@click.group("user", cls=Group)
def user() -> None:
    """Commands about people."""


user.add_command(list_)
user.add_command(show)


@user.command("add", cls=Command)
@click.argument("name")
@option("--section", default="")
@option("--account", "accounts", multiple=True, metavar="ACCOUNT")
@option("--password-stdin", is_flag=True)
@option("--dry-run", is_flag=True)
@click.pass_obj
def add(
    session: Session,
    name: str,
    section: str,
    accounts: tuple[str, ...],
    password_stdin: bool,
    dry_run: bool,
) -> int:
    """Add somebody who has no role yet."""
    secret = hash_of(asked_password(session, name, from_stdin=True), name) if password_stdin else ""
    with _administration(session, dry_run=dry_run) as work:
        work.add(name, section, accounts)
        if secret:
            work.set_password(name, secret)
    _told(session, say("people.act_add", name=name), dry_run=dry_run)
    session.remark(say("people.no_role", name=name))
    return 0


@user.command("change", cls=Command)
@click.argument("name")
@option("--section")
@option("--account", "accounts", multiple=True, metavar="ACCOUNT")
@option("--dry-run", is_flag=True)
@click.pass_obj
def change(
    session: Session, name: str, section: str | None, accounts: tuple[str, ...], dry_run: bool
) -> int:
    """Store another section or other accounts."""
    if section is None and not accounts:
        raise click.UsageError(say("cli.missing_parameter", name="--section"))
    with _administration(session, dry_run=dry_run) as work:
        work.change(name, section, accounts or None)
    _told(session, say("people.act_change", name=name), dry_run=dry_run)
    return 0


@user.command("grant", cls=Command)
@click.argument("name")
@click.argument("role", type=RoleName())
@option("--unit", default="", metavar="SECTION")
@option("--from", "from_on", type=Day(), metavar="DATE")
@option("--to", "to_on", type=Day(), metavar="DATE")
@option("--dry-run", is_flag=True)
@click.pass_obj
def grant(
    session: Session,
    name: str,
    role: Role,
    unit: str,
    from_on: date | None,
    to_on: date | None,
    dry_run: bool,
) -> int:
    """Give a role from one day to another."""
    period = Period(from_on or date.today(), to_on)
    with _administration(session, dry_run=dry_run) as work:
        given = work.grant(name, role, unit, period)
    words = say(
        "people.act_grant",
        name=name,
        role=role_words(role),
        unit=unit_words(given.unit),
        period=period_words(period.first, period.last),
    )
    _told(session, words, dry_run=dry_run)
    return 0


@user.command("delegate", cls=Command)
@click.argument("owner")
@click.argument("deputy")
@click.argument("role", type=RoleName())
@option("--unit", default="", metavar="SECTION")
@option("--from", "from_on", type=Day(), metavar="DATE")
@option("--to", "to_on", type=Day(), metavar="DATE")
@option("--dry-run", is_flag=True)
@click.pass_obj
def delegate(
    session: Session,
    owner: str,
    deputy: str,
    role: Role,
    unit: str,
    from_on: date | None,
    to_on: date | None,
    dry_run: bool,
) -> int:
    """Let a deputy hold somebody's role for a time."""
    period = Period(from_on or date.today(), to_on)
    with _administration(session, dry_run=dry_run) as work:
        work.delegate(owner, deputy, role, unit, period)
    words = say(
        "people.act_delegate",
        owner=owner,
        deputy=deputy,
        role=role_words(role),
        period=period_words(period.first, period.last),
    )
    _told(session, words, dry_run=dry_run)
    return 0


@user.command("revoke", cls=Command)
@click.argument("name")
@click.argument("role", type=RoleName())
@option("--unit", metavar="SECTION")
@option("--on-behalf-of", metavar="NAME")
@option("--dry-run", is_flag=True)
@click.pass_obj
def revoke(
    session: Session,
    name: str,
    role: Role,
    unit: str | None,
    on_behalf_of: str | None,
    dry_run: bool,
) -> int:
    """End a role today."""
    with _administration(session, dry_run=dry_run) as work:
        ended = work.revoke(name, role, unit, on_behalf_of)
    for each in ended:
        where = unit_words(each.unit)
        words = say("people.act_revoke", name=name, role=role_words(role), unit=where)
        _told(session, words, dry_run=dry_run)
    return 0


@user.command("password", cls=Command)
@click.argument("name")
@option("--password-stdin", is_flag=True)
@option("--dry-run", is_flag=True)
@click.pass_obj
def password(session: Session, name: str, password_stdin: bool, dry_run: bool) -> int:
    """Set a password for the desk; one's own without being an administrator."""
    own = session.actor().name == name
    secret = hash_of(asked_password(session, name, from_stdin=password_stdin), name)
    if own:
        with _rehearsed(session, dry_run=dry_run) as connection:
            own_password(connection, session.office.settings, name, secret, now())
    else:
        with _administration(session, dry_run=dry_run) as work:
            work.set_password(name, secret)
    _told(session, say("people.act_password", name=name), dry_run=dry_run)
    return 0


@user.command("deactivate", cls=Command)
@click.argument("name")
@option("--dry-run", is_flag=True)
@click.pass_obj
def deactivate(session: Session, name: str, dry_run: bool) -> int:
    """Let somebody act no more."""
    with _administration(session, dry_run=dry_run) as work:
        work.deactivate(name)
    _told(session, say("people.act_deactivate", name=name), dry_run=dry_run)
    return 0


@user.command("activate", cls=Command)
@click.argument("name")
@option("--dry-run", is_flag=True)
@click.pass_obj
def activate(session: Session, name: str, dry_run: bool) -> int:
    """Let somebody act again."""
    with _administration(session, dry_run=dry_run) as work:
        work.activate(name)
    _told(session, say("people.act_activate", name=name), dry_run=dry_run)
    return 0


class _Undone(Exception):
    """Ends a rehearsal: everything was tried, nothing stays."""


@contextmanager
def _rehearsed(session: Session, *, dry_run: bool) -> Iterator[Connection]:
    """A transaction that a rehearsal undoes after every question was asked in earnest."""
    with session.database() as database, suppress(_Undone), database.write() as connection:
        yield connection
        if dry_run:
            raise _Undone


@contextmanager
def _administration(session: Session, *, dry_run: bool) -> Iterator[Administration]:
    """The administrator whose account this is, at work."""
    with _rehearsed(session, dry_run=dry_run) as connection:
        by = session.acting(connection)
        yield Administration(connection, session.office.settings, by.name, now())


def _told(session: Session, words: str, *, dry_run: bool) -> None:
    session.tell(say("people.would" if dry_run else "people.done", words=words))
