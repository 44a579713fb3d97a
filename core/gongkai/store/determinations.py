"""Determinations: who fixed which attribute for which text, kept even when revoked."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import Connection, insert, select, update

from gongkai.errors import ActionRefused, QuarantinedDocument
from gongkai.model.attribute import DisclosureAttribute
from gongkai.model.determination import Capacity, Determination, DeterminationStatus, Medium
from gongkai.store import chain, tables

_determination = tables.determination.c


@dataclass(frozen=True, slots=True)
class StoredDetermination:
    """A determination with its number; ``revoked`` ones no longer count."""

    id: int
    document: int
    determination: Determination
    revoked: bool


def record(connection: Connection, document: int, determination: Determination) -> int:
    """Store a determination with its chain row and return its number.

    Raises ``ActionRefused`` when nobody is named, ``QuarantinedDocument`` when the document
    is under quarantine.
    """
    if not determination.decided_by.strip() or not determination.recorded_by.strip():
        raise ActionRefused("determination_needs_name")
    if connection.execute(
        select(tables.document.c.sealed).where(tables.document.c.id == document).with_for_update()
    ).scalar_one():
        raise QuarantinedDocument("document_sealed")
    number: int = connection.execute(
        insert(tables.determination)
        .values(document_id=document, **asdict(determination))
        .returning(_determination.id)
    ).scalar_one()
    chain.append(
        connection,
        "determination.recorded",
        f"document:{document}",
        {"determination": number, **asdict(determination)},
        determination.recorded_by,
        determination.recorded_at,
    )
    return number


def revoke(connection: Connection, number: int, by: str, reason: str, at: str) -> None:
    """Take a determination back; it stays on record.

    Raises ``ActionRefused`` without a reason, or when none with this number stands.
    """
    if not reason.strip():
        raise ActionRefused("decision_needs_reason")
    document = connection.execute(
        update(tables.determination)
        .where(_determination.id == number, _determination.revoked_at.is_(None))
        .values(revoked_at=at, revoked_by=by, revoked_reason=reason)
        .returning(_determination.document_id)
    ).scalar()
    if document is None:
        raise ActionRefused("determination_not_standing", number=number)
    chain.append(
        connection,
        "determination.revoked",
        f"document:{document}",
        {"determination": number, "reason": reason},
        by,
        at,
    )


def revoke_all(connection: Connection, document: int, by: str, reason: str, at: str) -> None:
    """Take back whatever stands for any text of a document: it is determined anew."""
    for stored in history(connection, document):
        if not stored.revoked:
            revoke(connection, stored.id, by, reason, at)


def proposers(connection: Connection, document: int) -> frozenset[str]:
    """Who proposed for a document beside the moves of its case, by marking the file.

    Whoever marks what somebody has proposed or the signer has determined proposes nothing.
    """
    names, standing = set(), dict[str, DisclosureAttribute]()
    signed = set()
    for stored in history(connection, document):
        made = stored.determination
        text, drafted = made.core_fingerprint, made.capacity is Capacity.DRAFTING
        if drafted and text not in signed and standing.get(text) is not made.attribute:
            names.add(made.decided_by)
        if made.status is DeterminationStatus.DETERMINED:
            signed.add(text)
        standing[text] = made.attribute
    return frozenset(names)


def current(
    connection: Connection, document: int, core_fingerprint: str
) -> StoredDetermination | None:
    """What counts for this text: the signer's last determination, else the last proposal.

    A proposal made after the signer determined does not replace it.
    """
    standing = [
        stored
        for stored in history(connection, document)
        if not stored.revoked and stored.determination.core_fingerprint == core_fingerprint
    ]
    signed = [s for s in standing if s.determination.status is DeterminationStatus.DETERMINED]
    return next(reversed(signed or standing), None)


def history(connection: Connection, document: int) -> tuple[StoredDetermination, ...]:
    """Every determination of a document, oldest first, for any text of it."""
    rows = connection.execute(
        select(tables.determination)
        .where(_determination.document_id == document)
        .order_by(_determination.id)
    )
    return tuple(
        StoredDetermination(
            row.id,
            row.document_id,
            Determination(
                attribute=DisclosureAttribute(row.attribute),
                core_fingerprint=row.core_fingerprint,
                decided_by=row.decided_by,
                decided_on=row.decided_on,
                capacity=Capacity(row.capacity),
                medium=Medium(row.medium),
                recorded_by=row.recorded_by,
                recorded_at=row.recorded_at,
                status=DeterminationStatus(row.status),
                reason=row.reason,
                basis=row.basis,
                evidence=row.evidence,
                is_secret_matter=row.is_secret_matter,
                work_secret=row.work_secret,
                place=row.place,
                profile=row.profile,
            ),
            row.revoked_at is not None,
        )
        for row in rows
    )


def attribute_of_text(connection: Connection, core_fingerprint: str) -> DisclosureAttribute | None:
    """What was last determined for this very text, in whichever document it stood.

    The signer's determination counts before a proposal; None when nobody has decided.
    """
    rows = connection.execute(
        select(_determination.attribute, _determination.status)
        .where(
            _determination.core_fingerprint == core_fingerprint,
            _determination.revoked_at.is_(None),
        )
        .order_by(_determination.id)
    ).all()
    signed = [row for row in rows if row.status == DeterminationStatus.DETERMINED]
    last = next(reversed(signed or rows), None)
    return DisclosureAttribute(last.attribute) if last else None
