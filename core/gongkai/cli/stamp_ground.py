"""What a human must say before a mark: that it is no state secret, and why it is withheld."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import click

from gongkai.cli.session import Session
from gongkai.cli.stamp_paper import Paper
from gongkai.errors import ActionRefused, QuarantinedDocument
from gongkai.judging.verdict import verdict
from gongkai.messages import say
from gongkai.model.attribute import DisclosureAttribute
from gongkai.model.determination import Capacity, Determination, Medium
from gongkai.model.finding import Basis, FindingCode
from gongkai.model.reading import LabelScope, LabelSource
from gongkai.moment import now
from gongkai.notices import Notice, Voice, contact_words
from gongkai.policy.entries import CannedReason, fold
from gongkai.policy.profile import Profile
from gongkai.records import one_time_digest


@dataclass(frozen=True, slots=True)
class Ground:
    """Why this attribute: in words, and on which legal basis."""

    reason: str = ""
    basis: str = ""


def declare_not_secret(session: Session, *, declared: bool) -> None:
    """The declaration every determination needs (SEC-10).

    Raises ``ActionRefused`` when nobody makes it, ``QuarantinedDocument`` when the answer is
    that it is a state secret.
    """
    if declared:
        return
    if not session.interactive:
        raise ActionRefused("stamp_declare")
    answers = {say(f"stamp.answer_{name}"): name for name in ("no", "yes", "unsure")}
    officer = contact_words(session.contacts.secrecy_officer, "officer")
    given = click.prompt(say("stamp.ask_secret"), type=click.Choice(list(answers)), err=True)
    match answers[given]:
        case "yes":
            raise QuarantinedDocument("stamp_secret", officer=officer)
        case "unsure":
            raise ActionRefused("stamp_secret_unsure", officer=officer)


def ground_for(
    session: Session,
    attribute: DisclosureAttribute,
    reason: str,
    basis: str,
    paper: Paper,
    profile: Profile,
) -> Ground:
    """Reason and basis as given, or as the profile's ready ones and the fired rules bear them.

    A ready reason nothing in the document bears is no reason (SEC-12). Raises
    ``ActionRefused`` when one is owed and nobody can be asked.
    """
    if attribute is DisclosureAttribute.PROACTIVE:
        return Ground(reason.strip(), basis.strip())
    borne = _borne(attribute, paper, profile)
    ready = _ready(reason, attribute, profile)
    if ready is not None:
        if ready not in borne and not basis.strip():
            raise ActionRefused("stamp_reason_unborne", label=profile.label_of(attribute))
        return Ground(ready.text, basis.strip() or _cited(ready.basis))
    fired = _fired_basis(attribute, paper)
    if not reason.strip() and borne:
        chosen = borne[0]
        session.err.print(say("stamp.reason_filled", reason=chosen.text))
        return Ground(chosen.text, basis.strip() or _cited(chosen.basis))
    supported = basis.strip() or _cited(fired)
    if not reason.strip() and session.interactive:
        reason = click.prompt(say("stamp.ask_reason"), default="", show_default=False, err=True)
    if not supported and session.interactive:
        supported = click.prompt(say("stamp.ask_basis"), default="", show_default=False, err=True)
    if not reason.strip() or not supported.strip():
        raise ActionRefused("stamp_needs_reason", label=profile.label_of(attribute))
    return Ground(reason.strip(), supported.strip())


def remaining(
    session: Session,
    paper: Paper,
    attribute: DisclosureAttribute,
    ground: Ground,
    profile: Profile,
) -> Sequence[Notice]:
    """What the document is still found to need under the attribute just determined."""
    decided = Determination(
        attribute=attribute,
        core_fingerprint=paper.core_fingerprint,
        decided_by="",
        decided_on="",
        capacity=Capacity.DRAFTING,
        medium=Medium.SYSTEM,
        recorded_by="",
        recorded_at=now(),
        reason=ground.reason,
        basis=ground.basis,
    )
    reading = paper.examined.reading
    replaced = (LabelSource.ANNOTATION, LabelSource.IMPRINT, LabelSource.PROPERTY)
    labels = tuple(
        label
        for label in reading.labels
        if label.scope is not LabelScope.OWN or label.source not in replaced
    )
    examined = replace(paper.examined, reading=replace(reading, labels=labels))
    known = replace(paper.known, record=decided)
    found = verdict(examined, known, profile, session.organization, one_time_digest())
    voice = Voice.about(examined.bundle, profile, session.contacts, examined.reading)
    return [
        voice.notice(finding)
        for finding in found.findings
        if finding.code is not FindingCode.STAMP_BROKEN
    ]


def _borne(
    attribute: DisclosureAttribute, paper: Paper, profile: Profile
) -> tuple[CannedReason, ...]:
    """The ready reasons for an attribute that a fired rule or a trigger bears."""
    suggestion = paper.verdict.suggestion
    seen = {rule.id for rule in suggestion.rules} if suggestion else set()
    seen |= {str(trigger.code) for trigger in paper.examined.reading.triggers}
    return tuple(
        ready
        for ready in profile.reasons
        if ready.attribute is attribute and seen & set(ready.supports)
    )


def _ready(reason: str, attribute: DisclosureAttribute, profile: Profile) -> CannedReason | None:
    wanted = fold(reason)
    return next(
        (
            ready
            for ready in profile.reasons
            if ready.attribute is attribute and wanted and wanted in (fold(ready.text), ready.code)
        ),
        None,
    )


def _fired_basis(attribute: DisclosureAttribute, paper: Paper) -> tuple[Basis, ...]:
    suggestion = paper.verdict.suggestion
    if suggestion is None or suggestion.attribute is not attribute:
        return ()
    return next((rule.basis for rule in suggestion.rules if rule.attribute is attribute), ())


def _cited(basis: tuple[Basis, ...]) -> str:
    return say("cli.and").join(dict.fromkeys(each.text for each in basis))
