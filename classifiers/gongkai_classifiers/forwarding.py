"""Which documents this one forwards (SRC-11): 转发, 批转, 转载 of another's paper.

印发 issues one's own paper and never counts; neither does 转发 inside a quoted title, in a
citation, or in a ban on passing on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.model.reading import Citation, Observations
from gongkai_classifiers import shapes
from gongkai_classifiers.doc_numbers import number_in
from gongkai_classifiers.lines import Line
from gongkai_classifiers.view import View

_VERB = r"(?:批转|转发|转载|转印发?|全文转发|照转|转去|转给)"
_ACT = re.compile(
    rf"(?P<verb>{_VERB})(?=(?:给|到|至|予)?(?:你们?|你[市县区局厅委办单]|各[市县区单科处部局乡镇有]|"
    r"贵|如下|执行|下发|全[市县区省局系])|[,。;]|$|(?:给|于)你)"
)
_ANNOUNCED = re.compile(
    r"(?:^|[,。;:\u4e00-\u9fff》)])(?:现|兹|特此|特|予以|一并|已经[^。]{0,30}同意)"
)
_BANNED = re.compile(
    r"(?:严禁|禁止|不得|未经|请勿|不准|不要|擅自|可|及时|负责|组织|要求|网站|媒体)[^,。;]{0,16}$"
)
_DOUBTFUL = re.compile(r"明电|传真电报|便函|电话(?:通知|记录)|特急电报|内部明电")
_TITLE_VERB = re.compile(r"(?P<verb>批转|转发|转载|转印)(?!给|工作|量|率)")
_TITLE_END = re.compile(
    r"的?(?:补充)?(?:紧急)?(?:通知|函|意见|决定|通告|公告|报告|批复)(?:\([^()]*\))?$"
)
_NUMBER_AFTER = re.compile(r"^\((?P<inside>[^()]{4,60}|[^()]*\([^()]*\)[^()]*)(?:\)|$)")
_UNFINISHED = re.compile(r"(?:现将|兹将|现把|特将)[^。;]*$")
_MOST_PIECES = 4
MAIN_SENTENCES = 40


@dataclass(frozen=True, slots=True)
class _Passage:
    """Lines that make one sentence, a line break having been put into it."""

    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The lines without their breaks."""
        return "".join(line.text for line in self.lines)

    def locate(self, start: int, end: int) -> tuple[int, int]:
        """Transcript offsets of a range of ``text``, cut to the line it begins on."""
        for line in self.lines:
            if start < len(line.text):
                return line.locate(start, min(end, len(line.text)))
            start, end = start - len(line.text), end - len(line.text)
        return self.lines[-1].whole


@dataclass(frozen=True, slots=True)
class _Quoted:
    """A title in 《》 at the outer level, its number and where it stands in a text."""

    title: str
    number: str
    start: int
    end: int


def citations(view: View) -> tuple[Citation, ...]:
    """The documents forwarded, in order; several at once give several citations.

    ``verb`` is the verb as it stands; 明电, 便函 and the like are added to it when neither
    title nor number of the source shows them ("转发便函"), for inheritance is doubtful then.
    """
    found = list(_from_body(view))
    titled = _from_title(view)
    if found:
        verb = titled.verb if titled else found[0].verb
        return tuple(dict.fromkeys(_with_verb(citation, verb) for citation in found))
    return (titled,) if titled else ()


def observe(view: View) -> Observations:
    """The citations as observations."""
    return Observations(citations=citations(view))


def _with_verb(citation: Citation, verb: str) -> Citation:
    kept = verb if len(citation.verb) <= 2 else verb[:2] + citation.verb[2:]
    return Citation(citation.title, citation.doc_number, citation.span, kept)


def _from_title(view: View) -> Citation | None:
    title = view.layout.title
    if title is None:
        return None
    for found in _TITLE_VERB.finditer(title.text):
        if _depth(title.text, found.start()) or not _before_is_office(title.text, found.start()):
            continue
        rest = title.text[found.end() :]
        quoted = list(_outer_titles(rest))
        named = quoted[0].title if quoted else _TITLE_END.sub("", rest)
        if len(named) < 4:
            return None
        line = view.layout.lines[title.first]
        at = line.text.find(found.group())
        start, end = line.locate(max(at, 0), len(line.text))
        number = quoted[0].number if quoted else ""
        return Citation(named, number, view.main.span(start, end), found["verb"])
    return None


