"""The running service: real files, real processes, real signals."""

from __future__ import annotations

import io
import os
import signal
import zipfile
from pathlib import Path

import pytest

from core.service.office import (
    an_office,
    count_verdicts,
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
from gongkai.model.attribute import Severity
from gongkai.samples.gbt9704 import OfficialDocument, official_document
from gongkai.samples.pdf import Sheet, build_locked_pdf, lines_of
from gongkai.samples.people import people
from gongkai.samples.workbook import roster_workbook
from gongkai.service.again import Requested
from gongkai.service.tell import unwritten
from gongkai.store.database import Database
from gongkai.store.requests import ask_for

LABELLED = official_document(OfficialDocument(annotation="（此件公开发布）"))
UNLABELLED = official_document()
FULL = "GONGKAI_FULL"
"""Set for the long run of the burst."""

LEVEL, STAR = "机密", "\u2605"


@pytest.fixture
def side_by_side(tmp_path: Path):
    """An office whose papers are judged by two workers at once."""
    made = an_office(tmp_path, workers=2)
    first_look(made)
    return made


@pytest.fixture
def office(tmp_path: Path):
    made = an_office(tmp_path)
    first_look(made)
    return made


def test_a_submitted_paper_without_a_label_is_returned_with_a_slip(office) -> None:
    """SRC-16."""
    save(office.root / "送核/补贴/通知.docx", UNLABELLED)

    (told,) = reconcile(office)

    assert told.outcome == "returned"
    slips = [p.name for p in (office.root / "送核/补贴").glob("*.html")]
    assert slips == ["退回重新办理通知单（通知）.html"]


def test_the_slip_goes_when_the_paper_is_cured(office) -> None:
    paper = save(office.root / "送核/补贴/通知.docx", UNLABELLED)

    with reconciling(office) as once:
        once()
        paper.write_bytes(LABELLED)
        (told,) = once()

    assert told.outcome == "clean"
    assert list(paper.parent.glob("*.html")) == []


def test_a_draft_gets_no_slip(office) -> None:
    save(office.root / "拟稿/通知/通知.docx", UNLABELLED)

    (told,) = reconcile(office)

    assert told.outcome == "incomplete"
    assert list((office.root / "拟稿/通知").glob("*.html")) == []


def test_what_lay_there_on_the_first_day_is_recorded_and_not_judged(tmp_path: Path) -> None:
    save(tmp_path / "office/送核/旧/通知.docx", UNLABELLED)
    office = an_office(tmp_path)

    (told,) = reconcile(office)

    assert told.outcome == "out_of_scope"
    assert list((office.root / "送核/旧").glob("*.html")) == []


def test_what_is_saved_between_init_and_the_first_watch_is_judged(tmp_path: Path) -> None:
    office = an_office(tmp_path)
    save(office.root / "送核/新/通知.docx", UNLABELLED)

    (told,) = reconcile(office)

    assert told.outcome == "returned"


def test_a_folder_that_takes_no_slips_is_no_failure_and_said_in_status(office) -> None:
    folder = office.root / "送核/补贴"
    save(folder / "通知.docx", UNLABELLED)
    # A folder in the slip's place: root may write anywhere else.
    (folder / "退回重新办理通知单（通知）.html").mkdir()

    (told,) = reconcile(office)

    assert told.verdict is not None
    with Database(office.database_url) as database, database.read() as connection:
        assert set(unwritten(connection).values()) == {"failed"}


def test_an_annex_is_judged_with_its_paper(office) -> None:
    save(office.root / "送核/补贴/通知.docx", LABELLED)
    save(office.root / "送核/补贴/附件1名单.xlsx", roster_workbook(people(20)))

    (told,) = reconcile(office)

    assert told.outcome == "blocked"
    assert told.verdict is not None
    rosters = [f for f in told.verdict.findings if f.code == "PII_ROSTER"]
    assert [f.detail("header") for f in rosters] == ["身份证号码", "联系电话"]


def test_the_same_bundle_is_answered_once(office) -> None:
    save(office.root / "送核/补贴/通知.docx", LABELLED)

    first, second = reconcile(office), reconcile(office)

    assert len(first) == 1
    assert second == []
    assert count_verdicts(office) == 1


def test_an_issue_form_is_answered_for_machines(office) -> None:
    """INT-05."""
    save(office.root / "送核/补贴/通知.docx", UNLABELLED)
    save(
        office.root / "送核/补贴/稿纸.json",
        '{"title": "通知", "attribute": "主动公开", "drafter": "张示例"}'.encode(),
    )

    (told,) = reconcile(office)

    assert told.verdict is not None
    grave = [f.code for f in told.verdict.findings if f.severity.gravity >= Severity.BLOCK.gravity]
    assert grave == []
    assert told.outcome == "clean"
    assert '"outcome": "clean"' in (office.root / "送核/补贴/核对结果.json").read_text("utf-8")


def marked_paper() -> bytes:
    return official_document(OfficialDocument(serial="000001", corner=f"{LEVEL}{STAR}10年"))


def test_a_marked_paper_leaves_nothing_but_a_case(office) -> None:
    """INT-04."""
    paper = office.root / "送核/某件/某件.docx"
    paper.parent.mkdir(parents=True)
    paper.write_bytes(marked_paper())

    try:
        (told,) = reconcile(office)
    finally:
        paper.unlink()

    assert told.outcome == "quarantined"
    assert told.cases[0].startswith("Q-")
    assert list(paper.parent.iterdir()) == []
    stored = (office.data / "gongkai.db").read_bytes()
    assert "某件".encode() not in stored
    assert LEVEL.encode() not in stored


def test_no_earlier_name_of_a_marked_paper_is_kept(office) -> None:
    paper = save(office.root / "送核/某件/杜鹃花通知.docx", UNLABELLED)
    reconcile(office)
    renamed = paper.rename(paper.with_name("通知.docx"))
    reconcile(office)
    renamed.write_bytes(marked_paper())

    try:
        (told,) = reconcile(office)
    finally:
        renamed.unlink()

    assert told.outcome == "quarantined"
    assert "杜鹃花".encode() not in b"".join(
        p.read_bytes() for p in office.data.glob("gongkai.db*")
    )


def hole_in_the_middle(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes(2048) + data[middle + 2048 :]


def bomb() -> bytes:
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(LABELLED)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            new.writestr(entry, old.read(entry))
        new.writestr("word/media/x.bin", bytes(300 << 20))
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "outcome"),
    [
        pytest.param(
            "通知.pdf",
            build_locked_pdf((Sheet(lines_of("关于示例的通知")),), user="0000"),
            "unreadable",
            id="an encrypted PDF",
        ),
        pytest.param("通知.docx", bomb(), "unreadable", id="a zip bomb"),
        pytest.param(
            "通知.doc",
            bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2040),
            "unreadable",
            id="a format of 1997",
        ),
        pytest.param("通知.docx", b"", "unreadable", id="an empty file"),
    ],
)
def test_a_file_nobody_can_read_is_never_clean(office, name, data, outcome) -> None:
    save(office.root / "送核/件" / name, data)
    save(office.root / "送核/好件/通知.docx", LABELLED)

    heard = {told.change.directory.name: told.outcome for told in reconcile(office)}

    assert heard == {"件": outcome, "好件": "clean"}


