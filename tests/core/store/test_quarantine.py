from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select

from gongkai.errors import ActionRefused, QuarantinedDocument, StoreError
from gongkai.model.attribute import DisclosureAttribute, Outcome, Severity, Stage
from gongkai.model.bundle import Role
from gongkai.model.content import Format, Note, NoteCode, NoteScope
from gongkai.model.determination import Capacity, Determination, Medium
from gongkai.model.finding import Finding, FindingCode
from gongkai.model.reading import Span
from gongkai.model.verdict import Confidence, FiredRule, Mode, Suggestion, Verdict
from gongkai.store import (
    chain,
    decisions,
    determinations,
    documents,
    quarantine,
    tables,
    verdicts,
    versions,
)
from gongkai.store.concealment import path_tag
from gongkai.store.database import Database
from gongkai.store.quarantine import Ruling, Status
from gongkai.store.verification import verify

AT = "2026-11-21T10:00:00+08:00"
LATER = "2026-11-21T11:00:00+08:00"
PATH = "某事/杜鹃花行动方案.docx"
SECOND = "某事/附件1 杜鹃花名单.xlsx"
OFFICER = "赵保密示例"
# One word of every name, title and reason stored below: none may be left on disk.
TELLING = "杜鹃花"


def a_root(connection: Connection) -> int:
    number: int = connection.execute(
        insert(tables.root).values(code="R01", path_key="/srv/share").returning(tables.root.c.id)
    ).scalar_one()
    return number


def journal_row(connection: Connection, root: int, path: str) -> None:
    connection.execute(
        insert(tables.journal).values(
            root_id=root,
            path_key=path,
            size=10,
            mtime_ns=1,
            ctime_ns=1,
            inode=5,
            sha256="a" * 64,
            state="judged",
            first_seen=1.0,
            last_seen=1.0,
        )
    )


def a_document_with_a_past(connection: Connection, root: int) -> int:
    """A document that was moved, judged, determined and answered before the mark appeared."""
    sighting = documents.Sighting(
        "某事/杜鹃花草稿.docx", "杜鹃花草稿.docx", "a" * 64, AT, root, inode=5
    )
    document = documents.see(connection, sighting).document
    moved = replace(sighting, path=PATH, name="杜鹃花行动方案.docx", gone=frozenset({document}))
    documents.see(connection, moved)
    facts = versions.VersionFacts(
        "d" * 64,
        "a" * 64,
        Stage.SUBMITTED,
        AT,
        "f" * 64,
        "关于印发杜鹃花行动方案的通知",
        (versions.MemberFacts(Role.MAIN, 0, "杜鹃花行动方案.docx", "a" * 64, Format.DOCX),),
    )
    version = versions.add_version(connection, document, facts)
    verdict = Verdict(
        Outcome.BLOCKED,
        Stage.SUBMITTED,
        "national_2019@1",
        None,
        Suggestion(
            DisclosureAttribute.NOT_DISCLOSED,
            Mode.OWN,
            Confidence.LOW,
            (
                FiredRule(
                    "row-2",
                    DisclosureAttribute.NOT_DISCLOSED,
                    (),
                    (Span("attachment1/杜鹃花!B3", 0, 3, "杜鹃花"),),
                ),
            ),
        ),
        (
            Finding(
                FindingCode.SECRET_CONTENT,
                Severity.BLOCK,
                "secret",
                place="attachment1/杜鹃花!B3",
                excerpt="杜鹃花**",
                details=(("word", "杜鹃花"),),
                places=("attachment1/杜鹃花!B4",),
                key="hmac-sha256:01",
            ),
        ),
        notes=(("杜鹃花行动方案.docx", Note(NoteCode.IMAGE, NoteScope.PART, "杜鹃花")),),
        scope_reason="杜鹃花",
    )
    verdicts.record(connection, version.id, verdicts.Judgement(verdict, "0.1.0", "", AT))
    number = determinations.record(
        connection,
        document,
        Determination(
            DisclosureAttribute.NOT_DISCLOSED,
            "f" * 64,
            "张晓明示例",
            "2026-11-21",
            Capacity.DRAFTING,
            Medium.SYSTEM,
            "张晓明示例",
            AT,
            reason="涉及杜鹃花行动",
        ),
    )
    determinations.revoke(connection, number, "张晓明示例", "杜鹃花改名", AT)
    decisions.decide(
        connection,
        document,
        decisions.Decision(
            "hmac-sha256:01", decisions.Answer.WAIVED, "李小红示例", "杜鹃花是花", AT
        ),
    )
    return document


