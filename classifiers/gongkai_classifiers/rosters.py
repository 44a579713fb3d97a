"""Tables with a row per person, judged by their headings: one entity per data cell (A8, C-17)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from gongkai.model.reading import Entity, EntityKind, EntityRole, Observations, Span
from gongkai.model.transcript import Transcript
from gongkai_classifiers.addresses import is_street_level
from gongkai_classifiers.columns import ColumnMeaning, column_meaning, roster_cell
from gongkai_classifiers.contacts import contacts
from gongkai_classifiers.covered import MASKS, already_masked, visible_places
from gongkai_classifiers.identifiers import identifiers
from gongkai_classifiers.names import HAN, is_transliterated, lexicon, may_be_name
from gongkai_classifiers.remarks import named_rows, remarks
from gongkai_classifiers.unheaded import unheaded_cells
from gongkai_classifiers.view import View

_NOTHING = re.compile(
    "^[-/\\\\—–无否暂]*$|^(?:合计|小计|总计|空缺|以下空白|略|同上|不详|正常|良好)$"
)
_UNTICKED = re.compile("^[^☑√✓■]*□[^☑√✓■]*$")
"""The choices of a form of which none has been made."""
_NAMES = re.compile(
    f"{HAN}(?:[ ]{{0,4}}{HAN}){{1,3}}|{HAN}[{MASKS}某]{{1,3}}{HAN}?|{HAN}{{2,8}}[·•]{HAN}{{2,8}}"
)
_GAP = re.compile("[、,;/\\s]{1,3}")
_MASKED_NAME = re.compile(f"[{MASKS}某]")
_NUMBER_KINDS = frozenset(
    {
        EntityKind.ID_NUMBER,
        EntityKind.BANK_CARD,
        EntityKind.SOCIAL_SECURITY_NUMBER,
        EntityKind.PLATE,
        EntityKind.CREDIT_CODE,
    }
)
_ROLES = {
    "contact_line": EntityRole.CONTACT_LINE,
    "official": EntityRole.OFFICIAL,
    "office": EntityRole.PUBLIC_SERVICE,
}
_FEWEST_DIGITS = 6
_PERSONAL_TABLE = frozenset({"姓名", "当事人", "身份证件号码"})

Fields = frozenset[str]


def cell_entities(
    text: str, meaning: ColumnMeaning, fields: Fields, place: Callable[[int, int], Span]
) -> Iterator[Entity]:
    """The entities of one data cell.

    ``text`` is the cell's normalised text, ``fields`` are the fields of its whole table: a
    telephone beside names is a person's, one beside offices is for the public.
    """
    if meaning.kind is None or _NOTHING.match(text.strip()) or _UNTICKED.search(text):
        return
    for start, end, found in _values(text, meaning, fields):
        if end > start:
            yield Entity(
                meaning.kind,
                place(start, end),
                found.sub,
                found.role,
                found.confidence,
                found.already_masked,
                f"roster:{meaning.field}",
            )


@dataclass(frozen=True, slots=True)
class _Found:
    """What is known of one value of a cell."""

    sub: str = ""
    role: EntityRole = EntityRole.PLAIN
    confidence: float = 0.95
    already_masked: bool = False


_Values = Iterator[tuple[int, int, _Found]]


def _values(text: str, meaning: ColumnMeaning, fields: Fields) -> _Values:
    kind = meaning.kind
    if kind is EntityKind.PERSON:
        return _people(text, meaning)
    if kind in _NUMBER_KINDS:
        return _numbers(text, meaning, fields)
    if kind in {EntityKind.PHONE, EntityKind.EMAIL}:
        return _contacts(text, meaning, fields)
    if kind is EntityKind.ADDRESS:
        return _addresses(text, meaning)
    if kind is EntityKind.SENSITIVE_FACT and fields & _PERSONAL_TABLE:
        return _whole(text, _Found(meaning.sub))
    return iter(())


def _whole(text: str, found: _Found) -> _Values:
    start = len(text) - len(text.lstrip())
    yield start, len(text.rstrip()), found


def _people(text: str, meaning: ColumnMeaning) -> _Values:
    role = _ROLES.get(meaning.sub, EntityRole.PLAIN)
    sub = meaning.sub if meaning.sub == "legal_representative" else ""
    position = len(text) - len(text.lstrip())
    while match := _NAMES.match(text, position):
        name = "".join(match.group().split())
        masked = _MASKED_NAME.search(name) is not None
        dotted = is_transliterated(name) and len(name) > 3
        if masked or dotted or may_be_name(name):
            sure = 0.95 if masked or lexicon().begins_with_surname(name) else 0.75
            yield (
                match.start(),
                match.end(),
                _Found("masked" if masked else sub, role, sure, masked),
            )
        gap = _GAP.match(text, match.end())
        if gap is None:
            return
        position = gap.end()


def _numbers(text: str, meaning: ColumnMeaning, fields: Fields) -> _Values:
    bank = meaning.kind is EntityKind.BANK_CARD
    role = EntityRole.PUBLIC_SERVICE if bank and not fields & _PERSONAL_TABLE else EntityRole.PLAIN
    found = [number for number in identifiers(text) if number.kind is meaning.kind]
    for number in found:
        known = _Found(number.sub, role, number.confidence, number.already_masked)
        yield number.start, number.end, known
    if found or visible_places(text) + sum(c in MASKS for c in text) < _FEWEST_DIGITS:
        return
    yield from _whole(text, _Found("unverified", role, 0.85, already_masked(text)))


def _contacts(text: str, meaning: ColumnMeaning, fields: Fields) -> _Values:
    cue = "电话:" if meaning.kind is EntityKind.PHONE else ""
    for contact in contacts(cue + text):
        if contact.kind is not meaning.kind:
            continue
        role = _contact_role(contact.sub, meaning, fields)
        start, end = contact.start - len(cue), contact.end - len(cue)
        yield start, end, _Found(contact.sub, role, 0.95, contact.already_masked)


def _contact_role(sub: str, meaning: ColumnMeaning, fields: Fields) -> EntityRole:
    if meaning.sub == "office" or sub in {"hotline", "toll_free", "fax"}:
        return EntityRole.PUBLIC_SERVICE
    if meaning.sub == "personal" or "姓名" in fields:
        return EntityRole.PLAIN
    if fields & {"联系人", "负责人"} or sub == "mobile":
        return EntityRole.CONTACT_LINE
    return EntityRole.PUBLIC_SERVICE


def _addresses(text: str, meaning: ColumnMeaning) -> _Values:
    role = _ROLES.get(meaning.sub, EntityRole.PLAIN)
    precise = is_street_level(text) or len(text.strip()) >= 8
    if meaning.sub == "office" or precise:
        yield from _whole(text, _Found(meaning.sub, role, 0.9, "*" in text))


def _tables(transcript: Transcript) -> Mapping[str, Fields]:
    """The fields of every table of a file, by the table's name."""
    fields: dict[str, set[str]] = defaultdict(set)
    for block in transcript.blocks:
        if block.cell and (meaning := column_meaning(block.cell.header)):
            fields[block.cell.table].add(meaning.field)
    return {table: frozenset(names) for table, names in fields.items()}


