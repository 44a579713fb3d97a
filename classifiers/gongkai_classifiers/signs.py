"""What makes a text official to a clerk, and what speaks against it: signs that are weighed.

A draft has neither number nor date yet, so no sign is asked for and none decides alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai_classifiers import shapes
from gongkai_classifiers.authors import office_author, private_author, speaks_as_office
from gongkai_classifiers.layout import Layout
from gongkai_classifiers.lines import Line

HEAD, NUMBERED, TAIL = 20, 8, 8
_SIGNATURE = 30
_PRIVATE = -2.5
LONG_LINE = 3000
AGAINST = -2.0
"""Signs that weigh no more than this together make a text unofficial whatever its title."""


@dataclass(frozen=True, slots=True)
class Sign:
    """Characters ``start``–``end`` of a line speak for an official text, or against it below 0."""

    name: str
    weight: float
    line: Line
    start: int
    end: int


_BODY = (
    "局|厅|委|部|办|院|所|处|科|室|站|会|市|县|区|省|州|镇|乡|村|街道|校|中心|单位|机关|支队|大队"
)
_WORDS = tuple(
    (name, weight, re.compile(pattern))
    for name, weight, pattern in (
        ("matter", 1.0, r"^[^,。:;!?]{0,40}关于[^,。;!?]{4,80}$"),
        ("own body", 1.0, rf"(?:我|本|贵|你)(?:{_BODY})(?!人)"),
        (
            "ground",
            1.5,
            r"(?:根据|依据|按照|依照|遵照)[^,。;]{2,60}"
            r"(?:规定|要求|安排|部署|精神|决定|法|条例|办法|意见|通知)"
            r"|经[^,。;]{0,24}(?:研究|同意|批准|审核|审查|审议|核实|查)[,。决同认,]",
        ),
        (
            "bidding",
            0.5,
            r"请(?:各|你|贵|予|务必|认真|遵照|结合|抓好|严格|按|于|将|有关|审|批|核|研究|支持|协助)"
            r"|(?:不得|严禁|责令|责成|督促)",
        ),
        (
            "deadline",
            0.5,
            r"[0-9xX×]{1,4}(?:个工作)?[日天号](?:下班)?(?:之?前|内)[^,。;]{0,16}"
            r"(?:报|送|完成|反馈|回复|补|交)",
        ),
        (
            "office talk",
            1.0,
            r"领导小组|分管(?:领导|负责)|各科室|牵头|责任单位|成员单位|各部门|督促检查|抓好落实|"
            r"贯彻落实|现就|现将|特此|专班|经办|党组|编制|列支|口径|兹有|同志们",
        ),
        (
            "meeting",
            1.5,
            r"(?:^|[;。,])(?:主持人?|参加(?:人员?)?|参会|出席|列席|到会|记录人?|议题|会议地点|合议人)[:]"
            r"|^地点[:]|(?:主任|局长|科长|处长|书记|镇长|股长|主持人|记录)[:]"
            r"|(?:主持|列席|会议记录|记)。|弃权|举手表决|到会(?:党员|代表|人员|[0-9一二三四五六七八九十])",
        ),
        ("articles", 0.5, r"^第[一二三四五六七八九十]{1,3}条|^[一二三四五六七八九十]{1,2}、"),
        (
            "note",
            1.5,
            r"^(?:附件?[:0-9]|抄送|抄报|联系人?[:]|承办|签发|公开(?:方式|属性|选项))|^[(]此件",
        ),
        (
            "news",
            -2.5,
            r"^(?:近日|日前|昨日|昨天|今天|[0-9xX×]{1,2}月[0-9xX×]{1,2}日(?:[上下]午)?)"
            r"[^。]{0,60}(?:举办|举行|召开|开展|来到|率队|赴|深入|落下|揭牌|慰问|调研)"
            r"|^(?:近日|日前|昨日),?[^,。]{2,30}(?:发布|推出|启动)"
            r"|据(?:悉|了解|介绍)|记者(?:了解到|获悉|从|在)|络绎不绝|一行(?:先后)?(?:来到|深入|实地)"
            r"|[(]?通讯员|陪同(?:调研|走访|视察|慰问)?。|走访慰问|精彩纷呈|圆满(?:完成|落幕)",
        ),
        (
            "advert",
            -2.0,
            r"优惠|折起|立减|先到先得|名额有限|包邮|抢购|诚招|诚聘|拎包入住|微信同号|手慢无|会员价|"
            r"开业|非诚勿扰|售价|面议|旺铺|接手即可|团购|包教包会|下单|货到付款|买[一二三]送[一二三]",
        ),
        (
            "chat",
            -2.0,
            r"楼主|小编|网友|点赞|小伙伴|哈哈|在线等|跟帖|粉丝|收藏[,。!]|小姐姐|吐槽|求推荐|上岸|评论区",
        ),
        (
            "letter",
            -2.0,
            r"^(?:亲爱的|敬爱的)|(?:爸爸?|妈妈?|奶奶|爷爷|老同学|老公|老婆)[:,]|"
            r"祝(?:你|您)?身体健康|想你|好久不见",
        ),
        (
            "story",
            -1.5,
            r"[”\"](?:[^“”。]{0,12})(?:说|道|问|喊)|(?:说|道|问|喊)[:,][“\"]|"
            r"[他她](?:的|想|看|笑|站|知道)",
        ),
        ("writing", -1.0, r"我(?:的|也|想|和|从|还|就|妈|爸|家|坐|刚|把)|笔者"),
        (
            "study",
            -2.0,
            r"摘要[:]|关键词[:]|本文(?!件)|参考(?:文献|资料)|实验(?:结果|表明)|研究(?:发现|表明)|算法|"
            r"教学(?:目标|重点)|权利要求|实用新型|结果表明|其特征在于|词条",
        ),
        (
            "case",
            -2.0,
            r"^#*(?:基本案情|案情简介|案情回顾|案例分析|典型意义|律师(?:说法|解答))|"
            r"(?:判决|裁决)(?:公司|被告)|一审(?:法院|判决)",
        ),
        ("contract", -1.0, r"甲方|乙方|发包人|承包人|违约金"),
        (
            "page",
            -1.0,
            r"^(?:点击|关注|扫码|转发|分享)|相关阅读|版权所有|诉求(?:编号|来源)"
            r"|搜索(?:类型|结果)|请输入",
        ),
    )
)


def signs(layout: Layout) -> tuple[Sign, ...]:
    """Each sign once, where it first stands in the main part."""
    found: dict[str, Sign] = {}
    for sign in (*_frame(layout), *_author(layout), *_words(layout.main_lines)):
        found.setdefault(sign.name, sign)
    return tuple(found.values())


def weight(layout: Layout) -> float:
    """How much speaks for an official text, all signs taken together; below 0 against it."""
    return sum(sign.weight for sign in signs(layout))


def _frame(layout: Layout) -> Iterator[Sign]:
    """What stands around the words of an official paper, filled in or still blank."""
    for line in layout.lines[:HEAD]:
        if shapes.is_recipients(line.text):
            yield _all("recipients", 2.0, line)
        elif end := shapes.merged_recipients(line.text):
            yield Sign("recipients", 2.0, line, 0, end)
    for line in layout.lines[:NUMBERED]:
        if number := shapes.DOC_NUMBER.search(line.text):
            yield Sign("number", 2.0, line, *number.span())
    if layout.dated is not None:
        yield _all("date", 0.5, layout.lines[layout.dated])
    for line in layout.main_lines[1:][-TAIL:]:
        if len(line.text) <= _SIGNATURE and shapes.OFFICE.search(line.text):
            yield _all("signature", 2.0, line)


def _author(layout: Layout) -> Iterator[Sign]:
    """Somebody who is no office and writes in his own name."""
    if office_author(layout) is None and not speaks_as_office(layout):
        author = private_author(layout)
        if author is not None:
            yield Sign("private", _PRIVATE, author.line, author.start, author.end)


def _words(lines: Sequence[Line]) -> Iterator[Sign]:
    for line in lines[:60]:
        for name, weight, pattern in _WORDS:
            if words := pattern.search(line.text[:LONG_LINE]):
                yield Sign(name, weight, line, *words.span())


def _all(name: str, weight: float, line: Line) -> Sign:
    return Sign(name, weight, line, 0, len(line.text))
