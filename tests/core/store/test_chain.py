from __future__ import annotations

import contextlib
import hashlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from gongkai.errors import StoreError
from gongkai.store import chain, tables
from gongkai.store.chain_format import canonical
from gongkai.store.database import Database
from gongkai.store.verification import ChainReport, ProblemCode, verify

AT = "2026-11-21T10:00:00+08:00"


def check(database: Database, *checkpoints: chain.Head) -> ChainReport:
    with database.read() as connection:
        return verify(connection, checkpoints)


def fill(database: Database, rows: int) -> None:
    with database.write() as connection:
        chain.extend(
            connection,
            [
                chain.Entry("verdict.recorded", f"document:{n}", {"n": n}, "张晓明示例", AT)
                for n in range(1, rows + 1)
            ],
        )


def change(database: Database, statement: str) -> None:
    with database.write() as connection:
        connection.execute(text(statement))


def test_an_empty_chain_verifies(database: Database) -> None:
    report = check(database)

    assert report == ChainReport(0, 0, chain.Head(0, "0" * 64))
    assert report.ok


def test_rows_number_from_one_and_verify(database: Database) -> None:
    with database.write() as connection:
        first = chain.append(connection, "a.b", "document:1", {"公开": True}, "张晓明示例", AT)
        more = chain.extend(
            connection, [chain.Entry("a.c", "document:2", {}, "", AT) for _ in range(3)]
        )

    report = check(database)

    assert (first, list(more)) == (1, [2, 3, 4])
    assert (report.ok, report.rows) == (True, 4)
    assert not list(more[:0])


def test_the_rows_of_an_undone_transaction_leave_no_gap(database: Database) -> None:
    fill(database, 2)
    with contextlib.suppress(ZeroDivisionError), database.write() as connection:
        chain.append(connection, "a.b", "document:1", {}, "", AT)
        raise ZeroDivisionError

    fill(database, 1)

    assert check(database).rows == 3
    assert check(database).ok


def test_events_of_a_subject_come_back_in_order(database: Database) -> None:
    with database.write() as connection:
        chain.append(connection, "a.first", "document:1", {"n": [1, None]}, "张晓明示例", AT)
        chain.append(connection, "a.other", "document:11", {}, "", AT)
        chain.append(connection, "a.second", "document:1", {}, "李小红示例", AT)

    with database.read() as connection:
        events = chain.events(connection, "document:1")

    assert [(e.seq, e.kind, e.actor, e.payload) for e in events] == [
        (1, "a.first", "张晓明示例", {"n": [1, None]}),
        (3, "a.second", "李小红示例", {}),
    ]


def test_the_format_is_the_one_the_documentation_promises(database: Database) -> None:
    with database.write() as connection:
        chain.append(connection, "a.b", "document:1", {"ü": ["公", 1, True, None]}, "张", AT)
    with database.read() as connection:
        row = connection.execute(select(tables.chain)).one()
        beside = connection.execute(select(tables.payload)).one()

    body = r'{"actor":"\u5f20","data":{"\u00fc":["\u516c",1,true,null]}}'
    commitment = hashlib.sha256(
        b"gongkai-payload-1\n" + bytes(beside.salt) + body.encode("ascii")
    ).hexdigest()
    lines = f"gongkai-chain-1\n1\n{'0' * 64}\na.b\ndocument:1\n{AT}\n{commitment}\n"

    assert beside.body == body
    assert row.commitment == commitment
    assert row.hash == hashlib.sha256(lines.encode()).hexdigest()


def test_equal_payloads_have_different_commitments(database: Database) -> None:
    with database.write() as connection:
        for _ in range(2):
            chain.append(connection, "a.b", "document:1", {"same": 1}, "same", AT)
    with database.read() as connection:
        commitments = connection.execute(select(tables.chain.c.commitment)).scalars().all()

    assert len(set(commitments)) == 2


