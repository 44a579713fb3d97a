from __future__ import annotations

import pytest

from classifiers.papers import content, kind_of, view, view_of
from gongkai.model.content import Block, Content, Format, Part
from gongkai_classifiers.doc_type import doc_types
from gongkai_classifiers.kinds import STATUTORY, kind_word

RECIPIENTS = "各县（区）人力资源和社会保障局："
BODY = "为做好今年工作，根据有关规定，请认真贯彻执行。"
CLOSE = ("中卫市人力资源和社会保障局", "2026年3月12日")


@pytest.mark.parametrize("kind", [kind for kind in STATUTORY if kind != "命令"])
def test_a_title_names_each_statutory_kind(kind: str) -> None:
    found = kind_of(f"某市人民政府关于做好就业工作的{kind}", RECIPIENTS, BODY, *CLOSE)

    assert found == kind


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        pytest.param("关于岗位设置方案的汇报提纲", "汇报", id="an outline is a report in words"),
        pytest.param("局长办公会讨论材料", "会议材料", id="for a meeting"),
        pytest.param("行政处罚案件集体讨论记录", "会议记录", id="a record of a discussion"),
        pytest.param("《云栖市安居办法》政策解读", "解读", id="an explanation of one paper"),
        pytest.param("某市人民政府令", "命令", id="an order is a 命令"),
        pytest.param("县人民政府嘉奖令", "命令", id="a citation order"),
        pytest.param("第5次局长办公会议纪要", "纪要", id="minutes by their long name"),
        pytest.param("关于征求《办法（征求意见稿）》修改意见的函", "函", id="not 意见"),
        pytest.param("关于商请支持招聘工作的复函", "函", id="a reply letter"),
        pytest.param("关于批复某县工作人选的通知", "通知", id="批复 inside the title"),
        pytest.param("关于通报表彰先进集体的通知", "通知", id="通报 inside the title"),
        pytest.param("关于印发《就业规划》的通知（试行）", "通知", id="trailing brackets"),
        pytest.param("关于印发《工作规则》的通知(2019修订)", "通知", id="a revision"),
        pytest.param("《关于做好就业工作的实施意见》", "意见", id="title in 《》"),
        pytest.param(
            "宁政发〔2026〕2号《某区人民政府关于就业的意见》", "意见", id="number in front"
        ),
        pytest.param("# 关于修改《工伤保险办法》的决定", "决定", id="heading sign in front"),
        pytest.param(
            "【工作制度】關於做好就業工作的通知", "通知", id="traditional, category in front"
        ),
        pytest.param("关于2026年度部门预算执行情况的报告", "报告", id="a report"),
        pytest.param("就业补助资金管理办法（征求意见稿）", "办法", id="another official kind"),
        pytest.param("2025年政府信息公开工作年度报告", "年度报告", id="yearly report"),
        pytest.param("拟聘用人员公示", "公示", id="public listing"),
        pytest.param("人社工作简报", "简报", id="office brief"),
        pytest.param(
            "劳动保障监察行政处罚决定书", "决定书", id="a decision on a penalty is no 决定"
        ),
        pytest.param("2025年就业工作完成情况说明", "情况说明", id="explanation"),
        pytest.param("市人社局2025年建议提案办理情况", "工作情况", id="state of work"),
    ],
)
def test_the_last_words_of_the_title_decide(title: str, kind: str) -> None:
    found = kind_of(title, RECIPIENTS, BODY, *CLOSE)

    assert found == kind


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        pytest.param(["关于做好高校毕业生就业", "工作的通知"], "通知", id="broken inside"),
        pytest.param(
            ["某市人民政府关于", "优化营商环境的若干意见"], "意见", id="broken after 关于"
        ),
        pytest.param(["关于来信所提事项的", "答     复"], "函", id="kind on a line of its own"),
        pytest.param(["关于报送就业工作方案", "的请示"], "请示", id="broken before 的"),
        pytest.param(
            ["关于公开征求《工伤保险办法》", "执行情况意见的公告"],
            "公告",
            id="line ends in a quoted title",
        ),
        pytest.param(
            ["某局文件", "某人社发〔2026〕3号", "签发人：张晓明", "关于就业的请示"],
            "请示",
            id="red head",
        ),
    ],
)
def test_a_title_broken_over_lines_is_put_together(lines: list[str], kind: str) -> None:
    found = kind_of(*lines, RECIPIENTS, BODY, *CLOSE)

    assert found == kind


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        pytest.param("以上请示妥否，请批示。", "请示", id="asks for instruction"),
        pytest.param("当否，请批复。", "请示", id="asks for approval"),
        pytest.param("现将有关情况报告如下：", "报告", id="reports"),
        pytest.param("你局请示收悉。经研究，批复如下：", "批复", id="answers a request"),
        pytest.param("现将《工作规则》印发给你们，请遵照执行。", "通知", id="issues a paper"),
        pytest.param("特此函告。", "函", id="a letter"),
        pytest.param("现将会议主要精神纪要如下：", "纪要", id="minutes"),
        pytest.param("经讨论，议定如下：", "纪要", id="what was settled"),
        pytest.param("会议议定：", "纪要", id="what a meeting settled"),
        pytest.param("省人民政府发布命令如下：", "命令", id="orders"),
        pytest.param("本公报依据统计法编制。", "公报", id="calls itself so"),
        pytest.param("两台电梯均已修复，特此说明。", "情况说明", id="explains"),
        pytest.param("现就禁止事项通告如下：", "通告", id="a notice to a place"),
        pytest.param("现将有关情况通报如下：", "通报", id="informs"),
        pytest.param(
            "我代表市政府，向大会报告政府工作，请予审议。", "报告", id="the government's report"
        ),
    ],
)
def test_without_a_title_the_formula_decides(sentence: str, kind: str) -> None:
    found = kind_of(RECIPIENTS, BODY, sentence, *CLOSE)

    assert found == kind