def discovery(root: int | None, path: str = PATH, sha256: str = "b" * 64) -> quarantine.Discovery:
    return quarantine.Discovery(path, sha256, ("first_page",), AT, root)


def stop(connection: Connection, key: bytes, found: quarantine.Discovery) -> quarantine.Case:
    return quarantine.open_case(connection, key, found, "gongkai")


def everything(connection: Connection) -> str:
    """All values of all tables, as text."""
    return "\n".join(
        str(tuple(row))
        for table in tables.metadata.sorted_tables
        for row in connection.execute(select(table))
    )


def test_a_stopped_paper_leaves_a_number_a_time_and_hashes(
    database: Database, office_key: bytes
) -> None:
    with database.write() as connection:
        root = a_root(connection)
        case = stop(connection, office_key, discovery(root))

    with database.read() as connection:
        stored = everything(connection)
        listed = quarantine.list_cases(connection)
    assert case == quarantine.Case("Q-2026-001", "R01", AT, Status.OPEN, ("first_page",))
    assert listed == (case,)
    assert TELLING not in stored
    assert "b" * 64 not in stored


def test_nothing_telling_is_left_of_the_documents_past(
    database: Database, office_key: bytes
) -> None:
    with database.write() as connection:
        root = a_root(connection)
        document = a_document_with_a_past(connection, root)
        journal_row(connection, root, PATH)
        before = everything(connection)
        stop(connection, office_key, discovery(root))

    with database.read() as connection:
        after = everything(connection)
        report = verify(connection)
        latest = verdicts.latest(connection, document)
    assert TELLING in before
    assert TELLING not in after
    assert TELLING.encode("unicode_escape").decode() not in after
    assert (report.ok, report.erased) == (True, 4)
    assert latest is not None
    assert latest.key.input_digest == "d" * 64
    assert [f.code for f in latest.verdict.findings] == [FindingCode.SECRET_CONTENT]


def test_what_people_wrote_about_it_on_its_way_goes_too(
    database: Database, office_key: bytes
) -> None:
    with database.write() as connection:
        root = a_root(connection)
        document = a_document_with_a_past(connection, root)
        case: int = connection.execute(
            insert(tables.case)
            .values(
                year=2026,
                serial=1,
                number="2026-001",
                document_id=document,
                state="RETURNED",
                revision=1,
                doc_number="示人社发〔2026〕杜鹃花号",
                opened_at=AT,
                moved_at=AT,
            )
            .returning(tables.case.c.id)
        ).scalar_one()
        move: int = connection.execute(
            insert(tables.move)
            .values(
                case_id=case,
                revision=1,
                act="return",
                target="RETURNED",
                round=1,
                medium="paper",
                acted_on=AT[:10],
                recorded_at=AT,
                opinion="杜鹃花行动不宜公开",
                details={"who": "杜鹃花"},
            )
            .returning(tables.move.c.id)
        ).scalar_one()
        connection.execute(
            insert(tables.return_notice).values(
                year=2026,
                serial=1,
                number="2026-退-001",
                case_id=case,
                move_id=move,
                round=1,
                reasons=["杜鹃花行动方案没有标注"],
                made_at=AT,
            )
        )
        connection.execute(
            insert(tables.signed_text).values(
                case_id=case, core_fingerprint="f" * 64, paragraphs=["a"], made_at=AT
            )
        )
        chain.append(connection, "case.moved", "case:2026-001", {"o": "杜鹃花"}, OFFICER, AT)
        stop(connection, office_key, discovery(root))

    with database.read() as connection:
        after = everything(connection)
        report = verify(connection)
    assert TELLING not in after
    assert TELLING.encode("unicode_escape").decode() not in after
    assert "2026-退-001" in after
    assert "QUARANTINED" in after
    assert report.ok


def test_no_byte_of_it_is_left_in_the_files_of_the_database(
    sqlite: Database, office_key: bytes
) -> None:
    with sqlite.write() as connection:
        root = a_root(connection)
        a_document_with_a_past(connection, root)
        journal_row(connection, root, PATH)
    folder = Path(str(sqlite.url.database)).parent
    telling = (TELLING.encode(), TELLING.encode("unicode_escape"))
    before = b"".join(file.read_bytes() for file in folder.iterdir())

    with sqlite.write() as connection:
        stop(connection, office_key, discovery(root))
    emptied = sqlite.scrub()

    left = b"".join(file.read_bytes() for file in folder.iterdir())
    assert emptied
    assert all(word in before for word in telling)
    assert not any(word in left for word in telling)