@pytest.mark.parametrize(
    ("kind", "subject", "at"),
    [
        pytest.param("关于某事", "document:1", AT, id="a kind in words could name something"),
        pytest.param("a.b", "document:关于张晓明示例的决定", AT, id="a subject with a title"),
        pytest.param("a.b", "document", AT, id="a subject without identifier"),
        pytest.param("a.b\n", "document:1", AT, id="a line feed would move the fields"),
        pytest.param("a.b", "document:1\n", AT, id="a line feed behind the subject"),
        pytest.param("a.b", "document:1", "2026-11-21T10:00:00", id="a time without offset"),
        pytest.param("a.b", "document:1", "yesterday", id="no time"),
    ],
)
def test_what_can_never_be_erased_can_hold_no_name(
    sqlite: Database, kind: str, subject: str, at: str
) -> None:
    with pytest.raises(ValueError), sqlite.write() as connection:  # noqa: PT011
        chain.append(connection, kind, subject, {}, "", at)

    assert check(sqlite).rows == 0


@pytest.mark.parametrize(
    "payload",
    [
        pytest.param({"half": 0.5}, id="a fraction has no single spelling"),
        pytest.param({"bytes": b""}, id="bytes"),
        pytest.param({"deep": [{1: "a"}]}, id="a key that is a number"),
    ],
)
def test_a_payload_without_a_single_spelling_is_refused(payload: Mapping[str, object]) -> None:
    with pytest.raises(TypeError):
        canonical(payload)


def test_an_erased_payload_is_gone_and_the_chain_still_verifies(database: Database) -> None:
    fill(database, 3)

    with database.write() as connection:
        record = chain.erase(connection, 2, "保存期限届满", "李小红示例", AT)

    report = check(database)
    with database.read() as connection:
        erased = chain.events(connection, "document:2")[0]
        why = chain.events(connection, "chain:2")[0]
        kept = connection.execute(text("SELECT count(*) FROM payload WHERE body IS NULL"))
        assert kept.scalar_one() == 1
    assert (report.ok, report.rows, report.erased, record) == (True, 4, 1, 4)
    assert (erased.actor, erased.payload) == (None, None)
    assert (why.kind, why.actor, why.payload) == (
        "payload.erased",
        "李小红示例",
        {"reason": "保存期限届满"},
    )


def test_erasing_twice_records_it_once(database: Database) -> None:
    fill(database, 1)

    with database.write() as connection:
        records = [chain.erase(connection, 1, "x", "y", AT) for _ in range(2)]

    assert records == [2, 0]
    assert check(database).rows == 2


@pytest.mark.parametrize(
    "seq", [pytest.param(9, id="no such row"), pytest.param(2, id="a record of an erasure")]
)
def test_what_cannot_be_erased_is_refused(database: Database, seq: int) -> None:
    fill(database, 1)
    with database.write() as connection:
        chain.erase(connection, 1, "x", "y", AT)

    with pytest.raises(StoreError) as caught, database.write() as connection:
        chain.erase(connection, seq, "x", "y", AT)

    assert caught.value.key == "chain_cannot_erase"


@pytest.mark.parametrize(
    ("statement", "code", "seq"),
    [
        pytest.param("UPDATE chain SET kind = 'a' WHERE seq = 2", "row_changed", 2, id="a kind"),
        pytest.param(
            "UPDATE chain SET subject = 'document:3' WHERE seq = 2", "row_changed", 2, id="subject"
        ),
        pytest.param(
            "UPDATE chain SET at = '2026-11-21T10:00:01+08:00' WHERE seq = 3",
            "row_changed",
            3,
            id="a second",
        ),
        pytest.param("UPDATE chain SET prev = 'x' WHERE seq = 3", "link_broken", 3, id="a link"),
        pytest.param(
            "UPDATE chain SET algorithm = 'none' WHERE seq = 1",
            "algorithm_unknown",
            1,
            id="an algorithm",
        ),
        pytest.param(
            "UPDATE payload SET body = '{}' WHERE seq = 2", "payload_changed", 2, id="a payload"
        ),
        pytest.param(
            "UPDATE payload SET salt = NULL WHERE seq = 2", "payload_changed", 2, id="half erased"
        ),
        pytest.param(
            "UPDATE payload SET salt = NULL, body = NULL WHERE seq = 2",
            "erasure_unrecorded",
            2,
            id="erased without a record",
        ),
        pytest.param("DELETE FROM payload WHERE seq = 2", "payload_missing", 2, id="no payload"),
        pytest.param(
            "UPDATE meta SET value = '1 x' WHERE key = 'chain.head'",
            "head_differs",
            3,
            id="the record of the head",
        ),
        pytest.param(
            "DELETE FROM meta WHERE key = 'chain.head'", "head_differs", 3, id="no head at all"
        ),
    ],
)
def test_a_change_is_found_where_it_was_made(
    database: Database, statement: str, code: str, seq: int
) -> None:
    """REG-12."""
    fill(database, 3)

    change(database, statement)

    problem = check(database).problem
    assert problem is not None
    assert (problem.code, problem.seq) == (ProblemCode(code), seq)


