"""Disclosure labels: every wording, wherever it stands, and whose label it is (SRC-19, A4).

A label is a wording in brackets or on a line of its own (（此件公开发布）), a field with a
value (公开方式：主动公开), a document property, or an entry of the 发文稿纸. The same words
in prose, as a heading, as a column or in a statistic are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.model.bundle import Member, Role
from gongkai.model.reading import Label, LabelScope, LabelSource, Observations, Span
from gongkai.model.transcript import Transcript
from gongkai.policy.entries import LabelMeaning, fold
from gongkai_classifiers import shapes
from gongkai_classifiers.forwarding import citations
from gongkai_classifiers.layout import Layout, Zone, layout_of
from gongkai_classifiers.lines import EDGES, Line, lines_of
from gongkai_classifiers.view import View
from gongkai_classifiers.wordings import Found, Wordings, found_on_line, wordings_of

_TRACES = ("公开", "此件", "ù思", "xxgk")


def labels(view: View) -> tuple[Label, ...]:
    """All labels of a bundle, own and other, from all sources a file can hold."""
    wordings = wordings_of(view.profile)
    found = [*_from_form(view), *_from_properties(view, wordings)]
    for number, (member, transcript) in enumerate(view.members):
        layout = view.layout if number == 0 else None
        found += _from_text(view, wordings, number, member, transcript, layout)
    return tuple(dict.fromkeys(found))


def observe(view: View) -> Observations:
    """The labels as observations."""
    return Observations(labels=labels(view))


def _from_form(view: View) -> Iterator[Label]:
    form = view.bundle.form
    if form is None or not (form.attribute or form.attribute_text):
        return
    meaning = view.profile.aliases.get(fold(form.attribute_text))
    attribute = form.attribute or (meaning.attribute if meaning else None)
    text = form.attribute_text or (view.profile.label_of(attribute) if attribute else "")
    yield Label(
        attribute,
        text,
        LabelSource.FORM,
        LabelScope.OWN,
        alias=meaning is not None and not meaning.own,
        redacted_version_required=meaning is not None and meaning.redacted_version_required,
    )


def _from_properties(view: View, wordings: Wordings) -> Iterator[Label]:
    for number, member in enumerate(view.bundle.members):
        for key, value in member.content.properties:
            kind, _, name = key.partition(".")
            if kind != "custom" or fold(name) not in wordings.names or not value.strip():
                continue
            meaning = wordings.meaning(value) or LabelMeaning(None)
            scope = LabelScope.OWN if number == 0 else LabelScope.ATTACHMENT
            span = Span(f"{member.prefix}property/{key}", 0, len(value), value)
            yield _label(
                Found(value, 0, len(value), LabelSource.PROPERTY, meaning), scope, span, number
            )


def _label(found: Found, scope: LabelScope, span: Span, number: int) -> Label:
    return Label(
        attribute=found.meaning.attribute,
        text=found.words,
        source=found.source,
        scope=scope,
        span=span,
        member=number,
        alias=found.meaning.attribute is not None and not found.meaning.own,
        redacted_version_required=found.meaning.redacted_version_required,
    )


def _from_text(
    view: View,
    wordings: Wordings,
    number: int,
    member: Member,
    transcript: Transcript,
    layout: Layout | None,
) -> Iterator[Label]:
    if not any(trace in transcript.compact for trace in _TRACES):
        return
    shape = layout or layout_of(transcript)
    for lines in (shape.lines, lines_of(transcript, EDGES)):
        for index, line in enumerate(lines):
            if not any(trace in line.text for trace in _TRACES):
                continue
            for found in found_on_line(wordings, shape, lines, index):
                start, end = line.locate(found.start, found.end)
                scope = _scope(view, shape, member, line, start)
                yield _label(found, scope, transcript.span(start, end), number)


def _scope(view: View, layout: Layout, member: Member, line: Line, offset: int) -> LabelScope:
    if member.role is not Role.MAIN:
        carried = any(_is_named(member, citation.title) for citation in citations(view))
        return LabelScope.QUOTED if carried else LabelScope.ATTACHMENT
    if line.block.part in EDGES or layout.attachments is None or offset < layout.attachments:
        return LabelScope.OWN
    forwards = citations(view)
    if layout.zone_at(offset) is Zone.IMPRINT and (not forwards or _own_imprint(view, offset)):
        return LabelScope.OWN
    return LabelScope.QUOTED if forwards else LabelScope.ATTACHMENT


def _is_named(member: Member, title: str) -> bool:
    """Whether a file is the document a citation names, by file name or first lines."""
    wanted = re.sub(r"\W", "", fold(title))
    first = "".join(block.text for block in list(member.content.printed)[:8])
    return any(wanted in re.sub(r"\W", "", fold(text)) for text in (member.name, first))


def _own_imprint(view: View, offset: int) -> bool:
    """Whether the last imprint is ours and not the forwarded original's: who printed it."""
    layout = view.layout
    offices = {
        text[:4]
        for line in layout.main_lines
        if len(text := line.text) <= 40 and shapes.OFFICE.search(text)
    }
    section = next((s for s in layout.of(Zone.IMPRINT) if s.start <= offset < s.end), None)
    if section is None:
        return False
    printed = (
        shapes.PRINTED.search(line.text)
        for line in layout.lines
        if section.start <= line.start < section.end
    )
    return any(found is not None and found["office"][:4] in offices for found in printed)
