"""The figures of a real record, on SQLite and PostgreSQL."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

from sqlalchemy import Column, Integer, MetaData, Table, insert

from gongkai.lifecycle.act import Act
from gongkai.lifecycle.state import State
from gongkai.model.attribute import Stage
from gongkai.store.database import Database
from gongkai_plugins.secrecy_review import tables as secrecy_review
from gongkai_plugins.secrecy_review.facts import GOVERNMENT, SUPERIOR
from gongkai_plugins.secrecy_review.opinions import Direction
from gongkai_plugins.statistics.papers import Period
from gongkai_plugins.statistics.reading import ReverseDecisions, papers, reverse_decisions
from gongkai_plugins.statistics.report import (
    Report,
    determinations_object,
    report,
    returns_object,
    timeliness_object,
)
from plugins.statistics.on_record import (
    APPROVED,
    OPENED,
    PEOPLE,
    PUBLISHED,
    RETURNED,
    entered,
    marked_late,
    stopped,
)
from plugins.statistics.papers import CLOCKS, NOT_DISCLOSED, ON_REQUEST, PROACTIVE, TODAY, YEAR

INSURANCE = "社会保险科"


def filled(database: Database) -> None:
    """Five papers and a stopped one, in two sections."""
    with database.write() as connection:
        entered(connection, OPENED, APPROVED, PUBLISHED, rows={"row-12": PROACTIVE}, blocking=2)
        entered(
            connection,
            RETURNED,
            (Act.PROPOSE, "2025-03-04", State.PROPOSED),
            (Act.CORRECT, "2025-03-06", State.UNIT_EXAMINED),
            APPROVED,
            (Act.WITHHOLD, "2025-03-11", State.WITHHELD),
            attribute=ON_REQUEST,
            rows={"row-5": ON_REQUEST},
            basis="《政府信息公开条例》第十五条",
        )
        entered(connection, OPENED, section=INSURANCE, kind="意见")
        late = entered(
            connection, OPENED, APPROVED, stage=Stage.ISSUED, attribute=NOT_DISCLOSED, basis="E4",
            section=INSURANCE, kind="请示",
        )  # fmt: skip
        marked_late(connection, late)
        entered(connection, OPENED, (Act.REFER, "2025-06-23", State.REFERRED), section=INSURANCE)
        gone = entered(connection, OPENED, APPROVED, section="不应出现科")
        stopped(connection, gone)


def made(database: Database, period: Period = YEAR) -> Report:
    with database.read() as connection:
        return report(connection, period, CLOCKS, ("就业促进科", INSURANCE, "办公室"))


def test_determinations_are_counted_from_the_record(database: Database) -> None:
    """REP-08."""
    filled(database)

    found = determinations_object(made(database))

    assert (found["total"], found["entered_late"], found["withheld"]) == (3, 1, 1)
    assert found["attributes"] == [
        {"key": "PROACTIVE", "count": 1, "percent": 33.33},
        {"key": "ON_REQUEST", "count": 1, "percent": 33.33},
        {"key": "NOT_DISCLOSED", "count": 1, "percent": 33.33},
    ]
    assert [(each["key"], each["count"]) for each in found["ways"]] == [  # type: ignore[attr-defined]
        ("own", 1), ("inherited", 1), ("redetermined", 0), ("unknown", 1),
    ]  # fmt: skip
    grounds = [(each["key"], each["count"]) for each in found["grounds"]]  # type: ignore[attr-defined]
    assert grounds == [("E4", 1), ("article-15", 1)]


def test_returns_are_counted_from_the_record(database: Database) -> None:
    """ASM-08, SRC-16."""
    filled(database)

    found = made(database).returned

    first, insurance, office = found.sections
    assert (first.passed, first.returned, first.unlabelled, first.corrections) == (1, 1, 1, 1)
    assert first.first_pass.percent == Decimal("50.00")
    assert (first.blocking.mean, first.blocking.greatest) == (Decimal("1.00"), 2)
    assert (insurance.passed, insurance.waiting) == (0, 2)
    assert (office.section, office.returns) == ("办公室", 0)


def test_times_are_counted_from_the_record(database: Database) -> None:
    """PRO-16, ASM-06, REP-08: REFER ageing."""
    filled(database)

    found = made(database).timed

    assert (found.whole.publishing.mean, found.whole.in_time.percent) == (
        Decimal("7.00"), Decimal("100.00"),
    )  # fmt: skip
    assert (found.whole.determining.count, found.whole.determining.greatest) == (3, 5)
    assert (found.waiting.count, found.waiting.greatest) == (1, 5)


def test_a_stopped_paper_is_not_counted_at_all(database: Database) -> None:
    """A6."""
    filled(database)

    assert "不应出现科" not in json.dumps(everything(database), ensure_ascii=False)


def test_nobody_is_named_and_no_free_text_comes_along(database: Database) -> None:
    """INT-03, B24."""
    filled(database)

    told = json.dumps(everything(database), ensure_ascii=False) + repr(made(database))
    with database.read() as connection:
        told += repr(papers(connection, TODAY))

    assert not [name for name in (*PEOPLE, "说明", "修改", "文件") if name in told]


def everything(database: Database) -> list[dict[str, object]]:
    found = made(database)
    return [determinations_object(found), returns_object(found), timeliness_object(found)]


def test_an_empty_record_gives_zeros(database: Database) -> None:
    """REP-04."""
    found = made(database)

    assert (found.determined.total, found.returned.whole.returns) == (0, 0)
    assert found.timed.whole.in_time.percent is None


def test_without_a_secrecy_review_reverse_decisions_are_not_zero(database: Database) -> None:
    """REP-08, SRC-17: who keeps no record has no figure."""
    with database.read() as connection:
        assert reverse_decisions(connection, YEAR) is None


def test_reverse_decisions_and_their_filings_are_counted(database: Database) -> None:
    """REP-08, SRC-17: three of the year, one of them filed with both."""
    with database.write() as connection:
        secrecy_review.metadata.create_all(connection)
        kept = {"case": "2025-001", "recorded_by": PEOPLE[0], "recorded_at": ""}
        for number, (direction, on) in enumerate(
            [
                (Direction.WITHHOLD, "2025-03-03"),
                (Direction.WITHHOLD, "2025-04-03"),
                (Direction.DISCLOSE, "2025-05-06"),
                (Direction.DISCLOSE, "2024-05-06"),
            ],
            1,
        ):
            begun = kept | {"id": number, "recorded_at": f"{on}T09:00:00+08:00"}
            connection.execute(insert(secrecy_review.reverse).values(**begun, direction=direction))
        for number, recipient in [(1, SUPERIOR), (1, GOVERNMENT), (2, SUPERIOR)]:
            filed = kept | {"reverse_id": number, "recipient": recipient, "filed_on": "2025-04-01"}
            connection.execute(insert(secrecy_review.filing).values(**filed))

    with database.read() as connection:
        found = reverse_decisions(connection, YEAR)

    assert found == ReverseDecisions(withhold=2, disclose=1, unfiled=2)


def test_a_review_that_keeps_another_record_is_left_alone(database: Database) -> None:
    """A plugin may change its tables; a figure of something else is worse than none."""
    other = MetaData()
    Table("secrecy_review_reverse", other, Column("id", Integer, primary_key=True))
    with database.write() as connection:
        other.create_all(connection)

    with database.read() as connection:
        assert reverse_decisions(connection, YEAR) is None


def test_a_period_without_anything_is_all_zeros(database: Database) -> None:
    filled(database)

    found = made(database, Period(date(2024, 1, 1), date(2024, 12, 31)))

    assert (found.determined.total, found.determined.late, found.returned.whole.returns) == (
        0,
        0,
        0,
    )
