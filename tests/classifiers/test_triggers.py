"""Cues of the decision table fire on papers that are such, not on papers that speak of such."""

from __future__ import annotations

import pytest

from classifiers.papers import content, view, view_of
from gongkai.model.content import Block, Cell, Content, Flag, Format, Part
from gongkai.model.reading import Trigger, TriggerCode
from gongkai_classifiers import triggers
from gongkai_classifiers.cues import GUARDED, cues

CLOSE = ("中卫市示例局", "2026年3月5日")
BODY = "为做好有关工作，现将有关事项通知如下。"


def seen(*lines: str) -> tuple[Trigger, ...]:
    return triggers.observe(view(*lines)).triggers


def codes(*lines: str, subject: bool) -> set[str]:
    return {t.code.value for t in seen(*lines) if t.subject is subject}


@pytest.mark.parametrize(
    ("title", "code"),
    [
        pytest.param("关于提高城乡居民养老保险待遇的通知", "VITAL_INTEREST", id="benefits"),
        pytest.param("关于禁止燃放烟花爆竹的通告", "WIDE_KNOWLEDGE", id="ban"),
        pytest.param("关于局领导工作分工的通知", "INSTITUTION", id="who does what"),
        pytest.param("关于加强机关考勤管理的通知", "INTERNAL_MATTER", id="attendance"),
        pytest.param(
            "关于征求《就业补助办法（征求意见稿）》意见的函", "CONSULTATION", id="asking offices"
        ),
        pytest.param(
            "关于对《就业补助办法（征求意见稿）》的修改意见的复函", "CONSULTATION", id="answering"
        ),
        pytest.param("关于公开征求《就业补助办法》意见的公告", "PUBLIC_CONSULTATION", id="public"),
        pytest.param(
            "对市五届人大一次会议第12号建议的答复", "PROPOSAL_REPLY", id="deputy's proposal"
        ),
        pytest.param("关于同意张建国同志退休的批复", "PRIVATE_SUBJECT", id="somebody's retirement"),
        pytest.param("关于李某某反映拖欠工资问题的答复", "PRIVATE_SUBJECT", id="complaint"),
        pytest.param("关于张建国辞去公职的批复", "PRIVATE_SUBJECT", id="a name and what one has"),
        pytest.param("关于商调李秀英同志的函", "PRIVATE_SUBJECT", id="a name and 同志"),
        pytest.param("政府信息公开告知书", "PRIVATE_SUBJECT", id="answer to a request"),
        pytest.param("关于反馈《就业补助办法》意见建议的函", "CONSULTATION", id="views sent back"),
        pytest.param("关于商请会签就业补助办法的函", "CONSULTATION", id="asking to sign jointly"),
        pytest.param("关于《就业补助办法（送审稿）》的起草说明", "DELIBERATION", id="on a draft"),
        pytest.param("考试命题和试卷保管工作安排", "SECRET_CONTENT", id="how papers are made"),
        pytest.param("关于某公司产品成本和利润情况的函", "TRADE_SECRET", id="a firm's figures"),
        pytest.param("劳动保障监察调查询问通知书", "CASE_FILE", id="summons in a case"),
        pytest.param("关于办公系统切换的通知", "INTERNAL_MATTER", id="the house's own computers"),
        pytest.param("劳动争议仲裁应诉通知书", "PRIVATE_SUBJECT", id="a writ to one party"),
        pytest.param("请对资金方案提出书面意见的函", "CONSULTATION", id="asking, in other words"),
        pytest.param("某县审计局机关车辆管理办法", "INTERNAL_MATTER", id="a rule of the house"),
        pytest.param("认定工伤决定书", "PRIVATE_SUBJECT", id="injury at work"),
        pytest.param("局务会议讨论材料", "DELIBERATION", id="for a meeting"),
        pytest.param("关于某公司欠薪案件调查情况的报告", "CASE_FILE", id="inquiry"),
        pytest.param("春节期间维稳工作方案", "SECURITY_STABILITY", id="stability"),
    ],
)
def test_a_title_says_what_the_whole_paper_is(title, code):
    assert code in codes(title, "各科室：", BODY, *CLOSE, subject=True)


