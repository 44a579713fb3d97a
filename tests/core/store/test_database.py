from __future__ import annotations

import contextlib
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, inspect, select, text
from sqlalchemy.exc import DBAPIError

from gongkai.errors import ConfigurationError, PluginError, StoreError
from gongkai.mounts import mount_of, parse_mounts
from gongkai.store import schema, tables
from gongkai.store.database import Database
from gongkai.store.disk import NETWORK

COUNT = """
import sys
from sqlalchemy import select, update
from gongkai.store.database import Database
from gongkai.store.tables import meta
with Database(sys.argv[1]) as database:
    for _ in range(100):
        with database.write() as connection:
            counter = select(meta.c.value).where(meta.c.key == "counter").with_for_update()
            value = int(connection.execute(counter).scalar_one())
            connection.execute(
                update(meta).where(meta.c.key == "counter").values(value=str(value + 1))
            )
"""

HANG = """
import sys, time
from sqlalchemy import insert
from gongkai.store.database import Database
from gongkai.store.tables import meta
with Database(sys.argv[1]) as database, database.write() as connection:
    connection.execute(insert(meta).values(key="half", value="done"))
    print("written", flush=True)
    time.sleep(600)
"""

MIGRATE = """
import sys
from gongkai.store.database import Database
with Database(sys.argv[1]) as database:
    database.migrate()
"""


def start(script: str, url: URL) -> subprocess.Popen[str]:
    address = url.render_as_string(hide_password=False)
    return subprocess.Popen(
        [sys.executable, "-c", script, address],
        stdout=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )


def put(database: Database, key: str, value: str) -> None:
    with database.write() as connection:
        connection.execute(tables.meta.insert().values(key=key, value=value))


def get(database: Database, key: str) -> str | None:
    with database.read() as connection:
        return connection.execute(
            select(tables.meta.c.value).where(tables.meta.c.key == key)
        ).scalar()


def test_an_empty_database_gets_exactly_the_tables_of_this_version(database: Database) -> None:
    with database.write() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), tables.metadata)

    assert differences == []


def test_the_named_schema_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    config.set_main_option("path_separator", "os")

    newest = ScriptDirectory.from_config(config).get_current_head()

    assert newest == schema.SCHEMA


def test_a_schema_from_a_newer_program_is_left_alone(database: Database) -> None:
    with database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(StoreError) as caught:
        database.migrate()

    assert caught.value.key == "schema_newer"
    assert "9999" in str(caught.value)


def test_processes_that_start_together_migrate_once(url: URL) -> None:
    starters = [start(MIGRATE, url) for _ in range(4)]

    codes = [starter.wait(60) for starter in starters]
    for starter in starters:
        starter.communicate()

    assert codes == [0, 0, 0, 0]
    with Database(url) as database, database.read() as connection:
        assert inspect(connection).has_table("chain")


def test_two_processes_that_read_and_then_write_lose_no_update(database: Database) -> None:
    put(database, "counter", "0")
    counters = [start(COUNT, database.url) for _ in range(2)]

    for counter in counters:
        counter.communicate(timeout=120)

    assert [counter.returncode for counter in counters] == [0, 0]
    assert get(database, "counter") == "200"


def test_a_writer_killed_in_the_middle_leaves_nothing_and_frees_the_door(
    database: Database,
) -> None:
    hanging = start(HANG, database.url)
    assert hanging.stdout is not None
    assert hanging.stdout.readline() == "written\n"

    hanging.send_signal(signal.SIGKILL)
    hanging.communicate(timeout=60)
    put(database, "after", "written")

    assert get(database, "half") is None
    assert get(database, "after") == "written"


def test_an_exception_undoes_the_whole_transaction(database: Database) -> None:
    with contextlib.suppress(ZeroDivisionError), database.write() as connection:
        connection.execute(tables.meta.insert().values(key="a", value="b"))
        raise ZeroDivisionError

    assert get(database, "a") is None


