"""Personal data in a document that is to be public (SRC-14, PRO-14; 条例15, 个人信息保护法)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from gongkai.judging.brief import Brief, Matter
from gongkai.judging.people import BIRTH_DATE, DIRECT, Column, People, by_member, member_of
from gongkai.masking import mask
from gongkai.model.finding import FindingCode
from gongkai.model.reading import Entity, EntityKind, EntityRole, TriggerCode

PLACES_KEPT = 20
OFFICE_LINES = frozenset({"landline", "fax", "toll_free", "hotline"})
QUASI_FIELDS = frozenset(
    {"性别", "民族", "籍贯", "出生年月", "学历", "学位", "专业", "毕业院校", "政治面貌", "乡镇"}
    | {"参加工作时间", "单位", "岗位", "职位", "职务", "职称"}
)
"""Fields no one of which tells who somebody is, though several together may (GB/T 37964)."""

REGISTERED_FIRM = "9"
"""What credit codes of firms begin with; those of public bodies begin with 1 (GB 32100)."""


def rosters(brief: Brief, people: People) -> Iterator[Matter]:
    """PII_SENSITIVE, PII_ROSTER, PII_DIRECT, PERSON_NAME: one matter per column, the gravest."""
    for column in people.columns:
        beside_names = (column.key.member, column.key.table) in people.named_tables
        for code, wanted in _sorts(beside_names=beside_names):
            found = [entity for entity in column.entities if wanted(entity)]
            if found:
                yield _column_matter(brief, code, column, found)
                break


def _sorts(*, beside_names: bool) -> tuple[tuple[FindingCode, Callable[[Entity], bool]], ...]:
    """What a column can be, gravest first; the first sort of which it holds anything counts."""
    return (
        (FindingCode.PII_SENSITIVE, _is_sensitive),
        (
            FindingCode.PII_ROSTER,
            lambda entity: _is_personal(entity) or (beside_names and _is_birth_date(entity)),
        ),
        (FindingCode.PERSON_NAME, _is_name),
    )


def direct(brief: Brief, people: People) -> Iterator[Matter]:
    """PII_DIRECT in prose: one matter per sort and file."""
    groups: dict[tuple[EntityKind, int], list[Entity]] = {}
    for entity in people.in_prose:
        mobile = entity.kind is EntityKind.PHONE and _is_mobile(entity) and _is_plain(entity)
        if entity.kind in DIRECT or mobile:
            groups.setdefault((entity.kind, member_of(entity)), []).append(entity)
    for (kind, _), found in groups.items():
        yield _matter(brief, FindingCode.PII_DIRECT, found, (("kind", str(kind)),))


def sensitive(brief: Brief, people: People) -> Iterator[Matter]:
    """PII_SENSITIVE in prose: health, hardship, penalty … tied to a person."""
    found = [entity for entity in people.in_prose if _is_sensitive(entity)]
    for _, entities in by_member(found):
        yield _matter(brief, FindingCode.PII_SENSITIVE, entities)


def names(brief: Brief, people: People) -> Iterator[Matter]:
    """PERSON_NAME in prose: private people, once per file; a list that must name them may."""
    if people.lists or brief.reading.triggered(TriggerCode.NAMED_LIST):
        return
    for _, entities in by_member(entity for entity in people.in_prose if _is_name(entity)):
        count = len({entity.span.text for entity in entities})
        yield _matter(brief, FindingCode.PERSON_NAME, entities, count=count)


def named_list_used(brief: Brief, people: People) -> Iterator[Matter]:
    """NAMED_LIST_EXEMPTION_USED: names stand because the topic's list permits them (C-17)."""
    found = [entity for entity in people.judged if entity.kind is EntityKind.PERSON]
    if people.lists and found:
        first = people.lists[0]
        yield Matter(
            FindingCode.NAMED_LIST_EXEMPTION_USED,
            "C-17",
            count=len(found),
            values=(first.kind,),
            details=(("title", first.title), ("fields", "、".join(first.permitted_fields))),
            ground=first.kind,
        )


def quasi(brief: Brief, people: People) -> Iterator[Matter]:
    """PII_QUASI: no name, yet birth, school and post together tell who it is.

    Rows are people where names are masked or dates of birth stand; a recruiting plan with
    学历 and 专业 describes posts and is none.
    """
    least = brief.profile.threshold("quasi.columns")
    tables: dict[tuple[int, str], list[Entity]] = {}
    for entity in brief.reading.entities:
        masked_name = entity.kind is EntityKind.PERSON and entity.already_masked
        if not masked_name and not _is_birth_date(entity):
            continue
        if (cell := people.cell(entity)) is not None:
            tables.setdefault((member_of(entity), cell.table), []).append(entity)
    for table, entities in tables.items():
        fields = people.headings.get(table, frozenset()) & QUASI_FIELDS
        permitted = any(fields <= set(entry.permitted_fields) for entry in people.lists)
        if len(fields) < least or permitted:
            continue
        if table in people.named_tables and any(map(_is_birth_date, entities)):
            continue  # The column of dates has been told.
        details = (("fields", "、".join(sorted(fields))),)
        yield _matter(brief, FindingCode.PII_QUASI, entities, details)


