"""``gongkai stamp`` as a drafter meets it: real processes, real files, a real office."""

from __future__ import annotations

import hashlib
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import Connection

from core.cli.commands import Ran, at_a_terminal, gongkai
from gongkai.cli.init import lay_out
from gongkai.documents.read import read_bytes
from gongkai.model.attribute import DisclosureAttribute
from gongkai.model.determination import DeterminationStatus
from gongkai.samples.gbt9704 import OfficialDocument, official_document
from gongkai.settings import Office, load_office
from gongkai.store import chain, determinations, documents, tables
from gongkai.store.database import Database
from gongkai.store.determinations import StoredDetermination
from gongkai.store.verification import verify

LEVEL, STAR = "机密", "\u2605"
Answer = TypeVar("Answer")


def stamp(file: Path, *words: str) -> Ran:
    return gongkai("stamp", file.name, *words, cwd=file.parent)


def paper(folder: Path, name: str = "通知.docx", **content: object) -> Path:
    path = folder / name
    path.write_bytes(official_document(OfficialDocument(**content)))  # type: ignore[arg-type]
    return path


def label(file: Path) -> str:
    content = read_bytes(file.read_bytes(), file.name)
    return content.property_named("custom.gongkai.attribute")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return lay_out(tmp_path / "办公", "示例市人力资源和社会保障局", "张示例", "national_2019")


@pytest.fixture
def drafts(office: Office) -> Path:
    return office.root / "拟稿"


def ask(office: Office, question: Callable[[Connection], Answer]) -> Answer:
    with Database(office.database_url) as database, database.read() as connection:
        return question(connection)


def history(office: Office) -> list[StoredDetermination]:
    def all_of(connection: Connection) -> list[StoredDetermination]:
        numbers = connection.execute(tables.document.select()).all()
        return [each for row in numbers for each in determinations.history(connection, row.id)]

    return ask(office, all_of)


def acts(office: Office, document: int = 1) -> list[str]:
    found = ask(office, lambda connection: chain.events(connection, f"document:{document}"))
    return [event.kind for event in found]


def test_without_an_office_only_the_file_is_marked_and_that_is_said(tmp_path: Path) -> None:
    file = paper(tmp_path)

    done = stamp(file, "主动公开", "--not-secret", "--in-place")

    assert done.code == 0, done.err
    assert label(file) == "PROACTIVE"
    assert "没有登记" in done.err
    assert stamp(file, "--verify").code == 0


def test_without_an_office_a_way_back_is_asked_for(tmp_path: Path) -> None:
    file = paper(tmp_path)
    before = file.read_bytes()

    refused = stamp(file, "主动公开", "--not-secret")
    done = stamp(file, "主动公开", "--not-secret", "--output", "标注.docx")

    assert refused.code == 1
    assert "--output" in refused.err
    assert done.code == 0, done.err
    assert file.read_bytes() == before
    assert label(tmp_path / "标注.docx") == "PROACTIVE"


def test_a_dry_run_says_what_would_change_and_changes_nothing(drafts: Path, office: Office) -> None:
    file = paper(drafts)
    before = file.read_bytes()

    done = stamp(file, "主动公开", "--not-secret", "--dry-run")

    assert done.code == 0, done.err
    assert "word/document.xml" in done.out
    assert file.read_bytes() == before
    assert history(office) == []
    assert not (office.data / "kept").exists()


def test_in_an_office_the_proposal_is_on_record_and_the_old_bytes_are_kept(
    drafts: Path, office: Office
) -> None:
    """SRC-03: who, when, for which text."""
    file = paper(drafts)
    before = file.read_bytes()

    done = stamp(file, "主动公开", "--not-secret")

    assert done.code == 0, done.err
    (stored,) = history(office)
    decided = stored.determination
    assert decided.attribute is DisclosureAttribute.PROACTIVE
    assert decided.status is DeterminationStatus.PROPOSED
    assert decided.decided_by == "张示例"
    assert decided.place == "附注"
    assert not decided.is_secret_matter
    assert (office.data / "kept" / hashlib.sha256(before).hexdigest()).read_bytes() == before
    assert acts(office) == ["determination.recorded", "audit.stamp_begun", "audit.stamp_done"]
    assert stamp(file, "--verify").code == 0


def test_the_watch_finds_the_record_again_after_numbering(drafts: Path, office: Office) -> None:
    file = paper(drafts, number="示人社发〔2026〕　号", date="2026年　月　日")
    stamp(file, "主动公开", "--not-secret")
    file.write_bytes(official_document(OfficialDocument()))

    gongkai("watch", "--once", cwd=office.root)

    def current(connection: Connection) -> StoredDetermination | None:
        root = connection.execute(
            tables.document.select().where(tables.document.c.name == file.name)
        ).one()
        version = connection.execute(
            tables.version.select().where(tables.version.c.document_id == root.id)
        ).all()[-1]
        return determinations.current(connection, root.id, version.core_fingerprint)

    found = ask(office, current)
    assert found is not None
    assert found.determination.attribute is DisclosureAttribute.PROACTIVE