def cut_last_row(database: Database) -> None:
    with database.write() as connection:
        connection.execute(text("DELETE FROM payload WHERE seq = (SELECT max(seq) FROM chain)"))
        connection.execute(text("DELETE FROM chain WHERE seq = (SELECT max(seq) FROM chain)"))


def test_a_row_cut_off_the_end_is_found(database: Database) -> None:
    """REG-12."""
    fill(database, 3)

    cut_last_row(database)

    problem = check(database).problem
    assert problem is not None
    assert problem.code is ProblemCode.HEAD_DIFFERS


def test_a_row_cut_off_the_end_is_still_found_after_more_are_written(database: Database) -> None:
    fill(database, 3)

    cut_last_row(database)
    fill(database, 1)

    problem = check(database).problem
    assert problem is not None
    assert (problem.code, problem.seq) == (ProblemCode.ROW_MISSING, 3)


def test_nothing_is_appended_to_a_chain_without_head(database: Database) -> None:
    fill(database, 1)
    change(database, "DELETE FROM meta WHERE key = 'chain.head'")

    with pytest.raises(StoreError) as caught:
        fill(database, 1)

    assert caught.value.key == "chain_head_missing"


def test_a_chain_rewritten_as_a_whole_is_found_only_with_a_checkpoint(database: Database) -> None:
    fill(database, 3)
    kept = check(database).head
    for table in ("payload", "chain", "meta"):
        change(database, f"DELETE FROM {table}")
    fill(database, 3)

    without, with_checkpoint = check(database), check(database, kept)

    assert without.ok
    assert with_checkpoint.problem is not None
    assert with_checkpoint.problem.code is ProblemCode.CHECKPOINT_DIFFERS


def test_a_checkpoint_beyond_the_end_is_found(database: Database) -> None:
    fill(database, 3)

    report = check(database, chain.Head(4, "f" * 64))

    assert report.problem is not None
    assert report.problem.code is ProblemCode.CHECKPOINT_BEYOND


def test_text_that_is_no_text_any_more_is_reported_not_raised(sqlite: Database) -> None:
    fill(sqlite, 3)

    change(sqlite, "UPDATE payload SET body = CAST(x'7bff' AS TEXT) WHERE seq = 2")

    problem = check(sqlite).problem
    assert problem is not None
    assert problem.code is ProblemCode.ROW_UNREADABLE


APPEND = """
import sys
from gongkai.store import chain
from gongkai.store.database import Database
with Database(sys.argv[1]) as database:
    for n in range(60):
        with database.write() as connection:
            chain.append(connection, "a.b", f"document:{n}", {}, "", sys.argv[2])
"""


def test_processes_that_append_together_make_one_chain(database: Database) -> None:
    address = database.url.render_as_string(hide_password=False)
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", APPEND, address, AT], env={"PYTHONPATH": ":".join(sys.path)}
        )
        for _ in range(3)
    ]

    codes = [writer.wait(120) for writer in writers]

    assert codes == [0, 0, 0]
    assert (check(database).ok, check(database).rows) == (True, 180)


# --- anything that is changed, in any chain, is found ---------------------------------------

