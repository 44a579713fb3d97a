"""Labels: exactly one, the same everywhere, with a reason where one is owed (SRC-16, SRC-19)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gongkai.documents.fingerprint import STAMPED_FINGERPRINT, member_fingerprint
from gongkai.judging.brief import Brief, Matter
from gongkai.model.attribute import DisclosureAttribute, Severity
from gongkai.model.finding import FindingCode
from gongkai.model.reading import Label, LabelScope, Span
from gongkai.model.transcript import Transcript
from gongkai.model.verdict import Confidence, Mode

NOT_OFFICIAL = "非公文"
"""The kind of a text without any sign of an official document."""

PROACTIVE = DisclosureAttribute.PROACTIVE
LONGEST = 20


def is_unofficial(brief: Brief) -> bool:
    """Whether the paper is on the track where a label is optional (SRC-02)."""
    kind = brief.reading.doc_type.value
    return kind == NOT_OFFICIAL or kind in brief.profile.non_official_track


def missing(brief: Brief) -> Iterator[Matter]:
    """LABEL_MISSING: form, record, annotation, imprint and property are all silent (A2).

    Of a text nobody could read nobody can say that its label is missing.
    """
    if brief.main_was_read and not brief.own_labels and not is_unofficial(brief):
        yield Matter(FindingCode.LABEL_MISSING, "SRC-16")


def conflict(brief: Brief) -> Iterator[Matter]:
    """LABEL_CONFLICT: our own labels name different values, or one names none or two."""
    undecided = [label for label in brief.own_labels if label.attribute is None]
    if len(brief.stated_values) < 2 and not undecided:
        return
    values = "、".join(brief.profile.label_of(v) for v in sorted(brief.stated_values))
    spans = _spans(brief.own_labels)
    named = (f"{label.source}:{label.attribute or ''}" for label in brief.own_labels)
    yield Matter(
        FindingCode.LABEL_CONFLICT,
        "SRC-19",
        spans=spans,
        count=max(1, len(spans)),
        values=tuple(label.text for label in brief.own_labels),
        excerpt=undecided[0].text[:LONGEST] if len(brief.stated_values) < 2 else "",
        details=(
            ("sources", " ".join(dict.fromkeys(named))),
            ("values", values),
            *((("variant", "undecided"),) if len(brief.stated_values) < 2 else ()),
        ),
    )


def alias(brief: Brief) -> Iterator[Matter]:
    """LABEL_ALIAS: understood, but not this office's own wording (C-01, C-25)."""
    found = [label for label in brief.own_labels if label.alias]
    if not found or len(brief.stated_values) > 1:
        return
    first = next((label for label in found if label.redacted_version_required), found[0])
    own = brief.profile.label_of(first.attribute) if first.attribute else ""
    yield Matter(
        FindingCode.LABEL_ALIAS,
        "C-25" if first.redacted_version_required else "C-01",
        spans=_spans(found),
        values=tuple(label.text for label in found),
        excerpt=first.text,
        details=(
            ("own", own),
            *((("variant", "redacted"),) if first.redacted_version_required else ()),
        ),
        ground="overlay" if first.redacted_version_required else "",
    )


def mixed(brief: Brief) -> Iterator[Matter]:
    """MIXED_LABEL: an attachment is labelled more strictly than PROACTIVE (SRC-14)."""
    stricter = [
        label
        for label in brief.reading.labels
        if label.scope is LabelScope.ATTACHMENT
        and (label.attribute not in (None, PROACTIVE) or label.redacted_version_required)
    ]
    if stricter and not brief.severed_later:
        yield Matter(
            FindingCode.MIXED_LABEL,
            "SRC-14",
            spans=_spans(stricter),
            count=len(stricter),
            values=tuple(label.text for label in stricter),
            excerpt=stricter[0].text,
        )


def stricter_attachment(brief: Brief) -> Iterator[Matter]:
    """ATTACHMENT_STRICTER: an attachment was determined more strictly elsewhere."""
    for member in brief.bundle.attachments:
        known = brief.facts.attachment_attributes.get(member.number)
        if known not in (None, PROACTIVE):
            yield Matter(
                FindingCode.ATTACHMENT_STRICTER,
                "SRC-14",
                spans=(Span(member.prefix, 0, 0, ""),),
                values=(member.content.sha256,),
                details=(("name", member.name), ("known", brief.profile.label_of(known))),
            )


def reason(brief: Brief) -> Iterator[Matter]:
    """REASON_MISSING: withheld, or other than advised, without reason and basis (PRO-10).

    A reason may stand in the determination, on the issue form or in a field of the paper
    itself; a value inherited from the forwarded document needs none. Where neither a
    determination nor an issue form is at hand nobody can say that the reason is missing: a
    warning at most; and where the advice is the same, a mere hint.
    """
    stated, record, form = brief.stated, brief.facts.record, brief.bundle.form
    if stated in (None, PROACTIVE):
        return
    written = record is not None and bool(record.reason and record.basis)
    if written or (form and form.reason) or _reason_in_text(brief):
        return
    agrees = (
        brief.suggestion.attribute is stated and brief.suggestion.confidence is not Confidence.LOW
    )
    if agrees and brief.suggestion.mode is Mode.INHERITED:
        return
    known = record is not None or (form is not None and form.attribute is not None)
    yield Matter(
        FindingCode.REASON_MISSING,
        "PRO-10",
        details=(("stated", brief.profile.label_of(stated)),),
        at_most=None if known else Severity.INFO if agrees else Severity.WARNING,
    )


def _reason_in_text(brief: Brief) -> bool:
    """Whether a field such as 不予公开理由 of the main file is filled in."""
    fields = "|".join(map(re.escape, brief.profile.reason_fields))
    filled = re.compile(rf"(?:{fields})[:|](?!(?:{fields})|[_—\-]+(?:[。;]|$))\w")
    return filled.search(Transcript.of(brief.bundle.main).compact) is not None


def stamp_broken(brief: Brief) -> Iterator[Matter]:
    """STAMP_BROKEN: the text is no longer the one the file's own mark was set for (SRC-03)."""
    content = brief.bundle.main.content
    stamped = content.property_named(STAMPED_FINGERPRINT)
    if stamped and stamped != member_fingerprint(content):
        yield Matter(FindingCode.STAMP_BROKEN, "SRC-03", values=(stamped,))


def _spans(labels: Iterable[Label]) -> tuple[Span, ...]:
    return tuple(label.span for label in labels if label.span)


RULES = (missing, conflict, alias, mixed, stricter_attachment, reason, stamp_broken)
