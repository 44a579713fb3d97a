"""公开属性核对单: what was proposed, what the check found, and five boxes to sign in."""

from __future__ import annotations

from docx.document import Document as DocumentType
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

from gongkai.forms.defaults.phrases import scope_words, signed
from gongkai.forms.known import form_named, label
from gongkai.forms.ruled import Box, each, hold, name, row, table, value
from gongkai.forms.sheet import blank, caption, control, finished, heading, line, page_numbers
from gongkai.messages import say

FORM = form_named("check_sheet")
BOXES = ("drafted", "headed", "reviewed", "verified", "issued")
_FACTS = (30, 54, 30, 54)
_LEFT = (13, 41, 36, 25, 53)
_SIGNING = (30, 138)


def document() -> bytes:
    """The template."""
    page = blank(FORM.title)
    heading(page, FORM.title)
    line(page, say("forms.case", number="{{ number }}"), size=11, align=ALIGN.RIGHT, below=3)
    _facts(page)
    _left(page)
    _boxes(page)
    line(page, say("forms.advice_only"), size=9, above=4)
    page_numbers(page, "{{ number }}")
    return finished(page)


def _facts(page: DocumentType) -> None:
    made = table(page, _FACTS)
    row(made, *_pair("title", 3), height=9)
    row(made, *_pair("doc_kind"), *_pair("doc_number"))
    row(made, *_pair("section"), *_pair("drafter"))
    row(made, *_pair("urgency"), *_pair("attribute"))
    row(made, *_pair("reason", 3))
    row(made, *_pair("basis", 3))
    row(made, *_pair("secrecy", 3))
    given = say(
        "forms.advice", advice="{{ advice }}", confidence="{{ confidence }}", ground="{{ ground }}"
    )
    advice = "{% if advice %}" + given + "{% else %}" + say("forms.no_advice") + "{% endif %}"
    row(made, name(label(FORM, "advice")), Box(advice, span=3))
    row(made, *_pair("outcome", 3))
    row(made, name(label(FORM, "checked")), Box(scope_words(), span=3))
    bound = say("forms.bound", moment="{{ checked_at | moment }}", fingerprint="{{ fingerprint }}")
    row(made, name(label(FORM, "fingerprint")), Box(bound, span=3))


def _left(page: DocumentType) -> None:
    control(page, "if left")
    caption(page, label(FORM, "left"))
    made = table(page, _LEFT)
    columns = ("what", "place", "judgement", "reason")
    titles = [name(label(FORM, f"left.{field}")) for field in columns]
    row(made, name(say("forms.row_number")), *titles, size=10.5, repeats=True)
    person = say("forms.judged_by", person="{{ each.person }}")
    by = Box("{{ each.reason }}{% if each.person %}" + person + "{% endif %}")
    cells = [value(f"each.{field}") for field in columns[:-1]]
    number = Box("{{ loop.index }}", align=ALIGN.CENTER)
    each(made, "each", "left", number, *cells, by, size=10.5)
    control(page, "endif")


def _boxes(page: DocumentType) -> None:
    line(page, size=4)
    made = table(page, _SIGNING)
    for box in BOXES:
        opinion = "{{ " + box + ".opinion }}"
        row(made, name(label(FORM, box)), Box(opinion, foot=signed(box)), height=17)
    hold(made)


def _pair(field: str, span: int = 1) -> tuple[Box, Box]:
    return name(label(FORM, field)), value(field, span)
