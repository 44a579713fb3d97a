"""What a table column holds, by its heading; the field names are those of the profiles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from operator import add

from gongkai.model.content import Block
from gongkai.model.reading import EntityKind
from gongkai.model.transcript import Transcript
from gongkai.script import normalise

_BRACKETS = re.compile("[(\\[][^()\\[\\]]*[)\\]]")
_ONE_NAME = re.compile("[\u4e00-\u9fff]{2,4}")
_SIGNS = re.compile("[\\s*:_#.]+")


@dataclass(frozen=True, slots=True)
class ColumnMeaning:
    """A field as ``permitted_fields`` names it; ``kind`` is None for what is no entity.

    ``sub`` refines: a sort of sensitive fact, a role of a name, office or personal telephone.
    """

    field: str
    kind: EntityKind | None
    sub: str = ""


@cache
def _meanings() -> tuple[tuple[re.Pattern[str], ColumnMeaning], ...]:
    text = files("gongkai_classifiers").joinpath("data/columns.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(
        (re.compile(pattern), ColumnMeaning(field, EntityKind(kind) if kind else None, sub))
        for field, kind, sub, pattern in rows
    )


@lru_cache(maxsize=4096)
def column_meaning(header: str) -> ColumnMeaning | None:
    """What a heading says its column holds, None when it says nothing known.

    White space, brackets (补助金额（元）) and script make no difference.
    """
    folded = _SIGNS.sub("", normalise(header)).lower()
    bare = _BRACKETS.sub("", folded) or folded
    return next((meaning for pattern, meaning in _meanings() if pattern.search(bare)), None)


def roster_cell(block: Block) -> ColumnMeaning | None:
    """The meaning of the column a data cell stands in, None outside tables with headings."""
    cell = block.cell
    return column_meaning(cell.header) if cell and cell.data and cell.header else None


def left_to_roster(block: Block, kind: EntityKind) -> bool:
    """Whether ``rosters`` speaks for entities of this kind at this place, so nobody else does."""
    meaning = roster_cell(block)
    return meaning is not None and meaning.kind is kind


def answered_cells(transcript: Transcript) -> tuple[tuple[int, int], ...]:
    """Ranges of cells that hold one name ``rosters`` speaks for and nothing else.

    Left out are names that begin like words elsewhere in the file: whoever finds them in the
    cell knows them there too.
    """
    lines = range(len(transcript.blocks))
    cells = [index for index in lines if _holds_one_name(transcript, index)]
    if not cells:
        return ()
    elsewhere: set[str] = set()
    for index in sorted(set(lines).difference(cells)):
        text = transcript.line(index)
        elsewhere.update(map(add, text, text[1:]))
    return tuple(
        (transcript.starts[index], transcript.starts[index] + len(transcript.line(index)))
        for index in cells
        if transcript.line(index)[:2] not in elsewhere
    )


def _holds_one_name(transcript: Transcript, index: int) -> bool:
    block = transcript.blocks[index]
    return left_to_roster(block, EntityKind.PERSON) and bool(
        _ONE_NAME.fullmatch(transcript.line(index))
    )
