"""The elements of an official document, each with its place; blanks count as places (N-25).

Values are normalised: no white space, half width, dates as YYYY-MM-DD, document numbers
with 〔〕. A blank to be filled has the value "" and a span.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gongkai.model.reading import Element, ElementName, Observations, Span
from gongkai_classifiers import shapes
from gongkai_classifiers.doc_numbers import repaired
from gongkai_classifiers.layout import Zone, date_in
from gongkai_classifiers.lines import Line
from gongkai_classifiers.view import View

_DIGITS = {
    **{c: i for i, c in enumerate("〇一二三四五六七八九")},
    **dict.fromkeys("○OoΟО零0", 0),
}
_URGENCY = re.compile(
    r"^(?:[0-9]{4,6})?(?P<word>特提|特急|加急|平急|急件)(?:件)?(?:\||$)|(?:紧急程度|缓急)[:|]+(?P<named>特提|特急|加急|平急)"
)
_URGENCY_BESIDE = re.compile(r"(?:年|长期|密级[:])[^。]{0,6}?(?P<word>特急|加急)$")
_SERIAL = re.compile(
    r"^(?:份号[:]?)?(?:[NnOo.º]{2,3})?(?P<number>[0-9]{5,6})$|^份号[:](?P<named>[0-9]{1,8})"
)
_SIGNER = re.compile(
    r"(?P<role>签发人|签发|会签人|会签)[:](?P<names>[\u4e00-\u9fff·、,]{2,30}?)"
    r"(?=$|\||会签|签发|[0-9]|(?:文号|发文))"
)
_SIGNER_BLANK = re.compile(r"签发人[:]$")
_RED_HEAD = re.compile(r"^(?P<office>[\u4e00-\u9fff()、]{3,60}?)(?:文件|\(文件\)|令|公报)$")
_CC = re.compile(r"^(?P<field>抄送|抄报|分送)(?:机关|单位)?[:](?P<names>.+)$")
_SHORT_NUMBER = re.compile(
    r"[〔\[(](?P<year>20[0-9]{2})[〕\])]第?(?P<running>[0-9]{1,4})[号期]|[(]?第[0-9一二三四五六七八九十]{1,4}[号期][)]?"
)


def elements(view: View) -> tuple[Element, ...]:
    """The elements of the main document in the order of GB/T 9704; attachments not included."""
    return (
        *_title(view),
        *_head(view),
        *_recipients(view),
        *_closing(view),
        *_imprint(view),
        *_attachment_note(view),
    )


def observe(view: View) -> Observations:
    """The elements as observations."""
    return Observations(elements=elements(view))


def _at(view: View, line: Line, start: int, end: int) -> Span:
    return view.main.span(*line.locate(start, end))


def _whole(view: View, line: Line) -> Span:
    return view.main.span(*line.whole)


def _title(view: View) -> Iterator[Element]:
    title = view.layout.title
    if title is not None:
        yield Element(ElementName.TITLE, title.text, _whole(view, view.layout.lines[title.first]))


def _head_lines(view: View) -> Sequence[Line]:
    """Lines before the body; the number of a paper may also stand under its title."""
    lines = view.layout.lines
    return lines[: max(view.layout.body, 1)] if lines else ()


def _head(view: View) -> Iterator[Element]:
    number_found = False
    for line in _head_lines(view):
        text = line.text
        if found := (_URGENCY.search(text) or _URGENCY_BESIDE.search(text)):
            group = "word" if found["word"] else "named"
            yield Element(ElementName.URGENCY, found[group], _at(view, line, *found.span(group)))
        if serial := _SERIAL.match(text):
            group = "number" if serial["number"] else "named"
            yield Element(
                ElementName.SERIAL_NUMBER, serial[group], _at(view, line, *serial.span(group))
            )
        for signer in _SIGNER.finditer(text):
            for name in re.split("[、,]", signer["names"]):
                if name:
                    yield Element(ElementName.SIGNER, name, _at(view, line, *signer.span("names")))
        if _SIGNER_BLANK.search(text):
            yield Element(ElementName.SIGNER, "", _whole(view, line))
        if not number_found and (number := _number(view, line) or _short_number(view, line)):
            number_found = True
            yield number
    yield from _issuers(view)


def _number(view: View, line: Line) -> Element | None:
    """The document's own number: at the start of a head line, in a field, or behind the title."""
    text = re.sub(r"^[(]+", "(", line.text)
    shift = len(line.text) - len(text)
    for found in shapes.DOC_NUMBER.finditer(text):
        if text.rfind("《", 0, found.start()) > text.rfind("》", 0, found.start()):
            continue
        if "关于" in text[: found.start()] and not text.endswith((")", "号")):
            continue
        value = repaired(found)
        if value is None:
            continue
        word = found["word"]
        lead = re.match(
            r"(?:.*(?:发文字号|文号|号)[:|]*|.*的通知|.*(?:文件|通知|意见|公告|决定))", word
        )
        start = found.start() + (lead.end() if lead and lead.end() < len(word) else 0)
        span = _at(view, line, shift + start, shift + found.end())
        if word.startswith("日") and text[: found.start()].endswith(tuple("0123456789")):
            start = found.start() + 1
        if value and start != found.start():
            value = value[start - found.start() :]
        return Element(ElementName.DOC_NUMBER, value, span)
    return None


