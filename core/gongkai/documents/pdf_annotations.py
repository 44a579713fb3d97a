"""Annotations of a page: remarks, typewriter text, links, and what they draw over words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import c_ulong, create_string_buffer

import pypdfium2.raw as pdfium

from gongkai.documents.pdf_lines import where
from gongkai.documents.pdf_page import Page, wide_string
from gongkai.documents.pdf_shapes import Handle, Rect
from gongkai.model.content import Anchor, Block, Flag, Part

MAX_ANNOTATIONS = 2_000
_HIDDEN = 0x02
_TYPED = frozenset({pdfium.FPDF_ANNOT_FREETEXT})
_SKIPPED = frozenset({pdfium.FPDF_ANNOT_POPUP, pdfium.FPDF_ANNOT_WIDGET})


def read_annotations(page: Page, document: Handle) -> tuple[list[Block], list[Rect], list[Handle]]:
    """Blocks of a page's annotations, boxes they paint, and files attached to them.

    Typewriter text is on the printed page; other remarks are not.
    """
    blocks: list[Block] = []
    boxes: list[Rect] = []
    files: list[Handle] = []
    count = pdfium.FPDFPage_GetAnnotCount(page.page)
    for number in range(1, min(count, MAX_ANNOTATIONS) + 1):
        with _annotation(page, number - 1) as handle:
            if not handle:
                continue
            kind = pdfium.FPDFAnnot_GetSubtype(handle)
            box = _box(page, handle)
            if kind == pdfium.FPDF_ANNOT_LINK:
                blocks += _link(page, document, handle, number)
                continue
            if kind == pdfium.FPDF_ANNOT_FILEATTACHMENT:
                files.append(pdfium.FPDFAnnot_GetFileAttachment(handle))
            if _paints(handle):
                boxes.append(box)
            if kind not in _SKIPPED:
                blocks += _remarks(page.number, number, handle, kind in _TYPED, box)
    return blocks, boxes, files


@contextmanager
def _annotation(page: Page, index: int) -> Iterator[Handle]:
    handle = pdfium.FPDFPage_GetAnnot(page.page, index)
    try:
        yield handle
    finally:
        if handle:
            pdfium.FPDFPage_CloseAnnot(handle)


def _remarks(page: int, number: int, handle: Handle, typed: bool, box: Rect) -> Iterator[Block]:
    place = f"page{page}/annotation{number}"
    hidden = bool(pdfium.FPDFAnnot_GetFlags(handle) & _HIDDEN)
    flags = frozenset({Flag.HIDDEN}) if hidden else frozenset()
    for key, suffix in ((b"Contents", ""), (b"Subj", "/subject"), (b"T", "/author")):
        text = wide_string(lambda *out, key=key: pdfium.FPDFAnnot_GetStringValue(handle, key, *out))
        if text.strip():
            part = Part.TEXTBOX if typed and not suffix else Part.ANNOTATION
            anchors = (Anchor(0, len(text), where(page, box)),)
            yield Block(place + suffix, part, text, flags, anchors=anchors)


def _paints(handle: Handle) -> bool:
    normal = pdfium.FPDFAnnot_GetAP(handle, pdfium.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None, 0)
    return bool(normal > 2) and not pdfium.FPDFAnnot_GetFlags(handle) & _HIDDEN


def _box(page: Page, handle: Handle) -> Rect:
    rect = pdfium.FS_RECTF()
    if not pdfium.FPDFAnnot_GetRect(handle, rect):
        return Rect(0.0, 0.0, 0.0, 0.0)
    return page.shown(rect.left, rect.bottom, rect.right, rect.top)


def _link(page: Page, document: Handle, handle: Handle, number: int) -> Iterator[Block]:
    link = pdfium.FPDFAnnot_GetLink(handle)
    action = pdfium.FPDFLink_GetAction(link) if link else None
    if not action:
        return
    target = _target(document, action)
    if target.strip():
        yield Block(f"page{page.number}/link{number}", Part.LINK, target)


def _target(document: Handle, action: Handle) -> str:
    size = pdfium.FPDFAction_GetURIPath(document, action, None, 0)
    if 1 < size <= 1 << 16:
        buffer = create_string_buffer(size)
        pdfium.FPDFAction_GetURIPath(document, action, buffer, size)
        return buffer.value.decode("utf-8", "replace")
    size = c_ulong(pdfium.FPDFAction_GetFilePath(action, None, 0)).value
    if 1 < size <= 1 << 16:
        buffer = create_string_buffer(size)
        pdfium.FPDFAction_GetFilePath(action, buffer, size)
        return buffer.value.decode("utf-8", "replace")
    return ""
