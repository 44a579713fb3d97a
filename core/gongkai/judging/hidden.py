"""What a reader of the printed page does not see, but a reader of the file does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property

from gongkai.judging.brief import Brief, Matter
from gongkai.model.bundle import Member
from gongkai.model.content import Block, Flag, NoteCode, Part
from gongkai.model.finding import FindingCode
from gongkai.model.reading import Span
from gongkai.script import normalise

HIDDEN = (
    Flag.HIDDEN,
    Flag.WHITE,
    Flag.TINY,
    Flag.OFF_PAGE,
    Flag.INVISIBLE_LAYER,
    Flag.FALLBACK,
    Flag.UNPRINTED,
    Flag.HIDDEN_ROW,
    Flag.HIDDEN_COLUMN,
    Flag.HIDDEN_SHEET,
    Flag.EMBEDDED,
)
"""Flags that make text hidden content (design 12); revisions and comments have their own code."""

_TOLD_ELSEWHERE = frozenset({Flag.OWN_MARK, Flag.DELETED, *HIDDEN})

PLACES_KEPT = 20
PLACES_NAMED = 5
_WORDS = re.compile(r"\w")
_TELLING = re.compile(r"(?:[\u3400-\u9fff].*?){4}|\d{6}")
_LONG_TEXT = re.compile(r"[\u3400-\u9fff][^\"]{29,}")
_PROMPT = re.compile(
    "(?:单击|点击|键入|在此|请输入|请选择).{0,20}(?:文字|文本|输入|键入|标题|日期|项|处)"
)
_LOCAL_TARGET = re.compile(r"file:|\\\\|[A-Za-z]:[\\/]|/(?:home|Users|mnt|media)/", re.IGNORECASE)
_STANDARD_TEMPLATE = re.compile(r"normal(?:\.dotm?|\.wpt)?", re.IGNORECASE)
_SHORT = 6

USUAL_FIELD = re.compile(
    r"(?:PAGE|NUMPAGES|SECTION|SECTIONPAGES|TOC|TOA|INDEX|REF|PAGEREF|NOTEREF|STYLEREF|SEQ|HYPERLINK"
    r"|DATE|TIME|CREATEDATE|SAVEDATE|PRINTDATE|EQ|FORMTEXT|FORMCHECKBOX|FORMDROPDOWN|SYMBOL|SHAPE"
    r"|DOCPROPERTY|DOCVARIABLE|MERGEFIELD|AUTHOR|TITLE|SUBJECT|FILENAME|ADVANCE|LISTNUM|AUTONUM"
    r"|AUTONUMLGL|AUTONUMOUT|BARCODE|CITATION|BIBLIOGRAPHY|GOTOBUTTON|MACROBUTTON|USERNAME"
    r"|NUMCHARS|NUMWORDS|EDITTIME|LASTSAVEDBY|REVNUM)(?![A-Z])",
    re.IGNORECASE,
)
"""Instructions that number, date, refer or link; others (QUOTE, IF, ADDIN …) can hold words."""

METADATA = re.compile(
    r"property/(?:core\.(?:author|creator|lastModifiedBy)|app\.(?:Manager|Company|Template)"
    r"|author\.\d+|thumbnail)$|page\d+/annotation\d+/author$|setting/(?:docVar|mailMerge)\."
)
"""Places that name authors, templates or how the file was made (design 12)."""

Found = list[tuple[Member, Block]]


class _Shown:
    """What one file prints, to tell whether a hidden text says anything new."""

    def __init__(self, member: Member) -> None:
        self._member = member

    @cached_property
    def _texts(self) -> frozenset[str]:
        return frozenset(_squeezed(block.text) for block in self._member.content.printed)

    @cached_property
    def _joined(self) -> str:
        return "\n".join(_squeezed(block.text) for block in self._member.content.printed)

    @cached_property
    def scanned_pages(self) -> frozenset[str]:
        """Pages that are pictures with their words in a layer beneath: hidden, yet shown."""
        return frozenset(
            note.place for note in self._member.content.notes if note.code is NoteCode.OCR_LAYER
        )

    def repeats(self, text: str) -> bool:
        """Whether the page prints these words too."""
        words = _squeezed(text)
        return words in self._texts or (len(words) >= _SHORT and words in self._joined)


def hidden_content(brief: Brief) -> Iterator[Matter]:
    """HIDDEN_CONTENT: one matter per file and way of hiding."""
    for member in brief.bundle.members:
        shown = _Shown(member)
        groups: dict[Flag, Found] = {}
        for block in member.content.blocks:
            flag = next((f for f in HIDDEN if f in block.flags), None) if block.flags else None
            if flag is not None and _counts(block, flag, shown):
                groups.setdefault(flag, []).append((member, block))
        for flag, found in groups.items():
            yield _matter(FindingCode.HIDDEN_CONTENT, found, (("how", str(flag)),))


def carried_text(brief: Brief) -> Iterator[Matter]:
    """HIDDEN_CONTENT for text in rooms no page shows: stray parts, custom data, field codes."""
    for member in brief.bundle.members:
        shown = _Shown(member)
        found = [
            (member, block)
            for block in member.content.blocks
            if _is_carried(block) and not shown.repeats(block.text)
        ]
        if found:
            yield _matter(FindingCode.HIDDEN_CONTENT, found, (("how", "carried"),))


def revisions(brief: Brief) -> Iterator[Matter]:
    """REVISIONS: tracked changes and comments, counted over the whole bundle (message 10)."""
    contents = [member.content for member in brief.bundle.members]
    changes, comments = sum(c.revisions for c in contents), sum(c.comments for c in contents)
    if not changes and not comments:
        return
    found = [
        (member, block)
        for member, block in brief.bundle.blocks()
        if block.flags & {Flag.INSERTED, Flag.DELETED} or _is_comment(block)
    ]
    details = (("revisions", str(changes)), ("comments", str(comments)))
    yield _matter(FindingCode.REVISIONS, found, details, rule="A1", count=changes + comments)


def covered_text(brief: Brief) -> Iterator[Matter]:
    """REDACTION_REVERSIBLE: covered on the page, readable in the file (SEC-17)."""
    yield from _by_file(
        brief,
        FindingCode.REDACTION_REVERSIBLE,
        "SEC-17",
        lambda block: Flag.COVERED in block.flags and _WORDS.search(block.text) is not None,
    )


def metadata(brief: Brief) -> Iterator[Matter]:
    """METADATA_LEAK: authors, template paths, local link targets (design 12)."""
    for matter in _by_file(brief, FindingCode.METADATA_LEAK, "design-12", _is_metadata):
        places = dict.fromkeys(span.place for span in matter.spans)
        yield replace(matter, details=(("shown", " ".join(list(places)[:PLACES_NAMED])),))


def _counts(block: Block, flag: Flag, shown: _Shown) -> bool:
    """Whether a hidden block withholds something: words, and words the page does not print."""
    text = block.text
    if block.flags & {Flag.DELETED, Flag.OWN_MARK, Flag.DESCRIPTION}:
        return False
    if flag is Flag.INVISIBLE_LAYER and block.place.partition("/")[0] in shown.scanned_pages:
        return False
    # Headers of pages that are not printed, and old renderings, often hold a bare page number.
    wanted = _TELLING if flag in (Flag.UNPRINTED, Flag.FALLBACK) else _WORDS
    return wanted.search(text) is not None and not shown.repeats(text)


def _is_carried(block: Block) -> bool:
    if block.flags & _TOLD_ELSEWHERE:
        return False
    if Flag.FIELD_CODE in block.flags:
        return block.part is not Part.SHEET and _field_holds_words(block.text)
    if block.part is Part.OTHER and _PROMPT.search(block.text):
        return False  # Word's own invitation to fill a control.
    return block.part in (Part.OTHER, Part.EMBEDDED) and _TELLING.search(block.text) is not None


def _field_holds_words(code: str) -> bool:
    if USUAL_FIELD.match(code.strip()):
        return _LONG_TEXT.search(code) is not None
    return _TELLING.search(code) is not None


def _is_comment(block: Block) -> bool:
    return block.part is Part.COMMENT or (
        block.part is Part.ANNOTATION and not block.place.endswith("/author")
    )


def _is_metadata(block: Block) -> bool:
    if block.part is not Part.LINK and not METADATA.match(block.place):
        return False
    if Flag.OWN_MARK in block.flags or not block.text.strip():
        return False
    if block.place == "property/app.Template" and _STANDARD_TEMPLATE.fullmatch(block.text.strip()):
        return False
    local = block.part is Part.LINK and _LOCAL_TARGET.match(block.text.strip())
    return METADATA.match(block.place) is not None or bool(local)


def _by_file(
    brief: Brief, code: FindingCode, rule: str, wanted: Callable[[Block], bool]
) -> Iterator[Matter]:
    for member in brief.bundle.members:
        found = [(member, block) for block in member.content.blocks if wanted(block)]
        if found:
            yield _matter(code, found, (), rule=rule)


def _squeezed(text: str) -> str:
    return "".join(normalise(text).split())


def _matter(
    code: FindingCode,
    found: Found,
    details: tuple[tuple[str, str], ...],
    *,
    rule: str = "SRC-14",
    count: int = 0,
) -> Matter:
    spans = tuple(
        Span(member.prefix + block.place, 0, len(block.text), block.text) for member, block in found
    )
    values = tuple(span.text for span in spans)
    return Matter(code, rule, spans[:PLACES_KEPT], count or len(found), values, details=details)


RULES = (hidden_content, carried_text, revisions, covered_text, metadata)
