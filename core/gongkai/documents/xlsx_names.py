"""The names of the XML elements an XLSX reader meets."""

from __future__ import annotations

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_THREADED = "{http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments}"


def m(name: str) -> str:
    """A name of the main SpreadsheetML namespace."""
    return _MAIN + name


C, V, F, IS, T, R_RUN, RPR, RPH = map(m, ("c", "v", "f", "is", "t", "r", "rPr", "rPh"))
ROW, SHEET_DATA, SI = m("row"), m("sheetData"), m("si")
R_ID = _R + "id"
DRAWING_TEXT, DRAWING_PARAGRAPH = _A + "t", _A + "p"
THEME_COLOURS = _A + "clrScheme"
# Excel counts light before dark, unlike the order they are written in.
THEME_ORDER = tuple(
    _A + name
    for name in (
        "lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5",
        "accent6", "hlink", "folHlink",
    )
)  # fmt: skip
THREADED_COMMENT, THREADED_TEXT = _THREADED + "threadedComment", _THREADED + "text"
