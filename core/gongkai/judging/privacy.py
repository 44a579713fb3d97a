"""Personal data in a document that is to be public (SRC-14, PRO-14; 条例15, 个人信息保护法)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gongkai.judging.case import Case, Matter
from gongkai.masking import mask
from gongkai.model.content import Cell
from gongkai.model.finding import FindingCode
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

Column = tuple[int, str, int]


def rosters(case: Case) -> Iterator[Matter]:
    """PII_ROSTER, PII_SENSITIVE and PERSON_NAME by column: one matter per column (A8)."""
    lists = named_lists(case)
    for column, entities in _columns(case).items():
        cell = _cell(case, entities[0])
        rows = len({_cell_row(case, entity) for entity in entities})
        kinds = {entity.kind for entity in entities}
        if _permitted(case, lists, cell.header if cell else ""):
            continue
        details = (
            ("header", cell.header if cell else ""),
            ("rows", str(rows)),
            ("member", str(column[0])),
            ("name", case.bundle.members[column[0]].name),
        )
        if kinds == {EntityKind.PERSON}:
            code, rule = FindingCode.PERSON_NAME, "PRO-14"
        elif EntityKind.SENSITIVE_FACT in kinds:
            code, rule = FindingCode.PII_SENSITIVE, "PRO-14"
        elif rows == 1 and kinds <= DIRECT:
            code, rule = FindingCode.PII_DIRECT, "PRO-14"
        elif kinds <= DIRECT | {EntityKind.PHONE, EntityKind.EMAIL}:
            code, rule = FindingCode.PII_ROSTER, "PRO-14"
        else:
            continue
        yield _matter(code, rule, entities, details, count=rows)


def named_list_used(case: Case) -> Iterator[Matter]:
    """NAMED_LIST_EXEMPTION_USED: names stand because the topic's list permits them (C-17)."""
    lists = named_lists(case)
    people = [e for e in _judged(case) if e.kind is EntityKind.PERSON]
    if lists and people:
        yield Matter(
            FindingCode.NAMED_LIST_EXEMPTION_USED,
            "C-17",
            count=len(people),
            details=(
                ("title", lists[0].title),
                ("fields", "、".join(lists[0].permitted_fields)),
            ),
        )


def direct(case: Case) -> Iterator[Matter]:
    """PII_DIRECT outside tables: one matter per kind and file."""
    groups: dict[tuple[EntityKind, int], list[Entity]] = {}
    for entity in _outside_tables(case):
        personal_phone = (
            entity.kind is EntityKind.PHONE
            and entity.sub == "mobile"
            and entity.role is EntityRole.PLAIN
        )
        if entity.kind in DIRECT or personal_phone:
            groups.setdefault((entity.kind, _member(entity)), []).append(entity)
    for (kind, member), found in groups.items():
        details = (("kind", str(kind)), ("name", case.bundle.members[member].name))
        yield _matter(FindingCode.PII_DIRECT, "PRO-14", found, details)


def sensitive(case: Case) -> Iterator[Matter]:
    """PII_SENSITIVE outside tables: health, hardship, penalty … tied to a person."""
    found = [e for e in _outside_tables(case) if e.kind is EntityKind.SENSITIVE_FACT]
    for member, entities in _by_member(found):
        details = (("name", case.bundle.members[member].name),)
        yield _matter(FindingCode.PII_SENSITIVE, "PRO-14", entities, details, excerpt="")


def names(case: Case) -> Iterator[Matter]:
    """PERSON_NAME outside tables: private people in prose, once per file."""
    if named_lists(case) or case.reading.triggered(TriggerCode.NAMED_LIST):
        return
    found = [
        e
        for e in _outside_tables(case)
        if e.kind is EntityKind.PERSON and e.role is EntityRole.PLAIN
    ]
    for member, entities in _by_member(found):
        details = (("name", case.bundle.members[member].name),)
        yield _matter(
            FindingCode.PERSON_NAME,
            "PRO-14",
            entities,
            details,
            count=len({e.span.text for e in entities}),
        )


def staff_contacts(case: Case) -> Iterator[Matter]:
    """STAFF_CONTACT: a mobile or private mail in a contact line; the office line is fine."""
    found = [
        e
        for e in _outside_tables(case)
        if e.role is EntityRole.CONTACT_LINE
        and (
            (e.kind is EntityKind.PHONE and e.sub == "mobile")
            or (e.kind is EntityKind.EMAIL and e.sub == "private")
        )
    ] + [
        e
        for e in _outside_tables(case)
        if e.kind is EntityKind.EMAIL and e.role is EntityRole.PLAIN
    ]
    if found:
        yield _matter(FindingCode.STAFF_CONTACT, "A8", found, ())


def masked(case: Case) -> Iterator[Matter]:
    """PII_MASKED: values already covered in the original; told, never asked about (B1)."""
    found = [e for e in case.reading.entities if e.already_masked]
    if found:
        yield _matter(FindingCode.PII_MASKED, "B1", found, ())


def named_lists(case: Case) -> tuple[NamedList, ...]:
    """The named lists this document is on, whose permitted fields may stand."""
    kinds = {t.detail for t in case.reading.triggered(TriggerCode.NAMED_LIST, subject=True)}
    return tuple(entry for entry in case.profile.named_lists if entry.kind in kinds)


def _permitted(case: Case, lists: Iterable[NamedList], header: str) -> bool:
    return not case.profile.never_permitted(header) and any(
        case.profile.permits(entry.kind, header) for entry in lists
    )


def _judged(case: Case) -> list[Entity]:
    return [
        entity
        for entity in case.reading.entities
        if not entity.already_masked and entity.role not in OPEN_ROLES
    ]


def _cell(case: Case, entity: Entity) -> Cell | None:
    placed = case.block_by_place.get(entity.span.place)
    cell = placed[1].cell if placed else None
    return cell if cell is not None and cell.data and cell.header else None


def _cell_row(case: Case, entity: Entity) -> int:
    cell = _cell(case, entity)
    return cell.row if cell else 0


def _columns(case: Case) -> dict[tuple[int, str, int], list[Entity]]:
    columns: dict[tuple[int, str, int], list[Entity]] = {}
    for entity in _judged(case):
        cell = _cell(case, entity)
        if cell is not None:
            columns.setdefault((_member(entity), cell.table, cell.column), []).append(entity)
    return columns


def _outside_tables(case: Case) -> list[Entity]:
    return [entity for entity in _judged(case) if _cell(case, entity) is None]


def _member(entity: Entity) -> int:
    head = entity.span.place.partition("/")[0]
    return int(head.removeprefix("attachment")) if head.startswith("attachment") else 0


def _by_member(entities: list[Entity]) -> Iterator[tuple[int, list[Entity]]]:
    groups: dict[int, list[Entity]] = {}
    for entity in entities:
        groups.setdefault(_member(entity), []).append(entity)
    yield from groups.items()


def _matter(
    code: FindingCode,
    rule: str,
    entities: list[Entity],
    details: tuple[tuple[str, str], ...],
    *,
    count: int | None = None,
    excerpt: str | None = None,
) -> Matter:
    first = entities[0]
    return Matter(
        code,
        rule,
        spans=tuple(entity.span for entity in entities[:20]),
        count=len(entities) if count is None else count,
        values=tuple(sorted({entity.span.text for entity in entities})),
        excerpt=mask(first.kind, first.span.text) if excerpt is None else excerpt,
        details=details,
    )


RULES = (rosters, named_list_used, direct, sensitive, names, staff_contacts, masked)
