"""What the register's commands share: the office at work, who acts, and how things are shown."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from rich.table import Table

from gongkai.casework import Casework
from gongkai.cli.session import Session
from gongkai.errors import ConfigurationError
from gongkai.host import Host
from gongkai.messages import say
from gongkai.policy.profile import Profile
from gongkai.workdays.office_calendar import load_calendar
from gongkai_plugins.register.codes import channel_words
from gongkai_plugins.register.fields import Fields
from gongkai_plugins.register.keeping import Keeping
from gongkai_plugins.register.ledger import attribute_words, remark
from gongkai_plugins.register.overview import Line

OWN = "gongkai_plugins.register:"


@contextmanager
def at_register(session: Session) -> Iterator[Keeping]:
    """The register, for whoever the operating system account belongs to."""
    office = session.office
    profile = session.profile()
    with session.database() as database:
        work = Casework(office, database, profile, Host.assemble(office))
        with database.read() as connection:
            actor = session.acting(connection)
        yield Keeping(work, actor, load_calendar(office.root))


def write_file(path: Path, data: bytes) -> None:
    """Write a file as a whole; raises ``ConfigurationError`` when it cannot be written."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".gongkai-")
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(name).chmod(0o640)
        Path(name).replace(path)
    except OSError as error:
        problem = error.strerror or type(error).__name__
        raise ConfigurationError(
            "gongkai_plugins.register:file_unwritten", file=str(path), problem=problem
        ) from error


def table(*columns: str) -> Table:
    """A plain table with headings from the catalogue."""
    made = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        made.add_column(say(f"gongkai_plugins.register:column_{column}"), overflow="fold")
    return made


def standing_words(line: Line) -> str:
    """How an entry stands."""
    return say(f"gongkai_plugins.register:standing_{line.standing}")


def lines_table(lines: tuple[Line, ...], profile: Profile) -> Table:
    """Entries, one row each; a stopped paper has its number and no more."""
    made = table("number", "case", "attribute", "name", "disclosed", "standing")
    for line in lines:
        said = line.entry.fields
        made.add_row(
            line.entry.number,
            line.entry.about.case or line.entry.about.request,
            attribute_words(said.attribute, profile),
            said.name,
            line.disclosed_on or (said.planned_on and f"（{said.planned_on}）"),
            standing_words(line),
        )
    return made


def line_object(line: Line) -> dict[str, object]:
    """An entry with what became of it, for machines."""
    entry = line.entry
    return {
        "number": entry.number,
        "origin": entry.origin,
        "occasion": entry.occasion.value,
        "before": entry.before,
        "after": line.after,
        "standing": line.standing.value,
        "case": entry.about.case,
        "request": entry.about.request,
        "index_number": entry.index_number,
        **asdict(entry.fields),
        "disclosed_on": line.disclosed_on,
        "next_review": line.next_review,
        "late": entry.about.late,
        "early": line.early,
        "section": entry.about.section,
        "registered_by": entry.about.by,
        "registered_at": entry.about.at,
        "published": [
            {**asdict(p.publication), "counts": p.counts, "recorded_by": p.recorded_by}
            for p in line.published
        ],
        "cancelled": line.cancelled,
        "withdrawn": line.withdrawn,
        "explanation": line.explanation,
    }


def field_lines(line: Line, profile: Profile) -> Iterator[tuple[str, str]]:
    """An entry field by field, in the order of the form."""
    entry, said = line.entry, line.entry.fields
    yield "number", entry.number
    yield "case", entry.about.case or entry.about.request
    yield "standing", standing_words(line)
    yield "index_number", entry.index_number
    for name, value in said_lines(said, profile):
        yield name, (line.disclosed_on or value) if name == "planned_on" else value
    yield "registered", f"{entry.about.by} {entry.about.at}"
    yield "remark", remark(line)


def said_lines(said: Fields, profile: Profile) -> Iterator[tuple[str, str]]:
    """What stands in an entry, field by field, codes in words."""
    for name in ("name", "doc_number", "made_on", "subject", "summary"):
        yield name, getattr(said, name)
    yield "attribute", attribute_words(said.attribute, profile)
    yield "planned_on", said.planned_on
    yield "channels", channel_words(said.channels) if said.channels else ""
    for name in ("scope", "opinion", "resolution", "reason", "basis"):
        yield name, getattr(said, name)
    yield "next_review", said.next_review
    yield "cadence", say(f"gongkai_plugins.register:cadence_{said.cadence}")
    yield "batch", said.batch


def told_date(value: object) -> str:
    """A day given on the command line as it is kept."""
    return value.isoformat() if hasattr(value, "isoformat") else ""
