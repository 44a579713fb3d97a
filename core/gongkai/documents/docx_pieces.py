"""From the stretches of one paragraph to blocks: what it prints, then what it hides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from gongkai.documents.docx_layout import Surroundings
from gongkai.model.content import PRINTED_FLAGS, Anchor, Block, Flag

_OWN = frozenset({Flag.OWN_MARK})
_BRACKETS = str.maketrans("", "", "（）()【】〔〕[]：: \t\n　")
_SUFFIXES = {Flag.FIELD_CODE: "field"}
_BESIDE_OWN, _OWN_LENGTH = 8, 40


class Piece(NamedTuple):
    """A stretch of text of one run; ``run`` 0 stands for text outside all runs."""

    text: str
    flags: frozenset[Flag]
    run: int
    size: float


def paragraph_blocks(
    place: str,
    pieces: list[Piece],
    around: Surroundings,
    base: frozenset[Flag],
    number: str,
    centred: bool,
) -> Iterator[Block]:
    """The printed text of a paragraph, insertions included, then one block per kind of hiding.

    ``base`` are the flags of everything around; ``number`` is the automatic number before
    the printed text. Stretches hidden alike are one block, so that a number cannot be taken
    apart by hiding every second digit.
    """
    if all(piece.flags is base for piece in pieces):
        yield from _block(place, pieces, around, base, number, centred)
        return
    shown = base - PRINTED_FLAGS
    groups: dict[frozenset[Flag], list[Piece]] = {shown: []}
    last: dict[frozenset[Flag], int] = {}
    for position, piece in enumerate(pieces):
        kind = piece.flags - PRINTED_FLAGS
        group = groups.setdefault(kind, [])
        if kind != shown and last.get(kind, position - 1) != position - 1:
            group.append(Piece(" ", piece.flags, 0, piece.size))
        group.append(piece)
        last[kind] = position
    for kind, group in groups.items():
        if kind == shown:
            soft = base.union(*(piece.flags for piece in group)) & PRINTED_FLAGS
            flags = kind | (soft if _is_own(group) else soft - _OWN)
            yield from _block(place, group, around, flags, number, centred)
        else:
            suffix = "~".join(sorted(_SUFFIXES.get(flag, flag) for flag in kind - base))
            yield from _block(f"{place}~{suffix}", group, around, kind, "", centred)


def _block(
    place: str,
    pieces: list[Piece],
    around: Surroundings,
    flags: frozenset[Flag],
    number: str,
    centred: bool,
) -> Iterator[Block]:
    numbered = len(number)
    size: float | None
    anchors: tuple[Anchor, ...]
    if len(pieces) == 1:
        text, _, run, size = pieces[0]
        anchors = (Anchor(numbered, numbered + len(text), f"r{run}"),) if run else ()
        text = number + text if number else text
    else:
        text = number + "".join([piece.text for piece in pieces])
        anchors, size = _anchors(pieces, numbered), _size(pieces)
    if not text.strip():
        return
    if len(text) > _OWN_LENGTH and Flag.OWN_MARK in flags:
        flags = flags - _OWN
    yield Block(place, around.part, text, flags, around.cell, numbered, centred, size, anchors)


def _is_own(pieces: list[Piece]) -> bool:
    """Whether all but brackets and a short label stands in gongkai's own control."""
    beside = "".join(piece.text for piece in pieces if Flag.OWN_MARK not in piece.flags)
    return len(beside.translate(_BRACKETS)) <= _BESIDE_OWN


def _anchors(pieces: list[Piece], start: int) -> tuple[Anchor, ...]:
    anchors: list[Anchor] = []
    begun, run = start, 0
    for piece in pieces:
        if piece.run != run:
            if run and start > begun:
                anchors.append(Anchor(begun, start, f"r{run}"))
            begun, run = start, piece.run
        start += len(piece.text)
    if run and start > begun:
        anchors.append(Anchor(begun, start, f"r{run}"))
    return tuple(anchors)


def _size(pieces: list[Piece]) -> float | None:
    sizes: dict[float, int] = {}
    for piece in pieces:
        sizes[piece.size] = sizes.get(piece.size, 0) + len(piece.text.strip())
    return max(sizes, key=lambda size: sizes[size]) if sizes else None