def birth_dates(brief: Brief, people: People) -> Iterator[Matter]:
    """PII_QUASI in prose: a private person's date of birth, where no list asks for it."""
    if any("出生年月" in entry.permitted_fields for entry in people.lists):
        return
    found = [entity for entity in people.in_prose if _is_birth_date(entity)]
    for _, entities in by_member(found):
        yield _matter(brief, FindingCode.PII_QUASI, entities, (("fields", "姓名、出生年月"),))


def staff_contacts(brief: Brief, people: People) -> Iterator[Matter]:
    """STAFF_CONTACT: a mobile or private mail in a contact line; the office line is fine."""
    tabled = [entity for column in people.columns for entity in column.entities]
    found = [
        entity
        for entity in (*people.in_prose, *tabled)
        if entity.role is EntityRole.CONTACT_LINE
        and (
            (entity.kind is EntityKind.PHONE and _is_mobile(entity))
            or (entity.kind is EntityKind.EMAIL and entity.sub == "private")
        )
    ]
    found += [e for e in people.in_prose if e.kind is EntityKind.EMAIL and _is_plain(e)]
    if found:
        yield _matter(brief, FindingCode.STAFF_CONTACT, found, rule="A8")


def units(brief: Brief, people: People) -> Iterator[Matter]:
    """UNIT_INFO: firms named with their code (0附三6); public bodies and due lists are none."""
    found = [
        entity
        for entity in brief.reading.entities
        if entity.kind is EntityKind.CREDIT_CODE
        and not entity.already_masked
        and entity.span.text.lstrip().startswith(REGISTERED_FIRM)
    ]
    if found and not brief.reading.triggered(TriggerCode.NAMED_LIST):
        yield _matter(brief, FindingCode.UNIT_INFO, found)


def masked(brief: Brief, people: People) -> Iterator[Matter]:
    """PII_MASKED: values already covered in the original; told, never asked about (B1)."""
    found = [entity for entity in brief.reading.entities if entity.already_masked]
    if found:
        yield _matter(brief, FindingCode.PII_MASKED, found, rule="B1")


def _is_plain(entity: Entity) -> bool:
    return entity.role is EntityRole.PLAIN


def _is_mobile(entity: Entity) -> bool:
    return entity.sub == "mobile"


def _is_name(entity: Entity) -> bool:
    return entity.kind is EntityKind.PERSON and _is_plain(entity)


def _is_birth_date(entity: Entity) -> bool:
    return (
        entity.kind is EntityKind.SENSITIVE_FACT
        and entity.sub == BIRTH_DATE
        and _is_plain(entity)
        and not entity.already_masked
    )


def _is_sensitive(entity: Entity) -> bool:
    return entity.kind is EntityKind.SENSITIVE_FACT and entity.sub != BIRTH_DATE


def _is_personal(entity: Entity) -> bool:
    """Whether a value in a column points at somebody; an office line does not (A8)."""
    if entity.kind is EntityKind.PHONE:
        personal = entity.source == "roster:手机号码" or entity.sub not in OFFICE_LINES
        return _is_plain(entity) and personal
    if entity.kind is EntityKind.EMAIL:
        return _is_plain(entity)
    return entity.kind in DIRECT


def _column_matter(
    brief: Brief, code: FindingCode, column: Column, found: Sequence[Entity]
) -> Matter:
    """The matter of a column; one row is a person, not a list."""
    rows = column.rows(found)
    if code is FindingCode.PII_ROSTER and rows < brief.profile.threshold("roster.rows"):
        code = FindingCode.PII_DIRECT
    details = (("header", column.header), ("rows", str(rows)), ("kind", str(found[0].kind)))
    return _matter(brief, code, found, details, count=rows)


def _matter(
    brief: Brief,
    code: FindingCode,
    entities: Iterable[Entity],
    details: tuple[tuple[str, str], ...] = (),
    *,
    rule: str = "PRO-14",
    count: int | None = None,
) -> Matter:
    found = list(entities)
    first = found[0]
    member = brief.bundle.members[member_of(first)]
    shown = "" if first.kind is EntityKind.SENSITIVE_FACT else mask(first.kind, first.span.text)
    return Matter(
        code,
        rule,
        spans=tuple(entity.span for entity in found[:PLACES_KEPT]),
        count=len(found) if count is None else count,
        values=tuple(sorted({entity.span.text for entity in found})),
        excerpt=shown,
        details=(*details, ("name", member.name)),
    )


SORTS = (
    rosters,
    direct,
    sensitive,
    names,
    named_list_used,
    quasi,
    birth_dates,
    staff_contacts,
    units,
    masked,
)


def personal_data(brief: Brief) -> Iterator[Matter]:
    """Every sort of personal data; who stands where is found out once for all of them."""
    people = People(brief)
    for sort in SORTS:
        yield from sort(brief, people)


RULES = (personal_data,)
