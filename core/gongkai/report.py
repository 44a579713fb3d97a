"""A verdict for machines: the object ``check --json`` and 核对结果.json hold (design 5)."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from gongkai.examined import Examined, MemberFile, Stopped
from gongkai.excerpts import Excerpts
from gongkai.masking import mask
from gongkai.model.bundle import Bundle
from gongkai.model.reading import ElementName, Entity, EntityKind, Label, Reading, Span
from gongkai.model.verdict import Suggestion, Verdict
from gongkai.notices import Voice

REPEATED = frozenset({ElementName.MAIN_RECIPIENTS, ElementName.CC, ElementName.ISSUER})
PATHS = frozenset({"file", "attachments"})
"""Keys that name files: whoever asked knows them, and has to find them again."""

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
    """One bundle's object; no personal value stands in it unmasked unless ``reveal``."""
    excerpts = Excerpts(examined.bundle, examined.reading)
    shown = (lambda span: span.text) if reveal else excerpts.masked
    told = _told(examined, verdict, voice, shown)
    if not reveal:
        told = {k: v if k in PATHS else _covered(v, excerpts.cover) for k, v in told.items()}
    entities = [_entity(entity, shown, reveal=reveal) for entity in examined.reading.entities]
    return {**told, "entities": entities}


def _told(
    examined: Examined, verdict: Verdict, voice: Voice, shown: Callable[[Span], str]
) -> Object:
    bundle, reading = examined.bundle, examined.reading
    main = examined.files[0]
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
        "elements": _elements(reading),
        "stated": [_label(label) for label in reading.labels],
        "forwards": [{"title": c.title, "doc_number": c.doc_number} for c in reading.citations],
        "suggestion": _suggestion(verdict.suggestion, shown) if verdict.suggestion else None,
        "entities": [],
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


def _covered(value: object, cover: Callable[[str], str]) -> object:
    """A JSON value with every text in it covered."""
    if isinstance(value, StrEnum):
        return value
    if isinstance(value, str):
        return cover(value)
    if isinstance(value, list):
        return [_covered(each, cover) for each in value]
    if isinstance(value, dict):
        return {key: _covered(each, cover) for key, each in value.items()}
    return value


def _elements(reading: Reading) -> Object:
    values: Object = {}
    for name in ElementName:
        found = reading.values(name)
        values[str(name)] = list(found) if name in REPEATED else (found[0] if found else "")
    return values


def _label(label: Label) -> Object:
    return {
        "attribute": label.attribute,
        "text": label.text,
        "place": label.span.place if label.span else "",
        "source": label.source,
        "scope": label.scope,
    }


def _suggestion(suggestion: Suggestion, shown: Callable[[Span], str]) -> Object:
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
                    {"place": s.place, "start": s.start, "end": s.end, "text": shown(s)}
                    for s in rule.evidence
                ],
                **({} if rule.chance is None else {"chance": rule.chance}),
            }
            for rule in suggestion.rules
        ],
    }


def _entity(entity: Entity, shown: Callable[[Span], str], *, reveal: bool) -> Object:
    span = entity.span
    # A shop may bear its owner's name, which is masked there as everywhere.
    open_as_it_is = reveal or entity.kind is EntityKind.ORGANIZATION
    return {
        "kind": entity.kind,
        "sub": entity.sub,
        "role": entity.role,
        "place": span.place,
        "start": span.start,
        "end": span.end,
        "text": shown(span) if open_as_it_is else mask(entity.kind, span.text),
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
