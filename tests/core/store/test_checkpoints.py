from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from gongkai.errors import ActionRefused, ConfigurationError, GongkaiError, StoreError
from gongkai.messages import speaking
from gongkai.store import chain, checkpoints, signing_key
from gongkai.store.chain_format import GENESIS
from gongkai.store.checkpoint_format import (
    Checkpoint,
    Kept,
    Statement,
    digest_of,
    fingerprint,
    read_blocks,
    read_typed,
)
from gongkai.store.checkpoint_paper import foot, paper, write_paper
from gongkai.store.checkpoint_trust import DoubtCode, Trust, examine
from gongkai.store.checkpoints import Stored
from gongkai.store.database import Database
from gongkai.store.signing_key import KEY_FILE, Act
from gongkai.store.verification import ProblemCode, verify

AT = "2026-11-21T10:00:00+08:00"
ACT = Act("示例市人力资源和社会保障局", "张晓明示例", AT)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "keys"
    place.mkdir(mode=0o700)
    return place


def fill(database: Database, rows: int) -> None:
    with database.write() as connection:
        chain.extend(
            connection,
            [chain.Entry("a.b", f"document:{n}", {"n": n}, "", AT) for n in range(1, rows + 1)],
        )


def change(database: Database, statement: str) -> None:
    with database.write() as connection:
        connection.execute(text(statement))


def make(database: Database, folder: Path, kept_by: str = "市档案馆") -> Checkpoint:
    made = checkpoints.record(database, folder, ACT, (kept_by, ""))
    assert made.checkpoint is not None
    return made.checkpoint


def trust(database: Database, *kept: Kept, key: str = "") -> Trust:
    with database.read() as connection:
        return examine(connection, kept, key)


def codes(found: Trust) -> list[tuple[DoubtCode, int]]:
    return [(doubt.code, doubt.seq) for doubt in found.doubts]


def as_kept(checkpoint: Checkpoint) -> Kept:
    (kept,) = read_blocks(checkpoint.block, "抽屉")
    return kept


# --- making ----------------------------------------------------------------------------------


def test_a_checkpoint_signs_the_last_row_before_its_own(database: Database, folder: Path) -> None:
    fill(database, 3)

    made = make(database, folder)

    with database.read() as connection:
        own = chain.events(connection, "checkpoint:4")[0]
        report = verify(connection, [chain.Head(4, made.statement.hash)])
    assert (made.genuine, made.statement.seq, own.seq) == (True, 4, 5)
    assert (report.ok, report.confirmed, report.rows) == (True, 4, 5)
    assert own.payload is not None
    assert own.payload["statement"] == made.statement.text
    assert codes(trust(database)) == []


def test_the_first_checkpoint_makes_the_key_and_says_so_in_the_chain(
    database: Database, folder: Path
) -> None:
    made = make(database, folder)

    with database.read() as connection:
        (key,) = signing_key.recorded(connection)
    assert (key.seq, key.key, key.previous) == (1, made.statement.key, "")
    assert key.genuine
    assert stat.S_IMODE((folder / KEY_FILE).stat().st_mode) == 0o600
    assert made.statement.key not in (folder / KEY_FILE).read_text()


def test_every_checkpoint_repeats_the_one_before(database: Database, folder: Path) -> None:
    first, second = make(database, folder), make(database, folder)

    assert first.statement.previous == GENESIS
    assert second.statement.previous == digest_of(first.statement.text)
    assert first.statement.chain == second.statement.chain


def test_a_checkpoint_counts_what_was_erased_until_then(database: Database, folder: Path) -> None:
    fill(database, 3)
    with database.write() as connection:
        chain.erase(connection, 2, "保存期限届满", "李小红示例", AT)

    made = make(database, folder)

    assert made.statement.erased == 1


def test_nobody_signs_a_chain_that_does_not_fit(database: Database, folder: Path) -> None:
    fill(database, 3)
    change(database, "UPDATE chain SET kind = 'x' WHERE seq = 2")

    with pytest.raises(StoreError) as caught:
        make(database, folder)

    assert (caught.value.key, caught.value.values["seq"]) == ("checkpoint_chain_broken", 2)
    with database.read() as connection:
        assert checkpoints.latest(connection) is None


