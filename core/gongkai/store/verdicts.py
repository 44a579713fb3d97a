"""Verdicts: each is recorded once, with its row of the chain, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, insert, select
from sqlalchemy.exc import IntegrityError

from gongkai.errors import QuarantinedDocument
from gongkai.model.attribute import DisclosureAttribute, Outcome, Stage
from gongkai.model.verdict import Verdict
from gongkai.store import chain, tables
from gongkai.store.verdict_form import (
    checked_by_from_json,
    checked_by_to_json,
    finding_from_row,
    finding_to_row,
    notes_from_json,
    notes_to_json,
    suggestion_from_json,
    suggestion_to_json,
)

_verdict = tables.verdict.c


@dataclass(frozen=True, slots=True)
class VerdictKey:
    """What a verdict is about; equal keys mean the work need not be done again.

    ``sources_key`` is a hash of what the verdict leans on outside the bundle: sources for
    forwarding, and the office's own record of the document.
    """

    document: int
    input_digest: str
    pipeline_version: str
    profile: str
    sources_key: str
    stage: Stage


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with what the judge knows of the occasion."""

    verdict: Verdict
    pipeline_version: str
    sources_key: str
    judged_at: str
    actor: str = "gongkai"


@dataclass(frozen=True, slots=True)
class Recorded:
    """``new`` is false when the key was known: the stored verdict stands, this one is dropped."""

    id: int
    new: bool


@dataclass(frozen=True, slots=True)
class StoredVerdict:
    """A verdict as stored. Its evidence spans have places and offsets, but no text."""

    id: int
    key: VerdictKey
    version: int
    judged_at: str
    verdict: Verdict


def record(connection: Connection, version: int, judgement: Judgement) -> Recorded:
    """Store a verdict on a version, its findings and its chain row; the unique key decides.

    Raises ``QuarantinedDocument`` when the document was put under quarantine meanwhile.
    """
    verdict = judgement.verdict
    about = connection.execute(
        select(
            tables.version.c.document_id, tables.version.c.input_digest, tables.document.c.sealed
        )
        .join(tables.document, tables.document.c.id == tables.version.c.document_id)
        .where(tables.version.c.id == version)
        .with_for_update(of=tables.document)
    ).one()
    if about.sealed:
        raise QuarantinedDocument("document_sealed")
    key = VerdictKey(
        about.document_id,
        about.input_digest,
        judgement.pipeline_version,
        verdict.profile,
        judgement.sources_key,
        verdict.stage,
    )
    try:
        with connection.begin_nested():
            number: int = connection.execute(
                insert(tables.verdict)
                .values(version_id=version, judged_at=judgement.judged_at, **_columns(key, verdict))
                .returning(_verdict.id)
            ).scalar_one()
    except IntegrityError:
        standing = known(connection, key)
        if standing is None:
            raise  # another constraint than the key
        return Recorded(standing, new=False)
    rows = [
        {"verdict_id": number, "n": n, **finding_to_row(finding)}
        for n, finding in enumerate(verdict.findings, start=1)
    ]
    if rows:
        connection.execute(insert(tables.finding), rows)
    chain.append(
        connection,
        "verdict.recorded",
        f"document:{key.document}",
        _payload(number, key, verdict),
        judgement.actor,
        judgement.judged_at,
    )
    return Recorded(number, new=True)


def _columns(key: VerdictKey, verdict: Verdict) -> dict[str, object]:
    return {
        "document_id": key.document,
        "input_digest": key.input_digest,
        "pipeline_version": key.pipeline_version,
        "profile": key.profile,
        "sources_key": key.sources_key,
        "stage": key.stage,
        "outcome": verdict.outcome,
        "stated": verdict.stated,
        "suggestion": suggestion_to_json(verdict.suggestion),
        "checked_by": checked_by_to_json(verdict.checked_by),
        "notes": notes_to_json(verdict.notes),
        "sources_used": list(verdict.sources_used),
        "scope_reason": verdict.scope_reason,
        "core_fingerprint": verdict.core_fingerprint,
    }


def _payload(number: int, key: VerdictKey, verdict: Verdict) -> dict[str, object]:
    """What the chain vouches for: every decision of the verdict, no name and no place."""
    suggestion = verdict.suggestion
    return {
        "verdict": number,
        "input_digest": key.input_digest,
        "core_fingerprint": verdict.core_fingerprint,
        "pipeline": key.pipeline_version,
        "profile": key.profile,
        "sources": key.sources_key,
        "stage": key.stage,
        "outcome": verdict.outcome,
        "stated": verdict.stated,
        "suggested": suggestion.attribute if suggestion is not None else None,
        "findings": [[f.code, f.severity, f.rule, f.key, f.count] for f in verdict.findings],
        "checked_by": [[c.name, c.version, c.ran] for c in verdict.checked_by],
    }


def known(connection: Connection, key: VerdictKey) -> int | None:
    """The verdict that stands for this key."""
    return connection.execute(
        select(_verdict.id).where(
            and_(
                _verdict.document_id == key.document,
                _verdict.input_digest == key.input_digest,
                _verdict.pipeline_version == key.pipeline_version,
                _verdict.profile == key.profile,
                _verdict.sources_key == key.sources_key,
                _verdict.stage == key.stage,
            )
        )
    ).scalar()


def latest(connection: Connection, document: int) -> StoredVerdict | None:
    """The newest verdict on the newest judged version of a document."""
    row = (
        connection.execute(
            select(tables.verdict)
            .join(tables.version, tables.version.c.id == _verdict.version_id)
            .where(_verdict.document_id == document)
            .order_by(tables.version.c.n.desc(), _verdict.id.desc())
            .limit(1)
        )
        .mappings()
        .first()
    )
    return None if row is None else _stored(connection, row)


def load(connection: Connection, verdict: int) -> StoredVerdict:
    """One stored verdict by its number."""
    row = connection.execute(select(tables.verdict).where(_verdict.id == verdict)).mappings().one()
    return _stored(connection, row)


def _stored(connection: Connection, row: Mapping[Any, Any]) -> StoredVerdict:
    findings = connection.execute(
        select(tables.finding)
        .where(tables.finding.c.verdict_id == row["id"])
        .order_by(tables.finding.c.n)
    ).mappings()
    stage = Stage(row["stage"])
    verdict = Verdict(
        outcome=Outcome(row["outcome"]),
        stage=stage,
        profile=row["profile"],
        stated=None if row["stated"] is None else DisclosureAttribute(row["stated"]),
        suggestion=suggestion_from_json(row["suggestion"]),
        findings=tuple(finding_from_row(dict(finding)) for finding in findings),
        notes=notes_from_json(row["notes"]),
        checked_by=checked_by_from_json(row["checked_by"]),
        sources_used=tuple(row["sources_used"]),
        scope_reason=row["scope_reason"],
        core_fingerprint=row["core_fingerprint"],
    )
    key = VerdictKey(
        row["document_id"],
        row["input_digest"],
        row["pipeline_version"],
        row["profile"],
        row["sources_key"],
        stage,
    )
    return StoredVerdict(row["id"], key, row["version_id"], row["judged_at"], verdict)
