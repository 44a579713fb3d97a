"""A case for machines: what ``case show --json`` prints."""

from __future__ import annotations

from gongkai.casework.dossier import Dossier
from gongkai.casework.findings import short_key
from gongkai.cli.case_words import voice
from gongkai.cli.deadline_words import case_object as timed_object
from gongkai.lifecycle.case import Step
from gongkai.lifecycle.turn import next_acts, whose_turn
from gongkai.model.finding import Finding
from gongkai.policy.profile import Profile
from gongkai.settings import Contacts
from gongkai.workdays.cases import TimedCase

Object = dict[str, object]


def case_object(seen: Dossier, timed: TimedCase, profile: Profile, contacts: Contacts) -> Object:
    """All that is on record about a case; excerpts are masked as they are stored."""
    case, made = seen.case, seen.determined
    return {
        "number": case.number,
        "title": seen.title,
        "state": case.state,
        "next": [str(act) for act in next_acts(case, profile)],
        "turn": [str(role) for role in whose_turn(case, profile)],
        "revision": case.revision,
        "round": case.round,
        "attribute": case.attribute,
        "reason": made.reason if made else "",
        "basis": made.basis if made else "",
        "determined": str(made.status) if made else "",
        "section": case.section,
        "drafter": case.drafter,
        "urgency": case.urgency,
        "doc_type": case.doc_type,
        "doc_number": case.doc_number,
        "core_fingerprint": case.core_fingerprint,
        "opened_at": case.opened_at,
        "moved_at": case.moved_at,
        "disputed": case.disputed,
        "late": {**seen.late, "reason": case.late_reason} if case.late else None,
        "outcome": str(seen.stored.verdict.outcome) if seen.stored else "",
        "findings": _findings(seen, profile, contacts),
        "notices": [
            {
                "number": notice.number,
                "round": notice.round,
                "automatic": notice.automatic,
                "made_by": notice.made_by,
                "made_at": notice.made_at,
                "reasons": [dict(reason) for reason in notice.reasons],
            }
            for notice in seen.notices
        ],
        "history": [_step(step) for step in seen.history],
        "deadline": timed_object(timed).get("clock"),
    }


def _findings(seen: Dossier, profile: Profile, contacts: Contacts) -> list[Object]:
    told = voice(profile, contacts)

    def one(finding: Finding) -> Object:
        notice, answer = told.notice(finding), seen.answers.get(finding.key)
        return {
            "id": short_key(finding),
            "key": finding.key,
            "code": finding.code,
            "severity": finding.severity,
            "headline": notice.headline,
            "where": notice.where,
            "excerpt": finding.excerpt,
            "waivable": finding.waivable,
            "answer": str(answer.answer) if answer else "",
            "answered_by": answer.actor if answer else "",
        }

    return [one(finding) for finding in seen.findings]


def _step(step: Step) -> Object:
    return {
        "revision": step.revision,
        "act": step.act,
        "source": step.source,
        "target": step.target,
        "round": step.round,
        "actor": step.actor,
        "role": step.role,
        "on_behalf_of": step.on_behalf_of,
        "fallback": step.fallback,
        "medium": step.medium,
        "acted_on": step.acted_on,
        "recorded_by": step.recorded_by,
        "recorded_at": step.recorded_at,
        "opinion": step.opinion,
        "reason": step.reason,
        "basis": step.basis,
        "evidence": step.evidence,
        "attribute": step.attribute,
        "details": dict(step.details),
    }
