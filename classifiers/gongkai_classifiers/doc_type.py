"""The kind of a document (SRC-01): its title, else its formulas, else what it looks like."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from gongkai.model.reading import DocType, Observations, Span
from gongkai_classifiers.formulas import FORMULAS, used
from gongkai_classifiers.genres import unofficial
from gongkai_classifiers.kinds import STATUTORY, form_kind, kind_word, loose_kind, vague_kind
from gongkai_classifiers.lines import Line
from gongkai_classifiers.looks import called, weighed
from gongkai_classifiers.shapes import is_recipients
from gongkai_classifiers.signs import AGAINST, signs, weight
from gongkai_classifiers.titles import plain_title
from gongkai_classifiers.view import View

PROPOSAL_REPLY = "建议提案答复"
OPENING, CLOSING = 60, 40
REPLY_OPENING = 4000
LONG_LINE = 3000
"""How much of a line is looked at: a paper without line breaks says its kind early or late."""


_REPLY = re.compile(
    r"(?:您|你)们?[^。您你]{0,80}?(?:提出|所提|提)[^。您你]{0,220}?"
    r"(?:收悉|交由?我|转交|办理|答复|收到)|"
    r"您?的(?:建议|提案)收悉|对(?:您|你)们?(?:提出)?的[^。您你]{0,80}(?:建议|提案)[^。]{0,30}答复"
)
_REPLY_TITLE = re.compile(
    r"(?:代表|委员)?(?:第?[0-9０-９xX×]+号)?(?:代表)?(?:建议|提案|议案)[^,。]{0,16}(?:答复|复函|函|回复|的答)|"
    r"(?:答复|复函)[^,。]{0,40}(?:建议|提案)"
)
_REPLY_ADDRESSEE = re.compile(
    r"(?:代表|委员|代表团|党派|民盟|民建|民进|工商联|界别)(?:\([^()]*\))?[:]"
)


_DRAFT = (
    r"(?:(?:征求意见|会签|送审|讨论|修改|修订|审议|代拟|报审|报批|初审|[初草二三]|第[一二三]次)稿"
    r"|草案)"
)
_ON_A_DRAFT = re.compile(
    r"^(?!.*(?:征求(?!意见稿)|征集|采纳|汇总|公开征)).*"
    rf"(?:{_DRAFT}[)》>〉”\"]*|反馈|修改|会签|回复|会办|协办)的?"
    r"(?:修改|反馈|会签|回复|书面|有关|几点|初步)*(?:意见|建议){1,2}$"
)
_ANSWERING = re.compile(
    r"(?:特此|专此|现|此)函|函[复告]|复函|收悉|来[函件文稿]|(?:送|发|转|交)来|(?:你|贵)(?:局|委|办|厅|部|院|中心|处|科|单位)"
)


def doc_types(view: View) -> tuple[DocType, ...]:
    """The kind of the main document, one value: a Chinese kind, 非公文, or "" for "cannot tell".

    "" is only said of a paper with official elements (number, addressee, signature) and no
    kind; a text without any is 非公文.
    """
    lines = view.layout.lines
    if not lines:
        return (_from_name(view) or DocType("", 0.0, None, "empty"),)
    main = view.layout.main_lines
    text = _excerpt(main[: view.layout.body + OPENING])
    closing = _excerpt(main[-CLOSING:])
    both = text + "\n" + closing
    found = (
        unofficial(view, lines, both)
        or _proposal_reply(view, text[:REPLY_OPENING])
        or _instrument(view, lines)
        or _covered(view, lines)
        or _opinion_given(view, text[:REPLY_OPENING] + closing)
        or _reported(view, main)
        or _trusted(view, _from_title(view, both))
        or _trusted(view, _from_ending(view, loose_kind))
        or _from_formulas(view, main)
        or _trusted(view, _from_ending(view, vague_kind))
        or _trusted(view, _from_ending(view, form_kind))
        or _from_name(view)
        or called(view, both)
        or weighed(view)
    )
    return (found,)


def observe(view: View) -> Observations:
    """The kind as an observation."""
    return Observations(doc_types=doc_types(view))


def _excerpt(lines: Sequence[Line]) -> str:
    shown = (n.text if len(n.text) <= 2 * LONG_LINE else _ends(n.text) for n in lines)
    return "\n".join(shown)


def _ends(text: str) -> str:
    return text[:LONG_LINE] + text[-LONG_LINE:]


def _span(view: View, line: Line, start: int = 0, end: int | None = None) -> Span:
    return view.main.span(*line.locate(start, len(line.text) if end is None else end))


def _proposal_reply(view: View, text: str) -> DocType | None:
    """A reply to a delegate's proposal, whatever its title calls itself (not 函, not 批复)."""
    title = view.layout.title
    replies = _REPLY.search(text) is not None
    addressed = _REPLY_ADDRESSEE.search(text) is not None
    named = (
        title is not None
        and title.word is not None
        and (title.word.kind in ("函", "答复", "建议", "提案"))
    )
    about = title is not None and _REPLY_TITLE.search(title.text) is not None
    if (replies and addressed and (named or title is None)) or (
        named
        and about
        and (
            replies
            or addressed
            or (title is not None and title.word is not None and title.word.kind == "答复")
        )
    ):
        evidence = _span(view, view.layout.lines[title.first]) if title else None
        return DocType(PROPOSAL_REPLY, 0.95, evidence, "proposal_reply")
    return None


