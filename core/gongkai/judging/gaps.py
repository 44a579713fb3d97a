"""What was not checked: "未能检查" is not "未发现问题" (design 8)."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.judging.brief import Brief, Matter
from gongkai.model.attribute import Severity
from gongkai.model.bundle import Member
from gongkai.model.content import Note, NoteCode, NoteScope
from gongkai.model.finding import FindingCode
from gongkai.model.reading import Span


def unreadable(brief: Brief) -> Iterator[Matter]:
    """UNREADABLE: one matter per file, for what was not read in it (message 7)."""
    for member in brief.bundle.members:
        notes = [n for n in _notes(member) if n.code is not NoteCode.IMAGE]
        if notes:
            first = min(notes, key=lambda note: note.scope is not NoteScope.WHOLE)
            yield Matter(
                FindingCode.UNREADABLE,
                "SEC-02",
                spans=_places(member, notes),
                count=len(notes),
                values=(member.content.sha256, first.code),
                details=(
                    ("name", member.name),
                    ("why", str(first.code)),
                    ("format", str(member.content.format)),
                    ("scope", str(first.scope)),
                ),
                otherwise=Severity.WARNING,
            )


def images(brief: Brief) -> Iterator[Matter]:
    """IMAGE_UNREAD: pictures among the text, whose words nobody has read."""
    for member in brief.bundle.members:
        notes = [n for n in _notes(member) if n.code is NoteCode.IMAGE]
        if notes:
            yield Matter(
                FindingCode.IMAGE_UNREAD,
                "design-12",
                spans=_places(member, notes),
                count=len(notes),
                values=(member.content.sha256,),
                details=(("name", member.name),),
            )


def ocr_text(brief: Brief) -> Iterator[Matter]:
    """OCR_TEXT: the text layer of a scan, of unknown quality."""
    for member in brief.bundle.members:
        notes = [n for n in member.content.notes if n.code is NoteCode.OCR_LAYER]
        if notes:
            yield Matter(
                FindingCode.OCR_TEXT,
                "formats-3",
                count=len(notes),
                details=(("name", member.name),),
            )


def missing_attachments(brief: Brief) -> Iterator[Matter]:
    """ATTACHMENT_MISSING: named in the attachment note, absent from the folder (message 13)."""
    if brief.bundle.missing:
        present = len(brief.bundle.attachments)
        yield Matter(
            FindingCode.ATTACHMENT_MISSING,
            "A4",
            count=len(brief.bundle.missing),
            values=brief.bundle.missing,
            details=(
                ("missing", "、".join(f"《{title}》" for title in brief.bundle.missing)),
                ("listed", str(present + len(brief.bundle.missing) - len(brief.bundle.unlisted))),
                ("present", str(present - len(brief.bundle.unlisted))),
            ),
        )


def unlisted_attachments(brief: Brief) -> Iterator[Matter]:
    """UNLISTED_ATTACHMENT: beside the document, but not in its attachment note."""
    if brief.bundle.unlisted:
        yield Matter(
            FindingCode.UNLISTED_ATTACHMENT,
            "A4",
            count=len(brief.bundle.unlisted),
            values=brief.bundle.unlisted,
            details=(("names", "、".join(brief.bundle.unlisted)),),
        )


def incomplete_check(brief: Brief) -> Iterator[Matter]:
    """CHECK_INCOMPLETE: a required component is absent or failed: no clean bill (design 8)."""
    failed = [check.name for check in brief.checked_by if check.required and not check.ran]
    if failed:
        yield Matter(
            FindingCode.CHECK_INCOMPLETE,
            "design-8",
            count=len(failed),
            values=tuple(failed),
            details=(("components", "、".join(failed)),),
        )


def _places(member: Member, notes: list[Note]) -> tuple[Span, ...]:
    """Where the notes point; an attachment not read at all is a place itself."""
    named = [note.place for note in notes if note.place] or ([""] if member.prefix else [])
    return tuple(Span(member.prefix + place, 0, 0, "") for place in named)


def _notes(member: Member) -> list[Note]:
    return [note for note in member.content.notes if note.scope is not NoteScope.NOTHING]


RULES = (
    unreadable,
    images,
    ocr_text,
    missing_attachments,
    unlisted_attachments,
    incomplete_check,
)
