"""The conditions of the decision table (requirements §6), one function per row.

Each row looks at a question and answers with a match or nothing. Own labels of the document
are no input: the advice is independent of what the drafter wrote.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from gongkai.model.attribute import DisclosureAttribute, strictest
from gongkai.model.determination import SourceStatus
from gongkai.model.reading import (
    ElementName,
    Entity,
    EntityKind,
    EntityRole,
    MarkKind,
    Span,
    Topic,
    Trigger,
    TriggerCode,
)
from gongkai.policy.profile import Profile
from gongkai.policy.question import Match, Question, SourceFact

PROACTIVE = DisclosureAttribute.PROACTIVE
NOT_DISCLOSED = DisclosureAttribute.NOT_DISCLOSED

OPEN_KINDS = frozenset({"批复", "函", "纪要", "议案"})
"""Kinds without a preset (row 14): process information in one paper, a decision in another.

A 议案 is decided on in public by a congress, which says itself what of it is published.
"""

PROPOSAL_REPLY = "建议提案答复"
"""Replies to deputies' proposals are published (PUB-10), though not all of them."""

PERSONAL = frozenset(
    {
        EntityKind.ID_NUMBER,
        EntityKind.PASSPORT,
        EntityKind.BANK_CARD,
        EntityKind.ADDRESS,
        EntityKind.PLATE,
        EntityKind.SOCIAL_SECURITY_NUMBER,
        EntityKind.SENSITIVE_FACT,
    }
)
PASSAGES = (
    TriggerCode.SECURITY_STABILITY,
    TriggerCode.TRADE_SECRET,
    TriggerCode.DELIBERATION,
    TriggerCode.CONSULT_CONTENT,
    TriggerCode.CASE_FILE,
    TriggerCode.INTERNAL_MATTER,
)
FOR_EVERYBODY = (TriggerCode.WIDE_KNOWLEDGE, TriggerCode.INSTITUTION)
UPWARD_KINDS = frozenset({"报告", "意见"})
"""Withheld when they go up: a 意见 to a superior is handled as a 请示 is."""
WORKING_KINDS = frozenset(
    {"汇报", "会议记录", "会议材料", "值班信息", "信息专报", "情况反映", "参阅件"}
)
"""Made for those who decide, never for the public: discussion put on paper."""
FORM_TOPICS = frozenset({"T01", "T02", "T03"})
"""Topics told by what sort of paper it is (管理办法, 工作方案), whatever it regulates."""
EVIDENCE = 5


Row = Callable[[Question], Match | None]


def _by_cues(attribute: DisclosureAttribute | None, cues: Iterable[Trigger]) -> Match | None:
    found = sorted(cues, key=lambda cue: -cue.confidence)
    if not found:
        return None
    spans = tuple(cue.span for cue in found if cue.span is not None)
    return Match(attribute, found[0].confidence, spans[:EVIDENCE])


def secret_unclear(question: Question) -> Match | None:
    """Row 2: content that may be secret, in any passage, or declared a secret matter."""
    form = question.bundle.form
    if form is not None and form.is_secret_matter:
        return Match(NOT_DISCLOSED, 1.0)
    return _by_cues(NOT_DISCLOSED, question.cues(TriggerCode.SECRET_CONTENT))


def work_secret(question: Question) -> Match | None:
    """Row 3: a work-secret mark in mark position."""
    marks = [m.span for m in question.reading.marks if m.kind is MarkKind.WORK_SECRET]
    return Match(NOT_DISCLOSED, 0.95, tuple(marks[:EVIDENCE])) if marks else None


def security_or_law(question: Question) -> Match | None:
    """Row 4: 三安全一稳定 as the subject, or a law that forbids."""
    return _by_cues(
        NOT_DISCLOSED,
        (
            *question.cues(TriggerCode.SECURITY_STABILITY, subject=True),
            *question.cues(TriggerCode.LAW_FORBIDS, subject=True),
        ),
    )


