"""``gongkai source``: the labels of documents that are forwarded, on paper or not (A7)."""

from __future__ import annotations

import click
from rich.table import Table

from gongkai.cli.session import Session
from gongkai.cli.words import Command, Group, option
from gongkai.messages import say
from gongkai.model.attribute import DisclosureAttribute
from gongkai.model.determination import Source, SourceStatus
from gongkai.policy.profile import Profile
from gongkai.records import now
from gongkai.store import sources

UNLABELLED = {"原文未标注": SourceStatus.UNLABELLED, "看不清": SourceStatus.ILLEGIBLE}


@click.group("source", cls=Group)
def source() -> None:
    """Commands about sources."""


@source.command("add", cls=Command)
@option("--title", required=True)
@option("--number", default="")
@option("--issuer", default="")
@option("--date", default="")
@option("--attribute", required=True)
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
    status, value = labelled(attribute, session.profile())
    actor = session.actor(by)
    recorded = Source(
        id="",
        title=title.strip("《》"),
        doc_number=number,
        issuer=issuer,
        signed_date=date,
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
    session.tell(say("cli.source_added", id=stored.id, title=stored.title))
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
