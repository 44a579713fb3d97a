"""The office's written statement about what nobody could read (message 7, SEC-02, §5)."""

from __future__ import annotations

from sqlalchemy import Connection

from gongkai.lifecycle.case import Case, Wish
from gongkai.model.finding import FindingCode
from gongkai.store import decisions, verdicts
from gongkai.store.decisions import Answer, Decision


def vouch(connection: Connection, case: Case, wish: Wish, at: str) -> None:
    """Answer for every file that was not read: the next verdict then speaks of the rest.

    The answer is bound to the bytes vouched for. Other bytes nobody can read are a new matter.
    """
    if case.verdict is None:
        return
    for finding in verdicts.load(connection, case.verdict).verdict.findings:
        if finding.code is FindingCode.UNREADABLE:
            answer = Decision(finding.key, Answer.WAIVED, wish.actor.name, wish.reason, at)
            decisions.decide(connection, case.document, answer)
