"""Who speaks in a paper: an office, or somebody whose papers no office keeps.

The same words head both: 公告 of a county and of a noodle shop, 函 of a bureau and of a lawyer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai_classifiers import shapes
from gongkai_classifiers.layout import Layout
from gongkai_classifiers.lines import Line

_TAIL, _HEAD, _SIGNATURE = 8, 6, 36
_LONGEST = 3000

_PRIVATE_BODY = (
    "律师(?:事务)?所|物业(?!管理[局科股处办])|业主(?:委员)?(?:大)?会|业委会|家长委员会|家委会|房东|中介"
    "|[店铺坊]$|(?:面|餐|饭|茶|酒|照相|健身)馆$|(?:酒楼|酒店|宾馆|超市|商行|商场|商城|健身房|俱乐部|工作室|琴行|书屋"
    "|诊所|药房|驾校|旅行社|沙龙|同学会|同乡会|联谊会|班委会|志愿者|志愿服务队|爱心人士)$"
)
_FIRM = (
    "(?:公司|集团|厂|合作社|事务所|协会|商会|学会|促进会|联盟|理事会)"
    "(?:[一-龥]{0,6}(?:部|科|室|处))?$"
)
_PUBLIC_ASSOCIATION = re.compile(
    "(?:消费者|科学技术|计划生育|文学艺术|红十字|残疾人|归侨|贸易促进)"
)

_IS_PRIVATE = re.compile(_PRIVATE_BODY)
_IS_FIRM = re.compile(_FIRM)
_SEAL = re.compile(r"\([^()]{0,12}\)$|(?:19|20)[0-9]{2}年.*$|[0-9]{1,2}月.*$|:$")
_PERSON_SIGNS = re.compile(
    "(?:敬上|敬启|谨上|拜上|敬礼|叩首|顿首|代笔|亲笔)$"
    "|^(?:(?:申请|请假|检讨|保证|承诺|借款|收款|领款|发起|倡议|倡导|求助|投诉|反映|写信|辞职|自荐|委托)[人者]"
    "|承办律师|代理律师|律师|居民|村民|市民|业主|住户|家长|患者家属|患者|家属|学生|职工|员工|考生|店主|老板|您的)"
    "(?:签[名字]|代表)?(?:\\([^()]{0,8}\\))?[:、]?[一-龥·×某]{0,4}(?:$|执业|等)"
)
_TALK = re.compile(
    "我(?:叫|名叫|姓|是[^。,;]{0,24}?(?:住户|居民|村民|业主|家长|学生|职工|员工|患者|家属|租户|商户|店主|老板|网友|乘客|顾客))"
    "|本人(?:姓|名叫|[系是](?!否)|自愿|因|现申请|郑重)|一名(?:普通)?(?:居民|村民|市民|业主|家长|学生|患者|群众)"
    "|(?:我|本)(?:司|公司|店|所接受|餐厅|超市|小区|馆子)|委托人|受托人"
    "|(?:尊敬|亲爱|敬爱)的(?:各位|广大|新老)*(?:业主|住户|顾客|客户|会员|宾客|邻居|街坊|街坊邻居|同行|老板|店家)"
    "|(?:街坊|邻居|邻里|同行|业主|客官|宝子|亲)们?[:,]"
)
"""Words of somebody who writes for himself, his firm or his customers."""
_TO_ITS_OWN = re.compile(
    "(?:全体|各位|公司|本厂|全厂)(?:员工|股东|同仁)|各(?:门店|车间|班组|经销商|代理商|供应商|客户|会员)"
    "|(?:经|报)?(?:老板|董事长|总经理)(?:同意|批准|审批|办公会)"
)
_OFFICE_TALK = re.compile(
    "我(?:局|厅|委|县|市|区|镇|乡|办)|本(?:局|厅|委(?!托)|机关|行政机关)|我们[局委镇乡]"
)


@dataclass(frozen=True, slots=True)
class Author:
    """Characters ``start``–``end`` of a line tell who wrote the paper."""

    line: Line
    start: int
    end: int


def office_author(layout: Layout) -> Author | None:
    """Where an office shows itself as the author: number, red head, title, or signature."""
    for line in layout.lines[:_HEAD]:
        number = shapes.DOC_NUMBER.search(line.text)
        if number and number["end"]:
            return Author(line, *number.span())
        if len(line.text) <= _SIGNATURE and _is_office(line.text.removesuffix("文件")):
            return Author(line, 0, len(line.text))
    title = layout.title
    if title is not None:
        issued = re.match("([一-龥]{2,24}?)(?=关于|转发|印发|批转)", title.text)
        if issued and _is_office(issued[1]):
            line = layout.lines[title.first]
            return Author(line, 0, len(line.text))
    for line in _signatures(layout):
        if _is_office(_SEAL.sub("", line.text)):
            return Author(line, 0, len(line.text))
    return None


def private_author(layout: Layout) -> Author | None:
    """Where a person, a shop, a law firm or neighbours show themselves as the author."""
    return next(_private(layout), None)


def firm_author(layout: Layout) -> Author | None:
    """A firm or an association that signs."""
    for line in _signatures(layout):
        name = _SEAL.sub("", line.text)
        if ":" not in name and _IS_FIRM.search(name) and not _PUBLIC_ASSOCIATION.search(name):
            return Author(line, 0, len(line.text))
    return None


def firm_to_its_own(layout: Layout) -> Author | None:
    """A firm that signs what it tells its staff, shareholders or customers."""
    author = firm_author(layout)
    talks = author and any(_TO_ITS_OWN.search(n.text[:_LONGEST]) for n in layout.main_lines[:20])
    return author if talks else None


def speaks_as_office(layout: Layout) -> bool:
    """Whether the paper says 我局, 本机关 or the like of its author."""
    return any(_OFFICE_TALK.search(line.text[:_LONGEST]) for line in layout.main_lines[:60])


_PARTY = re.compile(r"^[甲乙丙]方(?:\([^()]{0,12}\))?[:](?P<name>[一-龥()·]{2,30})")


def private_parties(layout: Layout) -> Author | None:
    """The first party of a contract that no office is a party to."""
    named = [(n, found) for n in layout.main_lines[:20] if (found := _PARTY.match(n.text))]
    if not named or any(_is_office(found["name"]) for _, found in named):
        return None
    return Author(named[0][0], *named[0][1].span("name"))


def _private(layout: Layout) -> Iterator[Author]:
    for line in _signatures(layout):
        name = _SEAL.sub("", line.text)
        found = _PERSON_SIGNS.search(name) or _IS_PRIVATE.search(name)
        if found and not _is_office(name):
            yield Author(line, 0, len(line.text))
    for line in layout.main_lines[:60]:
        if found := _TALK.search(line.text[:_LONGEST]):
            yield Author(line, *found.span())


def _signatures(layout: Layout) -> Iterator[Line]:
    """Short lines at the end that are no sentence."""
    for line in layout.main_lines[1:][-_TAIL:]:
        if len(line.text) <= _SIGNATURE and not re.search("[。;!?]$|,", line.text):
            yield line


def _is_office(name: str) -> bool:
    return (
        shapes.OFFICE.search(name) is not None
        and ":" not in name
        and not _IS_PRIVATE.search(name)
        and (not _IS_FIRM.search(name) or _PUBLIC_ASSOCIATION.search(name) is not None)
    )
