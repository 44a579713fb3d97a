"""Who wrote a paper decides whether words of offices make it an official one."""

from __future__ import annotations

import pytest

from classifiers.papers import kind_of, view
from gongkai_classifiers.doc_type import doc_types


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(
            [
                "催告函",
                "天成机械厂：",
                "受委托致函，请十日内付清货款。",
                "江口衡正律师事务所",
                "律师：周立",
            ],
            id="a lawyer's letter",
        ),
        pytest.param(
            ["通知", "各位业主：", "水泵房检修，周三上午停水，请储水。", "绿洲花园物业服务中心"],
            id="from the managers of an estate",
        ),
        pytest.param(
            ["公告", "各位顾客：", "本店自5月8日起停业三天，会员卡照常使用。", "惠民生鲜超市"],
            id="a shop's",
        ),
        pytest.param(
            ["公 示", "经业主投票更换三部电梯，公示七天，有异议请到业委会。", "康乐苑业主委员会"],
            id="neighbours'",
        ),
        pytest.param(
            [
                "倡议书",
                "全市餐饮业同仁：",
                "我们倡议提供小份菜，提醒适量点餐。",
                "江口市餐饮行业协会",
            ],
            id="an association's appeal",
        ),
        pytest.param(
            [
                "感谢信",
                "尊敬的医院领导：",
                "我母亲住院时护士日夜照料，特此致谢。",
                "患者家属 林小雨",
            ],
            id="one person's thanks",
        ),
        pytest.param(
            ["请假条", "张科长：", "因老人住院，请假三天，望批准。", "请假人：赵亮"],
            id="asks for leave",
        ),
        pytest.param(["调度会签到表", "序号 姓名 单位 签名"], id="a list of those present"),
        pytest.param(
            ["物品移交清单", "移交人：刘芳 接收人：陈刚", "1.钥匙三把", "2.优盘一只"],
            id="handed from one person to another",
        ),
        pytest.param(
            [
                "政府信息公开申请表",
                "姓名：孙敏 联系电话：",
                "所需信息：我村2019年的补助发放表",
                "受理机关：青岚县民政局",
            ],
            id="a form filled in by a citizen",
        ),
        pytest.param(
            [
                "房屋租赁合同",
                "甲方（出租方）：张明",
                "乙方（承租方）：李刚",
                "租期三年，租金月付。",
            ],
            id="a contract between two persons",
        ),
        pytest.param(
            ["年终奖发放办法", "全体员工：", "按出勤发放，销售部另算。", "天成机械有限公司人事部"],
            id="a firm's to its staff",
        ),
        pytest.param(
            ["应用文期中测验", "一、选择题（每题2分，共20分）", "1.下列文种中属于上行文的是"],
            id="a test for pupils",
        ),
        pytest.param(
            ["居住证办事指南", "在线办理 收藏 打印", "受理条件：连续居住半年", "好差评"],
            id="a page to click at",
        ),
    ],
)
def test_official_words_from_somebody_who_is_no_office_make_no_official_paper(
    lines: list[str],
) -> None:
    found = kind_of(*lines)

    assert found == "非公文"


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        pytest.param(
            ["倡议书", "广大市民：", "我们倡议以鲜花代替纸钱。", "江口市文明建设委员会办公室"],
            "倡议书",
            id="an office appeals",
        ),
        pytest.param(
            ["感谢信", "云岭县消防救援大队：", "你部连续奋战五昼夜，谨致谢意。", "平川县人民政府"],
            "感谢信",
            id="an office thanks",
        ),
        pytest.param(
            ["通知", "各小组：", "周五八点在村部开户长会，每户来一人。", "石桥村民委员会"],
            "通知",
            id="a village bids",
        ),
        pytest.param(
            ["关于部分路段停水的公告", "因管网改造停水，请用户储水。", "江口市自来水公司"],
            "公告",
            id="a firm that serves everybody",
        ),
        pytest.param(
            ["创业担保贷款申请表", "姓名 性别 身份证号", "申请金额 用途", "社区意见"],
            "申请表",
            id="a blank form",
        ),
        pytest.param(
            ["设备采购合同", "甲方：平川县人民医院", "乙方：天成机械有限公司", "价款九万元。"],
            "合同",
            id="an office is a party",
        ),
        pytest.param(
            [
                "关于政府工作报告",
                "会议听取和审议了县长所作的报告，决定批准这个报告。",
                "平川县第三届人民代表大会第二次会议",
            ],
            "决议",
            id="a congress approves",
        ),
        pytest.param(
            ["别让河里漂塑料袋", "全县居民：", "我们倡议：出门带布袋。", "县爱国卫生运动委员会"],
            "倡议书",
            id="an appeal without its name",
        ),
    ],
)
def test_the_same_words_from_an_office_name_its_kind(lines: list[str], kind: str) -> None:
    found = kind_of(*lines)

    assert found == kind


def test_who_else_wrote_a_paper_is_shown() -> None:
    (found,) = doc_types(view("公告", "各位顾客：", "停业三天，会员卡照常使用。", "惠民生鲜超市"))

    assert found.evidence is not None
    assert found.evidence.text == "惠民生鲜超市"


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(
            [
                "副市长走访慰问一线职工",
                "近日，副市长张晓明来到城东工地走访慰问一线职工，送去防暑用品，并与大家亲切交谈。",
                "市直有关部门负责人陪同走访。",
            ],
            id="section news",
        ),
        pytest.param(
            [
                "县委常委会召开会议",
                "6月3日，县委常委会召开会议，县委书记张晓明主持。会议强调，要提高站位；"
                "会议要求，要压实责任；会议指出，要狠抓落实。",
            ],
            id="news of a meeting is no minutes",
        ),
        pytest.param(
            [
                "市消协发布春节消费提示",
                "近日，市消费者协会发布春节消费提示。记者在超市看到，年货供应充足。",
            ],
            id="news of a paper is not that paper",
        ),
        pytest.param(
            [
                "精装两居室急租",
                "家电齐全，拎包入住，押一付三，看房方便，中介勿扰，有意者加微信同号联系。",
            ],
            id="an advert",
        ),
        pytest.param(
            ["亲爱的妈妈：", "我在这边一切都好，您腿不好，记得多穿点，放假就回去看您。"],
            id="a private letter",
        ),
        pytest.param(
            [
                "升迁",
                "“材料还没报。”小周推门进来。李书记头也不抬地说：“先放着。”小周苦笑，县里的检查组马上就到。",
            ],
            id="a novel of offices",
        ),
        pytest.param(
            [
                "请示的写作技巧",
                "请示是下级机关向上级机关请求指示时使用的文种。很多新人容易把它和报告混用，小编给大家分享几个模板，建议收藏。",
            ],
            id="a lesson in writing",
        ),
    ],
)
def test_what_no_office_wrote_is_not_official(lines: list[str]) -> None:
    found = kind_of(*lines)

    assert found == "非公文"
