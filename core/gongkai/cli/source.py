"""``gongkai source``: the labels of documents that are forwarded, on paper or not (A7)."""

from __future__ import annotations

import datetime
import re

import click
from rich.table import Table

from gongkai.cli.session import Session
from gongkai.cli.words import Command, Group, option
from gongkai.messages import say
from gongkai.model.attribute import DisclosureAttribute
from gongkai.model.determination import Source, SourceStatus
from gongkai.moment import now
from gongkai.people.permissions import Permission, require
from gongkai.policy.profile import Profile
from gongkai.service.again import waiting_for_sources
from gongkai.store import sources
from gongkai.store.requests import ask_for

UNLABELLED = {"原文未标注": SourceStatus.UNLABELLED, "看不清": SourceStatus.ILLEGIBLE}


@click.group("source", cls=Group)
def source() -> None:
    """Commands about sources."""


@source.command("add", cls=Command)
@option("--title", default="")
@option("--number", default="")
@option("--issuer", default="")
@option("--date", default="")
@option("--attribute", default="")
@option("--evidence", default="")
@option("--published", default="")
@option("--consent", default="")
@option("--by", default="")
@option("--dry-run", is_flag=True)
@click.pass_obj
def add(
    session: Session,
    title: str,
    number: str,
    issuer: str,
    date: str,
    attribute: str,
    evidence: str,
    published: str,
    consent: str,
    by: str,
    dry_run: bool,
) -> int:
    """Record one source; an unlabelled original is a normal answer."""
    actor = session.actor(by)
    require(actor, Permission.MANAGE_SOURCES)
    if session.interactive and not (title and attribute):
        title = title or click.prompt(say("cli.option_title"), err=True)
        number = number or _ask("number")
        issuer = issuer or _ask("issuer")
        date = date or _ask("date")
        attribute = attribute or click.prompt(say("cli.option_attribute"), err=True)
        evidence = evidence or _ask("evidence")
    for name, given in (("--title", title.strip("《》 ")), ("--attribute", attribute)):
        if not given:
            raise click.UsageError(say("cli.missing_parameter", name=name))
    status, value = labelled(attribute, session.profile())
    recorded = Source(
        id="",
        title=title.strip("《》 "),
        doc_number=number,
        issuer=issuer,
        signed_date=a_date(date),
        status=status,
        attribute=value,
        evidence=evidence,
        published=published,
        consent=consent,
        recorded_by=actor.name,
        recorded_at=now(),
    )
    if dry_run:
        session.tell(say("cli.source_would", title=recorded.title, attribute=attribute))
        return 0
    with session.database() as database, database.write() as connection:
        stored = sources.add(connection, recorded)
        waiting = waiting_for_sources(connection)
        ask_for(connection, waiting)
    session.tell(say("cli.source_added", id=stored.id, title=stored.title))
    if waiting:
        session.tell(say("cli.source_waiting", count=len(waiting)))
    return 0


@source.command("list", cls=Command)
@option("--json", "as_json", is_flag=True)
@click.pass_obj
def list_(session: Session, as_json: bool) -> int:
    """List what has been recorded."""
    with session.database() as database, database.read() as connection:
        known = sources.list_sources(connection)
    profile = session.profile()
    if as_json:
        for entry in known:
            session.print_json({name: getattr(entry, name) for name in Source.__dataclass_fields__})
        return 0
    table = Table(box=None, pad_edge=False)
    for name in ("id", "title", "number", "issuer", "attribute", "published"):
        table.add_column(say(f"cli.column_{name}"), overflow="fold")
    for entry in known:
        label = profile.label_of(entry.attribute) if entry.attribute else _status_words(entry)
        table.add_row(
            entry.id,
            entry.title,
            entry.doc_number,
            entry.issuer,
            label,
            entry.published or entry.consent,
        )
    session.out.print(table if known else say("cli.source_none"))
    return 0


def a_date(text: str) -> str:
    """A date as ISO 8601 from "2026-03-05" or "2026年3月5日"; raises ``BadParameter``."""
    if not text:
        return ""
    numbers = re.fullmatch(r"(\d{4})\D(\d{1,2})\D(\d{1,2})日?", text.strip())
    try:
        return datetime.date(*map(int, numbers.groups())).isoformat() if numbers else _no_date(text)
    except ValueError:
        return _no_date(text)


def _no_date(text: str) -> str:
    raise click.BadParameter(say("cli.no_date", text=text), param_hint="--date")


def _ask(what: str) -> str:
    answer: str = click.prompt(say(f"cli.option_{what}"), default="", show_default=False, err=True)
    return answer


def labelled(text: str, profile: Profile) -> tuple[SourceStatus, DisclosureAttribute | None]:
    """Status and attribute from what somebody typed; raises ``BadParameter`` for neither."""
    if text in UNLABELLED:
        return UNLABELLED[text], None
    attribute = profile.attribute_for(text)
    if attribute is None:
        raise click.BadParameter(say("cli.attribute_unknown", text=text), param_hint="--attribute")
    return SourceStatus.LABELLED, attribute


def _status_words(entry: Source) -> str:
    return next((words for words, status in UNLABELLED.items() if status is entry.status), "")
