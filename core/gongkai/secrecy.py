"""Whether a secrecy mark stands in mark position: asked first, in memory, before all else.

A mark is a level (绝密, 机密, 秘密), usually with a star and a period, where GB/T 9704 and
保密法 22 put it: top of the first page, page header or footer, text box, cover, imprint,
an attachment's own first lines, a field 密级, a document property, the file name (SEC-05,
N-23). The same words in prose are never marks. In doubt inside those positions the answer
is "mark": a secrecy officer can release a look-alike, nobody can call back a leak.

Nothing here returns, logs or raises with document text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from gongkai.model.content import Block, Content, Part
from gongkai.script import normalise


@dataclass(frozen=True, slots=True)
class SecrecyMark:
    """A mark was found. ``position`` is one of a fixed set of words, never document text.

    ``expired`` is true when the mark itself says so, None when that cannot be told: expiry
    alone opens nothing (SEC-16).
    """

    position: str
    expired: bool | None = None


LEVEL = "(?:绝密|机密|秘密)"
STARS = "\u2605\u2606\u2729-\u2730\u2b50\U0001f31f\U0001f7ca*"
_FIELD = (
    "(?:密级|秘密等级|保密等级|保密级别|涉密等级|涉密级别|密级和保密期限|密级及保密期限|"
    "秘密级别|定密等级)"
)
_TICK = "[☑■√✓✔▣☒⊠●◉✅]"
_BOX = "[□☐▢○◯〇☑■√✓✔▣☒⊠●◉✅]"
_PERIOD = "(?:[0-9一二三四五六七八九十两]{1,3}(?:年|个月|月|天|日)|长期)"
_EXTRA = "(?:特急|特提|加急|平急|急件|注意保管|妥善保管|严禁外传|不得外传|已解密)"
_SERIAL = "(?:份号)?[:]?(?:[NnOo.º]{0,3}[0-9]{1,8})?号?"

_STARRED = re.compile(f"{LEVEL}(?:级)?[{STARS}]")
_ALONE = re.compile(
    rf"{_SERIAL}[(\[【<]*{LEVEL}[级件]?"
    rf"(?:[{STARS}][^。,;“”《》]{{0,18}}|[·●(\-—:]?{_PERIOD}\)?)?"
    rf"[)\]】>]*{_EXTRA}*"
)
_STARRED_BLOCK = re.compile(
    rf"{_SERIAL}[(\[【<]*{LEVEL}级?[{STARS}][^。,;“”《》]{{0,18}}[)\]】>]*{_EXTRA}*"
)
_EDGE = re.compile(
    rf"{_SERIAL}[(\[【<]*{LEVEL}(?:级|件|文件|资料|材料)?(?:[{STARS}].{{0,18}}|{_PERIOD})?"
    rf"[)\]】>]*{_EXTRA}*(?:第?[-—]?[0-9]{{1,4}}.{{0,8}})?"
)
_FILLED_FIELD = re.compile(rf"{_FIELD}[:|(\[]*{LEVEL}(?!级?[、/|或和及与□☐○,]|级?{LEVEL})")
_TICKED_BEFORE = re.compile(rf"{_FIELD}[:|]*(?={_BOX}).{{0,40}}?{_TICK}{LEVEL}")
_TICKED_AFTER = re.compile(rf"{_FIELD}[:|]*(?!{_BOX}).{{0,40}}?{LEVEL}级?{_TICK}")
_FIELD_NAME = re.compile(rf"{_FIELD}[:]?")
_IN_NAME = re.compile(
    rf"{_STARRED.pattern}"
    rf"|[(\[【]{LEVEL}级?[件]?[)\]】]"
    rf"|^{LEVEL}级?(?:[\-_—·+.~ ]|$)"
    rf"|[\-_—·+ ]{LEVEL}级?(?=[\-_—.+ ]|$)"
)
_ATTACHMENT = re.compile(r"附件(?:[0-9一二三四五六七八九十]{1,3})?[:]?")
_CONTENTS = re.compile(r"目录|目次")
_PROSE = re.compile(r".*[。;!?].+|.{30,}[,。;].*", re.DOTALL)
_PAGE_LINE = re.compile(r"page(\d+)/line\d+")
_SHEET_CELL = re.compile(r"(.+)![A-Z]{1,3}(\d+)")

HEAD_UNITS = 24
TAIL_UNITS = 8
EDGE_PARTS = frozenset(
    {Part.HEADER, Part.FOOTER, Part.TEXTBOX, Part.DRAWING, Part.ANNOTATION, Part.FOOTNOTE}
)
_POSITION = {Part.HEADER: "header", Part.FOOTER: "footer"}


def secrecy_marks(content: Content) -> tuple[SecrecyMark, ...]:
    """The marks of one file, hidden places and file name included; empty for nearly all.

    Equal positions are told once. Costs one search when no level word is in the file.
    """
    joined = "".join("".join(block.text for block in content.blocks).split())
    values = "".join(value for _, value in content.properties)
    if "密" not in joined and "密" not in values:
        return ()
    if not re.search(LEVEL, normalise(joined + "".join(values.split()))):
        return ()
    found = dict.fromkeys(_found(content))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A block with its text normalised and without white space."""

    block: Block
    text: str


