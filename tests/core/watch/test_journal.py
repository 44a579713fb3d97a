from __future__ import annotations

from dataclasses import replace

import pytest

from gongkai.messages import LANGUAGES, catalogue, say, speaking
from gongkai.store.concealment import path_tag
from gongkai.store.paths import path_key
from gongkai.store.quarantine import Discovery, Ruling, open_case, release
from gongkai.store.tables import journal
from gongkai.watch.handing import pending
from gongkai.watch.ignore import Reason
from gongkai.watch.journal import Entry, FileState, Journal, mark_judged
from gongkai.watch.roots import RootState
from gongkai.watch.scan import Signature
from gongkai.watch.watcher import Watcher

from .conftest import Bench

SIGNATURE = Signature(1, 2, 3, 2**63 + 5, 5)
UNREADABLE_NAME = b"38\xba\xc5/\xd5\xfd\xce\xc4.docx".decode("utf-8", "surrogateescape")


def settled(path: str, sha256: str = "a" * 64) -> Entry:
    return Entry(path, FileState.SETTLED, SIGNATURE, sha256)


def add(bench: Bench, *entries: Entry) -> Journal:
    rows = Journal(bench.database, str(bench.inbox))
    with bench.database.write() as connection:
        rows.add(connection, entries, 1.0)
    return rows


def states(rows: Journal) -> dict[str, FileState]:
    return {entry.path: entry.state for entry in rows.entries()}


def test_a_row_comes_back_as_it_went_in_whatever_the_name(bench: Bench) -> None:
    entries = [settled("38号/正文.docx"), settled(UNREADABLE_NAME)]

    rows = add(bench, *entries)

    assert [replace(entry, stored="") for entry in rows.entries()] == entries


def test_a_bundle_without_a_verdict_is_the_queue(bench: Bench) -> None:
    add(
        bench,
        settled("38号/正文.docx"),
        replace(settled("38号/附件1.xlsx"), state=FileState.JUDGED),
        replace(settled("39号/正文.docx"), state=FileState.HANDED),
        replace(settled("40号/正文.docx"), state=FileState.JUDGED),
        replace(settled("41号/正文.docx"), state=FileState.LEFT, missing_since=1.0),
        Entry("42号/正文.docx", FileState.SEEN, SIGNATURE),
    )

    waiting = pending(bench.office, bench.database)

    assert [(c.bundle, len(c.files), len(c.gone)) for c in waiting] == [
        ("38号", 2, 0),
        ("39号", 1, 0),
        ("41号", 0, 1),
    ]


def test_a_verdict_ends_the_wait_for_the_bytes_it_was_about(bench: Bench) -> None:
    rows = add(bench, settled("38号/正文.docx"), settled("38号/附件1.xlsx"))
    (change,) = pending(bench.office, bench.database)
    with bench.database.write() as connection:
        saved_again = settled("38号/附件1.xlsx", "b" * 64)
        rows.replace(connection, [saved_again], 2.0)

    with bench.database.write() as connection:
        mark_judged(connection, change)

    assert states(rows) == {
        "38号/正文.docx": FileState.JUDGED,
        "38号/附件1.xlsx": FileState.SETTLED,
    }


def test_a_departure_is_acknowledged_once(bench: Bench) -> None:
    left = replace(settled("38号/正文.docx"), state=FileState.LEFT, missing_since=1.0)
    rows = add(bench, left)
    (change,) = pending(bench.office, bench.database)

    with bench.database.write() as connection:
        mark_judged(connection, change)

    assert states(rows) == {"38号/正文.docx": FileState.GONE}
    assert pending(bench.office, bench.database) == ()


def test_a_verdict_undone_leaves_the_bundle_in_the_queue(bench: Bench) -> None:
    add(bench, settled("38号/正文.docx"))
    (change,) = pending(bench.office, bench.database)

    def judge_and_fall() -> None:
        with bench.database.write() as connection:
            mark_judged(connection, change)
            raise RuntimeError("killed before the commit")

    with pytest.raises(RuntimeError):
        judge_and_fall()

    assert len(pending(bench.office, bench.database)) == 1


