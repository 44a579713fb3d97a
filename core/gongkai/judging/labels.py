"""Labels: exactly one, the same everywhere, with a reason where one is owed (SRC-16, SRC-19)."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.documents.fingerprint import STAMPED_FINGERPRINT, member_fingerprint
from gongkai.judging.case import Case, Matter
from gongkai.model.attribute import DisclosureAttribute, Severity
from gongkai.model.finding import FindingCode
from gongkai.model.reading import Label, LabelScope, Span
from gongkai.model.verdict import Confidence

NOT_OFFICIAL = "非公文"
"""The kind of a text without any sign of an official document."""

PROACTIVE = DisclosureAttribute.PROACTIVE


def is_unofficial(case: Case) -> bool:
    """Whether the paper is on the track where a label is optional (SRC-02)."""
    kind = case.reading.doc_type.value
    return kind == NOT_OFFICIAL or kind in case.profile.non_official_track


def missing(case: Case) -> Iterator[Matter]:
    """LABEL_MISSING: form, record, annotation, imprint and property are all silent (A2)."""
    if not case.own_labels and not is_unofficial(case):
        yield Matter(FindingCode.LABEL_MISSING, "SRC-16")


def conflict(case: Case) -> Iterator[Matter]:
    """LABEL_CONFLICT: our own labels name different values, or one names two."""
    undecided = [label for label in case.own_labels if label.attribute is None]
    if len(case.stated_values) < 2 and not undecided:
        return
    yield Matter(
        FindingCode.LABEL_CONFLICT,
        "SRC-19",
        spans=tuple(label.span for label in case.own_labels if label.span),
        count=len(case.own_labels),
        values=tuple(sorted(label.text for label in case.own_labels)),
        details=(
            ("sources", " ".join(sorted({str(label.source) for label in case.own_labels}))),
            ("values", "、".join(case.profile.label_of(v) for v in sorted(case.stated_values))),
        ),
    )


def alias(case: Case) -> Iterator[Matter]:
    """LABEL_ALIAS: understood, but not this office's own wording (C-01)."""
    found = [label for label in case.own_labels if label.alias and label.span]
    if found and not (len(case.stated_values) > 1):
        yield Matter(
            FindingCode.LABEL_ALIAS,
            "C-01",
            spans=_spans(found),
            excerpt=found[0].text,
            details=(
                ("own", case.profile.label_of(found[0].attribute) if found[0].attribute else ""),
            ),
        )


def mixed(case: Case) -> Iterator[Matter]:
    """MIXED_LABEL: an attachment is labelled more strictly than PROACTIVE (SRC-14)."""
    stricter = [
        label
        for label in case.reading.labels
        if label.scope is LabelScope.ATTACHMENT and label.attribute not in (None, PROACTIVE)
    ]
    if stricter:
        yield Matter(
            FindingCode.MIXED_LABEL,
            "SRC-14",
            spans=_spans(stricter),
            count=len(stricter),
            values=tuple(label.text for label in stricter),
            excerpt=stricter[0].text,
        )


def stricter_attachment(case: Case) -> Iterator[Matter]:
    """ATTACHMENT_STRICTER: an attachment was determined more strictly elsewhere."""
    for member in case.bundle.attachments:
        known = case.facts.attachment_attributes.get(member.number)
        if known not in (None, PROACTIVE):
            yield Matter(
                FindingCode.ATTACHMENT_STRICTER,
                "SRC-14",
                values=(member.content.sha256,),
                details=(
                    ("attachment", str(member.number)),
                    ("name", member.name),
                    ("known", case.profile.label_of(known)),
                ),
            )


def reason(case: Case) -> Iterator[Matter]:
    """REASON_MISSING: withheld, or other than advised, without reason and basis (PRO-10).

    Where neither a determination nor an issue form is at hand nobody can say that the
    reason is missing: a warning at most; and where the advice is the same, a mere hint.
    """
    stated = case.stated
    if stated in (None, PROACTIVE):
        return
    record, form = case.facts.record, case.bundle.form
    if (record and record.reason and record.basis) or (form and form.reason):
        return
    known = record is not None or (form is not None and form.attribute is not None)
    agrees = (
        case.suggestion.attribute is stated and case.suggestion.confidence is not Confidence.LOW
    )
    cap = Severity.INFO if agrees and not known else None if known else Severity.WARNING
    yield Matter(
        FindingCode.REASON_MISSING,
        "PRO-10",
        details=(("stated", case.profile.label_of(stated)),),
        at_most=cap,
    )


def stamp_broken(case: Case) -> Iterator[Matter]:
    """STAMP_BROKEN: the text is no longer the one the file's own mark was set for (SRC-03)."""
    content = case.bundle.main.content
    stamped = content.property_named(STAMPED_FINGERPRINT)
    if stamped and stamped != member_fingerprint(content):
        yield Matter(FindingCode.STAMP_BROKEN, "SRC-03", values=(stamped,))


def _spans(labels: list[Label]) -> tuple[Span, ...]:
    return tuple(label.span for label in labels if label.span)


RULES = (missing, conflict, alias, mixed, stricter_attachment, reason, stamp_broken)
