"""How the lines of an official document look: numbers, dates, recipients, offices, furniture.

Patterns for squeezed, normalised text (see ``lines``).
"""

from __future__ import annotations

import re

_BRACKET_OPEN, _BRACKET_CLOSE = "[〔\\[(【﹝„{〈<]", "[〕\\])】﹞‟}〉>]"
_YEAR = f"(?:[12][0-9oOxX×]{{3}}|[xX×]{{2,4}}|(?={_BRACKET_CLOSE}(?:第|号|[0-9]|$)))"
DOC_NUMBER = re.compile(
    rf"(?P<word>[\u4e00-\u9fff]{{1,14}}(?:[A-Za-z]{{1,4}})?)"
    rf"(?P<open>{_BRACKET_OPEN})(?P<year>{_YEAR})(?P<close>{_BRACKET_CLOSE})?"
    rf"(?P<for>第)?(?P<running>[0-9oOxX×_]{{0,6}})(?:-[0-9]{{1,3}})?(?P<end>号)?"
)
"""机关代字〔年〕号, its brackets and digits perhaps damaged, its running number perhaps blank."""

_CHINESE_YEAR = "[〇○OoΟО0零一二三四五六七八九]{4}"
_CHINESE_DAY = "[一二三四五六七八九十]{1,3}"
DATE = re.compile(
    rf"(?P<year>(?:19|20)[0-9]{{2}}|{_CHINESE_YEAR})年"
    rf"(?P<month>[0-9]{{1,2}}|{_CHINESE_DAY})月(?P<day>[0-9]{{1,2}}|{_CHINESE_DAY})日"
)
BLANK_DATE = re.compile(
    r"(?:(?:19|20)[0-9xX×_*]{2}|[xX×_*○]{2,4}|二[〇○Oo0]..)?年"
    r"(?:[0-9]{1,2}|[xX×_*○]{1,3}|[一二三四五六七八九十]{1,3})?月"
    r"(?:[0-9]{1,2}|[xX×_*○]{1,3}|[一二三四五六七八九十]{1,3})?日"
    r"|[xX×]{2}月[xX×]{2}日"
)

OFFICE = re.compile(
    r"(?:政府|委员会|办公室|办公厅|人民检察院|人民法院|法院|检察院|银行|公司|集团|集团公司|中心|"
    r"总局|分局|支队|大队|总队|监狱|学校|大学|学院|医院|小组|指挥部|联席会议|党组|党委|支部|工会|"
    r"协会|学会|联合会|管委会|常委会|居委会|村委会|国务院|委办|"
    r"[市县区省州旗镇乡街]办|[省市县区州部国]委|[局厅部署院处科司办委站所室队厂])"
    r"(?:\((?:代章|代|章|印章|盖章|公章)\))?$"
)
"""A short line ending like this names an office."""

_RECIPIENT_END = re.compile(
    r"(?:政府|部门|单位|机构|企业|公司|机关|院校|学校|高校|院|局|厅|委|办|部|处室|科室|处|科|室|中心|"
    r"银行|协会|群众|市民|居民|代表|委员|代表团|同志|党委|党组|支部|法院|检察院|管委会|办事处|街道|"
    r"乡镇|镇|乡|区|县|市|省|州|旗|所|站|组|队|个人|用户|职工|员工|人员|党派|团体|大队|支队|"
    r"国务院|国家|中央|人大|政协|委员会|委会|指挥部|办公室|办公厅|先生|女士|你们|小组|领导|省委|市委|县委)"
    r"(?:\((?:[^()]|\([^()]*\)){0,60}\))?[:]$"
)
_NOT_RECIPIENT = re.compile(
    r"^(?:附件?|抄送|抄报|主送单位|联系|承办|签发|拟稿|来源|发布|发文|时间|日期|标题|名称|索引|"
    r"主题|公开|密级|印发|报送|信息|联系人|电话|邮|地址|经办|责任|当前|您的|如下|政策|类别|类别|文号|"
    r"[(]?[一二三四五六七八九十0-9]{1,3}[)、..]|第[一二三四五六七八九十]{1,3}[章条节])"
)


