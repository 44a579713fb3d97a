"""A verdict as columns and JSON, and back; the words of the document stay behind.

Evidence keeps its place and offsets but not its text: whoever shows it reads the file again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gongkai.model.attribute import DisclosureAttribute, Severity
from gongkai.model.content import Note, NoteCode, NoteScope
from gongkai.model.finding import Basis, BasisLevel, Finding, FindingCode
from gongkai.model.reading import Span
from gongkai.model.verdict import CheckedBy, Confidence, FiredRule, Mode, Suggestion

Json = dict[str, Any]


def basis_to_json(basis: Sequence[Basis]) -> list[list[str]]:
    """Each ground with its level."""
    return [[ground.text, ground.level] for ground in basis]


def basis_from_json(stored: Sequence[Sequence[str]]) -> tuple[Basis, ...]:
    """The grounds ``basis_to_json`` wrote."""
    return tuple(Basis(words, BasisLevel(level)) for words, level in stored)


def suggestion_to_json(suggestion: Suggestion | None) -> Json | None:
    """A suggestion with the places of its evidence, without the words."""
    if suggestion is None:
        return None
    return {
        "attribute": suggestion.attribute,
        "mode": suggestion.mode,
        "confidence": suggestion.confidence,
        "hint": suggestion.hint,
        "rules": [
            {
                "id": rule.id,
                "attribute": rule.attribute,
                "basis": basis_to_json(rule.basis),
                "evidence": [[span.place, span.start, span.end] for span in rule.evidence],
                **({} if rule.chance is None else {"chance": rule.chance}),
            }
            for rule in suggestion.rules
        ],
    }


def suggestion_from_json(stored: Mapping[str, Any] | None) -> Suggestion | None:
    """The suggestion as stored; its evidence has empty text."""
    if stored is None:
        return None
    return Suggestion(
        _attribute(stored["attribute"]),
        Mode(stored["mode"]),
        Confidence(stored["confidence"]),
        tuple(
            FiredRule(
                rule["id"],
                _attribute(rule["attribute"]),
                basis_from_json(rule["basis"]),
                tuple(Span(place, start, end, "") for place, start, end in rule["evidence"]),
                rule.get("chance"),
            )
            for rule in stored["rules"]
        ),
        _attribute(stored["hint"]),
    )


def _attribute(stored: str | None) -> DisclosureAttribute | None:
    return None if stored is None else DisclosureAttribute(stored)


def notes_to_json(notes: Sequence[tuple[str, Note]]) -> list[list[str]]:
    """Notes with the file each belongs to."""
    return [[name, note.code, note.scope, note.place, note.detail] for name, note in notes]


def notes_from_json(stored: Sequence[Sequence[str]]) -> tuple[tuple[str, Note], ...]:
    """The notes ``notes_to_json`` wrote."""
    return tuple(
        (name, Note(NoteCode(code), NoteScope(scope), place, detail))
        for name, code, scope, place, detail in stored
    )


def checked_by_to_json(components: Sequence[CheckedBy]) -> list[list[Any]]:
    """Which components looked."""
    return [[c.name, c.version, c.ran, c.required, c.failure] for c in components]


def checked_by_from_json(stored: Sequence[Sequence[Any]]) -> tuple[CheckedBy, ...]:
    """The components ``checked_by_to_json`` wrote."""
    return tuple(CheckedBy(*fields) for fields in stored)


def finding_to_row(finding: Finding) -> Json:
    """A finding as columns of its table."""
    return {
        "code": finding.code,
        "severity": finding.severity,
        "rule": finding.rule,
        "place": finding.place,
        "start": finding.start,
        "end": finding.end,
        "count": finding.count,
        "excerpt": finding.excerpt,
        "basis": basis_to_json(finding.basis),
        "details": [list(pair) for pair in finding.details],
        "places": list(finding.places),
        "key": finding.key,
        "waivable": finding.waivable,
    }


def finding_from_row(row: Mapping[str, Any]) -> Finding:
    """The finding ``finding_to_row`` wrote."""
    return Finding(
        code=FindingCode(row["code"]),
        severity=Severity(row["severity"]),
        rule=row["rule"],
        place=row["place"],
        start=row["start"],
        end=row["end"],
        count=row["count"],
        excerpt=row["excerpt"],
        basis=basis_from_json(row["basis"]),
        details=tuple((name, value) for name, value in row["details"]),
        places=tuple(row["places"]),
        key=row["key"],
        waivable=row["waivable"],
    )
