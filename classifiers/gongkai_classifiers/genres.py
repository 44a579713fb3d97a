"""Texts that only look official: exam questions, news, chapters of a novel, adverts, letters."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongkai.model.reading import DocType, Span
from gongkai_classifiers.authors import (
    Author,
    firm_author,
    firm_to_its_own,
    office_author,
    private_author,
    private_parties,
    speaks_as_office,
)
from gongkai_classifiers.kinds import STATUTORY
from gongkai_classifiers.lines import Line
from gongkai_classifiers.view import View

NOT_OFFICIAL = "非公文"
_FIRST_LINES = 6
_LONGEST = 3000

_EXAM = re.compile(
    r"下列[^。]{0,30}(?:正确|恰当|错误|不当)的?(?:一项|是)|选项[AA]|答案[:]?[A-DＡ-Ｄ]\b|答案[A-D]"
)
_QUESTIONS = re.compile(
    r"^(?:第?[一二三四五六七八九十]{1,2}[、.大])?(?:题[、:.])?"
    r"(?:填空|单?项?选择|单选|多选|不定项选择|判断|改错|简答|论述|问答|写作|作文|阅读|名词解释|案例分析|应用文)(?:写作)?题?"
    r"\((?:每|共|本|满分|[0-9]{1,3}分)|^\(?(?:每[小空]?题?|满分)[0-9]{1,3}分"
)
"""The heads of the parts of a test: 一、填空(每空1分)."""
_NEWS = re.compile(
    r"^(?:本报讯|本报记者|新华社|据[^,。]{2,12}(?:电|报道)|记者[^,。]{0,8}从|近日,记者)|"
    r"\((?:实习)?记者|本报讯"
)
_FICTION = re.compile(r"^第[0-9一二三四五六七八九十百千零]{1,7}[章回](?!总则|附则)[^第]{2,24}$")
_CONTROL = re.compile(
    r"(?:在线|立即|马上|我要|网上|掌上)(?:办理|申办|申请|预约|咨询|投诉|评价|办)(?=$|[^一-龥]|我要|立即|收藏|咨询|在线)"
    r"|(?:加入|点击|取消|我的)?收藏(?=$|[^一-龥]|分享|打印)|好差评|满意度评价|(?:请先)?登录后|智能客服|在线客服|返回顶部"
    r"|(?:展开|收起)(?:全部|更多)|(?:查看|了解)(?:更多|详情)|下载(?:空表|样表|表格)|(?:空表|样表)下载|猜你(?:想办|喜欢)|换一换"
)
"""What one clicks at: 办事指南 as a page of a site, not as a paper."""
_FEWEST_CONTROLS = 2

_NEVER = re.compile(
    r"^(?:律师|催款|求职|推荐|道歉|表白)函$|律师函$|(?:请假|借|欠|收|领|假|便)条$|便笺$|签到(?:表|簿|册)$"
    r"|(?:辞职|求职|自荐|检举|举报|投诉|表扬|家|情|道歉|分手|毕业)(?:信|书|申请书?)$|(?:用户|隐私|注册)(?:协议|条款|政策)$"
    r"|^(?:检讨|悔过|遗|入党申请|入团申请|转正申请)书?$"
    r"|(?:心得体会|读后感|观后感|日记|周记|个人简历|演讲稿|朋友圈|购物清单|采购清单|菜单|食谱|歌词|剧本)$"
)
"""Titles of papers that persons write for themselves or firms for their clients."""
_ANYBODYS = """
函 公告 通告 通知 公示 通报 决定 纪要 启事 声明 提示 提醒 注意事项 须知 清单 申请表 申请书 登记表
移交单 倡议书 倡议 感谢信 公开信 一封信 慰问信 贺信 贺词 请柬 海报 宣言 公约 承诺书 保证书 委托书
授权书 意向书 证明 说明 情况说明 合同 协议 协议书 建议书 花名册 通讯录 行程单 计划 总结 方案
章程 明白卡 会议记录
"""
"""Kinds a shop, neighbours or one person may write as well as an office."""
_OF_MEMBERS = "倡议书 倡议 感谢信 公开信 一封信 慰问信 贺信 宣言 公约 海报 启事 提示"
"""Of these also what a firm or an association signs is no paper of an office."""
_OF_FIRMS = ("办法", "制度", "规定", "规则", "细则", "守则")
"""What a firm lays down for its own people."""
_HANDED_OVER = re.compile(
    "(?:交出|交付|移交|接手|接收|接交|监交|交接|交班|接班|领取|领用|借用|归还|保管)人(?:签[名字])?[:]|双方签[字名]"
)
_FILLED_IN = re.compile(
    "姓名[:](?!身份|性别|联系|单位|年龄|出生|住址|工作|电话|证件)[一-龥·]{2,4}|(?:身份证(?:件)?|证件)号码?[:][0-9*×]{6}"
)
_CONTRACTS = ("合同", "协议", "协议书", "意向书")
_APPLICATIONS = frozenset({"申请表", "申请书", "报名表", "登记表"})


def unofficial(view: View, lines: Sequence[Line], text: str) -> DocType | None:
    """非公文 for a text whose genre is plain, whatever words for kinds stand in it."""
    if _EXAM.search("\n".join(line.text for line in lines[-12:])):
        return DocType(NOT_OFFICIAL, 0.95, None, "exam")
    if _FICTION.match(lines[0].text):
        return DocType(NOT_OFFICIAL, 0.9, _whole(view, lines[0]), "chapter")
    word = view.layout.title.word if view.layout.title else None
    if any(_NEWS.search(line.text) for line in lines[:_FIRST_LINES]) and (
        word is None or word.kind not in STATUTORY
    ):
        return DocType(NOT_OFFICIAL, 0.9, None, "news")
    return _test(view) or _page(view) or _personal(view) or _somebody_elses(view)


def _test(view: View) -> DocType | None:
    for line in view.layout.main_lines[:60]:
        if found := _QUESTIONS.search(line.text):
            return DocType(NOT_OFFICIAL, 0.9, _part(view, line, *found.span()), "test")
    return None


def _page(view: View) -> DocType | None:
    """A page of a site that wants to be clicked at."""
    title = view.layout.title
    if title is not None and title.word is not None and title.word.kind in STATUTORY:
        return None
    found = [
        (line, control.start(), control.end())
        for line in view.layout.lines[:80]
        if len(line.text) <= _LONGEST
        for control in _CONTROL.finditer(line.text)
    ]
    if len({line.text[start:end] for line, start, end in found}) < _FEWEST_CONTROLS:
        return None
    return DocType(NOT_OFFICIAL, 0.85, _part(view, *found[0]), "page")


def _personal(view: View) -> DocType | None:
    """A paper whose very name says that a person or a firm wrote it."""
    title = view.layout.title
    lines = view.layout.lines
    first = lines[title.first : title.last + 1] if title else lines[:1]
    text = "".join(line.text for line in first)
    if len(text) > 40 or "关于" in text or not _NEVER.search(text.rstrip("!。")):
        return None
    return DocType(NOT_OFFICIAL, 0.9, _whole(view, first[-1]), "personal")


def _somebody_elses(view: View) -> DocType | None:
    """What anybody may write, from somebody who is no office."""
    layout = view.layout
    if layout.title is None or layout.title.word is None:
        return None
    kind = layout.title.word.kind
    form = kind in _APPLICATIONS or kind.endswith(("清单", "移交单"))
    anybodys = form or kind in _ANYBODYS.split() or kind in _OF_FIRMS
    if not anybodys or office_author(layout) is not None:
        return None
    author = _handed_over(view) if form else None
    if author is None and kind in _APPLICATIONS:
        author = _filled_in(view)
    if author is None and kind in _CONTRACTS:
        author = private_parties(layout)
    if author is None and not speaks_as_office(layout):
        author = firm_to_its_own(layout)
        if author is None and kind not in _OF_FIRMS:
            author = private_author(layout)
    if author is None and kind in _OF_MEMBERS.split():
        author = firm_author(layout)
    if author is None:
        return None
    return DocType(NOT_OFFICIAL, 0.85, _part(view, author.line, author.start, author.end), "author")


def _handed_over(view: View) -> Author | None:
    """A slip that two persons sign between them."""
    found = [
        Author(line, *field.span())
        for line in view.layout.main_lines[:40]
        for field in _HANDED_OVER.finditer(line.text)
    ]
    return found[0] if len(found) > 1 else None


def _filled_in(view: View) -> Author | None:
    """A form somebody has filled in with his own name or number."""
    for line in view.layout.main_lines[:40]:
        if found := _FILLED_IN.search(line.text):
            return Author(line, *found.span())
    return None


def _whole(view: View, line: Line) -> Span:
    return view.main.span(*line.locate(0, len(line.text)))


def _part(view: View, line: Line, start: int, end: int) -> Span:
    return view.main.span(*line.locate(start, end))
