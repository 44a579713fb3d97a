"""台账: what stands in it, struck through and tied to the chain."""

from __future__ import annotations

import io
import re
from dataclasses import fields, replace

import pytest
from docx import Document
from openpyxl import load_workbook

from gongkai.forms.papers import Ledger, LedgerEntry
from gongkai.forms.render import render_docx, render_xlsx
from gongkai.lifecycle.act import Act
from gongkai_plugins.register.ledger import Period, ledger
from gongkai_plugins.register.tables import metadata
from gongkai_plugins.register.upkeep import correct
from plugins.register.office import INTERNAL, PUBLIC, SECOND, Registry, today
from procedure.office import OFFICER


def this_year() -> Period:
    year = today()[:4]
    return Period(f"{year}-01-01", f"{year}-12-31")


@pytest.fixture
def printed(registry: Registry) -> Ledger:
    """A published, a cancelled, a corrected and a withheld entry."""
    registry.add()
    registry.publish()
    registry.add(SECOND)
    registry.keeping().cancel(SECOND, "重复立件")
    registry.add(INTERNAL)
    correct(registry.keeping(), INTERNAL, {"subject": "内部工作"}, "主题")
    registry.keeping().withhold(INTERNAL)
    profile = registry.world.profile
    return ledger(registry.lines(), this_year(), "serial", profile, Ledger("", foot="核验点 3"))


def test_every_entry_stands_in_the_ledger_cancelled_ones_too(printed: Ledger) -> None:
    """REG-03, REG-13, 条例12: four rows for four numbers."""
    rows = printed.entries

    assert [row.serial[-3:] for row in rows] == ["001", "002", "003", "004"]
    assert [bool(row.cancelled) for row in rows] == [False, True, True, False]
    assert rows[0].disclosed_on == today()
    assert rows[0].channel == "政府网站"
    assert (rows[0].attribute, rows[3].attribute) == ("主动公开", "不予公开")
    assert rows[1].cancelled == f"重复立件（{today()}）"
    assert "更正" in rows[3].remark
    assert "下次评估" in rows[3].remark


def test_what_was_withdrawn_without_a_word_to_the_register_has_no_blank_reason(
    registry: Registry,
) -> None:
    registry.add()
    registry.publish()
    registry.world.act(PUBLIC, OFFICER, Act.WITHDRAW, reason="紧急")

    made = ledger(registry.lines(), this_year(), "serial", registry.world.profile, Ledger(""))

    assert made.entries[0].remark == "已撤下"


def test_it_prints_as_a_sheet_with_cancelled_rows_struck(printed: Ledger) -> None:
    page = load_workbook(io.BytesIO(render_xlsx(printed))).worksheets[0]

    struck = {
        str(row[0].value): bool(row[0].font.strike)
        for row in page.iter_rows(min_row=5)
        if row[0].value and "登" in str(row[0].value)
    }
    assert list(struck.values()) == [False, True, True, False]
    assert any("核验点 3" in str(cell.value) for row in page.iter_rows() for cell in row)


def test_it_prints_as_pages(printed: Ledger) -> None:
    document = Document(io.BytesIO(render_docx(printed)))

    words = [cell.text for row in document.tables[0].rows for cell in row.cells]
    assert f"{today()[:4]}-登-001" in words


def test_a_period_holds_what_was_registered_in_it(registry: Registry) -> None:
    registry.add()
    profile, lines = registry.world.profile, registry.lines()

    inside = ledger(lines, Period(today(), today()), "serial", profile, Ledger(""))
    outside = ledger(lines, Period("2020-01-01", "2020-12-31"), "serial", profile, Ledger(""))

    assert (len(inside.entries), len(outside.entries)) == (1, 0)
    assert outside.period == "2020年"


def test_a_catalogue_is_sorted_by_index(registry: Registry) -> None:
    """PUB-04, PUB-05."""
    registry.add(PUBLIC)
    registry.add(SECOND)
    lines = registry.lines()
    swapped = (
        replace(lines[0], entry=replace(lines[0].entry, index_number="Z")),
        replace(lines[1], entry=replace(lines[1].entry, index_number="A")),
    )

    made = ledger(swapped, this_year(), "index", registry.world.profile, Ledger(""))

    assert [row.index for row in made.entries] == ["A", "Z"]


def test_nothing_that_is_public_has_a_price() -> None:
    """PRO-18: what is published unasked is free, so nothing keeps a fee."""
    kept = {column.name for table in metadata.tables.values() for column in table.columns}
    shown = {field.name for field in fields(LedgerEntry)}

    assert {"subject", "scope"} <= kept
    assert not [name for name in kept | shown if re.search("fee|price|charge|amount|paid", name)]
