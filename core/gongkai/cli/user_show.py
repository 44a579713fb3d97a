"""``gongkai user list`` and ``show``: who is known, and which roles anybody had when."""

from __future__ import annotations

from datetime import date, datetime

import click
from rich.table import Table

from gongkai.cli.session import Session
from gongkai.cli.status import moment
from gongkai.cli.user_words import period_words, role_words, unit_words
from gongkai.cli.words import Command, option
from gongkai.lifecycle.roles import Held, own_first
from gongkai.messages import say
from gongkai.moment import now
from gongkai.people.permissions import Permission, require
from gongkai.people.roster import Known, Roster, counts, roster
from gongkai.store.people import Assignment


@click.command("list", cls=Command)
@option("--all", "show_all", is_flag=True)
@option("--json", "as_json", is_flag=True)
@click.pass_obj
def list_(session: Session, show_all: bool, as_json: bool) -> int:
    """Who is known, and in which roles today."""
    everybody = _seen(session)
    found = [each for each in everybody.people.values() if show_all or each.active]
    if as_json:
        for each in found:
            session.print_json(_as_object(each, everybody))
        return 0
    table = _table("name", "section", "roles", "accounts", "password", "state")
    for each in found:
        table.add_row(
            each.name,
            each.section,
            "\n".join(_held_words(held) for held in _today(each, everybody)),
            " ".join(each.accounts),
            _password_words(each),
            _state_words(each),
        )
    session.out.print(table)
    if not everybody.apart:
        session.remark(say("people.small_office"))
    return 0


@click.command("show", cls=Command)
@click.argument("name")
@option("--json", "as_json", is_flag=True)
@click.pass_obj
def show(session: Session, name: str, as_json: bool) -> int:
    """One person with every role ever given."""
    everybody = _seen(session, name)
    person = everybody.known(name)
    if as_json:
        given = {"assignments": [_assignment_object(each) for each in person.assignments]}
        session.print_json(_as_object(person, everybody) | given)
        return 0
    session.tell(
        say(
            "people.heading",
            name=name,
            section=person.section or say("people.none"),
            accounts=" ".join(person.accounts) or say("people.none"),
            password=_password_words(person) or say("people.none"),
            state=_state_words(person),
        )
    )
    table = _table("role", "unit", "dates", "granted", "revoked", "counts")
    today = date.today()
    counting = set(_today(person, everybody))
    for role in person.stated.roles if person.stated else ():
        held = Held(role, person.unit_of(role))
        where = say("people.from_settings")
        table.add_row(
            role_words(role), unit_words(held.unit), where, "", "", _yes(held in counting)
        )
    for each in person.assignments:
        table.add_row(
            _held_words(Held(each.role, "", each.on_behalf_of)),
            _reach_words(each),
            period_words(each.from_on, each.to_on),
            f"{each.granted_by} {moment(each.granted_at)}",
            f"{each.revoked_by} {moment(each.revoked_at)}" if each.revoked_at else "",
            _yes(counts(each, today) and _rests_on(each, counting)),
        )
    session.out.print(table if table.row_count else say("people.no_role", name=name))
    return 0


def _seen(session: Session, name: str = "") -> Roster:
    """Everybody, for those who may see that; everyone may see himself."""
    with session.database() as database, database.read() as connection:
        viewer = session.acting(connection)
        if viewer.name != name:
            require(viewer, Permission.SEE_USERS)
        return roster(connection, session.office.settings)


def _today(person: Known, everybody: Roster) -> list[Held]:
    if not person.active:
        return []
    held = everybody.actor(person.name, date.today()).roles
    return sorted(held, key=lambda each: (own_first(each), each.role))


def _rests_on(given: Assignment, counting: set[Held]) -> bool:
    """Whether an assignment is among what counts; a delegated one may lend less than it says."""
    return any(
        (held.role, held.on_behalf_of) == (given.role, given.on_behalf_of)
        and given.unit in {"", held.unit}
        for held in counting
    )


def _as_object(person: Known, everybody: Roster) -> dict[str, object]:
    stored = person.stored
    return {
        "name": person.name,
        "section": person.section,
        "active": person.active,
        "accounts": list(person.accounts),
        "in_settings": person.stated is not None,
        "has_password": bool(stored and stored.has_password),
        "locked_until": _locked_until(person),
        "roles": [
            {"role": str(held.role), "unit": held.unit, "on_behalf_of": held.on_behalf_of}
            for held in _today(person, everybody)
        ],
    }


def _assignment_object(given: Assignment) -> dict[str, object]:
    return {
        "role": str(given.role),
        "unit": given.unit,
        "on_behalf_of": given.on_behalf_of,
        "from": given.from_on.isoformat(),
        "to": given.to_on.isoformat() if given.to_on else None,
        "granted_by": given.granted_by,
        "granted_at": given.granted_at,
        "revoked_by": given.revoked_by,
        "revoked_at": given.revoked_at or None,
    }


def _held_words(held: Held) -> str:
    words = role_words(held.role)
    if held.unit:
        words = say("people.held_in", role=words, unit=held.unit)
    if held.on_behalf_of:
        words = say("people.held_for", role=words, owner=held.on_behalf_of)
    return words


def _reach_words(given: Assignment) -> str:
    """For which unit; a delegated role without one reaches as far as the owner's."""
    if given.on_behalf_of and not given.unit:
        return say("people.as_owner", owner=given.on_behalf_of)
    return unit_words(given.unit)


def _password_words(person: Known) -> str:
    return say("people.has_password") if person.stored and person.stored.has_password else ""


def _state_words(person: Known) -> str:
    if not person.active:
        return say("people.inactive")
    if until := _locked_until(person):
        return say("people.locked", until=moment(until))
    return say("people.active")


def _locked_until(person: Known) -> str:
    until = person.stored.locked_until if person.stored else ""
    over = not until or datetime.fromisoformat(until) <= datetime.fromisoformat(now())
    return "" if over else until


def _yes(counting: bool) -> str:
    return say("people.yes") if counting else ""


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in columns:
        table.add_column(say(f"people.column_{name}"), overflow="fold")
    return table
