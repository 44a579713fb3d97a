"""Where the parts of an official document stand in its text (GB/T 9704-2012, N-25)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gongkai.model.transcript import Transcript
from gongkai_classifiers import shapes
from gongkai_classifiers.lines import Line, lines_of
from gongkai_classifiers.titles import Title, find_title, head_end


class Zone(StrEnum):
    """A part of a document, in the order in which a paper shows them."""

    HEAD = "head"
    TITLE = "title"
    BODY = "body"
    SIGNATURE = "signature"
    DATE = "date"
    ANNOTATION = "annotation"
    IMPRINT = "imprint"
    ATTACHMENT = "attachment"


@dataclass(frozen=True, slots=True)
class Section:
    """Code points ``start``–``end`` of a transcript belong to ``zone``."""

    zone: Zone
    start: int
    end: int


@dataclass(frozen=True)
class Layout:
    """The parts of one transcript.

    ``sections`` stand in order and without gaps. ``body`` is the number of the line the
    body (or its recipients) begins on, ``dated`` of the line that holds the main date or
    its blank. Everything from ``attachments`` on is not the document's own main part; a
    last imprint behind it is a section of its own.
    """

    lines: tuple[Line, ...]
    sections: tuple[Section, ...]
    title: Title | None
    body: int
    dated: int | None
    attachments: int | None

    def zone_at(self, offset: int) -> Zone:
        """The zone an offset falls into; BODY beyond the end."""
        return next((s.zone for s in self.sections if s.start <= offset < s.end), Zone.BODY)

    def of(self, zone: Zone) -> Iterator[Section]:
        """All sections of a zone."""
        return (section for section in self.sections if section.zone is zone)

    def first(self, zone: Zone) -> Section | None:
        """The first section of a zone, None when the text has none."""
        return next(self.of(zone), None)

    @property
    def main_lines(self) -> tuple[Line, ...]:
        """The lines before the attachments."""
        if self.attachments is None:
            return self.lines
        return tuple(line for line in self.lines if line.start < self.attachments)


_LABEL_AHEAD = r"\(此件|\(主动公开|\(依申请|\(不予公开|\(公开发布|\(联系人"
_MERGED_DATE = re.compile(
    rf"(?<=[局厅部委办会院所府处司心室组团站关社])(?P<date>{shapes.DATE.pattern})"
    rf"(?=\||$|附件|{_LABEL_AHEAD}|[\u4e00-\u9fff']{{4,60}}(?:方案|办法|意见|规定|规划|制度))"
)
_AFTER_DATE = re.compile(rf"\||{_LABEL_AHEAD}|\(|印")
_TITLE_BRACKETS = re.compile(r"[《》〈〉]|\([^()]{2,8}\)$")
_ANNOTATION = re.compile(
    r"^.{0,3}ù思|^[(【\[〔{<.]?(?:[此该本][件文](?!的)|附注|主动公开|依申请公开|不予公开|不公开)|^\(.{2,160}\)$"
)
_STAMP_FIELD = re.compile(
    r"^[(【\[〔]?(?:政府|民主|公文|文件)?(?:信息)?公开(?:方式|属性|选项|类别|形式|登记|意见)"
    r"|^(?:是否公开|主动公开属性|xxgk)[:]"
)
_NOTE_ITEM = re.compile(r"^[0-9]{1,2}[.、．]")
SHORT_LINE = 60
IMPRINT_LINES = 12


def layout_of(transcript: Transcript) -> Layout:
    """The layout of one file's printed text; a text without any sign of one is all BODY."""
    lines = lines_of(transcript)
    title = find_title(lines)
    body = max(head_end(lines), title.last + 1 if title else 0)
    carried = _carried_title(lines, body)
    dated = _main_date(lines[:carried], body)
    ends = _main_end(lines, body, dated)
    if dated is None and carried is not None:
        ends = carried if ends is None else min(ends, carried)
    imprint = _last_imprint(lines, ends if ends is not None else len(lines))
    if ends is not None and imprint is not None and imprint <= ends:
        ends = None
    zones = _zones(lines, title, body, dated, ends, imprint)
    return Layout(
        lines=lines,
        sections=_sections(zones, len(transcript.text)),
        title=title,
        body=body,
        dated=dated,
        attachments=_run_on(lines, dated) if ends is None else lines[ends].start,
    )


def date_in(text: str) -> re.Match[str] | None:
    """The date, or the blank for one, a line of a signature block holds; None for others."""
    if "日" not in text:
        return None
    if len(text) > SHORT_LINE:
        return next(_MERGED_DATE.finditer(text), None)
    for pattern in (shapes.DATE, shapes.BLANK_DATE):
        for found in pattern.finditer(text):
            before, after = text[: found.start()], text[found.end() :]
            if after and not _AFTER_DATE.match(after):
                continue
            if after.startswith("印"):
                continue
            if not before or (shapes.OFFICE.search(before) and not re.search("[,。:;]", before)):
                return found
    return None


_QUOTED = re.compile(r"《([^《》]{4,80})》")


def _carried_title(lines: Sequence[Line], body: int) -> int | None:
    """The line on which a document begins whose title the body has named in 《》."""
    named: set[str] = set()
    for line in lines[body : body + 12]:
        named.update(_QUOTED.findall(line.text.replace("〈", "").replace("〉", "")))
    if not named:
        return None
    for line in lines[body + 1 :]:
        joined = line.text + (lines[line.number + 1].text if line.number + 1 < len(lines) else "")
        for text in (line.text, joined):
            if _TITLE_BRACKETS.sub("", text) in named:
                return line.number
    return None


