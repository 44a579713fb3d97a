"""A name is known by what stands beside it; offices, places and phrases are not people."""

from __future__ import annotations

import pytest

from gongkai.model.reading import EntityRole
from gongkai.script import normalise
from gongkai_classifiers.names import is_name, is_transliterated, may_be_name
from gongkai_classifiers.persons import LearntPersons, PersonFinder, RulePersons, persons


def named(text: str) -> list[tuple[str, str]]:
    return [(text[p.start : p.end], p.role.value) for p in persons(normalise(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("签发人：孟丽玉", [("孟丽玉", "signer")], id="signer"),
        pytest.param("(联系人：唐宏金  电话：6012345)", [("唐宏金", "contact_line")], id="contact"),
        pytest.param(
            "承办人及联系电话：杨 文  6012345", [("杨 文", "contact_line")], id="split by a space"
        ),
        pytest.param("齊雪欣委員：\n現將", [("齊雪欣", "salutation")], id="traditional"),
        pytest.param(
            "康杰佳、毛子德、孙佳春委员：",
            [("康杰佳", "salutation"), ("毛子德", "salutation"), ("孙佳春", "salutation")],
            id="three addressees",
        ),
        pytest.param(
            "县政协主席雷永金、副主席傅晓远、秘书长鲍志英参加。",
            [("雷永金", "official"), ("傅晓远", "official"), ("鲍志英", "official")],
            id="leaders in a row",
        ),
        pytest.param("县长史丽主持召开常务会议", [("史丽", "official")], id="title before"),
        pytest.param("由朱勇厅长任组长", [("朱勇", "official")], id="title after"),
        pytest.param("任命欧阳雪为市财政局局长", [("欧阳雪", "official")], id="appointment"),
        pytest.param("免去王海涛的副局长职务", [("王海涛", "official")], id="removal"),
        pytest.param("同意张建国同志退休", [("张建国", "plain")], id="retirement"),
        pytest.param("刘志强，男，1975年3月生", [("刘志强", "plain")], id="person described"),
        pytest.param("邹某于2016年入职，邹某不服", [("邹某", "plain")] * 2, id="covered name"),
        pytest.param("张*三、李××的申请", [("张*三", "plain"), ("李××", "plain")], id="starred"),
        pytest.param("申请人：阿依古丽·买买提", [("阿依古丽·买买提", "plain")], id="with a dot"),
        pytest.param(
            "参会人员：张建国、李红梅 王海涛",
            [("张建国", "attendance"), ("李红梅", "attendance"), ("王海涛", "attendance")],
            id="attendance",
        ),
        pytest.param("组  长：马文龙（副局长）", [("马文龙", "official")], id="spaced label"),
        pytest.param("法定代表人：高志远", [("高志远", "plain")], id="legal representative"),
        pytest.param("联系人\n袁俊雨\n6012345", [("袁俊雨", "contact_line")], id="label in a cell"),
        pytest.param(
            "一、张建国任市示例局局长；\n免去王海涛副局长职务",
            [("张建国", "official"), ("王海涛", "official")],
            id="list of appointments",
        ),
        pytest.param(
            "1 高志远 11010519491231002X\n2 王海涛 女 13800138000",
            [("高志远", "plain"), ("王海涛", "plain")],
            id="rows of a list without a table",
        ),
        pytest.param("关于表彰高志远等10名同志的决定", [("高志远", "plain")], id="and others"),
        pytest.param("乐玲英党组副书记、副主任", [("乐玲英", "official")], id="long title after"),
        pytest.param("经查，田小雨系该公司职工", [("田小雨", "plain")], id="found out"),
        pytest.param("患者田小雨因患重病", [("田小雨", "plain")], id="patient"),
        pytest.param(
            "高志远 王海涛 李红梅 马文龙\n",
            [(n, "plain") for n in ("高志远", "王海涛", "李红梅", "马文龙")],
            id="a line of names",
        ),
        pytest.param(
            "学生柏小志被录取。柏小志表示感谢", [("柏小志", "plain")] * 2, id="named again later"
        ),
    ],
)
def test_names_are_found_with_their_role(text, expected):
    assert named(text) == expected


@pytest.mark.parametrize(
    ("text", "sub"),
    [
        pytest.param("以邓小平理论为指导", "ideology", id="a body of thought"),
        pytest.param("習近平總書記重要指示", "", id="a leader, traditional"),
    ],
)
def test_leaders_of_the_state_are_public_figures(text, sub):
    (found,) = persons(normalise(text))

    assert (found.role, found.sub) == (EntityRole.PUBLIC_FIGURE, sub)


def test_a_covered_name_says_so():
    (found,) = persons("王某某因患重病申请救助")

    assert found.sub == "masked"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("各位代表：现在我代表政府", id="salutation to all"),
        pytest.param("江西省委书记、宁夏高校党组书记", id="places before a title"),
        pytest.param("局长办公会议研究，由常务副县长负责", id="office words"),
        pytest.param("负责人：各县区、各部门", id="offices after a label"),
        pytest.param("联系人：办公室", id="an office to call"),
        pytest.param("责任单位：市发展改革委，完成时限：2023年底", id="task list"),
        pytest.param("提高效率，安全生产，方案已经同意", id="words that begin like names"),
        pytest.param("任命和免去，推荐任何单位", id="verbs without a person"),
        pytest.param("属于某科技公司，对于某些单位", id="某 of no person"),
        pytest.param("主任科员、副主任会议成员、项目经理", id="ranks in a row"),
        pytest.param("由分管副局长任组长，其他领导为成员", id="roles in a group"),
        pytest.param("中国·宁夏政府网", id="dot in a place"),
        pytest.param("姓名\n性别\n单位\n金额\n", id="headings of a table"),
        pytest.param("长×宽×高", id="measures"),
    ],
)
def test_phrases_of_offices_are_no_people(text):
    assert named(text) == []


