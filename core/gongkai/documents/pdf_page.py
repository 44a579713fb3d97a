"""One page as pdfium sees it: its characters and its drawn objects, in page coordinates.

Coordinates are points of the page as it is shown, rotation applied, from the lower left
corner. pdfium is called through its C interface: the calls run per line or per object, and
a wrapper object for each would cost more than the call.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import degrees, hypot

import pypdfium2
import pypdfium2.raw as pdfium

from gongkai.documents.pdf_shapes import (
    IDENTITY,
    Drawn,
    Handle,
    Kind,
    Matrix,
    Rect,
    apply,
    combined,
)

MAX_OBJECTS = 50_000
MAX_FORM_DEPTH = 6
UNPAINTED = frozenset({3, 7})
"""Text render modes that put no ink on the page (ISO 32000-1, 9.3.6)."""
LIGHT = 225
"""From this value of every colour on, text may be meant not to be seen."""
FAINT = 40
"""Below this opacity, too."""
TINY = 3.6
"""Height in points up to which a character is too small to read; its font is 3 points or so."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a page shows besides words; ``odd`` says that some text must be looked at twice."""

    others: tuple[Drawn, ...]
    odd: bool
    count: int


class Page:
    """An open page with its text; closed by ``with``.

    ``layers_off`` says that the file has layers switched off: then all text is looked at twice.
    """

    def __init__(
        self, document: pypdfium2.PdfDocument, index: int, layers_off: bool = False
    ) -> None:
        self.layers_off = layers_off
        self.number = index + 1
        self.page = document[index]
        self.text_page = self.page.get_textpage()
        left, bottom, right, top = self.page.get_bbox()
        self._frame = Rect(left, bottom, right, top)
        self._turn = self.page.get_rotation()
        self._doubles = [ctypes.c_double() for _ in range(4)]
        self.floats = [ctypes.c_float() for _ in range(4)]
        self._one_float = ctypes.c_float()
        self._colour = [ctypes.c_uint() for _ in range(4)]
        self._rect = pdfium.FS_RECTF()

    def __enter__(self) -> Page:
        return self

    def __exit__(self, *_: object) -> None:
        self.text_page.close()
        self.page.close()

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as shown."""
        width, height = self._frame.width, self._frame.height
        return (height, width) if self._turn in (90, 270) else (width, height)

    @property
    def frame(self) -> Rect:
        """The page as a box."""
        return Rect(0.0, 0.0, *self.size)

    @property
    def length(self) -> int:
        """How many characters it has, generated ones included."""
        return max(0, int(pdfium.FPDFText_CountChars(self.text_page)))

    def characters(self) -> str:
        """The text, one code point per character of pdfium's list, generated ones included."""
        count = self.length
        if not count:
            return ""
        # The text and the list differ in length when a character lies outside the basic
        # plane, as rare characters of names do, or has no code at all.
        buffer = (ctypes.c_ushort * (count + 1))()
        written = pdfium.FPDFText_GetText(self.text_page, 0, count, buffer)
        if written == count + 1:
            text = bytes(buffer)[: 2 * count].decode("utf-16-le", "replace")
            if len(text) == count and "\ufffd" not in text and "\0" not in text:
                return text
        codes = (pdfium.FPDFText_GetUnicode(self.text_page, i) for i in range(count))
        return "".join(_character(code) for code in codes)

    def loose_box(self, index: int) -> Rect:
        """The box of a character as its font has it, as high as the line."""
        if not pdfium.FPDFText_GetLooseCharBox(self.text_page, index, self._rect):
            return Rect(0.0, 0.0, 0.0, 0.0)
        rect = self._rect
        return self.shown(rect.left, rect.bottom, rect.right, rect.top)

    def ink_box(self, index: int) -> Rect:
        """The box of what is drawn of a character."""
        left, right, bottom, top = self._doubles
        if not pdfium.FPDFText_GetCharBox(self.text_page, index, left, right, bottom, top):
            return Rect(0.0, 0.0, 0.0, 0.0)
        return self.shown(left.value, bottom.value, right.value, top.value)

    def object_of(self, index: int) -> int:
        """The address of the text object a character stands in, 0 for generated ones."""
        return _address(pdfium.FPDFText_GetTextObject(self.text_page, index))

    def font_size(self, index: int) -> float:
        """The size set for a character, before any scaling of the page."""
        return float(pdfium.FPDFText_GetFontSize(self.text_page, index))

    def upright(self, index: int) -> bool:
        """Whether a character reads upright on the page as shown."""
        angle = float(pdfium.FPDFText_GetCharAngle(self.text_page, index))
        if -0.05 < angle < 0.05:
            return bool(self._turn == 0)
        off = (degrees(angle) + self._turn) % 360
        return bool(min(off, 360 - off) < 5)

    def shown(self, x0: float, y0: float, x1: float, y1: float) -> Rect:
        """A box in the file's coordinates as a box on the page as shown."""
        frame = self._frame
        if self._turn == 0:
            return Rect(x0 - frame.x0, y0 - frame.y0, x1 - frame.x0, y1 - frame.y0)
        points = [self._turned(x0 - frame.x0, y0 - frame.y0)]
        points.append(self._turned(x1 - frame.x0, y1 - frame.y0))
        xs, ys = zip(*points, strict=True)
        return Rect(min(xs), min(ys), max(xs), max(ys))

    def _turned(self, x: float, y: float) -> tuple[float, float]:
        width, height = self._frame.width, self._frame.height
        if self._turn == 90:
            return y, width - x
        if self._turn == 180:
            return width - x, height - y
        return height - y, x

    def drawing(self) -> Drawing:
        """What is drawn besides text, and which text objects look odd by themselves."""
        others: list[Drawn] = []
        odd = self.layers_off
        count = 0
        red, green, blue, alpha = self._colour
        for order, (handle, kind, matrix) in enumerate(self._handles()):
            if order >= MAX_OBJECTS:
                break
            count += 1
            if kind != pdfium.FPDF_PAGEOBJ_TEXT:
                if kind in _KINDS:
                    others.append(self._drawn(order, _KINDS[kind], handle, matrix))
            elif not odd:
                found = pdfium.FPDFPageObj_GetFillColor(handle, red, green, blue, alpha)
                odd = (
                    pdfium.FPDFTextObj_GetTextRenderMode(handle) in UNPAINTED
                    or (found and alpha.value < FAINT)
                    or (found and min(red.value, green.value, blue.value) >= LIGHT)
                    or self._misplaced(handle, matrix)
                )
        return Drawing(tuple(others), odd, count)

    def _misplaced(self, handle: Handle, matrix: Matrix) -> bool:
        """Whether an object is too small to read or reaches over the page's edge."""
        left, bottom, right, top = self.floats
        frame = self._frame
        if matrix is not IDENTITY:
            box = self._bounds(handle, matrix)
            low = box.height <= TINY and self._size(handle, matrix) <= TINY
            return low or not box.meets(self.frame)
        if not pdfium.FPDFPageObj_GetBounds(handle, left, bottom, right, top):
            return False
        # Commas and dashes are low in any size: only then is the size worth asking for.
        if top.value - bottom.value <= TINY and self._size(handle) <= TINY:
            return True
        return bool(
            left.value < frame.x0
            or right.value > frame.x1
            or bottom.value < frame.y0
            or top.value > frame.y1
        )

    def _size(self, handle: Handle, outer: Matrix = IDENTITY) -> float:
        """The font size of a text object on the page, scaling applied."""
        size = self._one_float
        if not pdfium.FPDFTextObj_GetFontSize(handle, size):
            return 0.0
        matrix = combined(matrix_of(handle), outer)
        return float(abs(size.value) * hypot(matrix[2], matrix[3]))

    def is_layered(self, text: Drawn) -> bool:
        """Whether a text object belongs to a layer a viewer can switch."""
        marks = range(pdfium.FPDFPageObj_CountMarks(text.handle))
        return any(
            mark_name(pdfium.FPDFPageObj_GetMark(text.handle, number)) == "OC" for number in marks
        )

    def text_objects(self) -> list[Drawn]:
        """All text objects, in drawing order."""
        return [
            self._drawn(order, Kind.TEXT, handle, matrix)
            for order, (handle, kind, matrix) in enumerate(self._handles())
            if kind == pdfium.FPDF_PAGEOBJ_TEXT and order < MAX_OBJECTS
        ]

    def _handles(self) -> Iterator[tuple[Handle, int, Matrix]]:
        page = self.page.raw
        stack: list[Iterator[tuple[Handle, int, Matrix]]] = [
            (
                (handle, pdfium.FPDFPageObj_GetType(handle), IDENTITY)
                for handle in (
                    pdfium.FPDFPage_GetObject(page, i)
                    for i in range(pdfium.FPDFPage_CountObjects(page))
                )
            )
        ]
        while stack:
            entry = next(stack[-1], None)
            if entry is None:
                stack.pop()
            elif entry[1] == pdfium.FPDF_PAGEOBJ_FORM and len(stack) < MAX_FORM_DEPTH:
                stack.append(_inside(entry[0], entry[2]))
            else:
                yield entry

    def _drawn(self, order: int, kind: Kind, handle: Handle, matrix: Matrix) -> Drawn:
        box = self._bounds(handle, matrix)
        address = _address(handle)
        if kind is Kind.TEXT:
            mode = pdfium.FPDFTextObj_GetTextRenderMode(handle)
            return Drawn(order, kind, box, address, handle, matrix, self._fill(handle), mode)
        if kind is Kind.PATH:
            fill, stroke = ctypes.c_int(), ctypes.c_int()
            pdfium.FPDFPath_GetDrawMode(handle, fill, stroke)
            colour = self._fill(handle) if fill.value else None
            return Drawn(
                order, kind, box, address, handle, matrix, colour, stroked=bool(stroke.value)
            )
        return Drawn(order, kind, box, address, handle, matrix)

    def _fill(self, handle: Handle) -> tuple[int, int, int, int] | None:
        red, green, blue, alpha = self._colour
        if not pdfium.FPDFPageObj_GetFillColor(handle, red, green, blue, alpha):
            return None
        return red.value, green.value, blue.value, alpha.value

    def _bounds(self, handle: Handle, matrix: Matrix) -> Rect:
        left, bottom, right, top = self.floats
        if not pdfium.FPDFPageObj_GetBounds(handle, left, bottom, right, top):
            return Rect(0.0, 0.0, 0.0, 0.0)
        if matrix is IDENTITY:
            return self.shown(left.value, bottom.value, right.value, top.value)
        corners = [
            apply(matrix, x, y)
            for x in (left.value, right.value)
            for y in (bottom.value, top.value)
        ]
        xs, ys = zip(*corners, strict=True)
        return self.shown(min(xs), min(ys), max(xs), max(ys))