def test_what_was_noted_of_a_judged_file_does_not_undo_its_verdict(bench: Bench) -> None:
    rows = add(bench, settled("38号/正文.docx"))
    (stale,) = rows.entries()
    (change,) = pending(bench.office, bench.database)
    with bench.database.write() as connection:
        mark_judged(connection, change)

    with bench.database.write() as connection:
        rows.touch(connection, [replace(stale, missing_since=5.0)], 2.0)
    rows.mark_handed([change])

    assert states(rows) == {"38号/正文.docx": FileState.JUDGED}


def tag(root_id: int, inner: str) -> str:
    return path_tag(bytes(32), root_id, inner)


def stop(bench: Bench, inner: str) -> str:
    """Open a case for a file of the first root, as the service does; its number."""
    found = Discovery(inner, "b" * 64, ("first_page",), "2026-11-21T10:00:00+08:00", 1)
    with bench.database.write() as connection:
        return open_case(connection, bytes(32), found, "gongkai").number


def test_a_quarantined_row_has_no_path_and_is_met_again_by_its_keyed_hash(bench: Bench) -> None:
    path = bench.inbox / "某件.docx"
    path.write_bytes(b"marked")
    bench.watcher().once()
    stop(bench, "某件.docx")
    bench.changes.clear()
    watcher = Watcher(bench.office, bench.database, bench.on_change, tag=tag)
    watcher.once()
    untouched = list(bench.changes)
    path.write_bytes(b"changed")
    watcher.once()

    assert untouched == []
    assert [f.path for change in bench.changes for f in change.files] == [path]
    rows = Journal(bench.database, str(bench.inbox)).entries()
    assert [(row.stored, row.path) for row in rows] == [(tag(1, "某件.docx"), "")]


def test_a_released_row_is_read_anew_under_its_path(bench: Bench) -> None:
    path = bench.inbox / "某件.docx"
    path.write_bytes(b"marked")
    bench.watcher().once()
    number = stop(bench, "某件.docx")
    bench.changes.clear()
    with bench.database.write() as connection:
        release(
            connection,
            bytes(32),
            number,
            Ruling.SAMPLE,
            "赵保密示例",
            "样张",
            "2026-11-21T11:00:00+08:00",
        )
    watcher = Watcher(bench.office, bench.database, bench.on_change, tag=tag)

    watcher.once()
    watcher.once()

    assert [f.path for change in bench.changes for f in change.files] == [path]
    rows = Journal(bench.database, str(bench.inbox))
    assert states(rows) == {"某件.docx": FileState.JUDGED}


def test_a_file_quarantined_while_it_is_saved_again_is_handed_on_again(bench: Bench) -> None:
    path = bench.inbox / "某件.docx"
    with bench.watching():
        path.write_bytes(b"marked")
        bench.until_handed("某件", b"marked")
        with bench.database.write() as connection:
            connection.execute(
                journal.update().values(path_key=tag(1, "x"), state=FileState.QUARANTINED)
            )
        path.write_bytes(b"mended")
        bench.until_handed("某件", b"mended")
        rows = Journal(bench.database, str(bench.inbox))
        bench.until(lambda: states(rows).get("某件.docx") is FileState.JUDGED)


def test_one_root_has_one_row_and_a_code_that_says_no_path(bench: Bench) -> None:
    first = Journal(bench.database, str(bench.inbox)).record
    again = Journal(bench.database, str(bench.inbox)).record
    other = Journal(bench.database, str(bench.inbox / "sub")).record

    assert first == again
    assert (first.code, other.code) == ("R01", "R02")
    assert path_key(str(bench.inbox)) not in first.code


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_reason_and_state_can_be_said(language: str) -> None:
    with speaking(language):
        said = [say(f"watch.reason_{reason}") for reason in Reason]
        said += [say(f"watch.root_{state}") for state in RootState]

    assert all(said)
    assert {*catalogue("watch", "zh")} == {*catalogue("watch", "en")}
    assert LANGUAGES.keys() == {"zh", "en"}