def is_recipients(text: str) -> bool:
    """Whether a line addresses somebody: 各县(区)人民政府:"""
    return (
        3 <= len(text) <= 400
        and text.endswith(":")
        and "。" not in text
        and _RECIPIENT_END.search(text) is not None
        and _NOT_RECIPIENT.match(text) is None
    )


_MERGED_RECIPIENTS = re.compile(
    r"^(?:各|你们?|[省市县区局厅委]直|局属|厅属|委属|机关|[\u4e00-\u9fff]{2,20}(?:人民政府|局|厅|委员会|办公室|代表|代表团|委员|部门|公司))"
    r"[^。;:]{0,200}?:(?=.{10})"
)


def merged_recipients(text: str) -> int:
    """Where the recipients end in a line that runs on into the body; 0 if it has none."""
    found = _MERGED_RECIPIENTS.match(text)
    if found and _RECIPIENT_END.search(found.group()) and not _NOT_RECIPIENT.match(text):
        return found.end()
    return 0


FURNITURE = re.compile(
    r"^(?:[|•·]|当前位置|您的位置|您现在的位置|今天是|欢迎|首页|网站首页|登录|登陆|注册|无障碍|进入适老|"
    r"长者|展开$|菜单$|来源|文章来源|信息来源|稿件来源|作者|编辑|责任编辑|浏览|阅读|访问|点击|"
    r"发布|发表|更新|生成日期|生效|执行日期|实施日期|废止|有效|时效|时间|日期|导语|字号|字体|打印|分享|"
    r"索引号|信息索引|发布机构|发文机构|发文机关:|发文单位|发文日期|成文日期|公开目录|公开日期|主题分类|"
    r"主题词|组配分类|信息分类|信息名称|内容概述|体裁|服务对象|我要收藏|公共资源|文章分享|上一篇|"
    r"下一篇|关闭|扫一扫|用微信|分享至|文件下载|附件下载|×$|-上一篇|-下一篇|无$|第\[|"
    r"【(?:来源|发表|字)|<!|EndFragment|www\.|https?:|政策文件:$|第.?\d+.?页)"
    r"|浏览次数|访问次数|浏览量|阅读次数|责任编辑|>.*>|发布日期|发布时间|微信扫描|手机打开|搜索网$"
)
"""What web pages put around a document."""

ENUMERATED = re.compile(
    r"^(?:[(]?[一二三四五六七八九十0-9]{1,3}[)、..:]|第[一二三四五六七八九十百0-9]{1,4}[章条节款编部]|"
    r"[①-⑳]|[0-9]{1,2}\.[0-9])"
)

IMPRINT = re.compile(
    r"^(?:抄送|抄报|分送|主送:|发送|内部发送|主题词:|共印|印发份数|校对|打字|"
    r"(?:.{2,40})(?:19|20)[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日印发?$|"
    r".{2,40}[二一][〇○Oo0].{2}年.{1,2}月.{1,3}日印发?$)"
)
PRINTED = re.compile(
    rf"(?P<office>[^,。;:]{{2,40}}?)(?P<date>{DATE.pattern.replace('?P<', '?P<p')}|年月日|"
    rf"{_CHINESE_YEAR}年.{{1,3}}月.{{1,3}}日)印发?$"
)
ATTACHMENT_HEADING = re.compile(r"^附(?:件|表|录)[0-9一二三四五六七八九十]{0,3}(?:-[0-9]+)?[:]?$")
ATTACHMENT_NOTE = re.compile(r"^附件[0-9]{0,2}[:][^:]|^附件[:]$|^附[:].{2,}")
CONTACT = re.compile(
    r"^[(]?(?:联系人|联系电话|联系单位|经办人|承办人|承办单位|承办责任人|承办负责人|承办科室|联系方式)"
    r"[^。]{0,80}$"
)


def is_prose(text: str) -> bool:
    """Whether a line reads as a sentence and not as a heading, a name or a field."""
    return (
        text.endswith(("。", ";"))
        or (len(text) > 14 and text.endswith(("!", "?")))
        or len(text) > 70
        or (len(text) > 24 and "," in text and not text.endswith(":") and "关于" not in text)
    )
