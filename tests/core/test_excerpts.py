"""Words of a document as they may be shown."""

from __future__ import annotations

import pytest

from gongkai.excerpts import EXCERPT_LENGTH, Excerpts
from gongkai.model.reading import Entity, EntityKind, EntityRole, Observations, Span
from gongkai.testing import a_bundle, a_reading

TEXT = "联系人王建国，电话13900001234，单位示例公司。"


def entity(text: str, kind: EntityKind, role: EntityRole = EntityRole.PLAIN) -> Entity:
    start = TEXT.index(text)
    return Entity(kind, Span("line1", start, start + len(text), text), role=role)


def excerpts(*entities: Entity) -> Excerpts:
    return Excerpts(a_bundle(TEXT), a_reading(observed=Observations(entities=entities)))


WHOLE = Span("line1", 0, len(TEXT), TEXT)
NAME = entity("王建国", EntityKind.PERSON)
PHONE = entity("13900001234", EntityKind.PHONE)


def test_every_value_in_a_span_is_masked() -> None:
    assert excerpts(NAME, PHONE).masked(WHOLE) == "联系人王**，电话139********，单位示例公司。"


def test_a_span_that_cuts_a_value_shows_no_rest_of_it() -> None:
    start, end = TEXT.index("1390"), TEXT.index("1390") + 8

    shown = excerpts(PHONE).masked(Span("line1", start + 2, end, TEXT[start + 2 : end]))

    assert "0001234" not in shown
    assert shown == "139********"


def test_officials_are_named() -> None:
    official = entity("王建国", EntityKind.PERSON, EntityRole.OFFICIAL)

    assert "王建国" in excerpts(official).masked(WHOLE)
    assert excerpts(official).cover("王建国同志") == "王建国同志"


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        pytest.param("王建国登记表", "王**登记表", id="name in a title"),
        pytest.param("13900001234.docx", "139********.docx", id="number in a file name"),
        pytest.param("示例公司", "示例公司", id="nothing personal"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_any_words_can_be_covered(text: str, covered: str) -> None:
    assert excerpts(NAME, PHONE).cover(text) == covered


def test_an_excerpt_is_one_short_line() -> None:
    long = "甲\n" * 100

    shown = Excerpts(a_bundle(long.replace("\n", " ")), a_reading()).short(
        Span("line1", 0, 200, long)
    )

    assert len(shown) == EXCERPT_LENGTH
    assert shown.endswith("…")


def test_an_owner_is_masked_in_the_name_of_a_shop_too() -> None:
    text = "李海蓉超市被罚款。"
    shop = Entity(EntityKind.ORGANIZATION, Span("line1", 0, 5, text[:5]))
    owner = Entity(EntityKind.PERSON, Span("line1", 0, 3, text[:3]))
    observed = Observations(entities=(shop, owner))

    shown = Excerpts(a_bundle(text), a_reading(observed=observed))

    assert shown.masked(Span("line1", 0, len(text), text)) == "李**超市被罚款。"
    assert shown.cover("李海蓉超市.docx") == "李**超市.docx"
