"""办理过程: every move of a case in its order, for the archive."""

from __future__ import annotations

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

from gongkai.forms.known import form_named, label
from gongkai.forms.ruled import Box, each, name, row, table, value
from gongkai.forms.sheet import LANDSCAPE_WIDTH, blank, finished, heading, line, page_numbers
from gongkai.messages import say

FORM = form_named("trail")
COLUMNS = {
    "time": 30,
    "act": 28,
    "person": 22,
    "capacity": 24,
    "medium": 18,
    "opinion": 46,
    "reason": 42,
    "basis": 45,
}
_NUMBER = 12
_FACTS = (30, 104, 30, LANDSCAPE_WIDTH - 164)


def document() -> bytes:
    """The template."""
    page = blank(FORM.title, landscape=True)
    heading(page, FORM.title)
    facts = table(page, _FACTS)
    row(facts, *_pair("title", 3), height=8)
    for left, right in (
        ("number", "doc_number"),
        ("section", "drafter"),
        ("attribute", "state"),
        ("opened_at", "printed_at"),
    ):
        row(facts, *_pair(left), *_pair(right), size=10.5)
    line(page, size=6)
    made = table(page, (_NUMBER, *COLUMNS.values()))
    titles = [name(label(FORM, f"moves.{column}")) for column in COLUMNS]
    row(made, name(say("forms.row_number")), *titles, size=10.5, repeats=True)
    cells = [value(f"move.{c}" + (" | moment" if c == "time" else "")) for c in COLUMNS]
    each(made, "move", "moves", Box("{{ loop.index }}", align=ALIGN.CENTER), *cells, size=10)
    line(page, "{{ foot }}", size=9, above=4)
    page_numbers(page, "{{ number }}")
    return finished(page)


def _pair(field: str, span: int = 1) -> tuple[Box, Box]:
    shown = f"{field} | moment" if field.endswith("_at") else field
    return name(label(FORM, field)), value(shown, span)
