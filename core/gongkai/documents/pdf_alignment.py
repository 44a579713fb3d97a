"""pdfplumber, asked for one thing: where words of several rows are aligned.

It parses the file a second time and takes its time for it, so it is opened for pages that
need it only, and pdfminer is not even imported before. The text of cells never comes from
here: what hides under a bar is known to pdfium's characters alone.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from gongkai.documents.pdf_shapes import Rect

SPACE = 4.0
"""Points between two words. Spaces are left out: what is set with spaces stands apart too."""
SLACK = 2.0
REACH = 8.0
"""Points by which an aligned column may miss the edge of its first or last row."""
ALIGNED = 3


class Alignment:
    """The file's pages in pdfplumber, opened when first asked for; closed by ``close``."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._document: Any = None
        self._page: tuple[int, Any, Any] | None = None

    def edges(self, index: int, region: Rect, heights: Sequence[float]) -> list[float]:
        """The left edges of the cells pdfplumber finds on these row edges of a page.

        Coordinates are those of the page as shown. Raises whatever pdfplumber raises.
        """
        page, words = self._opened(index)
        # pdfplumber counts from the upper left corner of the sheet, before it is cropped.
        left = max(page.cropbox[0], page.mediabox[0])
        bottom = min(page.cropbox[3], page.mediabox[3])
        box = (
            max(region.x0 - SLACK + left, words.bbox[0]),
            max(bottom - region.y1 - SLACK, words.bbox[1]),
            min(region.x1 + SLACK + left, words.bbox[2]),
            min(bottom - region.y0 + SLACK, words.bbox[3]),
        )
        if box[0] >= box[2] or box[1] >= box[3]:
            return []
        tables = words.crop(box).find_tables(
            {
                "vertical_strategy": "text",
                "horizontal_strategy": "explicit",
                "explicit_horizontal_lines": [bottom - height for height in heights],
                "min_words_vertical": min(ALIGNED, len(heights) - 1),
                "text_x_tolerance": SPACE,
                "intersection_y_tolerance": REACH,
            }
        )
        return sorted({float(cell[0]) - left for table in tables for cell in table.cells})

    def _opened(self, index: int) -> tuple[Any, Any]:
        """A page and the same page with nothing but its words; the page before is let go."""
        if self._page is None or self._page[0] != index:
            self._let_go()
            if self._document is None:
                import pdfplumber

                self._document = pdfplumber.open(io.BytesIO(self._data), raise_unicode_errors=False)
            page = self._document.pages[index]
            self._page = (index, page, page.filter(_is_word))
        return self._page[1:]

    def _let_go(self) -> None:
        """Free a page: pdfplumber keeps about a megabyte for each that is not closed."""
        if self._page is not None:
            self._page[1].close()
            self._page = None

    def close(self) -> None:
        """Free everything; pdfplumber's own close would parse all pages it could not parse."""
        self._let_go()
        self._document = None


def _is_word(thing: Mapping[str, Any]) -> bool:
    return thing["object_type"] == "char" and bool(thing["text"].strip())
