from __future__ import annotations

import pytest

from classifiers.papers import content, view, view_of
from gongkai.model.content import Block, Content, Format, Part
from gongkai.model.reading import MarkKind
from gongkai_classifiers.marks import marks

TITLE = "关于做好高校毕业生就业工作的通知"
REST = (
    "各县（区）人社局：",
    "现将有关事项通知如下。",
    "中卫市人力资源和社会保障局",
    "2026年3月12日",
)


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(("内部", TITLE, *REST), id="内部 in the corner"),
        pytest.param(("内 部", TITLE, *REST), id="spaced"),
        pytest.param(("内部事项 注意保管", TITLE, *REST), id="with the call to keep it safe"),
        pytest.param(("内部事项", TITLE, *REST), id="short form"),
        pytest.param(("000012", "工作秘密", TITLE, *REST), id="named outright"),
        pytest.param(
            (TITLE, *REST, "（此件属工作秘密，严禁通过互联网传播）"), id="in the annotation"
        ),
    ],
)
def test_work_secret_marks_count_in_mark_position(lines: tuple[str, ...]) -> None:
    found = marks(view(*lines))

    assert [mark.kind for mark in found] == [MarkKind.WORK_SECRET]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param((TITLE, REST[0], "内部", *REST[1:]), id="a line in the body"),
        pytest.param((TITLE, REST[0], "本单位内部事项按规定办理。", *REST[1:]), id="prose"),
        pytest.param(("内部资料", TITLE, *REST), id="内部资料 is a cue, not a mark"),
        pytest.param(("关于工作秘密管理的通知", *REST), id="a title about work secrets"),
        pytest.param(("特急", TITLE, *REST), id="urgency"),
        pytest.param(
            ("内部事项", "某某电力有限公司文件", TITLE, *REST[:2], "某某电力有限公司", REST[3]),
            id="handling mark of a company",
        ),
    ],
)
def test_other_words_are_no_work_secret_mark(lines: tuple[str, ...]) -> None:
    found = marks(view(*lines))

    assert found == ()


def test_a_page_header_is_a_mark_position() -> None:
    blocks = (
        Block("header1/p1", Part.HEADER, "内部事项 注意保管"),
        Block("body/p1", Part.BODY, TITLE),
    )

    found = marks(view_of(Content("0" * 64, Format.DOCX, (Block("name", Part.NAME, "x"), *blocks))))

    assert [mark.span.place for mark in found] == ["header1/p1"]


@pytest.mark.parametrize(
    ("paper", "place"),
    [
        pytest.param(content("就业管理办法（送审稿）", *REST), "line1", id="in the title"),
        pytest.param(content("（讨论稿）", TITLE, *REST), "line1", id="above the title"),
        pytest.param(content("就业工作方案", "（修改稿）", *REST), "line2", id="below the title"),
        pytest.param(
            content(TITLE, *REST, name="办法送审稿0312.docx"), "name", id="in the file name"
        ),
        pytest.param(
            content(TITLE, *REST, name="办法（代拟稿）.docx"), "name", id="name in brackets"
        ),
    ],
)
def test_draft_marks_count_in_title_head_and_file_name(paper: Content, place: str) -> None:
    found = marks(view_of(paper))

    assert [(mark.kind, mark.span.place) for mark in found] == [(MarkKind.DRAFT, place)]


@pytest.mark.parametrize(
    "paper",
    [
        pytest.param(
            content("关于征求《就业管理办法（征求意见稿）》意见的函", *REST),
            id="another paper's title",
        ),
        pytest.param(content(TITLE, "会议讨论了送审稿。", *REST), id="prose"),
        pytest.param(
            content(TITLE, *REST, name="征求意见稿修改情况的报告.docx"), id="a file about a draft"
        ),
    ],
)
def test_drafts_that_are_told_of_are_no_mark(paper: Content) -> None:
    found = marks(view_of(paper))

    assert found == ()
