from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from gongkai.watch.changes import Change
from gongkai.watch.handing import pending
from gongkai.watch.holding import Patience
from gongkai.watch.ignore import Reason
from gongkai.watch.status import watch_status
from gongkai.watch.watcher import Watcher

from .conftest import QUICK, Bench, MakeBench
from .test_scan import GB18030_NAME, a_folder_out_of_reach, a_zip, with_hole


def a_paper(bench: Bench, data: bytes = b"first") -> Path:
    folder = bench.inbox / "38号"
    folder.mkdir()
    path = folder / "正文.docx"
    path.write_bytes(data)
    bench.until_handed("38号", data)
    return path


def test_a_paper_and_its_attachment_are_handed_on_together(bench: Bench) -> None:
    with bench.watching():
        folder = bench.inbox / "38号"
        folder.mkdir()
        (folder / "正文.docx").write_bytes(b"text")
        (folder / "附件1.xlsx").write_bytes(b"table")
        change = bench.until_handed("38号", b"table")

    assert [file.name for file in change.files] == ["正文.docx", "附件1.xlsx"]
    assert change.directory == folder
    assert not change.baseline
    assert len(bench.changes) == 1


def test_word_saves_by_renaming_and_the_new_text_is_handed_on(bench: Bench) -> None:
    with bench.watching():
        path = a_paper(bench)
        (path.parent / "~$正文.docx").write_bytes(b"owner")
        (path.parent / "~WRD0001.tmp").write_bytes(b"second")
        path.rename(path.parent / "~WRL0002.tmp")
        (path.parent / "~WRD0001.tmp").rename(path)
        (path.parent / "~WRL0002.tmp").unlink()
        change = bench.until_handed("38号", b"second")
        editing = watch_status(bench.office, bench.database).roots[0].editing

    assert [file.name for file in change.files] == ["正文.docx"]
    assert change.gone == ()
    assert change.files[0].revision == 2
    assert editing == (path,)


def test_libreoffice_saves_through_a_temporary_file(bench: Bench) -> None:
    with bench.watching():
        path = a_paper(bench)
        (path.parent / ".~lock.正文.docx#").write_bytes(b"owner")
        (path.parent / "lu99abc.tmp").write_bytes(b"second")
        (path.parent / "lu99abc.tmp").rename(path)
        path.chmod(0o644)
        with path.open("r+b"):
            pass
        change = bench.until_handed("38号", b"second")
        (path.parent / ".~lock.正文.docx#").unlink()
        bench.until(lambda: not watch_status(bench.office, bench.database).roots[0].editing)

    assert [file.name for file in change.files] == ["正文.docx"]
    assert len(bench.changes) == 2


def test_wps_writes_in_place_and_only_the_last_bytes_count(make_bench: MakeBench) -> None:
    bench = make_bench("quiet = 0.8\nfull_pass = 600")
    with bench.watching():
        path = a_paper(bench)
        (path.parent / ".~正文.docx").write_bytes(b"owner")
        with path.open("r+b", buffering=0) as stream:
            for _ in range(5):
                stream.write(b"y" * 1000)
                time.sleep(0.05)
        change = bench.until_handed("38号", b"y" * 5000)

    assert change.files[0].revision == 2
    assert len(bench.changes) == 2


def test_opening_without_changing_is_no_new_version(bench: Bench) -> None:
    with bench.watching():
        path = a_paper(bench)
        path.write_bytes(b"first")
        os.utime(path, (1, 1))
        time.sleep(1)

    assert len(bench.changes) == 1
    assert pending(bench.office, bench.database) == ()


def test_a_slow_copy_is_handed_on_once_with_its_last_bytes(make_bench: MakeBench) -> None:
    bench = make_bench("quiet = 0.8\nfull_pass = 600")
    copy = (
        "import sys, time\nwith open(sys.argv[1], 'wb', buffering=0) as f:\n"
        "    for _ in range(8):\n        f.write(b'z' * 1000); time.sleep(0.2)\n"
    )
    with bench.watching():
        subprocess.run([sys.executable, "-c", copy, str(bench.inbox / "通知.docx")], check=True)
        change = bench.until_handed("通知", b"z" * 8000)

    assert bench.changes == [change]


def test_a_name_no_unicode_can_spell_is_a_name_like_any_other(bench: Bench) -> None:
    with bench.watching():
        path = bench.inbox / os.fsdecode(GB18030_NAME)
        path.write_bytes(b"old archive")
        bench.until(lambda: len(bench.changes) == 1)

    assert bench.changes[0].files[0].path == path
    assert pending(bench.office, bench.database) == ()


def test_what_lay_there_on_the_first_day_is_baseline_until_it_changes(bench: Bench) -> None:
    (bench.inbox / "老件").mkdir()
    old = bench.inbox / "老件" / "正文.docx"
    old.write_bytes(b"old")
    with bench.watching():
        first = bench.until_handed("老件", b"old")
        old.write_bytes(b"new")
        second = bench.until_handed("老件", b"new")

    assert (first.baseline, first.files[0].revision) == (True, 0)
    assert (second.baseline, second.files[0].revision) == (False, 1)


