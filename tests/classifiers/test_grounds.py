"""The trained model says what a paper is about, with the words, whatever carries them."""

from __future__ import annotations

import time
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.papers import content, profile, view, view_of
from gongkai.model.bundle import Bundle, Member, Role
from gongkai.model.content import Block, Content, Format, Part
from gongkai.model.reading import GroundCode
from gongkai.script import traditional_to_simplified
from gongkai_classifiers.doc_type import doc_types
from gongkai_classifiers.gist import Part as PaperPart
from gongkai_classifiers.gist import pieces
from gongkai_classifiers.ground_model import GroundModel, built_in
from gongkai_classifiers.grounds import observe
from gongkai_classifiers.ngrams import runs, vector
from gongkai_classifiers.view import View

CONSULTING = (
    "关于商请审阅零工市场管理文本的函",
    "市财政局、市税务局：",
    "文本由我局牵头写成，其中第三章涉及贵局职责，请逐条研究，有不同看法的直接改在稿上，盖章后退我局。",
    "示例市人力资源和社会保障局",
    "2026年3月5日",
)
INSIDE = (
    "关于办公室钥匙统一保管的通知",
    "各科室：",
    "即日起钥匙由办公室编号登记，丢失的当天报告，下班锁好门窗，值班员每晚巡查一遍。",
    "局办公室",
    "2026年3月5日",
)
FOR_ALL = (
    "关于城区公交线路调整的公告",
    "广大市民：",
    "自2026年5月1日起，3路公交改走滨河路，首末班时间不变，老年人凭卡免费乘车，咨询电话见站牌。",
    "示例市交通运输局",
    "2026年4月20日",
)
PRIVATE = (
    "关于张晓明提前退休申请的审核结论",
    "张晓明：",
    "你提交的材料收悉。经查阅本人档案，特殊工种年限不足，暂不符合条件，原件请到窗口取回。",
    "示例县人力资源和社会保障局",
    "2026年3月5日",
)


def likeliest(seen: View) -> GroundCode:
    return max(observe(seen).impressions, key=lambda each: each.chance).ground


@pytest.mark.parametrize(
    ("paper", "ground"),
    [
        pytest.param(CONSULTING, GroundCode.CONSULTATION, id="an opinion asked"),
        pytest.param(INSIDE, GroundCode.INTERNAL, id="keys of the house"),
        pytest.param(PRIVATE, GroundCode.PRIVATE, id="one person's retirement"),
    ],
)
def test_the_likeliest_ground_is_what_the_paper_is_about(paper, ground):
    assert likeliest(view(*paper)) is ground


def test_what_everybody_should_know_is_public():
    chances = {each.ground: each.chance for each in observe(view(*FOR_ALL)).impressions}

    assert chances.get(GroundCode.VITAL, 0) + chances.get(GroundCode.WIDE, 0) > 0.6


def test_chances_add_up_to_one_at_most():
    seen = observe(view(*CONSULTING)).impressions

    assert 0.5 < sum(each.chance for each in seen) <= 1.001


@pytest.mark.parametrize("paper", [CONSULTING, INSIDE, FOR_ALL, PRIVATE])
def test_the_words_stand_where_the_spans_say(paper):
    main = content(*paper)
    blocks = {block.place: block.text for block in main.blocks}

    seen = observe(view_of(main)).impressions[0]

    assert seen.spans
    for span in seen.spans:
        assert span.text == blocks[span.place][span.start : span.end]
        assert span.text


def test_the_title_is_among_the_words():
    spans = observe(view(*CONSULTING)).impressions[0].spans

    assert CONSULTING[0] in [span.text for span in spans]


@pytest.mark.parametrize("paper", [CONSULTING, INSIDE, FOR_ALL, PRIVATE])
def test_the_traditional_twin_has_the_same_answer(paper):
    back = {chr(simple): chr(twin) for twin, simple in traditional_to_simplified().items()}
    twin = tuple("".join(back.get(c, c) for c in line) for line in paper)

    plain, other = observe(view(*paper)), observe(view(*twin))

    assert twin != paper
    assert [(e.ground, e.chance) for e in plain.impressions] == [
        (e.ground, e.chance) for e in other.impressions
    ]


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_spaces_between_characters_change_nothing(data):
    line = CONSULTING[2]
    places = data.draw(st.lists(st.integers(1, len(line) - 1), max_size=6))
    spaced = "".join(" " + c if at in places else c for at, c in enumerate(line))

    seen = observe(view(*CONSULTING[:2], spaced, *CONSULTING[3:])).impressions

    assert [(e.ground, e.chance) for e in seen] == [
        (e.ground, e.chance) for e in observe(view(*CONSULTING)).impressions
    ]


