from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import Connection, insert, select

from gongkai.model.attribute import Stage
from gongkai.model.bundle import Bundle, Member, Role
from gongkai.model.content import Content, Format
from gongkai.store import documents, tables, versions
from gongkai.store.database import Database
from gongkai.store.documents import Arrival, Sighting
from gongkai.store.paths import path_from_key, path_key

AT = "2026-11-21T10:00:00+08:00"


def seen(path: str, sha256: str = "a", inode: int = 1, **others: object) -> Sighting:
    return replace(
        Sighting(path, path.rpartition("/")[2], sha256, AT, device=1, inode=inode),
        **others,  # type: ignore[arg-type]
    )


def a_root(connection: Connection, code: str) -> int:
    number: int = connection.execute(
        insert(tables.root).values(code=code, path_key=f"/srv/{code}").returning(tables.root.c.id)
    ).scalar_one()
    return number


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("/srv/公文/通知.docx", id="plain"),
        pytest.param("/srv/\udcb9\udcab\udcce\udcc4.doc", id="GB18030 bytes from an old archive"),
        pytest.param("hex:00", id="a name that looks like a key"),
        pytest.param("/srv/e\u0301.txt", id="decomposed accents stay decomposed"),
    ],
)
def test_every_path_has_one_key_and_every_key_one_path(path: str) -> None:
    key = path_key(path)

    assert path_from_key(key) == path
    assert key.encode("utf-8")
    assert path_key(path_from_key(key)) == key


def test_a_name_with_bytes_that_are_no_text_survives_the_database(database: Database) -> None:
    with database.write() as connection:
        found = documents.see(connection, seen("/srv/\udcb9\udcab.docx"))
        name = connection.execute(select(tables.document.c.name)).scalar_one()
        place = documents.places_with(connection, "a")

    assert name == "\udcb9\udcab.docx"
    assert place == (documents.Place(found.document, None, "/srv/\udcb9\udcab.docx"),)


def test_an_inode_beyond_63_bits_survives_the_database(database: Database) -> None:
    largest = 2**64 - 2

    with database.write() as connection:
        documents.see(connection, seen("/srv/a.docx", inode=largest))
        inode = connection.execute(select(tables.document.c.inode)).scalar_one()

    assert inode == largest


def test_a_document_follows_its_path_through_any_change_of_content(database: Database) -> None:
    with database.write() as connection:
        first = documents.see(connection, seen("/srv/a.docx", "a", inode=1))
        second = documents.see(connection, seen("/srv/a.docx", "b", inode=2))

    assert first.arrival is Arrival.NEW
    assert second == documents.Seen(first.document, Arrival.KNOWN)


def test_one_path_in_two_roots_is_two_documents(database: Database) -> None:
    with database.write() as connection:
        roots = [a_root(connection, code) for code in ("R01", "R02")]
        found = [
            documents.see(connection, seen("a.docx", sha256=str(root), root_id=root))
            for root in roots
        ]

    assert len({one.document for one in found}) == 2


def see_a_and_then(
    connection: Connection, second: Sighting, *, vanished: bool
) -> tuple[documents.Seen, documents.Seen]:
    first = documents.see(connection, seen("/srv/a.docx", "a", inode=1))
    gone = frozenset({first.document} if vanished else ())
    return first, documents.see(connection, replace(second, gone=gone))


@pytest.mark.parametrize(
    ("second", "vanished", "arrival"),
    [
        pytest.param(seen("/srv/b.docx"), True, Arrival.MOVED, id="renamed"),
        pytest.param(seen("/srv/b.docx", inode=7), True, Arrival.MOVED, id="moved to another disk"),
        pytest.param(seen("/srv/b.docx", inode=7), False, Arrival.COPIED, id="copied"),
        pytest.param(seen("/srv/b.docx"), False, Arrival.COPIED, id="a second hard link"),
        pytest.param(
            seen("/srv/b.docx", "b"), True, Arrival.NEW, id="only the inode was used again"
        ),
    ],
)
def test_a_move_is_the_same_document_and_a_copy_a_new_one(
    database: Database, second: Sighting, vanished: bool, arrival: Arrival
) -> None:
    with database.write() as connection:
        first, found = see_a_and_then(connection, second, vanished=vanished)

    assert found.arrival is arrival
    assert (found.document == first.document) == (arrival is Arrival.MOVED)
    assert found.copy_of == (first.document if arrival is Arrival.COPIED else None)


