from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.settings import Layout
from gongkai.watch.grouping import bundles_at, group
from gongkai.watch.names import version


@pytest.mark.parametrize(
    "name",
    [
        "关于就业补贴的通知.docx",
        "关于就业补贴的通知（送审稿）.docx",
        "关于就业补贴的通知-送审稿0312.docx",
        "关于就业补贴的通知_20260312_v3.docx",
        "关于就业补贴的通知 定稿.pdf",
        "关于就业补贴的通知修改稿（王局）.docx",
        "关于就业补贴的通知(1).docx",
        "关于就业补贴的通知 - 副本.docx",
        "关于就业补贴的通知第三稿.wps",
    ],
)
def test_versions_of_one_paper_share_a_stem(name: str) -> None:
    assert version(name).stem == "关于就业补贴的通知"


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        pytest.param("工作要点2026.docx", "工作要点2026", id="a year is part of the title"),
        pytest.param("《办法（试行）》通知.docx", "《办法(试行)》通知", id="试行 is no version"),
        pytest.param("2.关于开展检查的通知", "2.关于开展检查的通知", id="a dot is no extension"),
    ],
)
def test_what_belongs_to_the_title_stays(name: str, stem: str) -> None:
    assert version(name).stem == stem


def test_each_folder_below_the_root_is_one_document() -> None:
    files = ["38号/正文.docx", "38号/附件1.xlsx", "38号/附件/名单.xlsx", "2026/39号/正文.docx"]

    groups = group(files, Layout.ONE_FOLDER_PER_DOCUMENT)

    assert [(g.key, g.files) for g in groups] == [
        ("2026/39号", ("2026/39号/正文.docx",)),
        ("38号", ("38号/正文.docx", "38号/附件/名单.xlsx", "38号/附件1.xlsx")),
    ]


def test_files_in_the_root_itself_are_told_apart_by_name() -> None:
    groups = group(["通知.docx", "报告.docx"], Layout.ONE_FOLDER_PER_DOCUMENT)

    assert [g.key for g in groups] == ["报告", "通知"]


def test_a_flat_folder_groups_versions_and_named_attachments() -> None:
    files = [
        "关于甲的通知.docx",
        "关于甲的通知（送审稿）.docx",
        "关于甲的通知-附件1.xlsx",
        "关于乙的报告.docx",
        "附件1.xlsx",
    ]

    groups = {g.key: g.files for g in group(files, Layout.FLAT)}

    assert groups["关于甲的通知"] == (
        "关于甲的通知-附件1.xlsx",
        "关于甲的通知.docx",
        "关于甲的通知（送审稿）.docx",
    )
    assert groups["关于乙的报告"] == ("关于乙的报告.docx",)
    assert groups["附件1"] == ("附件1.xlsx",), "of two papers nobody guesses"


def test_a_nameless_attachment_belongs_to_the_only_paper() -> None:
    groups = group(["关于甲的通知.docx", "附件1.xlsx", "稿纸.json"], Layout.FLAT)

    assert [g.files for g in groups] == [("关于甲的通知.docx", "稿纸.json", "附件1.xlsx")]


def test_checking_a_path_needs_no_settings(tmp_path: Path) -> None:
    (tmp_path / "38号" / "附件").mkdir(parents=True)
    (tmp_path / "39号").mkdir()
    for name in ("38号/正文.docx", "38号/附件/名单.xlsx", "38号/~$正文.docx", "39号/通知.docx"):
        (tmp_path / name).write_bytes(b"x")

    found = [[str(p.relative_to(tmp_path)) for p in files] for files in bundles_at(tmp_path)]

    assert found == [["38号/正文.docx", "38号/附件/名单.xlsx"], ["39号/通知.docx"]]
    assert bundles_at(tmp_path / "39号" / "通知.docx") == [[tmp_path / "39号" / "通知.docx"]]