@pytest.mark.parametrize(
    "title",
    [
        pytest.param("关于对县十八届人大二次会议第124号建议的答复函", id="a letter by name"),
        pytest.param("关于对政协第十届二次会议第14号提案的复函", id="a reply letter by name"),
        pytest.param("关于加快建设中心幼儿园的建议", id="the proposal's own title"),
        pytest.param("", id="no title"),
    ],
)
def test_a_reply_to_a_delegate_is_a_kind_of_its_own(title: str) -> None:
    found = kind_of(
        title,
        "康晓明代表：",
        "您提出的关于修路的建议收悉，现答复如下：",
        "已列入计划。此复。",
        *CLOSE,
    )

    assert found == "建议提案答复"


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(
            ["某省厅上门答复提案", "本报讯（记者 康晓明）6月4日，省厅就提案进行上门答复。"],
            id="news",
        ),
        pytest.param(["第663章 第一次县政府常务会议", "县长看了看大家，没有说话。"], id="a novel"),
        pytest.param(
            ["某市人民政府：", "你市请示收悉。经研究，批复如下：", "同意。", "答案A"], id="an exam"
        ),
        pytest.param(["采用水解酸化工艺处理废水，出水可达标排放。"], id="an abstract"),
        pytest.param(["劳动者能否主张加班费", "邹某于2016年入职某公司。"], id="a case story"),
    ],
)
def test_texts_that_only_look_official_are_none(lines: list[str]) -> None:
    found = kind_of(*lines)

    assert found == "非公文"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        pytest.param("窗口人员下半年轮班表", "轮班表", id="a roster of shifts"),
        pytest.param("国库科岗位AB角替班表", "替班表", id="a form nobody listed"),
        pytest.param("行政处罚案件合议笔录", "会议记录", id="several people confer"),
        pytest.param("对当事人的询问笔录", "笔录", id="one person is asked"),
        pytest.param("水价听证方案论证会发言摘记", "会议记录", id="who said what"),
        pytest.param("三方磋商备忘（未定稿）", "备忘录", id="a memorandum"),
        pytest.param("关于价格联动的几种算法（供联席会讨论）", "会议材料", id="for a meeting"),
        pytest.param("党组会汇报提纲——流动性风险应对", "汇报", id="the subject behind a dash"),
        pytest.param("办事流程常见问题解答", "问答", id="questions and answers"),
        pytest.param("对外答问口径（内部掌握）", "说明", id="what is to be answered"),
        pytest.param("关于园区企业停产面扩大的专报", "报告", id="a special report"),
        pytest.param("第二季度人力资源市场供求情况", "情况", id="a state of things"),
        pytest.param("突发公共卫生事件应急预案（2019修订）", "预案", id="a year is no number"),
        pytest.param("就业服务实施方案讨论稿", "方案", id="a draft of a plan"),
    ],
)
def test_a_title_without_number_or_date_is_enough(title: str, kind: str) -> None:
    found = kind_of(title, "各方看法差距较大，约定十日后再谈，均同意不形成对外文字。")

    assert found == kind


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        pytest.param(
            ["同志们：", "金秋时节，我们欢聚一堂。首先，我代表县委向大家表示祝贺。"],
            "讲话",
            id="a speech",
        ),
        pytest.param(
            ["兹有我单位职工张晓明，现任初级职称，情况属实，仅用于办理公积金贷款。"],
            "证明",
            id="a certificate",
        ),
        pytest.param(
            ["局方五人到会。主持：张晓明。", "李红说车费涨得快，王强认为应当公开账目。散会。"],
            "会议记录",
            id="who said what",
        ),
        pytest.param(
            ["你违反土地管理法，责令十五日内自行拆除，逾期申请人民法院强制执行。", "某县局"],
            "决定书",
            id="one party is bidden",
        ),
    ],
)
def test_without_title_and_formula_the_words_decide(lines: list[str], kind: str) -> None:
    found = kind_of(*lines)

    assert found == kind


