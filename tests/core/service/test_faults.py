"""Whatever editors, networks and hostile files do: one verdict on the final bytes, no end."""

from __future__ import annotations

import os
import queue
import threading
import time
from pathlib import Path

import pytest

from core.service.office import an_office, save, wait_for
from core.service.test_service import LABELLED, UNLABELLED, bomb, hole_in_the_middle
from gongkai.hosting.allowance import allow
from gongkai.model.content import NoteCode
from gongkai.samples.demonstration import public_notice_pdf
from gongkai.samples.pdf import Sheet, build_locked_pdf, lines_of
from gongkai.service.diary import diary
from gongkai.service.run import Service
from gongkai.service.settle import Told
from gongkai.settings import load_office
from gongkai.store.database import Database

KILLER = """
from gongkai import hookimpl
from gongkai.model.content import Format
import os, signal

@hookimpl
def read_content(data, name, format):
    if data.startswith(b"%KILL"):
        os.kill(os.getpid(), signal.SIGKILL)
"""


class Running:
    """A service at work, and what it has answered."""

    def __init__(self, service: Service, heard: queue.Queue[Told]) -> None:
        self.service, self._heard = service, heard
        self.all: list[Told] = []

    def answers(self, folder: Path) -> list[Told]:
        while not self._heard.empty():
            self.all.append(self._heard.get())
        return [t for t in self.all if t.change.directory == folder and t.verdict is not None]

    def final(self, folder: Path, outcome: str, seconds: float = 90) -> Told:
        """The last answer about a folder, once it is the expected one."""
        wait_for(lambda: [t.outcome for t in self.answers(folder)][-1:] == [outcome], seconds)
        wait_for(lambda: self.service.idle, seconds)
        return self.answers(folder)[-1]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory):
    made = an_office(tmp_path_factory.mktemp("faults"), workers=2)
    plugin = save(made.root / "plugins/killer.py", KILLER.encode())
    plugin.chmod(0o600)
    allow(made, plugin)
    return load_office(made.root)


@pytest.fixture(scope="module")
def running(office):
    heard: queue.Queue[Told] = queue.Queue()
    stopping = threading.Event()
    with (
        diary(office.data),
        Database(office.database_url) as database,
        Service(office, database, heard.put) as service,
    ):
        loop = threading.Thread(target=service.run, args=(stopping,))
        loop.start()
        yield Running(service, heard)
        stopping.set()
        loop.join()


def as_word_does(path: Path, data: bytes) -> None:
    """Lock file, new bytes under a temporary name, two renames, old bytes gone."""
    lock = save(path.with_name("~$" + path.name[2:]), b"x" * 162)
    new, old = path.with_name("~WRD0001.tmp"), path.with_name("~WRL0002.tmp")
    new.write_bytes(data)
    path.rename(old)
    new.rename(path)
    old.unlink()
    lock.unlink()


def as_libreoffice_does(path: Path, data: bytes) -> None:
    """Lock file, a temporary file in the folder, copied over the old one in place."""
    lock = save(path.with_name(f".~lock.{path.name}#"), b",user,host;")
    new = save(path.with_name("lu12345abc.tmp"), data)
    with path.open("wb") as stream:
        stream.write(new.read_bytes())
    new.unlink()
    lock.unlink()


def as_wps_does(path: Path, data: bytes) -> None:
    """Lock file, truncated and rewritten in place in pieces, saved twice."""
    lock = save(path.with_name(f".~{path.name}"), b"wps")
    for _ in range(2):
        with path.open("wb") as stream:
            stream.write(data[:4096])
            stream.flush()
            time.sleep(0.05)
            stream.write(data[4096:])
    lock.unlink()


def slowly(path: Path, data: bytes) -> None:
    """A copy over a slow line, with pauses shorter than the quiet time."""
    with path.open("wb") as stream:
        for start in range(0, len(data), 3000):
            stream.write(data[start : start + 3000])
            stream.flush()
            time.sleep(0.1)


