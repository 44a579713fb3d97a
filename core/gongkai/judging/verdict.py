"""The verdict on an examined bundle: whose paper it is, what it leans on, and the judge."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from gongkai.examined import Examined
from gongkai.judging.brief import Brief, Facts
from gongkai.judging.judge import judge
from gongkai.model.attribute import DisclosureAttribute, Stage, strictest
from gongkai.model.bundle import Bundle
from gongkai.model.determination import Determination, Source, SourceStatus
from gongkai.model.reading import Label, LabelScope, LabelSource, Reading
from gongkai.model.verdict import Confidence, Mode, Suggestion, Verdict
from gongkai.policy.decision import SourceFact, suggest
from gongkai.policy.direction import direction
from gongkai.policy.lexicon import party_document, received
from gongkai.policy.profile import Profile
from gongkai.settings import Organization

NO_ADVICE = Suggestion(None, Mode.NONE, Confidence.LOW)
"""What can be said of a text nobody could read."""


def verdict(
    examined: Examined,
    facts: Facts,
    profile: Profile,
    organization: Organization,
    digest: Callable[[str], str],
) -> Verdict:
    """The verdict on an examined bundle; pure.

    ``facts`` are what the office knows; ``digest`` hashes personal values with its key.
    """
    bundle = examined.bundle
    reading = _with_record(examined.reading, facts.record, profile)
    facts = replace(facts, sources=_with_quoted_label(facts.sources, reading))
    suggestion = NO_ADVICE
    if bundle.main.content.readable:
        whose = direction(reading, organization)
        suggestion = _not_against(reading, suggest(reading, bundle, facts.sources, whose, profile))
    brief = Brief(
        bundle,
        reading,
        profile,
        organization,
        facts,
        suggestion,
        examined.fingerprint,
        digest,
        examined.checked_by,
    )
    reason = scope_reason(reading, bundle, organization, profile)
    return judge(brief, scope_reason=reason, extra=examined.findings)


def _not_against(reading: Reading, suggestion: Suggestion) -> Suggestion:
    """Advice that never argues for opening what its own mark says is closed (design 6).

    The rows stay, and with them the warning that a listed topic is withheld (SEC-21).
    """
    own = {label.attribute for label in reading.labels if label.scope is LabelScope.OWN}
    stated = own - {None}
    opens = suggestion.attribute is DisclosureAttribute.PROACTIVE
    if opens and stated and DisclosureAttribute.PROACTIVE not in stated:
        return replace(suggestion, attribute=None, hint=suggestion.attribute)
    return suggestion


def scope_reason(
    reading: Reading, bundle: Bundle, organization: Organization, profile: Profile
) -> str:
    """Why a paper is recorded and not judged: reference, received, party; "" when judged (A5).

    A Party paper is never asked for a label; whether it is entered in the books is another
    matter, ``scope.party_documents`` (C-24).
    """
    if bundle.stage is Stage.REFERENCE:
        return "reference"
    if party_document(reading, organization, profile):
        return "party"
    return "received" if received(reading, organization) else ""


def _with_quoted_label(sources: Sequence[SourceFact], reading: Reading) -> tuple[SourceFact, ...]:
    """The one forwarded document nobody has recorded, as its own mark in the bundle labels it.

    With several of them nobody can tell which one the mark is from (A4, SRC-11).
    """
    quoted = [label for label in reading.labels if label.scope is LabelScope.QUOTED]
    attributes = [label.attribute for label in quoted if label.attribute is not None]
    if len(sources) != 1 or sources[0].source is not None or not attributes:
        return tuple(sources)
    citation = sources[0].citation
    read = Source(
        id="",
        title=citation.title,
        doc_number=citation.doc_number,
        issuer="",
        signed_date="",
        status=SourceStatus.LABELLED,
        attribute=strictest(attributes),
        evidence=quoted[0].span.place if quoted[0].span else "",
    )
    return (SourceFact(citation, read),)


def _with_record(reading: Reading, record: Determination | None, profile: Profile) -> Reading:
    if record is None:
        return reading
    label = Label(
        record.attribute, profile.label_of(record.attribute), LabelSource.RECORD, LabelScope.OWN
    )
    return replace(reading, labels=(*reading.labels, label))
