from __future__ import annotations

import pytest

from classifiers.papers import view
from gongkai.model.reading import Element, ElementName
from gongkai_classifiers.elements import elements
from gongkai_classifiers.layout import Zone

PAPER = (
    "000123",
    "特急",
    "中卫市人力资源和社会保障局文件",
    "卫人社发〔2026〕12号                签发人：张晓明",
    "中卫市人力资源和社会保障局关于",
    "申请追加就业补助资金的请示",
    "市人民政府：",
    "为做好今年就业工作，现申请追加资金。",
    "妥否，请批示。",
    "附件：1. 资金测算表",
    "2. 上年执行情况",
    "中卫市人力资源和社会保障局",
    "2026年3月12日",
    "（联系人：张晓明，联系电话：0955-7068000）",
    "抄送：市财政局，市审计局。",
    "中卫市人力资源和社会保障局办公室    2026年3月13日印发",
)


def read(*lines: str) -> dict[ElementName, list[Element]]:
    found: dict[ElementName, list[Element]] = {}
    for element in elements(view(*lines)):
        found.setdefault(element.name, []).append(element)
    return found


def values(name: ElementName, *lines: str) -> list[str]:
    return [element.value for element in read(*lines).get(name, [])]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (ElementName.SERIAL_NUMBER, "000123"),
        (ElementName.URGENCY, "特急"),
        (ElementName.ISSUER, "中卫市人力资源和社会保障局"),
        (ElementName.DOC_NUMBER, "卫人社发〔2026〕12号"),
        (ElementName.SIGNER, "张晓明"),
        (ElementName.TITLE, "中卫市人力资源和社会保障局关于申请追加就业补助资金的请示"),
        (ElementName.MAIN_RECIPIENTS, "市人民政府"),
        (ElementName.ATTACHMENT_NOTE, "1.资金测算表;2.上年执行情况"),
        (ElementName.SIGNATURE, "中卫市人力资源和社会保障局"),
        (ElementName.SIGNED_DATE, "2026-03-12"),
        (ElementName.ANNOTATION, "联系人:张晓明,联系电话:0955-7068000"),
        (ElementName.CONTACT, "联系人:张晓明,联系电话:0955-7068000"),
        (ElementName.CC, "市财政局,市审计局"),
        (ElementName.PRINTER, "中卫市人力资源和社会保障局办公室"),
    ],
)
def test_a_complete_paper_gives_each_element(name: ElementName, value: str) -> None:
    assert values(name, *PAPER) == [value]


def test_the_parts_of_a_complete_paper_are_told_apart() -> None:
    layout = view(*PAPER).layout

    zones = [section.zone for section in layout.sections]

    assert zones == [
        Zone.HEAD,
        Zone.TITLE,
        Zone.BODY,
        Zone.SIGNATURE,
        Zone.DATE,
        Zone.ANNOTATION,
        Zone.IMPRINT,
    ]


@pytest.mark.parametrize(
    ("line", "value"),
    [
        pytest.param("卫人社发〔2026〕12号", "卫人社发〔2026〕12号", id="by the standard"),
        pytest.param("卫人社发[2026]12号", "卫人社发〔2026〕12号", id="square brackets"),
        pytest.param("卫人社发（2026）12号", "卫人社发〔2026〕12号", id="round brackets"),
        pytest.param("卫人社发【2026】012号", "卫人社发〔2026〕12号", id="zero in front"),
        pytest.param("卫人社发 〔2026〕 12 号", "卫人社发〔2026〕12号", id="spaced"),
        pytest.param("国函[20O0]31号", "国函〔2000〕31号", id="letter O for zero"),
        pytest.param("某政办发〔201746", "某政办发〔2017〕46号", id="bracket and 号 lost"),
        pytest.param("国办发„2009‟3号", "国办发〔2009〕3号", id="brackets turned to quotes"),
        pytest.param("卫人社发﹝2026﹞第12号", "卫人社发〔2026〕12号", id="with 第"),
        pytest.param("衛人社發〔2026〕12號", "卫人社发〔2026〕12号", id="traditional"),
        pytest.param("发文字号：卫人社发〔2026〕12号", "卫人社发〔2026〕12号", id="page data"),
        pytest.param("卫人社发〔2026〕 号", "", id="running number blank"),
        pytest.param("卫人社发〔    〕  号", "", id="year blank too"),
        pytest.param("卫人社发〔2026〕××号", "", id="crosses to fill in"),
    ],
)
def test_a_document_number_is_repaired_or_told_as_blank(line: str, value: str) -> None:
    found = read(line, "关于做好就业工作的通知", "各县（区）人社局：", "请贯彻执行。")

    assert [element.value for element in found[ElementName.DOC_NUMBER]] == [value]
    assert found[ElementName.DOC_NUMBER][0].span is not None


def test_the_number_of_another_paper_is_not_this_papers() -> None:
    found = values(
        ElementName.DOC_NUMBER,
        "关于贯彻《就业意见》的通知",
        "各县（区）人社局：",
        "根据《就业意见》（国发〔2025〕1号）要求，现通知如下。",
    )

    assert found == []


