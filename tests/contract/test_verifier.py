"""The stand-alone verifier: one readable file, the standard library alone, and nothing missed."""

from __future__ import annotations

import ast
import copy
import gzip
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gongkai.store import chain, checkpoints, signing_key
from gongkai.store.chain_export import Payloads, export, verifier
from gongkai.store.checkpoint_format import fingerprint
from gongkai.store.checkpoint_paper import foot, paper
from gongkai.store.checkpoints import Stored
from gongkai.store.database import Database
from gongkai.store.signing_key import Act
from gongkai.verifier.verify_gongkai_register import Check, Unclear, signed_by

AT = "2026-11-21T10:00:00+08:00"
ACT = Act("示例市人力资源和社会保障局", "张晓明示例", AT)
Line = dict[str, Any]


# --- what an auditor can expect of the file --------------------------------------------------


def test_it_imports_the_standard_library_alone() -> None:
    names = {
        name.partition(".")[0]
        for node in ast.walk(ast.parse(verifier()))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }

    assert names <= sys.stdlib_module_names | {"__future__"}
    assert "socket" not in names


def test_it_can_be_read_in_half_an_hour() -> None:
    assert len(verifier().decode("utf-8").splitlines()) <= 400


def test_it_is_written_for_python_3_9() -> None:
    ast.parse(verifier(), feature_version=(3, 9))


# --- signatures ------------------------------------------------------------------------------

VECTORS = [
    pytest.param(
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e3970"
        "1cf9b46bd25bf5f0595bbe24655141438e7a100b",
        id="RFC 8032 test 1",
    ),
    pytest.param(
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613"
        "d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        id="RFC 8032 test 2",
    ),
    pytest.param(
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760"
        "984dc6594a7c15e9716ed28dc027beceea1ec40a",
        id="RFC 8032 test 3",
    ),
    pytest.param(
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        hashlib.sha512(b"abc").hexdigest(),
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c6"
        "6431e0303dca179c138ac17ad9bef1177331a704",
        id="RFC 8032 test SHA(abc)",
    ),
]


@pytest.mark.parametrize(("key", "message", "signature"), VECTORS)
def test_signatures_of_the_standard_are_right(key: str, message: str, signature: str) -> None:
    assert signed_by(key, signature, bytes.fromhex(message).decode("latin-1"))


@pytest.mark.parametrize(("key", "message", "signature"), VECTORS)
def test_a_signature_with_the_order_added_is_refused(
    key: str, message: str, signature: str
) -> None:
    order = 2**252 + 27742317777372353535851937790883648493
    s = int.from_bytes(bytes.fromhex(signature[64:]), "little") + order
    other = signature[:64] + s.to_bytes(32, "little").hex()

    assert not signed_by(key, other, bytes.fromhex(message).decode("latin-1"))


