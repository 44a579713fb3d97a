"""公开属性核对退回重新办理通知单: one page, what is asked before why."""

from __future__ import annotations

from docx.document import Document as DocumentType
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

from gongkai.forms.defaults.phrases import scope_words
from gongkai.forms.known import form_named, label
from gongkai.forms.ruled import Box, each, name, row, table, value
from gongkai.forms.sheet import (
    WIDTH,
    blank,
    caption,
    control,
    finished,
    heading,
    line,
    page_numbers,
)
from gongkai.messages import say

FORM = form_named("return_notice")
_FACTS = (22, 38, 22, 34, 22, 30)
_NUMBER = 13
_COLUMNS = {"what": 36, "place": 34, "basis": 46}


def document() -> bytes:
    """The template."""
    page = blank(FORM.title)
    heading(page, FORM.title)
    counted = say("forms.numbered", number="{{ number }}", round="{{ round }}")
    line(page, counted, align=ALIGN.CENTER, below=6)
    facts = table(page, _FACTS)
    row(facts, *_pair("title", 5), height=9)
    row(facts, *_pair("section"), *_pair("drafter"), *_pair("urgency"), height=8)
    row(facts, *_pair("submitted_at", 2), *_pair("returned_at", 2), height=8)
    _section(page, "matters")
    _matters(page)
    _section(page, "hints", count="{{ hint_count }}")
    control(page, "for hint in hints")
    line(page, "{{ loop.index }}．{{ hint }}", size=11, indent=2)
    control(page, "endfor")
    _section(page, "scope")
    line(page, scope_words(), size=11, indent=2)
    _section(page, "next")
    line(page, say("forms.next_returned"), size=11, indent=2)
    line(page, say("forms.signer_decides"), size=11, indent=2)
    line(page, _checker(), align=ALIGN.RIGHT, above=12)
    page_numbers(page, "{{ number }}")
    return finished(page)


def _pair(field: str, span: int = 1) -> tuple[Box, Box]:
    shown = f"{field} | moment" if field.endswith("_at") else field
    return name(label(FORM, field)), value(shown, span)


def _matters(page: DocumentType) -> None:
    made = table(page, (_NUMBER, *_COLUMNS.values(), WIDTH - _NUMBER - sum(_COLUMNS.values())))
    titles = [name(label(FORM, f"matters.{field}")) for field in (*_COLUMNS, "way_out")]
    row(made, name(say("forms.row_number")), *titles, repeats=True)
    cells = [value(f"matter.{field}") for field in (*_COLUMNS, "way_out")]
    each(made, "matter", "matters", Box("{{ loop.index }}", align=ALIGN.CENTER), *cells, size=10.5)


def _section(page: DocumentType, what: str, **values: str) -> None:
    caption(page, say(f"forms.return_{what}", **values), size=12)


def _checker() -> str:
    by = say("forms.checked_by", checker="{{ checker }}")
    system = say("forms.checked_by_system", checker="{{ checker }}")
    phone = say("forms.phone", phone="{{ phone }}")
    return (
        f"{{% if automatic %}}{system}{{% else %}}{by}{{% endif %}}"
        f"{{% if phone %}}{phone}{{% endif %}}"
    )
