"""A paper judged on request: beside the watch, in a drafter's folder, on the first day (A1, A5)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from core.casework.people import (
    CLERK,
    DRAFTER,
    PUBLIC,
    Staff,
    on_record,
    paper,
    staffed,
    state_of,
)
from core.service.office import count_verdicts, save
from gongkai.cli.session import account_name
from gongkai.samples.gbt9704 import OfficialDocument, official_document
from gongkai.service.run import Service
from gongkai.service.settle import Told
from gongkai.store import people as stored_people
from gongkai.store import tables
from gongkai.store.database import Database

NUMBER = "2026-001"
AT = "2026-11-21T10:00:00+08:00"


@pytest.fixture
def staff(tmp_path: Path) -> Staff:
    return staffed(tmp_path)


def watched(staff: Staff) -> list[Told]:
    heard: list[Told] = []
    with (
        Database(staff.office.database_url) as database,
        Service(staff.office, database, heard.append) as service,
    ):
        service.once()
    return heard


def stages(staff: Staff) -> Iterator[str]:
    with Database(staff.office.database_url) as database, database.read() as connection:
        yield from connection.execute(
            select(tables.verdict.c.stage).order_by(tables.verdict.c.id)
        ).scalars()


def test_the_watch_finds_nothing_to_add_to_what_was_judged_on_request(staff: Staff) -> None:
    """One verdict for one state of a paper, whoever asked for it."""
    staff(DRAFTER, "propose", paper(staff), *PUBLIC)
    before = count_verdicts(staff.office)

    watched(staff)

    assert (state_of(staff), count_verdicts(staff.office)) == ("PROPOSED", before)
    assert on_record(staff)["notices"] == []


def test_a_paper_marked_by_its_drafter_comes_to_the_watch_as_a_proposal(staff: Staff) -> None:
    """SRC-05: ``gongkai stamp`` is a proposal too; the case rests where it would."""
    file = paper(staff)
    done = staff.run(DRAFTER, "stamp", file, *PUBLIC)

    watched(staff)

    assert done.code == 0, done.err
    record = on_record(staff)
    assert (record["state"], record["drafter"], record["attribute"]) == (
        "PROPOSED",
        DRAFTER,
        "PROACTIVE",
    )


def test_a_submitted_paper_is_no_draft_again_in_a_drafters_folder(staff: Staff) -> None:
    """A1: handed in where it lies, it stays handed in when it is saved again."""
    file = save(staff.office.root / "拟稿/某件/通知.docx", official_document())
    staff(DRAFTER, "check", file)
    file.write_bytes(official_document(OfficialDocument(title="关于再次修改的通知")))

    watched(staff)

    assert set(stages(staff)) == {"submitted"}
    record = on_record(staff)
    assert (record["state"], [n["round"] for n in record["notices"]]) == ("RETURNED", [1, 2])


def test_a_paper_of_the_first_day_that_was_submitted_is_judged_as_such(staff: Staff) -> None:
    """A5: what lay there is reference, but for what somebody has handed in."""
    folder = staff.office.root / "老文件"
    file = save(folder / "某件/通知.docx", official_document())
    settings = staff.office.root / "gongkai.toml"
    settings.write_text(
        settings.read_text("utf-8") + '\n[[folder]]\npath = "老文件"\nstage = "submitted"\n',
        "utf-8",
    )
    staff.sitting = ""
    staff(DRAFTER, "check", file)

    watched(staff)

    assert "reference" not in set(stages(staff))
    assert state_of(staff) == "RETURNED"


def test_several_people_at_one_account_say_who_they_are(staff: Staff) -> None:
    """A9: --by chooses among those whose account this is, and nobody else."""
    with Database(staff.office.database_url) as database, database.write() as connection:
        stored_people.add(connection, "吴共用示例", "", [account_name()], "张示例", AT)
    staff.sit_down(CLERK)

    own = staff(CLERK, "list")
    shared = staff(CLERK, "list", "--by", "吴共用示例")
    other = staff(CLERK, "list", "--by", DRAFTER)

    assert (own.code, shared.code, other.code) == (0, 0, 1)
    assert DRAFTER in other.err