def genuine(key: bytes, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


@settings(max_examples=60, deadline=None)
@given(
    seed=st.binary(min_size=32, max_size=32),
    message=st.binary(max_size=80),
    where=st.sampled_from(["nothing", "key", "signature", "message"]),
    bit=st.integers(0, 511),
)
def test_it_agrees_with_another_implementation(
    seed: bytes, message: bytes, where: str, bit: int
) -> None:
    private = Ed25519PrivateKey.from_private_bytes(seed)
    parts = {
        "key": bytearray(private.public_key().public_bytes_raw()),
        "signature": bytearray(private.sign(message)),
        "message": bytearray(message),
    }
    if where != "nothing" and parts[where]:
        parts[where][bit // 8 % len(parts[where])] ^= 1 << bit % 8
    key, signature, text = (bytes(parts[name]) for name in ("key", "signature", "message"))

    found = signed_by(key.hex(), signature.hex(), text.decode("latin-1"))

    assert found is genuine(key, signature, text)
    assert found is (where == "nothing" or (where == "message" and not message))


@pytest.mark.parametrize(
    ("key", "signature"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("zz" * 32, "00" * 64, id="no digits"),
        pytest.param("ff" * 32, "00" * 64, id="no point"),
        pytest.param("d7" * 32, "00" * 63, id="too short"),
    ],
)
def test_what_is_no_key_or_no_signature_signs_nothing(key: str, signature: str) -> None:
    assert not signed_by(key, signature, "x")


# --- a real export ---------------------------------------------------------------------------


class Office:
    """A small office: two renewed keys, three checkpoints, a register, one lawful erasure."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = Database(f"sqlite:///{folder}/data/gongkai.db")
        self.database.migrate()
        self.enter("verdict.recorded", {"outcome": "clean"})
        self.first = self.checkpoint()
        for serial in (1, 2, 3):
            self.enter("register.entered", {"year": 2026, "serial": serial, "subject": "示例"})
        signing_key.renew(self.database, folder, "定期更换", ACT)
        self.enter("audit.shown", {"name": "李小红示例"})
        with self.database.write() as connection:
            chain.erase(connection, 8, "保存期限届满", "李小红示例", AT)
        self.second = self.checkpoint()
        self.enter("register.published", {"year": 2026, "serial": 2})
        self.last = self.checkpoint()
        self.enter("verdict.recorded", {"outcome": "returned"})

    def enter(self, kind: str, data: dict[str, object]) -> None:
        with self.database.write() as connection:
            chain.append(connection, kind, "document:1", data, "张晓明示例", AT)

    def checkpoint(self) -> Stored:
        return checkpoints.record(self.database, self.folder, ACT, ("市档案馆", ""))

    def export(self, name: str, which: Payloads) -> Path:
        file = self.folder / name
        export(self.database, file, which, ACT)
        return file


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Office(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="module")
def whole(office: Office) -> Path:
    return office.export("whole.jsonl", Payloads.ALL)


@pytest.fixture
def auditor(tmp_path: Path, whole: Path, office: Office) -> Path:
    """An empty folder with the two files an auditor gets, and a checkpoint from the drawer."""
    (tmp_path / "verify_gongkai_register.py").write_bytes(verifier())
    (tmp_path / "export.jsonl").write_bytes(whole.read_bytes())
    (tmp_path / "kept.txt").write_text(paper(office.second), "utf-8")
    return tmp_path


def run(folder: Path, *arguments: str) -> tuple[int, str]:
    """Exit status and words of the verifier, run without site packages or environment."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", "verify_gongkai_register.py", *arguments],
        cwd=folder,
        capture_output=True,
        timeout=60,
        env={"PYTHONUTF8": "1", "PATH": os.environ["PATH"]},
    )
    assert done.stderr == b""
    return done.returncode, done.stdout.decode("utf-8")


def problems(file: Path, *kept: Any) -> list[str]:
    """The keys of what does not fit, in process."""
    check = Check(list(kept))
    check.read(str(file))
    return [problem[0] for problem in check.problems]


def test_it_runs_alone_and_says_what_it_did_not_check(auditor: Path, office: Office) -> None:
    code, said = run(auditor, "export.jsonl", "--checkpoint", "kept.txt")

    assert (code, said.splitlines()[0]) == (0, "结论：相符")
    assert "依规清除1行" in said
    assert "第1行至第9行与制作核验点时相同" in said
    assert "2026年文件序号：1至3，无缺号" in said
    unproven = said.partition("本次没有核验")[2]
    assert "第9行以后" in unproven
    assert "是否真实" in unproven
    assert "公钥取自导出文件本身" not in unproven
    assert "公钥取自导出文件本身" in run(auditor, "export.jsonl")[1]


def test_nothing_is_confirmed_where_something_does_not_fit(auditor: Path) -> None:
    data = (auditor / "export.jsonl").read_bytes().replace(b'"document:1"', b'"document:7"', 1)
    (auditor / "export.jsonl").write_bytes(data)

    code, said = run(auditor, "export.jsonl", "--checkpoint", "kept.txt")

    assert code == 1
    assert "第1行：与其摘要值不一致" in said or "第2行：与其摘要值不一致" in said
    assert "与制作核验点时相同" not in said


def test_it_speaks_english_when_asked(auditor: Path) -> None:
    code, said = run(auditor, "export.jsonl", "--lang", "en")

    assert code == 0
    assert said.startswith("Result: it fits")
    assert "no checkpoint of your own was used" in said