def test_a_move_keeps_the_file_known_and_a_copy_does_not(bench: Bench) -> None:
    with bench.watching():
        path = a_paper(bench)
        inode = path.stat().st_ino
        (bench.inbox / "39号").mkdir()
        moved = bench.inbox / "39号" / "正文.docx"
        path.rename(moved)
        change = bench.until_handed("39号", b"first")
        (bench.inbox / "40号").mkdir()
        (bench.inbox / "40号" / "正文.docx").write_bytes(moved.read_bytes())
        copied = bench.until_handed("40号", b"first")
        bench.until(lambda: (c := bench.latest("38号")) is not None and not c.files)

    assert (change.files[0].inode, change.files[0].moved_from) == (inode, path)
    assert copied.files[0].moved_from is None
    left = bench.latest("38号")
    assert left is not None
    assert left.gone == (path,)
    assert pending(bench.office, bench.database) == ()


def test_a_deleted_attachment_leaves_its_bundle(bench: Bench) -> None:
    with bench.watching():
        path = a_paper(bench)
        extra = path.parent / "附件1.xlsx"
        extra.write_bytes(b"table")
        bench.until_handed("38号", b"table")
        extra.unlink()
        bench.until(lambda: bench.changes[-1].gone == (extra,))

    assert [file.name for file in bench.changes[-1].files] == ["正文.docx"]


def test_a_vanished_root_deletes_nothing_and_is_picked_up_again(bench: Bench) -> None:
    away = bench.inbox.with_name("away")

    def state() -> str:
        return watch_status(bench.office, bench.database).roots[0].state

    with bench.watching():
        path = a_paper(bench)
        before = len(bench.changes)
        bench.inbox.rename(away)
        bench.until(lambda: state() == "vanished")
        (away / "38号" / "正文.docx").write_bytes(b"while away")
        time.sleep(0.8)
        silent = len(bench.changes) == before
        away.rename(bench.inbox)
        change = bench.until_handed("38号", b"while away")
        path.write_bytes(b"and again")
        bench.until_handed("38号", b"and again")
        bench.until(lambda: state() == "present")

    assert silent
    assert change.gone == ()


def test_an_empty_folder_under_the_old_name_is_not_a_deleted_archive(bench: Bench) -> None:
    away = bench.inbox.with_name("away")
    with bench.watching():
        a_paper(bench)
        (bench.inbox / "39号").mkdir()
        (bench.inbox / "39号" / "正文.docx").write_bytes(b"other")
        bench.until_handed("39号", b"other")
        bench.inbox.rename(away)
        bench.inbox.mkdir()
        bench.until(lambda: watch_status(bench.office, bench.database).roots[0].state == "emptied")
        (bench.inbox / "新件.docx").write_bytes(b"new")
        change = bench.until_handed("新件", b"new")
        time.sleep(1)

    status = watch_status(bench.office, bench.database).roots[0]
    assert not change.baseline
    assert all(not each.gone for each in bench.changes)
    assert status.files == 3


def test_a_lock_is_told_as_editing_and_never_by_its_own_name(bench: Bench) -> None:
    (bench.inbox / "~$某件.docx").write_bytes(b"lock")

    bench.watcher().once()

    assert watch_status(bench.office, bench.database).roots[0].not_taken == ()


def test_a_folder_that_cannot_be_listed_is_shown(bench: Bench) -> None:
    a_folder_out_of_reach(bench.inbox)

    bench.watcher().once()

    (shown,) = watch_status(bench.office, bench.database).roots[0].not_taken
    assert shown.reason is Reason.UNLISTED


def test_a_zip_with_a_hole_waits_and_is_then_handed_on_as_damaged(bench: Bench) -> None:
    with bench.watching():
        holed = with_hole(a_zip())
        (bench.inbox / "通知.docx").write_bytes(holed)
        root = lambda: watch_status(bench.office, bench.database).roots[0]  # noqa: E731
        bench.until(lambda: bool(root().damaged))
        waited = bench.changes == []
        damaged = bench.until_handed("通知", holed)
        (bench.inbox / "通知.docx").write_bytes(a_zip())
        whole = bench.until_handed("通知", a_zip())

    assert waited
    assert damaged.files[0].damaged
    assert not whole.files[0].damaged


LEASE = """
import fcntl, os, signal, sys, time
signal.signal(signal.SIGIO, signal.SIG_IGN)
fd = os.open(sys.argv[1], os.O_RDWR)
fcntl.fcntl(fd, fcntl.F_SETLEASE, fcntl.F_WRLCK)
print("held", flush=True)
sys.stdin.readline()
fcntl.fcntl(fd, fcntl.F_SETLEASE, fcntl.F_UNLCK)
"""


