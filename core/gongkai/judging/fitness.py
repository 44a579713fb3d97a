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
LISTED = "row-11"
WITHHELD_BY_KIND = frozenset({"row-4", "row-7", "row-8", "row-9", "row-10"})
"""Rows by which a whole paper is withheld; marks and secret passages are told by themselves."""

POLICY_TOPIC = "T01"
SURE = 0.6
SHOWN_TOPICS = 3


def topic_withheld(case: Case) -> Iterator[Matter]:
    """TOPIC_WITHHELD: a listed topic, yet not to be public; asks for a reason (SEC-21)."""
    topics = _withheld_topics(case)
    if topics:
        yield Matter(
            FindingCode.TOPIC_WITHHELD,
            "SEC-21",
            values=(*topics, str(case.stated)),
            details=(("topic", _title(case, topics[0])), ("stated", _stated(case))),
            ground=topics[0],
        )


def policy_withheld(case: Case) -> Iterator[Matter]:
    """POLICY_WITHHELD: a policy paper goes to the disclosure office before approval (SRC-25)."""
    kinds = case.profile.keys.rules.policy_documents.value
    if case.reading.doc_type.value in kinds and POLICY_TOPIC in _withheld_topics(case):
        yield Matter(
            FindingCode.POLICY_WITHHELD,
            "SRC-25",
            values=(str(case.stated),),
            details=(("stated", _stated(case)),),
        )


def unusual(case: Case) -> Iterator[Matter]:
    """TYPE_ATTR_UNUSUAL: stated openly what the table withholds, e.g. a 请示 (SRC-08)."""
    winner = case.suggestion.rules[0].id if case.suggestion.rules else ""
    if case.stated is PROACTIVE and winner in WITHHELD_BY_KIND:
        yield Matter(
            FindingCode.TYPE_ATTR_UNUSUAL,
            winner,
            spans=case.suggestion.rules[0].evidence[:1],
            values=(case.reading.doc_type.value, winner),
            details=(("row", winner),),
            ground=winner,
        )


def kind_unknown(case: Case) -> Iterator[Matter]:
    """TYPE_UNKNOWN: the kind could not be told; never silently out of scope (SRC-01)."""
    if not case.main_was_read:
        return
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
    weak = case.suggestion.confidence is Confidence.LOW
    if weak and case.only_advised and case.main_was_read:
        yield Matter(FindingCode.LOW_CONFIDENCE, "row-15")


def topics(case: Case) -> Iterator[Matter]:
    """TOPIC: which entries of the proactive list the document touches (PRO-01…06)."""
    for code in _decisive_topics(case)[:SHOWN_TOPICS]:
        span = next(topic.span for topic in case.reading.topics if topic.code == code)
        yield Matter(
            FindingCode.TOPIC,
            code,
            spans=(span,),
            values=(code,),
            details=(("topic", _title(case, code)),),
            ground=code,
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
    return list(dict.fromkeys(t.code for t in ranked if t.in_title or t.confidence >= SURE))


def _withheld_topics(case: Case) -> list[str]:
    """Listed topics by which the paper would be public, were it not stated otherwise."""
    winner = case.suggestion.rules[0].id if case.suggestion.rules else ""
    if case.stated in (None, PROACTIVE) or winner != LISTED:
        return []
    return _decisive_topics(case)


def _stated(case: Case) -> str:
    return case.profile.label_of(case.stated) if case.stated else ""


def _title(case: Case, topic: str) -> str:
    return next((t.title for t in case.profile.topics if t.code == topic), topic)


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