@pytest.mark.parametrize(
    ("title", "code"),
    [
        pytest.param("关于商请提供就业数据的函", "CONSULTATION", id="data are no opinion"),
        pytest.param("关于商请选派评委的函", "CONSULTATION", id="people are no opinion"),
        pytest.param("关于张建国同志任职的通知", "PRIVATE_SUBJECT", id="an office is public"),
        pytest.param("关于表彰张建国同志的决定", "PRIVATE_SUBJECT", id="an honour is public"),
        pytest.param("关于加强工资支付管理的通知", "PRIVATE_SUBJECT", id="nobody is named"),
        pytest.param("关于反馈《就业补助办法》意见建议的函", "PROPOSAL_REPLY", id="no deputy"),
        pytest.param("行政处罚决定书", "PRIVATE_SUBJECT", id="a penalty may be public"),
        pytest.param(
            "关于提请审议《城市绿化条例（草案）》的议案", "DELIBERATION", id="a bill is no talk"
        ),
        pytest.param("关于答复政协委员建议的函", "CONSULTATION", id="a deputy's proposal"),
        pytest.param("某县审计局机关服务群众制度", "INTERNAL_MATTER", id="for the public"),
        pytest.param("关于科室办公地点搬迁的通知", "INSTITUTION", id="a section moves"),
        pytest.param(
            "高铁片区社会稳定风险评估公示", "SECURITY_STABILITY", id="the public is asked"
        ),
    ],
)
def test_a_title_that_only_sounds_like_it_says_nothing(title, code):
    assert code not in codes(title, "市示例局：", BODY, *CLOSE, subject=True)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        pytest.param("有事外出不打招呼的，扣发当月奖金。", "CASE_FILE", id="leaves without a word"),
        pytest.param("报：市政府办公室 送：各县区人民政府", "INTERNAL_MATTER", id="sent to others"),
        pytest.param("请各位代表：按时到会。", "WIDE_KNOWLEDGE", id="calls them in"),
    ],
)
def test_words_that_also_stand_elsewhere_say_nothing(line, code):
    assert code not in codes("关于有关工作的情况", line, subject=True)


@pytest.mark.parametrize(
    ("line", "addressed"),
    [
        pytest.param("张建国：", True, id="one person"),
        pytest.param("张建国（身份证号：见档案）：", True, id="with a number"),
        pytest.param("市财政局：", False, id="an office"),
        pytest.param("会议指出：", False, id="no name"),
    ],
)
def test_a_paper_to_one_person_is_about_that_person(line, addressed):
    found = codes("关于鉴定事项的通知", line, "经审查，通知如下。", *CLOSE, subject=True)

    assert ("PRIVATE_SUBJECT" in found) is addressed


def test_a_paper_about_one_person_lists_nobody():
    found = codes("关于张建国同志对职称评审结果复核的答复", BODY, *CLOSE, subject=True)

    assert "PRIVATE_SUBJECT" in found
    assert "NAMED_LIST" not in found


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        pytest.param(
            ["齐雪欣委员：", "您提出的关于加快道路建设的提案收悉，现答复如下。"],
            "PROPOSAL_REPLY",
            id="reply without a title",
        ),
        pytest.param(
            ["市财政局：", "你局关于征求预算办法意见的函收悉。经研究，我局无修改意见。"],
            "CONSULTATION",
            id="answer without a title",
        ),
        pytest.param(["近日，县农业农村局召开专题会议。"], "NEWS_LIKE", id="news"),
        pytest.param(
            ["各位代表：", "受市人民政府委托，向大会报告计划执行情况，请予审议。"],
            "WIDE_KNOWLEDGE",
            id="read out before a congress",
        ),
        pytest.param(
            ["楼道灯已换，电梯年检通过。", "报：局领导 发：各科室、下属单位"],
            "INTERNAL_MATTER",
            id="sent to the leaders and sections of the house",
        ),
        pytest.param(
            ["周三起对加油站开展突击检查，不打招呼，直奔现场。"],
            "CASE_FILE",
            id="a check without warning",
        ),
    ],
)
def test_the_opening_speaks_when_there_is_no_title(lines, code):
    assert code in codes(*lines, subject=True)


def test_a_public_call_for_comments_is_no_consultation_of_offices():
    lines = (
        "关于公开征求《就业补助办法（征求意见稿）》意见的公告",
        "现向社会公开征求意见。",
        *CLOSE,
    )

    found = codes(*lines, subject=True)

    assert "PUBLIC_CONSULTATION" in found
    assert "CONSULTATION" not in found