def test_a_moved_document_remembers_where_it_lay(database: Database) -> None:
    with database.write() as connection:
        first, _ = see_a_and_then(connection, seen("/srv/b.docx"), vanished=True)
        history = connection.execute(select(tables.document_path)).one()
        now = documents.at_path(connection, None, "/srv/b.docx")
        before = documents.at_path(connection, None, "/srv/a.docx")

    assert (history.document_id, history.path_key) == (first.document, "/srv/a.docx")
    assert (now, before) == (first.document, None)


def test_a_file_that_comes_back_elsewhere_after_it_was_gone_is_the_same_document(
    database: Database,
) -> None:
    with database.write() as connection:
        first = documents.see(connection, seen("/srv/a.docx"))
        documents.gone(connection, first.document, AT)
        back = documents.see(connection, seen("/srv/old/a.docx", inode=9))
        state = connection.execute(select(tables.document.c.state)).scalar_one()

    assert back == documents.Seen(first.document, Arrival.MOVED)
    assert state == "current"


def test_which_of_two_equal_files_moved_cannot_be_told_so_nothing_is_inherited(
    database: Database,
) -> None:
    with database.write() as connection:
        one = documents.see(connection, seen("/srv/a.docx", inode=1))
        two = documents.see(connection, seen("/srv/b.docx", inode=2))
        both = frozenset({one.document, two.document})
        third = documents.see(connection, seen("/srv/c.docx", inode=3, gone=both))

    assert third.arrival is Arrival.COPIED
    assert third.document not in both


def test_a_saved_over_path_keeps_its_document_and_the_old_bytes_are_a_copy(
    database: Database,
) -> None:
    with database.write() as connection:
        first = documents.see(connection, seen("/srv/a.docx", "a", inode=1))
        again = documents.see(connection, seen("/srv/a.docx", "b", inode=2))
        versions.add_version(connection, first.document, facts("old", sha256="a"))
        backup = documents.see(connection, seen("/srv/a.bak.docx", "a", inode=1))

    assert again.document == first.document
    assert (backup.arrival, backup.copy_of) == (Arrival.COPIED, first.document)


def facts(digest: str, sha256: str = "a", stage: Stage = Stage.DRAFT) -> versions.VersionFacts:
    return versions.VersionFacts(digest, sha256, stage, AT, title="关于示例工作的通知")


@pytest.mark.parametrize(
    ("digests", "numbers"),
    [
        pytest.param(["a", "a"], [1, 1], id="saved without a change"),
        pytest.param(["a", "b"], [1, 2], id="changed"),
        pytest.param(["a", "b", "a"], [1, 2, 3], id="changed back"),
    ],
)
def test_versions_count_changes(database: Database, digests: list[str], numbers: list[int]) -> None:
    with database.write() as connection:
        document = documents.see(connection, seen("/srv/a.docx")).document
        found = [versions.add_version(connection, document, facts(d)) for d in digests]

    assert [version.n for version in found] == numbers


def test_submitting_the_same_bytes_is_a_version_of_its_own(database: Database) -> None:
    with database.write() as connection:
        document = documents.see(connection, seen("/srv/a.docx")).document
        draft = versions.add_version(connection, document, facts("a"))
        submitted = versions.add_version(connection, document, facts("a", stage=Stage.SUBMITTED))

    assert (draft.n, submitted.n, submitted.new) == (1, 2, True)


def test_a_version_keeps_names_and_digests_and_no_text(
    database: Database, sha: Callable[[str], str]
) -> None:
    bundle = Bundle(
        Member("通知.docx", Role.MAIN, Content(sha("main"), Format.DOCX)),
        (Member("附件1.xlsx", Role.ATTACHMENT, Content(sha("one"), Format.XLSX), 1),),
    )

    with database.write() as connection:
        document = documents.see(connection, seen("/srv/通知.docx")).document
        version = versions.add_version(
            connection, document, versions.VersionFacts.of(bundle, AT, "f" * 64, "标题")
        )
        stored = connection.execute(select(tables.version)).one()
        members = connection.execute(select(tables.member).order_by(tables.member.c.id)).all()
        title = connection.execute(select(tables.document.c.title)).scalar_one()

    assert version == versions.Version(stored.id, 1, new=True)
    assert (stored.input_digest, stored.sha256) == (bundle.input_digest, sha("main"))
    assert [(m.role, m.number, m.name, m.format) for m in members] == [
        ("main", 0, "通知.docx", "docx"),
        ("attachment", 1, "附件1.xlsx", "xlsx"),
    ]
    assert title == "标题"
