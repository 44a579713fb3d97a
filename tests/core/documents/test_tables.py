"""Which rows are headings, and what each column is called."""

from __future__ import annotations

import pytest

from gongkai.documents.tables import headers, is_label


@pytest.mark.parametrize(
    ("grid", "count", "headings"),
    [
        pytest.param(
            [["序号", "姓名", "身份证号码"], ["1", "张某", "119900199001010018"]],
            1,
            ("序号", "姓名", "身份证号码"),
            id="a plain list",
        ),
        pytest.param(
            [
                ["序号", "联系方式", "联系方式"],
                ["序号", "手机", "座机"],
                ["1", "13900000000", "0000-1234567"],
            ],
            2,
            ("序号", "联系方式 手机", "联系方式 座机"),
            id="two heading rows, merged cells",
        ),
        pytest.param(
            [["2026年补贴发放名单"] * 3, ["序号", "姓名", "金额（元）"], ["1", "张某", "500"]],
            2,
            ("序号", "姓名", "金额（元）"),
            id="a caption over the headings",
        ),
        pytest.param(
            [["补贴发放名单", "", ""], ["序号", "姓 名", "金额"], ["1", "张某", "500"]],
            2,
            ("序号", "姓 名", "金额"),
            id="a caption in the first cell alone",
        ),
        pytest.param(
            [["姓名", "张某", "性别", "男"], ["身份证号", "119900199001010018", "民族", "汉族"]],
            0,
            ("", "", "", ""),
            id="a form",
        ),
        pytest.param(
            [["姓名", "", "性别", ""], ["身份证号", "", "民族", ""], ["家庭住址", "", "", ""]],
            0,
            ("", "", "", ""),
            id="a blank form",
        ),
        pytest.param(
            [["姓名", "张某"], ["联系电话", "13900000000"], ["地址", "示例路1号"]],
            0,
            ("", ""),
            id="a form in two columns",
        ),
        pytest.param(
            [["县区", "户数", "补助"], ["甲县", "3", "4"], ["乙县", "5", "6"]],
            1,
            ("县区", "户数", "补助"),
            id="numbers under words",
        ),
        pytest.param(
            [["抄送：市委各部门。"], ["示例市人民政府办公室\t2026年3月6日印发"]],
            0,
            ("",),
            id="the imprint is no list",
        ),
        pytest.param(
            [["张某", "119900199001010018"], ["李某", "119900199001010026"]],
            0,
            ("", ""),
            id="people without headings",
        ),
        pytest.param([["序号", "姓名"], ["", ""]], 1, ("序号", "姓名"), id="an empty list"),
        pytest.param([], 0, (), id="no rows"),
        pytest.param([[], []], 0, (), id="no cells"),
        pytest.param(
            [["序号", "姓名"], ["1"], ["2", "李某", "多一格"]],
            1,
            ("序号", "姓名", ""),
            id="rows of unequal length",
        ),
    ],
)
def test_headings_are_told_from_data(grid, count, headings):
    found = headers(grid)

    assert (found.count, found.headings) == (count, headings)


def test_the_documents_own_word_about_headings_counts():
    grid = [["甲", "乙"], ["丙", "丁"], ["戊", "己"]]

    found = headers(grid, marked=1)

    assert (found.count, found.headings) == (1, ("甲", "乙"))


@pytest.mark.parametrize(
    "text", ["姓名", "身份证号码", "联系电话（手机）", "备 注", "工作单位", "补贴金额"]
)
def test_usual_labels_are_known(text):
    assert is_label(text)


@pytest.mark.parametrize("text", ["张三", "119900199001010018", "示例市东风路1号", "已审核通过"])
def test_values_are_no_labels(text):
    assert not is_label(text)
