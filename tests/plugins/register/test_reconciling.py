"""The register against what is really public (REG-05)."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from gongkai.errors import UnreadableDocument
from gongkai.moment import now
from gongkai.store import chain
from gongkai_plugins.register import reports
from gongkai_plugins.register import tables as own
from gongkai_plugins.register.codes import Channel, Standing
from gongkai_plugins.register.online import Item, Online, read_online
from gongkai_plugins.register.reconciling import Difference, Registered, differences
from gongkai_plugins.register.upkeep import correct
from plugins.register.office import PUBLIC, SECOND, Registry

STAR = "\u2605"
LEVEL = "机" + "密"
WEB = Channel.WEBSITE
DAY = "2026-11-20"
URL = "https://example.invalid/1.html"
NAME = "关于做好示例工作的通知"
ENTRY = Registered(
    "2026-登-001",
    NAME,
    Standing.PUBLISHED,
    urls=frozenset({URL}),
    days=frozenset({DAY}),
    channels=frozenset({WEB}),
    digests=frozenset({"a" * 64}),
)


def entry(**said: Any) -> Registered:
    usual = {name: getattr(ENTRY, name) for name in Registered.__dataclass_fields__}
    return Registered(**{**usual, **said})


def item(**said: Any) -> Item:
    usual: dict[str, Any] = {
        "line": 2,
        "title": NAME,
        "url": URL,
        "date": DAY,
        "channel": WEB,
        "digests": frozenset({"a" * 64}),
    }
    return Item(**{**usual, **said})


def found(registered: list[Registered], online: list[Item]) -> list[tuple[str, str, int]]:
    return [(m.code.value, m.number, m.line) for m in differences(registered, online, WEB)]


def test_what_fits_is_not_told() -> None:
    assert found([ENTRY], [item()]) == []


@pytest.mark.parametrize(
    ("online", "told"),
    [
        pytest.param({"digests": frozenset({"b" * 64})}, Difference.CONTENT, id="content"),
        pytest.param({"title": "另一个标题"}, Difference.TITLE, id="title"),
        pytest.param({"date": "2026-01-01"}, Difference.TIME, id="time"),
        pytest.param({"channel": Channel.WECHAT}, Difference.CHANNEL, id="form"),
    ],
)
def test_each_difference_is_told(online: dict[str, Any], told: Difference) -> None:
    codes = {code for code, _, _ in found([ENTRY], [item(**online)])}

    assert told.value in codes


@pytest.mark.parametrize(
    ("standing", "told"),
    [
        pytest.param(Standing.REGISTERED, Difference.NOT_RECORDED, id="nobody recorded it"),
        pytest.param(Standing.WITHDRAWN, Difference.NOT_PUBLIC, id="taken down by the register"),
        pytest.param(Standing.WITHHELD, Difference.NOT_PUBLIC, id="never to be public"),
    ],
)
def test_what_should_not_be_online_is_told(standing: Standing, told: Difference) -> None:
    assert found([entry(standing=standing)], [item()]) == [(told.value, ENTRY.number, 2)]


def test_what_is_on_one_side_only_is_told_from_both() -> None:
    stranger = item(title="没有登记的文件", url="https://example.invalid/2", digests=frozenset())

    assert found([ENTRY], [stranger]) == [
        ("not_registered", "", 2),
        ("missing", ENTRY.number, 0),
    ]


def test_of_two_entries_of_one_name_the_one_that_counts_is_meant(registry: Registry) -> None:
    first = registry.add()
    correct(registry.keeping(), PUBLIC, {"scope": "本市"}, "范围")
    registry.add(SECOND, name=first.fields.name)
    registry.keeping().cancel(SECOND, "重复")

    with registry.world.database.read() as connection:
        known = reports.registered(connection, registry.lines())
    online = item(title=first.fields.name, url="", digests=frozenset())

    assert [(m.code.value, m.number[-3:]) for m in differences(known, [online], WEB)] == [
        ("not_recorded", "002")
    ]


def test_an_entry_of_a_form_the_list_does_not_cover_is_not_missed() -> None:
    board = entry(channels=frozenset({Channel.NOTICE_BOARD}), urls=frozenset())

    assert found([board], [item(title="别的", url="x", digests=frozenset())]) == [
        ("not_registered", "", 2)
    ]


def test_another_format_than_the_approved_one_is_to_be_compared_by_hand() -> None:
    """No difference is claimed where none can be proven."""
    only_original = entry(digests=frozenset(), originals=frozenset({"c" * 64}))

    assert found([only_original], [item()]) == [("content_unproven", ENTRY.number, 2)]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_list_is_read_by_its_headings(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "清单.csv"
    text = f"标题,网址,发布时间,渠道,摘要值\n{NAME},{URL},2026年11月3日,政府网站,{'a' * 64}\n,,,,\n"
    file.write_text(text, encoding)

    (read,) = read_online(file).items

    assert read == item(date="2026-11-03")


def test_a_workbook_is_read_too(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["URL", "Title", "Date"])
    book.active.append([URL, NAME, "2026-11-03"])
    book.save(tmp_path / "清单.xlsx")

    (read,) = read_online(tmp_path / "清单.xlsx").items

    assert (read.url, read.title, read.date) == (URL, NAME, "2026-11-03")


@pytest.mark.parametrize("data", [b"", b"a,b\n1,2\n", b"PK\x03\x04", b"\xff\xfe\x00\x81"])
def test_what_is_no_list_is_refused(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "清单.csv"
    file.write_bytes(data)

    with pytest.raises(UnreadableDocument, match="清单"):
        read_online(file)


def test_a_folder_is_compared_by_bytes_and_by_text(registry: Registry, tmp_path: Path) -> None:
    """The approved text in other bytes is the same text."""
    registry.add()
    registry.publish()
    folder = tmp_path / "online"
    folder.mkdir()
    text = (registry.world.folder / "通知一.txt").read_text("utf-8")
    (folder / "1.txt").write_text(text.replace("\n", "\r\n"), "utf-8")

    online = read_online(folder)

    with registry.world.database.read() as connection:
        known = reports.registered(connection, registry.lines())
    assert [m.code.value for m in differences(known, online.items, WEB)] == ["title"]


def test_a_marked_file_among_the_public_ones_is_told_first_and_not_named(tmp_path: Path) -> None:
    """INT-04."""
    content = f"{LEVEL}{STAR}长期\n关于某事的通知\n".encode()
    online = item(digests=frozenset({hashlib.sha256(content).hexdigest()}), title="", marked=True)

    told = differences([], [online], WEB)

    assert [(m.code, m.number) for m in told] == [(Difference.MARKED, "")]


def test_a_report_is_dated_on_the_chain_and_holds_no_title(registry: Registry) -> None:
    """REG-05, INT-03."""
    registry.add()
    registry.add(SECOND)
    registry.publish(SECOND)
    online = Online((item(line=7),), "d" * 64)
    with registry.world.database.write() as connection:
        known = reports.registered(connection, registry.lines())
        told = differences(known, online.items, WEB)
        number = reports.record(connection, online, len(known), told, "周慧敏示例", now())

    with registry.world.database.read() as connection:
        (event,) = chain.events(connection, f"register:report-{number}")
        row = connection.execute(select(own.report)).one()
    assert event.kind == "register.reconciled"
    assert row.findings == event.payload["findings"] if event.payload else False
    assert {each["code"] for each in row.findings} >= {"title"}
    assert NAME not in str(row.findings)
    assert PUBLIC not in str(row.findings)