def test_a_fingerprint_from_before_a_renewal_still_leads_to_the_key_in_use(
    auditor: Path, office: Office
) -> None:
    assert office.first.checkpoint is not None
    old = fingerprint(office.first.checkpoint.statement.key)

    code, said = run(auditor, "export.jsonl", "--public-key", old)
    strange, _ = run(auditor, "export.jsonl", "--public-key", "0" * 32)

    assert (code, strange) == (0, 1)
    assert "公钥取自导出文件本身" not in said


def test_the_line_at_the_foot_of_a_ledger_can_be_typed_in(auditor: Path, office: Office) -> None:
    assert office.second.checkpoint is not None
    line = foot(office.second.checkpoint.statement).removeprefix("核验点 ").split(" 公钥")[0]

    fits, said = run(auditor, "export.jsonl", "--checkpoint", line)
    other, _ = run(auditor, "export.jsonl", "--checkpoint", "9:" + "0" * 32)

    assert (fits, other) == (0, 1)
    assert "第1行至第9行" in said


@pytest.mark.parametrize(
    ("which", "left_out"),
    [
        pytest.param(Payloads.REGISTER, "没有看到内容", id="the register alone"),
        pytest.param(Payloads.NONE, "没有附带可核对的登记内容", id="commitments alone"),
    ],
)
def test_contents_left_out_are_said_to_be_unchecked(
    auditor: Path, office: Office, which: Payloads, left_out: str
) -> None:
    (auditor / "export.jsonl").write_bytes(office.export(f"{which}.jsonl", which).read_bytes())

    code, said = run(auditor, "export.jsonl")

    assert code == 0
    assert left_out in said.partition("本次没有核验")[2]


def test_a_packed_export_is_verified_too(auditor: Path, office: Office) -> None:
    (auditor / "x.gz").write_bytes(office.export("x.jsonl.gz", Payloads.ALL).read_bytes())

    assert run(auditor, "x.gz")[0] == 0
    (auditor / "x.gz").write_bytes((auditor / "x.gz").read_bytes()[:-200])
    assert run(auditor, "x.gz")[0] == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(["nowhere.jsonl"], "打不开", id="no file"),
        pytest.param(["kept.txt"], "读不懂", id="no export"),
        pytest.param(["export.jsonl", "--checkpoint", "export.jsonl"], "读不懂", id="no point"),
        pytest.param(["export.jsonl", "--checkpoint", "1:abc"], "打不开", id="too few digits"),
    ],
)
def test_what_cannot_be_checked_ends_with_two(
    auditor: Path, arguments: list[str], words: str
) -> None:
    code, said = run(auditor, *arguments)

    assert (code, words in said) == (2, True)
    assert said.startswith("结论：不能核验")


# --- what does not fit -----------------------------------------------------------------------


def lines(file: Path) -> list[Line]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def write(file: Path, found: list[Line]) -> None:
    """Write lines as somebody would who wants the file to look whole: with an end that fits."""
    body = [
        json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
        for line in found
        if line.get("type") != "end"
    ]
    digest = hashlib.sha256("".join(body).encode()).hexdigest()
    end = f'{{"lines":{len(body)},"sha256":"{digest}","type":"end"}}\n'
    file.write_text("".join(body) + end, "utf-8")


def rows(found: list[Line]) -> list[int]:
    return [place for place, line in enumerate(found) if line["type"] == "row"]


@pytest.fixture
def forged(whole: Path, tmp_path: Path) -> Callable[[Callable[[list[Line]], Any]], list[str]]:
    """What is found after somebody has changed lines and made the file whole again."""

    def check(change: Callable[[list[Line]], Any]) -> list[str]:
        found = lines(whole)
        change(found)
        write(tmp_path / "forged.jsonl", found)
        return problems(tmp_path / "forged.jsonl")

    return check


def drop(kind: str, nth: int = 0) -> Callable[[list[Line]], None]:
    def change(found: list[Line]) -> None:
        del found[[p for p, line in enumerate(found) if line["type"] == kind][nth]]

    return change


def put(kind: str, nth: int, name: str, value: object) -> Callable[[list[Line]], None]:
    def change(found: list[Line]) -> None:
        found[[p for p, line in enumerate(found) if line["type"] == kind][nth]][name] = value

    return change


