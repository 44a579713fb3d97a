"""A stopped paper takes every name of its folder with it, and gets them back when let go (A6)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine, inspect, make_url, select, text

from core.service.office import (
    an_office,
    first_look,
    kill,
    reconcile,
    reconciling,
    save,
    start_watch,
    stop,
    verdicts,
    wait_for,
)
from gongkai.examined import Stopped
from gongkai.model.attribute import Outcome
from gongkai.moment import now
from gongkai.samples.gbt9704 import OfficialDocument, official_document
from gongkai.samples.people import people
from gongkai.samples.workbook import roster_workbook
from gongkai.service.run import Service
from gongkai.settings import Office, load_office
from gongkai.store import quarantine, tables
from gongkai.store.database import Database
from gongkai.store.quarantine import Ruling, Status
from gongkai.store.requests import ask_for_folders
from gongkai.store.secrets import office_key
from gongkai.watch.at_hand import change_at
from gongkai.watch.ignore import reason_not_taken
from postgresql import a_database

LABELLED = official_document(OfficialDocument(annotation="（此件公开发布）"))
UNLABELLED = official_document()
ROSTER = roster_workbook(people(3), ("补助金额（元）",))
FORM = '{"title": "关于示例的通知", "attribute": "主动公开"}'.encode()
LEVEL, STAR = "机密", "\u2605"
TELLING = "鹃花"
"""In every name below; nothing of it may be left."""
FOLDER = "送核/杜鹃花行动"
OFFICER = "赵保密示例"


def marked(serial: str = "000001") -> bytes:
    return official_document(OfficialDocument(serial=serial, corner=f"{LEVEL}{STAR}10年"))


def with_database(office: Office, url: str) -> Office:
    file = office.root / "gongkai.toml"
    file.write_text(f'database = "{url}"\n' + file.read_text("utf-8"), "utf-8")
    return load_office(office.root)


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    made = an_office(tmp_path)
    if request.param == "sqlite":
        yield made
        return
    with a_database() as url:
        with Database(url) as database:
            database.migrate()
        yield with_database(made, url.render_as_string(hide_password=False))


@pytest.fixture
def marked_papers() -> Iterator[list[Path]]:
    """Papers to be deleted before the run is searched for marks."""
    papers: list[Path] = []
    yield papers
    for paper in papers:
        paper.unlink(missing_ok=True)


def kept(office: Office) -> bytes:
    """Every byte the office keeps: its data folder, and each column of each table."""
    found = [p.read_bytes() for p in sorted(office.data.rglob("*")) if p.is_file()]
    found += [os.fsencode(p.name) for p in office.data.rglob("*")]
    url = make_url(office.database_url)
    if url.get_backend_name() != "sqlite":
        found.append(every_column(url))
    return b"\n".join(found)


def every_column(url: URL) -> bytes:
    engine = create_engine(url)
    with engine.connect() as connection:
        names = inspect(connection).get_table_names()
        rows = [
            str(tuple(row))
            for name in names
            for row in connection.execute(text(f'SELECT * FROM "{name}"'))
        ]
    engine.dispose()
    assert "journal" in names
    return "\n".join(rows).encode()


def traces(data: bytes, word: str = TELLING) -> list[str]:
    """How a word is found in bytes: as text, escaped as in JSON, or as the hex of a path."""
    ways = {
        "text": word.encode(),
        "escaped": word.encode("unicode_escape"),
        "hex": word.encode().hex().encode(),
    }
    return [name for name, found in ways.items() if found in data]


def a_folder_with_a_past(office: Office) -> Path:
    """A paper judged under two names, with an attachment, a form, a lock, a subfolder, a slip."""
    folder = office.root / FOLDER
    draft = save(folder / "杜鹃花初稿.docx", UNLABELLED)
    with reconciling(office) as once:
        once()
        draft.unlink()
        save(folder / "附件1杜鹃花名单.xlsx", ROSTER)
        save(folder / "附件/附件2杜鹃花表.xlsx", roster_workbook(people(2), ("补助金额（元）",)))
        save(folder / "杜鹃花行动稿纸.json", FORM)
        save(folder / "~$鹃花行动方案.docx", b"lock")
        paper = save(folder / "杜鹃花行动方案.docx", UNLABELLED)
        once()
    return paper


def release(office: Office, number: str, ruling: Ruling = Ruling.MARKED_BY_MISTAKE) -> None:
    with Database(office.database_url) as database:
        with database.write() as connection:
            quarantine.release(
                connection, office_key(office.data), number, ruling, OFFICER, "现场核实", now()
            )
            ask_for_folders(connection)
        database.scrub()


def cases(office: Office) -> list[tuple[str, Status]]:
    with Database(office.database_url) as database, database.read() as connection:
        return [(case.number, case.status) for case in quarantine.list_cases(connection)]


def journal_names(office: Office) -> set[str]:
    with Database(office.database_url) as database, database.read() as connection:
        return set(connection.execute(select(tables.journal.c.path_key)).scalars())


def test_no_name_of_the_folder_is_left_after_the_stop(
    office: Office, marked_papers: list[Path]
) -> None:
    paper = a_folder_with_a_past(office)
    marked_papers.append(paper)
    before = kept(office)
    paper.write_bytes(marked())

    (told,) = reconcile(office)

    assert traces(before) != []
    assert told.outcome is Outcome.QUARANTINED
    assert traces(kept(office)) == []
    assert list(paper.parent.glob("*.html")) == []


def test_a_watch_that_goes_on_writes_no_name_either(
    tmp_path: Path, marked_papers: list[Path]
) -> None:
    office = an_office(tmp_path)
    watch = start_watch(office)
    wait_for(lambda: (office.data / "watch.log").exists(), 60)
    folder = office.root / FOLDER
    annex = save(folder / "附件1杜鹃花名单.xlsx", ROSTER)
    paper = save(folder / "杜鹃花行动方案.docx", LABELLED)
    marked_papers.append(paper)
    wait_for(lambda: len(verdicts(office)) == 1, 60)
    paper.write_bytes(marked())
    wait_for(lambda: bool(cases(office)), 60)

    annex.write_bytes(roster_workbook(people(4), ("补助金额（元）",)))
    save(folder / "附件2杜鹃花补充.xlsx", ROSTER)
    save(folder / "~$鹃花行动方案.docx", b"lock")
    save(office.root / "送核/别的/通知.docx", LABELLED)
    wait_for(lambda: len(verdicts(office)) == 2, 60)
    wait_for(lambda: traces(kept(office)) == [], 30)
    running = kept(office)
    said = stop(watch)

    assert cases(office) == [("Q-2026-001", Status.OPEN)]
    assert traces(running + said + kept(office)) == []


def test_what_lies_in_a_stopped_folder_is_known_again_and_nothing_is_done_twice(
    office: Office, marked_papers: list[Path]
) -> None:
    paper = a_folder_with_a_past(office)
    marked_papers.append(paper)
    paper.write_bytes(marked())
    reconcile(office)
    rows = journal_names(office)

    with reconciling(office) as once:
        again = [once(), once()]

    assert again == [[], []]
    assert journal_names(office) == rows
    assert cases(office) == [("Q-2026-001", Status.OPEN)]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("杜鹃花补充通知.docx", id="another paper"),
        pytest.param("附件3杜鹃花名单.xlsx", id="an attachment"),
        pytest.param("~$鹃花补充.docx", id="a lock"),
        pytest.param("附件/杜鹃花图.docx", id="in the folder of attachments"),
    ],
)
def test_what_comes_into_a_stopped_folder_later_leaves_no_name(
    office: Office, marked_papers: list[Path], name: str
) -> None:
    marked_papers.append(save(office.root / FOLDER / "杜鹃花行动方案.docx", marked()))
    reconcile(office)
    known = journal_names(office)

    save(office.root / FOLDER / name, ROSTER if name.endswith("xlsx") else LABELLED)
    with reconciling(office) as once:
        told, again = once(), once()

    assert {each.outcome for each in told} <= {Outcome.QUARANTINED}
    assert again == []
    assert len(journal_names(office)) == len(known) + 1
    assert traces(kept(office)) == []
    assert verdicts(office) == []
    assert cases(office) == [("Q-2026-001", Status.OPEN)]


def test_a_paper_from_which_the_mark_was_taken_waits_for_the_officer(
    office: Office, marked_papers: list[Path]
) -> None:
    paper = save(office.root / FOLDER / "杜鹃花行动方案.docx", marked())
    marked_papers.append(paper)
    save(office.root / FOLDER / "附件1杜鹃花名单.xlsx", ROSTER)

    with reconciling(office) as once:
        once()
        paper.write_bytes(LABELLED)
        (told,) = once()

    assert told.cases == ("Q-2026-001",)
    assert verdicts(office) == []
    assert traces(kept(office)) == []


def test_an_attachment_left_alone_in_a_stopped_folder_is_not_judged(
    office: Office, marked_papers: list[Path]
) -> None:
    paper = save(office.root / FOLDER / "杜鹃花行动方案.docx", marked())
    annex = save(office.root / FOLDER / "附件1杜鹃花名单.xlsx", ROSTER)
    marked_papers.append(paper)

    with reconciling(office) as once:
        once()
        paper.unlink()
        annex.write_bytes(roster_workbook(people(5), ("补助金额（元）",)))
        once()

    assert verdicts(office) == []
    assert traces(kept(office)) == []


def test_a_release_gives_every_file_its_name_back_and_the_bundle_its_verdict(
    office: Office, marked_papers: list[Path]
) -> None:
    paper = a_folder_with_a_past(office)
    marked_papers.append(paper)
    earlier = len(verdicts(office))
    names = journal_names(office)
    paper.write_bytes(marked())

    with reconciling(office) as once:
        once()
        late = save(paper.parent / "附件3杜鹃花补充.xlsx", ROSTER)
        once()
        release(office, "Q-2026-001")
        told, nothing_more = once(), once()

    assert [each.verdict is not None for each in told] == [True]
    assert {file.path for file in told[0].change.files} == {
        p for p in paper.parent.rglob("*") if p.is_file() and reason_not_taken(p.name) is None
    }
    assert len(verdicts(office)) == earlier + 1
    gone = {f"{paper.parent.name}/杜鹃花初稿.docx"}
    back = {name for name in journal_names(office) if name.endswith(("docx", "xlsx", "json"))}
    taken = {name for name in names if name.endswith(("docx", "xlsx", "json"))} - gone
    locks = {name for name in taken if "~$" in name}
    assert back >= (taken - locks) | {f"{paper.parent.name}/{late.name}"}
    assert nothing_more == []


def test_of_two_marked_papers_the_last_release_opens_the_folder(
    office: Office, marked_papers: list[Path]
) -> None:
    first = save(office.root / FOLDER / "杜鹃花行动方案.docx", marked())
    second = save(office.root / FOLDER / "附件1杜鹃花说明.docx", marked("000002"))
    marked_papers += [first, second]
    reconcile(office)

    release(office, "Q-2026-001")
    between = reconcile(office)
    hidden = traces(kept(office))
    release(office, "Q-2026-002")
    told = reconcile(office)

    assert {each.outcome for each in between} <= {Outcome.QUARANTINED}
    assert hidden == []
    assert [each.verdict is not None for each in told] == [True]


@pytest.mark.parametrize("name", ["杜鹃花新通知.docx", "杜鹃花行动方案.docx"])
def test_a_state_secret_leaves_no_name_and_what_comes_later_is_for_the_officer(
    office: Office, marked_papers: list[Path], name: str
) -> None:
    paper = a_folder_with_a_past(office)
    marked_papers.append(paper)
    paper.write_bytes(marked())
    with reconciling(office) as once:
        once()
        release(office, "Q-2026-001", Ruling.STATE_SECRET)
        quiet = once()
    for file in [p for p in paper.parent.rglob("*") if p.is_file()]:
        file.unlink()

    save(paper.parent / name, LABELLED)
    (told,) = reconcile(office)
    nothing = traces(kept(office))
    release(office, "Q-2026-002")
    (judged,) = reconcile(office)

    assert quiet == []
    assert told.cases == ("Q-2026-002",)
    assert nothing == []
    assert judged.verdict is not None


def test_a_stopped_paper_among_others_takes_only_its_own_names(
    tmp_path: Path, marked_papers: list[Path]
) -> None:
    office = an_office(tmp_path)
    root = office.root / "送核"
    first_look(office)
    save(root / "紫荆花通知.docx", LABELLED)
    save(root / "杜鹃花行动方案.附件1.xlsx", ROSTER)
    paper = save(root / "杜鹃花行动方案.docx", marked())
    marked_papers.append(paper)

    told = reconcile(office)
    print(journal_names(office))
    print([[f.inner for f in t.change.files] for t in told])
    save(root / "杜鹃花行动方案（第2稿）.docx", LABELLED)
    save(root / "~$鹃花行动方案.docx", b"lock")
    save(root / "紫荆花通知.docx", UNLABELLED)
    later = reconcile(office)

    assert sorted(str(each.outcome) for each in told) == ["clean", "quarantined"]
    assert sorted(str(each.outcome) for each in later) == ["quarantined", "returned"]
    assert traces(kept(office)) == []
    assert "紫荆花通知.docx" in journal_names(office)


def test_a_folder_that_cannot_be_listed_is_not_named_in_what_status_keeps(
    tmp_path: Path, marked_papers: list[Path]
) -> None:
    office = an_office(tmp_path)
    first_look(office)
    paper = save(office.root / FOLDER / "杜鹃花行动方案.docx", marked())
    marked_papers.append(paper)
    with Database(office.database_url) as database, database.write() as connection:
        row = select(tables.root.c.id).where(tables.root.c.path_key.endswith("送核"))
        key = f"watch/{connection.execute(row).scalar_one()}"
        facts = '{"unlisted": ["杜鹃花行动/附件", "别的/附件"]}'
        connection.execute(tables.meta.update().where(tables.meta.c.key == key).values(value=facts))
    before = kept(office)
    with Database(office.database_url) as database, Service(office, database) as service:
        folder = next(f for f in office.settings.folder if f.path == Path("送核"))
        change = change_at(office, database, folder, paper)
        service.settler.settle_stopped(change, Stopped(((str(paper), "first_page"),)))

    assert "escaped" not in traces(before)
    assert "text" in traces(before)
    assert traces(kept(office)) == []
    assert "别的/附件".encode("unicode_escape") in kept(office)


def test_a_kill_in_a_stopped_folder_loses_nothing(
    tmp_path: Path, marked_papers: list[Path]
) -> None:
    office = an_office(tmp_path)
    first_look(office)
    paper = save(office.root / FOLDER / "杜鹃花行动方案.docx", marked())
    marked_papers.append(paper)
    reconcile(office)
    watch = start_watch(office)
    wait_for(lambda: (office.data / "watch.log").exists(), 60)
    save(office.root / FOLDER / "附件1杜鹃花名单.xlsx", ROSTER)
    wait_for(lambda: len(journal_names(office)) == 2, 60)

    kill(watch)
    hidden = traces(kept(office))
    reconcile(office)
    release(office, "Q-2026-001")
    (told,) = reconcile(office)

    assert hidden == []
    assert [file.path.name for file in told.change.files] == [
        "杜鹃花行动方案.docx",
        "附件1杜鹃花名单.xlsx",
    ]
