"""Telephone numbers and e-mail addresses, and whether they are meant for the public (A8)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from gongkai.model.reading import Entity, EntityKind, EntityRole, Observations
from gongkai_classifiers.columns import left_to_roster
from gongkai_classifiers.compaction import compacted, is_spread
from gongkai_classifiers.covered import MASKS
from gongkai_classifiers.identifiers import numbers
from gongkai_classifiers.view import View

_DASH = "\\-‐‑‒–—−"
_ISLAND = re.compile(f"[0-9+(][0-9{MASKS}Xx()+ {_DASH}]{{4,}}|[0-9]{{3,5}}")
_TAIL = re.compile("[转0-9A-Za-z ]{0,12}[0-9A-Za-z]*")
_CUE = re.compile(
    "电话|手机|传真|热线|联系方式|联系人|拨打|致电|咨询|号码|短信|座机|总机|值班|监督|举报|tel|phone",
    re.IGNORECASE,
)
_FAX = re.compile("传真[^0-9。;]{0,6}$")
_PUBLIC = re.compile(
    "举报|监督|投诉|咨询|热线|服务电话|值班|报名|受理|维权|报警|求助|救助|公布|总机|办公电话"
    "|查询|客服|窗口|反馈电话|拨打"
)
_CONTACT = re.compile(
    "联系|承办|经办|责任人|负责人|电话|传真|邮箱|邮件|来电|[发报送传寄]至|发送[至到]|报送|投递|反馈[至到]|上传"
)
_OWN = re.compile(
    "(?:本人|个人|家[长属]|监护人|亲属|配偶|户主|申请人|当事人|患者|学生|农户|受助人)的?(?:联系|移动)?"
    "(?:电话|手机|号码|方式)"
)
_EMAIL = re.compile(
    "(?<![0-9A-Za-z._%+-])[0-9A-Za-z*][0-9A-Za-z._%+*-]{0,63} ?@ ?"
    "(?:[0-9A-Za-z-]{1,63}\\.){1,4}[A-Za-z]{2,12}(?![0-9A-Za-z])"
)
_FREE_MAIL = re.compile(
    r"(?:qq|foxmail|163|126|139|189|sina|sohu|yeah|gmail|hotmail|outlook|aliyun|live)\.",
    re.IGNORECASE,
)
_COVERED_MAIL = re.compile("[*].*[*].*[*].*@|^x{3,}@|@x{3,}[.]", re.IGNORECASE)
_NOBODY = re.compile("^(?:_{3,}|(?:your|user|mail|email)?name|example)@", re.IGNORECASE)
_OFFICE_MAIL = re.compile("[@.]gov\\.cn$", re.IGNORECASE)
_NAMED_PERSON = re.compile("联系人|联络员|经办人|姓名|本人")
_ALONE, _ENDS = f"(?<![0-9A-Za-z{MASKS}])", f"(?![0-9A-Za-z{MASKS}])"
_MOBILE = re.compile(
    f"{_ALONE}(?:\\(?\\+?0?086\\)?[ {_DASH}]?|\\(?\\+?86\\)?[ {_DASH}]?)?"
    f"1[3-9][0-9](?:[ {_DASH}]?[0-9]){{8}}{_ENDS}"
)
_MASKED = re.compile(
    f"{_ALONE}1[3-9](?:[0-9]?[{MASKS}Xx]{{4,8}}[0-9]{{0,4}}"
    f"|(?=[0-9 {_DASH}]{{0,12}}[{MASKS}])(?:[ {_DASH}]?[0-9{MASKS}]){{9}}){_ENDS}"
)
_FEWEST_COVERED, _WITH_AREA_CODE = 4, 12
_AMOUNT = re.compile(
    " ?(?:[万亿]?元|万|亿|公斤|千克|克|吨|立?平?方米?|亩|公顷|[人件户]次?|%|\\.[0-9]|号)"
)
_AREA = re.compile(
    f"{_ALONE}\\(?0(?:10|2[0-9]|[3-9][0-9]{{2}})\\)?[ {_DASH}]{{0,3}}[0-9]{{3,4}}[ {_DASH}]?"
    f"[0-9]{{4}}(?:[ {_DASH}转]{{1,2}}[0-9]{{1,5}})?{_ENDS}"
)
_TOLL = re.compile(f"{_ALONE}[48]00[ {_DASH}]?[0-9]{{3,4}}[ {_DASH}]?[0-9]{{3,4}}{_ENDS}")
_HOTLINE = re.compile(
    f"{_ALONE}(?:(?:0[0-9]{{2,3}}[ {_DASH}]{{0,2}})?(?:12[0-9]{{3}}|96[0-9]{{3,4}}|95[0-9]{{3}})"
    f"|1(?:10|12|14|19|20|22))(?:[ {_DASH}]{{1,2}}[0-9]{{1,2}})?{_ENDS}"
)
_LOCAL = re.compile(f"{_ALONE}[2-9][0-9]{{2,3}}[ {_DASH}]?[0-9]{{4}}{_ENDS}")
_SENTENCE_END = re.compile("[。;!?\n]")
_LOOK_BACK = 40
_NUMBER_AFTER_CUE = re.compile(
    "(?:电话|手机|传真|热线|联系方式|拨打|致电|号码|座机|总机|tel|phone)[^。;\n]{0,24}$",
    re.IGNORECASE,
)
_ANOTHER = re.compile("(?:电话|传真|手机|方式)[^。;\n]{0,20}[0-9]{4}[ 、,/;或和]{1,3}$")
"""A number stands right before: "4588937、13848414301", "6012345 6012346"."""
_LOOK_ALIKE = re.compile(
    "(?:编号|索引|文号|代码|证号|单号|邮编|邮政编码|第|账号|帐号|卡号|学号|ICP备|备案|批号|流水号)[^。;\n,、]{0,6}$"
)


Known = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Contact:
    """A number or address at ``start``–``end``.

    ``sub`` is mobile, landline, toll_free, hotline or fax; "private" for the free mail of a
    named person.
    """

    kind: EntityKind
    start: int
    end: int
    sub: str
    role: EntityRole
    already_masked: bool = False
    confidence: float = 1.0


def is_valid_phone(digits: str) -> bool:
    """Whether the numbering plan of China knows such a number; loads the plan when first asked.

    Keeps no number: :func:`observe` remembers answers for one bundle and no longer.
    """
    import phonenumbers

    try:
        number = phonenumbers.parse(digits, "CN")
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number(number)


def contacts(text: str, known: Known = is_valid_phone) -> list[Contact]:
    """Every telephone number and e-mail address of a normalised text, in order.

    ``known`` says whether a number without a cue is one of the numbering plan.
    """
    found = [*_phones(text, known), *_emails(text)]
    for wider in _spread_out(text):
        beside = [one for one in found if one.start < wider.end and wider.start < one.end]
        if not beside or _swallows(wider, beside):
            found = [one for one in found if one not in beside]
            found.append(wider)
    return sorted(found, key=lambda contact: contact.start)


def _spread_out(text: str) -> Iterator[Contact]:
    """What only a text without white space shows; a number needs a cue: figures stand in rows."""
    if not is_spread(text):
        return
    small = compacted(text)
    for contact in (*_phones(small.text, lambda digits: False), *_emails(small.text)):
        start, end = small.outside(contact.start, contact.end)
        if " " in text[start:end] and contact.confidence == 1.0:
            yield replace(contact, start=start, end=end)


def _swallows(wider: Contact, parts: Sequence[Contact]) -> bool:
    """Whether what was found inside a long number are pieces of it."""
    long = wider.sub == "mobile" or wider.end - wider.start >= _WITH_AREA_CODE
    return (
        wider.kind is EntityKind.PHONE
        and long
        and all(wider.start <= part.start and part.end <= wider.end for part in parts)
    )


def _phones(text: str, known: Known) -> Iterator[Contact]:
    for island in _ISLAND.finditer(text):
        start, stop = island.span()
        if stop - start < 8 and not _CUE.search(text, max(0, start - _LOOK_BACK), start):
            continue
        tail = _TAIL.match(text, stop)
        yield from _phones_between(text, start, tail.end() if tail else stop, known)


def _phones_between(text: str, start: int, stop: int, known: Known) -> Iterator[Contact]:
    position = start
    while position < stop:
        candidates = [
            (match.start(), -match.end(), match, sub)
            for sub, shortest, regex in _SHAPES
            if stop - position >= shortest and (match := regex.search(text, position, stop))
        ]
        if not candidates:
            return
        _, _, match, sub = min(candidates, key=lambda candidate: candidate[:2])
        position = match.end()
        contact = _phone(text, match, sub, known)
        if contact is not None:
            yield contact


_SHAPES = (
    ("mobile", 11, _MOBILE),
    ("masked", 6, _MASKED),
    ("landline", 10, _AREA),
    ("toll_free", 9, _TOLL),
    ("hotline", 3, _HOTLINE),
    ("local", 7, _LOCAL),
)
"""Sort, fewest code points, pattern: what is left behind a number is mostly too short for any."""


def _phone(text: str, match: re.Match[str], sub: str, known: Known) -> Contact | None:
    start, end = match.span()
    before = _before(text, start)
    cue = _NUMBER_AFTER_CUE.search(before) or _ANOTHER.search(
        text[max(0, start - _LOOK_BACK) : start]
    )
    if not cue and _LOOK_ALIKE.search(before):
        return None
    if sub in {"local", "hotline"} and not cue and not _named_hotline(match.group(), before):
        return None
    digits = "".join(c for c in match.group() if c.isdigit() or c == "+")
    unsure = sub in {"mobile", "landline"} and not cue
    if unsure and (_AMOUNT.match(text, end) or not known(digits)):
        return None
    kind = {"local": "landline", "masked": "mobile"}.get(sub, sub)
    if _FAX.search(before) and kind == "landline":
        kind = "fax"
    role = role_of(text, start, end)
    if kind in {"toll_free", "hotline"}:
        role = EntityRole.PUBLIC_SERVICE
    covered = sum(c in MASKS or c in "Xx" for c in match.group())
    hidden = sub == "masked" and covered >= _FEWEST_COVERED
    return Contact(EntityKind.PHONE, start, end, kind, role, hidden, 1.0 if cue else 0.85)


def _before(text: str, start: int) -> str:
    """What stands shortly before a place, without white space inside its lines."""
    return "".join(text[max(0, start - 2 * _LOOK_BACK) : start].split(" "))[-_LOOK_BACK:]


def _named_hotline(value: str, before: str) -> bool:
    return (
        value in {"12333", "12345", "12315", "12388", "12380", "12377"}
        and re.search(f"[0-9{_DASH}]$", before) is None
    )


def _emails(text: str) -> Iterator[Contact]:
    if "@" not in text:
        return
    for match in _EMAIL.finditer(text):
        value = "".join(match.group().split())
        if _NOBODY.search(value):
            continue
        masked = _COVERED_MAIL.search(value) is not None
        start, end = match.span()
        role = role_of(text, start, end)
        if role is EntityRole.PLAIN and _OFFICE_MAIL.search(match.group()):
            role = EntityRole.CONTACT_LINE
        named = _NAMED_PERSON.search(_before(text, start))
        private = named is not None and _FREE_MAIL.search(match.group())
        yield Contact(EntityKind.EMAIL, start, end, "private" if private else "", role, masked)


def role_of(text: str, start: int, end: int) -> EntityRole:
    """Why a contact stands at a place: for the public, for the reader of the paper, or neither."""
    before = _before(text, start)
    line = before[max((m.end() for m in _SENTENCE_END.finditer(before)), default=0) :]
    if not line.strip(" :"):
        line = before
    if _PUBLIC.search(line) or _PUBLIC.search(text, end, min(len(text), end + 10)):
        return EntityRole.PUBLIC_SERVICE
    if _OWN.search(line):
        return EntityRole.PLAIN
    return EntityRole.CONTACT_LINE if _CONTACT.search(line) else EntityRole.PLAIN


def observe(view: View) -> Observations:
    """Telephone numbers and mail of every file, hidden places included.

    Those in a column whose heading announces them are left to ``rosters``.
    """
    entities: list[Entity] = []
    known = cache(is_valid_phone)
    for (_, transcript), found in zip(view.everything, view.once(numbers), strict=True):
        text = transcript.text
        ends = [number.end for number in found]
        for contact in contacts(text, known):
            beside = bisect_right(ends, contact.start)
            if beside < len(found) and found[beside].start < contact.end:
                continue
            if left_to_roster(transcript.block_at(contact.start), contact.kind):
                continue
            entities.append(
                Entity(
                    contact.kind,
                    transcript.span(contact.start, contact.end),
                    contact.sub,
                    contact.role,
                    contact.confidence,
                    contact.already_masked,
                    "contacts",
                )
            )
    return Observations(entities=tuple(entities), components=("contacts",))