@pytest.mark.parametrize(
    ("value", "free", "expected"),
    [
        pytest.param("方向东", False, True, id="a word begins it, but only a name is expected"),
        pytest.param("高效率", False, False, id="a phrase even there"),
        pytest.param("方向", False, False, id="a word"),
        pytest.param("田建设", True, False, id="a common word is no given name in prose"),
        pytest.param("亚克西江", True, False, id="no surname"),
        pytest.param("李", True, False, id="a surname alone"),
    ],
)
def test_the_shape_asked_for_depends_on_the_place(value, free, expected):
    assert (is_name(value) if free else may_be_name(value)) is expected


def test_transliterated_names_are_told_from_places():
    assert is_transliterated("买买提·吐尔逊")
    assert not is_transliterated("中国·宁夏")


def test_rules_answer_the_interface_of_any_finder():
    finder: PersonFinder = RulePersons()

    assert persons("联系人:张建国", finder) == finder.find("联系人:张建国")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("姓名：　　性别：　　", id="a blank form"),
        pytest.param("联系人：钱法官", id="a surname with a title"),
        pytest.param("高血压患者管理率达到90%。", id="an illness"),
        pytest.param("王家村、李家沟、张家口三处", id="places of families"),
    ],
)
def test_labels_titles_and_settlements_are_nobody(text):
    assert persons(normalise(text)) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("低保对象王德胜每月领取低保金620元。", "王德胜", id="relief"),
        pytest.param("蒋文静确诊肺结核，已居家隔离。", "蒋文静", id="illness"),
    ],
)
def test_a_doubted_name_counts_where_a_sensitive_fact_is_told_of_it(text, name):
    doubting, silent = LearntPersons(least=0.999), LearntPersons(least=0.999, doubted=0.999)

    found = doubting.find(normalise(text))

    assert [text[person.start : person.end] for person in found] == [name]
    assert silent.find(normalise(text)) == []
