"""What a plugin wrote about a case goes with the paper, whether or not the plugin is there."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    Integer,
    MetaData,
    Table,
    Text,
    insert,
    select,
    text,
)

from gongkai.store import plugin_words, tables
from gongkai.store.columns import Words
from gongkai.store.database import Database

metadata = MetaData()

opinion = Table(
    "board_opinion",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case", Text, nullable=False),
    Column("words", Words, nullable=False),
    Column("parts", JSON, nullable=False, default=list),
    Column("more", JSON, nullable=False, default=dict),
    Column("said_on", Text, nullable=False),
)
member = Table(
    "board_member",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Words, nullable=False),
)

STOPPED, OTHER = "2026-001", "2026-002"


def written(database: Database, number: str) -> tuple[object, ...]:
    with database.read() as connection:
        row = connection.execute(select(opinion).where(opinion.c.case == number)).one()
        return (row.words, row.parts, row.more, row.said_on)


def a_board(database: Database) -> None:
    database.migrate({"board": [f"{__name__}:metadata"]})
    with database.write() as connection:
        for number in (STOPPED, OTHER):
            values = {"words": "同意", "parts": ["甲"], "more": {"乙": 1}, "said_on": "2026-11-21"}
            connection.execute(insert(opinion).values(case=number, **values))
        connection.execute(insert(member).values(name="张示例"))


def test_free_text_about_a_stopped_case_is_emptied_and_codes_stay(database: Database) -> None:
    a_board(database)

    with database.write() as connection:
        plugin_words.forget(connection, [STOPPED])

    assert written(database, STOPPED) == ("", [], {}, "2026-11-21")
    assert written(database, OTHER) == ("同意", ["甲"], {"乙": 1}, "2026-11-21")


def test_it_is_emptied_although_nobody_knows_the_plugin_any_more(database: Database) -> None:
    a_board(database)
    database.migrate()

    with database.write() as connection:
        plugin_words.forget(connection, [STOPPED])

    assert written(database, STOPPED)[0] == ""


def test_a_table_that_was_dropped_keeps_no_paper_from_being_stopped(database: Database) -> None:
    a_board(database)
    with database.write() as connection:
        connection.execute(text("DROP TABLE board_opinion"))

    with database.write() as connection:
        plugin_words.forget(connection, [STOPPED])


def test_a_table_without_cases_is_left_alone(database: Database) -> None:
    a_board(database)

    with database.read() as connection:
        noted = connection.execute(select(tables.meta.c.key)).scalars().all()
        names = connection.execute(select(member.c.name)).scalars().all()

    assert "forget/board_member" not in noted
    assert names == ["张示例"]