_KINDS = {
    pdfium.FPDF_PAGEOBJ_TEXT: Kind.TEXT,
    pdfium.FPDF_PAGEOBJ_PATH: Kind.PATH,
    pdfium.FPDF_PAGEOBJ_IMAGE: Kind.IMAGE,
    pdfium.FPDF_PAGEOBJ_SHADING: Kind.SHADING,
}


def matrix_of(handle: Handle) -> Matrix:
    """The matrix pdfium keeps for an object."""
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(handle, found):
        return IDENTITY
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _inside(form: Handle, outer: Matrix) -> Iterator[tuple[Handle, int, Matrix]]:
    matrix = combined(matrix_of(form), outer)
    for index in range(pdfium.FPDFFormObj_CountObjects(form)):
        handle = pdfium.FPDFFormObj_GetObject(form, index)
        yield handle, pdfium.FPDFPageObj_GetType(handle), matrix


def mark_name(mark: Handle) -> str:
    """The tag of marked content."""
    return _mark_text(lambda *out: pdfium.FPDFPageObjMark_GetName(mark, *out))


def _mark_text(call: Callable[..., int]) -> str:
    """A string of a mark, which pdfium measures through its last argument."""
    size = ctypes.c_ulong()
    if not call(None, 0, size) or not 2 < size.value <= 4_096:
        return ""
    buffer = (ctypes.c_ushort * (size.value // 2))()
    call(buffer, size.value, size)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")


def wide_string(call: Callable[..., int], most: int = 1 << 20) -> str:
    """A string pdfium hands out in two calls: how long it is, then its UTF-16."""
    size = call(None, 0)
    if not 2 < size <= most:
        return ""
    buffer = (ctypes.c_ushort * (size // 2))()
    call(buffer, size)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")


def _address(handle: Handle) -> int:
    return ctypes.cast(handle, ctypes.c_void_p).value or 0  # type: ignore[arg-type]


def _character(code: int) -> str:
    if code == 0 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    return chr(code)