@pytest.mark.parametrize(
    ("change", "key"),
    [
        pytest.param(drop("checkpoint"), "points", id="a checkpoint left out"),
        pytest.param(drop("key", 1), "points", id="a key left out"),
        pytest.param(put("checkpoint", 0, "signature", "00" * 64), "signature", id="a signature"),
        pytest.param(put("checkpoint", 0, "statement", ""), "line", id="no statement"),
        pytest.param(put("key", 1, "by_previous", "00" * 64), "keys", id="not signed by the old"),
        pytest.param(put("key", 0, "own", "00" * 64), "keys", id="not signed by itself"),
        pytest.param(put("header", 0, "rows", 3), "header", id="another number of rows"),
        pytest.param(put("row", 4, "payload", "left out"), "scope", id="a content withheld"),
        pytest.param(put("row", 4, "payload", "erased"), "unrecorded", id="erased unlawfully"),
        pytest.param(put("row", 7, "payload", "left out"), "undone", id="erased, not marked so"),
        pytest.param(put("row", 4, "more", 1), "line", id="something beside a row"),
        pytest.param(
            lambda found: found[rows(found)[4]]["payload"].update(more=1),
            "payload",
            id="something beside a content",
        ),
        pytest.param(drop("row", -1), "header", id="the last row lost"),
    ],
)
def test_every_change_is_told_by_its_name(
    forged: Callable[..., list[str]], change: Callable[[list[Line]], None], key: str
) -> None:
    assert key in forged(change)


def test_a_lost_tail_is_found_against_a_checkpoint(
    auditor: Path, whole: Path, office: Office
) -> None:
    def cut(found: list[Line]) -> None:
        last = rows(found)[6]
        found[:] = [
            line
            for line in found[: last + 1]
            if line["type"] != "checkpoint" or '"seq":2,' in line["statement"]
        ]
        found[0] |= {"rows": 7, "head": found[-1]["hash"]}

    found = lines(whole)
    cut(found)
    write(auditor / "cut.jsonl", found)

    alone, _ = run(auditor, "cut.jsonl")
    code, said = run(auditor, "cut.jsonl", "--checkpoint", "kept.txt")

    assert alone == 0
    assert code == 1
    assert "末尾有行丢失" in said