def test_what_is_signed_is_what_the_page_promises(database: Database, folder: Path) -> None:
    made = make(database, folder)
    said = made.statement

    assert said.text == (
        '{"algorithm":"gongkai-chain-1","chain":"' + said.chain + '","erased":0,'
        '"format":"gongkai-checkpoint-1","hash":"' + said.hash + '","key":"' + said.key + '",'
        '"made_at":"2026-11-21T10:00:00+08:00","made_by":"\\u5f20\\u6653\\u660e\\u793a\\u4f8b",'
        '"office":"\\u793a\\u4f8b\\u5e02\\u4eba\\u529b\\u8d44\\u6e90\\u548c\\u793e\\u4f1a'
        '\\u4fdd\\u969c\\u5c40","previous":"' + GENESIS + '","seq":1,"signature":"ed25519"}'
    )
    assert Statement.of(said.text) == said


@pytest.mark.parametrize("seq", [pytest.param(1, id="a key"), pytest.param(2, id="a checkpoint")])
def test_what_signatures_need_cannot_be_erased(sqlite: Database, folder: Path, seq: int) -> None:
    make(sqlite, folder)

    with pytest.raises(StoreError) as caught, sqlite.write() as connection:
        chain.erase(connection, seq, "x", "y", AT)

    assert caught.value.key == "chain_cannot_erase"


# --- on paper --------------------------------------------------------------------------------


def test_the_paper_reads_back_as_the_checkpoint_it_was_made_from(
    database: Database, folder: Path, tmp_path: Path
) -> None:
    fill(database, 2)
    made = checkpoints.record(database, folder, ACT, ("市档案馆", "第四季度"))

    file = write_paper(tmp_path / "核验点", made)

    words = file.read_text("utf-8")
    (kept,) = read_blocks(words, file.name)
    assert kept.checkpoint == made.checkpoint
    assert file.name == "核验点 2026-11-21 第3行.txt"
    assert all(said in words for said in ("市档案馆", "第四季度", "张晓明示例", "第3行"))
    assert fingerprint(kept.checkpoint.statement.key) in words


def test_the_line_at_the_foot_of_a_ledger_can_be_typed_in(database: Database, folder: Path) -> None:
    made = make(database, folder)
    line = foot(made.statement)

    kept = read_typed(line.removeprefix("核验点 ").split(" 公钥")[0])

    assert kept is not None
    with database.read() as connection:
        assert verify(connection, [kept.head]).confirmed == 1


def test_the_paper_survives_mail_that_breaks_and_quotes_lines(
    database: Database, folder: Path
) -> None:
    made = make(database, folder)

    mailed = "您好：\r\n" + made.block.replace("\n", "\r\n   ") + "\r\n-- \r\n"

    assert read_blocks(mailed, "邮件")[0].checkpoint == made


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(lambda block: block.replace("Z", "*", 1), id="a sign base64 does not have"),
        pytest.param(lambda block: "", id="nothing at all"),
        pytest.param(lambda block: block[: len(block) // 2], id="cut off"),
    ],
)
def test_a_broken_block_is_no_checkpoint(
    sqlite: Database, folder: Path, broken: Callable[[str], str]
) -> None:
    block = broken(make(sqlite, folder).block)

    assert read_blocks(block, "x") == ()


@pytest.mark.parametrize(
    "typed",
    [pytest.param("12:" + "a" * 31, id="too few"), pytest.param("12:" + "a" * 65, id="too many")],
)
def test_too_few_digits_prove_nothing(typed: str) -> None:
    with pytest.raises(ValueError, match="digits"):
        read_typed(typed)


def test_english_paper_holds_the_same_block(sqlite: Database, folder: Path) -> None:
    made = checkpoints.record(sqlite, folder, ACT, ("", ""))

    with speaking("en"):
        english = paper(made)

    assert read_blocks(english, "x") == read_blocks(paper(made), "x")


# --- what is found ---------------------------------------------------------------------------


