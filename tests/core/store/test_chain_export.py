from __future__ import annotations

import gzip
import json
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from gongkai.errors import ActionRefused, ConfigurationError
from gongkai.store import chain, checkpoints
from gongkai.store.chain_export import Payloads, export, place_verifier, verifier
from gongkai.store.database import Database
from gongkai.store.signing_key import Act
from gongkai.store.whole_file import whole_file

AT = "2026-11-21T10:00:00+08:00"
ACT = Act("示例市人力资源和社会保障局", "张晓明示例", AT)


def fill(database: Database, folder: Path) -> None:
    """Two entries of a register, two other rows, one of them erased, and a checkpoint."""
    with database.write() as connection:
        chain.append(connection, "verdict.recorded", "document:1", {"n": 1}, "李小红示例", AT)
        for serial in (1, 2):
            entry = {"year": 2026, "serial": serial, "subject": "示例事项"}
            chain.append(connection, "register.entered", f"register:{serial}", entry, "", AT)
        chain.append(connection, "audit.shown", "document:2", {}, "李小红示例", AT)
        chain.erase(connection, 4, "保存期限届满", "李小红示例", AT)
    checkpoints.record(database, folder, ACT, ("市档案馆", ""))


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def contents(file: Path) -> dict[str, str]:
    """What stands for the payload of each kind of row."""
    return {
        line["kind"]: "given" if isinstance(line["payload"], dict) else line["payload"]
        for line in lines(file)
        if line["type"] == "row"
    }


@pytest.fixture
def filled(database: Database, tmp_path: Path) -> Database:
    fill(database, tmp_path)
    return database


def test_an_export_holds_every_row_the_checkpoints_and_the_key(
    filled: Database, tmp_path: Path
) -> None:
    done = export(filled, tmp_path / "x.jsonl", Payloads.REGISTER, ACT)

    found = lines(tmp_path / "x.jsonl")
    kinds = [line.get("type", "") for line in found]
    assert kinds == ["header", "key", "checkpoint", *["row"] * 8, "end"]
    assert (done.rows, done.payloads, done.checkpoints) == (8, 2, 1)
    assert found[0]["office"] == ACT.office
    assert found[-1] == {"type": "end", "lines": 11, "sha256": done.sha256}


@pytest.mark.parametrize(
    ("which", "given"),
    [
        pytest.param(
            Payloads.REGISTER, {"register.entered"}, id="an auditor of the register sees it alone"
        ),
        pytest.param(Payloads.NONE, set(), id="nothing but commitments"),
        pytest.param(
            Payloads.ALL,
            {
                *("verdict.recorded", "register.entered", "payload.erased", "key.made"),
                *("checkpoint.made", "audit.chain_exported"),
            },
            id="everything",
        ),
    ],
)
def test_only_the_contents_that_were_chosen_go_out(
    filled: Database, tmp_path: Path, which: Payloads, given: set[str]
) -> None:
    export(filled, tmp_path / "x.jsonl", which, ACT)

    found = contents(tmp_path / "x.jsonl")
    assert {kind for kind, payload in found.items() if payload == "given"} == given
    assert found["audit.shown"] == "erased"


def test_no_name_goes_out_with_the_register_but_of_those_who_signed(
    filled: Database, tmp_path: Path
) -> None:
    export(filled, tmp_path / "x.jsonl", Payloads.REGISTER, ACT)

    texts = (tmp_path / "x.jsonl").read_text("utf-8")
    once = json.dumps("李小红示例")[1:-1]
    twice = json.dumps(once)[1:-1]
    assert [name for name in ("李小红示例", once, twice) if name in texts] == []


def test_that_it_goes_out_is_itself_a_row_of_the_export(filled: Database, tmp_path: Path) -> None:
    export(filled, tmp_path / "x.jsonl", Payloads.ALL, ACT)

    last = [line for line in lines(tmp_path / "x.jsonl") if line["type"] == "row"][-1]
    body = json.loads(last["payload"]["body"])
    assert last["kind"] == "audit.chain_exported"
    assert body == {"actor": "张晓明示例", "data": {"payloads": "all"}}


