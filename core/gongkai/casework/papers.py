"""A case on paper: the check sheet, the notice of return and the trail, filled from the record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gongkai.casework.dossier import Dossier
from gongkai.forms.papers import (
    CheckSheet,
    LeftMatter,
    Matter,
    ReturnNotice,
    Signature,
    Trail,
    TrailMove,
)
from gongkai.lifecycle.act import Act
from gongkai.lifecycle.case import Step
from gongkai.messages import say
from gongkai.model.attribute import DisclosureAttribute, Severity
from gongkai.model.bundle import Role as MemberRole
from gongkai.model.content import NoteScope
from gongkai.model.determination import Medium
from gongkai.model.finding import Finding, FindingCode
from gongkai.model.verdict import Suggestion
from gongkai.notices import Voice
from gongkai.policy.profile import Profile
from gongkai.settings import Settings
from gongkai.store.returns import Notice
from gongkai.store.verdicts import StoredVerdict

FINGERPRINT_SHOWN = 16


def check_sheet(seen: Dossier, profile: Profile, settings: Settings) -> CheckSheet:
    """公开属性核对单, with the signatures that count for the text as it is (B8)."""
    case, made = seen.case, seen.determined
    voice = _voice(profile, settings)
    verdict = seen.stored.verdict if seen.stored else None
    advice = verdict.suggestion if verdict else None
    return CheckSheet(
        title=seen.title,
        number=case.number,
        office=settings.organization.name,
        doc_kind=case.doc_type,
        doc_number=case.doc_number,
        urgency=case.urgency,
        section=case.section,
        drafter=case.drafter,
        attribute=_label(case.attribute, profile),
        reason=made.reason if made else "",
        basis=made.basis if made else "",
        secrecy=say("case.declared") if made and not made.is_secret_matter else "",
        advice=_label((advice.attribute or advice.hint) if advice else None, profile),
        confidence=say(f"cli.confidence_{advice.confidence}") if advice else "",
        ground=_ground(advice),
        outcome=say(f"cli.outcome_{verdict.outcome}") if verdict else "",
        left=tuple(_left(seen, finding, voice) for finding in seen.open_findings),
        checked=_files(seen, unread=False),
        unchecked=_files(seen, unread=True),
        checked_at=seen.stored.judged_at if seen.stored else "",
        fingerprint=case.core_fingerprint[:FINGERPRINT_SHOWN],
        drafted=_drafted(seen),
        headed=_signature(seen.signed(Act.EXAMINE)),
        reviewed=_signature(seen.signed(Act.CONCLUDE, Act.SIGN)),
        verified=_signature(seen.signed(Act.ACCEPT, Act.CORRECT)),
        issued=_signature(seen.signed(Act.APPROVE)),
    )


def return_notice(
    seen: Dossier, notice: Notice, then: StoredVerdict | None, profile: Profile, settings: Settings
) -> ReturnNotice:
    """退回重新办理通知单 as it was told; ``then`` is what had been found by that time."""
    case, contact = seen.case, settings.contacts.office
    voice = _voice(profile, settings)
    hints = [
        voice.notice(f).headline
        for f in (then.verdict.findings if then else ())
        if f.severity in (Severity.INFO, Severity.WARNING)
    ]
    return ReturnNotice(
        number=notice.number,
        round=notice.round,
        title=seen.title,
        office=settings.organization.name,
        section=case.section,
        drafter=case.drafter,
        urgency=case.urgency,
        submitted_at=_submitted(seen, notice),
        returned_at=notice.made_at,
        matters=tuple(_matters(notice, then, voice)),
        hints=tuple(hints),
        hint_count=len(hints),
        checked=_files(seen, unread=False),
        unchecked=_files(seen, unread=True),
        checker=(contact.name or say("people.role_office")) if notice.automatic else notice.made_by,
        phone=contact.phone,
        automatic=notice.automatic,
    )


def trail(seen: Dossier, profile: Profile, settings: Settings, at: str, foot: str) -> Trail:
    """办理过程: every step of a case, for the archive (B19)."""
    case = seen.case
    return Trail(
        number=case.number,
        title=seen.title,
        office=settings.organization.name,
        doc_number=case.doc_number,
        section=case.section,
        drafter=case.drafter,
        attribute=_label(case.attribute, profile),
        opened_at=case.opened_at,
        state=say(f"case.state_{case.state}"),
        printed_at=at,
        moves=tuple(_move(step, profile) for step in seen.history),
        foot=foot,
    )


def _voice(profile: Profile, settings: Settings) -> Voice:
    return Voice(profile, settings.contacts, {})


def _label(attribute: DisclosureAttribute | None, profile: Profile) -> str:
    return profile.label_of(attribute) if attribute is not None else ""


def _ground(advice: Suggestion | None) -> str:
    if advice is None or not (advice.attribute or advice.hint) or not advice.rules:
        return ""
    return say(f"policy.{advice.rules[0].id}")


def _left(seen: Dossier, finding: Finding, voice: Voice) -> LeftMatter:
    notice, answer = voice.notice(finding), seen.answers.get(finding.key)
    return LeftMatter(
        what=notice.headline,
        place=notice.where,
        judgement=say(f"case.answer_{answer.answer}") if answer else "",
        person=answer.actor if answer else "",
        reason=answer.reason if answer else "",
    )


def _matters(notice: Notice, then: StoredVerdict | None, voice: Voice) -> Iterator[Matter]:
    found: Mapping[str, Finding] = {
        f.code.value: f for f in (then.verdict.findings if then else ())
    }
    for reason in notice.reasons:
        code = reason.get("code")
        if code is None:
            yield Matter(reason.get("text", ""), basis=reason.get("basis", ""))
            continue
        bare = Finding(FindingCode(code), Severity.RETURN, rule="")
        told = voice.notice(found.get(code, bare))
        yield Matter(told.headline, told.where, told.ground, told.cure)


def _submitted(seen: Dossier, notice: Notice) -> str:
    """When the round began that ended in the return."""
    in_round = (step.recorded_at for step in seen.history if step.round == notice.round)
    return next(in_round, seen.case.opened_at)


def _files(seen: Dossier, *, unread: bool) -> str:
    """The files by what they are; their names may name people."""
    notes = seen.stored.verdict.notes if seen.stored else ()
    missed = {name for name, note in notes if note.scope is not NoteScope.NOTHING}
    words = (
        say("case.main_file")
        if file.role == MemberRole.MAIN
        else say("case.attachment", number=file.number)
        for file in seen.files
        if (file.name in missed) is unread
    )
    return say("cli.and").join(words)


def _drafted(seen: Dossier) -> Signature:
    """The drafter's signature: his step here, or what he stated when he marked the file."""
    step = seen.signed(Act.PROPOSE)
    made = seen.determined
    if step is not None or made is None:
        return _signature(step)
    return Signature(made.decided_by, "", made.decided_on, made.medium is Medium.PAPER)


def _signature(step: Step | None) -> Signature:
    if step is None:
        return Signature()
    paper = step.medium is Medium.PAPER
    said = step.opinion or step.reason
    return Signature(step.actor, said, step.acted_on, paper, step.on_behalf_of)


def _move(step: Step, profile: Profile) -> TrailMove:
    own = step.role is None
    said = [step.opinion if not own else "", step.detail("objection")]
    return TrailMove(
        time=step.acted_on if step.medium is Medium.PAPER else step.recorded_at,
        act=say(f"case.act_{step.act}") + "：" + say(f"case.state_{step.target}"),
        person=say("case.system") if own else step.actor,
        capacity="" if step.role is None else say(f"people.role_{step.role}"),
        medium="" if own else say(f"case.medium_{step.medium}"),
        opinion="；".join(filter(None, said)),
        reason=step.reason,
        basis=step.basis,
    )