def roster_entities(transcript: Transcript) -> Iterator[Entity]:
    """Entities of every data cell of one file under a heading that says what it holds."""
    tables = _tables(transcript)
    named = named_rows(transcript)
    for index, (block, base) in enumerate(zip(transcript.blocks, transcript.starts, strict=True)):
        cell = block.cell
        if cell is None or not cell.data or not cell.header or cell.table not in tables:
            continue
        meaning = roster_cell(block)

        def place(start: int, end: int, base: int = base) -> Span:
            return transcript.span(base + start, base + end)

        text, fields = transcript.line(index), tables[cell.table]
        if meaning is not None and meaning.kind is not None:
            yield from cell_entities(text, meaning, fields, place)
        elif (cell.table, cell.row) in named:
            yield from remarks(text, meaning.field if meaning else "", place)


def unheaded_entities(transcript: Transcript) -> Iterator[Entity]:
    """Facts and homes in forms and typed lists; names and numbers are found without a heading."""
    for cell in unheaded_cells(transcript):
        if cell.meaning.kind not in {EntityKind.SENSITIVE_FACT, EntityKind.ADDRESS, None}:
            continue

        def place(start: int, end: int, base: int = cell.start) -> Span:
            return transcript.span(base + start, base + end)

        text = transcript.text[cell.start : cell.end]
        if cell.meaning.kind is None:
            yield from remarks(text, cell.meaning.field, place)
        elif cell.meaning.sub != "office":
            yield from cell_entities(text, cell.meaning, cell.fields, place)


def observe(view: View) -> Observations:
    """Data cells of every table in every file, hidden rows, columns and sheets included."""
    entities = tuple(
        entity
        for _, transcript in view.everything
        for part in (roster_entities, unheaded_entities)
        for entity in part(transcript)
    )
    return Observations(entities=entities, components=("rosters",))
