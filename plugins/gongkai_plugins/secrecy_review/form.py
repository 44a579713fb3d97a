"""保密审查审批表 of a case: the fields of the paper, filled from the record (B15)."""

from __future__ import annotations

from dataclasses import replace

from gongkai.forms.papers import Consent, Referral, ReviewForm, ReviewStep
from gongkai.lifecycle.act import Act
from gongkai.lifecycle.case import Step
from gongkai.lifecycle.state import State
from gongkai.messages import say
from gongkai.model.determination import Medium
from gongkai.policy.profile import Profile
from gongkai.settings import Settings
from gongkai_plugins.secrecy_review import joint
from gongkai_plugins.secrecy_review.facts import Facts
from gongkai_plugins.secrecy_review.opinions import Opinion
from gongkai_plugins.secrecy_review.order import OPINION, STEP, carried

OWN = "gongkai_plugins.secrecy_review:"
FINGERPRINT_SHOWN = 16
_GIVES_AN_OPINION = (Act.SIGN, Act.CONCLUDE)


def review_form(facts: Facts, title: str, profile: Profile, settings: Settings) -> ReviewForm:
    """The paper of the review of this text: what is signed stands in it, the rest is blank."""
    case, given = facts.case, _opinions(facts)
    attribute = profile.label_of(case.attribute) if case.attribute else ""
    declared = say(f"{OWN}no_secret_matter") if facts.situation.declared else ""
    approved = _approval(facts)
    return ReviewForm(
        title=title,
        number=case.number,
        office=settings.organization.name,
        unit=case.section,
        doc_number=case.doc_number,
        made_on=case.signed_date,
        submitted_on=case.opened_at[:10],
        attribute=attribute,
        secret_matter=declared,
        confirmed=declared if approved is not None else "",
        fingerprint=case.core_fingerprint[:FINGERPRINT_SHOWN],
        initial=_step(given.get("1")),
        examined=_step(given.get("2")),
        secrecy=_step(given.get("3")),
        approval=_step(given["4"]) if "4" in given else _adopting(facts, approved, given),
        consents=tuple(_consents(facts)),
        referrals=tuple(_referrals(facts)),
        result=attribute if approved is not None else "",
    )


def _opinions(facts: Facts) -> dict[str, Step]:
    """The last opinion of every step of this stay in review, if it is about this text."""
    run = facts.run
    if run is None or facts.case.core_fingerprint not in carried(
        facts.history, run.core_fingerprint
    ):
        return {}
    found: dict[str, Step] = {}
    for step in facts.history:
        if step.act is Act.SIGN and step.source is State.UNIT_EXAMINED:
            found = {}
        if step.act in _GIVES_AN_OPINION:
            found[step.detail(STEP)] = step
    return found


def _approval(facts: Facts) -> Step | None:
    """The approval of this text in this round, which is the last step of its review."""
    texts = {facts.case.core_fingerprint}
    return next(
        (
            step
            for step in reversed(facts.history)
            if step.act is Act.APPROVE
            and step.round == facts.case.round
            and texts & carried(facts.history, step.core_fingerprint)
        ),
        None,
    )


def _adopting(facts: Facts, approved: Step | None, given: dict[str, Step]) -> ReviewStep:
    """The approval as the last step: it adopts what the review came to, and its ground."""
    made, reviewed = _step(approved), facts.reviewed
    if approved is None or reviewed is None:
        return made
    ground = given["3"].basis if "3" in given else ""
    return replace(
        made,
        opinion=reviewed.result,
        basis=made.basis or ground,
        reason=made.reason or say(f"{OWN}adopts"),
    )


def _step(step: Step | None) -> ReviewStep:
    if step is None:
        return ReviewStep()
    opinion = step.detail(OPINION)
    return ReviewStep(
        opinion=opinion if opinion in Opinion.__members__ else "",
        basis=step.basis,
        reason=step.reason,
        signer=step.actor,
        date=step.acted_on,
        on_paper=step.medium is Medium.PAPER,
        for_whom=step.on_behalf_of,
    )


def _consents(facts: Facts) -> list[Consent]:
    said = joint.standing(facts.consents, facts.history, facts.case.core_fingerprint)
    return [
        Consent(
            body,
            answer=say(f"{OWN}consent_{each.answer}") if each and each.answer else "",
            evidence=each.evidence if each else "",
            date=each.answered_on if each else "",
        )
        for body in facts.joint.bodies
        for each in [said.get(body)]
    ]


def _referrals(facts: Facts) -> list[Referral]:
    return [
        Referral(
            target=hop.body,
            question=say(f"{OWN}question_{hop.question}"),
            sent_on=hop.sent_on,
            answer=say(f"{OWN}opinion_{hop.answer.opinion}") if hop.answer else "",
            answered_on=hop.answer.answered_on if hop.answer else "",
            reference=hop.answer.reference if hop.answer else hop.reference,
        )
        for hop in facts.hops
        if facts.case.core_fingerprint in carried(facts.history, hop.core_fingerprint)
    ]