def test_the_path_is_for_the_officer_and_looking_at_it_is_recorded(
    database: Database, office_key: bytes
) -> None:
    with database.write() as connection:
        case = stop(connection, office_key, discovery(None, "/srv/\udcb9/杜鹃花.docx"))
        path = quarantine.reveal_path(connection, office_key, case.number, OFFICER, LATER)
        events = chain.events(connection, f"quarantine:{case.number}")

    assert path == "/srv/\udcb9/杜鹃花.docx"
    assert [(event.kind, event.actor) for event in events] == [
        ("quarantine.opened", "gongkai"),
        ("audit.path_revealed", OFFICER),
    ]


def test_numbers_have_no_gaps_and_begin_again_each_year(
    database: Database, office_key: bytes
) -> None:
    next_year = replace(discovery(None, "/e"), found_at="2027-01-04T09:00:00+08:00")

    with database.write() as connection:
        first = stop(connection, office_key, discovery(None, "/a"))
    try:
        with database.write() as connection:
            stop(connection, office_key, discovery(None, "/b"))
            raise InterruptedError
    except InterruptedError:
        pass
    with database.write() as connection:
        second = stop(connection, office_key, discovery(None, "/c"))
        third = stop(connection, office_key, next_year)

    assert [c.number for c in (first, second, third)] == ["Q-2026-001", "Q-2026-002", "Q-2027-001"]


def test_a_file_saved_again_keeps_its_open_case(database: Database, office_key: bytes) -> None:
    with database.write() as connection:
        root = a_root(connection)
        journal_row(connection, root, PATH)
        first = stop(connection, office_key, discovery(root))
        again = stop(connection, office_key, discovery(root, sha256="c" * 64))
        journal_row(connection, root, PATH)
        third = stop(connection, office_key, discovery(root, sha256="e" * 64))
        rows = connection.execute(select(tables.journal)).all()
        statuses = [quarantine.status_of(connection, office_key, letter * 64) for letter in "bce"]

    assert first.number == again.number == third.number
    assert [row.state for row in rows] == ["quarantined"]
    assert rows[0].path_key == path_tag(office_key, root, PATH)
    assert statuses == [None, None, Status.OPEN]


def test_nothing_more_is_kept_of_a_stopped_document(database: Database, office_key: bytes) -> None:
    with database.write() as connection:
        root = a_root(connection)
        document = a_document_with_a_past(connection, root)
        version = connection.execute(select(tables.version.c.id)).scalar_one()
        stop(connection, office_key, discovery(root))
        tag = path_tag(office_key, root, PATH)
        seen = documents.see(
            connection,
            documents.Sighting(PATH, "杜鹃花行动方案.docx", "c" * 64, LATER, root, path_tag=tag),
        )
        after = everything(connection)

    assert (seen.document, seen.sealed) == (document, True)
    assert TELLING not in after
    verdict = Verdict(Outcome.CLEAN, Stage.DRAFT, "national_2019@1", None, None, ())
    with pytest.raises(QuarantinedDocument), database.write() as connection:
        versions.add_version(
            connection, document, versions.VersionFacts("e", "e", Stage.DRAFT, LATER)
        )
    with pytest.raises(QuarantinedDocument), database.write() as connection:
        verdicts.record(connection, version, verdicts.Judgement(verdict, "9", "", LATER))


@pytest.mark.parametrize(
    "ruling", [ruling for ruling in Ruling if ruling is not Ruling.STATE_SECRET]
)
def test_a_release_lets_the_same_bytes_be_read_again(
    database: Database, office_key: bytes, ruling: Ruling
) -> None:
    with database.write() as connection:
        root = a_root(connection)
        document = a_document_with_a_past(connection, root)
        journal_row(connection, root, PATH)
        case = stop(connection, office_key, discovery(root))
    with database.write() as connection:
        released = quarantine.release(
            connection, office_key, case.number, ruling, OFFICER, "现场核实", LATER
        )

    with database.read() as connection:
        status = quarantine.status_of(connection, office_key, "b" * 64)
        back = connection.execute(select(tables.document)).one()
        row = connection.execute(select(tables.journal)).one()
        event = chain.events(connection, f"quarantine:{case.number}")[-1]
    assert (released.status, released.released_as, released.released_by, released.note) == (
        Status.RELEASED,
        ruling,
        OFFICER,
        "现场核实",
    )
    assert status is Status.RELEASED
    assert (back.id, back.sealed, back.path_key, back.name, back.title) == (
        document,
        False,
        PATH,
        "杜鹃花行动方案.docx",
        "",
    )
    assert (row.path_key, row.state, row.sha256, row.size) == (PATH, "seen", None, None)
    assert (event.kind, event.actor) == ("quarantine.released", OFFICER)


