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
SHOWN_KEY, SHORTEST_KEY = 6, 4
"""Characters of a key that stand for its finding. A number would be another finding's as soon
as one is answered and the paper judged again.
"""


def short_key(finding: Finding, length: int = SHOWN_KEY) -> str:
    """By what a finding is called where people see it."""
    return finding.key.rpartition(":")[2][:length]


def weigh_finding(
    work: Casework, number: str, which: str, answer: Answer, actor: Actor, reason: str
) -> tuple[Case, Finding]:
    """The case and the finding somebody wants to answer, once he may.

    ``which`` is the beginning of the finding's key, as ``short_key`` shows it.
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
    chosen = [each for each in found if short_key(each, len(which)) == which]
    if len(which) >= SHORTEST_KEY and len({each.key for each in chosen}) == 1:
        return chosen[0]
    raise ActionRefused("case_no_finding", number=case.number, which=which, count=len(found))
