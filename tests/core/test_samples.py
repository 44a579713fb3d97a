"""Sample documents are the same bytes every time, and their people belong to nobody."""

from __future__ import annotations

import io
import time

from docx import Document
from openpyxl import load_workbook

from gongkai.documents.docx import read_docx
from gongkai.model.content import Flag
from gongkai.samples.gbt9704 import OfficialDocument, SampleAttachment, official_document
from gongkai.samples.people import bank_card, id_number, people
from gongkai.samples.workbook import roster_workbook

FULL = OfficialDocument(
    people=people(3),
    attachments=(SampleAttachment("名单", ("说明。",), people(2, seed=2)),),
    annotation="（此件公开发布）",
    contact="（联系人：示例科，电话：0000-1234567）",
    corner="特急",
    serial="000001",
    signer="张某",
    imprint="公开方式：主动公开",
    page_header="示例页眉",
    hidden="隐藏的话",
    inserted="新增的话",
    deleted="删去的话",
    comment="请核对",
    properties={"公开属性": "主动公开"},
)


def test_equal_contents_give_equal_bytes_at_any_time():
    first = official_document(FULL), roster_workbook(people(3), comment="批注")
    # Zip archives keep times in steps of two seconds.
    time.sleep(2.1)

    assert (official_document(FULL), roster_workbook(people(3), comment="批注")) == first


def test_every_element_asked_for_stands_in_the_document():
    content = read_docx(official_document(FULL))

    printed = {block.text for block in content.printed}
    flags = {flag for block in content.blocks for flag in block.flags}
    assert {"000001", "特急", "示例页眉", "（此件公开发布）", "公开方式：主动公开"} <= printed
    assert any("签发人：张某" in text for text in printed)
    assert {Flag.HIDDEN, Flag.INSERTED, Flag.DELETED} <= flags
    assert (content.revisions, content.comments) == (2, 1)
    assert content.notes == ()


def test_a_sample_opens_in_other_programs():
    assert Document(io.BytesIO(official_document(FULL))).tables
    assert load_workbook(io.BytesIO(roster_workbook(people(2)))).active["C2"].value


def test_a_roster_can_hide_columns_and_sheets():
    data = roster_workbook(
        people(2), caption="名单", hidden_columns=("联系电话",), hidden_sheet="备查的话"
    )

    book = load_workbook(io.BytesIO(data))

    assert book["名单"].column_dimensions["D"].hidden
    assert [sheet.sheet_state for sheet in book] == ["visible", "hidden"]


def test_id_numbers_pass_their_check_under_a_division_nobody_has():
    weights = [2 ** (17 - i) % 11 for i in range(18)]

    numbers = [person.id_number for person in people(50)]

    assert all(number.startswith("1199") for number in numbers)
    assert all(
        sum(w * (10 if d == "X" else int(d)) for w, d in zip(weights, n, strict=True)) % 11 == 1
        for n in numbers
    )


def test_card_numbers_pass_the_luhn_check():
    digits = [int(d) for d in reversed(bank_card(12345))]

    total = sum(d if i % 2 == 0 else d * 2 - 9 * (d > 4) for i, d in enumerate(digits))

    assert total % 10 == 0


def test_one_seed_gives_one_set_of_people():
    assert people(3) == people(3)
    assert people(3) != people(3, seed=2)
    assert id_number("19900101", 1)[6:14] == "19900101"
