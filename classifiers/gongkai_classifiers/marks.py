"""Work-secret and draft marks in mark position (A6, requirements §0); prose never counts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.model.content import Block, Part
from gongkai.model.reading import Mark, MarkKind, Observations, Span
from gongkai.script import normalise
from gongkai_classifiers.layout import Layout, Zone, layout_of
from gongkai_classifiers.lines import Line, lines_of
from gongkai_classifiers.view import View

_WORK = re.compile(
    r"(?:[0-9]{5,6})?[(【\[]?(?:内部(?:事项)?[,;·、★☆]?(?:注意保管)?|工作秘密(?:[,;]?(?:注意保管|严禁外传))?)"
    r"[)】\]]?(?:特急|加急|平急)?"
)
_WORK_ANNOTATION = re.compile(
    r"[(【\[]?(?:此件|本件|本文件)(?:属于?|为|系|含有?)(?:机关)?工作秘密[^。]{0,60}[)】\]。]?"
)
_COMPANY = re.compile(r"(?:公司|集团|总厂|银行)(?:文件|\(文件\))?$")
_DRAFT = (
    "送审稿|讨论稿|审议稿|修改稿|代拟稿|征求意见稿|报批稿|送签稿|会签稿|初稿|草稿|二稿|三稿|修订稿"
)
_DRAFT_LINE = re.compile(rf"[(【\[]?(?P<word>{_DRAFT})(?:[0-9一二三四]{{0,2}})?[)】\]]?")
_DRAFT_IN_TITLE = re.compile(rf"[(【\[](?:[^()]{{0,8}})?(?P<word>{_DRAFT})[^()]{{0,8}}[)】\]]")
_DRAFT_IN_NAME = re.compile(rf"(?P<word>{_DRAFT})")
_EDGES = frozenset({Part.HEADER, Part.FOOTER, Part.TEXTBOX})
HEAD_LINES = 14


def marks(view: View) -> tuple[Mark, ...]:
    """Work-secret marks of every file and draft marks of titles, heads and file names."""
    found: list[Mark] = []
    for number, (member, transcript) in enumerate(view.members):
        layout = view.layout if number == 0 else layout_of(transcript)
        edges = lines_of(transcript, _EDGES)
        places = [*_places(layout), *edges]
        company = any(_COMPANY.search(line.text) for line in layout.lines[:8]) or any(
            _COMPANY.search(line.text) for line in _closing(layout)
        )
        for line in places:
            span = transcript.span(*line.whole)
            if not company and _WORK.fullmatch(line.text):
                found.append(Mark(MarkKind.WORK_SECRET, span))
            if _DRAFT_LINE.fullmatch(line.text):
                found.append(Mark(MarkKind.DRAFT, span))
        for line in layout.main_lines:
            if _WORK_ANNOTATION.fullmatch(line.text):
                found.append(Mark(MarkKind.WORK_SECRET, transcript.span(*line.whole)))
        if titled := _in_title(layout):
            line, start, end = titled
            found.append(Mark(MarkKind.DRAFT, transcript.span(*line.locate(start, end))))
        found += (
            mark for block in member.content.blocks for mark in _in_name(block, member.prefix)
        )
    return tuple(dict.fromkeys(found))


def observe(view: View) -> Observations:
    """The marks as observations."""
    return Observations(marks=marks(view))


def _places(layout: Layout) -> Iterator[Line]:
    """Lines where a mark may stand: above and just below the title, before the body."""
    stop = layout.body if layout.title else min(layout.body, HEAD_LINES)
    yield from layout.lines[: min(stop, HEAD_LINES)]


def _closing(layout: Layout) -> Iterator[Line]:
    for section in layout.of(Zone.SIGNATURE):
        yield from (n for n in layout.lines if section.start <= n.start < section.end)


def _in_title(layout: Layout) -> tuple[Line, int, int] | None:
    """A draft mark the title ends with; one inside 《》 speaks of another document."""
    title = layout.title
    if title is None or title.word is None:
        return None
    outside = title.text[title.word.end :]
    found = _DRAFT_IN_TITLE.search(outside)
    if found is None or "》" in outside[: found.start()]:
        return None
    for line in layout.lines[title.first : title.last + 1]:
        at = line.text.rfind(found["word"])
        if at >= 0:
            return line, at, at + len(found["word"])
    return None


def _in_name(block: Block, prefix: str) -> Iterator[Mark]:
    if block.part is not Part.NAME:
        return
    name = normalise(block.text)
    for found in _DRAFT_IN_NAME.finditer(name):
        before, after = name[: found.start()], name[found.end() :]
        quoted = before.count("《") > before.count("》")
        apart = re.search(r"[(\[【_\-—+ ]$", before) or re.match(r"$|[.)\]】_\-—+ 0-9vV]", after)
        if quoted or not apart:
            continue
        span = Span(
            prefix + block.place,
            found.start(),
            found.end(),
            block.text[found.start() : found.end()],
        )
        yield Mark(MarkKind.DRAFT, span)