def _before_is_office(text: str, position: int) -> bool:
    """关于转发…, 某办公室转发…: nothing but makers and 关于 stands before the verb."""
    before = text[:position]
    return (
        not before
        or before.endswith(("关于", "〔", "("))
        or (shapes.OFFICE.search(before) is not None and "印发" not in before)
    )


def _from_body(view: View) -> Iterator[Citation]:
    title = view.layout.title
    first = title.last + 1 if title else view.layout.body
    for passage in _passages(view.layout.main_lines[first:][:MAIN_SENTENCES]):
        text = passage.text
        if not re.search(_VERB, text):
            continue
        for act in _ACT.finditer(text):
            if _depth(text, act.start()):
                continue
            begin = _sentence_start(text, act.start())
            before = text[begin : act.start()]
            if _BANNED.search(before) or not _ANNOUNCED.search(before):
                continue
            yield from _named_before(view, passage, begin, act)


def _passages(lines: Sequence[Line]) -> Iterator[_Passage]:
    """Lines, joined where a bracket or the announcement of a paper is still open."""
    pieces: list[Line] = []
    for line in lines:
        pieces.append(line)
        text = "".join(piece.text for piece in pieces)
        if len(pieces) == _MOST_PIECES or not _is_open(text):
            yield _Passage(tuple(pieces))
            pieces = []
    if pieces:
        yield _Passage(tuple(pieces))


def _is_open(text: str) -> bool:
    if text.endswith(("。", ";", ":")):
        return False
    announced = _UNFINISHED.search(text)
    return announced is not None and not _ACT.search(text, announced.start())


def _named_before(
    view: View, passage: _Passage, begin: int, act: re.Match[str]
) -> Iterator[Citation]:
    """The titles the sentence names before the verb, else the nearest one earlier."""
    text = passage.text
    stop = next((i for i in range(act.end(), len(text)) if text[i] in "。;"), len(text))
    titles = [q for q in _outer_titles(text) if begin <= q.start < act.start()]
    announced = max(text.rfind(w, begin, act.start()) for w in ("现将", "兹将", "现把", "特将"))
    after = [q for q in titles if q.start >= announced] if announced >= 0 else []
    named = after or titles[-1:]
    if not named:
        named = [q for q in _outer_titles(text) if act.end() <= q.start < stop]
    doubtful = _DOUBTFUL.search(text[begin:stop])
    for quoted in named:
        shown = _DOUBTFUL.search(quoted.title + quoted.number)
        verb = act["verb"] + (doubtful.group() if doubtful and not shown else "")
        span = view.main.span(*passage.locate(quoted.start, quoted.end))
        yield Citation(quoted.title, quoted.number, span, verb)


def _sentence_start(text: str, position: int) -> int:
    """Where the sentence begins; marks inside a quoted title end nothing."""
    for index in range(position - 1, -1, -1):
        if text[index] in "。;" and not _depth(text, index):
            return index + 1
    return 0


def _depth(text: str, position: int) -> int:
    before = text[:position]
    opened = before.count("《") + before.count("〈") + before.count("“")
    return max(0, opened - before.count("》") - before.count("〉") - before.count("”"))


def _outer_titles(text: str) -> Iterator[_Quoted]:
    depth, start = 0, 0
    for index, character in enumerate(text):
        if character in "《〈":
            if depth == 0:
                start = index
            depth += 1
        elif character in "》〉" and depth:
            depth -= 1
            if depth == 0:
                after = _NUMBER_AFTER.match(text[index + 1 :])
                inside = after["inside"] if after else ""
                number = number_in(inside) if _is_number(inside) else ""
                yield _Quoted(text[start + 1 : index], number, start, index + 1)


def _is_number(text: str) -> bool:
    damaged = shapes.DOC_NUMBER.search(text)
    return damaged is not None or re.search(r"[0-9]+号$|明电|便函", text) is not None