def _found(content: Content) -> Iterator[SecrecyMark]:
    for name, value in content.properties:
        yield from _in_property(name, value)
    rooms: dict[str, list[_Unit]] = {}
    for block in content.blocks:
        if text := "".join(normalise(block.text).split()):
            rooms.setdefault(_room(block), []).append(_Unit(block, text))
    for room, units in rooms.items():
        if room == Part.NAME:
            if any(_names(unit.block.text) for unit in units):
                yield SecrecyMark("file_name")
        elif room == Part.PROPERTY:
            for unit in units:
                yield from _in_property(unit.block.place.partition("/")[2], unit.block.text)
        else:
            yield from _in_text(units, embedded=room.startswith(Part.EMBEDDED))


def _names(file_name: str) -> bool:
    stem = re.sub(r"\.[0-9A-Za-z]{1,5}$", "", normalise(file_name).strip())
    return _IN_NAME.search(" ".join(stem.split())) is not None


def _room(block: Block) -> str:
    """Which text of its own a block belongs to: an embedded file has a head of its own."""
    if block.part in (Part.NAME, Part.PROPERTY):
        return block.part.value
    if block.place.startswith("embedded/"):
        return block.place.partition("!")[0]
    if sheet := _SHEET_CELL.fullmatch(block.place):
        return f"sheet {sheet[1]}"
    return "text"


def _in_property(name: str, value: str) -> Iterator[SecrecyMark]:
    key, words = ("".join(normalise(text).split()) for text in (name, value))
    named = _FIELD_NAME.fullmatch(key.rpartition(".")[2]) is not None
    if words and (_STARRED_BLOCK.match(words) or (named and re.match(LEVEL, words))):
        yield SecrecyMark("property", _expired(words))


def _in_text(units: Sequence[_Unit], *, embedded: bool) -> Iterator[SecrecyMark]:
    flow = [unit for unit in units if unit.block.part not in EDGE_PARTS]
    for unit in units:
        if unit.block.part in EDGE_PARTS and (
            _EDGE.fullmatch(unit.text) or _unquoted_star(unit.text) or _field(unit.text)
        ):
            where = _POSITION.get(unit.block.part, "text_box")
            yield SecrecyMark(where, _expired(unit.text))
    head = _head(flow)
    where = "embedded" if embedded else "head"
    for unit in (*head, *_attachment_heads(flow)):
        if _marks_head(unit) and not _column_value(unit, flow):
            yield SecrecyMark(where, _expired(unit.text))
    if _split_over_units(head) or _field_beside_value(head):
        yield SecrecyMark(where)
    for unit in (*_tail(flow), *_page_edges(flow)):
        if _ALONE.fullmatch(unit.text) and not _column_value(unit, flow) and not _options(flow):
            yield SecrecyMark("edge", _expired(unit.text))
    for unit in flow:
        if _STARRED_BLOCK.fullmatch(unit.text):
            yield SecrecyMark("block", _expired(unit.text))