def _main_date(lines: Sequence[Line], body: int) -> int | None:
    """The line of the main document's date: the first signature date after the body began."""
    for line in lines[body:]:
        if _heads_attachment(lines, line):
            return None
        if date_in(line.text):
            return line.number
    return None


def _heads_attachment(lines: Sequence[Line], line: Line) -> bool:
    """Whether an attachment begins here; 附件: with a list under it is only a note."""
    if not shapes.ATTACHMENT_HEADING.match(line.text):
        return False
    following = lines[line.number + 1 : line.number + 2]
    is_note = line.text.endswith(":") or (
        bool(following) and _NOTE_ITEM.match(following[0].text) is not None
    )
    signed_later = any(date_in(after.text) for after in lines[line.number + 1 : line.number + 20])
    return not (is_note and signed_later)


def _run_on(lines: Sequence[Line], dated: int | None) -> int | None:
    """Where attachments begin inside the date's own line, line breaks being lost."""
    line = lines[dated] if dated is not None else None
    found = date_in(line.text) if line else None
    if line is None or found is None or len(line.text) - found.end() <= SHORT_LINE:
        return None
    close = re.compile(r"(?:\([^()]{2,200}\)|\|)*").match(line.text, found.end())
    return line.locate(close.end() if close else found.end(), len(line.text))[0]


def _main_end(lines: Sequence[Line], body: int, dated: int | None) -> int | None:
    """The line the attachments begin on, None when nothing follows the main part."""
    if dated is None:
        return next((n.number for n in lines[body:] if _heads_attachment(lines, n)), None)
    if merged := date_in(lines[dated].text):
        rest = lines[dated].text[merged.end() :]
        if len(rest) > SHORT_LINE:
            return None
    for line in lines[dated + 1 :]:
        if not _closes(line.text):
            return line.number
    return None


def _closes(text: str) -> bool:
    """Whether a line still belongs to the close of the main part."""
    return bool(
        _ANNOTATION.match(text)
        or _STAMP_FIELD.match(text)
        or shapes.CONTACT.match(text)
        or shapes.IMPRINT.match(text)
        or shapes.ATTACHMENT_NOTE.match(text)
        or shapes.FURNITURE.search(text)
        or shapes.DATE.fullmatch(text)
        or shapes.PRINTED.search(text)
        or re.fullmatch(r"[-—0-9{} ]{1,14}|.{2,30}印发|[(]?(?:盖章|公章)[)]?", text)
        or (len(text) <= 30 and shapes.OFFICE.search(text))
    )


def _last_imprint(lines: Sequence[Line], ends: int) -> int | None:
    """The first line of the imprint that closes the whole text."""
    first: int | None = None
    tail = lines[-IMPRINT_LINES:]
    for line in tail:
        if shapes.IMPRINT.match(line.text) or _STAMP_FIELD.match(line.text):
            first = line.number if first is None else first
        elif first is not None and shapes.is_prose(line.text):
            first = None
    return first


def _zones(
    lines: Sequence[Line],
    title: Title | None,
    body: int,
    dated: int | None,
    ends: int | None,
    imprint: int | None,
) -> Iterator[tuple[int, Zone]]:
    """Offsets at which zones begin."""
    if title:
        yield lines[title.first].start, Zone.TITLE
        if title.last + 1 < len(lines):
            yield lines[title.last + 1].start, Zone.HEAD if title.last + 1 < body else Zone.BODY
    if body < len(lines):
        yield lines[body].start, Zone.BODY
    if dated is not None:
        for line in lines[max(body, dated - 4) : dated]:
            if len(line.text) <= 40 and shapes.OFFICE.search(line.text):
                yield line.start, Zone.SIGNATURE
                break
        found = date_in(lines[dated].text)
        if found and found.start() == 0:
            yield lines[dated].start, Zone.DATE
        elif found:
            yield lines[dated].locate(found.start(), found.end())[0], Zone.DATE
    close = range((dated if dated is not None else body) + 1, len(lines) if ends is None else ends)
    for number in close:
        text = lines[number].text
        if _ANNOTATION.match(text) and dated is not None:
            yield lines[number].start, Zone.ANNOTATION
        elif dated is not None and (shapes.IMPRINT.match(text) or _STAMP_FIELD.match(text)):
            yield lines[number].start, Zone.IMPRINT
    if ends is not None:
        yield lines[ends].start, Zone.ATTACHMENT
    if imprint is not None:
        yield lines[imprint].start, Zone.IMPRINT


def _sections(zones: Iterator[tuple[int, Zone]], end: int) -> tuple[Section, ...]:
    begins: list[tuple[int, Zone]] = []
    for start, zone in sorted(dict(zones).items()):
        if not begins or begins[-1][1] is not zone:
            begins.append((start, zone))
    if not begins or begins[0][0] > 0:
        begins.insert(0, (0, Zone.HEAD if begins else Zone.BODY))
    stops = [start for start, _ in begins[1:]] + [end]
    return tuple(
        Section(zone, start, stop)
        for (start, zone), stop in zip(begins, stops, strict=True)
        if stop > start or end == 0
    )
