from __future__ import annotations

import pytest

from gongkai.model.reading import DocType, Element, ElementName, Mark, MarkKind, Reading, Span
from gongkai.policy.direction import Direction, direction
from gongkai.policy.lexicon import (
    is_process_material,
    number_prefix,
    party_document,
    received,
)
from gongkai.policy.names import rank
from gongkai.policy.profile import load_profile
from gongkai.settings import Organization

NOBODY = Organization()
BUREAU = Organization(
    name="云岭市人力资源和社会保障局",
    aliases=("云岭市人社局",),
    doc_number_prefixes=("云人社",),
    party_prefixes=("云人社党组",),
    superiors=("云岭市人民政府", "南山省人力资源和社会保障厅"),
    subordinates=("青石县人力资源和社会保障局",),
)
NAMES = {
    "to": ElementName.MAIN_RECIPIENTS,
    "by": ElementName.SIGNATURE,
    "head": ElementName.ISSUER,
    "number": ElementName.DOC_NUMBER,
    "signer": ElementName.SIGNER,
}


def paper(kind="报告", *, draft=False, **elements):
    marks = (Mark(MarkKind.DRAFT, Span("body/p1", 0, 3, "代拟稿")),) if draft else ()
    found = tuple(Element(NAMES[name], value) for name, value in elements.items())
    return Reading(DocType(kind, 0.9), elements=found, marks=marks)


@pytest.mark.parametrize(
    ("read", "office", "expected"),
    [
        pytest.param(paper(to="市人民政府"), BUREAU, "upward", id="our government, shortened"),
        pytest.param(paper(to="省人社厅："), BUREAU, "upward", id="our department, abbreviated"),
        pytest.param(paper(to="市财政局、市政府"), BUREAU, "upward", id="one of several is enough"),
        pytest.param(paper("通知", to="青石县人社局"), BUREAU, "downward", id="one below"),
        pytest.param(
            paper("通知", to="市政府办公室、青石县人社局"),
            BUREAU,
            "downward",
            id="a 通知 never goes up",
        ),
        pytest.param(paper("请示", to="某单位"), NOBODY, "upward", id="a 请示 always goes up"),
        pytest.param(paper("批复", to="某单位"), NOBODY, "downward", id="a 批复 always goes down"),
        pytest.param(
            paper("通知", to="各县（区）人社局，局属各单位"), NOBODY, "downward", id="to all below"
        ),
        pytest.param(
            paper(to="云岭市人民政府", by="云岭市教育局"),
            NOBODY,
            "upward",
            id="a bureau's government",
        ),
        pytest.param(
            paper(to="南山省教育厅", by="云岭市教育体育局"),
            NOBODY,
            "upward",
            id="the same line above",
        ),
        pytest.param(
            paper(to="南山省财政厅", by="云岭市教育局"), NOBODY, "unknown", id="another line above"
        ),
        pytest.param(
            paper(to="某某单位", signer="李示例"), NOBODY, "upward", id="签发人 is printed"
        ),
        pytest.param(
            paper("通知", to="某某单位", signer="李示例"),
            NOBODY,
            "unknown",
            id="but on a 报告 only",
        ),
        pytest.param(
            paper("函", to="云岭市财政局", by="云岭市教育局"), NOBODY, "level", id="between bureaus"
        ),
        pytest.param(
            paper(to="市人民政府"), NOBODY, "upward", id="nobody reports down to a government"
        ),
        pytest.param(paper(to="局党组"), NOBODY, "upward", id="nor to a Party group"),
        pytest.param(paper(to="各位代表"), NOBODY, "unknown", id="deputies are not below"),
        pytest.param(paper(), NOBODY, "unknown", id="nothing is stated"),
        pytest.param(paper(to="代表大会"), BUREAU, "unknown", id="not one of ours"),
        pytest.param(
            paper(to="市场监督管理局", by="镇江市财政局"), NOBODY, "unknown", id="市场 is no place"
        ),
    ],
)
def test_direction_is_told_or_unknown(read, office, expected):
    assert direction(read, office) is Direction(expected)


