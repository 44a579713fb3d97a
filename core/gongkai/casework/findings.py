"""A human's answer to one finding of a case: asked, written and counted as a revision."""

from __future__ import annotations

from datetime import date

from gongkai.casework.acting import CaseRefused, Casework, refusal_words
from gongkai.errors import ActionRefused
from gongkai.lifecycle.case import Case
from gongkai.lifecycle.findings import Answer, answer_by
from gongkai.lifecycle.roles import Actor
from gongkai.model.finding import Finding
from gongkai.moment import now
from gongkai.store import cases, decisions, requests, verdicts
from gongkai.store.database import Turn, take_turn

_STORED = {
    Answer.ACCEPT: decisions.Answer.ACCEPTED,
    Answer.DISMISS: decisions.Answer.FALSE_POSITIVE,
    Answer.WAIVE: decisions.Answer.WAIVED,
}
SHORTEST_KEY = 6
"""Characters of a finding's key that stand for it on a command line."""


def weigh_finding(
    work: Casework, number: str, which: str, answer: Answer, actor: Actor, reason: str
) -> tuple[Case, Finding]:
    """The case and the finding somebody wants to answer, once he may.

    ``which`` is the finding's number in the case's last verdict, or the beginning of its key.
    Raises ``CaseRefused`` with every reason against it.
    """
    seen = work.situation(number, date.today())
    finding = _finding(work, seen.case, which)
    held = answer_by(seen, finding, answer, actor, reason)
    if isinstance(held, tuple):
        raise CaseRefused(number, tuple(map(refusal_words, held)))
    return seen.case, finding


def answer_finding(
    work: Casework, number: str, which: str, answer: Answer, actor: Actor, reason: str
) -> Finding:
    """Record the answer; the paper then waits to be judged with it (A8).

    Raises like ``weigh_finding``, and ``ActionRefused`` when the case moved meanwhile.
    """
    seen, finding = weigh_finding(work, number, which, answer, actor, reason)
    with work.database.write() as connection:
        take_turn(connection, Turn.DOCUMENTS)
        take_turn(connection, Turn.NUMBERS)
        case = cases.find(connection, number)
        if (case.revision, case.verdict) != (seen.revision, seen.verdict):
            raise ActionRefused("case_moved_meanwhile", number=number)
        cases.touch(connection, case)
        requests.ask_for(connection, [case.document])
        said = decisions.Decision(finding.key, _STORED[answer], actor.name, reason, now())
        decisions.decide(connection, case.document, said)
    return finding


def _finding(work: Casework, case: Case, which: str) -> Finding:
    found: tuple[Finding, ...] = ()
    if case.verdict is not None:
        with work.database.read() as connection:
            found = verdicts.load(connection, case.verdict).verdict.findings
    if which.isdecimal() and 1 <= int(which) <= len(found):
        return found[int(which) - 1]
    if len(which.rpartition(":")[2]) >= SHORTEST_KEY:
        chosen = [e for e in found if e.key.rpartition(":")[2].startswith(which.rpartition(":")[2])]
        if len(chosen) == 1:
            return chosen[0]
    raise ActionRefused("case_no_finding", number=case.number, which=which, count=len(found))