@pytest.mark.parametrize("how", [as_word_does, as_libreoffice_does, as_wps_does, slowly])
def test_every_way_of_saving_ends_with_one_verdict_on_the_final_bytes(office, running, how) -> None:
    folder = office.root / "送核" / how.__name__
    paper = save(folder / "关于补贴的通知.docx", UNLABELLED)
    running.final(folder, "returned")

    how(paper, LABELLED)

    told = running.final(folder, "clean")
    assert [t.outcome for t in running.answers(folder)].count("clean") == 1
    assert told.examined is not None
    assert len(told.examined.files) == 1
    assert [p.name for p in folder.iterdir()] == [paper.name]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        pytest.param(
            "锁.pdf",
            build_locked_pdf((Sheet(lines_of("关于示例的通知")),), user="0000"),
            NoteCode.ENCRYPTED,
            id="an encrypted PDF",
        ),
        pytest.param("弹.docx", bomb(), NoteCode.TOO_LARGE, id="a zip bomb"),
        pytest.param("杀.xyz", b"%KILL" + bytes(200), NoteCode.READER_KILLED, id="a killed reader"),
    ],
)
def test_what_nobody_can_read_is_unreadable_with_its_reason(
    office, running, name, data, code
) -> None:
    folder = office.root / "送核" / name.replace(".", "_")

    save(folder / name, data)

    told = running.final(folder, "unreadable")
    assert told.verdict is not None
    assert code in {note.code for _, note in told.verdict.notes} or any(
        not check.ran for check in told.verdict.checked_by
    )


def test_a_document_with_a_hole_is_tried_again_and_judged_when_whole(office, running) -> None:
    folder = office.root / "送核/有洞"

    save(folder / "通知.docx", hole_in_the_middle(LABELLED))
    time.sleep(1.5)
    early = running.answers(folder)
    save(folder / "通知.docx", LABELLED)

    running.final(folder, "clean")
    assert [t.outcome for t in early] == []


def test_a_pdf_that_is_called_docx_is_judged_as_what_it_is(office, running) -> None:
    folder = office.root / "送核/改名"

    save(folder / "公告.docx", public_notice_pdf())

    told = running.final(folder, "blocked")
    assert told.examined is not None
    assert told.examined.bundle.main.content.format == "pdf"


def test_a_name_in_gb18030_gets_its_verdict_and_its_slip(office, running) -> None:
    folder = office.root / "送核/旧编码"
    name = os.fsdecode("关于公示的通知.docx".encode("gb18030"))

    save(folder / name, UNLABELLED)

    running.final(folder, "returned")
    assert len(list(folder.glob("退回重新办理通知单*.html"))) == 1


def test_a_slip_follows_its_paper_and_leaves_with_it(office, running) -> None:
    folder = office.root / "送核/提示单"
    paper = save(folder / "甲通知.docx", UNLABELLED)
    running.final(folder, "returned")
    first = [p.name for p in folder.glob("*.html")]

    paper.rename(folder / "乙通知.docx")
    wait_for(lambda: "乙" in "".join(p.name for p in folder.glob("*.html")))
    second = [p.name for p in folder.glob("*.html")]
    (folder / "乙通知.docx").unlink()
    wait_for(lambda: list(folder.glob("*.html")) == [])

    assert first == ["退回重新办理通知单（甲通知）.html"]
    assert second == ["退回重新办理通知单（乙通知）.html"]


def test_papers_that_begin_alike_keep_their_own_slips_in_a_shared_folder(office, running) -> None:
    root = office.root / "送核"
    names = [f"关于做好二〇二六年度就业补贴发放工作的通知{n}科" for n in ("甲", "乙")]

    for name in names:
        save(root / f"{name}.docx", UNLABELLED)

    wait_for(lambda: len(list(root.glob("退回*.html"))) == 2, 60)
    assert {p.name for p in root.glob("退回*.html")} == {
        f"退回重新办理通知单（{name}）.html" for name in names
    }


def test_a_share_that_vanishes_and_returns_loses_nothing(office, running) -> None:
    drafts, away = office.root / "拟稿", office.root / "拟稿-断开"
    save(drafts / "件/通知.docx", UNLABELLED)
    running.final(drafts / "件", "incomplete")

    drafts.rename(away)
    time.sleep(1.0)
    save(away / "新件/通知.docx", LABELLED)
    away.rename(drafts)

    running.final(drafts / "新件", "clean")
    assert [t.outcome for t in running.answers(drafts / "件")] == ["incomplete"]


def test_the_log_names_no_paper(office, running) -> None:
    log = (office.data / "watch.log").read_text("utf-8")

    assert "bundle.clean" in log
    assert "通知" not in log
    assert str(office.root) not in log