@pytest.mark.parametrize(
    ("line", "value"),
    [
        pytest.param("2026年3月12日", "2026-03-12", id="arabic"),
        pytest.param("二〇二六年三月十二日", "2026-03-12", id="chinese"),
        pytest.param("二○二六年十二月三十一日", "2026-12-31", id="circle for zero"),
        pytest.param("二OO八年六月四日", "2008-06-04", id="letter O for zero"),
        pytest.param("2026 年 3 月 12 日", "2026-03-12", id="spaced"),
        pytest.param("二〇二六年三月二十日", "2026-03-20", id="a round number"),
        pytest.param("2026年 月 日", "", id="month and day blank"),
        pytest.param("2026年3月 日", "", id="day blank"),
        pytest.param("年 月 日", "", id="all blank"),
        pytest.param("××月××日", "", id="crosses"),
        pytest.param("XXXX年XX月XX日", "", id="letters to fill in"),
    ],
)
def test_a_signing_date_is_read_or_told_as_blank(line: str, value: str) -> None:
    found = read(*PAPER[4:9], "中卫市人力资源和社会保障局", line)

    assert [element.value for element in found[ElementName.SIGNED_DATE]] == [value]
    assert found[ElementName.SIGNED_DATE][0].span is not None


def test_dates_of_web_pages_and_prose_are_no_signing_date() -> None:
    found = values(
        ElementName.SIGNED_DATE,
        "关于做好就业工作的通知",
        "发布时间：2026年3月1日 来源：市人社局",
        "各县（区）人社局：",
        "会议定于2026年3月12日召开。",
    )

    assert found == []


def test_joint_papers_have_several_issuers_and_signatures() -> None:
    lines = (
        "发展改革委办公厅  文件",
        "税务总局办公厅",
        "发改办财金规〔2019〕860号",
        "关于加强纳税信用建设的通知",
        "各省、自治区、直辖市税务局：",
        "现将有关事项通知如下。",
        "国家发展改革委办公厅",
        "税务总局办公厅",
        "2019年8月20日",
    )

    assert values(ElementName.ISSUER, *lines) == ["发展改革委办公厅", "税务总局办公厅"]
    assert values(ElementName.SIGNATURE, *lines) == ["国家发展改革委办公厅", "税务总局办公厅"]


def test_signer_and_co_signers_are_told() -> None:
    found = values(
        ElementName.SIGNER,
        "卫人社发〔2026〕12号  签发人：张晓明、李小红  会签人：王小亮",
        *PAPER[4:9],
    )

    assert found == ["张晓明", "李小红", "王小亮"]


def test_recipients_broken_over_two_lines_are_joined() -> None:
    found = values(
        ElementName.MAIN_RECIPIENTS,
        "关于做好就业工作的通知",
        "各县、区人民政府，经济开发区、市",
        "工业园区，市各委、办、局：",
        "请贯彻执行。",
    )

    assert found == ["各县、区人民政府,经济开发区、市工业园区,市各委、办、局"]


def test_a_paper_on_one_line_still_gives_its_elements() -> None:
    text = (
        "某安监管〔2017〕132号各区安全监管局：现将《优秀技术装备目录》转发给你们，请结合实际做好推广。"
        "某市安全生产监督管理局2017年5月2日"
    )

    assert values(ElementName.DOC_NUMBER, text) == ["某安监管〔2017〕132号"]
    assert values(ElementName.MAIN_RECIPIENTS, text) == ["各区安全监管局"]
    assert values(ElementName.SIGNATURE, text) == ["某市安全生产监督管理局"]
    assert values(ElementName.SIGNED_DATE, text) == ["2017-05-02"]


def test_a_number_run_together_with_the_red_head_begins_behind_it() -> None:
    text = "某市民政局文件某民发〔2026〕12号关于做好救助工作的通知各县区民政局：请认真做好。"

    assert values(ElementName.DOC_NUMBER, text) == ["某民发〔2026〕12号"]


def test_minutes_have_number_and_date_under_the_title() -> None:
    lines = (
        "第5次局长办公会议纪要",
        "〔2026〕5号",
        "中卫市人力资源和社会保障局办公室　　2026年3月12日",
        "3月10日，局长主持召开会议，研究有关工作。",
    )

    assert values(ElementName.DOC_NUMBER, *lines) == ["〔2026〕5号"]
    assert values(ElementName.SIGNED_DATE, *lines) == ["2026-03-12"]


@pytest.mark.parametrize("word", ["特急", "加急", "平急", "特提"])
def test_every_urgency_is_read(word: str) -> None:
    assert values(ElementName.URGENCY, word, *PAPER[2:9]) == [word]


def test_the_imprint_behind_attachments_is_the_papers_own() -> None:
    found = values(
        ElementName.PRINTER,
        *PAPER[2:13],
        "附件1",
        "资金测算表",
        "按照规定测算，共计需要资金一百万元，其中培训补贴六十万元。",
        *PAPER[14:],
    )

    assert found == ["中卫市人力资源和社会保障局办公室"]


def test_a_span_leads_back_to_the_words_as_written() -> None:
    (number,) = read("卫人社发 〔2026〕 12 号", *PAPER[4:9])[ElementName.DOC_NUMBER]

    assert number.span is not None
    assert number.span.text == "卫人社发 〔2026〕 12 号"


def test_a_text_without_elements_has_none() -> None:
    assert elements(view("今天天气很好，我们去公园散步。")) == ()
    assert elements(view()) == ()