def test_a_lost_tail_is_told_from_a_rewritten_chain(database: Database, folder: Path) -> None:
    fill(database, 3)
    made = make(database, folder)
    change(database, "DELETE FROM payload WHERE seq > 3")
    change(database, "DELETE FROM chain WHERE seq > 3")
    with database.read() as connection:
        head = connection.execute(text("SELECT hash FROM chain WHERE seq = 3")).scalar_one()
    change(database, f"UPDATE meta SET value = '3 {head}' WHERE key = 'chain.head'")

    with database.read() as connection:
        alone = verify(connection)
        found = verify(connection, [as_kept(made).head])

    assert alone.ok
    assert found.problem is not None
    assert (found.problem.code, found.problem.seq) == (ProblemCode.CHECKPOINT_BEYOND, 4)


def test_two_checkpoints_that_contradict_each_other_are_both_held_against_the_row(
    sqlite: Database, folder: Path
) -> None:
    fill(sqlite, 2)
    true = make(sqlite, folder).statement

    with sqlite.read() as connection:
        report = verify(
            connection, [chain.Head(true.seq, "f" * 64), chain.Head(true.seq, true.hash)]
        )

    assert report.problem is not None
    assert report.problem.code is ProblemCode.CHECKPOINT_DIFFERS


def forged(kept: Checkpoint) -> Checkpoint:
    return Checkpoint(kept.statement, kept.signature[:-2] + ("00" if kept.signature[-1] else "11"))


def test_a_wrong_signature_is_found(sqlite: Database, folder: Path) -> None:
    made = make(sqlite, folder)

    found = trust(sqlite, as_kept(forged(made)))

    assert codes(found) == [(DoubtCode.SIGNATURE_WRONG, 1)]


def test_a_checkpoint_of_another_chain_is_found(sqlite: Database, folder: Path, tmp_path) -> None:
    make(sqlite, folder)
    (tmp_path / "other").mkdir(mode=0o700)
    with Database(f"sqlite:///{tmp_path}/other/data/x.db") as other:
        other.migrate()
        strange = make(other, tmp_path / "other")

    found = trust(sqlite, as_kept(strange))

    assert codes(found) == [(DoubtCode.OTHER_CHAIN, 1)]


def test_a_checkpoint_signed_by_somebody_else_is_found(sqlite: Database, folder: Path) -> None:
    made = make(sqlite, folder)
    stranger = signing_key.Signer(os.urandom(32))
    parts = {name: getattr(made.statement, name) for name in Statement.__slots__}
    said = Statement(**{**parts, "key": stranger.public})

    found = trust(sqlite, as_kept(Checkpoint(said, stranger.sign(said.text))))

    assert codes(found) == [(DoubtCode.KEY_UNKNOWN, 1)]


@pytest.mark.parametrize(
    ("statement", "code", "seq"),
    [
        pytest.param("DELETE FROM checkpoint", "record_missing", 2, id="the table emptied"),
        pytest.param(
            "UPDATE checkpoint SET hash = 'x'", "record_differs", 1, id="another hash in the table"
        ),
        pytest.param(
            "UPDATE checkpoint SET signature = public_key",
            "record_differs",
            1,
            id="another signature in the table",
        ),
    ],
)
def test_a_table_that_says_something_else_than_the_chain_is_found(
    database: Database, folder: Path, statement: str, code: str, seq: int
) -> None:
    make(database, folder)

    change(database, statement)

    assert codes(trust(database)) == [(DoubtCode(code), seq)]


def test_a_checkpoint_missing_between_two_is_found(sqlite: Database, folder: Path) -> None:
    for _ in range(3):
        make(sqlite, folder)

    change(sqlite, "DELETE FROM checkpoint WHERE id = 2")

    assert codes(trust(sqlite)) == [
        (DoubtCode.PREVIOUS_DIFFERS, 3),
        (DoubtCode.RECORD_MISSING, 3),
    ]


# --- the key ---------------------------------------------------------------------------------


