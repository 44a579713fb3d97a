"""Passages that must not ride along in a proactive document, and marks of work secrets."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.judging.brief import Brief, Matter
from gongkai.model.finding import FindingCode
from gongkai.model.reading import MarkKind, Span, Trigger, TriggerCode

PASSAGES = {
    TriggerCode.SECRET_CONTENT: (FindingCode.SECRET_CONTENT, "SEC-06"),
    TriggerCode.SECURITY_STABILITY: (FindingCode.SECURITY_STABILITY, "SEC-07"),
    TriggerCode.TRADE_SECRET: (FindingCode.TRADE_SECRET, "PRO-11.E2"),
    TriggerCode.DELIBERATION: (FindingCode.DELIBERATION, "PRO-11.E4"),
    TriggerCode.CONSULT_CONTENT: (FindingCode.CONSULT_CONTENT, "SRC-09"),
    TriggerCode.INTERNAL_MATTER: (FindingCode.INTERNAL_MATTER, "SRC-07"),
    TriggerCode.CASE_FILE: (FindingCode.CASE_FILE, "PRO-11.E5"),
}


GRAVE_AS_SUBJECT = frozenset({TriggerCode.SECRET_CONTENT, TriggerCode.SECURITY_STABILITY})
"""Sorts that stop a proactive paper also when the whole of it is about them."""


def passages(brief: Brief) -> Iterator[Matter]:
    """One matter per code and file: all passages of one sort are decided together (A8).

    The words of a passage that may be secret are never repeated: only where it stands. A
    paper whose whole subject is discussion or a brief is told by its kind, in ``fitness``.
    """
    least = brief.profile.threshold("trigger.minimum")
    groups: dict[tuple[TriggerCode, str], list[Trigger]] = {}
    for trigger in brief.reading.triggers:
        counts = not trigger.subject or trigger.code in GRAVE_AS_SUBJECT
        if trigger.code in PASSAGES and counts and trigger.confidence >= least:
            member = trigger.span.place.partition("/")[0] if trigger.span else ""
            key = (trigger.code, member if member.startswith("attachment") else "")
            groups.setdefault(key, []).append(trigger)
    for (kind, _), found in groups.items():
        code, rule = PASSAGES[kind]
        spans = tuple(t.span for t in found if t.span)
        secret = code is FindingCode.SECRET_CONTENT
        yield Matter(
            code,
            rule,
            spans=spans,
            count=len({span.place for span in spans}) or 1,
            values=tuple(span.text for span in spans),
            excerpt="" if secret or not spans else brief.excerpts.short(spans[0]),
        )


def work_secret_mark(brief: Brief) -> Iterator[Matter]:
    """WORK_SECRET_MARK: forces NOT_DISCLOSED without stopping the check (A6)."""
    yield from _marks(brief, MarkKind.WORK_SECRET, FindingCode.WORK_SECRET_MARK, "SRC-10")


def draft_mark(brief: Brief) -> Iterator[Matter]:
    """DRAFT_MARK: 送审稿, 讨论稿 … still stand on a paper that is to leave the house (A1)."""
    yield from _marks(brief, MarkKind.DRAFT, FindingCode.DRAFT_MARK, "A1")


def _marks(brief: Brief, kind: MarkKind, code: FindingCode, rule: str) -> Iterator[Matter]:
    spans: list[Span] = [mark.span for mark in brief.reading.marks if mark.kind is kind]
    if spans:
        yield Matter(
            code,
            rule,
            spans=tuple(spans),
            count=len(spans),
            values=tuple(sorted({span.text for span in spans})),
            excerpt=spans[0].text,
        )


RULES = (passages, work_secret_mark, draft_mark)
