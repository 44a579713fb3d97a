"""Forwarding: a forwarded document's attribute binds the one that forwards it (SRC-11…13)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.judging.case import Case, Matter
from gongkai.model.attribute import DisclosureAttribute, strictest
from gongkai.model.finding import FindingCode
from gongkai.model.transcript import Transcript
from gongkai.policy.decision import SourceFact

PROACTIVE = DisclosureAttribute.PROACTIVE
_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,12}[〔\[(（]\d{4}[〕\])）]\d{1,5}号")


def unknown_source(case: Case) -> Iterator[Matter]:
    """FORWARD_SOURCE_UNKNOWN: nobody has recorded the forwarded document's label (SRC-12)."""
    for fact in case.facts.sources:
        if fact.source is None:
            yield _matter(FindingCode.FORWARD_SOURCE_UNKNOWN, "SRC-12", fact)


def inheritance(case: Case) -> Iterator[Matter]:
    """INHERIT_LOOSER and INHERIT_STRICTER against the strictest labelled source (C-18).

    The maker's own publication or written consent lifts the bar on a looser value (A7).
    """
    stated = case.stated
    labelled = [f for f in case.facts.sources if f.source and f.source.attribute]
    if stated is None or not labelled:
        return
    required = strictest([f.source.attribute for f in labelled if f.source and f.source.attribute])
    decisive = next(f for f in labelled if f.source and f.source.attribute is required)
    details = (
        ("stated", case.profile.label_of(stated)),
        ("required", case.profile.label_of(required)),
    )
    if stated.strictness < required.strictness:
        if not _opened_by_its_maker(decisive):
            yield _matter(FindingCode.INHERIT_LOOSER, "SRC-11", decisive, details)
    elif stated.strictness > required.strictness and not _reasoned(case):
        yield _matter(FindingCode.INHERIT_STRICTER, "C-18", decisive, details)


def not_public(case: Case) -> Iterator[Matter]:
    """SOURCE_NOT_PUBLIC: an unlabelled paper of another body may not be published by us (A7)."""
    if case.judged is not PROACTIVE:
        return
    ours = {case.organization.name, *case.organization.aliases} - {""}
    for fact in case.facts.sources:
        source = fact.source
        if source is None or source.attribute is not None or source.issuer in ours:
            continue
        if not _opened_by_its_maker(fact):
            yield _matter(FindingCode.SOURCE_NOT_PUBLIC, "A7", fact)


def nonpublic_citation(case: Case) -> Iterator[Matter]:
    """NONPUB_CITED: the number of a document known not to be public is printed (条例)."""
    if not case.facts.nonpublic_numbers or case.judged is not PROACTIVE:
        return
    forwarded = {fact.citation.doc_number for fact in case.facts.sources}
    for member in case.bundle.members:
        transcript = Transcript.of(member)
        for hit in _NUMBER.finditer(transcript.text):
            number = hit.group()
            known = case.facts.nonpublic_numbers.get(number)
            if known is not None and number not in forwarded:
                yield Matter(
                    FindingCode.NONPUB_CITED,
                    "SRC-14",
                    spans=(transcript.span(*hit.span()),),
                    values=(number,),
                    details=(("known", case.profile.label_of(known)),),
                )


def _opened_by_its_maker(fact: SourceFact) -> bool:
    return fact.source is not None and bool(fact.source.published or fact.source.consent)


def _reasoned(case: Case) -> bool:
    record, form = case.facts.record, case.bundle.form
    return bool((record and record.reason) or (form and form.reason))


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
        details=(("title", title), ("number", number), *details),
    )


RULES = (unknown_source, inheritance, not_public, nonpublic_citation)
