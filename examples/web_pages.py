"""Read a format: a saved web page, with what a browser does not show marked as hidden."""

from __future__ import annotations

import hashlib
from html.parser import HTMLParser

from gongkai import hookimpl
from gongkai.model.content import (
    Block,
    Content,
    Flag,
    Format,
    Note,
    NoteCode,
    NoteScope,
    Part,
)


class Lines(HTMLParser):
    """Collects text with whether it is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, bool]] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.unseen += tag in ("script", "style", "template")

    def handle_endtag(self, tag: str) -> None:
        self.unseen -= tag in ("script", "style", "template")

    def handle_data(self, data: str) -> None:
        if text := " ".join(data.split()):
            self.found.append((text, self.unseen <= 0))

    def handle_comment(self, data: str) -> None:
        self.found.append((" ".join(data.split()), False))


@hookimpl
def read_content(data: bytes, name: str, format: Format) -> Content | None:
    """The page line by line; None for any other format."""
    if format is not Format.HTML:
        return None
    sha256 = hashlib.sha256(data).hexdigest()
    heading = Block("name", Part.NAME, name)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        # Text that may be wrong is worse than none: say that the file was not read.
        note = Note(NoteCode.DAMAGED, NoteScope.WHOLE)
        return Content(sha256, format, (heading,), (note,))
    lines = Lines()
    lines.feed(text)
    lines.close()
    blocks = (
        Block(f"line{number}", Part.BODY, line, frozenset() if shown else frozenset({Flag.HIDDEN}))
        for number, (line, shown) in enumerate(lines.found, 1)
    )
    return Content(sha256, format, (heading, *blocks))
