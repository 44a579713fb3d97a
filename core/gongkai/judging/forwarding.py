"""Forwarding: a forwarded document's attribute binds the one that forwards it (SRC-11…13)."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.judging.brief import Brief, Matter
from gongkai.model.attribute import DisclosureAttribute, strictest
from gongkai.model.determination import SourceStatus
from gongkai.model.finding import FindingCode
from gongkai.model.reading import Span
from gongkai.model.transcript import Transcript
from gongkai.policy.decision import SourceFact
from gongkai.policy.names import same_body
from gongkai.script import normalise

PROACTIVE = DisclosureAttribute.PROACTIVE
_BRACKETS = str.maketrans("[(【（［〈<", "〔〔〔〔〔〔〔") | str.maketrans(
    "])】）］〉>", "〕〕〕〕〕〕〕"
)
_BEFORE_A_NUMBER = frozenset("据照及和与以的见按经对在于将了由从为合从如")
"""Characters that end a word before a document number; any other belongs to its agency code."""


def unknown_source(brief: Brief) -> Iterator[Matter]:
    """FORWARD_SOURCE_UNKNOWN: nobody has recorded the forwarded document's label (SRC-12)."""
    for fact in brief.facts.sources:
        if fact.source is None:
            yield _matter(FindingCode.FORWARD_SOURCE_UNKNOWN, "SRC-12", fact)


def inheritance(brief: Brief) -> Iterator[Matter]:
    """INHERIT_LOOSER and INHERIT_STRICTER against the strictest labelled source (C-18).

    The maker's own publication or written consent lifts the bar on a looser value (A7). A
    reason makes a stricter value good, unless the profile wants the very same.
    """
    stated = brief.stated
    bound = [(fact, value) for fact in brief.facts.sources if (value := binding(brief, fact))]
    if stated is None or not bound:
        return
    required = strictest([value for _, value in bound])
    details = (
        ("stated", brief.profile.label_of(stated)),
        ("required", brief.profile.label_of(required)),
    )
    if stated.strictness < required.strictness:
        closed = [
            fact
            for fact, value in bound
            if value.strictness > stated.strictness and not _opened_by_its_maker(fact)
        ]
        if closed:
            hardest = max(closed, key=lambda fact: (binding(brief, fact) or stated).strictness)
            yield _matter(FindingCode.INHERIT_LOOSER, "SRC-11", hardest, details)
    elif stated.strictness > required.strictness and (
        brief.profile.forwarding_mode == "equal" or not brief.reasoned
    ):
        fact = next(fact for fact, value in bound if value is required)
        yield _matter(FindingCode.INHERIT_STRICTER, "C-18", fact, details)


def not_public(brief: Brief) -> Iterator[Matter]:
    """SOURCE_NOT_PUBLIC: an unlabelled paper of another body may not be published by us (A7)."""
    if brief.judged is not PROACTIVE:
        return
    ours = (brief.organization.name, *brief.organization.aliases)
    for fact in brief.facts.sources:
        source = fact.source
        if source is None or binding(brief, fact) is not None:
            continue
        own = any(name and same_body(source.issuer, name) for name in ours)
        if not own and not _opened_by_its_maker(fact):
            yield _matter(FindingCode.SOURCE_NOT_PUBLIC, "A7", fact)


def binding(brief: Brief, fact: SourceFact) -> DisclosureAttribute | None:
    """The attribute a source passes on; a 便函 or 明电 passes on none, whatever it carries."""
    source, citation = fact.source, fact.citation
    if source is None or source.status is not SourceStatus.LABELLED:
        return None
    named = f"{source.title}{source.doc_number}{citation.title}{citation.doc_number}"
    words = brief.profile.keys.forwarding.no_inheritance_from.value
    return None if any(word in named for word in words) else source.attribute


def nonpublic_citation(brief: Brief) -> Iterator[Matter]:
    """NONPUB_CITED: the number of a document known not to be public is printed."""
    if brief.judged is not PROACTIVE:
        return
    forwarded = {
        _number(number)
        for fact in brief.facts.sources
        for number in (fact.citation.doc_number, fact.source.doc_number if fact.source else "")
    }
    for written, known in brief.facts.nonpublic_numbers.items():
        number = _number(written)
        spans = tuple(_mentions(brief, number)) if number and number not in forwarded else ()
        if spans:
            yield Matter(
                FindingCode.NONPUB_CITED,
                "SRC-14",
                spans=spans,
                count=len(spans),
                values=(number,),
                details=(("number", written), ("known", brief.profile.label_of(known))),
            )


def _mentions(brief: Brief, number: str) -> Iterator[Span]:
    for member in brief.bundle.members:
        transcript = Transcript.of(member)
        text = transcript.compact.translate(_BRACKETS)
        position = text.find(number)
        while position >= 0:
            before = text[position - 1 : position]
            if before in _BEFORE_A_NUMBER or not "\u4e00" <= before <= "\u9fff":
                yield transcript.span(*transcript.spread(position, position + len(number)))
            position = text.find(number, position + len(number))


def _number(written: str) -> str:
    return "".join(normalise(written).split()).translate(_BRACKETS)


def _opened_by_its_maker(fact: SourceFact) -> bool:
    return fact.source is not None and bool(fact.source.published or fact.source.consent)


def _matter(
    code: FindingCode, rule: str, fact: SourceFact, details: tuple[tuple[str, str], ...] = ()
) -> Matter:
    citation, source = fact.citation, fact.source
    title = source.title if source else citation.title
    number = source.doc_number if source else citation.doc_number
    return Matter(
        code,
        rule,
        spans=(citation.span,) if citation.span else (),
        values=(title, number),
        details=(("title", title), ("number", _in_brackets(number)), *details),
    )


def _in_brackets(number: str) -> str:
    return f"（{number}）" if number else ""


RULES = (unknown_source, inheritance, not_public, nonpublic_citation)