def test_a_rewritten_chain_is_found_against_a_checkpoint(auditor: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir(mode=0o700)
    another = Office(tmp_path / "other").export("whole.jsonl", Payloads.ALL)
    (auditor / "other.jsonl").write_bytes(another.read_bytes())

    alone, _ = run(auditor, "other.jsonl")
    code, said = run(auditor, "other.jsonl", "--checkpoint", "kept.txt")

    assert (alone, code) == (0, 1)
    assert "有改写" in said
    assert "属于另一条登记链" in said


def test_a_checkpoint_that_was_altered_is_found(auditor: Path, office: Office) -> None:
    assert office.second.checkpoint is not None
    signature = office.second.checkpoint.signature
    other = type(office.second.checkpoint)(
        office.second.checkpoint.statement, ("1" if signature[0] == "0" else "0") + signature[1:]
    )
    (auditor / "kept.txt").write_text(other.block, "utf-8")

    code, said = run(auditor, "export.jsonl", "--checkpoint", "kept.txt")

    assert code == 1
    assert "签名不符" in said


@pytest.mark.parametrize(
    ("serials", "published", "code", "words"),
    [
        pytest.param((1, 2, 4), 0, 1, "缺第3号", id="a gap"),
        pytest.param((2, 3), 0, 1, "缺第1号", id="the first missing"),
        pytest.param((3, 1, 2), 0, 0, "1至3，无缺号", id="entered out of order"),
        pytest.param((1, 2, 2, 3), 0, 1, "第2号登记了不止一次", id="one given twice"),
        pytest.param((1, 2, 3), 2, 1, "缺第2号", id="known from its publication alone"),
        pytest.param((10**17,), 0, 1, "缺第1号", id="a number beyond all counting"),
    ],
)
def test_a_gap_in_the_serial_numbers_is_found(
    auditor: Path, tmp_path: Path, serials: tuple[int, ...], published: int, code: int, words: str
) -> None:
    with Database(f"sqlite:///{tmp_path}/data/gongkai.db") as database:
        database.migrate()
        with database.write() as connection:
            for serial in serials:
                data = {"year": 2026, "serial": serial}
                kind = "register.published" if serial == published else "register.entered"
                chain.append(connection, kind, "register:1", data, "", AT)
        export(database, auditor / "gap.jsonl", Payloads.REGISTER, ACT)

    found, said = run(auditor, "gap.jsonl")

    assert (found, words in said) == (code, True)


def test_a_packed_export_with_more_behind_it_is_told(auditor: Path, whole: Path) -> None:
    packed = gzip.compress(whole.read_bytes())
    (auditor / "more.jsonl.gz").write_bytes(packed + b"more")

    code, said = run(auditor, "more.jsonl.gz")

    assert (code, "结尾缺失" in said) == (1, True)


def test_a_gap_that_an_erasure_explains_is_only_said(auditor: Path, tmp_path: Path) -> None:
    with Database(f"sqlite:///{tmp_path}/data/gongkai.db") as database:
        database.migrate()
        with database.write() as connection:
            for serial in (1, 2, 3):
                data = {"year": 2026, "serial": serial}
                chain.append(connection, "register.entered", "register:1", data, "", AT)
            chain.erase(connection, 2, "x", "y", AT)
        export(database, auditor / "gap.jsonl", Payloads.REGISTER, ACT)

    code, said = run(auditor, "gap.jsonl")

    assert code == 0
    assert "缺第2号" in said.partition("本次没有核验")[2]


def test_what_stands_in_a_file_does_not_steer_the_terminal(
    auditor: Path, whole: Path, forged: Callable[..., list[str]]
) -> None:
    found = lines(whole)
    found[0]["office"] = "\x1b[2J示例局\u202e"
    write(auditor / "export.jsonl", found)

    _, said = run(auditor, "export.jsonl")

    assert "?[2J示例局?" in said
    assert "\x1b" not in said


# --- any change, in any export, is found -----------------------------------------------------


def fits(data: bytes) -> bool:
    """Whether the verifier finds nothing; what it cannot read does not fit either."""
    with tempfile.NamedTemporaryFile() as file:
        Path(file.name).write_bytes(data)
        try:
            return problems(Path(file.name)) == []
        except Unclear:
            return False


@settings(max_examples=200, deadline=None)
@given(where=st.integers(0, 10**6), bit=st.integers(0, 7))
def test_any_flipped_bit_is_found(whole: Path, where: int, bit: int) -> None:
    data = bytearray(whole.read_bytes())
    data[where % len(data)] ^= 1 << bit

    assert not fits(bytes(data))


@settings(max_examples=60, deadline=None)
@given(start=st.integers(0, 10**6), length=st.integers(1, 5_000))
@example(start=10**6, length=1)
def test_any_bytes_cut_out_are_found(whole: Path, start: int, length: int) -> None:
    data = whole.read_bytes()
    place = start % len(data)

    assert not fits(data[:place] + data[place + length :])


@settings(max_examples=150, deadline=None)
@given(
    how=st.sampled_from(["drop", "twice", "swap", "change"]),
    one=st.integers(0, 99),
    two=st.integers(0, 99),
    name=st.sampled_from(["prev", "hash", "kind", "subject", "at", "commitment", "salt", "body"]),
    place=st.integers(0, 999),
)
def test_any_row_dropped_doubled_moved_or_changed_is_found(
    whole: Path, how: str, one: int, two: int, name: str, place: int
) -> None:
    found = lines(whole)
    places = rows(found)
    first, second = places[one % len(places)], places[two % len(places)]
    if how == "drop":
        del found[first]
    elif how == "twice":
        found.insert(second, copy.deepcopy(found[first]))
    elif how == "swap":
        found[first], found[second] = found[second], found[first]
    else:
        holder = found[first]["payload"] if name in ("salt", "body") else found[first]
        if isinstance(holder, str):
            return
        value = holder[name]
        at = place % len(value)
        holder[name] = value[:at] + ("0" if value[at] != "0" else "1") + value[at + 1 :]
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder) / "x", found)
        data = (Path(folder) / "x").read_bytes()

    assert fits(data) is (how == "swap" and first == second)