def test_a_new_key_is_signed_by_the_old_one(database: Database, folder: Path) -> None:
    old = make(database, folder).statement.key

    new = signing_key.renew(database, folder, "定期更换", ACT)

    with database.read() as connection:
        first, second = signing_key.recorded(connection)
    assert (second.previous, second.key) == (old, new.public)
    assert all(key.genuine for key in (first, second))
    assert second.by_previous
    assert make(database, folder).statement.key == new.public
    assert codes(trust(database, key=fingerprint(old))) == []
    assert [file.name for file in folder.iterdir()] == [KEY_FILE]


def test_a_key_nobody_knows_is_not_yours(sqlite: Database, folder: Path) -> None:
    make(sqlite, folder)

    found = trust(sqlite, key="0123 4567 89ab cdef 0123 4567 89ab cdef")

    assert codes(found) == [(DoubtCode.KEY_NOT_YOURS, 0)]


def test_a_lost_key_is_replaced_openly(sqlite: Database, folder: Path) -> None:
    make(sqlite, folder)
    (folder / KEY_FILE).unlink()

    with pytest.raises(ConfigurationError) as caught:
        make(sqlite, folder)
    signing_key.replace_lost(sqlite, folder, "硬盘损坏", ACT)

    assert caught.value.key == "signing_key_lost"
    assert make(sqlite, folder).genuine
    assert (codes(trust(sqlite)), trust(sqlite).replaced) == ([], (3,))


def test_a_key_that_is_there_is_not_replaced_as_lost(sqlite: Database, folder: Path) -> None:
    make(sqlite, folder)

    with pytest.raises(ActionRefused) as caught:
        signing_key.replace_lost(sqlite, folder, "", ACT)

    assert caught.value.key == "signing_key_there"


def test_a_key_that_slips_in_signs_nothing(sqlite: Database, folder: Path) -> None:
    make(sqlite, folder)
    (folder / KEY_FILE).write_text(os.urandom(32).hex() + "\n")

    with pytest.raises(ConfigurationError) as caught:
        make(sqlite, folder)

    assert caught.value.key == "signing_key_differs"


@pytest.mark.parametrize(
    ("spoil", "key"),
    [
        pytest.param(lambda file: file.chmod(0o644), "key_open", id="others can read it"),
        pytest.param(lambda file: file.write_text("x"), "signing_key_damaged", id="no key in it"),
    ],
)
def test_a_key_file_that_cannot_be_trusted_signs_nothing(
    sqlite: Database, folder: Path, spoil: Callable[[Path], object], key: str
) -> None:
    make(sqlite, folder)
    spoil(folder / KEY_FILE)

    with pytest.raises(GongkaiError) as caught:
        make(sqlite, folder)

    assert caught.value.key == key


def test_a_renewal_cut_off_after_its_record_is_finished_by_the_next(
    sqlite: Database, folder: Path
) -> None:
    make(sqlite, folder)
    old = (folder / KEY_FILE).read_bytes()
    new = signing_key.renew(sqlite, folder, "", ACT)
    # As if the program had ended before the new key took its place.
    (folder / KEY_FILE).rename(folder / f"{KEY_FILE}.{new.public[:16]}")
    (folder / KEY_FILE).write_bytes(old)
    (folder / KEY_FILE).chmod(0o600)

    made = make(sqlite, folder)

    assert made.statement.key == new.public
    assert [file.name for file in folder.iterdir()] == [KEY_FILE]


def test_a_key_record_signed_by_nobody_is_found(sqlite: Database, folder: Path) -> None:
    make(sqlite, folder)
    stranger = signing_key.Signer(os.urandom(32))
    with sqlite.write() as connection:
        (known,) = signing_key.recorded(connection)
        statement = known.statement.replace(known.key, stranger.public)
        payload = {"statement": statement, "own": stranger.sign(statement), "by_previous": "00"}
        chain.append(connection, "key.renewed", "key:signing", payload, "", AT)

    assert (DoubtCode.KEY_RECORD_WRONG, 3) in codes(trust(sqlite))


def test_a_statement_lost_from_its_row_cannot_be_printed(sqlite: Database) -> None:
    with pytest.raises(StoreError) as caught:
        paper(Stored(5, AT, "", "", None))

    assert caught.value.key == "checkpoint_record_lost"