def test_a_state_secret_stays_closed_for_ever_and_its_path_is_erased(
    database: Database, office_key: bytes
) -> None:
    with database.write() as connection:
        root = a_root(connection)
        a_document_with_a_past(connection, root)
        case = stop(connection, office_key, discovery(root))
        closed = quarantine.release(
            connection, office_key, case.number, Ruling.STATE_SECRET, OFFICER, "已移交", LATER
        )
        path = quarantine.reveal_path(connection, office_key, case.number, OFFICER, LATER)
        again = stop(connection, office_key, discovery(root))
        elsewhere = quarantine.status_of(connection, office_key, "b" * 64)
        sealed = connection.execute(select(tables.document.c.sealed)).scalar_one()
        stored = connection.execute(select(tables.quarantine.c.sealed_path)).scalar_one()

    assert (closed.number, closed.status) == ("Q-2026-001", Status.CLOSED)
    assert (path, stored, sealed) == ("", None, True)
    assert again.number == closed.number
    assert elsewhere is Status.CLOSED
    with pytest.raises(ActionRefused) as caught, database.write() as connection:
        quarantine.release(
            connection, office_key, case.number, Ruling.SAMPLE, OFFICER, "改判", LATER
        )
    assert caught.value.key == "quarantine_not_open"


def test_a_state_secret_outweighs_a_release_of_the_same_bytes(
    database: Database, office_key: bytes
) -> None:
    with database.write() as connection:
        one = stop(connection, office_key, discovery(None, "/a"))
        two = stop(connection, office_key, discovery(None, "/b"))
        for case, ruling in ((one, Ruling.SAMPLE), (two, Ruling.STATE_SECRET)):
            quarantine.release(connection, office_key, case.number, ruling, OFFICER, "核实", LATER)
        status = quarantine.status_of(connection, office_key, "b" * 64)

    assert status is Status.CLOSED


@pytest.mark.parametrize(
    ("number", "officer", "reason", "key"),
    [
        pytest.param("Q-2026-001", " ", "核实", "release_needs_reason", id="nobody"),
        pytest.param("Q-2026-001", OFFICER, "\n", "release_needs_reason", id="no reason"),
        pytest.param("Q-2026-009", OFFICER, "核实", "quarantine_unknown", id="no such case"),
    ],
)
def test_a_release_says_who_why_and_which(
    sqlite: Database, office_key: bytes, number: str, officer: str, reason: str, key: str
) -> None:
    with sqlite.write() as connection:
        stop(connection, office_key, discovery(None, "/a"))

    with pytest.raises(ActionRefused) as caught, sqlite.write() as connection:
        quarantine.release(connection, office_key, number, Ruling.SAMPLE, officer, reason, LATER)

    assert caught.value.key == key
    with sqlite.read() as connection:
        assert quarantine.show(connection, "Q-2026-001").status is Status.OPEN


def test_a_document_comes_back_when_the_last_of_its_files_is_released(
    database: Database, office_key: bytes
) -> None:
    with database.write() as connection:
        root = a_root(connection)
        document = a_document_with_a_past(connection, root)
        cases = [
            stop(
                connection,
                office_key,
                replace(discovery(root, path, sha256), document=document),
            )
            for path, sha256 in ((SECOND, "c" * 64), (PATH, "b" * 64))
        ]
        states = []
        for case in cases:
            quarantine.release(
                connection, office_key, case.number, Ruling.SAMPLE, OFFICER, "样张", LATER
            )
            row = connection.execute(select(tables.document)).one()
            states.append((row.sealed, row.path_key == PATH))

    assert states == [(True, False), (False, True)]


def test_a_document_whose_place_was_taken_comes_back_as_gone(
    database: Database, office_key: bytes
) -> None:
    with database.write() as connection:
        root = a_root(connection)
        document = a_document_with_a_past(connection, root)
        case = stop(connection, office_key, discovery(root))
        documents.see(connection, documents.Sighting(PATH, "x.docx", "e" * 64, LATER, root))
        quarantine.release(
            connection, office_key, case.number, Ruling.SAMPLE, OFFICER, "样张", LATER
        )
        row = connection.execute(
            select(tables.document).where(tables.document.c.id == document)
        ).one()

    assert (row.sealed, row.state) == (False, "gone")


def test_another_key_opens_no_case(database: Database, office_key: bytes) -> None:
    with database.write() as connection:
        case = stop(connection, office_key, discovery(None, "/a"))

    other = bytes(32)
    with database.read() as connection:
        assert quarantine.status_of(connection, other, "b" * 64) is None
    with pytest.raises(StoreError) as caught, database.write() as connection:
        quarantine.reveal_path(connection, other, case.number, OFFICER, LATER)
    assert caught.value.key == "key_changed"