def _short_number(view: View, line: Line) -> Element | None:
    """〔2026〕5号, 第5期, 第8号: numbers of minutes, briefs and orders."""
    if found := _SHORT_NUMBER.fullmatch(line.text):
        value = f"〔{found['year']}〕{int(found['running'])}号" if found["year"] else line.text
        return Element(ElementName.DOC_NUMBER, value.strip("()"), _whole(view, line))
    return None


def _issuers(view: View) -> Iterator[Element]:
    """The red head, else what the title begins with, else the signature."""
    lines = _head_lines(view)
    for line in lines:
        if (head := _RED_HEAD.match(line.text)) and shapes.OFFICE.search(head["office"]):
            yield Element(ElementName.ISSUER, head["office"], _at(view, line, *head.span("office")))
            following = lines[line.number + 1 : line.number + 3]
            for also in following:
                if shapes.OFFICE.search(also.text) and not re.search("关于|第", also.text):
                    yield Element(ElementName.ISSUER, also.text, _whole(view, also))
            return
    title = view.layout.title
    if title and (
        made := re.match(r"(?P<office>[^《》]{3,60}?)(?:关于|印发|转发|批转|对)", title.text)
    ):
        line = view.layout.lines[title.first]
        yielded = False
        for office in re.split("[、]", made["office"]):
            at = line.text.find(office)
            if office and at >= 0 and shapes.OFFICE.search(office):
                yielded = True
                yield Element(ElementName.ISSUER, office, _at(view, line, at, at + len(office)))
        if yielded:
            return
    for element in _signatures(view):
        yield Element(ElementName.ISSUER, element.value, element.span)


def _recipients(view: View) -> Iterator[Element]:
    lines = view.layout.lines
    for line in lines[max(view.layout.body - 1, 0) : view.layout.body + 2]:
        number = shapes.DOC_NUMBER.match(line.text)
        begin = number.end() if number and number["end"] else 0
        end = len(line.text) if shapes.is_recipients(line.text[begin:]) else 0
        if not end and (merged := shapes.merged_recipients(line.text[begin:])):
            end = begin + merged
        if end:
            above = _begun_above(view, line)
            value = (above.text if above else "") + line.text[begin : end - 1]
            span = _whole(view, above) if above else _at(view, line, begin, end - 1)
            yield Element(ElementName.MAIN_RECIPIENTS, value, span)
            return


def _begun_above(view: View, line: Line) -> Line | None:
    """The line before, when the addressees began there."""
    title = view.layout.title
    if line.number == 0 or (title and line.number - 1 <= title.last):
        return None
    above = view.layout.lines[line.number - 1]
    begun = re.match("各|[省市县区]", above.text) and re.search("[、,].*[^。:;)]$", above.text)
    return above if begun and not re.search("关于|。|:", above.text) else None


