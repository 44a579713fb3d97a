from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.model.attribute import Stage
from gongkai.model.bundle import IssueForm, Role
from gongkai.model.content import Block, Content, Format, Part
from gongkai.settings import Folder
from gongkai.watch.attachment_note import attachments_inside, parse_attachment_note
from gongkai.watch.bundles import FileFact, assemble, plan

CUES = (
    "发文稿纸",
    "呈批",
    "批示",
    "花脸稿",
    "会签",
    "修改意见",
    "起草说明",
    "解读",
    "参考",
    "来文",
)
MINUTE = 60 * 10**9
NOTICE = (
    "某市人力资源和社会保障局关于发放就业补贴的通知",
    "各县区人社局：",
    "现将有关事项通知如下。",
    "附件：1.补贴名单",
    "      2.申请表",
    "某市人力资源和社会保障局",
    "2026年3月12日",
)


def text(*lines: str) -> Content:
    blocks = tuple(Block(f"body/p{n}", Part.BODY, line) for n, line in enumerate(lines, 1))
    return Content("0" * 64, Format.DOCX, blocks)


def fact(name: str, *lines: str, minute: int = 0) -> FileFact:
    return FileFact(name, name, text(*lines) if lines else None, minute * MINUTE)


def test_a_real_folder_falls_into_main_attachments_and_working_material() -> None:
    files = [
        fact("正文.docx", *NOTICE, minute=50),
        fact("附件1.xlsx"),
        fact("附件2.docx", "申请表"),
        fact("送审稿0312.docx", *NOTICE, minute=10),
        fact("修改稿(王局).docx", *NOTICE, minute=20),
        fact("会签意见.pdf"),
        fact("发文稿纸扫描.pdf"),
        fact("省厅来文.pdf"),
        fact("稿纸.json"),
    ]

    found = plan(files, CUES)

    assert found.main is not None
    assert found.main.name == "正文.docx"
    assert [f.name for f in found.attachments] == ["附件1.xlsx", "附件2.docx"]
    assert found.references == (
        "会签意见.pdf",
        "修改稿(王局).docx",
        "发文稿纸扫描.pdf",
        "省厅来文.pdf",
        "送审稿0312.docx",
    )
    assert (found.missing, found.unlisted, found.question) == ((), (), ())


def test_the_newest_of_a_version_family_is_the_paper() -> None:
    files = [
        fact("关于甲的通知.docx", *NOTICE, minute=1),
        fact("关于甲的通知（修改稿）.docx", *NOTICE, minute=90),
    ]

    found = plan(files, CUES)

    assert found.main is files[1]
    assert found.references == ("关于甲的通知.docx",)


def test_files_copied_in_one_go_are_ordered_by_what_they_call_themselves() -> None:
    files = [fact(n) for n in ("甲的通知送审稿.docx", "甲的通知定稿.docx", "甲的通知.docx")]

    found = plan(files, CUES)

    assert found.main is files[1]


def test_two_candidates_are_one_question_and_both_are_read() -> None:
    files = [
        fact("关于甲的通知.docx", *NOTICE, minute=1),
        fact("关于乙的通知.docx", *NOTICE, minute=30),
    ]

    found = plan(files, CUES)

    assert found.question == ("关于乙的通知.docx", "关于甲的通知.docx")
    assert found.main is files[1]
    assert [f.name for f in found.attachments] == ["关于甲的通知.docx"]


def test_of_several_texts_the_one_with_title_and_recipient_is_the_paper() -> None:
    files = [fact("就业.docx", *NOTICE), fact("名单说明.docx", "名单", "一、张晓明示例")]

    found = plan(files, CUES)

    assert found.main is files[0]
    assert found.question == ()
    assert found.unlisted == ("名单说明.docx",)


def test_a_listed_attachment_nobody_saved_is_missing() -> None:
    found = plan([fact("正文.docx", *NOTICE), fact("附件1：补贴名单.xlsx")], CUES)

    assert found.missing == ("申请表",)
    assert found.unlisted == ()


