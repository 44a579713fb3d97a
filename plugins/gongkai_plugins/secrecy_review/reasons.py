"""Whether basis and reason of an opinion hold, pure (SEC-03, SEC-12)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gongkai.model.attribute import DisclosureAttribute
from gongkai.model.verdict import Mode, Verdict
from gongkai.policy.entries import CannedReason, fold
from gongkai_plugins.secrecy_review.library import Library
from gongkai_plugins.secrecy_review.opinions import Opinion

_BETWEEN = re.compile(r"[,，;；、。.\s]+")
REFERRED = "refer"
"""What advice to refer bears out."""


def unfounded(
    codes: Iterable[str],
    opinion: Opinion,
    reason: str,
    library: Library,
    canned: Iterable[CannedReason],
    verdict: Verdict | None,
) -> tuple[str, ...]:
    """What an opinion lacks: codes of ``refused_<code>``; empty when it is founded.

    A reason in ready words counts when something found in the text bears it; words of one's
    own count unless they say nothing.
    """
    return (
        *_basis(tuple(codes), opinion, library),
        *_reason(reason, opinion, library, canned, verdict),
    )


def _basis(codes: tuple[str, ...], opinion: Opinion, library: Library) -> Iterator[str]:
    if not codes:
        yield "basis_missing"
    elif any(code not in library.basis for code in codes):
        yield "basis_unknown"
    elif not any(code in library.fitting(opinion) for code in codes):
        yield "basis_of_other_opinion"


def _reason(
    reason: str,
    opinion: Opinion,
    library: Library,
    canned: Iterable[CannedReason],
    verdict: Verdict | None,
) -> Iterator[str]:
    empty = {fold(word).lower() for word in library.words.empty}
    parts = [part for each in _BETWEEN.split(reason) if (part := fold(each).lower())]
    if not parts:
        yield "reason_missing"
    elif all(part in empty for part in parts):
        yield "reason_says_nothing"
    elif (ready := _ready(reason, library, canned)) is not None:
        opinions, supports = ready
        if opinion not in opinions:
            yield "reason_of_other_opinion"
        elif not set(supports) & borne_out(library, verdict):
            yield "reason_unsupported"


def _ready(
    reason: str, library: Library, canned: Iterable[CannedReason]
) -> tuple[frozenset[Opinion], tuple[str, ...]] | None:
    """For which opinions ready words are meant and what has to bear them; None for own words."""
    wanted = fold(reason)
    for own in library.reasons.values():
        if fold(own.text) == wanted:
            return frozenset({own.opinion}), own.supports
    for each in canned:
        if wanted in (fold(each.text), each.code):
            withheld = each.attribute is DisclosureAttribute.NOT_DISCLOSED
            return frozenset({Opinion.EXEMPT if withheld else Opinion.OPEN}), each.supports
    return None


def borne_out(library: Library, verdict: Verdict | None) -> frozenset[str]:
    """What was found in the text: fired rows, findings, and what these stand for."""
    if verdict is None:
        return frozenset()
    found = set()
    suggestion = verdict.suggestion
    if suggestion is not None:
        for rule in suggestion.rules:
            found |= {rule.id, re.split(r"[.:/]", rule.id)[0]}
        if suggestion.mode is Mode.REFER:
            found.add(REFERRED)
    for finding in verdict.findings:
        found |= {finding.code.value, *library.evidence.get(finding.code, ())}
    return frozenset(found)