def test_words_of_public_interest_do_not_open_an_internal_paper():
    found = codes("关于印发机关考勤和工资管理办法的通知", "各科室：", BODY, *CLOSE, subject=True)

    assert found == {"INTERNAL_MATTER"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("经表决，同意7票，反对2票。", "DELIBERATION", id="vote"),
        pytest.param("讨论中班子成员意见不一，王副局长主张暂缓。", "DELIBERATION", id="views"),
        pytest.param("市财政局反馈：建议压缩资金规模。", "CONSULT_CONTENT", id="another's opinion"),
        pytest.param(
            "按照某密发〔2026〕12号文件要求办理。", "SECRET_CONTENT", id="number of a paper"
        ),
        pytest.param("笔试试题及标准答案见附件。", "SECRET_CONTENT", id="exam questions"),
        pytest.param("重点稳控人员名单见下。", "SECURITY_STABILITY", id="people under watch"),
        pytest.param("双方承担保密义务，底价为120万元。", "TRADE_SECRET", id="contract"),
        pytest.param("该案目前正在调查。", "CASE_FILE", id="case under inquiry"),
        pytest.param("（内部资料，注意保存）", "INTERNAL_MATTER", id="note of handling"),
        pytest.param("此件仅供局内部传阅。", "INTERNAL_MATTER", id="for the house only"),
    ],
)
def test_a_passage_is_found_wherever_it_stands(text, code):
    paper = content("关于做好就业工作的通知", "各单位：", BODY, *CLOSE)
    hidden = Block("comment1/p1", Part.COMMENT, text, frozenset({Flag.UNPRINTED}))
    attachment = Content("1" * 64, Format.DOCX, (Block("name", Part.NAME, "附件.docx"), hidden))

    plain = codes("关于做好就业工作的通知", "各单位：", BODY, text, *CLOSE, subject=False)
    deep = triggers.observe(view_of(paper, attachment)).triggers

    assert code in plain
    assert code in {t.code.value for t in deep if not t.subject}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("不得公开国家秘密、商业秘密和个人隐私。", id="what must stay closed"),
        pytest.param("试题启用前应当按照机密级事项管理。", id="rule on exams"),
        pytest.param("举报人的姓名、电话等信息应当保密。", id="rule on informants"),
        pytest.param("下列信息不予公开：内部资料、会议记录、过程性信息。", id="list of exemptions"),
        pytest.param("双方应当依法承担保密义务。", id="rule on contracts"),
        pytest.param("皖政秘〔2021〕12号", id="secretariat's number is no secret"),
        pytest.param("对可能引发群体性事件的，应当及时报告。", id="rule on stability"),
        pytest.param("经会议讨论，一致同意通过。", id="no views attributed"),
        pytest.param("公众意见采纳情况将向社会公布。", id="public feedback"),
    ],
)
def test_a_rule_about_such_matters_is_no_such_matter(text):
    found = seen("关于印发政府信息公开制度的通知", "各单位：", text, *CLOSE)

    assert {t.code for t in found if not t.subject} & GUARDED == set()


@pytest.mark.parametrize(
    ("lines", "kinds"),
    [
        pytest.param(
            ["2026年考试录用公务员拟录用人员公示", "现将拟录用人员名单予以公示。"],
            {"civil_servant_recruitment"},
            id="civil servants",
        ),
        pytest.param(
            ["关于张建国等同志职务任免的通知", "各单位："], {"appointments"}, id="offices"
        ),
        pytest.param(
            ["关于开展职称评审工作的通知", "各单位：", "请按时报送。"], set(), id="no list"
        ),
    ],
)
def test_lists_the_law_wants_published_are_named(lines, kinds):
    found = seen(*lines, *CLOSE)

    assert {t.detail for t in found if t.code is TriggerCode.NAMED_LIST} == kinds


def test_a_table_of_people_makes_a_notice_a_list():
    cell = Cell("body/t1", 2, 1, "姓名")
    roster = Content(
        "2" * 64,
        Format.XLSX,
        (
            Block("name", Part.NAME, "附件：岗位补贴人员花名册.xlsx"),
            Block("Sheet1!A2", Part.SHEET, "张建国", cell=cell),
        ),
    )
    paper = content("关于做好岗位补贴工作的通知", "各单位：", BODY, *CLOSE)

    found = triggers.observe(view_of(paper, roster)).triggers

    assert {t.detail for t in found if t.code is TriggerCode.NAMED_LIST} == {"subsidies"}


def test_a_paper_without_a_title_is_known_by_its_file_name():
    found = triggers.observe(
        view_of(content("请各科室遵照执行。", name="机关考勤管理规定.txt"))
    ).triggers

    assert any(t.code is TriggerCode.INTERNAL_MATTER and t.subject for t in found)


def test_every_cue_names_its_ground_and_a_sensible_weight():
    assert all(cue.source and 0 < cue.weight <= 1 for cue in cues())
    assert {cue.code for cue in cues()} | {TriggerCode.NAMED_LIST} == set(TriggerCode)
