"""What a recorded judgement does to the case of its document, in the same transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from gongkai.casework.comparing import paragraph_digests
from gongkai.examined import Examined
from gongkai.excerpts import Excerpts
from gongkai.lifecycle.act import Act, may_be_judged_into
from gongkai.lifecycle.case import Case, Step
from gongkai.lifecycle.follow import Judged, first_state, next_state, opens_case
from gongkai.lifecycle.state import BEFORE_SIGNATURES, SIGNED, State
from gongkai.model.attribute import Severity
from gongkai.model.reading import ElementName
from gongkai.model.verdict import Verdict
from gongkai.policy.profile import Profile
from gongkai.records import Entered
from gongkai.store import cases, determinations, requests, returns, signed_texts
from gongkai.store.cases import CaseFacts
from gongkai.store.determinations import StoredDetermination

ACTOR = "gongkai"


@dataclass(frozen=True, slots=True)
class Occasion:
    """Why a paper is judged now; ``returns`` False: an attribute is being proposed with it."""

    returns: bool = True


USUAL = Occasion()
"""It was saved, or somebody asked."""


@dataclass(frozen=True, slots=True)
class Found:
    """A judgement on record, with what it was made of; ``digest`` hashes with the office's key."""

    document: int
    entered: Entered
    verdict: Verdict
    examined: Examined
    at: str
    digest: Callable[[str], str]
    occasion: Occasion = USUAL


def follow(connection: Connection, found: Found, profile: Profile) -> Case | None:
    """The document's case after a judgement, opened where one is due; None where none is.

    Take ``Turn.NUMBERS`` before anything of the chain is written in the transaction.
    """
    requests.answer_for(connection, found.document)
    fingerprint = found.verdict.core_fingerprint
    standing = determinations.current(connection, found.document, fingerprint)
    judged = _judged(found, standing, profile)
    case = cases.of_document(connection, found.document)
    if case is not None and case.state is State.APPROVED and fingerprint == case.core_fingerprint:
        paragraphs = paragraph_digests(found.examined.bundle, found.digest)
        signed_texts.keep(connection, case, paragraphs, found.at)
    if case is None:
        if not opens_case(judged):
            return None
        case = cases.open_case(connection, found.document, _facts(found), found.at)
        return _moved(connection, case, None, first_state(judged), standing, found)
    target = next_state(case, judged)
    if target is not None:
        return _moved(connection, case, case.state, target, standing, found)
    # Nobody has signed yet: the case stands for the text and the proposal as they now are.
    unsigned = case.state in BEFORE_SIGNATURES
    return cases.note(
        connection,
        case,
        _facts(found),
        attribute=judged.proposed if unsigned and judged.proposed else case.attribute,
        core_fingerprint=fingerprint if unsigned else case.core_fingerprint,
    )


def _judged(found: Found, standing: StoredDetermination | None, profile: Profile) -> Judged:
    return Judged(
        outcome=found.verdict.outcome,
        stage=found.verdict.stage,
        core_fingerprint=found.verdict.core_fingerprint,
        stated=found.verdict.stated,
        decided=standing is not None,
        proposed=standing.determination.attribute if standing else None,
        open_findings=tuple(
            f.code.value for f in found.verdict.findings if f.severity is Severity.BLOCK
        ),
        returns=profile.returned_automatic and found.occasion.returns,
        new_version=found.entered.version.new,
    )


def _moved(
    connection: Connection,
    case: Case,
    source: State | None,
    target: State,
    standing: StoredDetermination | None,
    found: Found,
) -> Case:
    """Gongkai's own move. What was signed keeps its fingerprint until a human says otherwise."""
    assert source is None or may_be_judged_into(source, Act.JUDGE, target)
    kept = case.state in SIGNED or case.state is State.TEXT_CHANGED
    fingerprint = case.core_fingerprint if kept else found.verdict.core_fingerprint
    again = source is State.RETURNED
    step = replace(
        _own_step(case, Act.JUDGE, source, target, fingerprint, found.at),
        round=case.round + again,
        opinion=found.verdict.outcome.value,
        attribute=None if kept or standing is None else standing.determination.attribute,
    )
    drafter = standing.determination.decided_by if standing and not case.drafter else None
    after = cases.move(
        connection,
        case,
        step,
        attribute=step.attribute,
        drafter=drafter,
        facts=_facts(found),
    )
    if target is State.RETURNED:
        reasons = [
            {"code": f.code.value} for f in found.verdict.findings if f.severity is Severity.RETURN
        ]
        returns.add_notice(connection, after, reasons, automatic=True, by=ACTOR, at=found.at)
    return after


def _own_step(
    case: Case, act: Act, source: State | None, target: State, fingerprint: str, at: str
) -> Step:
    return Step(
        revision=case.revision + 1,
        act=act,
        source=source,
        target=target,
        round=case.round,
        actor=ACTOR,
        acted_on=at[:10],
        recorded_by=ACTOR,
        recorded_at=at,
        core_fingerprint=fingerprint,
    )


def _facts(found: Found) -> CaseFacts:
    reading, bundle = found.examined.reading, found.examined.bundle
    form = bundle.form
    covered = Excerpts(bundle, reading).cover
    return CaseFacts(
        section=(form.section if form else "") or bundle.section,
        urgency=(form.urgency if form else "") or reading.element(ElementName.URGENCY),
        doc_type=reading.doc_type.value,
        doc_number=covered(reading.element(ElementName.DOC_NUMBER)),
        signed_date=reading.element(ElementName.SIGNED_DATE),
        version=found.entered.version.id,
        verdict=found.entered.recorded.id,
    )
