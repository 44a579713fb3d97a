"""``gongkai register publish``, ``sheet`` and ``import``: where and when it is public (B17)."""

from __future__ import annotations

from pathlib import Path

import click

from gongkai.cli.arguments import ExistingFile, PathArgument, shown
from gongkai.cli.session import Session
from gongkai.cli.words import Command, option
from gongkai.errors import ActionRefused
from gongkai.messages import say
from gongkai.moment import now
from gongkai.people.permissions import Permission, require
from gongkai_plugins.register import sheet as sheets
from gongkai_plugins.register.codes import Channel, Standing
from gongkai_plugins.register.commands.add import CHANNELS
from gongkai_plugins.register.commands.desk import OWN, at_register, write_file
from gongkai_plugins.register.overview import Line, overview
from gongkai_plugins.register.publications import Publication
from gongkai_plugins.register.upkeep import digest_of


@click.command("publish", cls=Command, catalogue=OWN)
@click.argument("name", metavar="CASE|ENTRY")
@option("--channel", type=CHANNELS)
@option("--url", default="")
@option("--time", "published_at", default="", metavar="TIME")
@option("--evidence", type=ExistingFile(), metavar="FILE")
@option("--content", type=ExistingFile(), metavar="FILE")
@option("--remark", default="")
@click.pass_obj
def publish(
    session: Session,
    name: str,
    channel: str | None,
    url: str,
    published_at: str,
    evidence: Path | None,
    content: Path | None,
    remark: str,
) -> int:
    """Record one place where it is public; in the main channel, the case moves."""
    moment = sheets.moment_of(published_at) if published_at else now()[:16]
    if not moment:
        raise click.UsageError(say("gongkai_plugins.register:no_moment", text=published_at))
    with at_register(session) as keeping:
        main = keeping.work.profile.keys.registration.main_channel.value
        publication = Publication(
            channel=Channel(channel or main),
            published_at=moment,
            url=url,
            evidence_name=evidence.name if evidence else "",
            evidence_sha256=digest_of(evidence)[0] if evidence else "",
            content_sha256=digest_of(content)[0] if content else "",
            remark=remark,
        )
        new = keeping.publish(name, publication)
    words = "published" if new else "published_known"
    session.tell(say(f"gongkai_plugins.register:{words}", name=name, day=moment[:10]))
    return 0


@click.command("sheet", cls=Command, catalogue=OWN)
@click.argument("out", type=PathArgument(), metavar="OUT.xlsx")
@click.pass_obj
def sheet(session: Session, out: Path) -> int:
    """Write the sheet to be filled in where the public network is."""
    with at_register(session) as keeping:
        require(keeping.actor, Permission.RECORD_PUBLICATION)
        with keeping.work.database.read() as connection:
            found = [line for line in overview(connection) if _awaits(line)]
    write_file(out, sheets.write_sheet(found))
    session.tell(say("gongkai_plugins.register:sheet_made", file=shown(out), count=len(found)))
    return 0


@click.command("import", cls=Command, catalogue=OWN)
@click.argument("file", type=ExistingFile(), metavar="FILE.xlsx")
@click.pass_obj
def import_(session: Session, file: Path) -> int:
    """Record every filled row; a row that does not fit is told and keeps no other one out."""
    rows = sheets.read_sheet(file)
    recorded = known = 0
    with at_register(session) as keeping:
        require(keeping.actor, Permission.RECORD_PUBLICATION)
        for row in rows:
            problem = _problem(row)
            try:
                if not problem and row.publication is not None:
                    new = keeping.publish(row.number, row.publication)
                    recorded, known = recorded + new, known + (not new)
            except ActionRefused as error:
                problem = _one_line(error)
            if problem:
                session.tell(
                    say("gongkai_plugins.register:row_told", row=row.line, problem=problem)
                )
    bad = len(rows) - recorded - known
    session.tell(say("gongkai_plugins.register:imported", recorded=recorded, known=known, left=bad))
    return 1 if bad else 0


def _awaits(line: Line) -> bool:
    """Whether an entry's information is to be public somewhere it is not yet."""
    if line.standing not in (Standing.REGISTERED, Standing.PUBLISHED):
        return False
    done = {each.publication.channel for each in line.published}
    return line.entry.fields.proactive and bool(set(line.entry.fields.channels) - done)


def _problem(row: sheets.Row) -> str:
    return say(f"gongkai_plugins.register:sheet_{row.problem}", **row.values) if row.problem else ""


def _one_line(error: ActionRefused) -> str:
    reasons = getattr(error, "reasons", ())
    return "；".join(reasons) if reasons else str(error)
