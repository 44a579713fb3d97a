"""Which printed lines are issuing elements: put there by the office after the text was settled.

Head, number, signer, signature, date, annotation, imprint and page numbers come after signing
and in another file (A3); they are no part of what was determined. Everything is told from the
lines alone, so that a draft and the issued copy of the same text agree. What only looks like
an issuing element - a date in a table, a list of organs, an attachment's own signature - is
content.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gongkai.documents import issuing_words as words
from gongkai.model.content import Block, Part
from gongkai.script import normalise

HEAD_LINES = 12
"""How far down the first page a document number may stand."""

_CONTINUED = 8
"""How many lines a list of recipients of copies may run on."""


class IssuingElement(StrEnum):
    """What sort of issuing element a line is."""

    HEAD = "head"
    SIGNATURE = "signature"
    DATE = "date"
    ANNOTATION = "annotation"
    IMPRINT = "imprint"
    PAGE_NUMBER = "page_number"


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is looked at: folded text, the table it stands in, and whether it is a margin.

    ``table`` is "" outside tables; ``margin`` lines are headers and footers.
    """

    text: str
    table: str = ""
    margin: bool = False
    page: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """The issuing elements by line, and where the main text ends and attachments begin."""

    elements: Mapping[int, IssuingElement]
    main_end: int


def folded(text: str) -> str:
    """A line as it is compared: normalised and without white space."""
    return "".join(normalise(text).split())


def issuing_elements(blocks: Sequence[Block]) -> Mapping[int, IssuingElement]:
    """The issuing elements among printed blocks, by index."""
    return layout(lines_of(blocks)).elements


def lines_of(blocks: Sequence[Block]) -> list[Line]:
    """Printed blocks as lines to look at, one for each."""
    margins = (Part.HEADER, Part.FOOTER)
    return [
        Line(
            folded(block.text),
            block.cell.table if block.cell else "",
            block.part in margins,
            block.part is Part.PAGE,
        )
        for block in blocks
    ]


def layout(lines: Sequence[Line]) -> Layout:
    """The issuing elements of a document, line by line."""
    found: dict[int, IssuingElement] = {}
    for index, line in enumerate(lines):
        pattern = words.PAGE_NUMBER if line.margin else words.PRINTED_PAGE_NUMBER
        if line.text and (line.margin or line.page) and pattern.fullmatch(line.text):
            found[index] = IssuingElement.PAGE_NUMBER
    filled = [i for i, line in enumerate(lines) if line.text and not line.margin and i not in found]
    end = _main_end(lines, filled)
    main = [i for i in filled if i < end]
    found |= dict.fromkeys(_head(lines, main), IssuingElement.HEAD)
    for region in (main, filled):
        found |= dict.fromkeys(_imprint(lines, region), IssuingElement.IMPRINT)
    found |= _labels(lines, main)
    found |= _signing(lines, [i for i in main if found.get(i) not in _SETTLED])
    return Layout(found, end)


_SETTLED = (IssuingElement.HEAD, IssuingElement.IMPRINT)


def _main_end(lines: Sequence[Line], filled: Sequence[int]) -> int:
    """The index of the first attachment heading, else the number of lines.

    A heading that ends in a colon, or goes on with a title, looks like the list of
    attachments above the signature: it counts below a date only.
    """
    dated = False
    for index in filled:
        text = lines[index].text
        if words.ATTACHMENT.fullmatch(text) or (dated and words.LATER_ATTACHMENT.fullmatch(text)):
            return index
        dated = dated or (not lines[index].table and bool(words.DATE.fullmatch(text)))
    return len(lines)


def _head(lines: Sequence[Line], main: Sequence[int]) -> list[int]:
    """Serial number, urgency, red head, number and signer; a title is never among them."""
    found: list[int] = []
    waiting: list[int] = []
    titled = False
    for index in main[:HEAD_LINES]:
        text = lines[index].text
        if text.endswith(words.SENTENCE_ENDS):
            break
        if words.NUMBER.fullmatch(text) or (not titled and words.HEAD.fullmatch(text)):
            found += [*waiting, index]
            waiting = []
        elif not titled and (words.ORGAN.fullmatch(text) or words.BANNER.fullmatch(text)):
            # Of the head only when something of the head follows: else it opens the title.
            waiting.append(index)
        elif not (found and words.SIGNER.match(text)):
            titled, waiting = True, []
        else:
            found.append(index)
    return found