def forwarded_labelled(question: Question) -> Match | None:
    """Row 5: everything that is forwarded carries a label; the strictest is inherited."""
    facts = question.sources
    attributes = [a for fact in facts if (a := _label(fact, question.profile)) is not None]
    if not facts or len(attributes) < len(facts):
        return None
    return Match(strictest(attributes), 0.9, _citations(question))


def forwarded_unlabelled(question: Question) -> Match | None:
    """Row 6: a source without label or unknown; the table goes on and a reason is due."""
    if not question.reading.citations and not question.sources:
        return None
    if forwarded_labelled(question) is not None:
        return None
    labels = [a for f in question.sources if (a := _label(f, question.profile)) is not None]
    return Match(strictest(labels) if labels else None, 0.5, _citations(question))


def _label(fact: SourceFact, profile: Profile) -> DisclosureAttribute | None:
    source = fact.source
    if source is None or source.status is not SourceStatus.LABELLED:
        return None
    words = profile.keys.forwarding.no_inheritance_from.value
    named = source.title + source.doc_number + fact.citation.title + fact.citation.doc_number
    return None if any(word in named for word in words) else source.attribute


def _citations(question: Question) -> tuple[Span, ...]:
    spans = (citation.span for citation in question.reading.citations)
    return tuple(span for span in spans if span is not None)[:EVIDENCE]


def upward(question: Question) -> Match | None:
    """Row 7: a 请示, or a 报告 or 意见 to a superior; an unknown direction does not fire."""
    doc_type = question.reading.doc_type
    if question.kind == "请示" or (question.kind in UPWARD_KINDS and question.upward):
        spans = (doc_type.evidence,) if doc_type.evidence else ()
        recipients = tuple(
            element.span
            for element in question.reading.elements
            if element.name is ElementName.MAIN_RECIPIENTS and element.span and element.value
        )
        return Match(NOT_DISCLOSED, max(doc_type.confidence, 0.6), (*spans, *recipients)[:EVIDENCE])
    return None


def consultation(question: Question) -> Match | None:
    """Row 8: asking a department for its opinion, or giving ours; never a public draft."""
    if question.public_draft:
        return None
    return _by_cues(NOT_DISCLOSED, question.cues(TriggerCode.CONSULTATION, subject=True))


def under_discussion(question: Question) -> Match | None:
    """Row 9: a paper whose own purpose is internal discussion, an inquiry or a case file."""
    if question.public_draft:
        return None
    cues = (
        *question.cues(TriggerCode.DELIBERATION, subject=True),
        *question.cues(TriggerCode.CASE_FILE, subject=True),
    )
    if not cues and question.kind in WORKING_KINDS:
        doc_type = question.reading.doc_type
        spans = (doc_type.evidence,) if doc_type.evidence else ()
        return Match(NOT_DISCLOSED, max(doc_type.confidence, 0.6), spans)
    return _by_cues(NOT_DISCLOSED, cues)


def private_subject(question: Question) -> Match | None:
    """Row 10: one person's or firm's private matter that no named list covers."""
    if question.cues(TriggerCode.NAMED_LIST):
        return None
    cues = (
        *question.cues(TriggerCode.PRIVATE_SUBJECT, subject=True),
        *question.cues(TriggerCode.TRADE_SECRET, subject=True),
    )
    return _by_cues(question.profile.private_content_attribute, cues)


def listed_topic(question: Question) -> Match | None:
    """Row 11: a topic of the proactive list in an issued, outward document."""
    always = question.cues(TriggerCode.PROPOSAL_REPLY, TriggerCode.PUBLIC_CONSULTATION)
    if always and not question.upward:
        return _by_cues(PROACTIVE, always)
    if question.kind == PROPOSAL_REPLY:
        evidence = question.reading.doc_type.evidence
        return Match(PROACTIVE, 0.6, (evidence,) if evidence else ())
    topics = _outward_topics(question)
    if _internal(question):
        topics = tuple(t for t in topics if t.in_title and t.code not in FORM_TOPICS)
    if not topics or question.inward is not None:
        return None
    best = topics[0]
    score = min(1.0, best.confidence + (0.25 if best.in_title else 0.0))
    return Match(PROACTIVE, score, tuple(topic.span for topic in topics[:EVIDENCE]))


