from __future__ import annotations

from dataclasses import replace

import pytest

from gongkai.model.attribute import DisclosureAttribute
from gongkai.model.determination import Source, SourceStatus
from gongkai.store import chain, sources
from gongkai.store.database import Database

AT = "2026-11-21T10:00:00+08:00"
ONE = Source(
    id="",
    title="关于做好示例工作的通知",
    doc_number="示人社发〔2026〕12号",
    issuer="示例省人力资源和社会保障厅",
    signed_date="2026-10-01",
    status=SourceStatus.LABELLED,
    attribute=DisclosureAttribute.ON_REQUEST,
    evidence="原文附注",
    recorded_by="李小红示例",
    recorded_at=AT,
)
LAST_YEAR = replace(ONE, doc_number="示人社发〔2025〕9号", attribute=DisclosureAttribute.PROACTIVE)
BY_HAND = replace(ONE, doc_number="", status=SourceStatus.UNLABELLED, attribute=None)


def test_sources_are_numbered_by_year_and_recorded_in_the_chain(database: Database) -> None:
    with database.write() as connection:
        first = sources.add(connection, ONE)
        second = sources.add(connection, BY_HAND)
        next_year = sources.add(connection, replace(ONE, recorded_at="2027-01-04T09:00:00+08:00"))
        listed = sources.list_sources(connection)
        event = chain.events(connection, f"source:{first.id}")[0]

    assert [s.id for s in (first, second, next_year)] == ["S-2026-001", "S-2026-002", "S-2027-001"]
    assert listed == (first, second, next_year)
    assert first == replace(ONE, id="S-2026-001")
    assert (event.kind, event.actor) == ("source.recorded", "李小红示例")


@pytest.mark.parametrize(
    ("recorded", "title", "number", "found"),
    [
        pytest.param([ONE], ONE.title, ONE.doc_number, 0, id="title and number"),
        pytest.param([ONE], "", "示人社发[2026]12号", 0, id="square brackets"),
        pytest.param([ONE], "", "示人社发（２０２６） 12 号", 0, id="full width and blanks"),
        pytest.param([ONE], "《關於做好示例工作的通知》", "", 0, id="traditional, quoted"),
        pytest.param([ONE], "另一标题", ONE.doc_number, 0, id="the number decides"),
        pytest.param([ONE], ONE.title, "示人社发〔2025〕9号", None, id="same title, other number"),
        pytest.param([ONE, LAST_YEAR], ONE.title, "", None, id="two years under one title"),
        pytest.param([BY_HAND], ONE.title, ONE.doc_number, 0, id="recorded without a number"),
        pytest.param(
            [ONE, replace(ONE, consent="函〔2026〕3号")], "", ONE.doc_number, 1, id="newer"
        ),
        pytest.param([ONE], "关于做好", "", None, id="part of a title"),
        pytest.param([ONE], "", "", None, id="nothing to go by"),
        pytest.param([], ONE.title, ONE.doc_number, None, id="nothing recorded"),
    ],
)
def test_a_citation_finds_its_source(
    database: Database, recorded: list[Source], title: str, number: str, found: int | None
) -> None:
    with database.write() as connection:
        stored = [sources.add(connection, source) for source in recorded]

    with database.read() as connection:
        source = sources.find(connection, title, number)

    assert source == (None if found is None else stored[found])
