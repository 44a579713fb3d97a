"""Does the stated attribute fit: listed topic withheld, policy withheld, unusual kinds."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.judging.case import Case, Matter
from gongkai.judging.labels import is_unofficial
from gongkai.model.attribute import DisclosureAttribute
from gongkai.model.finding import FindingCode
from gongkai.model.reading import ElementName, TriggerCode
from gongkai.model.verdict import Confidence
from gongkai.script import is_traditional

PROACTIVE = DisclosureAttribute.PROACTIVE
WITHHELD_ROWS = frozenset({"row-1", "row-2", "row-3", "row-4", "row-7", "row-8", "row-9"})
POLICY_KINDS = frozenset({"通知", "意见", "办法", "方案", "决定", "规定", "细则", "公告", "通告"})


def topic_withheld(case: Case) -> Iterator[Matter]:
    """TOPIC_WITHHELD: a listed topic, yet not to be public; asks for a reason (SEC-21)."""
    topics = _decisive_topics(case)
    if case.stated in (None, PROACTIVE) or not topics or _advised_withheld(case):
        return
    title = next((t.title for t in case.profile.topics if t.code == topics[0]), topics[0])
    yield Matter(
        FindingCode.TOPIC_WITHHELD,
        "SEC-21",
        values=tuple(topics),
        details=(("topic", title), ("stated", case.profile.label_of(case.stated))),
    )


def policy_withheld(case: Case) -> Iterator[Matter]:
    """POLICY_WITHHELD: a policy document goes to the disclosure office before approval (SRC-25)."""
    if case.stated is not DisclosureAttribute.NOT_DISCLOSED or _advised_withheld(case):
        return
    if case.reading.doc_type.value in POLICY_KINDS and "T01" in _decisive_topics(case):
        yield Matter(
            FindingCode.POLICY_WITHHELD,
            "SRC-25",
            details=(("stated", case.profile.label_of(case.stated)),),
        )


def unusual(case: Case) -> Iterator[Matter]:
    """TYPE_ATTR_UNUSUAL: stated openly what the table withholds, e.g. a 请示 (SRC-08)."""
    winner = case.suggestion.rules[0].id if case.suggestion.rules else ""
    if case.stated is PROACTIVE and winner in WITHHELD_ROWS:
        yield Matter(
            FindingCode.TYPE_ATTR_UNUSUAL,
            winner,
            details=(("kind", case.reading.doc_type.value), ("row", winner)),
        )


def kind_unknown(case: Case) -> Iterator[Matter]:
    """TYPE_UNKNOWN: the kind could not be told; never silently out of scope (SRC-01)."""
    if not case.reading.doc_type.value:
        yield Matter(FindingCode.TYPE_UNKNOWN, "SRC-01")
    elif is_unofficial(case):
        yield Matter(
            FindingCode.NON_OFFICIAL_TRACK,
            "SRC-02",
            details=(("kind", case.reading.doc_type.value),),
        )


def elements_missing(case: Case) -> Iterator[Matter]:
    """ELEMENTS_MISSING: what a paper about to be printed should have (A1)."""
    wanted = (ElementName.TITLE, ElementName.DOC_NUMBER, ElementName.SIGNED_DATE)
    if not case.reading.doc_type.value or is_unofficial(case):
        return
    absent = [name for name in wanted if not case.reading.element(name)]
    if absent:
        yield Matter(
            FindingCode.ELEMENTS_MISSING,
            "A1",
            count=len(absent),
            values=tuple(absent),
            details=(("elements", " ".join(absent)),),
        )


def low_confidence(case: Case) -> Iterator[Matter]:
    """LOW_CONFIDENCE: the advice rests on little; a human's look is worth more."""
    if case.only_advised and case.suggestion.confidence is Confidence.LOW:
        yield Matter(FindingCode.LOW_CONFIDENCE, "row-15")


def topics(case: Case) -> Iterator[Matter]:
    """TOPIC: which entries of the proactive list the document touches (PRO-01…06)."""
    for code in _decisive_topics(case)[:3]:
        span = next(topic.span for topic in case.reading.topics if topic.code == code)
        title = next((t.title for t in case.profile.topics if t.code == code), code)
        yield Matter(
            FindingCode.TOPIC, code, spans=(span,), values=(code,), details=(("topic", title),)
        )


def news_like(case: Case) -> Iterator[Matter]:
    """NEWS_LIKE: section news without disclosure value; never a ground to withhold (SRC-23)."""
    if case.reading.triggered(TriggerCode.NEWS_LIKE, subject=True):
        yield Matter(FindingCode.NEWS_LIKE, "SRC-23")


def traditional_script(case: Case) -> Iterator[Matter]:
    """SCRIPT_TRADITIONAL: read through the one-to-one table; offsets are the original's."""
    text = "".join(block.text for block in case.bundle.main.content.printed)
    if is_traditional(text[:5000]):
        yield Matter(FindingCode.SCRIPT_TRADITIONAL, "SRC-21")


def _decisive_topics(case: Case) -> list[str]:
    ranked = sorted(case.reading.topics, key=lambda t: (not t.in_title, -t.confidence))
    return list(dict.fromkeys(t.code for t in ranked if t.in_title or t.confidence >= 0.6))


def _advised_withheld(case: Case) -> bool:
    return bool(case.suggestion.rules) and case.suggestion.rules[0].id in WITHHELD_ROWS


RULES = (
    topic_withheld,
    policy_withheld,
    unusual,
    kind_unknown,
    elements_missing,
    low_confidence,
    topics,
    news_like,
    traditional_script,
)
