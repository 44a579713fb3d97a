"""Every bundle ends in an answer, whatever its files and plugins do to the workers."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from core.documents.word_files import p, r, word_file
from core.judging.papers import PROFILE, notice, the
from gongkai.cli.init import lay_out
from gongkai.examined import READING, Examined, Request, Stopped
from gongkai.examiner import Examiner, saying_what_was_unlimited, without_the_culprit
from gongkai.hosting.allowance import allow
from gongkai.hosting.answers import announcement
from gongkai.judging.brief import Facts
from gongkai.judging.verdict import verdict
from gongkai.model.attribute import Outcome, Severity
from gongkai.model.content import Note, NoteCode, NoteScope
from gongkai.model.finding import FindingCode
from gongkai.model.verdict import Verdict
from gongkai.samples.gbt9704 import official_document
from gongkai.settings import Office, Organization, load_office
from gongkai.workers.losses import LossKind, WorkerLost

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="service platform")

HANGS = """
import time
from gongkai import hookimpl

@hookimpl
def observe(bundle):
    time.sleep(3600)
"""


@pytest.fixture(scope="module")
def examiner() -> Iterator[Examiner]:
    with Examiner(None, wall=3.0) as made:
        yield made.ready()


def saved(folder: Path, **files: bytes) -> tuple[str, ...]:
    for name, data in files.items():
        (folder / name.replace("_", ".")).write_bytes(data)
    return tuple(str(path) for path in sorted(folder.iterdir()))


def judged(found: object) -> Verdict:
    assert isinstance(found, Examined)
    return verdict(found, Facts(), PROFILE, Organization(), str)


def an_office(tmp_path: Path, settings: str) -> Office:
    office = lay_out(tmp_path / "office", "示例市人力资源和社会保障局", "张示例", PROFILE.id)
    plugin = office.plugin_folder / "hangs.py"
    plugin.write_text(HANGS, "utf-8")
    plugin.chmod(0o644)
    allow(office, plugin)
    file = office.root / "gongkai.toml"
    file.write_text(f"{file.read_text('utf-8')}\n[plugins]\n{settings}\n", "utf-8")
    return load_office(office.root)


def test_a_bundle_is_examined_in_another_process(examiner: Examiner, tmp_path: Path) -> None:
    paths = saved(tmp_path, 通知_docx=official_document(notice()))

    told = judged(examiner.submit(Request(paths, PROFILE.id)).result())

    assert told.outcome is Outcome.CLEAN


def test_a_file_that_kills_its_reader_twice_is_unreadable_and_the_rest_is_checked(
    examiner: Examiner, tmp_path: Path
) -> None:
    endless = word_file("".join(p(r(f"示例{number}")) for number in range(500_000)))
    leaking = official_document(notice(body=("现就有关事项通知如下。", "本人手机：13900001234。")))
    paths = saved(tmp_path, 通知_docx=leaking, 附件1_docx=endless)

    told = judged(examiner.submit(Request(paths, PROFILE.id)).result(timeout=60))

    assert told.outcome is Outcome.UNREADABLE
    assert the(told, FindingCode.UNREADABLE).detail("why") == NoteCode.READER_TIMED_OUT
    assert the(told, FindingCode.PII_DIRECT).severity is Severity.BLOCK


def test_a_bundle_with_a_mark_comes_back_without_a_word(examiner: Examiner, tmp_path: Path) -> None:
    paths = saved(tmp_path, 通知_docx=official_document(notice(corner="机密")))

    found = examiner.submit(Request(paths, PROFILE.id)).result()

    assert isinstance(found, Stopped)


def test_a_required_plugin_that_hangs_is_named_and_the_check_is_incomplete(tmp_path: Path) -> None:
    office = an_office(tmp_path, 'required = ["classifiers", "hangs"]')
    folder = tmp_path / "送核"
    folder.mkdir()
    paths = saved(folder, 通知_docx=official_document(notice()))

    with Examiner(office.root, wall=2.0) as examiner:
        told = judged(examiner.submit(Request(paths, PROFILE.id)).result(timeout=120))

    assert told.outcome is Outcome.BLOCKED
    assert [c.name for c in told.checked_by if not c.ran] == ["hangs"]
    assert the(told, FindingCode.CHECK_INCOMPLETE).detail("components") == "hangs"


@pytest.mark.parametrize(
    ("announced", "kind", "lost", "skipped"),
    [
        pytest.param(
            f"{READING}/a.docx",
            LossKind.DIED,
            (("/a.docx", NoteCode.READER_KILLED),),
            (),
            id="file that kills",
        ),
        pytest.param(
            f"{READING}/a.docx",
            LossKind.OUT_OF_MEMORY,
            (("/a.docx", NoteCode.TOO_LARGE),),
            (),
            id="file that grows",
        ),
        pytest.param(
            announcement("county", "observe"), LossKind.TIMED_OUT, (), ("county",), id="plugin"
        ),
    ],
)
def test_whoever_a_worker_died_in_is_left_out(
    announced: str,
    kind: LossKind,
    lost: tuple[tuple[str, NoteCode], ...],
    skipped: tuple[str, ...],
) -> None:
    request = Request(("/a.docx",), PROFILE.id)

    again = without_the_culprit(request, WorkerLost.of(kind, "a.docx", announced))

    assert again is not None
    assert (again.lost, tuple(again.skip)) == (lost, skipped)


def test_nobody_is_blamed_twice() -> None:
    request = Request(("/a.docx",), "", lost=(("/a.docx", NoteCode.READER_KILLED),))
    loss = WorkerLost.of(LossKind.DIED, "a.docx", f"{READING}/a.docx")

    assert without_the_culprit(request, loss) is None


def test_where_nobody_was_announced_nobody_is_blamed() -> None:
    loss = WorkerLost.of(LossKind.DIED, "a.docx", "assembling")

    assert without_the_culprit(Request(("/a.docx",), ""), loss) is None


def test_a_verdict_made_without_limits_says_so_and_is_the_same(
    tmp_path: Path, examiner: Examiner
) -> None:
    found = examiner.submit(
        Request(saved(tmp_path, notice_docx=official_document()), PROFILE.id)
    ).result()

    told = saying_what_was_unlimited(found, frozenset({"memory", "cpu"}))

    plain, noted = judged(found), judged(told)
    note = Note(NoteCode.LIMITS_MISSING, NoteScope.NOTHING, detail="cpu memory")
    assert [each for _, each in noted.notes] == [*(each for _, each in plain.notes), note]
    assert replace(noted, notes=plain.notes) == plain
    assert isinstance(told, Examined)
    assert isinstance(found, Examined)
    assert told.bundle.input_digest == found.bundle.input_digest


def test_with_every_limit_nothing_is_added() -> None:
    stopped = Stopped((("件.docx", "first_page"),))

    assert saying_what_was_unlimited(stopped, frozenset({"memory"})) is stopped
    assert saying_what_was_unlimited(stopped, frozenset()) is stopped