def test_marking_again_replaces_and_both_proposals_stay_on_record(
    drafts: Path, office: Office
) -> None:
    file = paper(drafts)
    stamp(file, "主动公开", "--not-secret")

    done = stamp(
        file,
        "依申请公开",
        "--not-secret",
        "--reason",
        "只涉及系统内部",
        "--basis",
        "条例第二十七条",
    )

    assert done.code == 0, done.err
    assert label(file) == "ON_REQUEST"
    assert [str(each.determination.attribute) for each in history(office)] == [
        "PROACTIVE",
        "ON_REQUEST",
    ]


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        pytest.param((), 2, "ATTRIBUTE", id="no attribute"),
        pytest.param(("随便公开", "--not-secret"), 2, "随便公开", id="no attribute of the profile"),
        pytest.param(("主动公开",), 1, "--not-secret", id="no declaration"),
        pytest.param(
            ("主动公开", "--not-secret", "--by", "王不在"),
            1,
            "王不在",
            id="unknown actor",
        ),
        pytest.param(("不予公开", "--not-secret"), 1, "--reason", id="no reason"),
        pytest.param(
            ("不予公开", "--not-secret", "--reason", "defence_diplomacy"),
            1,
            "--basis",
            id="a ready reason nothing bears",
        ),
        pytest.param(
            ("主动公开", "--not-secret", "--output", "通知.docx"), 65, "通知.docx", id="over a file"
        ),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_is_done(
    drafts: Path, office: Office, words: tuple[str, ...], code: int, says: str
) -> None:
    file = paper(drafts)
    before = file.read_bytes()

    refused = stamp(file, *words)

    assert refused.code == code, refused.err
    assert says in refused.err
    assert file.read_bytes() == before
    assert history(office) == []


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        pytest.param("否", 0, id="no"),
        pytest.param("是", 65, id="yes"),
        pytest.param("不能确定", 1, id="unsure"),
    ],
)
def test_on_a_terminal_the_declaration_is_asked_for(
    drafts: Path, office: Office, answer: str, code: int
) -> None:
    """SEC-10."""
    file = paper(drafts)

    ran = at_a_terminal(["stamp", file.name, "主动公开"], f"{answer}\n", cwd=file.parent)

    assert ran.code == code, ran.out
    assert len(history(office)) == (1 if code == 0 else 0)
    assert ("第三十一条" in ran.out) == (answer == "是")


def test_a_secrecy_mark_stops_everything_and_nothing_is_shown(drafts: Path, office: Office) -> None:
    file = paper(drafts, corner=f"{LEVEL}{STAR}10年", title="关于示例绝不显示的通知")
    before = file.read_bytes()

    refused = [stamp(file, "主动公开", "--not-secret"), stamp(file, "--verify")]
    after = file.read_bytes()
    file.unlink()  # no file with a mark of secrecy outlives its test

    assert [each.code for each in refused] == [65, 65]
    said = "".join(each.out + each.err for each in refused)
    assert "绝不显示" not in said
    assert STAR not in said
    assert after == before
    assert history(office) == []


def test_an_upward_paper_carries_no_visible_mark(drafts: Path) -> None:
    file = paper(
        drafts,
        title="关于调整就业补助资金预算的请示",
        recipients="示例市人民政府：",
        body=("现将有关情况请示如下。", "一、基本情况", "资金有缺口。", "妥否，请批示。"),
    )

    done = stamp(
        file, "不予公开", "--not-secret", "--reason", "属于请示事项", "--basis", "条例第十六条"
    )

    assert done.code == 0, done.err
    content = read_bytes(file.read_bytes(), file.name)
    assert "上行文" in done.out
    assert not any("此件" in block.text for block in content.printed)
    assert label(file) == "NOT_DISCLOSED"


def test_a_draft_without_signature_is_recorded_and_marked_later(drafts: Path) -> None:
    file = paper(drafts, date="", signature="")

    done = stamp(file, "主动公开", "--not-secret")

    assert done.code == 0, done.err
    assert "附注将在定稿时编排" in done.out
    assert stamp(file, "--verify").code == 0


def test_a_submitted_paper_without_signature_is_refused_with_the_way_out(office: Office) -> None:
    file = paper(office.root / "送核", date="", signature="")

    refused = stamp(file, "主动公开", "--not-secret")
    done = stamp(file, "主动公开", "--not-secret", "--place", "仅登记")

    assert refused.code == 65
    assert "--place 仅登记" in refused.err
    assert done.code == 0, done.err


def test_other_formats_are_recorded_without_a_change(drafts: Path, office: Office) -> None:
    file = drafts / "通知.txt"
    file.write_text("关于示例工作的通知\n各有关单位：\n请落实。\n", "utf-8")
    before = file.read_bytes()

    done = stamp(file, "主动公开", "--not-secret", "--place", "仅登记")

    assert done.code == 0, done.err
    assert file.read_bytes() == before
    assert len(history(office)) == 1
    assert stamp(file, "--verify").code == 0


