"""The title of a paper and its first and last words, without white space, with their places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath

from gongkai.model.reading import Span
from gongkai_classifiers.lines import Line
from gongkai_classifiers.view import View

_LONGEST = 50
_PROSE = re.compile("[,。;:!?|>]")
_OPENING_LINES, _CLOSING_LINES = 8, 6


@dataclass(frozen=True)
class Extract:
    """Several lines joined, each stretch leading back to the main file."""

    view: View
    lines: Sequence[Line]

    @cached_property
    def text(self) -> str:
        """The words of the lines, joined."""
        return "".join(line.text for line in self.lines)

    def span(self, start: int, end: int) -> Span | None:
        """The place of ``text[start:end]``, cut to the line it begins in."""
        position = 0
        for line in self.lines:
            if start < position + len(line.text):
                stop = min(end - position, len(line.text))
                return self.view.main.span(*line.locate(start - position, stop))
            position += len(line.text)
        return None


@dataclass(frozen=True)
class Headline:
    """What a paper says it is about. ``name`` is the file's name without its ending."""

    view: View

    @cached_property
    def title(self) -> Extract:
        """The lines of the title, else a short first line; none when there is neither."""
        layout = self.view.layout
        if layout.title is None:
            first = layout.lines[:1]
            short = first and len(first[0].text) <= _LONGEST and not _PROSE.search(first[0].text)
            return Extract(self.view, first if short else ())
        return Extract(self.view, layout.lines[layout.title.first : layout.title.last + 1])

    @cached_property
    def name(self) -> str:
        """The file's name, for papers that show no title."""
        return PurePath(self.view.bundle.main.name).stem

    @cached_property
    def salutation(self) -> Extract:
        """The lines between title and body, and the first of the body."""
        layout = self.view.layout
        start = layout.title.last + 1 if layout.title else 0
        return Extract(self.view, layout.main_lines[start : layout.body + 1])

    @cached_property
    def opening(self) -> Extract:
        """The first lines of the body, the recipients included."""
        layout = self.view.layout
        own = layout.main_lines
        return Extract(self.view, own[layout.body : layout.body + _OPENING_LINES])

    @cached_property
    def closing(self) -> Extract:
        """The last lines before the date."""
        layout = self.view.layout
        end = layout.dated if layout.dated is not None else len(layout.main_lines)
        return Extract(self.view, layout.lines[max(layout.body, end - _CLOSING_LINES) : end])