def _instrument(view: View, lines: Sequence[Line]) -> DocType | None:
    """An announcement or order that carries the rules it publishes (公告, 令)."""
    title = view.layout.title
    if (
        title is None
        or title.word is None
        or title.word.kind not in ("条例", "办法", "规定", "细则")
    ):
        return None
    for line in lines[title.last + 1 : title.last + 10]:
        if re.fullmatch(r"[^。,:]{0,24}(?:公告|令)(?:[(第][^。]{1,16})?", line.text) and re.search(
            r"现予(?:以)?公布|现公布", "".join(n.text for n in lines[line.number : line.number + 4])
        ):
            kind = "公告" if "公告" in line.text else "命令"
            return DocType(kind, 0.85, _span(view, line), "publishing_instrument")
    return None


_COVERS = frozenset({"签报", "呈批件", "处理单", "审批表", "审核表", "联系单", "便笺"})
_COVER_LENGTH, _COVER_LINES = 12, 24


def _covered(view: View, lines: Sequence[Line]) -> DocType | None:
    """The kind of the paper that lies under a sheet for approval, known by title and addressee."""
    title = view.layout.title
    if title is None or title.word is None or title.word.kind not in _COVERS:
        return None
    if len(title.text) > _COVER_LENGTH:
        return None
    for line, following in pairwise(lines[title.last + 1 : title.last + _COVER_LINES]):
        word = kind_word(line.text) if "关于" in line.text and ":" not in line.text else None
        if word and word.kind in STATUTORY and is_recipients(following.text):
            return DocType(word.kind, 0.85, _span(view, line, word.start, word.end), "covered")
    return None


def _opinion_given(view: View, text: str) -> DocType | None:
    """An opinion on another office's draft: a letter, though its title ends in 意见."""
    layout = view.layout
    title = layout.title or plain_title(layout.lines, layout.body)
    if title is None or not _ON_A_DRAFT.search(title.text) or not _ANSWERING.search(text):
        return None
    line = layout.lines[title.last]
    return DocType("函", 0.8, _span(view, line), "opinion_given")


_STATES = frozenset({"工作情况", "情况"})
_SENT = frozenset({"报告", "通报", "函", "请示"})
_APPROVED = re.compile(r"会议[^。;]{0,80}(?:决定|同意)?批准[^。;]{0,24}报告")
_CONGRESS = re.compile(r"代表大会|常务委员会|常委会|全体会议")


def _reported(view: View, lines: Sequence[Line]) -> DocType | None:
    """What a formula says of a paper that is sent to somebody and only titled 工作情况.

    关于…的报告 is also the title of a 决议 that lost its last words.
    """
    title = view.layout.title
    if title is None or title.word is None:
        return None
    if title.word.kind == "报告" and any(_CONGRESS.search(n.text) for n in lines[-CLOSING:]):
        for line in lines[title.last + 1 : title.last + 12]:
            if approved := _APPROVED.search(line.text[:LONG_LINE]):
                return DocType("决议", 0.75, _span(view, line, *approved.span()), "formula")
    if title.word.kind not in _STATES:
        return None
    if not any(sign.name == "recipients" for sign in signs(view.layout)):
        return None
    found = _from_formulas(view, lines)
    return found if found is not None and found.value in _SENT else None


def _from_title(view: View, text: str) -> DocType | None:
    title = view.layout.title
    if title is None or title.word is None:
        return None
    kind = title.word.kind
    if kind == "答复":
        kind = "函"
    if kind in ("建议", "提案"):
        return None
    line = view.layout.lines[title.last]
    shown = title.text[title.word.start : title.word.end]
    at = line.text.rfind(shown)
    evidence = _span(view, line, at, at + len(shown)) if at >= 0 else _span(view, line)
    full = re.search(r"关于|印发|转发|批转|对.+的", title.text) is not None
    confidence = 0.98 if full else 0.9
    if kind in STATUTORY and _contradicted(kind, text):
        confidence -= 0.05
    return DocType(kind, confidence, evidence, "title")


def _contradicted(kind: str, text: str) -> bool:
    """Whether only formulas of other kinds stand in a text; its own are asked first."""
    own = (cue for cue in FORMULAS if cue.kind == kind)
    others = (cue for cue in FORMULAS if cue.kind != kind)
    return not any(c.pattern.search(text) for c in own) and any(
        c.pattern.search(text) for c in others
    )


def _from_formulas(view: View, lines: Sequence[Line]) -> DocType | None:
    """The formula that stands first in the opening or last in the closing decides."""
    best: tuple[float, DocType] | None = None
    last = len(lines) - 1
    for line in lines:
        near_end = last - line.number < CLOSING
        if line.number > view.layout.body + OPENING and not near_end:
            continue
        for cue in FORMULAS:
            if found := used(cue, line.text):
                score = cue.weight - 0.002 * min(line.number, 100)
                if best is None or score > best[0]:
                    span = _span(view, line, found.start(), found.end())
                    best = score, DocType(cue.kind, 0.8, span, "formula")
    return best[1] if best else None


def _trusted(view: View, named: DocType | None) -> DocType | None:
    """What a title names, unless it is no statutory kind and the text reads as news or an advert.

    市消协发布春节消费提示 is the headline of a report on one.
    """
    if named is None or named.value in STATUTORY:
        return named
    return named if weight(view.layout) > AGAINST else None


def _from_ending(view: View, named: Callable[[str], str]) -> DocType | None:
    """What the ending of a title suggests that names no kind."""
    title = plain_title(view.layout.lines, view.layout.body)
    kind = named(title.text) if title else ""
    if title is None or not kind:
        return None
    return DocType(kind, 0.7, _span(view, view.layout.lines[title.last]), "title_ending")


def _from_name(view: View) -> DocType | None:
    """The file's own name, when the text has neither title nor formula."""
    stem = re.sub(r"\.[0-9A-Za-z]{1,5}$", "", view.bundle.main.name)
    word = kind_word("".join(stem.split()))
    if word is None or len(stem) < 5 or "附件" in stem:
        return None
    return DocType(word.kind, 0.6, None, "file_name")
