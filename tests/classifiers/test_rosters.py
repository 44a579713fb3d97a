"""A column is known by its heading, whatever the cells look like."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.papers import content, view_of
from gongkai.model.content import Block, Cell, Content, Flag, Format, Part
from gongkai.model.reading import Entity, EntityKind, EntityRole
from gongkai.model.transcript import Transcript
from gongkai_classifiers import contacts, identifiers, persons, rosters
from gongkai_classifiers.columns import answered_cells, column_meaning, left_to_roster
from gongkai_classifiers.facts import facts
from gongkai_classifiers.persons import LearntPersons

PEOPLE = [
    ["张建国", "11010519491231002X", "13800138000", "肢体残疾二级", "600"],
    ["买买提·吐尔逊", "6405**********12", "138****8000", "视力残疾一级", "450"],
    ["李 梅", "不详", "无", "—", "450"],
]
HEADINGS = ["姓名", "身份证号码", "联系电话", "残疾类别", "补贴金额（元）"]


def table(headings: list[str], rows: list[list[str]], flags: frozenset[Flag] = frozenset()):
    blocks = [
        Block(
            f"body/t1/r{r}c{c}",
            Part.TABLE,
            text,
            flags,
            Cell("body/t1", r, c, heading, data=r > 1),
        )
        for r, row in enumerate([headings, *rows], 1)
        for c, (heading, text) in enumerate(zip(headings, row, strict=True), 1)
    ]
    return Content("0" * 64, Format.DOCX, (Block("name", Part.NAME, "附件.docx"), *blocks))


def entities(paper: Content) -> list[Entity]:
    looked_at = view_of(content("关于公示补贴名单的通知"), paper)
    seen = (part.observe(looked_at) for part in (identifiers, contacts, persons, rosters))
    return [entity for part in seen for entity in part.entities]


def test_every_data_cell_of_a_telling_column_is_one_entity():
    found = entities(table(HEADINGS, PEOPLE))

    assert sorted((e.kind.value, e.span.place[-4:], e.already_masked) for e in found) == [
        ("ID_NUMBER", "r2c2", False),
        ("ID_NUMBER", "r3c2", True),
        ("PERSON", "r2c1", False),
        ("PERSON", "r3c1", False),
        ("PERSON", "r4c1", False),
        ("PHONE", "r2c3", False),
        ("PHONE", "r3c3", True),
        ("SENSITIVE_FACT", "r2c4", False),
        ("SENSITIVE_FACT", "r3c4", False),
    ]


def test_a_roster_of_two_hundred_speaks_once_per_cell_with_its_place():
    rows = [["张建国", "11010519491231002X", "13800138000", "无", "1"] for _ in range(200)]

    found = entities(table(HEADINGS, rows))

    assert len(found) == 600
    assert {e.source for e in found} == {"roster:姓名", "roster:身份证件号码", "roster:联系电话"}
    assert len({e.span.place for e in found}) == 600


def test_hidden_columns_are_read_too():
    found = entities(table(HEADINGS, PEOPLE, frozenset({Flag.HIDDEN_COLUMN})))

    assert any(e.kind is EntityKind.ID_NUMBER for e in found)


def test_numbers_that_no_pattern_knows_are_found_by_their_heading():
    found = entities(table(["姓名", "银行账号"], [["张建国", "101 2345 6789"]]))

    assert [(e.kind, e.span.text) for e in found if e.kind is EntityKind.BANK_CARD] == [
        (EntityKind.BANK_CARD, "101 2345 6789")
    ]


@pytest.mark.parametrize(
    ("headings", "row", "role"),
    [
        pytest.param(["姓名", "电话"], ["张建国", "0951-6012345"], EntityRole.PLAIN, id="people"),
        pytest.param(
            ["单位名称", "电话"],
            ["示例公司", "0951-6012345"],
            EntityRole.PUBLIC_SERVICE,
            id="offices",
        ),
        pytest.param(
            ["单位", "联系人", "联系电话"],
            ["示例局", "张建国", "13800138000"],
            EntityRole.CONTACT_LINE,
            id="contact persons of offices",
        ),
        pytest.param(
            ["县区", "监督电话"], ["某区", "6012345"], EntityRole.PUBLIC_SERVICE, id="hotline"
        ),
        pytest.param(
            ["单位", "手机号码"], ["示例局", "13800138000"], EntityRole.PLAIN, id="mobile column"
        ),
    ],
)
def test_a_telephone_means_what_stands_beside_it(headings, row, role):
    found = entities(table(headings, [row]))

    assert [e.role for e in found if e.kind is EntityKind.PHONE] == [role]


def test_an_office_directory_has_no_homes_and_no_private_accounts():
    headings = ["单位名称", "地址", "账号", "法定代表人"]
    row = ["示例公司", "某某大道16号", "29010400123456", "张建国"]

    found = entities(table(headings, [row]))

    assert {(e.kind, e.role) for e in found} == {
        (EntityKind.ADDRESS, EntityRole.PUBLIC_SERVICE),
        (EntityKind.BANK_CARD, EntityRole.PUBLIC_SERVICE),
        (EntityKind.PERSON, EntityRole.PLAIN),
    }


def test_an_identifier_under_another_heading_is_still_found():
    found = entities(table(["姓名", "备注"], [["张建国", "证号11010519491231002X"]]))

    assert EntityKind.ID_NUMBER in {e.kind for e in found}


@pytest.mark.parametrize(
    ("heading", "field", "kind"),
    [
        pytest.param("姓  名", "姓名", EntityKind.PERSON, id="spaced"),
        pytest.param("姓名\n（户主）", "姓名", EntityKind.PERSON, id="with a remark"),
        pytest.param("拟聘用人员", "姓名", EntityKind.PERSON, id="list of the hired"),
        pytest.param("身份證號碼", "身份证件号码", EntityKind.ID_NUMBER, id="traditional"),
        pytest.param("准考证号", "准考证号", None, id="exam number is no ID"),
        pytest.param("补助金额（元）", "金额", None, id="amount"),
        pytest.param("低保金额", "金额", EntityKind.SENSITIVE_FACT, id="amount that tells poverty"),
        pytest.param("出生年月", "出生年月", EntityKind.SENSITIVE_FACT, id="birth"),
        pytest.param("家庭住址", "家庭住址", EntityKind.ADDRESS, id="home"),
        pytest.param("报名地点", "单位地址", EntityKind.ADDRESS, id="office address"),
        pytest.param("工作单位", "单位", EntityKind.ORGANIZATION, id="unit"),
        pytest.param("毕业院校", "毕业院校", None, id="school"),
        pytest.param(
            "社会保障号码", "社会保障号码", EntityKind.SOCIAL_SECURITY_NUMBER, id="insured"
        ),
        pytest.param("健康状况", "健康状况", EntityKind.SENSITIVE_FACT, id="health"),
        pytest.param("残疾人姓名", "姓名", EntityKind.PERSON, id="name of a disabled person"),
        pytest.param("户籍地", "家庭住址", EntityKind.ADDRESS, id="where one is registered"),
    ],
)
def test_headings_are_read_as_fields_of_the_profile(heading, field, kind):
    meaning = column_meaning(heading)

    assert meaning is not None
    assert (meaning.field, meaning.kind) == (field, kind)


def test_a_heading_nobody_knows_means_nothing():
    assert column_meaning("甲") is None


@pytest.mark.parametrize(
    ("text", "subs"),
    [
        pytest.param("张建国同志因患肺癌去世", ["health"], id="illness"),
        pytest.param(
            "刘志强，男，1975年3月生，完全丧失劳动能力", ["birth_date", "health"], id="birth"
        ),
        pytest.param("低保户：申请人高志远", ["poverty"], id="hardship before the name"),
        pytest.param("对王海涛同志给予党内警告处分", ["penalty"], id="penalty"),
        pytest.param("患有职业病的职工可以申请鉴定", [], id="rule about illness"),
        pytest.param("县长史丽看望慰问低保户", [], id="a leader's visit"),
        pytest.param("将符合条件的低保户、孤儿纳入救助", [], id="rule about hardship"),
    ],
)
def test_sensitive_facts_are_facts_about_somebody(text, subs):
    found = persons.observe(view_of(content(text))).entities

    assert [e.sub for e in found if e.kind is EntityKind.SENSITIVE_FACT] == subs


def test_facts_of_a_covered_name_count_as_covered():
    found = persons.observe(view_of(content("王某某因患重病申请救助"))).entities

    assert [e.already_masked for e in found] == [True] * len(found)


NAMES = st.sampled_from(
    (
        "赵晓明",
        "孙红梅",
        "陈国华",
        "李 梅",
        "吴志远",
        "欧阳文静",
        "高度",
        "买买提",
        "王某",
        "周慧",
        "无",
        "郭建平、郭建安",
    )
)
MENTIONS = st.sampled_from(
    (
        "村民赵晓明今年种了玉米，妻子孙红梅务工。",
        "陈国华患有肺癌，吴志远把电话打到大厅。",
        "周慧说，高度重视。",
        "配偶欧阳文静",
        "无",
    )
)


def said_outside(transcript: Transcript, finder: LearntPersons) -> list[object]:
    """What persons and facts say of a file outside the cells that are left to rosters."""
    found = persons.persons(transcript.text, finder)
    kept = [
        person
        for person in found
        if not left_to_roster(transcript.block_at(person.start), EntityKind.PERSON)
    ]
    told = [(f.start, f.end, f.sub, f.role, f.person) for f in facts(transcript.text, found)]
    return [*kept, *told]


@given(
    st.lists(st.tuples(NAMES, MENTIONS), min_size=1, max_size=8),
    st.lists(MENTIONS, max_size=3),
    st.sampled_from(("姓名", "联系人", "单位")),
)
@settings(max_examples=150, deadline=None)
def test_cells_the_nets_do_not_read_change_nothing_anybody_is_told(rows, prose, heading):
    cells = table(["序号", heading, "备注"], [["1", name, remark] for name, remark in rows])
    lines = [Block(f"body/p{n}", Part.BODY, line) for n, line in enumerate(prose, 1)]
    transcript = Transcript((*cells.blocks, *lines))
    answered = answered_cells(transcript)

    short = said_outside(transcript, LearntPersons(unasked=answered))

    assert short == said_outside(transcript, LearntPersons())


def test_a_name_that_stands_elsewhere_too_is_read_in_its_cell():
    names = [["张建国"], ["李红梅"]]
    cells = table(["姓名"], names).blocks
    prose = Block("body/p1", Part.BODY, "李红梅患病")

    answered = answered_cells(Transcript((*cells, prose)))

    assert len(answered) == 1


def facts_in(paper: Content) -> list[tuple[str, str, str]]:
    """Sort, place and source of the facts of an attachment."""
    found = [e for e in entities(paper) if e.kind is EntityKind.SENSITIVE_FACT]
    return [(e.sub, e.span.place.rpartition("/")[2], e.source) for e in found]


@pytest.mark.parametrize(
    ("headings", "row", "expected"),
    [
        pytest.param(
            ["姓名", "备注"], ["张建国", "患尿毒症"], [("health", "r2c2", "facts")], id="a remark"
        ),
        pytest.param(
            ["姓名", "人员类别"],
            ["张建国", "低保对象"],
            [("poverty", "r2c2", "facts")],
            id="a sort",
        ),
        pytest.param(
            ["姓名", "处理结果"],
            ["张建国", "开除"],
            [("penalty", "r2c2", "roster:处理情况")],
            id="what was done, which a list of penalties may show",
        ),
        pytest.param(
            ["当事人", "处罚种类"],
            ["张建国", "行政拘留"],
            [("penalty", "r2c2", "roster:处理情况")],
            id="a party to a case",
        ),
        pytest.param(
            ["姓名", "年龄"], ["张建国", "9"], [("minor", "r2c2", "facts")], id="a child's age"
        ),
        pytest.param(["姓名", "年龄"], ["张建国", "39"], [], id="an age"),
        pytest.param(["姓名", "备注"], ["张建国", "放弃"], [], id="another remark"),
        pytest.param(["姓名", "工作单位"], ["张建国", "残疾人康复中心"], [], id="where he works"),
        pytest.param(["姓名", "备注"], ["", "患尿毒症"], [], id="a row of nobody"),
        pytest.param(["当事人", "处罚种类"], ["示例建材公司", "罚款"], [], id="a firm"),
        pytest.param(["救助类别", "备注"], ["低保", "低保户享受"], [], id="a table of rules"),
    ],
)
def test_a_cell_beside_a_name_may_tell_a_fact_its_heading_does_not(headings, row, expected):
    assert facts_in(table(headings, [row])) == expected


@pytest.mark.parametrize(
    ("heading", "sub"),
    [
        pytest.param("是否残疾", "disability", id="a question"),
        pytest.param("是否低保户", "poverty", id="a question of means"),
        pytest.param("低保类别", "poverty", id="sort of relief"),
        pytest.param("家庭人均月收入", "poverty", id="income"),
        pytest.param("监护情况", "minor", id="guardianship"),
    ],
)
def test_headings_that_announce_facts(heading, sub):
    meaning = column_meaning(heading)

    assert meaning is not None
    assert (meaning.kind, meaning.sub) == (EntityKind.SENSITIVE_FACT, sub)


def unheaded(rows: list[list[str]]) -> Content:
    """A table in which the reader has found no row of headings."""
    blocks = [
        Block(f"body/t1/r{r}c{c}", Part.TABLE, text, cell=Cell("body/t1", r, c))
        for r, row in enumerate(rows, 1)
        for c, text in enumerate(row, 1)
        if text
    ]
    return Content("0" * 64, Format.DOCX, (Block("name", Part.NAME, "附件.docx"), *blocks))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            [
                ["姓名", "张建国", "性别", "男"],
                ["残疾类别", "肢体残疾", "联系电话", "6012345"],
                ["致困原因", "患尿毒症", "低保类别", "A类"],
            ],
            [("disability", "r2c2"), ("poverty", "r3c2"), ("poverty", "r3c4")],
            id="a form",
        ),
        pytest.param(
            [["姓名", "是否残疾"], ["张建国", "是"], ["李红梅", "否"]],
            [("disability", "r2c2")],
            id="a list whose headings were taken for data",
        ),
        pytest.param(
            [["姓名", "", "残疾类别", "□肢体 □视力"], ["残疾等级", "", "低保类别", ""]],
            [],
            id="a blank form",
        ),
        pytest.param(
            [["救助类别", "城市低保"], ["残疾等级", "一级、二级"]], [], id="a table of rules"
        ),
    ],
)
def test_forms_and_lists_without_headings_are_read_by_their_labels(rows, expected):
    found = [(sub, place) for sub, place, _ in facts_in(unheaded(rows))]

    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize(
    "gap",
    [
        pytest.param("\t", id="tabs"),
        pytest.param(" | ", id="bars"),
        pytest.param("   ", id="wide gaps"),
    ],
)
def test_a_list_typed_into_lines_is_read_as_a_table(gap):
    rows = [["姓名", "残疾等级", "住址"], ["张建国", "一级", "东风村2组15号"], ["李红梅", "", ""]]
    paper = content("现公布名单：", *(gap.join(row) for row in rows[:2]), "特此公布。")

    seen = rosters.observe(view_of(paper)).entities

    assert [(e.kind, e.sub, e.span.text) for e in seen] == [
        (EntityKind.SENSITIVE_FACT, "disability", "一级"),
        (EntityKind.ADDRESS, "home", "东风村2组15号"),
    ]
