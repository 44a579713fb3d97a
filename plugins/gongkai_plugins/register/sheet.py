"""公开情况回填表: filled where the public network is, carried back as a file (B17)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.documents.limits import Limits
from gongkai.documents.package import PackageRefused, open_package
from gongkai.errors import UnreadableDocument
from gongkai.messages import say
from gongkai_plugins.register.codes import channel_of, channel_words
from gongkai_plugins.register.overview import Line
from gongkai_plugins.register.publications import Publication

COLUMNS = (
    "number",
    "name",
    "doc_number",
    "approved",
    "channel",
    "url",
    "published_at",
    "evidence_name",
    "evidence_sha256",
    "remark",
)
"""The first four are written by us; the others are filled in."""

_WIDTHS = (15, 40, 20, 20, 16, 44, 18, 24, 30, 24)
_HEAD = 2
_MOST_ROWS = 20_000
_SHA256 = re.compile(r"[0-9a-f]{64}")
_MOMENTS = ("%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S")


@dataclass(frozen=True, slots=True)
class Row:
    """A filled row: the entry it is about and where that is public, or what keeps it out.

    ``problem`` is a code of the catalogue, ``sheet_<problem>``.
    """

    line: int
    number: str = ""
    publication: Publication | None = None
    problem: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


def write_sheet(lines: Iterable[Line]) -> bytes:
    """The sheet of what is registered and not public yet, one row per form of disclosure."""
    book = Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    page.title = say("gongkai_plugins.register:sheet_title")[:31]
    _put(page.cell(1, 1), say("gongkai_plugins.register:sheet_how"))
    page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(COLUMNS))
    page.row_dimensions[1].height = 48
    for number, (name, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True), 1):
        head = page.cell(_HEAD, number)
        _put(head, say(f"gongkai_plugins.register:sheet_{name}"))
        head.font = Font(bold=True)
        page.column_dimensions[head.column_letter].width = width
    at = _HEAD
    for line in lines:
        said = line.entry.fields
        done = {p.publication.channel for p in line.published}
        for channel in (c for c in said.channels if c not in done):
            at += 1
            known = (line.entry.number, said.name, said.doc_number, said.planned_on)
            for number, text in enumerate((*known, channel_words((channel,))), 1):
                _put(page.cell(at, number), text)
            for number in range(len(known) + 2, len(COLUMNS) + 1):
                page.cell(at, number).number_format = "@"
    page.freeze_panes = page.cell(_HEAD + 1, 1)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def read_sheet(file: Path) -> tuple[Row, ...]:
    """Every filled row of a sheet; a row nobody filled in is none.

    Raises ``UnreadableDocument`` for a file that is no such sheet.
    """
    page = _opened(file)
    columns = _columns(page, file)
    return tuple(_rows(page, columns))


def _opened(file: Path) -> Worksheet:
    try:
        data = file.read_bytes()
    except OSError as error:
        problem = error.strerror or type(error).__name__
        raise UnreadableDocument(
            "gongkai_plugins.register:file_unread", file=file.name, problem=problem
        ) from error
    return pages_of(data, file.name, "gongkai_plugins.register:no_sheet")[0]


def pages_of(data: bytes, name: str, complaint: str) -> list[Worksheet]:
    """The sheets of a workbook. Raises ``UnreadableDocument`` saying ``complaint`` otherwise."""
    try:
        package = open_package(data, Limits())
        for part in package.names:
            package.read(part)
        found = load_workbook(io.BytesIO(data)).worksheets
    except (
        PackageRefused,
        InvalidFileException,
        zipfile.BadZipFile,
        OSError,
        KeyError,
        ValueError,
        TypeError,
    ) as error:
        raise UnreadableDocument(complaint, file=name) from error
    if not found:
        raise UnreadableDocument(complaint, file=name)
    return list(found)


def _columns(page: Worksheet, file: Path) -> dict[str, int]:
    """Where each column stands, by its heading: somebody may have moved them."""
    wanted = {say(f"gongkai_plugins.register:sheet_{name}"): name for name in COLUMNS}
    for row in page.iter_rows(min_row=1, max_row=10):
        found = {wanted[_text(c)]: c.column for c in row if _text(c) in wanted}
        if {"number", "channel", "published_at"} <= found.keys():
            return {**found, "head": row[0].row}
    raise UnreadableDocument("gongkai_plugins.register:no_sheet", file=file.name)


def _rows(page: Worksheet, columns: Mapping[str, int]) -> Iterator[Row]:
    for at in range(columns["head"] + 1, min(page.max_row, _MOST_ROWS) + 1):
        cells = {n: page.cell(at, c) for n, c in columns.items() if n != "head"}
        filled = ("url", "published_at", "evidence_name", "evidence_sha256", "remark")
        if not any(_text(cells[name]) for name in filled if name in cells):
            continue
        yield _row(at, cells)
    if page.max_row > _MOST_ROWS:
        yield Row(_MOST_ROWS + 1, problem="too_many")


def _row(at: int, cells: Mapping[str, object]) -> Row:
    said = {name: _text(cell) for name, cell in cells.items()}
    number = said.get("number", "")
    formulas = [n for n, cell in cells.items() if isinstance(cell, Cell) and cell.data_type == "f"]
    if formulas:
        heading = say(f"gongkai_plugins.register:sheet_{formulas[0]}")
        return Row(at, number, problem="formula", values={"column": heading})
    if not number:
        return Row(at, problem="no_number")
    channel = channel_of(said.get("channel", ""))
    if channel is None:
        return Row(at, number, problem="no_channel")
    moment = _moment(cells["published_at"])
    if not moment:
        return Row(at, number, problem="no_time")
    digest = said.get("evidence_sha256", "").lower()
    if digest and not _SHA256.fullmatch(digest):
        return Row(at, number, problem="no_digest")
    publication = Publication(
        channel=channel,
        published_at=moment,
        url=said.get("url", ""),
        evidence_name=said.get("evidence_name", ""),
        evidence_sha256=digest,
        remark=said.get("remark", ""),
    )
    return Row(at, number, publication)


def moment_of(text: str) -> str:
    """A day or a moment as it is kept, from how people write it; "" for neither.

    >>> moment_of("2026年11月3日")
    '2026-11-03'
    >>> moment_of("2026-11-03 9:05")
    '2026-11-03T09:05'
    """
    plain = re.sub(r"[年月]", "-", text.strip().replace("日", " ")).replace("/", "-").strip()
    for form in _MOMENTS:
        try:
            found = datetime.strptime(plain, form)
        except ValueError:
            continue
        day = found.date().isoformat()
        return f"{day}T{found:%H:%M}" if "%H" in form else day
    return ""


def _moment(cell: object) -> str:
    value = cell.value if isinstance(cell, Cell) else None
    if isinstance(value, datetime):
        midnight = (value.hour, value.minute) == (0, 0)
        return value.date().isoformat() if midnight else f"{value:%Y-%m-%dT%H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return moment_of(str(value or ""))


def _text(cell: object) -> str:
    value = getattr(cell, "value", None)
    return "" if value is None else str(value).strip()


def _put(cell: object, text: str) -> None:
    """As text, whatever it begins with: a title is never a formula."""
    assert isinstance(cell, Cell)
    cell.value = "".join(c for c in text if c.isprintable())
    cell.data_type = "s"
    cell.number_format = "@"
    cell.alignment = Alignment(vertical="center", wrap_text=True)
