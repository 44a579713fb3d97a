from __future__ import annotations

import pytest

from classifiers.papers import content, view, view_of
from gongkai.model.attribute import DisclosureAttribute
from gongkai.model.bundle import IssueForm
from gongkai.model.content import Block, Cell, Content, Format, Part
from gongkai.model.reading import Label, LabelScope, LabelSource
from gongkai_classifiers.labels import labels

OPEN = DisclosureAttribute.PROACTIVE
ASKED = DisclosureAttribute.ON_REQUEST
CLOSED = DisclosureAttribute.NOT_DISCLOSED

HEAD = ("卫人社发〔2026〕3号", "关于做好高校毕业生就业工作的通知", "各县（区）人社局：")
BODY = ("为做好今年工作，现将有关事项通知如下。请认真贯彻执行。",)
CLOSE = ("中卫市人力资源和社会保障局", "2026年3月12日")
PLAN = ("高校毕业生就业工作方案", "一、总体要求", "坚持就业优先，健全服务体系，落实各项政策。")
LONG = (
    "（此件不公开发布，发至收文单位本部。未经公司许可，严禁以任何方式对外传播和发布，"
    "任何媒体或其他主体不得公布、转载，违者追究法律责任。）"
)


def letter(*after_date: str) -> tuple[str, ...]:
    return (*HEAD, *BODY, *CLOSE, *after_date)


def own(found: tuple[Label, ...]) -> list[Label]:
    return [label for label in found if label.scope is LabelScope.OWN]


