"""The queue and late entries on both databases (B24, A15)."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Connection, update

from core.lifecycle.office import NATIONAL, person
from gongkai.casework.dossier import dossier
from gongkai.casework.late import LateEntry, enter_late
from gongkai.casework.queue import queue, states_at_work, waits_for
from gongkai.errors import ActionRefused
from gongkai.lifecycle.act import Act
from gongkai.lifecycle.case import Case, Step
from gongkai.lifecycle.roles import Actor, Role
from gongkai.lifecycle.state import AT_REST, State
from gongkai.settings import Office, parse_settings
from gongkai.store import cases, chain, documents, tables
from gongkai.store.cases import CaseFacts
from gongkai.store.database import Database
from gongkai.store.documents import Sighting
from gongkai.watch.journal import Journal

CLERK = person("周办公示例", Role.OFFICE)
HEAD = person("王科长示例", Role.SECTION_HEAD)
DRAFTER = "李拟稿示例"
LATE = LateEntry("2026-11-01", "赵局长示例", "系统停用")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path, parse_settings("", "gongkai.toml"))


def at(minute: int) -> str:
    return f"2026-11-21T10:{minute:02}:00+08:00"


def opened(connection: Connection, name: str, minute: int, urgency: str = "") -> Case:
    """A proposed paper."""
    seen = documents.see(connection, Sighting(f"{name}/通知.docx", "通知.docx", name, at(minute)))
    facts = CaseFacts(section="就业科", urgency=urgency)
    case = cases.open_case(connection, seen.document, facts, at(minute))
    return moved(connection, case, Act.PROPOSE, State.PROPOSED, minute)


def moved(
    connection: Connection, case: Case, act: Act, target: State, minute: int, round: int = 1
) -> Case:
    step = Step(
        revision=case.revision + 1,
        act=act,
        source=case.state,
        target=target,
        round=round,
        actor=DRAFTER,
        acted_on=at(minute)[:10],
        recorded_by=DRAFTER,
        recorded_at=at(minute),
        role=Role.DRAFTER,
    )
    return cases.move(connection, case, step, drafter=DRAFTER)


def test_the_pressing_come_first_then_those_who_have_waited_longest(
    database: Database, office: Office
) -> None:
    with database.write() as connection:
        first = opened(connection, "甲", 1)
        opened(connection, "乙", 2)
        opened(connection, "丙", 3, "加急")
        opened(connection, "丁", 4, "特急")
        back = moved(connection, first, Act.RETURN, State.RETURNED, 5)
        moved(connection, back, Act.PROPOSE, State.PROPOSED, 6, round=2)

    with database.read() as connection:
        found = queue(connection, office, NATIONAL, CLERK, states_at_work())

    told = [(each.case.number, each.submitted_at) for each in found]
    assert told == [
        ("2026-004", at(4)),
        ("2026-003", at(3)),
        ("2026-002", at(2)),
        ("2026-001", at(6)),
    ]
    assert {each.turn for each in found} == {(Role.SECTION_HEAD,)}


def test_what_one_has_drafted_does_not_wait_for_oneself(database: Database, office: Office) -> None:
    """SRC-22: nobody examines his own paper."""
    drafts_and_heads = person(DRAFTER, Role.SECTION_HEAD)
    with database.write() as connection:
        opened(connection, "甲", 1)

    with database.read() as connection:
        (waiting,) = queue(connection, office, NATIONAL, HEAD)

        assert waits_for(connection, waiting, HEAD, NATIONAL)
        assert not waits_for(connection, waiting, CLERK, NATIONAL)
        assert not waits_for(connection, waiting, drafts_and_heads, NATIONAL)


def test_ended_cases_and_stopped_ones_are_told_apart(database: Database, office: Office) -> None:
    assert not states_at_work() & AT_REST
    with database.write() as connection:
        case = opened(connection, "甲", 1)
        moved(connection, case, Act.STOP, State.QUARANTINED, 2)

    with database.read() as connection:
        (waiting,) = queue(connection, office, NATIONAL, CLERK)

    assert waiting.title == ""


@pytest.mark.parametrize(
    ("viewer", "title"),
    [
        pytest.param(CLERK, "关于甲事的通知", id="for the whole office"),
        pytest.param(
            person("周科员示例", Role.DRAFTER, unit="人事科"), "", id="of another section"
        ),
        pytest.param(person("吴科员示例", Role.DRAFTER, unit="就业科"), "关于甲事的通知", id="own"),
    ],
)
def test_a_folder_for_named_people_keeps_its_titles(
    database: Database, tmp_path: Path, viewer: Actor, title: str
) -> None:
    text = "[[folder]]\npath = '人事'\nstage = 'submitted'\nvisibility = 'named'\n"
    office = Office(tmp_path, parse_settings(text, "gongkai.toml"))
    root = Journal(database, str(tmp_path / "人事")).record.id
    with database.write() as connection:
        case = opened(connection, "甲", 1)
        connection.execute(
            update(tables.document)
            .where(tables.document.c.id == case.document)
            .values(root_id=root, title="关于甲事的通知")
        )

    with database.read() as connection:
        (waiting,) = queue(connection, office, NATIONAL, viewer)
        seen = dossier(connection, office, case.number, viewer)

    assert waiting.title == seen.title == title


def test_a_late_entry_is_a_revision_and_a_row_of_the_chain(
    database: Database, office: Office
) -> None:
    with database.write() as connection:
        before = opened(connection, "甲", 1)
    with pytest.raises(ActionRefused), database.write() as connection:
        enter_late(connection, before.number, LATE, HEAD, at(2))

    with database.write() as connection:
        after = enter_late(connection, before.number, LATE, CLERK, at(2))

    with database.read() as connection:
        seen = dossier(connection, office, before.number, CLERK)
        last = chain.events(connection, f"case:{before.number}")[-1]
    assert (after.late, after.revision) == (True, before.revision + 1)
    assert (seen.late["signer"], seen.case.late_reason) == (LATE.signer, LATE.reason)
    assert (last.kind, last.actor) == ("case.late", CLERK.name)
