"""Personal data: one matter per column or passage; what a public list may show stays (PRO-14)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import Workbook

from core.judging.papers import (
    LIST,
    SOMEBODY,
    bundle,
    clicks,
    codes,
    identity,
    notice,
    the,
    with_list,
    workbook,
)
from gongkai.model.attribute import Severity
from gongkai.model.finding import FindingCode
from gongkai.samples.gbt9704 import OfficialDocument, SampleAttachment
from gongkai.samples.pdf import Sheet, build_pdf, ruled_table
from gongkai.samples.people import people
from gongkai.samples.workbook import roster
from gongkai.testing import judged

ROSTER, DIRECT, NAME = FindingCode.PII_ROSTER, FindingCode.PII_DIRECT, FindingCode.PERSON_NAME
NUMBERS = ("姓名", "身份证号码", "联系电话")
PUBLIC_LIST = notice(
    title="关于职业技能培训补贴发放名单的公示",
    recipients="",
    body=("经审核，拟对下列人员发放职业技能培训补贴，现予公示。监督电话：0951-6012345。",),
    attachment_note=("职业技能培训补贴发放名单",),
)


def sheets(*tables: Sequence[Sequence[str]]) -> bytes:
    """A workbook whose tables stand below each other with an empty row between."""
    book = Workbook()
    for table in tables:
        for line in table:
            book.active.append(list(line))
        book.active.append([])
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def listed(paper: OfficialDocument, data: bytes) -> Mapping[str, bytes]:
    return bundle(paper, {"附件：职业技能培训补贴发放名单.xlsx": data})


def test_two_hundred_people_are_one_matter_per_offending_column() -> None:
    verdict = judged(with_list(workbook(200, "姓名", "身份证号码", "联系电话", "银行账号")))

    assert sorted(clicks(verdict)) == [NAME, ROSTER, ROSTER, ROSTER]
    assert {f.count for f in verdict.findings if f.code in (ROSTER, NAME)} == {200}
    assert {f.detail("header") for f in verdict.findings if f.code is ROSTER} == {
        "身份证号码",
        "联系电话",
        "银行账号",
    }


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(
            with_list(workbook(20, *NUMBERS, hidden_columns=NUMBERS)), id="hidden columns"
        ),
        pytest.param(with_list(workbook(20, *NUMBERS, caption="人员名单")), id="under a caption"),
        pytest.param(bundle(notice(people=people(20), columns=NUMBERS)), id="in the text"),
        pytest.param(
            bundle(notice(attachments=(SampleAttachment("人员名单", (), people(20), NUMBERS),))),
            id="in an attachment bound in",
        ),
        pytest.param(
            with_list(
                build_pdf(
                    [Sheet(ruled_table(roster(people(20), NUMBERS), widths=(40, 70, 200, 120)))]
                ),
                "附件：人员名单.pdf",
            ),
            id="in a PDF",
        ),
    ],
)
def test_a_list_is_told_by_column_wherever_it_stands(files: Mapping[str, bytes]) -> None:
    verdict = judged(files)

    assert [f.detail("header") for f in verdict.findings if f.code is ROSTER] == [
        "身份证号码",
        "联系电话",
    ]
    assert the(verdict, NAME).count == 20


def test_two_tables_are_two_lists() -> None:
    first, second = (
        roster(people(5), ("姓名", "身份证号码")),
        roster(people(6, 2), ("姓名", "联系电话")),
    )

    verdict = judged(with_list(sheets(first, second)))

    found = [(f.detail("header"), f.count) for f in verdict.findings if f.code is ROSTER]
    assert found == [("身份证号码", 5), ("联系电话", 6)]


def test_one_row_is_a_person_not_a_list() -> None:
    verdict = judged(with_list(workbook(1, "姓名", "身份证号码")))

    assert the(verdict, DIRECT).detail("kind") == "ID_NUMBER"
    assert ROSTER not in codes(verdict)


def test_a_telephone_directory_of_offices_is_no_matter() -> None:
    table = [
        ["序号", "单位", "联系人", "联系电话"],
        ["1", "市就业服务中心", "王建国", "0951-6012345"],
        ["2", "市社会保险中心", "李丽华", "0951-6012346"],
    ]

    assert clicks(judged(with_list(sheets(table)))) == []


def test_mobiles_of_contact_persons_are_one_warning() -> None:
    table = [
        ["序号", "单位", "联系人", "联系电话"],
        ["1", "市就业服务中心", "王建国", "13900001234"],
        ["2", "市社会保险中心", "李丽华", "13900001235"],
    ]

    assert clicks(judged(with_list(sheets(table)))) == [FindingCode.STAFF_CONTACT]


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        pytest.param(("姓名", "性别", "补助金额（元）"), [], id="permitted"),
        pytest.param(("姓名", "身份证号码"), ["身份证号码"], id="identity number"),
        pytest.param(("姓名", "联系电话"), ["联系电话"], id="telephone"),
        pytest.param(("姓名", "家庭住址"), ["家庭住址"], id="home address"),
        pytest.param(("姓名", "银行账号"), ["银行账号"], id="account"),
    ],
)
def test_a_public_list_keeps_its_fields_and_loses_the_rest(
    columns: tuple[str, ...], told: list[str]
) -> None:
    verdict = judged(listed(PUBLIC_LIST, workbook(30, *columns)))

    assert [f.detail("header") for f in verdict.findings if f.code is ROSTER] == told
    assert NAME not in codes(verdict)
    assert the(verdict, FindingCode.NAMED_LIST_EXEMPTION_USED).severity is Severity.INFO


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(f"身份证号码：{SOMEBODY.id_number}", id="identity number"),
        pytest.param(f"本人手机：{SOMEBODY.phone}", id="mobile"),
        pytest.param(f"银行卡号：{SOMEBODY.bank_card}", id="account"),
    ],
)
def test_permission_for_a_column_covers_nothing_else_in_it(words: str) -> None:
    table = [["姓名", "补贴金额", "备注"], ["王建国", "500", words], ["李丽华", "500", ""]]

    verdict = judged(listed(PUBLIC_LIST, sheets(table)))

    assert the(verdict, DIRECT).severity is Severity.BLOCK


def test_a_name_and_a_number_in_one_cell_are_told_by_the_number() -> None:
    table = [["姓名", "金额"], [f"王建国{SOMEBODY.id_number}", "500"], ["李丽华", "500"]]

    verdict = judged(with_list(sheets(table)))

    assert DIRECT in codes(verdict)


def test_masked_people_with_many_details_may_still_be_recognised() -> None:
    table = [
        ["姓名", "性别", "出生年月", "毕业院校", "专业"],
        ["王**", "男", "1975年3月", "示例大学", "法学"],
        ["李**", "女", "1980年5月", "示例大学", "会计"],
    ]

    verdict = judged(with_list(sheets(table)))

    assert the(verdict, FindingCode.PII_QUASI).severity is Severity.WARNING
    assert ROSTER not in codes(verdict)


def test_a_recruiting_plan_describes_posts_not_people() -> None:
    table = [
        ["岗位", "人数", "性别", "学历", "专业", "年龄"],
        ["会计", "2", "不限", "本科", "会计学", "35周岁以下"],
        ["法务", "1", "不限", "本科", "法学", "35周岁以下"],
    ]

    assert clicks(judged(with_list(sheets(table)))) == []


def test_dates_of_birth_beside_names_are_a_column_of_the_list() -> None:
    table = [
        ["姓名", "出生年月", "单位"],
        ["王建国", "1975年3月", "市就业中心"],
        ["李丽华", "1980年5月", "市就业中心"],
    ]

    verdict = judged(with_list(sheets(table)))

    assert the(verdict, ROSTER).detail("header") == "出生年月"
    assert FindingCode.PII_QUASI not in codes(verdict)


def test_a_decision_outlives_changes_elsewhere_and_not_of_the_value() -> None:
    first = notice(body=("现就有关事项通知如下。", f"本人手机：{SOMEBODY.phone}。"))
    moved = replace(first, body=("请抓紧落实。", "现将有关事项通知如下：", *first.body[1:]))
    other = replace(first, body=(first.body[0], "本人手机：13900009999。"))

    assert identity(first, DIRECT) == identity(moved, DIRECT)
    assert identity(first, DIRECT) != identity(other, DIRECT)


def test_one_more_row_is_another_list() -> None:
    keys = {identity(with_list(workbook(n, "身份证号码"), LIST), ROSTER) for n in (5, 6)}

    assert len(keys) == 2


def test_headings_are_part_of_what_was_decided() -> None:
    numbers = [person.phone for person in people(3)]
    tables = [[[heading], *([n] for n in numbers)] for heading in ("手机号码", "本人电话")]
    tables = [
        [["姓名", *line] if not i else [f"王{i}", *line] for i, line in enumerate(t)]
        for t in tables
    ]

    first, second = (identity(with_list(sheets(table)), ROSTER) for table in tables)

    assert first != second


def test_whoever_typed_the_paper_is_not_named_in_it() -> None:
    assert clicks(judged(notice(author="王建国"))) == []
