"""Writing, making and taking away the paragraph a mark stands in."""

from __future__ import annotations

import copy

from lxml import etree

from gongkai.documents.docx_names import (
    BR,
    DEL,
    DRAWING,
    MOVE_FROM,
    OBJECT,
    PICT,
    PPR,
    RPR,
    SDT,
    SDT_PR,
    SECTPR,
    TC,
    TCPR,
    TR,
    TYPE,
    VAL,
    P,
    R,
    T,
    w,
)

_TEXT = (T, w("tab"), w("cr"), w("noBreakHyphen"), w("sym"))
_KEPT_IN_RUN = (DRAWING, PICT, OBJECT, BR, w("footnoteReference"), w("endnoteReference"))
_WORDED = frozenset(
    map(w, ("r", "ins", "moveTo", "sdt", "hyperlink", "smartTag", "fldSimple", "proofErr", "dir"))
)
_IDS = ("paraId", "textId")
_COPIED_LAYOUT = ("snapToGrid", "spacing")
_BOUND_KINDS = tuple(map(w, ("dataBinding", "date", "text", "dropDownList", "comboBox")))


def first_run_properties(paragraph: etree._Element) -> etree._Element | None:
    """The properties of the first run with text, whose fonts a mark takes over."""
    for run in paragraph.iter(R):
        properties = run.find(RPR)
        if properties is not None and any((t.text or "").strip() for t in run.iter(T)):
            return properties
    return next((r.find(RPR) for r in paragraph.iter(R) if r.find(RPR) is not None), None)


def fill(paragraph: etree._Element, pieces: list[etree._Element]) -> None:
    """Replace the words of a paragraph; pictures, breaks, anchors and deletions stay."""
    position: int | None = None
    for child in list(paragraph):
        if child.tag not in _WORDED:
            continue
        position = paragraph.index(child) if position is None else position
        if child.tag == R and any(True for _ in child.iter(*_KEPT_IN_RUN)):
            for text in list(child.iter(*_TEXT)):
                _drop(text)
        elif any(True for _ in child.iter(DEL, MOVE_FROM, *_KEPT_IN_RUN)):
            for text in list(child.iter(T)):
                _drop(text)
        else:
            paragraph.remove(child)
    if position is None:
        position = 1 if paragraph.find(PPR) is not None else 0
    for offset, piece in enumerate(pieces):
        paragraph.insert(position + offset, piece)


def annotation_below(date: etree._Element, size: int) -> etree._Element:
    """A new paragraph below the signing date, two characters in (GB/T 9704-2012 7.3.6).

    A page or section break that ends the date's paragraph moves behind the new one: the
    annotation belongs on the date's page.
    """
    paragraph, settings = etree.Element(P), etree.Element(PPR)
    for name in _COPIED_LAYOUT:
        copied = date.find(f"{PPR}/{w(name)}")
        if copied is not None:
            settings.append(copy.deepcopy(copied))
    indent = etree.SubElement(settings, w("ind"))
    indent.set(w("firstLineChars"), "200")
    indent.set(w("firstLine"), str(size * 2 * 20))
    paragraph.append(settings)
    _outermost(date).addnext(paragraph)
    _move_ending(date, paragraph)
    return paragraph


def imprint_above(below: etree._Element) -> etree._Element:
    """A new line above one of the imprint, laid out like it; in a table a row of its own."""
    cell = below.getparent()
    row = cell.getparent() if cell is not None and cell.tag == TC else None
    if cell is None or row is None or row.tag != TR or len(_filled(cell)) > 1:
        copied = copy.deepcopy(below)
        _forget_ids(copied)
        _drop(copied.find(f"{PPR}/{SECTPR}"))
        below.addprevious(copied)
        fill(copied, [])
        return copied
    copied = copy.deepcopy(row)
    _forget_ids(copied)
    first = _one_cell(copied)
    paragraphs = first.findall(P)
    for extra in paragraphs[1:]:
        first.remove(extra)
    fill(paragraphs[0], [])
    row.addprevious(copied)
    return paragraphs[0]


