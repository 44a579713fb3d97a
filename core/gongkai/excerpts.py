"""Words of a document as they may be shown: every personal value in them masked (INT-03)."""

from __future__ import annotations

from functools import cached_property

from gongkai.masking import mask
from gongkai.model.bundle import Bundle
from gongkai.model.reading import Entity, EntityKind, EntityRole, Reading, Span

EXCERPT_LENGTH = 40

OFFICIAL_ROLES = frozenset({EntityRole.SIGNER, EntityRole.OFFICIAL, EntityRole.PUBLIC_FIGURE})
"""Names that stand in a document by office and are shown as they are (条例20(二))."""

OPEN_KINDS = frozenset({EntityKind.CREDIT_CODE, EntityKind.SENSITIVE_FACT})
"""Kinds whose words alone point at nobody: 患病 without the person is just a word."""


class Excerpts:
    """Masked excerpts of one bundle."""

    def __init__(self, bundle: Bundle, reading: Reading) -> None:
        self._bundle = bundle
        self._reading = reading

    @cached_property
    def _texts(self) -> dict[str, str]:
        return {member.prefix + block.place: block.text for member, block in self._bundle.blocks()}

    @cached_property
    def _entities(self) -> dict[str, list[Entity]]:
        found: dict[str, list[Entity]] = {}
        for entity in self._reading.personal:
            if entity.role not in OFFICIAL_ROLES:
                found.setdefault(entity.span.place, []).append(entity)
        return found

    @cached_property
    def _values(self) -> dict[int, dict[str, EntityKind]]:
        """Every personal value in the bundle with its kind, by length, the longest first."""
        values: dict[int, dict[str, EntityKind]] = {}
        for entity in self._reading.personal:
            if entity.role in OFFICIAL_ROLES or entity.already_masked:
                continue
            # In a file's name a fact stands beside its person, and the name is shown whole.
            if entity.kind not in OPEN_KINDS or _in_a_name(entity):
                text = entity.span.text.strip()
                values.setdefault(len(text), {})[text] = entity.kind
        return dict(sorted(values.items(), reverse=True))

    def cover(self, text: str) -> str:
        """Any words, such as a title or a file's name, with personal values in them masked."""
        pieces, position = [], 0
        while position < len(text):
            for length, values in self._values.items():
                value = text[position : position + length]
                kind = values.get(value) if length else None
                if kind is not None:
                    pieces.append(mask(kind, value))
                    position += length
                    break
            else:
                pieces.append(text[position])
                position += 1
        return "".join(pieces)

    def masked(self, span: Span) -> str:
        """The words of a span with the personal values it touches masked."""
        text = self._texts.get(span.place, "")
        pieces, position = [], span.start
        for entity in sorted(self._entities.get(span.place, ()), key=lambda e: e.span.start):
            start, end = entity.span.start, entity.span.end
            if end <= position or start >= span.end:
                continue
            pieces.append(text[position : max(position, start)])
            pieces.append(mask(entity.kind, text[start:end]))
            position = end
        pieces.append(text[position : span.end])
        return "".join(pieces)

    def short(self, span: Span) -> str:
        """The masked words on one line, cut to ``EXCERPT_LENGTH``."""
        line = " ".join(self.masked(span).split())
        return line if len(line) <= EXCERPT_LENGTH else line[: EXCERPT_LENGTH - 1] + "…"


def _in_a_name(entity: Entity) -> bool:
    return (
        entity.kind is EntityKind.SENSITIVE_FACT and entity.span.place.rpartition("/")[2] == "name"
    )