@pytest.mark.parametrize(
    ("words", "attribute"),
    [
        pytest.param("（此件公开发布）", OPEN, id="commonest"),
        pytest.param("(此件主动公开)", OPEN, id="half width"),
        pytest.param("（ 此 件 公 开 发 布 ）", OPEN, id="spaced"),
        pytest.param("（此件公開發佈）", OPEN, id="traditional"),
        pytest.param("此件公开发布", OPEN, id="without brackets"),
        pytest.param(".此件公开发布.", OPEN, id="brackets lost to full stops"),
        pytest.param("（此件公开发布", OPEN, id="a bracket lost"),
        pytest.param("（此件公幵发布）", OPEN, id="one letter misread"),
        pytest.param("(此件公(gōng)開(kāi)發(fā)布)", OPEN, id="phonetic junk"),
        pytest.param("?。ù思_(kāi)發(fā)布)", OPEN, id="bytes one off"),
        pytest.param("附注：（此件公开发布）", OPEN, id="named as annotation"),
        pytest.param("（主动公开）", OPEN, id="value alone in brackets"),
        pytest.param("（此件依申请公开）", ASKED, id="on request"),
        pytest.param("（此件可依申请公开）", ASKED, id="may be had on request"),
        pytest.param("（此件不公开）", CLOSED, id="not disclosed"),
        pytest.param("（此件不予公开）", CLOSED, id="not to be disclosed"),
        pytest.param(LONG, CLOSED, id="with scope and warning inside the brackets"),
        pytest.param(
            "(此件不公开发布，仅限公司内部员工阅知，未经公司许可，严禁对外传播)",
            CLOSED,
            id="staff only",
        ),
        pytest.param("公开方式：主动公开", OPEN, id="field"),
        pytest.param(
            "公开方式 | 主动公开 | 公开时限 | 长期公开 |", OPEN, id="field in a table row"
        ),
        pytest.param("信息公开选项:主动公开", OPEN, id="field of a bank"),
        pytest.param("政府信息公开选项：依申请公开", ASKED, id="field of a bureau"),
        pytest.param("信息公开属性:不公开", CLOSED, id="field of an enterprise"),
        pytest.param(
            "政府信息公开属性:不予公开依申请公开或不予公开理由:内部事宜",
            CLOSED,
            id="two values: first counts",
        ),
        pytest.param("xxgk：2-不予公开", CLOSED, id="code of a register"),
        pytest.param("公开属性：☑主动公开 □依申请公开 □不予公开", OPEN, id="a ticked box"),
        pytest.param("公开属性：主动公开□ 依申请公开√ 不予公开□", ASKED, id="ticked behind"),
        pytest.param(
            "公开属性：（ ）主动公开 （√）依申请公开 （ ）不予公开", ASKED, id="brackets as boxes"
        ),
        pytest.param("公开属性：主动公开( ) 依申请公开(√)", ASKED, id="brackets behind"),
        pytest.param("〔此件主动公开〕", OPEN, id="brackets of a number"),
        pytest.param("公开方式 ：  主动公开    印发份数：50份", OPEN, id="another field behind"),
        pytest.param("【信息公开属性】依申请公开", ASKED, id="the field in brackets"),
        pytest.param("{此件公开发布}", OPEN, id="braces"),
        pytest.param("＜此件公开发布＞", OPEN, id="angle brackets"),
    ],
)
def test_every_wording_is_read(words: str, attribute: DisclosureAttribute) -> None:
    paper = view(*letter(words))

    found = labels(paper)

    assert [(label.attribute, label.scope) for label in found] == [(attribute, LabelScope.OWN)]


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("（此件发至县级）", id="scope of distribution"),
        pytest.param("（此件发至县团级）", id="rank of distribution"),
        pytest.param("（此件发至收文单位本部及所属二级单位机关）", id="units of distribution"),
        pytest.param("普通事项", id="handling mark of companies"),
        pytest.param("内部资料", id="handling mark"),
        pytest.param("现就该办法公开征求意见。", id="public call for comment"),
        pytest.param("二、主动公开", id="heading"),
        pytest.param("2.公开方式。主要通过门户网站公开。", id="heading of a guide"),
        pytest.param("（二）公开方式", id="numbered heading"),
        pytest.param("公开方式：主动/依申请公开", id="column of a list"),
        pytest.param("公开方式：主动公开、依申请公开和不予公开三种。", id="list of values"),
        pytest.param("公开属性：□主动公开 □依申请公开 □不予公开", id="nothing ticked"),
        pytest.param("公开属性：", id="an empty field"),
        pytest.param("其中，主动公开60件，依申请公开32件，不予公开30件。", id="statistics"),
        pytest.param("主动公开的政府信息，除依法免予公开之外，都应当公开。", id="rule text"),
        pytest.param("在附注位置标识“此件公开发布”或“此件不公开”。", id="a rule quoting labels"),
        pytest.param("并在成文日期下一行标注（此件公开发布）字样。", id="a label told of"),
        pytest.param("其他应主动公开的政府信息", id="name of a web column"),
        pytest.param("此件公开发布后，各单位应当组织学习，并抓好落实。", id="a sentence"),
        pytest.param("（联系人：张晓明示例，电话：0955-7068000）", id="another annotation"),
    ],
)
def test_look_alikes_are_no_label(words: str) -> None:
    paper = view(*HEAD, *BODY, words, *CLOSE)

    found = labels(paper)

    assert found == ()


def test_a_title_with_the_words_is_no_label() -> None:
    paper = view("关于转载自治区依申请公开政府信息工作办法的通知", HEAD[2], *BODY, *CLOSE)

    found = labels(paper)

    assert found == ()


def test_a_label_in_the_middle_is_own_when_the_attachments_follow() -> None:
    paper = view(*letter("（此件公开发布）", *PLAN, *PLAN, *PLAN))

    found = labels(paper)

    assert [label.scope for label in found] == [LabelScope.OWN]


def test_a_label_between_signature_and_date_is_own() -> None:
    paper = view(*HEAD, *BODY, CLOSE[0], "（此件公开发布）", CLOSE[1], *PLAN)

    found = labels(paper)

    assert [label.scope for label in found] == [LabelScope.OWN]


def test_a_label_is_own_when_the_date_is_still_blank() -> None:
    paper = view(*HEAD, *BODY, CLOSE[0], "2026年 月 日", "（此件公开发布）", *PLAN)

    found = labels(paper)

    assert [label.scope for label in found] == [LabelScope.OWN]


