"""The fingerprint a determination binds to: the content, without what the office adds later.

Filling in number and date, red-heading, marking or re-saving leaves it unchanged; any change
of content does not (A3, design 4.4). It detects change, it does not prove authorship.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

from gongkai.documents.issuing import layout, lines_of
from gongkai.model.bundle import Bundle, Member, Role
from gongkai.model.content import Content, Part

STAMPED_FINGERPRINT = "custom.gongkai.fingerprint"
"""The document property that holds the fingerprint the mark was set for."""

ALGORITHM = "f1"


def member_fingerprint(content: Content) -> str:
    """The fingerprint of one file's content.

    A file that cannot be read is what its bytes are.
    """
    if not content.readable:
        return f"{ALGORITHM}:{hashlib.sha256(content.sha256.encode()).hexdigest()[:32]}"
    digest = hashlib.sha256()
    for text in core_text(content):
        digest.update(text.encode("utf-8", "surrogatepass"))
    return f"{ALGORITHM}:{digest.hexdigest()[:32]}"


def core_fingerprint(bundle: Bundle) -> str:
    """The fingerprint of main file and attachments in order."""
    return _joined(bundle.members)


def fingerprint_alone(member: Member) -> str:
    """The core fingerprint an attachment has where it is a document of its own."""
    return _joined([replace(member, role=Role.MAIN, number=0)])


def _joined(members: Sequence[Member]) -> str:
    digest = hashlib.sha256()
    for member in members:
        digest.update(f"{member.number}\0{member_fingerprint(member.content)}\n".encode())
    return f"{ALGORITHM}:{digest.hexdigest()[:32]}"


def core_text(content: Content) -> Iterator[str]:
    """The printed text without issuing elements and labels, white space left out.

    Cells are kept apart, paragraphs are not: a line broken elsewhere is the same text.
    """
    blocks = [block for block in content.printed if block.part is not Part.DRAWING]
    lines = lines_of(blocks)
    skipped = layout(lines).elements
    for index, (block, line) in enumerate(zip(blocks, lines, strict=True)):
        if index not in skipped:
            yield f"\x1f{line.text}" if block.cell is not None else line.text