def _signatures(view: View) -> Iterator[Element]:
    dated = view.layout.dated
    if dated is None:
        return
    lines = view.layout.lines
    found = date_in(lines[dated].text)
    if found and found.start() > 0:
        office = re.search(
            r"[\u4e00-\u9fff]{2,40}(?:\([^()]*\))?$", lines[dated].text[: found.start()]
        )
        if office:
            place = _at(view, lines[dated], *office.span())
            yield Element(ElementName.SIGNATURE, office.group(), place)
        return
    above: list[Line] = []
    for line in reversed(lines[max(view.layout.body, dated - 4) : dated]):
        if re.match(r"^\(.*\)$", line.text):
            continue
        if len(line.text) > 40 or not shapes.OFFICE.search(line.text) or ":" in line.text:
            break
        above.append(line)
    for line in reversed(above):
        yield Element(ElementName.SIGNATURE, line.text, _whole(view, line))


def _closing(view: View) -> Iterator[Element]:
    yield from _signatures(view)
    dated = view.layout.dated
    at = dated if dated is not None else _date_above(view)
    if at is not None:
        line = view.layout.lines[at]
        if found := date_in(line.text):
            yield Element(
                ElementName.SIGNED_DATE, _iso(found), _at(view, line, found.start(), found.end())
            )
    for line in view.layout.main_lines:
        if dated is not None and line.number > dated and re.match(r"^[(].*[)]$", line.text):
            yield Element(ElementName.ANNOTATION, line.text[1:-1], _whole(view, line))
        if line.number > view.layout.body and shapes.CONTACT.match(line.text):
            yield Element(ElementName.CONTACT, line.text.strip("()"), _whole(view, line))


def _date_above(view: View) -> int | None:
    """Minutes and briefs have their date beside the office, under the title."""
    title = view.layout.title
    if title is None or title.word is None or title.word.kind not in ("纪要", "简报", "公报"):
        return None
    below = view.layout.lines[title.last + 1 : title.last + 4]
    return next((line.number for line in below if date_in(line.text)), None)


def _iso(found: re.Match[str]) -> str:
    if "year" not in found.re.groupindex:
        return ""
    year, month, day = (_number_of(found[part]) for part in ("year", "month", "day"))
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return ""
    return f"{year:04d}-{month:02d}-{day:02d}"


def _number_of(text: str) -> int:
    """An Arabic or Chinese numeral: 2026, 二〇二六, 十二, 二十一."""
    if text.isdigit() and text.isascii():
        return int(text)
    if len(text) == 4:
        return int("".join(str(_DIGITS.get(c, 0)) for c in text))
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS.get(ones, 0)
    return (_DIGITS.get(tens, 1) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)


def _imprint(view: View) -> Iterator[Element]:
    for section in view.layout.of(Zone.IMPRINT):
        inside = [n for n in view.layout.lines if section.start <= n.start < section.end]
        if not inside:
            continue
        yield Element(
            ElementName.IMPRINT, "|".join(line.text for line in inside), _whole(view, inside[0])
        )
        for line in inside:
            if copies := _CC.match(line.text):
                yield Element(
                    ElementName.CC,
                    copies["names"].rstrip("。"),
                    _at(view, line, *copies.span("names")),
                )
            elif printed := shapes.PRINTED.search(line.text):
                yield Element(ElementName.PRINTER, printed["office"], _whole(view, line))


def _attachment_note(view: View) -> Iterator[Element]:
    """附件: with the names listed under it; several lines make one note."""
    lines = view.layout.main_lines
    for line in lines[view.layout.body :]:
        if not shapes.ATTACHMENT_NOTE.match(line.text):
            continue
        names = [re.sub(r"^附件?[0-9]{0,2}:", "", line.text)]
        for item in lines[line.number + 1 : line.number + 30]:
            if not re.match(r"^[0-9]{1,2}[.、．]", item.text):
                break
            names.append(item.text)
        value = ";".join(name for name in names if name)
        yield Element(ElementName.ATTACHMENT_NOTE, value, _whole(view, line))
        return
