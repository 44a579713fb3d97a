"""The paragraphs a determination is about, one by one, so that a change can be shown (A3).

The same content as the fingerprint's: printed text of main file and attachments, without what
the office adds when it issues the paper. Only here each paragraph has its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from gongkai.documents.issuing import layout, lines_of
from gongkai.model.bundle import Bundle
from gongkai.model.content import Part


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or cell: its place in the bundle, and its words as they stand."""

    place: str
    text: str
    folded: str


class ChangeKind(StrEnum):
    """What became of a paragraph."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One stretch that is not as it was signed.

    ``first`` and ``last`` count the signed text's paragraphs from 1; 0 where it had none.
    ``now`` are the paragraphs that stand there now: empty where something was removed.
    """

    kind: ChangeKind
    first: int
    last: int
    now: tuple[Paragraph, ...]


def core_paragraphs(bundle: Bundle) -> Iterator[Paragraph]:
    """The content of main file and attachments by paragraph, issuing elements left out."""
    for member in bundle.members:
        blocks = [block for block in member.content.printed if block.part is not Part.DRAWING]
        lines = lines_of(blocks)
        skipped = layout(lines).elements
        for index, (block, line) in enumerate(zip(blocks, lines, strict=True)):
            if index not in skipped and line.text:
                yield Paragraph(member.prefix + block.place, block.text, line.text)


def differences(
    signed: Sequence[str], now: Sequence[Paragraph], digests: Sequence[str]
) -> tuple[Difference, ...]:
    """Where the paragraphs ``now``, known by ``digests``, differ from the signed ones'."""
    matcher = SequenceMatcher(a=list(signed), b=list(digests), autojunk=False)
    kinds = {
        "replace": ChangeKind.CHANGED,
        "insert": ChangeKind.ADDED,
        "delete": ChangeKind.REMOVED,
    }
    return tuple(
        Difference(kinds[tag], a + 1 if b > a else 0, b, tuple(now[c:d]))
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal"
    )
