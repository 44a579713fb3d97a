"""Facts are found beside the person they are said of, in time that grows with the text."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.model.reading import EntityRole
from gongkai.script import normalise
from gongkai_classifiers.facts import Fact, facts, stated
from gongkai_classifiers.person_rules import Person

NAME = re.compile("王建国|李秀英")


def said(text: str, role: EntityRole = EntityRole.PLAIN) -> list[Fact]:
    """The facts of a text whose people are 王建国 and 李秀英, whoever finds them there."""
    normal = normalise(text)
    gaps = " {0,2}".join
    named = re.finditer("|".join(gaps(name) for name in NAME.pattern.split("|")), normal)
    return facts(normal, [Person(m.start(), m.end(), role) for m in named])


STATEMENTS = [
    pytest.param("经核实，王建国患有尿毒症，需长期透析。", "health", id="suffers from"),
    pytest.param("王建国经诊断为抑郁症。", "health", id="diagnosed"),
    pytest.param("患者王建国，男，45岁，诊断为急性心肌梗死。", "health", id="diagnosed, far off"),
    pytest.param("王建国突发脑出血，住院费用12万元。", "health", id="taken ill"),
    pytest.param("王建国感染艾滋病病毒。", "health", id="infected"),
    pytest.param("王建国，完全丧失劳动能力。", "health", id="cannot work"),
    pytest.param("患有重度精神病的王建国已送医。", "health", id="the illness before the name"),
    pytest.param("王建国，尿毒症，每周透析三次。", "health", id="illness as an apposition"),
    pytest.param("王建国的残疾等级为贰级。", "disability", id="degree of disability"),
    pytest.param("肢体残疾人王建国申请辅具。", "disability", id="called disabled"),
    pytest.param("王建国（视力残疾一级）申请补贴。", "disability", id="in brackets"),
    pytest.param("王建国（女，系二级肢体残疾人）生活困难。", "disability", id="counted among"),
    pytest.param("经鉴定，王建国伤残等级为七级。", "disability", id="injured at work"),
    pytest.param("王建国劳动功能障碍程度为五级。", "disability", id="degree of impairment"),
    pytest.param("失能老人王建国入住养老院。", "disability", id="in need of care"),
    pytest.param("申请人王建国，系低保户。", "poverty", id="a household on relief"),
    pytest.param("低保对象王建国每月领取620元。", "poverty", id="called so before the name"),
    pytest.param("低收入家庭成员王建国申请救助。", "poverty", id="member of a poor household"),
    pytest.param("决定取消王建国的低保资格。", "poverty", id="loses relief"),
    pytest.param("王建国属于易返贫致贫户。", "poverty", id="near poverty"),
    pytest.param("王建国家庭年收入不足8000元。", "poverty", id="income"),
    pytest.param("对王建国处以行政拘留五日。", "penalty", id="detained"),
    pytest.param("王建国因诈骗被公安机关刑事拘留。", "penalty", id="held in a criminal case"),
    pytest.param("王建国被处以罚款2000元。", "penalty", id="fined"),
    pytest.param("给予王建国党内严重警告处分。", "penalty", id="disciplined"),
    pytest.param("对王建国给予撤销党内职务处分。", "penalty", id="its words name a post"),
    pytest.param("王建国多次吸食毒品。", "penalty", id="takes drugs"),
    pytest.param("王建国系HIV感染者。", "health", id="Latin letters"),
    pytest.param("王建国系刑满释放人员。", "penalty", id="released"),
    pytest.param("王建国（出生日期：1979-03-15）退休。", "birth_date", id="date in figures"),
    pytest.param("王建国生于1962年11月。", "birth_date", id="born in"),
    pytest.param("学生王建国（9岁）走失。", "minor", id="a child's age"),
    pytest.param("王建国，2015年3月出生，系未成年人。", "minor", id="under age"),
    pytest.param("受害人王建国，女，未满十四周岁。", "minor", id="not yet fourteen"),
    pytest.param("王建国为孤儿，由祖父母抚养。", "minor", id="an orphan"),
    pytest.param("經核實，王建國患有尿毒癥。", "health", id="traditional script"),
    pytest.param("王建国患(huàn)有尿毒(dú)症。", "health", id="phonetic junk"),
    pytest.param("经核实，王建国\n患有尿毒症，需透析。", "health", id="a line broken before it"),
    pytest.param("姓名：王建国\n病情：尿毒症", "health", id="fields of a record"),
    pytest.param("申请人：王建国\n性别：男\n处分情况：党内严重警告", "penalty", id="further down"),
]


@pytest.mark.parametrize(("text", "sub"), STATEMENTS)
def test_what_is_said_of_somebody_is_a_fact(text: str, sub: str) -> None:
    found = said(text)

    assert sub in {fact.sub for fact in found if fact.role is EntityRole.PLAIN}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("王建国讲授了尿毒症患者的护理知识。", id="teaches about it"),
        pytest.param("王建国负责低保、特困供养和残疾人福利工作。", id="in charge of it"),
        pytest.param("王建国多年来照顾瘫痪老人，资助孤儿。", id="cares for such people"),
        pytest.param("王建国查处酒后驾驶案件30起。", id="goes after such cases"),
        pytest.param("王建国为128户群众申领低保。", id="helps them apply"),
        pytest.param("王建国未受过党纪处分。", id="denied"),
        pytest.param("王建国等志愿者为残疾人义诊。", id="does something for them"),
        pytest.param("王建国和残疾人、低保户座谈。", id="met them"),
        pytest.param("联系人王建国；申报范围：低保家庭和残疾人家庭。", id="another clause"),
        pytest.param("王建国任市残疾人联合会理事长。", id="an organisation's name"),
        pytest.param("申请人：王建国\n残疾等级：（由残联填写）", id="a field to be filled"),
        pytest.param("申请人：王建国\n患病情况：无", id="a field that says none"),
        pytest.param("王建国领导小组负责残疾等级评定。\n残疾等级：一级至四级", id="no record"),
        pytest.param("王建国\n低保标准\n每月620元", id="cells beside each other"),
        pytest.param("王建国，5岁时随父母迁居本市。", id="a life told"),
        pytest.param("王建国，满60岁以上老人的补贴另行通知。", id="an age limit"),
    ],
)
def test_work_for_such_people_and_denials_are_no_facts(text: str) -> None:
    assert [(fact.sub, text[fact.start : fact.end]) for fact in said(text)] == []


@pytest.mark.parametrize(
    ("text", "role"),
    [
        pytest.param(
            "王建国，现任科长，受到警告处分。", EntityRole.OFFICIAL, id="holder of an office"
        ),
        pytest.param("给予王建国撤销党内职务处分。", EntityRole.PLAIN, id="the fact's own words"),
    ],
)
def test_an_office_is_looked_for_beside_the_fact(text: str, role: EntityRole) -> None:
    assert {fact.role for fact in said(text)} == {role}


@pytest.mark.parametrize(
    ("cell", "subs"),
    [
        pytest.param("患尿毒症", ["health"], id="illness"),
        pytest.param("精神残疾二级", ["disability"], id="disability"),
        pytest.param("低保户", ["poverty"], id="a sort of people is said of the row"),
        pytest.param("开除党籍", ["penalty"], id="penalty"),
        pytest.param("残疾人联合会", [], id="an organisation"),
        pytest.param("未受处分", [], id="denied"),
        pytest.param("放弃", [], id="another remark"),
    ],
)
def test_a_cell_states_a_fact_of_its_row(cell: str, subs: list[str]) -> None:
    assert [sub for _, _, sub in stated(cell)] == subs


@given(statement=st.sampled_from([str(each.values[0]) for each in STATEMENTS]), data=st.data())
def test_inserted_spaces_change_nothing_that_is_said(statement: str, data: st.DataObject) -> None:
    spaces = st.sampled_from(["", "", " ", "  ", "\u3000"])
    gaps = data.draw(st.lists(spaces, min_size=len(statement), max_size=len(statement)))
    spread = "".join(map("".join, zip(gaps, statement, strict=True)))

    plain, spaced = said(statement), said(spread)

    assert [(f.sub, f.role) for f in plain] == [(f.sub, f.role) for f in spaced]
    assert [statement[f.start : f.end] for f in plain] == [
        "".join(spread[f.start : f.end].split()) for f in spaced
    ]


PIECES = st.sampled_from(
    (
        *("王建国", "李秀英", "患有肺癌", "低保户", "1980年1月出生", "受到党内警告处分", "系"),
        *("现任局长", "，", "。", "、", "；", "同志", "的妻子", "联系人：", "开除公职", "资助"),
        *("生活不能自理", "，男，", "孤儿", " ", "\n", "（9岁）", "残疾等级：二级", "姓名："),
    )
)


@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from(list(EntityRole)))
def test_a_fact_is_said_of_the_private_person_nearest_to_it(text: str, role: EntityRole) -> None:
    found = said(text, role)

    for fact in found:
        between = normalise(text)[fact.person.end : fact.start]
        assert fact.person.role in {EntityRole.PLAIN, EntityRole.OFFICIAL}
        assert not NAME.search(between)
    assert len({(fact.start, fact.end) for fact in found}) == len(found)


def seconds(text: str) -> float:
    named = [Person(m.start(), m.end()) for m in re.finditer("张建国|王晓明", text)]
    began = time.process_time()

    assert len(facts(text, named)) == len(named)

    return time.process_time() - began


def test_one_endless_sentence_of_people_costs_in_proportion_to_its_length() -> None:
    unit = "张建国患有肺癌，王晓明家庭困难，"
    seconds(unit * 50)

    short = min(seconds(unit * 500) for _ in range(3))

    assert seconds(unit * 5000) < 40 * short


def test_a_firm_s_penalty_is_not_that_of_its_head_named_in_passing():
    text = normalise(
        "石桥某建材公司，法定代表人：王建国，拖欠工资，被行政处罚。王建国因诈骗被刑事拘留。"
    )
    heads = [Person(m.start(), m.end(), sub="legal_representative") for m in NAME.finditer(text)]

    found = facts(text, heads)

    assert [fact.sub for fact in found] == ["penalty"]
    assert found[0].start > text.index("。")
