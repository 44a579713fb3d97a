"""What is kept of each version of a document."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from gongkai.errors import QuarantinedDocument
from gongkai.model.attribute import Stage
from gongkai.model.bundle import Bundle, Role
from gongkai.model.content import Format
from gongkai.store import tables
from gongkai.store.database import Turn, take_turn

_document = tables.document.c
_version = tables.version.c


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """One file of a version, without its content."""

    role: Role
    number: int
    name: str
    sha256: str
    format: Format


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """What is kept of one version of a bundle: digests and names, no text."""

    input_digest: str
    sha256: str
    stage: Stage
    seen_at: str
    core_fingerprint: str = ""
    title: str = ""
    members: tuple[MemberFacts, ...] = ()

    @classmethod
    def of(
        cls, bundle: Bundle, seen_at: str, core_fingerprint: str = "", title: str = ""
    ) -> VersionFacts:
        """The facts of a bundle that has been read."""
        return cls(
            bundle.input_digest,
            bundle.main.content.sha256,
            bundle.stage,
            seen_at,
            core_fingerprint,
            title,
            tuple(
                MemberFacts(m.role, m.number, m.name, m.content.sha256, m.content.format)
                for m in bundle.members
            ),
        )


@dataclass(frozen=True, slots=True)
class Version:
    """A stored version: ``n`` counts from 1 within its document."""

    id: int
    n: int
    new: bool


def add_version(connection: Connection, document: int, facts: VersionFacts) -> Version:
    """The document's newest version with these facts; the same digest and stage is no new one.

    Raises ``QuarantinedDocument`` for a document under quarantine: nothing of it is kept.
    """
    take_turn(connection, Turn.DOCUMENTS)
    if connection.execute(select(_document.sealed).where(_document.id == document)).scalar_one():
        raise QuarantinedDocument("document_sealed")
    last = connection.execute(
        select(tables.version)
        .where(_version.document_id == document)
        .order_by(_version.n.desc())
        .limit(1)
    ).first()
    if facts.title:
        connection.execute(
            update(tables.document).where(_document.id == document).values(title=facts.title)
        )
    if last is not None and (last.input_digest, last.stage) == (facts.input_digest, facts.stage):
        return Version(last.id, last.n, new=False)
    n = 1 if last is None else last.n + 1
    number: int = connection.execute(
        insert(tables.version)
        .values(
            document_id=document,
            n=n,
            input_digest=facts.input_digest,
            sha256=facts.sha256,
            core_fingerprint=facts.core_fingerprint,
            stage=facts.stage,
            seen_at=facts.seen_at,
        )
        .returning(_version.id)
    ).scalar_one()
    if facts.members:
        connection.execute(
            insert(tables.member),
            [
                {
                    "version_id": number,
                    "role": member.role,
                    "number": member.number,
                    "name": member.name,
                    "sha256": member.sha256,
                    "format": member.format,
                }
                for member in facts.members
            ],
        )
    return Version(number, n, new=True)


def fingerprint_of(connection: Connection, version: int) -> str:
    """The fingerprint of a stored version's content."""
    found: str = connection.execute(
        select(_version.core_fingerprint).where(_version.id == version)
    ).scalar_one()
    return found