@pytest.mark.parametrize(
    ("cover", "kind"),
    [
        pytest.param(
            ["文件呈批表", "拟稿单位：财务科", "标题：关于追加经费的请示", "领导批示："],
            "请示",
            id="a sheet for approval",
        ),
        pytest.param(["发文稿纸", "签发： 核稿： 会签："], "请示", id="a drafting sheet"),
        pytest.param(
            ["签报", "呈：局领导", "事由：追加经费"], "请示", id="a sheet for the leaders"
        ),
        pytest.param(["代拟稿", "（送县政府办公室审核）"], "请示", id="written for another office"),
    ],
)
def test_a_cover_does_not_hide_what_it_covers(cover: list[str], kind: str) -> None:
    paper = ("关于追加防汛经费的请示", "县人民政府：", "需购冲锋舟两艘。妥否，请批示。")

    assert kind_of(*cover, *paper, *CLOSE) == kind


@pytest.mark.parametrize(
    "title",
    [
        pytest.param("关于《犬只管理办法（征求意见稿）》的修改意见", id="named so"),
        pytest.param("对城市更新条例（草案）的意见", id="on a draft"),
        pytest.param("关于供热规划（会签稿）的意见", id="on a paper to be signed together"),
    ],
)
def test_an_opinion_on_another_offices_draft_is_a_letter(title: str) -> None:
    found = kind_of(title, "市公安局：", "来文收悉，提出以下修改意见：删去第三条。", *CLOSE)

    assert found == "函"


def test_a_legal_review_of_a_draft_is_an_opinion() -> None:
    found = kind_of(
        "关于《犬只管理办法（送审稿）》的审核意见", "送审稿收悉，提出如下审核意见：", *CLOSE
    )

    assert found == "意见"


def test_a_state_of_work_sent_with_a_formula_is_a_report() -> None:
    found = kind_of("关于一季度安全工作情况", "市安委会：", "现将有关情况报告如下：", *CLOSE)

    assert found == "报告"


def test_a_formula_in_quotes_is_spoken_of_and_not_used() -> None:
    found = kind_of("很多新人不知道结尾怎么写，小编建议用“妥否，请批示”收尾，大家记得收藏。")

    assert found == "非公文"


