"""Who and what is named where: entities of a bundle sorted by column, file and permission."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from gongkai.judging.brief import Brief
from gongkai.model.content import Cell, Part
from gongkai.model.reading import Entity, EntityKind, EntityRole, TriggerCode
from gongkai.policy.profile import NamedList

DIRECT = frozenset(
    {
        EntityKind.ID_NUMBER,
        EntityKind.PASSPORT,
        EntityKind.BANK_CARD,
        EntityKind.SOCIAL_SECURITY_NUMBER,
        EntityKind.PLATE,
        EntityKind.ADDRESS,
    }
)
"""What points at one person by itself."""

OPEN_ROLES = frozenset(
    {
        EntityRole.SIGNER,
        EntityRole.OFFICIAL,
        EntityRole.ATTENDANCE,
        EntityRole.SALUTATION,
        EntityRole.PUBLIC_SERVICE,
        EntityRole.PUBLIC_FIGURE,
    }
)
"""Roles in which names and numbers are meant to be seen (A8): never findings."""

METADATA_ROOMS = frozenset({Part.PROPERTY, Part.SETTING, Part.LINK})
BIRTH_DATE = "birth_date"


@dataclass(frozen=True, slots=True)
class ColumnKey:
    """One column of one table of one file."""

    member: int
    table: str
    column: int


@dataclass(frozen=True, slots=True)
class Column:
    """A column under a heading, with what the law would rather not see in it, row by row."""

    key: ColumnKey
    header: str
    found: tuple[tuple[Entity, int], ...]

    @property
    def entities(self) -> tuple[Entity, ...]:
        """What stands in the column."""
        return tuple(entity for entity, _ in self.found)

    def rows(self, entities: Iterable[Entity]) -> int:
        """In how many rows some of them stand."""
        wanted = set(entities)
        return len({row for entity, row in self.found if entity in wanted})


class People:
    """The personal data of one brief that may be a matter at all."""

    def __init__(self, brief: Brief) -> None:
        self._case = brief

    @cached_property
    def lists(self) -> tuple[NamedList, ...]:
        """The named lists this document is, whose permitted fields may stand (C-17)."""
        found = self._case.reading.triggered(TriggerCode.NAMED_LIST, subject=True)
        kinds = {trigger.detail for trigger in found}
        return tuple(entry for entry in self._case.profile.named_lists if entry.kind in kinds)

    @cached_property
    def judged(self) -> tuple[Entity, ...]:
        """Entities sure enough to speak of, not masked, not there by office."""
        profile = self._case.profile
        least, sure = profile.threshold("entity.minimum"), profile.threshold("person.minimum")
        return tuple(
            entity
            for entity in self._case.reading.personal
            if not entity.already_masked
            and entity.role not in OPEN_ROLES
            and entity.confidence >= (sure if entity.kind is EntityKind.PERSON else least)
            and not (entity.kind is EntityKind.PERSON and self._made_the_file(entity))
        )

    @cached_property
    def _placed(self) -> tuple[tuple[Entity, Cell | None], ...]:
        return tuple((entity, self.cell(entity)) for entity in self.judged)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Columns with something in them that the document's lists do not permit."""
        groups: dict[tuple[int, str, int], list[tuple[Entity, Cell]]] = {}
        for entity, cell in self._placed:
            if cell is not None:
                place = (member_of(entity), cell.table, cell.column)
                groups.setdefault(place, []).append((entity, cell))
        columns = []
        for place, found in groups.items():
            key, header = ColumnKey(*place), found[0][1].header
            permitted = self._permitted(header)
            kept = tuple((e, c.row) for e, c in found if not (permitted and _announced(e)))
            if kept:
                columns.append(Column(key, header, kept))
        return tuple(columns)

    @cached_property
    def named_tables(self) -> frozenset[tuple[int, str]]:
        """Tables that name private people, permitted or not."""
        return frozenset(
            (member_of(entity), cell.table)
            for entity, cell in self._placed
            if entity.kind is EntityKind.PERSON and cell is not None
        )

    @cached_property
    def in_prose(self) -> tuple[Entity, ...]:
        """Entities outside columns with a heading."""
        return tuple(entity for entity, cell in self._placed if cell is None)

    @cached_property
    def headings(self) -> Mapping[tuple[int, str], frozenset[str]]:
        """The fields that the headings of every table name."""
        fields: dict[tuple[int, str], set[str]] = {}
        for member, block in self._case.bundle.blocks():
            if block.cell and block.cell.header:
                field = self._case.profile.field_of(block.cell.header)
                fields.setdefault((member.number, block.cell.table), set()).add(field)
        return {table: frozenset(names - {""}) for table, names in fields.items()}

    def cell(self, entity: Entity) -> Cell | None:
        """The data cell under a heading an entity stands in, None outside such tables."""
        placed = self._case.block_by_place.get(entity.span.place)
        cell = placed[1].cell if placed else None
        return cell if cell is not None and cell.data and cell.header else None

    def _made_the_file(self, entity: Entity) -> bool:
        """Whether a name is that of an author or editor; METADATA_LEAK speaks of those."""
        placed = self._case.block_by_place.get(entity.span.place)
        room = placed[1].part if placed else None
        return room in METADATA_ROOMS or entity.span.place.endswith("/author")

    def _permitted(self, header: str) -> bool:
        """Whether a list lets the values stand that a heading announces."""
        profile = self._case.profile
        return not profile.never_permitted(header) and any(
            profile.permits(entry.kind, header) for entry in self.lists
        )


def _announced(entity: Entity) -> bool:
    """Whether a value is of the sort its column announces: a permission covers no other.

    A telephone number under 备注 is not covered by the permission for 备注.
    """
    return entity.kind is EntityKind.PERSON or entity.source.startswith("roster:")


def member_of(entity: Entity) -> int:
    """The number of the attachment an entity stands in, 0 for the main file."""
    head = entity.span.place.partition("/")[0]
    number = head.removeprefix("attachment")
    return int(number) if head.startswith("attachment") and number.isdecimal() else 0


def by_member(entities: Iterable[Entity]) -> Iterator[tuple[int, list[Entity]]]:
    """Entities file by file."""
    groups: dict[int, list[Entity]] = {}
    for entity in entities:
        groups.setdefault(member_of(entity), []).append(entity)
    yield from groups.items()
