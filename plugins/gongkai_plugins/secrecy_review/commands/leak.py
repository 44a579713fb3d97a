"""``gongkai case leak`` and ``leak-note``: what must not be public is (SEC-19, B14).

A paper that is public is withdrawn from every channel at once; who approved that is written
down afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import click
from sqlalchemy import Connection, func, select

from gongkai.casework import Moved
from gongkai.cli.deadline import DateText
from gongkai.cli.session import Session
from gongkai.cli.words import option
from gongkai.errors import ActionRefused
from gongkai.lifecycle.act import Act
from gongkai.lifecycle.case import Wish
from gongkai.lifecycle.roles import Role
from gongkai.lifecycle.state import State
from gongkai.messages import say
from gongkai.moment import now
from gongkai.workdays.reckoning import hours
from gongkai_plugins.secrecy_review import records, tables
from gongkai_plugins.secrecy_review.commands.desk import (
    OWN,
    Coded,
    Desk,
    at_desk,
    coded,
    command,
    held,
)
from gongkai_plugins.secrecy_review.facts import Facts, Incident
from gongkai_plugins.secrecy_review.opinions import NoteKind

KIND = Coded("note", tuple(NoteKind))
REPORTERS = (
    Role.SECRECY_OFFICER,
    Role.LEADER_IN_CHARGE,
    Role.OFFICE,
    Role.LEADING_GROUP_OFFICE,
    Role.CUSTODIAN,
)


class Moment(click.ParamType[str]):
    """A moment that has come, as ISO 8601; without an offset it is local."""

    name = "moment"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        try:
            found = datetime.fromisoformat(str(value)).astimezone()
        except ValueError:
            return self.fail(say(f"{OWN}no_moment", text=value), param, ctx)
        if found > datetime.now().astimezone():
            return self.fail(say(f"{OWN}moment_to_come", text=value), param, ctx)
        return found.isoformat(timespec="minutes")


@command("leak")
@click.argument("number")
@option("--channel", required=True)
@option("--noticed", type=Moment(), metavar="MOMENT")
@option("--reason", required=True)
@option("--by", default="", metavar="NAME")
@click.pass_obj
def leak(
    session: Session, number: str, channel: str, noticed: str | None, reason: str, by: str
) -> int:
    """Withdraw a paper from every channel and open the record of a leak."""
    with at_desk(session) as desk:
        facts, me = desk.facts(number), desk.me(by)
        held(me, facts.case, *REPORTERS)
        values: dict[str, object] = {
            "channel": channel,
            "noticed_at": noticed or now(),
            "reason": reason,
            "withdrawn_at": "",
        }
        if facts.case.state is State.PUBLISHED:
            wish = Wish(
                Act.WITHDRAW, me, desk.today, me, reason=reason, details=(("leak", channel),)
            )

            def beside(connection: Connection, moved: Moved) -> None:
                at = moved.step.recorded_at
                whole = {**values, "withdrawn_at": at, "number": _number(connection, at)}
                records.write(connection, moved.after, tables.incident, whole, me.name, at)

            desk.casework.carry_out(number, wish, beside)
            session.tell(say(f"{OWN}withdrawn", number=number))
        else:
            with desk.changing(facts) as (connection, case):
                at = now()
                whole = {**values, "number": _number(connection, at)}
                records.write_alone(connection, case, tables.incident, whole, me.name, at)
        for line in incident_lines(desk.facts(number), desk):
            session.tell(line)
    return 0


@command("leak-note")
@click.argument("number")
@option("--as", "kind", type=KIND, required=True)
@option("--body", default="", metavar="BODY")
@option("--at", "moment", type=Moment(), metavar="MOMENT")
@option("--on", type=DateText(), metavar="DATE")
@option("--words", default="")
@option("--by", default="", metavar="NAME")
@click.pass_obj
def leak_note(
    session: Session,
    number: str,
    kind: str,
    body: str,
    moment: str | None,
    on: date | None,
    words: str,
    by: str,
) -> int:
    """Write down who was told of a leak, who approved the withdrawal, or what came of it."""
    wanted = {NoteKind.NOTIFIED: body, NoteKind.APPROVED: body, NoteKind.OUTCOME: words}
    if not wanted[NoteKind(kind)].strip():
        raise click.UsageError(say(f"{OWN}note_needs_{kind}"))
    with at_desk(session) as desk:
        facts, me = desk.facts(number), desk.me(by)
        held(me, facts.case, *REPORTERS)
        open_ones = [incident for incident in facts.incidents if incident.open]
        if not open_ones:
            raise ActionRefused(f"{OWN}no_incident", number=number)
        values: dict[str, object] = {
            "incident_id": open_ones[-1].id,
            "kind": kind,
            "body": body,
            "noted_on": moment or (desk.past(on) if on else now()),
            "words": words,
        }
        desk.record(facts, tables.incident_note, values, me.name)
        for line in incident_lines(desk.facts(number), desk):
            session.tell(line)
    return 0


def incident_lines(facts: Facts, desk: Desk) -> Iterator[str]:
    """How the record of each leak stands: its clock, and what has been done."""
    for incident in facts.incidents:
        yield say(
            f"{OWN}incident",
            incident=incident.number,
            number=incident.case,
            channel=incident.channel,
            noticed=incident.noticed_at,
        )
        if incident.open:
            yield clock_words(incident, desk)
        for note in incident.notes:
            yield say(
                f"{OWN}incident_note",
                kind=coded(note.kind, "note"),
                body=note.body,
                words=note.words,
                on=note.noted_on,
            )
        if incident.withdrawn_at and not _noted(incident, NoteKind.APPROVED):
            yield say(f"{OWN}approval_to_follow")


def clock_words(incident: Incident, desk: Desk) -> str:
    """The clock for reporting: stopped by the first body told, else what is left."""
    allowed = desk.rules.profile.keys.deadlines.leak_hours.value
    start = datetime.fromisoformat(incident.noticed_at)
    told = [n.noted_on for n in incident.notes if n.kind is NoteKind.NOTIFIED]
    if told:
        return say(f"{OWN}clock_told", hours=allowed, on=min(told))
    clock = hours(start, allowed, datetime.now().astimezone())
    minutes = int(abs(clock.left).total_seconds()) // 60
    key = "clock_over" if clock.overdue else "clock_left"
    due = clock.due.isoformat(sep=" ", timespec="minutes")
    return say(f"{OWN}{key}", hours=allowed, due=due, h=minutes // 60, m=minutes % 60)


def _noted(incident: Incident, kind: NoteKind) -> bool:
    return any(note.kind is kind for note in incident.notes)


def _number(connection: Connection, at: str) -> str:
    """The next number of the year; only who holds the turn of numbers asks."""
    table = tables.incident
    count = select(func.count()).where(table.c.number.startswith(f"{at[:4]}-"))
    return f"{at[:4]}-L{1 + connection.execute(count).scalar_one():02}"