@pytest.mark.parametrize(
    ("read", "office", "expected"),
    [
        pytest.param(
            paper(number="云人社党组发〔2026〕3号", by="云岭市人力资源和社会保障局"),
            BUREAU,
            True,
            id="the office's own Party prefix",
        ),
        pytest.param(paper(number="示党组发〔2026〕3号"), NOBODY, True, id="a Party number"),
        pytest.param(paper(by="中共云岭市教育局党组"), NOBODY, True, id="a Party issuer"),
        pytest.param(
            paper(
                number="云人社发〔2026〕3号", by="中共云岭市委组织部、云岭市人力资源和社会保障局"
            ),
            BUREAU,
            False,
            id="a joint paper under a government number",
        ),
        pytest.param(
            paper(number="云党发〔2026〕3号", by="中共云岭市委、云岭市人民政府"),
            NOBODY,
            True,
            id="a joint paper under a Party number",
        ),
        pytest.param(
            paper(number="云防汛领导小组发〔2026〕3号", by="云岭市防汛领导小组"),
            NOBODY,
            False,
            id="a leading group is no Party body",
        ),
        pytest.param(
            paper(by="中国人民政治协商会议云岭市委员会"), NOBODY, False, id="市委员会 is not 市委"
        ),
        pytest.param(paper(by="云岭市发展和改革委员会"), NOBODY, False, id="a commission"),
        pytest.param(paper(), NOBODY, False, id="nobody is named"),
    ],
)
def test_party_papers_are_told_by_number_then_issuer(read, office, expected):
    assert party_document(read, office, load_profile("national_2019")) is expected


@pytest.mark.parametrize(
    ("read", "office", "expected"),
    [
        pytest.param(paper(number="云人社发〔2026〕3号"), BUREAU, False, id="our number"),
        pytest.param(paper(by="云岭市人社局"), BUREAU, False, id="our short name"),
        pytest.param(
            paper(by="云岭市财政局、云岭市人力资源和社会保障局"),
            BUREAU,
            False,
            id="we are a co-maker",
        ),
        pytest.param(paper(by="南山省教育厅"), BUREAU, True, id="another body's name"),
        pytest.param(paper(number="南教发〔2026〕9号"), BUREAU, True, id="another body's number"),
        pytest.param(paper(head="南山省教育厅文件"), BUREAU, True, id="another body's red head"),
        pytest.param(paper(by="南山省教育厅"), NOBODY, None, id="we do not know ourselves"),
        pytest.param(paper(), BUREAU, None, id="a bare draft"),
        pytest.param(
            paper(by="云岭市人民政府", draft=True), BUREAU, None, id="a draft in a superior's name"
        ),
    ],
)
def test_received_papers_are_told_or_left_open(read, office, expected):
    assert received(read, office) is expected


@pytest.mark.parametrize(
    ("number", "prefix"),
    [
        pytest.param("卫人社发〔2026〕5号", "卫人社发", id="correct brackets"),
        pytest.param("卫人社发[2026]5号", "卫人社发", id="square brackets"),
        pytest.param("卫人社发２０２６5号", "卫人社发", id="full-width digits, no brackets"),
        pytest.param("", "", id="none"),
    ],
)
def test_the_agency_code_ends_where_the_year_begins(number, prefix):
    assert number_prefix(number) == prefix


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("发文稿纸扫描.pdf", True, id="issue form"),
        pytest.param("会签意见.docx", True, id="co-signers' opinions"),
        pytest.param("省厅来文.pdf", True, id="incoming paper"),
        pytest.param("关于发放就业补贴的通知.docx", False, id="a document"),
    ],
)
def test_working_material_is_told_by_its_name(name, expected):
    words = load_profile("national_2019").process_material

    assert is_process_material(name, words) is expected


@pytest.mark.parametrize("name", ["各党支部", "机关第一党支部", "各俱乐部"])
def test_a_branch_or_everybodys_section_is_no_ministry(name: str) -> None:
    assert rank(name) is None
