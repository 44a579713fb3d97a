"""Forgetting what a document said, once it turns out to bear a secrecy mark (INT-04, A6)."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select, update

from gongkai.store import chain, plugin_words, sources, stopped_cases, tables


def purge(connection: Connection, document: int, path_tag: str, actor: str, at: str) -> None:
    """Erase every name, title, place, excerpt and reason stored for a document.

    What stays: digests, dates, outcomes, finding codes and keys, who decided what. The path
    becomes ``path_tag``, by which the file is known again without being named.
    """
    _forget_earlier_places(connection, document)
    _seal(connection, document, path_tag)
    versions = select(tables.version.c.id).where(tables.version.c.document_id == document)
    connection.execute(
        update(tables.member).where(tables.member.c.version_id.in_(versions)).values(name="")
    )
    _purge_verdicts(connection, document)
    connection.execute(
        update(tables.determination)
        .where(tables.determination.c.document_id == document)
        .values(reason="", basis="", evidence="", revoked_reason="")
    )
    connection.execute(
        update(tables.finding_decision)
        .where(tables.finding_decision.c.document_id == document)
        .values(reason="")
    )
    subjects = [f"document:{document}", *_purge_cases(connection, document)]
    rows = connection.execute(
        select(tables.chain.c.seq).where(tables.chain.c.subject.in_(subjects))
    )
    if seqs := list(rows.scalars()):
        chain.erase_all(connection, seqs, "quarantine", actor, at)
    sources.forget(connection, document, actor, at)
    stopped_cases.stop(connection, document, actor, at)


def _forget_earlier_places(connection: Connection, document: int) -> None:
    """Rows the journal keeps of places the document has left: each of them is a name."""
    mine, journal = tables.document_path.c, tables.journal.c
    left = connection.execute(
        select(mine.root_id, mine.path_key).where(mine.document_id == document)
    )
    for place in left.all():
        connection.execute(
            delete(tables.journal).where(
                journal.root_id == place.root_id,
                journal.path_key == place.path_key,
                journal.state.in_(("left", "gone")),
            )
        )


def _seal(connection: Connection, document: int, path_tag: str) -> None:
    connection.execute(
        update(tables.document)
        .where(tables.document.c.id == document)
        .values(sealed=True, name="", title="", path_key=path_tag)
    )
    connection.execute(
        update(tables.document_path)
        .where(tables.document_path.c.document_id == document)
        .values(path_key="")
    )


def _purge_cases(connection: Connection, document: int) -> list[str]:
    """Forget what people wrote about the document on its way; returns its cases' subjects."""
    case, move = tables.case.c, tables.move.c
    mine = select(case.id).where(case.document_id == document)
    connection.execute(
        update(tables.case)
        .where(case.document_id == document)
        .values(doc_number="", doc_type="", signed_date="", late_reason="")
    )
    connection.execute(
        update(tables.move)
        .where(move.case_id.in_(mine))
        .values(opinion="", reason="", basis="", evidence="", details={})
    )
    connection.execute(
        update(tables.return_notice)
        .where(tables.return_notice.c.case_id.in_(mine))
        .values(reasons=[])
    )
    connection.execute(delete(tables.signed_text).where(tables.signed_text.c.case_id.in_(mine)))
    numbers = connection.execute(select(case.number).where(case.document_id == document))
    written_about = list(numbers.scalars())
    plugin_words.forget(connection, written_about)
    return [f"case:{number}" for number in written_about]


def _purge_verdicts(connection: Connection, document: int) -> None:
    mine = tables.verdict.c.document_id == document
    connection.execute(
        update(tables.finding)
        .where(tables.finding.c.verdict_id.in_(select(tables.verdict.c.id).where(mine)))
        # A place can be the name of a sheet or a property.
        .values(place="", excerpt="", details=[], places=[])
    )
    for row in connection.execute(
        select(tables.verdict.c.id, tables.verdict.c.suggestion).where(mine)
    ).all():
        suggestion = row.suggestion
        if suggestion is not None:
            rules = [{**rule, "evidence": []} for rule in suggestion["rules"]]
            suggestion = {**suggestion, "rules": rules}
        connection.execute(
            update(tables.verdict)
            .where(tables.verdict.c.id == row.id)
            .values(suggestion=suggestion, notes=[], scope_reason="", sources_used=[])
        )
