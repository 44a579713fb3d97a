"""A verdict for machines: the object ``check --json`` and 核对结果.json hold (design 5)."""

from __future__ import annotations

from pathlib import Path

from gongkai.excerpts import Excerpts
from gongkai.masking import mask
from gongkai.model.bundle import Bundle
from gongkai.model.reading import ElementName, Entity, Label, Reading
from gongkai.model.verdict import Suggestion, Verdict
from gongkai.notices import Voice
from gongkai.pipeline import Examined, MemberFile, Stopped

REPEATED = frozenset({ElementName.MAIN_RECIPIENTS, ElementName.CC, ElementName.ISSUER})
PERSONAL = frozenset({ElementName.CONTACT, ElementName.ANNOTATION, ElementName.TITLE})
"""Elements that may name private people."""

Object = dict[str, object]


def path_fields(path: str, key: str = "file") -> Object:
    """A path as JSON can hold it; undecodable bytes become U+FFFD, ``path_hex`` keeps them."""
    raw = path.encode("utf-8", "surrogateescape")
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return {key: raw.decode("utf-8", "replace"), "path_hex": raw.hex()}
    return {key: path}


def verdict_object(examined: Examined, verdict: Verdict, voice: Voice, *, reveal: bool) -> Object:
    """One bundle's object. Entities and excerpts are masked unless ``reveal``."""
    bundle, reading = examined.bundle, examined.reading
    main = examined.files[0]
    excerpts = Excerpts(bundle, reading)
    return {
        **path_fields(main.path),
        "attachments": [_attachment(bundle, file) for file in examined.files[1:]],
        "references": list(bundle.references),
        "sha256": main.sha256,
        "input_digest": bundle.input_digest,
        "core_fingerprint": verdict.core_fingerprint,
        "format": bundle.main.content.format,
        "stage": verdict.stage,
        "profile": verdict.profile,
        "doc_type": {
            "value": reading.doc_type.value,
            "confidence": round(reading.doc_type.confidence, 2),
            "evidence": reading.doc_type.evidence.text if reading.doc_type.evidence else "",
        },
        "elements": _elements(reading, excerpts),
        "stated": [_label(label) for label in reading.labels],
        "forwards": [{"title": c.title, "doc_number": c.doc_number} for c in reading.citations],
        "suggestion": _suggestion(verdict.suggestion, excerpts) if verdict.suggestion else None,
        "entities": [_entity(entity, reveal=reveal) for entity in reading.entities],
        "findings": _findings(verdict, voice),
        "notes": [
            {
                "file": name,
                "code": note.code,
                "scope": note.scope,
                "place": note.place,
                "detail": note.detail,
            }
            for name, note in verdict.notes
        ],
        "checked_by": [
            {
                "name": c.name,
                "version": c.version,
                "ran": c.ran,
                "required": c.required,
                "failure": c.failure,
            }
            for c in verdict.checked_by
        ],
        "question": list(examined.question),
        "scope_reason": verdict.scope_reason,
        "outcome": verdict.outcome,
    }


def stopped_object(stopped: Stopped) -> Object:
    """The object for a bundle with a secrecy mark: neither name nor place, only that it is so."""
    return {"file": None, "outcome": "quarantined", "files": len({p for p, _ in stopped.marks})}


def error_object(path: Path, message: str) -> Object:
    """The object for a path nothing could be said about."""
    return {**path_fields(str(path)), "outcome": "unreadable", "error": message}


def _attachment(bundle: Bundle, file: MemberFile) -> Object:
    content = bundle.members[file.number].content
    return {
        **path_fields(file.path),
        "number": file.number,
        "sha256": file.sha256,
        "format": content.format,
        "readable": content.readable,
    }


def _elements(reading: Reading, excerpts: Excerpts) -> Object:
    values: Object = {}
    for name in ElementName:
        found = [
            excerpts.masked(e.span) if name in PERSONAL and e.span else e.value
            for e in reading.elements
            if e.name is name and e.value
        ]
        values[str(name)] = found if name in REPEATED else (found[0] if found else "")
    return values


def _label(label: Label) -> Object:
    return {
        "attribute": label.attribute,
        "text": label.text,
        "place": label.span.place if label.span else "",
        "source": label.source,
        "scope": label.scope,
    }


def _suggestion(suggestion: Suggestion, excerpts: Excerpts) -> Object:
    return {
        "attribute": suggestion.attribute,
        "hint": suggestion.hint,
        "mode": suggestion.mode,
        "confidence": suggestion.confidence,
        "rules": [
            {
                "id": rule.id,
                "attribute": rule.attribute,
                "basis": [basis.text for basis in rule.basis],
                "evidence": [
                    {"place": s.place, "start": s.start, "end": s.end, "text": excerpts.masked(s)}
                    for s in rule.evidence
                ],
            }
            for rule in suggestion.rules
        ],
    }


def _entity(entity: Entity, *, reveal: bool) -> Object:
    span = entity.span
    return {
        "kind": entity.kind,
        "sub": entity.sub,
        "role": entity.role,
        "place": span.place,
        "start": span.start,
        "end": span.end,
        "text": span.text if reveal else mask(entity.kind, span.text),
    }


def _findings(verdict: Verdict, voice: Voice) -> list[Object]:
    objects: list[Object] = []
    for finding in verdict.findings:
        notice = voice.notice(finding)
        objects.append(
            {
                "code": finding.code,
                "severity": finding.severity,
                "rule": finding.rule,
                "place": finding.place,
                "start": finding.start,
                "end": finding.end,
                "count": finding.count,
                "excerpt": finding.excerpt,
                "headline": notice.headline,
                "basis": [basis.text for basis in finding.basis],
                "cure": notice.cure,
                "waivable": finding.waivable,
                "key": finding.key,
            }
        )
    return objects
