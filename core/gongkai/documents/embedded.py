"""Files inside files: their blocks and notes as blocks and notes of the file that holds them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gongkai.model.content import Block, Content, Flag, Note, NoteCode, NoteScope, Part


def blocks_inside(content: Content, place: str) -> Iterator[Block]:
    """Blocks of an embedded file below ``place``; its tables keep apart from other tables."""
    for block in content.blocks:
        cell = block.cell
        if cell is not None:
            cell = replace(cell, table=f"{place}!{cell.table}")
        yield replace(
            block,
            place=f"{place}!{block.place}",
            part=Part.EMBEDDED,
            flags=block.flags | {Flag.EMBEDDED},
            cell=cell,
            anchors=(),
        )


def notes_inside(content: Content, place: str) -> Iterator[Note]:
    """Notes of an embedded file: what withholds all of it withholds a part of its holder."""
    for note in content.notes:
        if note.code is not NoteCode.NAME_MISLEADS:
            scope = NoteScope.PART if note.scope is NoteScope.WHOLE else note.scope
            inner = f"{place}!{note.place}" if note.place else place
            yield replace(note, scope=scope, place=inner)