def _head(flow: Sequence[_Unit]) -> list[_Unit]:
    """What stands before the first sentence: corner, red head, title, cover."""
    head: list[_Unit] = []
    for unit in flow[:HEAD_UNITS]:
        if _CONTENTS.fullmatch(unit.text):
            break
        head.append(unit)
        if _PROSE.match(unit.text):
            break
    return [] if _options(head) else head


def _tail(flow: Sequence[_Unit]) -> Sequence[_Unit]:
    """What follows the last sentence: the imprint. Empty for a text without sentences."""
    prose = [index for index, unit in enumerate(flow) if _PROSE.match(unit.text)]
    return flow[prose[-1] + 1 :][-TAIL_UNITS:] if prose else ()


def _options(units: Sequence[_Unit]) -> bool:
    """All three levels side by side without a star: choices of a form or a list of terms."""
    alone = {unit.text for unit in units if re.fullmatch(LEVEL, unit.text)}
    return len(alone) == 3


def _marks_head(unit: _Unit) -> bool:
    text = unit.text
    opening = text[:80]
    return bool(
        _ALONE.fullmatch(text)
        or _STARRED_BLOCK.match(text)
        or _field(opening)
        or (not _PROSE.match(text) and len(text) <= 80 and _unquoted_star(text))
    )


def _unquoted_star(text: str) -> bool:
    return any(
        text[match.start() - 1 : match.start()] not in tuple("“‘《「\"'")
        for match in _STARRED.finditer(text)
    )


def _field(text: str) -> bool:
    return bool(
        _FILLED_FIELD.match(text)
        or _TICKED_BEFORE.match(text)
        or _TICKED_AFTER.match(text)
        or re.search(rf"[|)\]】0-9]{_FILLED_FIELD.pattern}", text)
    )


def _column_value(unit: _Unit, flow: Sequence[_Unit]) -> bool:
    """A level in a column 密级 of a list: a statement about other documents.

    A table with a single row below its headings is a form, and its level a mark.
    """
    cell = unit.block.cell
    if cell is None or not cell.data or not cell.header:
        return False
    header = "".join(normalise(cell.header).split())
    if re.search(_FIELD, header) is None:
        return False
    rows = {
        other.block.cell.row
        for other in flow
        if other.block.cell is not None
        and other.block.cell.data
        and other.block.cell.table == cell.table
    }
    return len(rows) > 1


def _field_beside_value(units: Sequence[_Unit]) -> bool:
    """A cell 密级 with the level in the next cell or line."""
    return any(
        _FIELD_NAME.fullmatch(field.text)
        and re.match(LEVEL, value.text)
        and _ALONE.fullmatch(value.text)
        and not (following and re.match(LEVEL, following.text))
        for field, value, following in zip(units, units[1:], [*units[2:], None], strict=False)
    )


def _split_over_units(units: Sequence[_Unit]) -> bool:
    """Characters of a mark standing in cells or lines of their own."""
    for is_short, run in groupby(units, key=lambda unit: len(unit.text) <= 4):
        if is_short:
            texts = [unit.text for unit in run]
            pieces = "".join(texts)
            for match in re.finditer(LEVEL, pieces):
                if not any(match.group() in text for text in texts) and _ALONE.match(
                    pieces[match.start() :]
                ):
                    return True
    return False


def _attachment_heads(flow: Sequence[_Unit]) -> Iterator[_Unit]:
    """The lines around a heading 附件N: an attachment carries its own mark there."""
    for index, unit in enumerate(flow):
        if _ATTACHMENT.fullmatch(unit.text):
            yield from flow[max(0, index - 2) : index]
            yield from flow[index + 1 : index + 4]


def _page_edges(flow: Sequence[_Unit]) -> Iterator[_Unit]:
    """First and last two lines of each page of a PDF: its headers and footers."""
    paged = ((m[1], u) for u in flow if (m := _PAGE_LINE.fullmatch(u.block.place)))
    for _, page in groupby(paged, key=lambda pair: pair[0]):
        lines = [unit for _, unit in page]
        yield from (*lines[:2], *lines[-2:])


def _expired(text: str) -> bool | None:
    return True if "已解密" in text else None
