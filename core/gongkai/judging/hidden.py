"""What a reader of the printed page does not see, but a reader of the file does."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.judging.case import Case, Matter
from gongkai.model.bundle import Member
from gongkai.model.content import Block, Flag, Part
from gongkai.model.finding import FindingCode
from gongkai.model.reading import Span

HIDDEN = (
    Flag.HIDDEN,
    Flag.WHITE,
    Flag.TINY,
    Flag.OFF_PAGE,
    Flag.INVISIBLE_LAYER,
    Flag.FALLBACK,
    Flag.UNPRINTED,
    Flag.HIDDEN_ROW,
    Flag.HIDDEN_COLUMN,
    Flag.HIDDEN_SHEET,
    Flag.EMBEDDED,
)
"""Flags that make text hidden content (design 12); revisions and comments have their own code."""

METADATA_PARTS = frozenset({Part.PROPERTY, Part.SETTING, Part.LINK})
PERSONAL_PROPERTIES = ("core.author", "core.creator", "core.lastModifiedBy", "app.Manager")
_HAN = re.compile(r"[\u4e00-\u9fff]|\d{6}")


def hidden_content(case: Case) -> Iterator[Matter]:
    """HIDDEN_CONTENT: one matter per file and way of hiding."""
    groups: dict[tuple[int, Flag], list[tuple[Member, Block]]] = {}
    for member, block in case.bundle.blocks():
        flag = next((f for f in HIDDEN if f in block.flags), None)
        if flag is None or Flag.DELETED in block.flags or not block.text.strip():
            continue
        groups.setdefault((member.number, flag), []).append((member, block))
    for (_, flag), found in groups.items():
        yield _matter(case, FindingCode.HIDDEN_CONTENT, found, (("how", str(flag)),))


def carried_text(case: Case) -> Iterator[Matter]:
    """HIDDEN_CONTENT for text in rooms no page shows: stray parts, custom data, embedded files.

    Field codes and descriptions count when they hold words, not for what every file has.
    """
    groups: dict[int, list[tuple[Member, Block]]] = {}
    for member, block in case.bundle.blocks():
        stray = block.part in (Part.OTHER, Part.EMBEDDED) and not block.flags & set(HIDDEN)
        told_elsewhere = block.flags & {Flag.OWN_MARK, Flag.DELETED}
        if (
            (stray or Flag.FIELD_CODE in block.flags)
            and not told_elsewhere
            and _HAN.search(block.text)
        ):
            groups.setdefault(member.number, []).append((member, block))
    for found in groups.values():
        yield _matter(case, FindingCode.HIDDEN_CONTENT, found, (("how", "carried"),))


def revisions(case: Case) -> Iterator[Matter]:
    """REVISIONS: tracked changes and comments, counted over the whole bundle (message 10)."""
    contents = [member.content for member in case.bundle.members]
    changes, comments = sum(c.revisions for c in contents), sum(c.comments for c in contents)
    if changes or comments:
        spans = tuple(
            _span(member, block)
            for member, block in case.bundle.blocks()
            if block.part is Part.COMMENT or block.flags & {Flag.INSERTED, Flag.DELETED}
        )
        yield Matter(
            FindingCode.REVISIONS,
            "A1",
            spans=spans[:20],
            count=changes + comments,
            details=(("revisions", str(changes)), ("comments", str(comments))),
        )


def covered_text(case: Case) -> Iterator[Matter]:
    """REDACTION_REVERSIBLE: covered on the page, readable in the file (SEC-17)."""
    found = [(m, b) for m, b in case.bundle.blocks() if Flag.COVERED in b.flags and b.text.strip()]
    if found:
        yield _matter(case, FindingCode.REDACTION_REVERSIBLE, found, ())


def metadata(case: Case) -> Iterator[Matter]:
    """METADATA_LEAK: authors, template paths, link targets (design 12)."""
    found = [
        (member, block)
        for member, block in case.bundle.blocks()
        if block.part in METADATA_PARTS
        and block.text.strip()
        and (
            block.place.removeprefix("property/") in PERSONAL_PROPERTIES
            or block.part in (Part.SETTING, Part.LINK)
            or "emplate" in block.place
        )
        and Flag.OWN_MARK not in block.flags
    ]
    if found:
        names = dict.fromkeys(block.place.rpartition("/")[2] for _, block in found)
        yield Matter(
            FindingCode.METADATA_LEAK,
            "design-12",
            spans=tuple(_span(member, block) for member, block in found[:20]),
            count=len(found),
            details=(("names", "、".join(list(names)[:5])),),
        )


def _span(member: Member, block: Block) -> Span:
    return Span(member.prefix + block.place, 0, len(block.text), block.text)


def _matter(
    case: Case,
    code: FindingCode,
    found: list[tuple[Member, Block]],
    details: tuple[tuple[str, str], ...],
) -> Matter:
    spans = tuple(_span(member, block) for member, block in found)
    return Matter(
        code,
        "SRC-14",
        spans=spans[:20],
        count=len(found),
        values=tuple(span.text for span in spans),
        details=details,
    )


RULES = (hidden_content, carried_text, revisions, covered_text, metadata)