def take_away(paragraph: etree._Element) -> None:
    """Remove a mark's paragraph, and its row when nothing else stands there."""
    cell = paragraph.getparent()
    if cell is None:
        return
    row = cell.getparent()
    if cell.tag == TC and row is not None and row.tag == TR:
        if len(_filled(row)) <= 1 and row.getparent() is not None:
            _drop(row)
        elif len(cell.findall(P)) > 1:
            cell.remove(paragraph)
        else:
            fill(paragraph, [])
        return
    before = paragraph.getprevious()
    if before is not None and before.tag == P:
        _move_ending(paragraph, before)
    elif _ending(paragraph):
        fill(paragraph, [])
        return
    cell.remove(paragraph)


def _filled(element: etree._Element) -> list[etree._Element]:
    return [p for p in element.iter(P) if any((t.text or "").strip() for t in p.iter(T))]


def _one_cell(row: etree._Element) -> etree._Element:
    """Make a row one cell as wide as all of them were."""
    cells = row.findall(TC)
    first, spans, width = cells[0], 0, 0
    for cell in cells:
        span = cell.find(f"{TCPR}/{w('gridSpan')}")
        spans += int(span.get(VAL, "1")) if span is not None else 1
        size = cell.find(f"{TCPR}/{w('tcW')}")
        width += int(size.get(w("w"), "0")) if size is not None and _in_points(size) else 0
    for cell in cells[1:]:
        row.remove(cell)
    settings = first.find(TCPR)
    if settings is None:
        return first
    for name in ("vMerge", "hMerge"):
        _drop(settings.find(w(name)))
    size, span = settings.find(w("tcW")), settings.find(w("gridSpan"))
    if size is not None and _in_points(size):
        size.set(w("w"), str(width))
    if span is None and spans > 1:
        span = etree.Element(w("gridSpan"))
        settings.insert(0 if size is None else settings.index(size) + 1, span)
    if span is not None:
        span.set(VAL, str(spans))
    return first


def _in_points(size: etree._Element) -> bool:
    return size.get(TYPE) == "dxa" and size.get(w("w"), "").isdecimal()


def _outermost(paragraph: etree._Element) -> etree._Element:
    """The paragraph, or the control around it that may hold nothing else: a date picker."""
    place = paragraph
    for control in paragraph.iterancestors(SDT):
        settings = control.find(SDT_PR)
        if settings is not None and any(settings.find(kind) is not None for kind in _BOUND_KINDS):
            place = control
    return place


def _ending(paragraph: etree._Element) -> list[etree._Element]:
    """The section break and the trailing page breaks of a paragraph."""
    found = paragraph.findall(f"{PPR}/{SECTPR}")
    for child in reversed(paragraph):
        breaks = [b for b in child.iter(BR) if b.get(TYPE) in ("page", "column")]
        if child.tag != R or not breaks or any(True for _ in child.iter(*_TEXT, DRAWING, PICT)):
            break
        found.append(child)
    return found


def _move_ending(source: etree._Element, target: etree._Element) -> None:
    for piece in _ending(source):
        if piece.tag == SECTPR:
            settings = target.find(PPR)
            if settings is None:
                settings = etree.Element(PPR)
                target.insert(0, settings)
            settings.append(piece)
        else:
            target.append(piece)


def _forget_ids(copied: etree._Element) -> None:
    for node in copied.iter():
        if isinstance(node.tag, str):
            for key in [k for k in node.attrib if str(k).endswith(_IDS)]:
                del node.attrib[key]
    for anchor in list(copied.iter(w("bookmarkStart"), w("bookmarkEnd"))):
        _drop(anchor)


def _drop(element: etree._Element | None) -> None:
    parent = element.getparent() if element is not None else None
    if element is not None and parent is not None:
        parent.remove(element)