def test_a_name_that_ends_in_gz_is_packed(filled: Database, tmp_path: Path) -> None:
    export(filled, tmp_path / "x.jsonl.gz", Payloads.NONE, ACT)

    first = gzip.decompress((tmp_path / "x.jsonl.gz").read_bytes()).splitlines()[0]
    assert json.loads(first)["format"] == "gongkai-chain-export-1"


def test_nobody_else_can_read_an_export(filled: Database, tmp_path: Path) -> None:
    export(filled, tmp_path / "x.jsonl", Payloads.NONE, ACT)

    assert stat.S_IMODE((tmp_path / "x.jsonl").stat().st_mode) == 0o600


def test_no_file_is_replaced_and_nothing_recorded(sqlite: Database, tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text("别人的")

    with pytest.raises(ActionRefused) as caught:
        export(sqlite, tmp_path / "x.jsonl", Payloads.NONE, ACT)

    assert caught.value.key == "chain_export_exists"
    assert (tmp_path / "x.jsonl").read_text() == "别人的"
    with sqlite.read() as connection:
        assert chain.head(connection).seq == 0


def test_a_folder_that_is_not_there_is_named(sqlite: Database, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        export(sqlite, tmp_path / "nowhere" / "x.jsonl", Payloads.NONE, ACT)

    assert caught.value.key == "chain_export_unwritten"


def test_the_verifier_is_put_beside_it_byte_for_byte(tmp_path: Path) -> None:
    file = place_verifier(tmp_path)

    assert file.name == "verify_gongkai_register.py"
    assert file.read_bytes() == verifier()


# --- whole or not at all ---------------------------------------------------------------------

SLOW = """
import sys, time
from pathlib import Path
from gongkai.store.whole_file import whole_file
with whole_file(Path(sys.argv[1])) as stream:
    stream.write(b"half")
    stream.flush()
    print("half", flush=True)
    time.sleep(60)
"""
EXPORT = """
import sys
from pathlib import Path
from gongkai.store.chain_export import Payloads, export
from gongkai.store.database import Database
from gongkai.store.signing_key import Act
with Database(sys.argv[1]) as database:
    print("begun", flush=True)
    export(database, Path(sys.argv[2]), Payloads.ALL, Act("x", "y", sys.argv[3]))
"""


def started(program: str, *arguments: str) -> subprocess.Popen[str]:
    """A process that has said its first word."""
    process = subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        env={"PYTHONPATH": ":".join(sys.path)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    process.stdout.readline()
    return process


def end(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=30)


def test_a_process_killed_while_writing_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "核验点.txt").write_text("上一份")

    end(started(SLOW, str(tmp_path / "核验点.txt")))

    assert (tmp_path / "核验点.txt").read_text() == "上一份"


def test_the_draft_of_a_killed_process_goes_with_the_next_file(tmp_path: Path) -> None:
    end(started(SLOW, str(tmp_path / "x")))
    (left,) = tmp_path.iterdir()
    with whole_file(tmp_path / "x") as stream:
        stream.write(b"1")
    assert left.exists()  # perhaps somebody else is still writing
    os.utime(left, (time.time() - 7200,) * 2)

    with whole_file(tmp_path / "x") as stream:
        stream.write(b"2")

    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("x", b"2")]


def interrupted(path: Path) -> None:
    with whole_file(path) as stream:
        stream.write(b"half")
        raise ZeroDivisionError


def test_an_exception_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        interrupted(tmp_path / "x")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("wait", [0.0, 0.05, 0.2])
def test_an_export_killed_at_any_moment_is_whole_or_not_there(
    database: Database, tmp_path: Path, wait: float
) -> None:
    with database.write() as connection:
        entry = chain.Entry("a.b", "document:1", {"n": 1}, "", AT)
        chain.extend(connection, [entry] * 8_000)
    target = tmp_path / "x.jsonl"
    address = database.url.render_as_string(hide_password=False)

    process = started(EXPORT, address, str(target), AT)
    time.sleep(wait)
    end(process)

    assert not target.exists() or '"type":"end"' in target.read_text().splitlines()[-1]
    export(database, tmp_path / "y.jsonl", Payloads.NONE, ACT)
