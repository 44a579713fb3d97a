"""Words that name a kind of document, and which kind a title's last words mean.

The 15 statutory kinds (公文处理工作条例 art. 8) and the other papers an office makes. The
longest word wins: 会议纪要 before 纪要, 决定书 before 决定.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

STATUTORY = (
    "决议", "决定", "命令", "公报", "公告", "通告", "意见", "通知",
    "通报", "报告", "请示", "批复", "议案", "函", "纪要",
)  # fmt: skip

_SAME_NAME = """
决议 决定 命令 公报 公告 通告 意见 通知 通报 报告 请示 批复 议案 函 纪要 办法 规定 细则 条例 规则
规程 制度 方案 预案 计划 规划 要点 总结 指南 目录 公示 简报 情况说明 工作情况 说明 解读 章程 守则
准则 标准 规范 讲话 名单 清单 倡议书 决定书 通知书 告知书 意见书 裁定书 判决书 承诺书 建议书
责任书 申请书 聘书 证明 年度报告 统计报表 统计表 信息专报 工作动态 情况反映 值班信息 大事记 月报
季报 快报 参阅件 新闻稿 合同 协议 申请表 答复书 登记表 审批表 汇总表 明细表 汇报 提纲 议程 致辞
贺信 慰问信 感谢信 邀请函 介绍信 启事 海报 会议记录 会议材料 任务书 标书 讲话稿 汇编 措施 纲要
须知 流程 解释 日程 会议消息 建议提案答复 通知单 告知单 转办单 交办单 督办单 处理单 联系单 结算单
征询单 征求意见单 意见单 任务单 议题单 移交单 派工单 回执单 值班表 排班表 轮班表 轮值表 分工表
分解表 安排表 时间表 日程表 进度表 评分表 考核表 推荐表 审核表 审查表 备案表 调查表 反馈表 回复表
对照表 一览表 签到表 花名册 通讯录 台账 备忘录 问答 指引 手册 明白卡 明白纸 公约 注意事项 调解书
处理书 裁决书 认定书 鉴定书 评估书 协议书 委托书 授权书 说明书 计划书 申报书 起诉书 答辩书 催告书
确认书 保证书 催缴书 批准书 一封信 公开信 证明信 倡议 贺电 唁电 讣告 悼词 开幕词 闭幕词 欢迎词
主持词 发言稿 请柬 白皮书 蓝皮书 工作底稿 导则 签报 呈批件
便笺 便条 抄告单 日志 行程单 意向书 宣言 讲义 贺词 慰问电 请假条 快讯 专刊 要情 大纲 提要
"""

_OTHER_NAMES = {
    "会议纪要": "纪要",
    "办公纪要": "纪要",
    "专题纪要": "纪要",
    "复函": "函",
    "公函": "函",
    "便函": "函",
    "答复函": "函",
    "征求意见函": "函",
    "商洽函": "函",
    "邀请函": "函",
    "令": "命令",
    "嘉奖令": "命令",
    "请示报告": "请示",
    "实施意见": "意见",
    "指导意见": "意见",
    "若干意见": "意见",
    "办理情况": "工作情况",
    "落实情况": "工作情况",
    "进展情况": "工作情况",
    "完成情况": "工作情况",
    "工作年报": "年度报告",
    "公开年报": "年度报告",
    "工作年度报告": "年度报告",
    "答复": "答复",
    "答复意见": "答复",
    "复文": "答复",
    "回复": "函",
    "回函": "函",
    "回文": "函",
    "建议": "建议",
    "提案": "提案",
    "告知": "告知书",
    "汇报提纲": "汇报",
    "汇报材料": "汇报",
    "讨论记录": "会议记录",
    "讨论材料": "会议材料",
    "审议材料": "会议材料",
    "参阅材料": "会议材料",
    "议题材料": "会议材料",
    "统计月报": "统计报表",
    "报表": "统计报表",
    "备忘": "备忘录",
    "问题解答": "问答",
    "疑问解答": "问答",
    "热点解答": "问答",
    "值班安排表": "值班表",
    "班次表": "排班表",
    "函复": "函",
    "温馨提示": "提示",
    "风险提示": "提示",
    "消费提示": "提示",
    "消费警示": "提示",
    "预警提示": "提示",
    "工作提示": "提示",
    "工作提醒": "提醒",
    "公示牌": "公示",
    "目录清单": "目录",
    "通气会材料": "会议材料",
    "研讨材料": "会议材料",
    "上会材料": "会议材料",
    "内参": "参阅件",
    "值班日志": "日志",
    "工作日志": "日志",
    "送达回证": "回证",
    "合同书": "合同",
}

_COLUMNS = frozenset({"通知公告", "公示公告", "公告公示", "政策解读", "政策文件解读"})
"""Columns of web sites: alone on a line they name no paper's kind."""

_NOT_KINDS = (
    "征求意见", "修改意见", "反馈意见", "审核意见", "会签意见", "法令",
    "司令", "指令", "口令", "夏令", "时令", "信函", "合理化建议",
)  # fmt: skip

KINDS = {**{name: name for name in _SAME_NAME.split()}, **_OTHER_NAMES}
_BY_LENGTH = sorted(KINDS, key=len, reverse=True)
_ENDING = re.compile(rf"(?:{'|'.join(_BY_LENGTH)})$")
_TRAILING = re.compile(
    r"(?:"
    r"\((?:[^()]|\([^()]*\)){0,40}\)|\[[^\[\]]{0,30}\]|【[^【】]{0,30}】|〔[^〔〕]{0,20}〕\d{0,4}号?"
    r"|[》》〉>”\"'.。;,、|_\-—*#]|征求意见稿|讨论稿|送审稿|报审稿|报批稿|审议稿|代拟稿|修改稿|草案|草稿|初稿|范文精选|范文|模板|样本|全文|正文|[一二三四五六七八九十0-9]"
    r")+$"
)


