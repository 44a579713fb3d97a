"""From a brief to a verdict: every rule asked, every matter weighed, the gravest outcome named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from gongkai.judging import fitness, forwarding, gaps, hidden, labels, passages, privacy
from gongkai.judging.brief import Brief, Matter
from gongkai.model.attribute import DisclosureAttribute, Outcome, Severity, Stage
from gongkai.model.content import Note
from gongkai.model.finding import Finding, FindingCode
from gongkai.model.verdict import Verdict
from gongkai.script import normalise

ALL = frozenset(DisclosureAttribute)
PROACTIVE_ALONE = frozenset({DisclosureAttribute.PROACTIVE})

Rule = Callable[[Brief], Iterator[Matter]]

RULES: tuple[Rule, ...] = (
    *gaps.RULES,
    *passages.RULES,
    *labels.RULES,
    *forwarding.RULES,
    *privacy.RULES,
    *hidden.RULES,
    *fitness.RULES,
)

CONTEXT = frozenset({"header", "kind", "how", "fields"})
"""Details that are part of a matter's identity."""

_OUTCOME_OF = {
    Severity.INCOMPLETE: Outcome.INCOMPLETE,
    Severity.RETURN: Outcome.RETURNED,
    Severity.BLOCK: Outcome.BLOCKED,
    Severity.QUARANTINE: Outcome.QUARANTINED,
}


def judge(brief: Brief, *, scope_reason: str = "", extra: Iterable[Finding] = ()) -> Verdict:
    """The verdict on one bundle.

    ``scope_reason`` non-empty means the paper is recorded, not judged (A5); ``extra`` are
    findings of plugins, which no rule here can remove.
    """
    findings: tuple[Finding, ...] = ()
    if not scope_reason:
        weighed = [f for rule in RULES for m in rule(brief) if (f := weigh(brief, m))]
        told = [*weighed, *(complete(brief, finding) for finding in extra)]
        findings = in_order(settled(brief, finding) for finding in told)
    return Verdict(
        outcome=outcome(brief, findings, scope_reason),
        stage=brief.bundle.stage,
        profile=brief.profile.key,
        stated=brief.stated,
        suggestion=None if scope_reason else brief.suggestion,
        findings=findings,
        notes=_notes(brief),
        checked_by=brief.checked_by,
        sources_used=tuple(f.source.id for f in brief.facts.sources if f.source and f.source.id),
        scope_reason=scope_reason,
        core_fingerprint=brief.fingerprint,
    )


def weigh(brief: Brief, matter: Matter) -> Finding | None:
    """The finding a matter amounts to at this stage and attribute; None when it is silent."""
    severity = _severity(brief, matter)
    if severity is Severity.OFF:
        return None
    first = matter.spans[0] if matter.spans else None
    cover = brief.excerpts.cover
    return Finding(
        code=matter.code,
        severity=severity,
        rule=matter.rule,
        place=first.place if first else "",
        start=first.start if first else 0,
        end=first.end if first else 0,
        count=matter.count,
        excerpt=cover(matter.excerpt),
        basis=brief.profile.basis(matter.ground) or brief.profile.basis(str(matter.code)),
        details=tuple((name, cover(value)) for name, value in matter.details),
        places=tuple(dict.fromkeys(span.place for span in matter.spans[1:])),
        key=identity(brief, matter),
        waivable=brief.profile.waivable(matter.code),
    )


def identity(brief: Brief, matter: Matter) -> str:
    """The keyed hash by which a decision on a matter is found again in a later version.

    Code, values and heading count; places, script, spaces and the rest of the text do not.
    """
    context = [value for name, value in matter.details if name in CONTEXT]
    values = ["".join(normalise(value).split()) for value in matter.values]
    return brief.digest("\0".join([matter.code, matter.rule, *context, *sorted(values)]))


def complete(brief: Brief, finding: Finding) -> Finding:
    """A plugin's finding with the identity and grounds it left out; the rest is its own."""
    words = "\0".join([finding.code, finding.rule, *(value for _, value in finding.details)])
    return replace(
        finding,
        key=finding.key or brief.digest(f"{words}\0{finding.excerpt}"),
        basis=finding.basis or brief.profile.basis(str(finding.code)),
    )


def settled(brief: Brief, finding: Finding) -> Finding:
    """A finding as it counts: what a human has set aside is only told (§7, A8)."""
    if finding.key not in brief.facts.settled or finding.severity is Severity.OFF:
        return finding
    return replace(finding, severity=_milder(finding.severity, Severity.INFO))


def _severity(brief: Brief, matter: Matter) -> Severity:
    """The profile's word on code and stage, less where less is known or less is at stake."""
    severity = brief.profile.severity(matter.code, brief.bundle.stage)
    applies = brief.profile.applies_to(matter.code)
    if brief.judged is not None and brief.judged not in applies:
        return _milder(severity, matter.otherwise or Severity.OFF)
    # Nobody has stated an attribute: what would block is told ahead, not held against.
    ahead = brief.only_advised and applies != ALL
    # What a public version will leave out does not stop the original (C-25).
    published = brief.bundle.stage is Stage.PUBLIC
    severed = brief.severed_later and applies == PROACTIVE_ALONE and not published
    if ahead or severed:
        severity = Severity.WARNING if severity is Severity.BLOCK else severity
    # Where only a person may return a paper, it waits for the office instead (A1).
    if severity is Severity.RETURN and not brief.profile.returned_automatic:
        severity = Severity.BLOCK
    return _milder(severity, matter.at_most) if matter.at_most is not None else severity


def _milder(first: Severity, second: Severity) -> Severity:
    return min(first, second, key=lambda severity: severity.gravity)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Gravest first, then as found."""
    return tuple(sorted(findings, key=lambda finding: -finding.severity.gravity))


def outcome(brief: Brief, findings: tuple[Finding, ...], scope_reason: str) -> Outcome:
    """The gravest outcome that applies; a file nobody could read is never clean."""
    if scope_reason:
        return Outcome.OUT_OF_SCOPE
    reached = [_OUTCOME_OF[f.severity] for f in findings if f.severity in _OUTCOME_OF]
    unreadable = any(not member.content.readable for member in brief.bundle.members)
    if unreadable and brief.bundle.stage is not Stage.REFERENCE and not _vouched(brief, findings):
        reached.append(Outcome.UNREADABLE)
    return max(reached, key=lambda value: value.gravity, default=Outcome.CLEAN)


def _vouched(brief: Brief, findings: tuple[Finding, ...]) -> bool:
    """Whether the office has stated in writing what stands in every file nobody could read."""
    unread = [f.key for f in findings if f.code is FindingCode.UNREADABLE]
    return bool(unread) and brief.facts.settled.issuperset(unread)


def _notes(brief: Brief) -> tuple[tuple[str, Note], ...]:
    return tuple((m.name, note) for m in brief.bundle.members for note in m.content.notes)
