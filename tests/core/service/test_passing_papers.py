"""Papers of others and of the Party that pass by: what is entered, and what is not (SRC-24)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from core.service.office import an_office, first_look, reconcile, reconciling, save
from gongkai.model.attribute import DisclosureAttribute
from gongkai.model.determination import Source, SourceStatus
from gongkai.moment import now
from gongkai.samples.gbt9704 import OfficialDocument, official_document
from gongkai.settings import Office, load_office
from gongkai.store import sources
from gongkai.store.database import Database
from gongkai.store.verification import verify

LEVEL, STAR = "机密", "\u2605"
TITLE = "关于示例培训补贴的通知"
NUMBER = "示省人社发〔2026〕3号"
SUPERIOR = "示例省人力资源和社会保障厅"
PARTY = "中共示例市人力资源和社会保障局党组"
RECORD = """
[profile]
id = "own"
version = "1"
title = "本单位方案"
extends = "national_2019"

[scope.party_documents]
value = "record"
basis = "本单位要求党组织文件一并登记"
level = "practice"
conflict = "C-24"
"""


def of_others(annotation: str = "（此件依申请公开）", **content: str) -> bytes:
    given = {"title": TITLE, "issuer": SUPERIOR, "number": NUMBER, **content}
    return official_document(OfficialDocument(annotation=annotation, **given))  # type: ignore[arg-type]


def of_the_party() -> bytes:
    return of_others(issuer=PARTY, number="示人社党组发〔2026〕1号")


def known(office: Office) -> list[Source]:
    with Database(office.database_url) as database, database.read() as connection:
        assert verify(connection).ok
        return list(sources.list_sources(connection))


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = an_office(tmp_path)
    first_look(made)
    return made


@pytest.fixture
def recording(tmp_path: Path) -> Office:
    """An office whose profile has Party papers entered in the books."""
    made = an_office(tmp_path)
    made.profile_folder.mkdir(exist_ok=True)
    (made.profile_folder / "own.toml").write_text(RECORD, "utf-8")
    file = made.root / "gongkai.toml"
    text = file.read_text("utf-8").replace('profile = "national_2019"', 'profile = "own"', 1)
    file.write_text(text, "utf-8")
    changed = load_office(made.root)
    first_look(changed)
    return changed


@pytest.mark.parametrize("folder", ["来文", "拟稿", "送核"])
def test_a_paper_of_another_body_is_known_under_its_own_label(office: Office, folder: str) -> None:
    save(office.root / folder / "省厅/通知.docx", of_others())

    (told,) = reconcile(office)

    assert told.outcome == "out_of_scope"
    (found,) = known(office)
    assert (found.title, found.doc_number, found.signed_date) == (TITLE, NUMBER, "2026-03-05")
    assert found.attribute is DisclosureAttribute.ON_REQUEST
    assert (found.status, found.recorded_by) == (SourceStatus.LABELLED, "gongkai")


def test_one_without_a_label_is_known_as_such_and_one_of_ours_not_at_all(office: Office) -> None:
    save(office.root / "来文/省厅/通知.docx", of_others(""))
    save(office.root / "送核/我们的/通知.docx", official_document())

    reconcile(office)

    assert [(each.title, each.status) for each in known(office)] == [
        (TITLE, SourceStatus.UNLABELLED)
    ]


def test_a_party_paper_leaves_nothing_but_its_verdict_where_the_profile_says_out(
    office: Office,
) -> None:
    save(office.root / "送核/党组/通知.docx", of_the_party())

    (told,) = reconcile(office)

    assert told.verdict is not None
    assert (told.verdict.scope_reason, told.verdict.findings) == ("party", ())
    assert known(office) == []


def test_a_party_paper_is_known_with_its_label_where_the_profile_says_record(
    recording: Office,
) -> None:
    save(recording.root / "送核/党组/通知.docx", of_the_party())

    (told,) = reconcile(recording)

    assert told.verdict is not None
    assert (told.verdict.scope_reason, told.verdict.findings) == ("party", ())
    (found,) = known(recording)
    assert found.doc_number == "示人社党组发〔2026〕1号"
    assert found.attribute is DisclosureAttribute.ON_REQUEST


def test_it_is_entered_once_and_corrected_when_its_label_changes(office: Office) -> None:
    paper = save(office.root / "来文/省厅/通知.docx", of_others())
    with reconciling(office) as once:
        once()
        paper.write_bytes(of_others(contact="联系人：科室"))
        once()
        entered = len(known(office))

        paper.write_bytes(of_others("（此件主动公开）"))
        once()

    assert entered == 1
    assert [each.attribute for each in known(office)] == [
        DisclosureAttribute.ON_REQUEST,
        DisclosureAttribute.PROACTIVE,
    ]


def test_what_a_person_has_recorded_of_it_stands(office: Office) -> None:
    theirs = Source(
        "", TITLE, NUMBER, SUPERIOR, "", SourceStatus.LABELLED, DisclosureAttribute.NOT_DISCLOSED
    )
    with Database(office.database_url) as database, database.write() as connection:
        sources.add(connection, replace(theirs, recorded_by="张示例", recorded_at=now()))

    save(office.root / "来文/省厅/通知.docx", of_others())
    reconcile(office)

    assert [each.recorded_by for each in known(office)] == ["张示例"]


def test_what_forwards_it_is_judged_again(office: Office) -> None:
    forwarding = official_document(
        OfficialDocument(
            title=f"转发《{TITLE}》的通知",
            body=(f"现将{SUPERIOR}《{TITLE}》（{NUMBER}）转发给你们，请认真贯彻执行。",),
            annotation="（此件公开发布）",
        )
    )
    save(office.root / "送核/转发/转发通知.docx", forwarding)

    with reconciling(office) as once:
        (before,) = once()
        save(office.root / "来文/省厅/通知.docx", of_others())
        once()
        later = once()

    assert before.verdict is not None
    assert "FORWARD_SOURCE_UNKNOWN" in {f.code for f in before.verdict.findings}
    codes = {f.code for told in later if told.verdict for f in told.verdict.findings}
    assert "FORWARD_SOURCE_UNKNOWN" not in codes
    assert "INHERIT_LOOSER" in codes


@pytest.fixture
def stopped(office: Office) -> Iterator[Office]:
    """An office where a paper of others was entered, and stopped afterwards."""
    paper = save(office.root / "来文/杜鹃花/通知.docx", of_others(title="关于杜鹃花行动的通知"))
    with reconciling(office) as once:
        once()
        paper.write_bytes(of_others(serial="000001", corner=f"{LEVEL}{STAR}10年"))
        once()
    yield office
    paper.unlink()


def test_what_was_entered_of_a_paper_goes_when_it_is_stopped(stopped: Office) -> None:
    kept = b"".join(path.read_bytes() for path in stopped.data.glob("gongkai.db*"))

    assert [(each.title, each.doc_number) for each in known(stopped)] == [("", "")]
    assert "杜鹃花".encode() not in kept


def test_what_lay_there_on_the_first_day_is_not_entered(tmp_path: Path) -> None:
    save(tmp_path / "office/来文/省厅/通知.docx", of_others())

    office = an_office(tmp_path)
    reconcile(office)

    assert known(office) == []