def test_a_label_run_together_with_date_and_attachment_is_own() -> None:
    paper = view(
        "琼府办〔2014〕97号各市、县、自治县人民政府：《编制工作方案》已经省政府同意，现印发给你们，"
        "请认真贯彻执行。某省人民政府办公厅2014年7月17日（此件主动公开）某省编制工作方案为做好工作，"
        "制定本方案。"
    )

    found = labels(paper)

    assert [(label.attribute, label.scope) for label in found] == [(OPEN, LabelScope.OWN)]


def test_a_label_beside_the_number_of_a_reply_is_own() -> None:
    paper = view(
        "对县政协十三届四次会议第25号提案的答复",
        "某县教体字〔2020〕11号  A类  同意公开",
        "康晓明委员：",
        "你们提出的提案收悉，现答复如下：",
        "某县教育体育局",
        "2020年6月17日",
    )

    found = labels(paper)

    assert [label.attribute for label in own(found)] == [OPEN]


def test_the_label_of_a_forwarded_original_is_quoted() -> None:
    paper = view(
        "关于转发《自治区就业补助办法的通知》的通知",
        "各县（区）人社局：",
        "现将《自治区就业补助办法的通知》（宁人社发〔2026〕1号）转发给你们，请遵照执行。",
        *CLOSE,
        "（此件不公开）",
        "自治区就业补助办法的通知",
        "各市人社局：",
        "现将有关事项通知如下。",
        "自治区人力资源和社会保障厅",
        "2026年2月1日",
        "（此件公开发布）",
    )

    found = labels(paper)

    assert [(label.attribute, label.scope) for label in found] == [
        (CLOSED, LabelScope.OWN),
        (OPEN, LabelScope.QUOTED),
    ]


def test_the_label_of_an_original_is_quoted_even_below_an_undated_cover() -> None:
    paper = view(
        "关于转发《自治区就业补助办法的通知》的通知",
        "各县（区）人社局：",
        "现将《自治区就业补助办法的通知》转发给你们，请遵照执行。",
        "自治区就业补助办法的通知",
        "现将有关事项通知如下。",
        "自治区人力资源和社会保障厅",
        "2026年2月1日",
        "（此件公开发布）",
    )

    found = labels(paper)

    assert [label.scope for label in found] == [LabelScope.QUOTED]


def test_a_draft_enclosed_in_a_request_has_an_attachments_label() -> None:
    paper = view(
        "关于报送工作方案（代拟稿）的请示",
        "市人民政府：",
        "现将方案报上，妥否，请批示。",
        *CLOSE,
        "附件",
        "中卫市就业工作方案（代拟稿）",
        "为做好工作，制定本方案。",
        "（此件公开发布）",
    )

    found = labels(paper)

    assert [label.scope for label in found] == [LabelScope.ATTACHMENT]


def test_a_field_in_the_last_imprint_is_own() -> None:
    paper = view(
        *letter(*PLAN, "公开方式：依申请公开", "抄送：市委办公室。", "某局办公室 2026年3月12日印发")
    )

    found = labels(paper)

    assert [(label.attribute, label.source) for label in own(found)] == [
        (ASKED, LabelSource.IMPRINT)
    ]


def test_attachment_files_have_labels_of_their_own() -> None:
    cover = content(*letter("（此件公开发布）"))
    annex = content("名单", "（此件不公开）", name="附件1 名单.txt")

    found = labels(view_of(cover, annex))

    assert [(label.member, label.scope) for label in found] == [
        (0, LabelScope.OWN),
        (1, LabelScope.ATTACHMENT),
    ]


def test_a_forwarded_file_beside_the_cover_is_quoted() -> None:
    cover = content(
        "关于转发《自治区就业补助办法》的通知",
        "各县（区）人社局：",
        "现将《自治区就业补助办法》转发给你们，请遵照执行。",
        *CLOSE,
    )
    original = content("自治区就业补助办法", "（此件公开发布）", name="附件.txt")

    found = labels(view_of(cover, original))

    assert [(label.member, label.scope) for label in found] == [(1, LabelScope.QUOTED)]


