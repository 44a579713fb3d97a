"""Words beside which a name stands, and why it stands there (A8)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongkai.model.reading import EntityRole

_SIGNER, _CONTACT = EntityRole.SIGNER, EntityRole.CONTACT_LINE
_ATTENDANCE, _OFFICIAL = EntityRole.ATTENDANCE, EntityRole.OFFICIAL
_PLAIN = EntityRole.PLAIN

END = "(?=[\\s,。;:、!?()\\[\\]《》<>\"“”‘’'/|0-9A-Za-z+*\\-—〔【]|$)"
_ACTS = (
    "出席|主持|参加|指出|强调|要求|介绍|表示|讲话|致辞|到|在|率|一行|带队|陪同|作|所作|为|同志|等|任|参与"
    "|开口|说|赴|会见|调研|听取|宣读|传达|总结|以|对|就|分别|代表|向|的|于|因|已|将|及|和|与|签发|召集|带领"
    "|深入|看望|宣布|通报|汇报|接受|负责|牵头|担任|兼任|组织|前往|来|提出|女士|先生|患|反映|申请|系|自|经|家|被|获|曾|现|原"
)
AFTER_TITLE = re.compile(f"{END}|(?={_ACTS})")
AFTER_LABEL = re.compile(f"{END}|(?=联系|电话|手机|同志|等)")
AFTER_VERB = re.compile(
    "(?=同志|等|为|任|的|兼|担任|退休|辞去|不再|、|和|自|试用|在|职务|先生|女士|人民|监察|代理|副|主任|书记|科长|处长|,"
    "|[市县区局].{2,20}(?:职务|局长|主任|书记|科长|处长))"
)

LABELS: tuple[tuple[str, EntityRole], ...] = (
    (
        "签发人|签发|会签人?|核稿人?|拟稿人?|作者|实习记者|记者|通讯员|责任编辑|编辑|校对|撰稿人?|撰文|摄影|供稿"
        "|审稿|终审|初审|复审",
        _SIGNER,
    ),
    (
        "联系人员?|联络人|联络员|经办人|承办人|承办(?:责任|负责)人|责任人|负责人|分管(?:负责人|领导)"
        "|报送人|填表人|填报人|审核人|咨询人|收件人|接收人",
        _CONTACT,
    ),
    (
        "(?:出席|列席|参加|参会|缺席|请假|与会|到会)(?:人员|领导|同志)?|主持人?|会议主持|记\\s{0,4}录人?",
        _ATTENDANCE,
    ),
    (
        "组\\s{0,4}长|成\\s{0,4}员|主\\s{0,4}任|召集人|指挥长?|主\\s{0,4}席|局\\s{0,4}长"
        "|县长|市长|区长|院长|书\\s{0,4}记|会长|秘书长|委\\s{0,4}员",
        _OFFICIAL,
    ),
    (
        "姓\\s{0,4}名|申请人|当事人|户主|投诉人|举报人|信访人|受助人|患者|学生|家长|监护人|被处罚人|原告|被告|上诉人"
        "|被申请人|获奖者|持卡人|户名|收款人|证人|权利人|委托人|代理人|劳动者|受害人|伤者|死者|违法行为人|被投诉人",
        _PLAIN,
    ),
    ("法定代表人|法人代表|经营者|投资人", _PLAIN),
)
"""Labels a colon or a cell's end follows, then a name."""

_TAIL = "(?:(?:及|和|、|/)?(?:其)?(?:联系|办公)?(?:电话|方式|手机|职务|姓名))?(?:\\([^()]{0,8}\\))?"
LABEL = re.compile("|".join(words for words, _ in LABELS))
_SORTS = tuple(re.compile(words) for words, _ in LABELS)
AFTER_LABEL_WORDS = re.compile(f"{_TAIL}(?:[ \t]{{0,3}}:\\s{{0,6}}|[ \t]{{0,4}}\n[ \t\n]{{0,4}})")
PRESS = re.compile("(?:记者|通讯员|作者|编辑|文/|图/)[ \t]{1,3}")

