from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from gongkai.errors import ConfigurationError, GongkaiError, StoreError
from gongkai.store.database import Database
from gongkai.store.secrets import KEY_FILE, check_key, keyed_hash, office_key, seal, unseal

KEY, OTHER = bytes(32), bytes([1]) * 32

MAKE = """
import sys
from pathlib import Path
from gongkai.store.secrets import office_key
print(office_key(Path(sys.argv[1])).hex())
"""


def test_a_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "data"

    first, second = office_key(folder), office_key(folder)

    assert first == second
    assert len(first) == 32
    assert [path.name for path in folder.iterdir()] == [KEY_FILE]
    assert stat.S_IMODE((folder / KEY_FILE).stat().st_mode) == 0o600


def test_two_offices_have_two_keys(tmp_path: Path) -> None:
    assert office_key(tmp_path / "one") != office_key(tmp_path / "two")


def test_processes_that_start_together_get_one_key(tmp_path: Path) -> None:
    makers = [
        subprocess.Popen(
            [sys.executable, "-c", MAKE, str(tmp_path / "data")],
            stdout=subprocess.PIPE,
            text=True,
            env={"PYTHONPATH": ":".join(sys.path)},
        )
        for _ in range(4)
    ]

    keys = {maker.communicate(timeout=60)[0] for maker in makers}

    assert len(keys) == 1
    assert len(list((tmp_path / "data").iterdir())) == 1


@pytest.mark.parametrize(
    ("content", "mode", "key"),
    [
        pytest.param("00" * 32, 0o644, "key_open", id="others may read it"),
        pytest.param("00" * 31, 0o600, "key_damaged", id="too short"),
        pytest.param("", 0o600, "key_damaged", id="empty"),
        pytest.param("not hexadecimal", 0o600, "key_damaged", id="something else"),
    ],
)
def test_a_key_that_cannot_be_relied_on_is_not_replaced(
    tmp_path: Path, content: str, mode: int, key: str
) -> None:
    file = tmp_path / KEY_FILE
    file.write_text(content, "ascii")
    file.chmod(mode)

    with pytest.raises(ConfigurationError) as caught:
        office_key(tmp_path)

    assert caught.value.key == key
    assert str(file) in str(caught.value)
    assert file.read_text("ascii") == content


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be", "utf-8")

    with pytest.raises(GongkaiError) as caught:
        office_key(tmp_path / "data")

    assert caught.value.key == "key_unreadable"


def test_a_keyed_hash_names_its_algorithm_and_depends_on_the_key() -> None:
    mine = keyed_hash(KEY, "张晓明示例")

    assert mine == keyed_hash(KEY, "张晓明示例")
    assert mine != keyed_hash(OTHER, "张晓明示例")
    assert mine.startswith("hmac-sha256:")
    assert len(mine) == len("hmac-sha256:") + 32
    assert keyed_hash(KEY, "\udcb9") != keyed_hash(KEY, "?")


@pytest.mark.parametrize(
    ("key", "purpose", "cut"),
    [
        pytest.param(OTHER, "Q-2026-001", 0, id="another key"),
        pytest.param(KEY, "Q-2026-002", 0, id="another case"),
        pytest.param(KEY, "Q-2026-001", 1, id="bytes are missing"),
        pytest.param(KEY, "Q-2026-001", 99, id="nothing is left"),
    ],
)
def test_what_is_sealed_opens_for_its_key_and_case_alone(
    key: bytes, purpose: str, cut: int
) -> None:
    sealed = seal(KEY, "/srv/\udcb9", "Q-2026-001")

    assert unseal(KEY, sealed, "Q-2026-001") == "/srv/\udcb9"
    with pytest.raises(StoreError) as caught:
        unseal(key, sealed[cut:], purpose)
    assert caught.value.key == "key_changed"


def test_a_database_knows_its_key(database: Database) -> None:
    with database.write() as connection:
        check_key(connection, KEY)
        check_key(connection, KEY)

    with pytest.raises(StoreError) as caught, database.write() as connection:
        check_key(connection, OTHER)

    assert caught.value.key == "key_changed"
