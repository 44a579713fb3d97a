"""A paper the secrecy officer has let go can be marked; what anybody else changes is stopped."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import select

from core.cli.commands import Ran, gongkai
from core.service.office import an_office, first_look, reconcile, reconciling, save
from gongkai.moment import now
from gongkai.samples.gbt9704 import OfficialDocument, official_document
from gongkai.settings import Office
from gongkai.store import chain, quarantine, tables
from gongkai.store.database import Database
from gongkai.store.quarantine import Ruling
from gongkai.store.releases import carry_over, take_back
from gongkai.store.requests import ask_for_folders
from gongkai.store.secrets import office_key

LEVEL, STAR = "机密", "\u2605"


def stamp(office: Office, paper: Path, *words: str | Path) -> Ran:
    return gongkai("--office", office.root, "stamp", paper, "主动公开", "--not-secret", *words)


def marked(**content: str) -> bytes:
    return official_document(
        OfficialDocument(serial="000001", corner=f"{LEVEL}{STAR}10年", **content)
    )


def release(office: Office, number: str, ruling: Ruling) -> None:
    with Database(office.database_url) as database, database.write() as connection:
        quarantine.release(
            connection, office_key(office.data), number, ruling, "赵保密示例", "核实", now()
        )
        ask_for_folders(connection)


def cases(office: Office) -> list[tuple[str, str]]:
    with Database(office.database_url) as database, database.read() as connection:
        return [(c.number, str(c.status)) for c in quarantine.list_cases(connection)]


def carried(office: Office) -> int:
    with Database(office.database_url) as database, database.read() as connection:
        return len(connection.execute(select(tables.released_bytes)).all())


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = an_office(tmp_path)
    first_look(made)
    return made


@pytest.fixture
def released(office: Office) -> Iterator[Path]:
    """A paper with a mark in its corner, let go as marked by mistake."""
    paper = save(office.root / "送核/某件/通知.docx", marked())
    with reconciling(office) as once:
        once()
        release(office, "Q-2026-001", Ruling.MARKED_BY_MISTAKE)
        once()
    yield paper
    for left in [*office.root.rglob("*.docx"), *(office.data / "kept").glob("*")]:
        left.unlink()


def test_what_gongkai_writes_into_a_released_paper_is_not_stopped(
    office: Office, released: Path
) -> None:
    before = released.read_bytes()

    with reconciling(office) as once:
        done = stamp(office, released)
        told = once()
        again = stamp(office, released, "--place", "版记")
        more = once()

    assert (done.code, again.code) == (0, 0), done.err + again.err
    assert released.read_bytes() != before
    assert [each.verdict is not None for each in told + more] == [True, True]
    assert cases(office) == [("Q-2026-001", "released")]
    with Database(office.database_url) as database, database.read() as connection:
        kinds = [event.kind for event in chain.events(connection, "quarantine:Q-2026-001")]
    assert kinds.count("audit.release_carried") == carried(office) == 2


def test_any_other_change_is_stopped_again(office: Office, released: Path) -> None:
    assert stamp(office, released).code == 0

    with reconciling(office) as once:
        once()
        released.write_bytes(marked(title="关于另一件事的通知"))
        (told,) = once()

    assert told.cases == ("Q-2026-002",)


def test_a_copy_written_elsewhere_is_not_let_go(office: Office, released: Path) -> None:
    copy = office.root / "送核/另一件/通知.docx"
    copy.parent.mkdir()

    done = stamp(office, released, "--output", copy)
    told = reconcile(office)

    assert done.code == 0, done.err
    assert [each.cases for each in told] == [("Q-2026-002",)]
    assert carried(office) == 0


def test_a_mark_that_could_not_be_written_lets_nothing_go(office: Office, released: Path) -> None:
    key, at = office_key(office.data), now()
    with Database(office.database_url) as database, database.write() as connection:
        digest = sha256(released.read_bytes()).hexdigest()
        number = carry_over(connection, key, digest, "c" * 64, "张示例", at)
        let_go = quarantine.status_of(connection, key, "c" * 64)
        take_back(connection, key, str(number), "c" * 64)

        assert let_go == "released"
        assert quarantine.status_of(connection, key, "c" * 64) is None
        assert carry_over(connection, key, "d" * 64, "e" * 64, "张示例", at) is None


def test_written_bytes_fall_with_those_they_were_made_of(office: Office, released: Path) -> None:
    key, at = office_key(office.data), now()
    digest = sha256(released.read_bytes()).hexdigest()
    with Database(office.database_url) as database, database.write() as connection:
        carry_over(connection, key, digest, "c" * 64, "张示例", at)
        found = quarantine.Discovery("/elsewhere.docx", digest, ("first_page",), at)
        number = quarantine.open_case(connection, key, found, "gongkai").number
        quarantine.release(connection, key, number, Ruling.STATE_SECRET, "赵保密示例", "核实", at)

        assert quarantine.status_of(connection, key, "c" * 64) == "closed"