def _outward_topics(question: Question) -> tuple[Topic, ...]:
    """The topics that make this paper one for the public; a 批复 only by its title."""
    rules = question.profile.keys.rules
    if question.upward:
        return ()
    if question.kind == "批复":
        decided = rules.reply_topics.value
        return tuple(t for t in question.topics if t.in_title and t.code in decided)
    return question.topics if question.kind in rules.outward_kinds.value else ()


def _internal(question: Question) -> bool:
    return bool(question.cues(TriggerCode.INTERNAL_MATTER, subject=True))


def vital_or_wide(question: Question) -> Match | None:
    """Row 12: vital interests, wide knowledge, or what the body is and how it works.

    A letter, reply or minutes speaks to somebody in particular, so there only the cues of a
    paper meant for everybody count; one to the body's own sections is for everybody only when
    it says what the body is.
    """
    if question.upward:
        return None
    if question.kind in OPEN_KINDS:
        return _by_cues(PROACTIVE, question.cues(*FOR_EVERYBODY, subject=True))
    if question.inward is not None:
        return _by_cues(PROACTIVE, question.cues(TriggerCode.INSTITUTION, subject=True))
    subject = True if _internal(question) else None
    codes = (*FOR_EVERYBODY, TriggerCode.VITAL_INTEREST, TriggerCode.NAMED_LIST)
    return _by_cues(PROACTIVE, question.cues(*codes, subject=subject))


def internal_matter(question: Question) -> Match | None:
    """Row 13: personnel, logistics, workflow of the body itself; papers to its own sections."""
    attribute = question.profile.internal_attribute
    cues = question.cues(TriggerCode.INTERNAL_MATTER, subject=True)
    if cues:
        return _by_cues(attribute, cues)
    # Whom a labelled paper is passed on to says nothing about what it is.
    if question.inward is None or forwarded_labelled(question) is not None:
        return None
    return Match(attribute, 0.5, question.inward[:EVIDENCE])


def open_kind(question: Question) -> Match | None:
    """Row 14: 批复, 函, 纪要, 议案 without a trigger; a human decides."""
    if question.kind not in OPEN_KINDS:
        return None
    evidence = question.reading.doc_type.evidence
    return Match(None, 0.0, (evidence,) if evidence else ())


def nothing(question: Question) -> Match | None:
    """Row 15: openness is the rule, so the hint is PROACTIVE, with little confidence."""
    return Match(PROACTIVE, 0.0)


def redaction_needed(question: Question) -> Match | None:
    """Overlay: incidental private or stricter parts stand in what would be public."""
    parts = (
        *(e.span for e in question.reading.entities if _is_private(e)),
        *(cue.span for cue in question.cues(*PASSAGES, subject=False) if cue.span is not None),
    )
    return Match(PROACTIVE, 0.5, parts[:EVIDENCE]) if parts else None


def _is_private(entity: Entity) -> bool:
    if entity.already_masked or entity.role is not EntityRole.PLAIN:
        return False
    mobile = entity.kind is EntityKind.PHONE and entity.sub == "mobile"
    return entity.kind in PERSONAL or mobile


TABLE: tuple[tuple[str, Row], ...] = (
    ("row-2", secret_unclear),
    ("row-3", work_secret),
    ("row-4", security_or_law),
    ("row-5", forwarded_labelled),
    ("row-6", forwarded_unlabelled),
    ("row-7", upward),
    ("row-8", consultation),
    ("row-9", under_discussion),
    ("row-10", private_subject),
    ("row-11", listed_topic),
    ("row-12", vital_or_wide),
    ("row-13", internal_matter),
    ("row-14", open_kind),
    ("row-15", nothing),
)
"""Row 1, a secrecy mark, is settled before anything is read: see ``gongkai.secrecy``."""