def test_a_file_somebody_keeps_shut_is_tried_until_it_opens(make_bench: MakeBench) -> None:
    bench = make_bench("quiet = 0.6\nfull_pass = 600")
    path = bench.inbox / "通知.docx"
    with bench.watching(Patience(retries=(0.2,) * 60, root_check=0.2)):
        path.write_bytes(b"shut")
        with subprocess.Popen(
            [sys.executable, "-c", LEASE, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        ) as holder:
            assert holder.stdout is not None
            assert holder.stdin is not None
            holder.stdout.readline()
            bench.until(lambda: watch_status(bench.office, bench.database).roots[0].busy == (path,))
            nothing_yet = bench.changes == []
            holder.stdin.close()
            bench.until_handed("通知", b"shut")

    assert nothing_yet
    assert watch_status(bench.office, bench.database).roots[0].busy == ()


def test_links_and_own_papers_are_shown_and_not_taken(bench: Bench) -> None:
    with bench.watching():
        path = a_paper(bench)
        (path.parent / "快捷方式.docx").symlink_to(path)
        (path.parent / "公开属性自查提示（就业）.html").write_bytes(b"<p>")
        bench.until(lambda: len(watch_status(bench.office, bench.database).roots[0].not_taken) == 2)
        time.sleep(0.6)

    reasons = {n.reason for n in watch_status(bench.office, bench.database).roots[0].not_taken}
    assert reasons == {Reason.LINK, Reason.OWN_PAPER}
    assert len(bench.changes) == 1


def test_a_polled_root_finds_the_same_things(make_bench: MakeBench) -> None:
    bench = make_bench("poll_interval = 0.2\nquiet_polling = 0.4", 'backend = "polling"')
    with bench.watching():
        path = a_paper(bench)
        path.write_bytes(b"second")
        bench.until_handed("38号", b"second")
        (path.parent / "附件1.xlsx").write_bytes(b"table")
        bench.until_handed("38号", b"table")
        (path.parent / "附件1.xlsx").unlink()
        bench.until(lambda: bool(bench.changes[-1].gone))

    status = watch_status(bench.office, bench.database).roots[0]
    assert (status.backend, status.listening) == ("polling", False)


def test_once_reconciles_what_was_saved_while_nobody_watched(bench: Bench) -> None:
    bench.watcher().once()
    a = bench.inbox / "38号"
    a.mkdir()
    (a / "正文.docx").write_bytes(b"overnight")
    bench.watcher().once()
    bench.watcher().once()

    assert [[f.name for f in change.files] for change in bench.changes] == [["正文.docx"]]
    assert not bench.changes[0].baseline


def test_a_bundle_nobody_took_is_handed_on_again(bench: Bench) -> None:
    attempts: list[Sequence[Change]] = []

    def refuse_once(changes: Sequence[Change]) -> None:
        attempts.append(changes)
        if len(attempts) == 1:
            raise RuntimeError("the service is busy")
        bench.on_change(changes)

    watcher = Watcher(bench.office, bench.database, refuse_once, patience=QUICK)
    watcher.start()
    try:
        (bench.inbox / "通知.docx").write_bytes(b"text")
        bench.until(lambda: len(bench.changes) == 1)
    finally:
        watcher.stop()

    assert [len(a) for a in attempts] == [1, 1]
    assert watch_status(bench.office, bench.database).roots[0].pending == 0


def test_the_same_bytes_written_again_before_the_verdict_are_handed_on_again(
    bench: Bench,
) -> None:
    seen: list[Change] = []
    watcher = Watcher(bench.office, bench.database, seen.extend, patience=QUICK)
    path = bench.inbox / "通知.docx"
    watcher.start()
    try:
        path.write_bytes(b"text")
        bench.until(lambda: len(seen) == 1)
        # Read just now, somebody would find other bytes, and drop them.
        path.write_bytes(b"")
        path.write_bytes(b"text")
        bench.until(lambda: len(seen) == 2)
    finally:
        watcher.stop()

    assert seen[0].digest == seen[1].digest


def test_what_no_event_tells_is_found_by_the_timed_pass(make_bench: MakeBench) -> None:
    bench = make_bench("quiet = 0.3\nfull_pass = 0.5")
    with bench.watching():
        path = a_paper(bench)
        # Written through a descriptor that stays open: inotify reports no close.
        with path.open("r+b", buffering=0) as stream:
            stream.write(b"never closed")
            bench.until_handed("38号", b"never closed")


@pytest.mark.parametrize("layout", ["flat", "one_folder_per_document"])
def test_a_saved_form_hands_its_paper_on_again(make_bench: MakeBench, layout: str) -> None:
    bench = make_bench(folder=f'layout = "{layout}"')
    with bench.watching():
        (bench.inbox / "关于甲的通知.docx").write_bytes(b"text")
        bench.until_handed("关于甲的通知", b"text")
        (bench.inbox / "稿纸.json").write_bytes(b"{}")
        change = bench.until_handed("关于甲的通知", b"{}")

    assert [file.name for file in change.files] == ["关于甲的通知.docx", "稿纸.json"]
