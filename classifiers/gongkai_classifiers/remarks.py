"""Sensitive facts in cells whose heading announces none: 备注, 人员类别, 处理结果 of somebody."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from gongkai.model.reading import Entity, EntityKind, Span
from gongkai.model.transcript import Transcript
from gongkai_classifiers.columns import roster_cell
from gongkai_classifiers.facts import stated
from gongkai_classifiers.names import may_be_name

_OF_PENALTY = frozenset({"处理情况", "违法事实"})
_TELLING = frozenset({"", "备注", "类别"}) | _OF_PENALTY
_PENALTY = re.compile("警告|罚款|拘留|记过|记大过|降级|撤职|开除|留党察看|暂扣|吊销|没收")
_CHILD = re.compile("(?:[0-9]|1[0-3])(?:周?岁)?")
_WHO = frozenset({"姓名", "当事人"})
_CONFIDENCE = 0.8


def remarks(text: str, field: str, place: Callable[[int, int], Span]) -> Iterator[Entity]:
    """What a cell under ``field`` ("" for a heading nobody knows) tells of its row's person.

    A list permitted to show penalties may show those under 处理情况; its permission for 备注
    covers no illness. Children are those under fourteen (个人信息保护法28).
    """
    for start, end, sub in _told(text, field):
        source = f"roster:{field}" if field in _OF_PENALTY else "facts"
        span = place(start, end)
        yield Entity(EntityKind.SENSITIVE_FACT, span, sub, confidence=_CONFIDENCE, source=source)


def _told(text: str, field: str) -> Iterator[tuple[int, int, str]]:
    if field == "年龄" and _CHILD.fullmatch(text.strip()):
        yield 0, len(text.rstrip()), "minor"
    if field not in _TELLING:
        return
    found = tuple(stated(text))
    yield from found
    if field in _OF_PENALTY and not found and (penalty := _PENALTY.search(text)):
        yield *penalty.span(), "penalty"


def named_rows(transcript: Transcript) -> frozenset[tuple[str, int]]:
    """Rows that are about a person, by table and number: a name or an ID number stands there."""
    rows: set[tuple[str, int]] = set()
    for index, block in enumerate(transcript.blocks):
        meaning = roster_cell(block)
        if block.cell is None or meaning is None:
            continue
        named = meaning.field in _WHO and may_be_name(transcript.line(index))
        if named or (meaning.kind is EntityKind.ID_NUMBER and transcript.line(index).strip()):
            rows.add((block.cell.table, block.cell.row))
    return frozenset(rows)