def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises((StoreError, DBAPIError)), database.read() as connection:
        connection.execute(tables.meta.insert().values(key="a", value="b"))

    assert get(database, "a") is None


def test_a_reader_sees_one_moment_while_others_write(database: Database) -> None:
    count = text("SELECT count(*) FROM meta")

    with database.read() as connection:
        before = connection.execute(count).scalar_one()
        put(database, "a", "b")
        after = connection.execute(count).scalar_one()

    assert before == after
    assert get(database, "a") == "b"


def test_a_reader_is_not_kept_waiting_by_a_writer(database: Database) -> None:
    with database.write() as connection:
        connection.execute(tables.meta.insert().values(key="a", value="b"))
        seen = get(database, "a")

    assert seen is None


def test_a_transaction_inside_a_transaction_is_refused_at_once(database: Database) -> None:
    with (
        database.write(),
        pytest.raises(RuntimeError, match="inside"),
        database.write(),
    ):
        pass

    put(database, "still", "usable")
    assert get(database, "still") == "usable"


def test_a_database_held_for_too_long_is_said_to_be_busy(sqlite: Database) -> None:
    with sqlite.write(), Database(sqlite.url, patience=0.1) as impatient:
        begun = time.monotonic()
        with pytest.raises(StoreError) as caught, impatient.write():
            pass

    assert caught.value.key == "database_busy"
    assert time.monotonic() - begun < 30


def test_sqlite_runs_in_the_mode_that_neither_loses_nor_forgets(sqlite: Database) -> None:
    with sqlite.write() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in (
                "journal_mode",
                "synchronous",
                "foreign_keys",
                "secure_delete",
                "busy_timeout",
            )
        }

    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 60_000,
    }


def test_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "office" / "data" / "gongkai.db"

    with Database(f"sqlite:///{file}") as database:
        database.migrate()
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in file.parent.iterdir()}

    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert modes["gongkai.db"] == 0o600
    assert set(modes.values()) == {0o600}


def test_a_database_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    file = tmp_path / "data" / "gongkai.db"
    file.parent.mkdir(mode=0o700)
    file.touch(mode=0o644)

    Database(f"sqlite:///{file}").close()

    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "opened",
    [
        pytest.param("data", id="others may write into it"),
        pytest.param(".", id="others may put another folder in its place"),
    ],
)
def test_a_folder_others_may_write_to_holds_no_database(tmp_path: Path, opened: str) -> None:
    office = tmp_path / "office"
    (office / "data").mkdir(parents=True, mode=0o700)
    (office / opened).chmod(0o777)

    with pytest.raises(ConfigurationError) as caught:
        Database(f"sqlite:///{office}/data/gongkai.db")

    assert caught.value.key == "folder_open"
    assert not (office / "data" / "gongkai.db").exists()


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("sqlite://", id="in memory: every connection would have its own"),
        pytest.param("sqlite:///:memory:", id="in memory by name"),
        pytest.param("mysql://host/name", id="a database gongkai does not know"),
        pytest.param("just words", id="no address"),
        pytest.param("", id="nothing"),
    ],
)
def test_an_address_gongkai_cannot_use_is_refused(address: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        Database(address)

    assert caught.value.key == "database_url"


def test_a_password_never_shows() -> None:
    with Database("postgresql://office:geheim@localhost:1/gongkai") as database:
        shown = str(database)

    assert "geheim" not in shown


def test_a_database_service_that_is_away_is_named() -> None:
    with (
        Database("postgresql://office:geheim@127.0.0.1:1/gongkai") as database,
        pytest.raises(StoreError) as caught,
        database.read(),
    ):
        pass

    assert caught.value.key == "database_away"
    assert "geheim" not in str(caught.value)


def test_a_file_that_is_no_database_is_called_damaged(tmp_path: Path) -> None:
    file = tmp_path / "data" / "gongkai.db"
    file.parent.mkdir(mode=0o700)
    file.write_bytes(b"these are not the pages of a database " * 200)

    with Database(f"sqlite:///{file}") as database, pytest.raises(StoreError) as caught:
        database.migrate()

    assert caught.value.key == "database_damaged"
    assert str(file) in str(caught.value)


MOUNTS = r"""
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 22 0:40 / /srv/share rw,relatime - cifs //server/share rw
31 22 0:41 / /srv/share/local rw,relatime - ext4 /dev/vdb rw
32 22 0:42 / /srv/公\040文 rw,relatime - nfs4 server:/papers rw
33 22 0:43 / /mnt/over rw - ext4 /dev/vdc rw
34 33 0:44 / /mnt/over rw - fuse.sshfs someone@server: rw
""".strip()


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        pytest.param("/var/gongkai", "ext4", id="under the root file system"),
        pytest.param("/srv/share/data", "cifs", id="a Windows share"),
        pytest.param("/srv/share2", "ext4", id="a name that only begins like the share"),
        pytest.param("/srv/share/local/data", "ext4", id="a disk mounted inside a share"),
        pytest.param("/srv/公 文/data", "nfs4", id="a blank in the mount point is escaped"),
        pytest.param("/mnt/over/data", "fuse.sshfs", id="the later mount hides the earlier"),
    ],
)
def test_the_file_system_of_a_folder_is_told_from_the_mounts(folder: str, kind: str) -> None:
    found = mount_of(folder, parse_mounts(MOUNTS.encode()))

    assert found is not None
    assert found.kind == kind
    assert (found.kind in NETWORK) == (kind != "ext4")


