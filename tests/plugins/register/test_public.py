"""Where and when it is public: back-filled one by one or by a sheet, taken back on record."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, update

from gongkai.errors import ActionRefused, UnreadableDocument
from gongkai.lifecycle.act import Act
from gongkai.lifecycle.state import State
from gongkai.store import tables as core
from gongkai_plugins.register import tables as own
from gongkai_plugins.register.codes import Standing
from gongkai_plugins.register.sheet import COLUMNS, moment_of, read_sheet, write_sheet
from plugins.register.office import PUBLIC, SECOND, Registry, a_publication, today
from procedure.office import DRAFTER, OFFICER, PUBLISHER

BEFORE = "2026-01-05"


def counting(registry: Registry) -> list[tuple[str, bool]]:
    with registry.world.database.read() as connection:
        rows = connection.execute(select(own.publication).order_by(own.publication.c.id))
        return [(row.channel, row.counts) for row in rows]


def test_a_publication_moves_the_case_and_keeps_place_time_and_evidence(registry: Registry) -> None:
    """B17, PUB-01: with name and digest of the evidence."""
    entry = registry.add()

    registry.publish(evidence_name="截图.png", evidence_sha256="a" * 64)

    line = registry.line(entry.number)
    assert registry.world.case(PUBLIC).state is State.PUBLISHED
    assert (line.standing, line.disclosed_on) == (Standing.PUBLISHED, today())
    assert line.published[0].publication.evidence_sha256 == "a" * 64


def test_whoever_publishes_may_say_where_and_a_drafter_may_not(registry: Registry) -> None:
    registry.add()
    place = registry.keeping(DRAFTER)

    with pytest.raises(ActionRefused):
        place.publish(PUBLIC, a_publication())
    assert registry.keeping(PUBLISHER).publish(PUBLIC, a_publication())


def test_handed_in_again_it_is_the_same_publication(registry: Registry) -> None:
    registry.add()

    later = f"{today()}T09:30"
    told = [registry.publish(), registry.publish(), registry.publish(published_at=later)]

    assert told == [True, False, False]
    assert counting(registry) == [("website", True)]


def test_the_main_channels_day_is_the_day_of_disclosure(registry: Registry) -> None:
    """PUB-02: another place before it is recorded and leaves the case registered."""
    entry = registry.add(channels=("website", "notice_board"))

    registry.publish(channel="notice_board", url="", evidence_sha256="b" * 64)
    assert registry.world.case(PUBLIC).state is State.REGISTERED
    assert registry.line(entry.number).disclosed_on == ""
    registry.publish()

    assert counting(registry) == [("notice_board", False), ("website", True)]
    assert registry.world.case(PUBLIC).state is State.PUBLISHED


def test_another_place_before_the_main_one_is_guarded_too(registry: Registry) -> None:
    """SEC-01: what may not be published is not on a notice board first."""
    entry = registry.add(channels=("website", "notice_board"))
    with registry.world.database.write() as connection:
        connection.execute(update(core.case).values(core_fingerprint="f1:" + "0" * 32))

    with pytest.raises(ActionRefused):
        registry.publish(channel="notice_board", url="", evidence_sha256="b" * 64)

    assert registry.line(entry.number).published == ()


def test_without_the_main_channel_the_first_place_counts(registry: Registry) -> None:
    registry.add(channels=("notice_board", "media"))

    registry.publish(channel="media")
    registry.publish(channel="notice_board")

    assert counting(registry) == [("media", True), ("notice_board", False)]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        pytest.param(lambda: {"channel": "gazette"}, "公开形式", id="a channel nobody approved"),
        pytest.param(lambda: {"url": ""}, "网址", id="neither address nor evidence"),
        pytest.param(lambda: {"published_at": today(1)}, "晚于今天", id="not yet"),
        pytest.param(lambda: {"published_at": BEFORE}, "早于登记", id="before it was registered"),
    ],
)
def test_a_publication_that_does_not_fit_is_refused(
    registry: Registry, said: Callable[[], dict[str, Any]], why: str
) -> None:
    """REG-02, REG-05."""
    registry.add()

    with pytest.raises(ActionRefused, match=why):
        registry.publish(**said())

    assert registry.world.case(PUBLIC).state is State.REGISTERED


def test_what_was_public_before_is_recorded_with_its_reason_and_shown(registry: Registry) -> None:
    """A15: what happened can be entered, and is not hidden."""
    entry = registry.add()

    registry.publish(published_at=BEFORE, remark="网站先行发布")

    assert registry.line(entry.number).early


def test_a_withdrawal_says_why_and_what_the_public_was_told(registry: Registry) -> None:
    """SRC-18."""
    entry = registry.add()
    registry.publish()

    registry.keeping(OFFICER).withdraw(PUBLIC, "含有个人信息", "因内容调整暂时撤下")

    line = registry.line(entry.number)
    assert registry.world.case(PUBLIC).state is State.WITHDRAWN
    assert (line.standing, line.explanation) == (Standing.WITHDRAWN, "因内容调整暂时撤下")


def test_a_withdrawal_by_another_command_shows_too(registry: Registry) -> None:
    entry = registry.add()
    registry.publish()

    registry.world.act(PUBLIC, OFFICER, Act.WITHDRAW, reason="紧急")

    assert registry.line(entry.number).standing is Standing.WITHDRAWN


def test_what_was_withdrawn_is_not_public_again_because_it_is_looked_at_anew(
    registry: Registry,
) -> None:
    """SEC-19: a leak withdraws without a row of ours."""
    entry = registry.add()
    registry.publish()
    registry.world.act(PUBLIC, OFFICER, Act.WITHDRAW, reason="紧急")

    registry.world.act(PUBLIC, DRAFTER, Act.REDETERMINE, reason="重新确定公开属性")

    assert registry.line(entry.number).standing is Standing.WITHDRAWN


def filled(registry: Registry, tmp_path: Path, rows: list[dict[str, Any]]) -> Path:
    """The sheet as it comes back: each row of ours with what somebody typed."""
    file = tmp_path / "回填.xlsx"
    file.write_bytes(write_sheet(registry.lines()))
    book = load_workbook(file)
    page = book.worksheets[0]
    for at, row in enumerate(rows, 3):
        for name, value in row.items():
            page.cell(at, COLUMNS.index(name) + 1, value)
    book.save(file)
    return file


def test_a_filled_sheet_comes_back_row_by_row(registry: Registry, tmp_path: Path) -> None:
    """B17: bad rows are told, none is lost, and nothing is recorded twice."""
    registry.add()
    registry.add(SECOND)
    rows = [
        {"url": "https://example.invalid/1", "published_at": f"{today()} 09:30"},
        {"url": "=HYPERLINK(A1)", "published_at": today()},
    ]

    found = read_sheet(filled(registry, tmp_path, rows))

    assert [(row.line, row.problem) for row in found] == [(3, ""), (4, "formula")]
    assert found[0].publication is not None
    assert found[0].publication.published_at == f"{today()}T09:30"
    assert registry.keeping(PUBLISHER).publish(found[0].number, found[0].publication)
    assert not registry.keeping(PUBLISHER).publish(found[0].number, found[0].publication)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        pytest.param({"number": "", "url": "x", "published_at": BEFORE}, "no_number", id="number"),
        pytest.param({"channel": "电报", "url": "x"}, "no_channel", id="channel"),
        pytest.param({"url": "x"}, "no_time", id="no time"),
        pytest.param({"url": "x", "published_at": "昨天"}, "no_time", id="time in words"),
        pytest.param(
            {"url": "x", "published_at": BEFORE, "evidence_sha256": "abc"}, "no_digest", id="digest"
        ),
    ],
)
def test_a_row_that_does_not_fit_is_told(
    registry: Registry, tmp_path: Path, row: dict[str, Any], problem: str
) -> None:
    registry.add()

    (found,) = read_sheet(filled(registry, tmp_path, [row]))

    assert found.problem == problem


def test_a_title_that_looks_like_a_formula_is_written_as_text(
    registry: Registry, tmp_path: Path
) -> None:
    registry.add(name="=1+1", doc_number="@SUM(A1)")

    page = load_workbook(filled(registry, tmp_path, [])).worksheets[0]

    assert (page.cell(3, 2).value, page.cell(3, 2).data_type) == ("=1+1", "s")
    assert page.cell(3, 3).data_type == "s"


def test_rows_nobody_filled_in_are_none(registry: Registry, tmp_path: Path) -> None:
    registry.add()

    assert read_sheet(filled(registry, tmp_path, [])) == ()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"number,url\n"])
def test_another_file_is_no_sheet(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "另一个.xlsx"
    file.write_bytes(data)

    with pytest.raises(UnreadableDocument, match="回填表"):
        read_sheet(file)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-21", "2026-11-21"),
        ("2026/11/21 9:05", "2026-11-21T09:05"),
        ("2026年11月3日", "2026-11-03"),
        ("2026年11月3日 14:00", "2026-11-03T14:00"),
        ("2026-02-30", ""),
        ("", ""),
    ],
)
def test_a_moment_is_read_as_people_write_it(text: str, moment: str) -> None:
    assert moment_of(text) == moment