@pytest.mark.parametrize(
    "label",
    ["（此件公开发布）", "（此件不予公开）", "信息公开属性：依申请公开", "公开方式：主动公开"],
)
@pytest.mark.parametrize("dated", [True, False])
def test_the_papers_own_label_is_never_heard(label, dated):
    paper = CONSULTING if dated else CONSULTING[:-1]

    labelled, plain = observe(view(*paper, label)), observe(view(*paper))

    assert [(e.ground, e.chance) for e in labelled.impressions] == [
        (e.ground, e.chance) for e in plain.impressions
    ]


def test_attachments_are_not_heard():
    plain = observe(view(*INSIDE)).impressions

    seen = observe(view_of(content(*INSIDE), content(*FOR_ALL, name="附件.txt"))).impressions

    assert [(e.ground, e.chance) for e in seen] == [(e.ground, e.chance) for e in plain]


@pytest.mark.parametrize("lines", [(), ("通知",), ("　",), ("关于", "的")])
def test_next_to_no_words_give_no_impression(lines):
    assert observe(view(*lines)).impressions == ()


def test_parts_of_a_paper_are_told_apart():
    parts = {piece.part: piece.text for piece in pieces(view(*CONSULTING))}

    assert parts[PaperPart.TITLE] == CONSULTING[0]
    assert parts[PaperPart.RECIPIENTS].startswith("市财政局")
    assert parts[PaperPart.SIGNATURE] == CONSULTING[3]


def test_a_text_of_one_endless_line_is_read_only_at_its_ends():
    paper = view("关于示例的通知", "各科室：", "很长。" * 40_000)

    began = time.process_time()
    seen = observe(paper)

    assert seen.impressions
    assert time.process_time() - began < 3


def test_an_official_paper_whose_words_name_no_kind_gets_one_or_none():
    paper = ("市人民政府：", *CONSULTING[2:])

    assert doc_types(view(*paper))[0].rule in {"model", "elements_without_kind"}


def test_a_reply_by_that_name_is_a_letter():
    assert doc_types(view("关于数据核对事项的回复", *CONSULTING[1:]))[0].value == "函"


def test_the_weights_are_small_and_hold_no_code():
    weights = files("gongkai_classifiers").joinpath("model/grounds.npz")

    assert len(weights.read_bytes()) < 2_000_000
    assert {str(code) for code in GroundCode} == set(built_in().grounds.answers)


def test_weights_missing_a_head_are_refused(tmp_path):
    import numpy as np

    path = tmp_path / "broken.npz"
    np.savez(path, **{"grounds/answers": np.array(["OPEN"])})

    with pytest.raises(KeyError):
        GroundModel.load(path)


def test_one_paper_costs_little():
    paper = view(*CONSULTING)
    observe(paper)

    began = time.process_time()
    for _ in range(50):
        found = runs(pieces(paper), built_in().size)
        built_in().grounds.chances(found)
    spent = (time.process_time() - began) / 50

    assert spent < 0.01


def test_a_row_appears_once_in_a_zone():
    rows, values = vector(runs(pieces(view(*CONSULTING)), built_in().size))

    assert len(rows) == len(values)
    assert (values > 0).all()


def test_a_paper_in_a_docx_with_split_lines_has_its_parts():
    blocks = (
        Block("name", Part.NAME, "正文.docx"),
        *(Block(f"body/p{n}", Part.BODY, text) for n, text in enumerate(INSIDE, 1)),
    )
    bundle = Bundle(Member("正文.docx", Role.MAIN, Content("0" * 64, Format.DOCX, blocks)), ())

    assert likeliest(View(bundle, profile())) is GroundCode.INTERNAL