PLUGIN = """
from sqlalchemy import Column, Integer, MetaData, Table
metadata = MetaData()
Table("{table}", metadata, {columns})
"""


def plugin(folder: Path, module: str, table: str, *columns: str) -> str:
    made = ", ".join(f'Column("{name}", Integer)' for name in columns)
    (folder / f"{module}.py").write_text(PLUGIN.format(table=table, columns=made), "utf-8")
    return f"{module}:metadata"


def test_a_plugin_gets_its_tables(
    sqlite: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    path = plugin(tmp_path, "room_tables_good", "tea_room_cup", "size")

    sqlite.migrate({"tea-room": [path]})
    sqlite.migrate({"tea-room": [path]})

    with sqlite.read() as connection:
        assert inspect(connection).has_table("tea_room_cup")


@pytest.mark.parametrize(
    ("table", "key"),
    [
        pytest.param("document", "plugin_table_name", id="a table of the core"),
        pytest.param("cup", "plugin_table_name", id="not named after the plugin"),
    ],
)
def test_a_plugin_gets_no_table_under_another_name(
    sqlite: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: str, key: str
) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    path = plugin(tmp_path, f"room_tables_{table}", table, "size")

    with pytest.raises(PluginError) as caught:
        sqlite.migrate({"tea_room": [path]})

    assert caught.value.key == key


def test_a_plugin_whose_stored_table_lacks_a_column_is_told_so(
    sqlite: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    sqlite.migrate({"tea": [plugin(tmp_path, "room_tables_old", "tea_cup", "size")]})
    newer = plugin(tmp_path, "room_tables_new", "tea_cup", "size", "colour")

    with pytest.raises(PluginError) as caught:
        sqlite.migrate({"tea": [newer]})

    assert caught.value.key == "plugin_table_old"
    assert "colour" in str(caught.value)


def test_a_plugin_whose_tables_cannot_be_had_leaves_no_half_schema(
    tmp_path: Path, url: URL
) -> None:
    with Database(url) as database:
        with pytest.raises(PluginError) as caught:
            database.migrate({"tea": ["no_such_module_anywhere:metadata"]})
        with database.read() as connection:
            left = inspect(connection).get_table_names()

    assert caught.value.key == "plugin_tables_missing"
    assert left == []
