"""What others do with the same files: their libraries, used well."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pypdfium2
from docx.table import Table


def docx_text(path: Path) -> list[str]:
    """python-docx done well: body and tables in order, all headers and footers, comments, core."""
    document = docx.Document(str(path))
    texts = list(_inner(document))
    for section in document.sections:
        for room in (
            section.header,
            section.first_page_header,
            section.even_page_header,
            section.footer,
            section.first_page_footer,
            section.even_page_footer,
        ):
            if not room.is_linked_to_previous:
                texts += _inner(room)
    for comment in document.comments:
        texts += [paragraph.text for paragraph in comment.paragraphs]
    core = document.core_properties
    texts += [core.title, core.author, core.subject, core.keywords, core.comments, core.category]
    return texts


def _inner(container: Any) -> Iterator[str]:
    for item in container.iter_inner_content():
        if isinstance(item, Table):
            for row in item.rows:
                for cell in row.cells:
                    yield from _inner(cell)
        else:
            yield item.text


def pdf_text(path: Path) -> list[tuple[str, tuple[float, ...]]]:
    """pypdfium2: every stretch of text on every page with its box."""
    found = []
    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            text = page.get_textpage()
            for index in range(text.count_rects()):
                box = text.get_rect(index)
                found.append((text.get_text_bounded(*box), box))
            text.close()
            page.close()
    return found


def xlsx_values(path: Path) -> list[object]:
    """openpyxl, read only, values: every cell of every sheet."""
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    values: list[object] = [
        value for sheet in book for row in sheet.iter_rows(values_only=True) for value in row
    ]
    book.close()
    return values
