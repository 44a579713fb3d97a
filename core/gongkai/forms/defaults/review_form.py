"""政府信息公开保密审查审批表: four opinions in their order, ticked or to be ticked by hand."""

from __future__ import annotations

from docx.document import Document as DocumentType
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

from gongkai.forms.defaults.phrases import signed
from gongkai.forms.known import form_named, label
from gongkai.forms.ruled import Box, each, hold, name, row, table, value
from gongkai.forms.sheet import blank, caption, control, finished, heading, line, page_numbers
from gongkai.messages import say

FORM = form_named("review_form")
STEPS = ("initial", "examined", "secrecy", "approval")
OPINIONS = ("OPEN", "EXEMPT", "REFER")
_FACTS = (30, 54, 30, 54)
_STEP = (30, 138)
_CONSENTS = (46, 32, 55, 35)
_REFERRALS = (36, 34, 30, 38, 30)


def document() -> bytes:
    """The template."""
    page = blank(FORM.title)
    heading(page, FORM.title)
    line(page, say("forms.case", number="{{ number }}"), size=11, align=ALIGN.RIGHT, below=3)
    made = table(page, _FACTS)
    row(made, *_pair("title", 3), height=9)
    row(made, *_pair("unit"), *_pair("doc_number"))
    row(made, *_pair("made_on"), *_pair("submitted_on"))
    row(made, *_pair("attribute"), *_pair("channel"))
    row(made, *_pair("secret_matter"), *_pair("confirmed"))
    row(made, *_pair("fingerprint", 3))
    line(page, size=4)
    steps = table(page, _STEP)
    for step in STEPS[:-1]:
        row(steps, name(label(FORM, step)), _opinion(step), height=32)
    _list(page, "consents", "consent", _CONSENTS, ("body", "answer", "evidence", "date"))
    columns = ("target", "question", "sent_on", "answer", "answered_on")
    _list(page, "referrals", "hop", _REFERRALS, columns)
    line(page, size=4)
    last = table(page, _STEP)
    row(last, name(label(FORM, "approval")), _opinion("approval"), height=32)
    row(last, *_pair("result"), height=11)
    hold(last)
    page_numbers(page, "{{ number }}")
    return finished(page)


def _opinion(step: str) -> Box:
    ticks = "　".join(
        f'{{{{ "☑" if {step}.opinion == "{code}" else "☐" }}}}{say(f"forms.opinion_{code}")}'
        for code in OPINIONS
    )
    # An opinion of another name is told as it is: the list of the institution is open.
    known, words = ("", *OPINIONS), f"　☑{{{{ {step}.opinion }}}}"
    other = f"{{% if {step}.opinion not in {known} %}}{words}{{% endif %}}"
    texts = [
        label(FORM, f"{step}.{field}") + say("forms.colon") + f"{{{{ {step}.{field} }}}}"
        for field in ("basis", "reason")
    ]
    return Box("\n".join((ticks + other, *texts)), foot=signed(step, "signer"))


def _list(
    page: DocumentType, items: str, item: str, widths: tuple[float, ...], columns: tuple[str, ...]
) -> None:
    """A list that is left out where there is nothing in it."""
    control(page, f"if {items}")
    caption(page, label(FORM, items))
    made = table(page, widths)
    titles = [name(label(FORM, f"{items}.{column}")) for column in columns]
    row(made, *titles, size=10.5, repeats=True)
    each(made, item, items, *(_cell(item, column) for column in columns), size=10.5)
    control(page, "endif")


def _cell(item: str, column: str) -> Box:
    if column == "answer" and item == "hop":
        number = say("forms.reference", reference="{{ hop.reference }}")
        return Box("{{ hop.answer }}{% if hop.reference %}" + number + "{% endif %}")
    dated = column == "date" or column.endswith("_on")
    return value(f"{item}.{column} | day" if dated else f"{item}.{column}")


def _pair(field: str, span: int = 1) -> tuple[Box, Box]:
    shown = f"{field} | day" if field.endswith("_on") else field
    return name(label(FORM, field)), value(shown, span)