def test_a_burst_killed_in_the_middle_ends_with_one_verdict_each(side_by_side) -> None:
    office = side_by_side
    count = 2000 if os.environ.get(FULL) else 300
    watch = start_watch(office)
    wait_for(lambda: count_verdicts(office) == 0, 5)
    for number in range(count):
        text = (f"第{number}项工作按要求办理。",)
        paper = official_document(OfficialDocument(body=text, annotation="（此件公开发布）"))
        save(office.root / f"送核/第{number:03}件/通知.docx", paper)
    wait_for(lambda: count_verdicts(office) >= 20, 60)

    kill(watch)
    interrupted = count_verdicts(office)
    watch = start_watch(office)
    wait_for(lambda: count_verdicts(office) >= count, max(120, count))
    stop(watch)

    found = verdicts(office)
    assert 20 <= interrupted < count
    assert len(found) == count
    assert len({document for document, _ in found}) == count
    assert {outcome for _, outcome in found} == {"clean"}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda n: n.name)
def test_an_interrupted_watch_ends_in_order_and_the_next_one_takes_up_its_work(
    office, number
) -> None:
    watch = start_watch(office)
    save(office.root / "送核/甲/通知.docx", LABELLED)
    wait_for(lambda: count_verdicts(office) == 1, 60)

    watch.send_signal(number)
    _, said = watch.communicate(timeout=30)
    save(office.root / "送核/乙/通知.docx", LABELLED)
    second = start_watch(office)
    wait_for(lambda: count_verdicts(office) == 2, 60)
    stop(second)

    assert (watch.returncode, second.returncode) == (0, 0)
    assert b"Traceback" not in said
    assert list(office.data.glob("*-journal")) == []


def test_what_is_asked_for_while_its_answer_is_under_way_is_taken_again(office) -> None:
    save(office.root / "送核/甲/通知.docx", LABELLED)
    (told,) = reconcile(office)
    assert told.document is not None
    with Database(office.database_url) as database:
        requested = Requested(office, database)
        with database.write() as connection:
            ask_for(connection, [told.document])
        first = requested.changes()
        with database.write() as connection:
            ask_for(connection, [told.document])

        requested.judged(told.document)

        second, third = requested.changes(), requested.changes()
        requested.judged(told.document)
        assert [len(changes) for changes in (first, second, third)] == [1, 1, 0]
        assert requested.changes() == []


def test_an_annex_nobody_can_open_keeps_its_paper_from_being_clean(office) -> None:
    save(office.root / "送核/补贴/通知.docx", LABELLED)
    annex = save(office.root / "送核/补贴/附件1名单.xlsx", b"PK\x03\x04 half a copy")

    with reconciling(office) as once:
        first = [told.outcome for told in once()]
        annex.write_bytes(roster_workbook(people(3), ("补助金额（元）",)))
        last = [told.outcome for told in once()]

    assert first == ["unreadable"]
    assert last == ["clean"]


def test_an_annex_of_a_stopped_paper_is_not_read_alone_when_it_changes(office) -> None:
    paper = office.root / "送核/某件/某件.docx"
    paper.parent.mkdir(parents=True)
    annex = paper.parent / "附件1名单.xlsx"
    paper.write_bytes(marked_paper())
    annex.write_bytes(roster_workbook(people(3)))

    try:
        reconcile(office)
        annex.write_bytes(roster_workbook(people(4)))
        heard = reconcile(office)
    finally:
        paper.unlink()

    assert {told.outcome for told in heard} <= {"quarantined"}
    assert count_verdicts(office) == 0