def _imprint(lines: Sequence[Line], region: Sequence[int]) -> list[int]:
    """The imprint at the end of a region: copies to, printed by, and lines in between."""
    found: list[int] = []
    position = len(region) - 1
    while position >= 0:
        text = lines[region[position]].text
        if words.IMPRINT.match(text) or words.LABEL_FIELD.fullmatch(text):
            found.append(region[position])
            position -= 1
            continue
        above = range(position - 1, max(position - 1 - _CONTINUED, -1), -1)
        begun = next((p for p in above if words.COPIES.match(lines[region[p]].text)), None)
        if not (found and words.PRINTED.fullmatch(lines[found[-1]].text)):
            break
        if begun is not None:
            found += [region[p] for p in range(position, begun, -1)]
            position = begun
        elif words.ORGAN.fullmatch(text):
            # The printing office in a cell or line of its own, beside the date.
            found.append(region[position])
            position -= 1
        else:
            break
    alone = all(words.LABEL_FIELD.fullmatch(lines[index].text) for index in found)
    return [] if alone else found


def _labels(lines: Sequence[Line], main: Sequence[int]) -> dict[int, IssuingElement]:
    """Disclosure marks of the main text, wherever in it they stand."""
    found = {}
    for index in main:
        if words.LABEL.fullmatch(lines[index].text):
            found[index] = IssuingElement.ANNOTATION
        elif words.LABEL_FIELD.fullmatch(lines[index].text):
            found[index] = IssuingElement.IMPRINT
    return found


def _signing(lines: Sequence[Line], rest: Sequence[int]) -> dict[int, IssuingElement]:
    """Signature, date and annotations below the main text.

    A date right below an organ's name is the signing date, whatever follows; a date or a name
    alone only at the very end of the main text.
    """
    signing = _signing_tables(lines)
    kinds = [
        None if lines[i].table and lines[i].table not in signing else _kind(lines[i].text)
        for i in rest
    ]
    start = _first_sentence(lines, rest)
    pair = next((p for p in range(start, len(rest)) if _is_dated_signature(kinds, p)), None)
    if pair is None:
        last = len(rest)
        while last > start and kinds[last - 1] is not None:
            last -= 1
        kinds = [None if position < last else kind for position, kind in enumerate(kinds)]
        run = range(last, len(rest))
        if not any(kinds[p] is IssuingElement.DATE for p in run) and not _closes(
            lines, rest, last - 1
        ):
            return {
                rest[p]: IssuingElement.ANNOTATION
                for p in run
                if kinds[p] is IssuingElement.ANNOTATION
            }
    else:
        first = pair
        while first > start and kinds[first - 1] is not None:
            first -= 1
        last = pair
        while last + 1 < len(rest) and kinds[last + 1] is not None:
            last += 1
        run = range(first, last + 1)
    return {rest[p]: kind for p in run if (kind := kinds[p]) is not None}


def _kind(text: str) -> IssuingElement | None:
    """What a line would be at the end of a main text."""
    if words.ANNOTATION.fullmatch(text) or words.LABEL.fullmatch(text):
        return IssuingElement.ANNOTATION
    if words.LABEL_FIELD.fullmatch(text):
        return IssuingElement.IMPRINT
    if text.endswith(words.SENTENCE_ENDS):
        # Neither date nor name; to ask the patterns costs most of a long text's fingerprint.
        return None
    if words.DATE.fullmatch(text) or words.SIGNED_DATE.fullmatch(text):
        return IssuingElement.DATE
    if words.ORGAN.fullmatch(text) or words.PERSON.fullmatch(text):
        return IssuingElement.SIGNATURE
    return None


def _signing_tables(lines: Sequence[Line]) -> frozenset[str]:
    """Tables that only lay out signatures and dates, as joint papers do.

    Asked once for all tables: asking for every cell takes a minute in a list of a thousand.
    """
    tables: dict[str, list[str]] = {}
    for line in lines:
        if line.table and line.text:
            tables.setdefault(line.table, []).append(line.text)
    return frozenset(table for table, texts in tables.items() if _signs(texts))


def _signs(texts: Sequence[str]) -> bool:
    dates = organs = 0
    for text in texts:
        dated = bool(words.DATE.fullmatch(text) or words.SIGNED_DATE.fullmatch(text))
        organ = bool(words.ORGAN.fullmatch(text))
        if not dated and not organ:
            return False
        dates, organs = dates + dated, organs + organ
    return 0 < dates <= max(1, organs) and dates + organs == len(texts)


def _is_dated_signature(kinds: Sequence[IssuingElement | None], position: int) -> bool:
    if kinds[position] is not IssuingElement.DATE:
        return False
    above = position - 1
    while above >= 0 and kinds[above] is IssuingElement.ANNOTATION:
        above -= 1
    return above >= 0 and kinds[above] is IssuingElement.SIGNATURE


def _first_sentence(lines: Sequence[Line], rest: Sequence[int]) -> int:
    """Where the text begins: an organ and a date above it are a banner, no signature."""
    ends = (*words.SENTENCE_ENDS, ",", ".")
    return next(
        (p for p, index in enumerate(rest) if lines[index].text.endswith(ends)), min(1, len(rest))
    )


def _closes(lines: Sequence[Line], rest: Sequence[int], position: int) -> bool:
    """Whether a name below this line is a signature without a date, not the end of a list."""
    return position >= 0 and bool(words.CLOSING.search(lines[rest[position]].text))
