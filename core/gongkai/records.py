"""What the office already knows of a bundle, and how a verdict joins it."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from gongkai.documents.fingerprint import fingerprint_alone
from gongkai.examined import Examined
from gongkai.excerpts import Excerpts
from gongkai.judging.brief import Facts
from gongkai.model.attribute import DisclosureAttribute
from gongkai.model.bundle import Bundle, IssueForm
from gongkai.model.reading import ElementName
from gongkai.model.verdict import Verdict
from gongkai.moment import now
from gongkai.pipeline import PIPELINE_VERSION
from gongkai.policy.decision import SourceFact
from gongkai.store import decisions, determinations, sources, verdicts
from gongkai.store.verdicts import Judgement, Recorded
from gongkai.store.versions import Version, VersionFacts, add_version


@dataclass(frozen=True, slots=True)
class Entered:
    """What of a judgement was entered: the version it is about, and the verdict."""

    version: Version
    recorded: Recorded


def one_time_digest() -> Callable[[str], str]:
    """A keyed hash whose key nobody keeps: for checks without an office."""
    key = secrets.token_bytes(32)
    return lambda text: hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:32]


def facts_without_store(examined: Examined) -> Facts:
    """What plugins alone know of the sources."""
    return Facts(sources=examined.sources)


def facts(connection: Connection, examined: Examined, document: int | None) -> Facts:
    """Sources, the standing determination for this very text, and attributes of attachments."""
    listed = sources.list_sources(connection)
    found = tuple(
        SourceFact(
            fact.citation,
            sources.find(connection, fact.citation.title, fact.citation.doc_number) or fact.source,
        )
        for fact in examined.sources
    )
    standing = (
        determinations.current(connection, document, examined.fingerprint) if document else None
    )
    return Facts(
        sources=found,
        record=standing.determination if standing else None,
        settled=_settled(connection, document) if document else frozenset(),
        attachment_attributes=_attachment_attributes(connection, examined.bundle),
        nonpublic_numbers={
            source.doc_number: source.attribute
            for source in listed
            if source.doc_number and source.attribute not in (None, DisclosureAttribute.PROACTIVE)
        },
    )


def sources_key(known: Facts, form: IssueForm | None) -> str:
    """What a verdict leans on besides the files, as one hash; new facts make a new verdict."""
    parts = [
        *(f"{fact.source.id}" for fact in known.sources if fact.source),
        *(f"{n}={a}" for n, a in sorted(known.attachment_attributes.items())),
        *(f"{n}={a}" for n, a in sorted(known.nonpublic_numbers.items())),
    ]
    if form:
        parts.append(repr(form))
    parts += sorted(known.settled)
    if known.record:
        parts.append(f"{known.record.attribute}{known.record.recorded_at}{known.record.status}")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def _settled(connection: Connection, document: int) -> frozenset[str]:
    """The findings of a document that a human set aside, by key."""
    standing = decisions.standing(connection, document)
    return frozenset(
        key for key, each in standing.items() if each.answer is not decisions.Answer.ACCEPTED
    )


def record_verdict(
    connection: Connection, document: int, examined: Examined, known: Facts, verdict: Verdict
) -> Entered:
    """Store version and verdict; a verdict known under the same key stands."""
    at = now()
    version = add_version(
        connection,
        document,
        VersionFacts.of(
            examined.bundle,
            at,
            examined.fingerprint,
            Excerpts(examined.bundle, examined.reading).cover(
                examined.reading.element(ElementName.TITLE)
            ),
        ),
    )
    judgement = Judgement(verdict, PIPELINE_VERSION, sources_key(known, examined.bundle.form), at)
    return Entered(version, verdicts.record(connection, version.id, judgement))


def _attachment_attributes(
    connection: Connection, bundle: Bundle
) -> dict[int, DisclosureAttribute]:
    attributes = {}
    for member in bundle.attachments:
        found = determinations.attribute_of_text(connection, fingerprint_alone(member))
        if found is not None:
            attributes[member.number] = found
    return attributes