_RANKS = (
    "总理|国务委员|主席|委员长|省长|市长|县长|区长|州长|盟长|旗长|镇长|乡长|局长|厅长|部长|处长|科长|股长|主任|书记"
    "|院长|校长|所长|站长|会长|秘书长|检察长|行长|司长|署长|巡视员|调研员|专员|主委|常委|政委|组长|队长|大队长"
    "|支队长|理事长|董事长|总经理|经理|负责人|总工程师|工程师|总会计师|教授|研究员|督察长|审判长|审判员|书记员"
    "|仲裁员|检察官|法官|律师|村长|园长|社长|台长|庭长|馆长|厂长"
)
_PEOPLE = (
    "职工|村民|居民|学生|患者|工人|农民工|考生|申请人|员工|驾驶员|司机|老人|业主|群众|被告人|犯罪嫌疑人|当事人|负责人"
    "|法定代表人|原告|被告|申诉人|死者|伤者|贫困户|低保户|户主|教师|医生|护士|民警|党员|校友|选手|残疾人"
)
RANK_BEFORE = re.compile(f"(?:{_RANKS})(?:\\([^()]{{1,20}}\\))?[: ]{{0,4}}")
PEOPLE_BEFORE = re.compile(f"(?:{_PEOPLE})")
RANK_AFTER = re.compile(
    f"{_RANKS}|总工|老师|同志|先生(?!们)|女士(?!们)|委员|代表|同学|大夫|院士|将军|烈士"
    "|等[0-9一二三四五六七八九十百]{1,4}[名人位]|等人"
)
RANK_ENDS = re.compile(f"(?:{_RANKS})(?:[(][^()]{{1,16}}[)])?[: ]{{0,4}}$")
RANK_BEGINS = re.compile(f"[ ,(]{{0,4}}[^ ,。;\n]{{0,20}}(?:{_RANKS})")
_REACH = 28
RANK_PREFIX = re.compile("(?:党组|党委|常务|第一|时任|原|代)?(?:成员、)?(?:副|总)?$")
LONGEST_PREFIX = 7
POLITE = re.compile("同志|先生|女士|老师|同学|等.*")
SALUTATION = re.compile("(?:代表|委员|同志|先生|女士|老师)(?:们)?:")
SALUTED = re.compile("(?:等)?(?:[0-9一二三四五六七八九十]{1,3}[位名])?$")
"""What may stand between those saluted and what they are called: 张三等3位代表:"""
APPOINTMENT = re.compile(
    "任命|聘任|聘用|免去|同意|推荐|提名|选举|增补|决定任命|接受|授予|追授|表彰|撤销|罢免|拟录用|拟聘用|给予|补选"
)
LEFT_EDGE = re.compile("(?:^|[^\u4e00-\u9fff]|[由与和同及请经为让给将以在陪对向让委])$")
FIRST = re.compile(
    "^[ \t]*(?:[(]?[0-9一二三四五六七八九十]{1,3}[)、.][ \t]*)?(?=[\u4e00-\u9fff])", re.MULTILINE
)
AFTER_FIRST = re.compile(
    "(?=任|兼任|不再|同志|免去|试用期|被(?:评|授|录|聘)|因(?:病|患|工|公)|系|于[0-9]|患|,(?:男|女))"
)
FOUND_OUT = re.compile("经查[,:]?|查明[,:]?|兹有|兹证明|证明人|被害人|受害人|联系到")
SEX = re.compile(
    "[,、( \t|]{1,4}(?:(?:男|女)(?=[,、。; \t|)性]|$)|[1-9][0-9*]{9,16}[0-9Xx*](?![0-9]))",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Label:
    """A label that announces a name, ending at ``end`` of the text."""

    end: int
    role: EntityRole
    sub: str
    broken: bool


def labels(text: str) -> list[Label]:
    """Every label of a text with the place where the name would begin."""
    found = []
    for match in LABEL.finditer(text):
        filler = AFTER_LABEL_WORDS.match(text, match.end())
        if filler is None:
            continue
        number = next(n for n, sort in enumerate(_SORTS) if sort.fullmatch(match.group()))
        sub = "legal_representative" if number == len(LABELS) - 1 else ""
        found.append(Label(filler.end(), LABELS[number][1], sub, ":" not in filler.group()))
    return found


def role_at(text: str, start: int, end: int) -> EntityRole:
    """Why a name stands at ``start``–``end``: by office where a rank is near."""
    before = RANK_ENDS.search(text, max(0, start - _REACH), start)
    behind = RANK_BEGINS.match(text, end, min(len(text), end + _REACH))
    return _OFFICIAL if before or behind else _PLAIN
