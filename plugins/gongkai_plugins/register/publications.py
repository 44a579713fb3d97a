"""Where and when something became public, and what was taken back (B17, PUB-01, PUB-02)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from gongkai.store import chain
from gongkai_plugins.register import tables
from gongkai_plugins.register.codes import Channel
from gongkai_plugins.register.entries import Entry

DETAIL = "register.publication"
_publication = tables.publication.c


@dataclass(frozen=True, slots=True)
class Publication:
    """One place where an entry's information stands, since when, and what shows it.

    ``published_at`` is a date or a moment. ``content_sha256`` is the digest of the file that
    was put there, ``evidence_sha256`` of a screenshot or receipt.
    """

    channel: Channel
    published_at: str
    url: str = ""
    evidence_name: str = ""
    evidence_sha256: str = ""
    content_sha256: str = ""
    remark: str = ""

    @property
    def mark(self) -> str:
        """What makes it the same publication when it is handed in again."""
        said = f"{self.channel}\n{self.url.strip()}\n{self.published_at[:10]}"
        return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:32]

    @property
    def text(self) -> str:
        """It in one spelling, for the move it travels with."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def of(cls, text: str) -> Publication | None:
        """What a text spells; None for anything else."""
        try:
            found = json.loads(text)
            return cls(**{**found, "channel": Channel(found["channel"])})
        except (ValueError, TypeError, KeyError):
            return None


@dataclass(frozen=True, slots=True)
class Published:
    """A publication on record; ``counts``: its day is the day of disclosure."""

    origin: str
    publication: Publication
    counts: bool
    recorded_by: str
    recorded_at: str


def problem(entry: Entry, publication: Publication, today: str, *, after_the_fact: bool) -> str:
    """Why a publication cannot be recorded for an entry; "" when it can.

    Something public before it was registered is recorded with a remark that says why, and
    without one where the paper was entered afterwards anyway (补办, A15).
    """
    day = publication.published_at[:10]
    if publication.channel not in entry.fields.channels:
        return "other_channel"
    if not (publication.url.strip() or publication.evidence_sha256):
        return "no_receipt"
    if day > today:
        return "not_yet"
    early = day < entry.about.at[:10]
    if early and not after_the_fact and not publication.remark.strip():
        return "before_entry"
    return ""


def is_counting(entry: Entry, channel: Channel, main: str, known: tuple[Published, ...]) -> bool:
    """Whether a publication there is the one whose day counts (PUB-02).

    The main channel where the entry names it; else whichever comes first.
    """
    if any(each.counts for each in known):
        return False
    return channel == main or main not in entry.fields.channels


def of_origin(connection: Connection, origin: str) -> tuple[Published, ...]:
    """Every publication of an entry and of those that correct it, in order of time."""
    rows = connection.execute(_IN_TIME.where(_publication.origin == origin))
    return tuple(map(_from_row, rows))


def by_origin(connection: Connection) -> dict[str, tuple[Published, ...]]:
    """Every publication there is, by the entry it is of, in order of time."""
    found: dict[str, list[Published]] = {}
    for row in connection.execute(_IN_TIME):
        found.setdefault(row.origin, []).append(_from_row(row))
    return {origin: tuple(each) for origin, each in found.items()}


_IN_TIME = select(tables.publication).order_by(_publication.published_at, _publication.id)


def _from_row(row: Row[Any]) -> Published:
    return Published(
        row.origin,
        Publication(
            channel=Channel(row.channel),
            published_at=row.published_at,
            url=row.url,
            evidence_name=row.evidence_name,
            evidence_sha256=row.evidence_sha256,
            content_sha256=row.content_sha256,
            remark=row.remark,
        ),
        row.counts,
        row.recorded_by,
        row.recorded_at,
    )


def record(
    connection: Connection,
    entry: Entry,
    publication: Publication,
    by: str,
    at: str,
    *,
    counts: bool,
) -> None:
    """Write one publication with its row of the chain."""
    values = {**asdict(publication), "origin": entry.origin, "case": entry.about.case}
    connection.execute(
        insert(tables.publication).values(
            **values, counts=counts, recorded_by=by, recorded_at=at, mark=publication.mark
        )
    )
    payload = {**values, "year": entry.year, "serial": entry.serial, "counts": counts}
    chain.append(connection, "register.published", entry.subject, payload, by, at)


def withdraw(
    connection: Connection, entry: Entry, reason: str, explanation: str, by: str, at: str
) -> None:
    """Write that what an entry disclosed was taken back, and what the public was told."""
    values = {
        "origin": entry.origin,
        "case": entry.about.case,
        "reason": reason,
        "explanation": explanation,
    }
    connection.execute(insert(tables.withdrawal).values(**values, by=by, at=at))
    payload = {**values, "year": entry.year, "serial": entry.serial}
    chain.append(connection, "register.withdrawn", entry.subject, payload, by, at)