def test_what_still_needs_care_is_said_and_the_human_decides(drafts: Path) -> None:
    number = "11010119900307" + "004"
    weights, checks = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10X98765432"
    number += checks[sum(int(d) * w for d, w in zip(number, weights, strict=True)) % 11]
    file = paper(drafts, body=("请落实。", f"张晓明示例，身份证号码{number}，符合条件。"))

    done = stamp(file, "主动公开", "--not-secret")

    assert done.code == 0, done.err
    assert "身份证号码" in done.err
    assert number not in done.out + done.err
    assert label(file) == "PROACTIVE"


def test_the_whole_bundle_counts(drafts: Path, office: Office) -> None:
    folder = drafts / "补贴通知"
    folder.mkdir()
    file = paper(folder, "正文.docx", attachment_note=("补贴标准表",))
    attachment = folder / "附件1 补贴标准表.txt"
    attachment.write_text("标准为每人每月500元。", "utf-8")
    stamp(file, "主动公开", "--not-secret")
    agreed = stamp(file, "--verify")

    attachment.write_text("标准为每人每月600元。", "utf-8")
    changed = stamp(file, "--verify")

    assert agreed.code == 0, agreed.out
    assert changed.code == 1
    assert "附件有变化" in changed.out


def test_a_replacement_that_fails_takes_the_determination_back(
    drafts: Path, office: Office
) -> None:
    folder = drafts / "通知"
    folder.mkdir()
    file = paper(folder)
    before = file.read_bytes()
    output = folder / "没有这个文件夹" / "标注.docx"

    refused = stamp(file, "主动公开", "--not-secret", "--output", str(output))

    assert refused.code == 65
    assert file.read_bytes() == before
    assert all(each.revoked for each in history(office))


@pytest.mark.parametrize(
    ("last", "revoked"),
    [
        pytest.param("", [True, False], id="before the file was replaced"),
        pytest.param("replacement.commit()", [False, False], id="after it"),
    ],
)
def test_a_kill_leaves_whole_files_and_the_next_marking_settles_the_record(
    drafts: Path, office: Office, last: str, revoked: list[bool]
) -> None:
    file = paper(drafts)
    old = file.read_bytes()
    killed_while_marking(office, file, last)
    whole = file.read_bytes()

    done = stamp(file, "主动公开", "--not-secret")

    assert whole == old or label(file) == "PROACTIVE"
    assert done.code == 0, done.err
    assert [each.revoked for each in history(office)] == revoked
    assert sorted(path.name for path in drafts.iterdir()) == [file.name]
    with Database(office.database_url) as database, database.read() as connection:
        assert verify(connection).ok


def killed_while_marking(office: Office, file: Path, last: str) -> None:
    """The very steps of the command, ended by SIGKILL in the middle."""
    script = f"""
        import os, signal
        from contextlib import ExitStack
        from pathlib import Path
        from gongkai.cli.session import Session
        from gongkai.cli.stamp_ground import Ground
        from gongkai.cli.stamp_paper import judged_paper
        from gongkai.cli.stamp_record import Recorder
        from gongkai.model.attribute import DisclosureAttribute
        from gongkai.stamping.act import Replacement, read_target
        from gongkai.stamping.mark import MarkPlace, Stamp
        from gongkai.stamping.marking import marked

        def main():
            session, file = Session(Path({str(office.root)!r})), Path({str(file)!r})
            profile = session.profile()
            paper = judged_paper(session, file, profile)
            target = read_target(file, paper.sha256)
            mark = Stamp(DisclosureAttribute.PROACTIVE, MarkPlace.ANNOTATION, paper.fingerprint)
            stamped = marked(paper.content, target.data, target.name, mark, profile)
            with ExitStack() as stack:
                recorder = stack.enter_context(Recorder.opened(session, session.actor()))
                replacement = stack.enter_context(Replacement(target, stamped.data))
                decided = recorder.determination(paper, mark.attribute, mark.place, Ground())
                recorder.begin(stack, target.path, decided, target.sha256, stamped.data)
                {last}
                os.kill(os.getpid(), signal.SIGKILL)

        if __name__ == "__main__":
            main()
    """
    program = office.root / "killed.py"
    program.write_text(textwrap.dedent(script), "utf-8")
    ended = subprocess.run(
        [sys.executable, str(program)], check=False, capture_output=True, timeout=120
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()


def test_the_document_is_the_one_the_watch_knows(drafts: Path, office: Office) -> None:
    file = paper(drafts)
    gongkai("watch", "--once", cwd=office.root)

    stamp(file, "主动公开", "--not-secret")
    gongkai("watch", "--once", cwd=office.root)

    def number(connection: Connection) -> int | None:
        root = connection.execute(tables.root.select().order_by(tables.root.c.id)).first()
        assert root is not None
        return documents.at_path(connection, root.id, file.name)

    assert load_office(office.root).root == office.root
    assert ask(office, number) == history(office)[0].document