def test_a_document_property_is_a_label() -> None:
    paper = content(*letter(), properties=(("custom.公开属性", "不予公开"), ("core.title", "x")))

    found = labels(view_of(paper))

    assert [(label.attribute, label.source) for label in found] == [(CLOSED, LabelSource.PROPERTY)]
    assert found[0].span is not None
    assert found[0].span.place == "property/custom.公开属性"


def test_the_issue_form_is_a_label() -> None:
    form = IssueForm(attribute_text="此件可依申请公开")

    found = labels(view_of(content(*letter()), form=form))

    assert [(label.attribute, label.source, label.alias) for label in found] == [
        (ASKED, LabelSource.FORM, True)
    ]


def test_a_field_and_its_value_may_stand_in_two_cells_of_one_row() -> None:
    cells = [("公开方式", 1), ("主动公开", 2)]
    blocks = [Block(f"line{n}", Part.BODY, text) for n, text in enumerate(letter(), 1)]
    blocks += [
        Block(f"body/t1/r1c{c}", Part.TABLE, text, cell=Cell("t1", 1, c)) for text, c in cells
    ]
    paper = Content("0" * 64, Format.DOCX, (Block("name", Part.NAME, "正文.docx"), *blocks))

    found = labels(view_of(paper))

    assert [label.attribute for label in found] == [OPEN]


def test_a_column_of_values_is_no_label() -> None:
    blocks = [Block(f"line{n}", Part.BODY, text) for n, text in enumerate(letter("附件"), 1)]
    blocks += [
        Block("body/t1/r1c1", Part.TABLE, "公开方式", cell=Cell("t1", 1, 1, data=False)),
        Block("body/t1/r2c1", Part.TABLE, "主动公开", cell=Cell("t1", 2, 1, "公开方式")),
    ]
    paper = Content("0" * 64, Format.DOCX, (Block("name", Part.NAME, "正文.docx"), *blocks))

    found = labels(view_of(paper))

    assert found == ()


def test_publication_after_redaction_asks_for_a_redacted_version() -> None:
    paper = view(*letter("（此件删减后公开）"))

    (found,) = labels(paper)

    assert (found.attribute, found.redacted_version_required) == (OPEN, True)


def test_two_ticked_boxes_are_a_label_that_cannot_be_decided() -> None:
    paper = view(*letter("公开属性：☑主动公开 ☑依申请公开 □不予公开"))

    (found,) = labels(paper)

    assert found.attribute is None


@pytest.mark.parametrize(
    ("words", "attributes"),
    [
        pytest.param("公开属性：主动公开/依申请公开", [None], id="two values"),
        pytest.param("公开属性：主动公开、依申请公开", [None], id="two values in a row"),
        pytest.param("公开属性：主动公开/依申请公开/不予公开", [], id="all of them: a blank form"),
    ],
)
def test_two_values_in_one_field_below_the_date_cannot_be_decided(
    words: str, attributes: list[DisclosureAttribute | None]
) -> None:
    paper = view(*letter(words))

    assert [label.attribute for label in labels(paper)] == attributes


@pytest.mark.parametrize(
    ("words", "alias"),
    [
        pytest.param("（此件公开发布）", False, id="the profile's own wording"),
        pytest.param("（此件主动公开）", True, id="another wording"),
    ],
)
def test_a_wording_not_the_profiles_own_is_told_as_alias(words: str, alias: bool) -> None:
    paper = view(*letter(words))

    (found,) = labels(paper)

    assert found.alias is alias


def test_a_label_leads_back_to_its_own_words() -> None:
    paper = view(*letter("    （此件 公开发布）"))

    (found,) = labels(paper)

    assert found.span is not None
    assert found.span.text == "此件 公开发布"
    assert found.span.place == "line7"
