"""Does the stated attribute fit: listed topic withheld, policy withheld, unusual kinds."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.judging.brief import Brief, Matter
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


def topic_withheld(brief: Brief) -> Iterator[Matter]:
    """TOPIC_WITHHELD: a listed topic, yet not to be public; asks for a reason (SEC-21)."""
    topics = _withheld_topics(brief)
    if topics:
        yield Matter(
            FindingCode.TOPIC_WITHHELD,
            "SEC-21",
            values=(*topics, str(brief.stated)),
            details=(("topic", _title(brief, topics[0])), ("stated", _stated(brief))),
            ground=topics[0],
        )


def policy_withheld(brief: Brief) -> Iterator[Matter]:
    """POLICY_WITHHELD: a policy paper goes to the disclosure office before approval (SRC-25).

    What that office has seen is one text: of another it has seen nothing.
    """
    kinds = brief.profile.keys.rules.policy_documents.value
    if brief.reading.doc_type.value in kinds and POLICY_TOPIC in _withheld_topics(brief):
        yield Matter(
            FindingCode.POLICY_WITHHELD,
            "SRC-25",
            values=(str(brief.stated), brief.fingerprint),
            details=(("stated", _stated(brief)),),
        )


def unusual(brief: Brief) -> Iterator[Matter]:
    """TYPE_ATTR_UNUSUAL: stated openly what the table withholds, e.g. a 请示 (SRC-08)."""
    winner = brief.suggestion.rules[0].id if brief.suggestion.rules else ""
    if brief.stated is PROACTIVE and winner in WITHHELD_BY_KIND:
        yield Matter(
            FindingCode.TYPE_ATTR_UNUSUAL,
            winner,
            spans=brief.suggestion.rules[0].evidence[:1],
            values=(brief.reading.doc_type.value, winner),
            details=(("row", winner),),
            ground=winner,
        )


def kind_unknown(brief: Brief) -> Iterator[Matter]:
    """TYPE_UNKNOWN: the kind could not be told; never silently out of scope (SRC-01)."""
    if not brief.main_was_read:
        return
    if not brief.reading.doc_type.value:
        yield Matter(FindingCode.TYPE_UNKNOWN, "SRC-01")
    elif is_unofficial(brief):
        yield Matter(
            FindingCode.NON_OFFICIAL_TRACK,
            "SRC-02",
            details=(("kind", brief.reading.doc_type.value),),
        )


def elements_missing(brief: Brief) -> Iterator[Matter]:
    """ELEMENTS_MISSING: what a paper about to be printed should have (A1)."""
    wanted = (ElementName.TITLE, ElementName.DOC_NUMBER, ElementName.SIGNED_DATE)
    if not brief.reading.doc_type.value or is_unofficial(brief):
        return
    absent = [name for name in wanted if not brief.reading.element(name)]
    if absent:
        yield Matter(
            FindingCode.ELEMENTS_MISSING,
            "A1",
            count=len(absent),
            values=tuple(absent),
            details=(("elements", " ".join(absent)),),
        )


def low_confidence(brief: Brief) -> Iterator[Matter]:
    """LOW_CONFIDENCE: the advice rests on little; a human's look is worth more."""
    weak = brief.suggestion.confidence is Confidence.LOW
    if weak and brief.only_advised and brief.main_was_read:
        yield Matter(FindingCode.LOW_CONFIDENCE, "row-15")


def topics(brief: Brief) -> Iterator[Matter]:
    """TOPIC: which entries of the proactive list the document touches (PRO-01…06)."""
    for code in _decisive_topics(brief)[:SHOWN_TOPICS]:
        span = next(topic.span for topic in brief.reading.topics if topic.code == code)
        yield Matter(
            FindingCode.TOPIC,
            code,
            spans=(span,),
            values=(code,),
            details=(("topic", _title(brief, code)),),
            ground=code,
        )


def news_like(brief: Brief) -> Iterator[Matter]:
    """NEWS_LIKE: section news without disclosure value; never a ground to withhold (SRC-23)."""
    if brief.reading.triggered(TriggerCode.NEWS_LIKE, subject=True):
        yield Matter(FindingCode.NEWS_LIKE, "SRC-23")


def traditional_script(brief: Brief) -> Iterator[Matter]:
    """SCRIPT_TRADITIONAL: read through the one-to-one table; offsets are the original's."""
    text = "".join(block.text for block in brief.bundle.main.content.printed)
    if is_traditional(text[:5000]):
        yield Matter(FindingCode.SCRIPT_TRADITIONAL, "SRC-21")


def _decisive_topics(brief: Brief) -> list[str]:
    ranked = sorted(brief.reading.topics, key=lambda t: (not t.in_title, -t.confidence))
    return list(dict.fromkeys(t.code for t in ranked if t.in_title or t.confidence >= SURE))


def _withheld_topics(brief: Brief) -> list[str]:
    """Listed topics by which the paper would be public, were it not stated otherwise."""
    winner = brief.suggestion.rules[0].id if brief.suggestion.rules else ""
    if brief.stated in (None, PROACTIVE) or winner != LISTED:
        return []
    return _decisive_topics(brief)


def _stated(brief: Brief) -> str:
    return brief.profile.label_of(brief.stated) if brief.stated else ""


def _title(brief: Brief, topic: str) -> str:
    return next((t.title for t in brief.profile.topics if t.code == topic), topic)


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
