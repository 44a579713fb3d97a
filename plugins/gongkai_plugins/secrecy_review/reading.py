"""All facts about a case, read from an office's database in one moment."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, select

from gongkai.casework.situations import situation
from gongkai.lifecycle.case import Case
from gongkai.settings import Settings
from gongkai.store import cases, decisions, tables, verdicts
from gongkai.store.decisions import Answer
from gongkai.store.quarantine import Ruling
from gongkai_plugins.secrecy_review import records
from gongkai_plugins.secrecy_review.facts import Declassification, Facts


def facts_of(connection: Connection, settings: Settings, number: str, on: date) -> Facts:
    """Everything the review knows of a case; raises ``ActionRefused`` for an unknown number.

    Whether the files are those that were judged is the core's question, and not asked here.
    """
    case = cases.find(connection, number)
    seen = situation(connection, settings, case, on, judged=True)
    verdict = verdicts.load(connection, case.verdict).verdict if case.verdict is not None else None
    said = decisions.standing(connection, case.document)
    return Facts(
        situation=seen,
        verdict=verdict,
        dismissed=frozenset(k for k, d in said.items() if d.answer is Answer.FALSE_POSITIVE),
        rulings=records.rulings(connection, number),
        hops=records.hops(connection, number),
        joint=records.joint(connection, number),
        consents=records.consents(connection, number),
        public_version=records.public_version(connection, number),
        public_version_of=records.public_version_of(connection, number),
        declassification=records.declassification(connection, number) or _expired(connection, case),
        reverses=records.reverses(connection, number),
        incidents=records.incidents(connection, number),
    )


def _expired(connection: Connection, case: Case) -> Declassification | None:
    """What the officer let go as 已解密 bore a mark: publishing it needs the record (SEC-16)."""
    stopped = tables.quarantine.c
    found = connection.execute(
        select(stopped.id).where(
            stopped.document_id == case.document, stopped.released_as == Ruling.DECLASSIFIED
        )
    ).first()
    return Declassification() if found is not None else None