WORDS = st.text(st.characters(codec="utf-8"), max_size=6)
PAYLOADS = st.dictionaries(
    WORDS, st.one_of(st.none(), st.booleans(), st.integers(), WORDS, st.lists(WORDS, max_size=2))
)
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("append"), PAYLOADS),
        st.tuples(st.just("erase"), st.integers(1, 8)),
    ),
    min_size=1,
    max_size=8,
)
CHAIN_COLUMNS = ("prev", "hash", "kind", "subject", "at", "commitment", "algorithm")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database without rows, to copy instead of migrating for every example."""
    file = tmp_path_factory.mktemp("template") / "gongkai.db"
    with Database(f"sqlite:///{file}") as database:
        database.migrate()
        database.scrub()
    return file


def perform(database: Database, acts: list[tuple[str, object]]) -> int:
    """Do what is asked where it can be done; how many rows the chain has then."""
    with database.write() as connection:
        for act, value in acts:
            if act == "append":
                assert isinstance(value, dict)
                chain.append(connection, "a.b", "document:1", value, "张晓明示例", AT)
                continue
            assert isinstance(value, int)
            rows = connection.execute(select(tables.chain.c.seq, tables.chain.c.kind))
            kinds = {row.seq: row.kind for row in rows}
            if kinds.get(value, "payload.erased") != "payload.erased":
                chain.erase(connection, value, "x", "y", AT)
        return chain.head(connection).seq


def other(value: str | bytes, at: int) -> str | bytes:
    """The same value with one character or byte changed."""
    place = at % len(value)
    if isinstance(value, bytes):
        return value[:place] + bytes([value[place] ^ 1]) + value[place + 1 :]
    changed = "0" if value[place] != "0" else "1"
    return value[:place] + changed + value[place + 1 :]


def mutate(file: Path, how: str, one: int, two: int, at: int) -> bool:
    """Change the stored chain behind its back; False when there was nothing to change."""
    with closing(sqlite3.connect(file)) as raw, raw:
        if how in CHAIN_COLUMNS:
            found = raw.execute(f"SELECT {how} FROM chain WHERE seq = ?", (one,)).fetchone()
            raw.execute(f"UPDATE chain SET {how} = ? WHERE seq = ?", (other(found[0], at), one))
        elif how in ("salt", "body"):
            found = raw.execute(f"SELECT {how} FROM payload WHERE seq = ?", (one,)).fetchone()
            if found[0] is None:
                return False
            raw.execute(f"UPDATE payload SET {how} = ? WHERE seq = ?", (other(found[0], at), one))
        elif how == "drop row":
            raw.execute("DELETE FROM chain WHERE seq = ?", (one,))
            if at % 2:
                raw.execute("DELETE FROM payload WHERE seq = ?", (one,))
        elif how == "drop payload":
            raw.execute("DELETE FROM payload WHERE seq = ?", (one,))
        elif how == "empty payload":
            found = raw.execute("SELECT body FROM payload WHERE seq = ?", (one,)).fetchone()
            raw.execute("UPDATE payload SET salt = NULL, body = NULL WHERE seq = ?", (one,))
            return found[0] is not None
        elif how in ("swap rows", "swap payloads"):
            if one == two:
                return False
            table = "chain" if how == "swap rows" else "payload"
            held = [
                raw.execute("SELECT body FROM payload WHERE seq = ?", (seq,)).fetchone()[0]
                for seq in (one, two)
            ]
            if table == "payload" and held == [None, None]:
                return False
            for old, new in ((one, -1), (two, one), (-1, two)):
                raw.execute(f"UPDATE {table} SET seq = ? WHERE seq = ?", (new, old))
        elif how == "stray payload":
            raw.execute("INSERT INTO payload (seq, salt, body) VALUES (?, x'00', '{}')", (1000,))
        elif how == "head":
            raw.execute("UPDATE meta SET value = value || '0' WHERE key = 'chain.head'")
    return True


HOWS = (
    *CHAIN_COLUMNS,
    *("salt", "body", "drop row", "drop payload", "empty payload"),
    *("swap rows", "swap payloads", "stray payload", "head"),
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    acts=ACTS,
    how=st.sampled_from(HOWS),
    places=st.tuples(st.integers(0, 999), st.integers(0, 999), st.integers(0, 999)),
)
def test_any_chain_verifies_and_any_change_of_it_is_found(
    template: Path,
    acts: list[tuple[str, object]],
    how: str,
    places: tuple[int, int, int],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "gongkai.db"
        shutil.copy(template, file)
        with Database(f"sqlite:///{file}") as database:
            rows = perform(database, acts)
            whole = check(database)
            changed = rows > 0 and mutate(
                file, how, places[0] % rows + 1, places[1] % rows + 1, places[2]
            )
            broken = check(database)

    assert (whole.ok, whole.rows) == (True, rows)
    assert broken.ok is not changed


def test_a_payload_reads_back_as_it_was_given(sqlite: Database) -> None:
    given_payload = {"text": "\ud83d 公开 \x00", "list": ["a", {"b": -1}]}

    with sqlite.write() as connection:
        chain.append(connection, "a.b", "document:1", given_payload, "", AT)
    with sqlite.read() as connection:
        read = chain.events(connection, "document:1")[0].payload

    assert read == given_payload
    assert check(sqlite).ok
