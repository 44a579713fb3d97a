"""How issuing elements are worded; matched against folded lines (``issuing.folded``)."""

from __future__ import annotations

import re

_DIGIT = r"[\d〇○零OoX×xX_一二三四五六七八九十*]"
_DATE = rf"{_DIGIT}{{0,4}}年{_DIGIT}{{0,3}}月{_DIGIT}{{0,3}}日?"
DATE = re.compile(_DATE)
"""A signing date or the blank for it: 2026年3月5日, 二〇二六年三月五日, 年月日, 2026年×月×日."""

_BODY = (
    r"(?:局|厅|部|委|会|府|办|室|院|心|司|处|科|站|所|队|组|署|台|社|团|校"
    r"|银行|分行|支行|大学|中学|小学|机关|党组|公司)"
)
# Words no organ's name holds or begins with; sentences that end in an organ's name do.
_NOT_ORGAN = (
    r"(?!(?:由|报|送|抄|向|按|经|到|至|在|以|会同|通过|联系|根据|依托|第|附件|其中|关于|转发|印发))"
    r"(?![^年]*(?:的|是|请|各|应当|可以|报送|上报|负责|被|把|了|并|给|我|你|归|隶属))"
)
_ORGAN = rf"{_NOT_ORGAN}[\u4e00-\u9fff()·]{{1,40}}{_BODY}(?:\([^)]{{1,6}}\))?"
ORGAN = re.compile(_ORGAN)
"""The name of an organ, nothing else on the line."""

SIGNED_DATE = re.compile(rf"{_ORGAN}{_DATE}")
PERSON = re.compile(
    r"(?:[省市州县区旗局厅部院校所署][\u4e00-\u9fff]{0,2})?(?:长|主席|主任|书记)[\u4e00-\u9fff·]{2,6}"
)
"""A signer under an order: 市长张晓明示例."""

_PLACEHOLDER = r"[\d×xX*_○〇]"
_SIGNER = r"(?:签发人|会签人|核稿人?|拟稿人?|签发)[:：].*"
SIGNER = re.compile(_SIGNER)
NUMBER = re.compile(
    r"\(?(?!关于|转发|根据|按照|依据|印发|废止|参照|贯彻|《)[\u4e00-\u9fffA-Za-z]{0,14}"
    rf"[〔\[(（【]{_PLACEHOLDER}{{0,4}}[〕\])）】]第?{_PLACEHOLDER}{{0,5}}号\)?(?:{_SIGNER})?"
)
"""A document number, filled in or blank, perhaps with the signer on the same line."""

_ISSUE = rf"\(?(?:20\d\d年)?(?:总?第{_PLACEHOLDER}{{0,4}}[号期]|{_PLACEHOLDER}{{1,4}}[号期])\)?"
HEAD = re.compile(
    rf"(?:№|No\.?)?\d{{6,7}}|特急|加急|平急|特提|急件|文件|{_ORGAN}文件|{_ISSUE}|{_SIGNER}"
)
BANNER = re.compile(r"(?!.*关于)[\u4e00-\u9fff()]{2,30}(?:纪要|简报|令|公报|专报|信息)")
"""What stands above an issue's number: 会议纪要, 工作简报, 人民政府令."""

SENTENCE_ENDS = ("。", ";", ":", "!", "?")
CLOSING = re.compile(
    r"[。!?]\)?$|^附件?[:：]|^\d{1,2}[.、]《?.{2,40}$|^特此|^此[复令]|^[妥当]否|^以上.*(?:批[示复]|审[议定])"
)
"""The last line above a signature: a full stop, a closing formula, or the list of attachments."""

_LABELLED = (
    r"(?:主动公开|依申请公开|可?以?依申请公开|不予公开|不公开|公开发布|免予公开|部分公开|删减后公开"
    r"|主动|依申请|公开)"
)
LABEL = re.compile(rf"[(\[【](?:此件|本件|该件)?{_LABELLED}[)\]】][。.]?")
"""A disclosure mark in brackets, alone on its line."""

LABEL_FIELD = re.compile(
    r"(?:政府|民主)?(?:信息)?公开(?:方式|属性|选项|类别|登记|形式)(?:[:：]\s*"
    rf"(?:此件|本件)?(?:{_LABELLED}.{{0,12}})?)"
)
"""A field that holds a disclosure mark: 公开方式:主动公开."""

ANNOTATION = re.compile(
    r"[(（](?:此件|本件|该件|联系人|联系电话|联系单位|发至|共印|主动公开|传达).*[)）][。.]?"
)
ATTACHMENT = re.compile(r"附(?:件|表)(?:\d{1,2}|[一二三四五六七八九十]{1,3})?")
LATER_ATTACHMENT = re.compile(rf"{ATTACHMENT.pattern}[:：]?|附件\d{{1,2}}[^:：.、].{{1,40}}")
COPIES = re.compile(r"(?:抄\W?送|抄\W?报|分送|主题词)[:：]")
_PRINTED = rf"(?:{_ORGAN})?(?:{_DATE})?(?:印发|印制)|\(?共印{_DIGIT}*份\)?"
PRINTED = re.compile(_PRINTED)
"""Printed by whom and when."""

IMPRINT = re.compile(
    rf"(?:抄送|抄报|分送|(?:内部)?发送|主题词|打字|校对|拟稿|核稿|审核|签发)[:：]|(?:{_PRINTED})$"
)
PAGE_NUMBER = re.compile(r"[-—–－· ]*(?:第?\d{1,4}页?(?:[/共]\d{1,4}页?)?)?[-—–－· ]*")
PRINTED_PAGE_NUMBER = re.compile(r"[-—–－·]+\d{1,4}[-—–－·]+|第\d{1,4}页(?:[/共]*\d{1,4}页)?")
