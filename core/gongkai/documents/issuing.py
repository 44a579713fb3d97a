"""Which printed blocks are issuing elements: put there by the office after the text was settled.

Head, number, signer, signature, date, annotation, imprint and page numbers come after signing
and in another file (A3); they are no part of what was determined. Everything is told from the
lines alone, so that a draft and the issued copy of the same text agree.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from gongkai.model.content import Block, Part
from gongkai.script import normalise

HEAD_LINES = 12
"""How far down the first page a document number may stand."""

SIGNATURE_LINES = 8

_DIGIT = r"[\d〇○零OoX×xX一二三四五六七八九十*]"
DATE = re.compile(rf"(?:{_DIGIT}{{0,4}}|20\d\d)年{_DIGIT}{{0,3}}月{_DIGIT}{{0,3}}日?$")
NUMBER = re.compile(r".{0,25}[〔\[(（【]\d{0,4}[〕\])）】]第?\d{0,5}号")
_BODY = (
    r"(?:局|厅|部|委|会|府|办|室|院|心|司|处|科|站|所|队|组|行|校|学|署|台|社|团|机关|联合会|党组)"
)
SIGNATURE = re.compile(rf"[\u4e00-\u9fff()、 ]{{2,40}}{_BODY}(?:\([^)]{{1,6}}\))?$")
_HEAD = re.compile(
    r"(?:\d{6}|№?\d{6,7}|特急|加急|平急|特提|急件|.{2,40}(?:文件|文|纪要|简报|令|公报)|签发人.*|会签人.*)$"
)
_SIGNER = re.compile(r"(?:签发人|会签人|核稿人?|拟稿人?):")
ANNOTATION = re.compile(r"[(（](?:此件|联系人|联系电话|发至|本件|共印).*[)）]$")
IMPRINT = re.compile(r"(?:抄送|抄报|分送|发送|主题词|报送|打字|校对|拟稿)[:：]|.{0,60}(?:印发|印制)$|\(?共印\d+份\)?$")
LABEL_FIELD = re.compile(
    r"(?:政府|民主)?(?:信息)?公开(?:方式|属性|选项|类别|登记|形式)[:：].{2,20}$"
)
PAGE_NUMBER = re.compile(r"[-—–－· ]*(?:第?\d{1,4}页?(?:[/共]\d{1,4}页?)?)?[-—–－· ]*$")


class IssuingElement(StrEnum):
    """What sort of issuing element a block is."""

    HEAD = "head"
    SIGNATURE = "signature"
    DATE = "date"
    ANNOTATION = "annotation"
    IMPRINT = "imprint"
    PAGE_NUMBER = "page_number"


def folded(text: str) -> str:
    """A line as it is compared: normalised and without white space."""
    return "".join(normalise(text).split())


def issuing_elements(blocks: Sequence[Block]) -> dict[int, IssuingElement]:
    """The issuing elements among printed blocks, by index."""
    lines = [folded(block.text) for block in blocks]
    found: dict[int, IssuingElement] = {}
    for index, (block, line) in enumerate(zip(blocks, lines, strict=True)):
        if block.part in (Part.HEADER, Part.FOOTER) and PAGE_NUMBER.match(line):
            found[index] = IssuingElement.PAGE_NUMBER
        elif ANNOTATION.match(line):
            found[index] = IssuingElement.ANNOTATION
        elif LABEL_FIELD.match(line):
            found[index] = IssuingElement.IMPRINT
    found.update(_head(lines))
    found.update(_signature(lines, found))
    found.update(_imprint(lines, found))
    return found


def _head(lines: Sequence[str]) -> dict[int, IssuingElement]:
    filled = [i for i, line in enumerate(lines) if line][:HEAD_LINES]
    number = next((i for i in filled if NUMBER.match(lines[i]) and len(lines[i]) <= 40), None)
    before = [i for i in filled if number is not None and i < number]
    if number is not None and not any(_is_sentence(lines[i]) for i in before):
        head = [i for i in filled if i <= number]
        head += [i for i in filled if i > number and _SIGNER.match(lines[i])]
    else:
        head = []
        for i in filled:
            if not _HEAD.match(lines[i]) or "关于" in lines[i]:
                break
            head.append(i)
    return dict.fromkeys(head, IssuingElement.HEAD)


def _is_sentence(line: str) -> bool:
    return len(line) > 45 or line.endswith(("。", ";", ":")) or "关于" in line


def _signature(
    lines: Sequence[str], known: dict[int, IssuingElement]
) -> dict[int, IssuingElement]:
    found: dict[int, IssuingElement] = {}
    for index, line in enumerate(lines):
        if index in known or not line:
            continue
        date = DATE.search(line)
        if date is None:
            continue
        rest = line[: date.start()]
        if rest and not SIGNATURE.match(rest):
            continue
        found[index] = IssuingElement.DATE
        above = [i for i in range(index - 1, -1, -1) if lines[i]][:SIGNATURE_LINES]
        for i in above:
            if i in known or not SIGNATURE.match(lines[i]) or lines[i].startswith("附件"):
                break
            found[i] = IssuingElement.SIGNATURE
    return found


def _imprint(lines: Sequence[str], known: dict[int, IssuingElement]) -> dict[int, IssuingElement]:
    dates = [i for i, element in known.items() if element is IssuingElement.DATE]
    start = min(dates, default=len(lines) // 2)
    return {
        index: IssuingElement.IMPRINT
        for index, line in enumerate(lines)
        if index > start and line and index not in known and IMPRINT.match(line)
    }