def test_an_attachment_in_the_same_file_is_not_missing() -> None:
    body = (*NOTICE, "附件1", "补贴名单", "附件2", "申请表")

    found = plan([fact("正文.docx", *body), fact("会签意见.pdf")], CUES)

    assert found.missing == ()


def test_an_attachment_is_recognised_by_its_title_alone() -> None:
    found = plan(
        [fact("正文.docx", *NOTICE), fact("2026年补贴名单.xlsx"), fact("申请表.docx")], CUES
    )

    assert [f.name for f in found.attachments] == ["2026年补贴名单.xlsx", "申请表.docx"]
    assert (found.missing, found.unlisted) == ((), ())


def test_an_extra_file_is_content_and_named() -> None:
    found = plan([fact("正文.docx", *NOTICE[:3]), fact("人员信息.xlsx")], CUES)

    assert [f.name for f in found.attachments] == ["人员信息.xlsx"]
    assert found.unlisted == ("人员信息.xlsx",)


def test_a_pdf_of_the_same_paper_is_read_too() -> None:
    found = plan([fact("通知.docx", *NOTICE[:3]), fact("通知.pdf", minute=90)], CUES)

    assert found.main is not None
    assert found.main.name == "通知.docx"
    assert found.unlisted == ("通知.pdf",)


def test_a_single_file_is_the_paper_whatever_its_name() -> None:
    found = plan([fact("修改意见.docx")], CUES)

    assert found.main is not None


def test_nothing_but_working_material_has_no_main_file() -> None:
    found = plan([fact("发文稿纸扫描.pdf"), fact("会签意见.pdf")], CUES)

    assert found.main is None
    assert found.references == ("会签意见.pdf", "发文稿纸扫描.pdf")


def test_a_title_that_speaks_of_working_material_is_a_paper() -> None:
    files = [fact("关于做好政策解读工作的通知.docx"), fact("《办法》政策解读.docx")]

    found = plan(files, CUES)

    assert found.main is files[0]


@pytest.mark.parametrize(
    ("note", "titles"),
    [
        pytest.param("附件：就业补贴名单\n某市人社局", ["就业补贴名单"], id="one entry"),
        pytest.param("附件：1.名单 2.申请表", ["名单", "申请表"], id="in one line"),
        pytest.param("附件：1．《名单》；2．《申请表》。", ["名单", "申请表"], id="with marks"),
        pytest.param("附件：\n1.名单\n2.表", ["名单", "表"], id="word on its own line"),
        pytest.param("附件1：名单\n附件2：表", ["名单", "表"], id="word repeated"),
        pytest.param("附件：1.2026年名单", ["2026年名单"], id="a year is no number"),
        pytest.param(
            "附件：1.关于进一步做好某项工作的\n实施方案\n      2.表",
            ["关于进一步做好某项工作的实施方案", "表"],
            id="a wrapped title",
        ),
        pytest.param("附件\n名单\n张晓明示例", [], id="the heading of an attachment is no note"),
        pytest.param("详见附件。", [], id="a mention is no note"),
    ],
)
def test_the_attachment_note_lists_titles(note: str, titles: list[str]) -> None:
    assert parse_attachment_note(f"正文。\n{note}") == titles


def test_attachments_behind_the_text_are_found_by_their_headings() -> None:
    lines = ["正文", "附件：1.名单", "2.表", "附件2", "表", "附 件 一", "名单"]

    assert attachments_inside(lines, ["名单", "表"]) == {1, 2}


def test_the_bundle_carries_stage_section_and_form() -> None:
    files = [fact("正文.docx", *NOTICE), fact("附件1.xlsx", "名单")]
    folder = Folder(path=Path("送核"), stage=Stage.SUBMITTED, section="就业科")
    contents = {f.name: f.content for f in files if f.content is not None}

    bundle = assemble(plan(files, CUES), contents, folder, IssueForm(section="办公室"))

    assert bundle.main.role is Role.MAIN
    assert [(m.name, m.number, m.prefix) for m in bundle.attachments] == [
        ("附件1.xlsx", 1, "attachment1/")
    ]
    assert (bundle.stage, bundle.section, bundle.missing) == (
        Stage.SUBMITTED,
        "办公室",
        ("申请表",),
    )