def test_an_issue_of_a_series_is_a_brief() -> None:
    found = kind_of("内部情况交流（第12期）", "本期内容：窗口早会做法；新任股长三十天带教心得。")

    assert found == "简报"


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(
            [
                "各科室：",
                "即日起钥匙由办公室统一编号，请各科室于5日前登记，逾期不办的，由分管领导约谈。",
            ],
            id="no title",
        ),
        pytest.param(
            [
                "〔2026〕  号",
                "各县（区）人力资源和社会保障局：",
                "根据省厅部署，请你们对工地欠薪开展排查，6月10日前报送台账。",
                "中卫市人力资源和社会保障局",
                "2026年X月X日",
            ],
            id="number and date still blank",
        ),
        pytest.param(
            [
                "节后上班纪律",
                "机关各科室：",
                "按照局党组要求，节后第一周由督查室每天抽查在岗情况，脱岗的在全局点名。",
            ],
            id="a title of its own making",
        ),
    ],
)
def test_a_draft_without_signs_is_official(lines: list[str]) -> None:
    found = kind_of(*lines)

    assert found != "非公文"


def test_a_kind_told_by_the_looks_shows_words_for_it() -> None:
    paper = view("各科室：", "即日起钥匙由办公室统一编号，请各科室于5日前登记。")

    (found,) = doc_types(paper)

    assert found.evidence is not None
    assert found.evidence.text
    assert 0 < found.confidence < 0.8


def test_official_elements_without_a_kind_cannot_be_told() -> None:
    found = kind_of("某人社发〔2026〕3号", RECIPIENTS, "有关情况见附表", *CLOSE)

    assert found == ""


def test_a_law_published_by_an_announcement_is_an_announcement() -> None:
    found = kind_of(
        "某省人才市场管理条例",
        "省人大常委会公告",
        "《某省人才市场管理条例》已经通过，现予公布，自6月1日起施行。",
        "某省人民代表大会常务委员会",
        "2004年4月1日",
        "第一章 总则",
    )

    assert found == "公告"


def test_web_pages_around_a_document_do_not_hide_its_title() -> None:
    found = kind_of(
        "当前位置：首页 > 政务公开 > 通知公告",
        "索引号：123/2026-001 发布机构：某县人民政府 文号：",
        "某县人民政府关于禁止燃放烟花爆竹的通告",
        "来源：县政府办 发布时间：2026-01-02 浏览次数：7",
        "根据规定，现就有关事项通知如下。",
        "特此通告。",
    )

    assert found == "通告"


def test_the_titles_of_attachments_do_not_count() -> None:
    found = kind_of(
        RECIPIENTS, "《工作规则》已经通过，现予印发。", *CLOSE, "工作规则", "第一条 制定本规则。"
    )

    assert found == "通知"


def test_the_file_name_speaks_when_the_text_is_silent() -> None:
    found = kind_of("请各单位知悉并执行", name="关于召开工作会议的通知.docx")

    assert found == "通知"


def test_a_title_set_large_and_centred_counts_though_it_names_no_kind() -> None:
    blocks = (
        Block("name", Part.NAME, "正文.docx"),
        Block("body/p1", Part.BODY, "中卫市就业服务", centred=True, size=22.0),
        Block("body/p2", Part.BODY, "提升行动", centred=True, size=22.0),
        Block("body/p3", Part.BODY, "为做好工作，制定本方案。", size=16.0),
    )
    paper = view_of(Content("0" * 64, Format.DOCX, blocks))

    (found,) = doc_types(paper)

    assert found.value == "方案"
    assert paper.layout.title is not None
    assert paper.layout.title.text == "中卫市就业服务提升行动"


def test_the_evidence_is_the_word_that_decided() -> None:
    paper = view_of(content("关于做好就业工作的 通 知", RECIPIENTS, BODY))

    (found,) = doc_types(paper)

    assert found.evidence is not None
    assert found.evidence.text == "通 知"


def test_a_title_is_surer_than_a_formula() -> None:
    titled = doc_types(view("关于做好就业工作的通知", RECIPIENTS, BODY))[0]
    formula = doc_types(view(RECIPIENTS, "现将有关事项通知如下。"))[0]

    assert titled.confidence > formula.confidence


def test_an_empty_file_has_no_kind() -> None:
    assert kind_of() == ""


def test_words_that_only_end_like_a_kind_name_none() -> None:
    assert kind_word("面向社会公开征求意见") is None
    assert kind_word("通知公告") is None