@dataclass(frozen=True, slots=True)
class KindWord:
    """The word at ``start``–``end`` of a title says that the document is a ``kind``."""

    kind: str
    start: int
    end: int


def kind_word(title: str) -> KindWord | None:
    """What a squeezed, normalised title ends in, (试行) and the like set aside.

    None when the last words name no kind, or only seem to (征求意见, 通知公告).
    """
    stem = title
    while (shorter := _TRAILING.sub("", stem)) != stem and shorter:
        if kind := _ending(stem):
            return kind
        stem = shorter
    return _ending(stem)


def _ending(stem: str) -> KindWord | None:
    found = _ENDING.search(stem)
    if found is None or stem.endswith(_NOT_KINDS) or stem in _COLUMNS:
        return None
    word = found.group()
    if word == "令" and not re.search(
        r"(?:^|禁火|禁渔|封山|政府|主席|国务院|嘉奖|通缉|动员|部|局|委员会|号|署|人大|厅|院)令$",
        stem,
    ):
        return None
    return KindWord(KINDS[word], found.start(), found.end())


_MEETING = "会|讨论|座谈|酝酿|合议|评议|论证|磋商|协商|会商|研究|研讨|审议|商议|议事|发言|碰头|评审"
_NOTED = "记录|笔录|摘记|摘录|实录|纪实|记载|速记"
_LOOSE = (
    ("会议材料", r".*\([^()]{0,16}(?:讨论|上会|会上|会后|审议|研究|会议|商议)[^()]{0,6}\)"),
    ("会议记录", rf"(?:{_MEETING})[^,。]{{0,24}}(?:{_NOTED}|要点)|发言录|发言摘要|会议摘要"),
    ("会议材料", rf"(?:{_MEETING})[^,。]{{0,24}}(?:材料|底稿|稿)|会议题"),
    ("笔录", "(?:询问|讯问|勘验|勘查|听证|调查|检查|现场|陈述|调解|谈话)?笔录"),
    ("谈话记录", "(?:谈话|约谈|问话)[^,。]{0,8}(?:记录|摘记|要点)"),
    ("记录", f"[\u4e00-\u9fff”]{{2,60}}(?:{_NOTED})"),
    ("报告", ".{4,60}(?:专报|续报|快报告|报告稿)"),
    ("汇报", "[\u4e00-\u9fff]{2,60}(?:汇报|汇报提纲)"),
    ("参阅件", "参阅|内部参考|参考材料"),
    ("总结", "[\u4e00-\u9fff]{4,60}小结"),
    ("提示", "[\u4e00-\u9fff”]{4,60}(?:提示|警示|预警)"),
    ("提醒", "[\u4e00-\u9fff”]{4,60}提醒"),
    ("说明", "[\u4e00-\u9fff]{2,60}口径"),
    ("问答", "[\u4e00-\u9fff]{4,60}(?:解答|答疑|一问一答|你问我答|百问)"),
)
"""Endings that say what a paper is where its title names no kind."""

_VAGUE = (
    ("函", "(?:关于|对)[^。]{4,80}(?:反馈|回告|商榷|回复意见|反馈意见|修改建议)|[^。]{4,80}邀请"),
    ("公告", "[\u4e00-\u9fff]{4,60}(?:公布|披露)"),
    ("通知", "(?:关于|对)[^。]{4,80}(?:要求|重申|部署|布置)"),
    ("安排", "[\u4e00-\u9fff]{4,60}(?:安排|分工|排班)"),
    ("材料", "[\u4e00-\u9fff]{4,60}材料"),
    ("分析", "[\u4e00-\u9fff]{4,60}(?:分析|分析研判)"),
    ("职责", "[\u4e00-\u9fff]{4,60}职责"),
    ("预算", "[\u4e00-\u9fff]{4,60}预算"),
    ("决算", "[\u4e00-\u9fff]{4,60}决算"),
    ("情况", "[\u4e00-\u9fff]{4,60}(?:情况|情况汇总|进展|动向|经过)"),
)
"""Endings that say it where no formula does."""


def _compiled(endings: tuple[tuple[str, str], ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(f"(?:{words})$")) for kind, words in endings)


_SUBJECT = re.compile(r"(?:之?[一二三四五六七八九十])?(?::|——).*$|之[一二三四五六七八九十]$")
"""What stands behind the word for the kind: 汇报提纲——…, 审议材料之三:…"""
_FORM = re.compile(r"(?<=.{3})[\u4e00-\u9fff]{2}[表单书册]$")

_LOOSE_ENDINGS, _VAGUE_ENDINGS = _compiled(_LOOSE), _compiled(_VAGUE)


def loose_kind(title: str) -> str:
    """The kind a squeezed title's ending points to though it is none; "" for no kind."""
    return _ended(title, _LOOSE_ENDINGS)


def vague_kind(title: str) -> str:
    """The kind an ending such as 安排 leaves open; "" for no kind."""
    return _ended(title, _VAGUE_ENDINGS)


def _ended(title: str, endings: tuple[tuple[str, re.Pattern[str]], ...]) -> str:
    for part in (title, _TRAILING.sub("", title), _SUBJECT.sub("", title)):
        if kind := next((kind for kind, ending in endings if ending.search(part)), ""):
            return kind
        if part != title and (word := _ending(part)):
            return word.kind
    return ""


def form_kind(title: str) -> str:
    """The last three characters of a form's title: 替班表, 缴款单; "" for no form."""
    stem = _TRAILING.sub("", title) or title
    found = _FORM.search(stem)
    return found.group() if found else ""
