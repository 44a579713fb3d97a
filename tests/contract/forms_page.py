"""Writes docs/forms.md from the forms and the catalogues.

``python tests/contract/forms_page.py`` replaces the page; a test compares.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gongkai.forms.known import FORMS, Form, Sort, fields_of, label
from gongkai.messages import say, speaking

PAGE = Path(__file__).parents[2] / "docs" / "forms.md"

INTRODUCTION = """\
# Forms

The papers of the procedure, and how an office prints them its own way. This page is written by
`tests/contract/forms_page.py`; change `core/gongkai/forms/papers.py` or the catalogue `forms.po`,
then write it anew.

{list}
Each is a frozen dataclass of texts ready to print (`core/gongkai/forms/papers.py`).
`render_docx(paper, templates)` and `render_xlsx(ledger, templates)` in
`core/gongkai/forms/render.py`, `render_html(notice)` in `core/gongkai/forms/web.py` turn it into
bytes and touch nothing else; `templates` comes from `office_templates(office.template_folder)` in
`core/gongkai/forms/templates.py`. Equal papers give equal bytes.

## A template of your own

```
gongkai form write check_sheet DIR     # our template, to be edited in WPS or Word
gongkai form fields check_sheet        # every field, in Chinese
gongkai form list                      # which templates are used, and whether they would print
```

Edit the file and keep it, under its name, in the folder `templates` of the office. Then:

- `{{{{ title }}}}` prints a field; `{{{{ secrecy.signer }}}}` a field of a group.
- `{{{{ made_on | day }}}}` and `{{{{ submitted_at | moment }}}}` word days and moments.
- `{{% if urgency %}} … {{% endif %}}` prints what stands between only where the field is filled.
  Around whole paragraphs, `{{%p if urgency %}}` and `{{%p endif %}}` stand in paragraphs of their
  own; around rows of a table, `{{%tr … %}}` in rows of their own.
- A list is repeated by `{{%tr for matter in matters %}}` and `{{%tr endfor %}}`; its fields are
  then `{{{{ matter.what }}}}`, and `{{{{ loop.index }}}}` counts.
- In a workbook the row whose cells say `{{{{ entry.name }}}}` and the like is repeated for every
  entry, with its looks; what stands below moves down. A text that begins with `=`, `+`, `-` or `@`
  is written as text, never as a formula. A cancelled entry is struck through.

A template is checked before anything is filled in. One that is no DOCX or XLSX, names a field that
is not in the table, or has a placeholder that is not closed stops with the file, the placeholder
and the way out, and nothing is printed. Templates reach their fields and nothing else
([0018](decisions/0018-forms-from-templates.md)).

Control characters are left out of what is filled in, and so is a mark of a level copied into an
opinion, which would make the form itself a marked paper.
"""


def page() -> str:
    """The whole page as it should stand in the file."""
    listing = "| name | 表单 | files |\n|---|---|---|\n" + "".join(map(_line, FORMS))
    tables = "".join(f"\n## {form.title}: `{form.name}`\n\n{_table(form)}" for form in FORMS)
    return INTRODUCTION.format(list=listing) + tables


def _line(form: Form) -> str:
    files = ", ".join(f"`{name}`" for name in form.files)
    return f"| `{form.name}` | {form.title} | {files} |\n"


def _table(form: Form) -> str:
    return "| field | 表单用语 | in English | holds |\n|---|---|---|---|\n" + "".join(_rows(form))


def _rows(form: Form) -> Iterator[str]:
    for field, sort in fields_of(form.paper).items():
        with speaking("en"):
            english = label(form, field)
            holds = "" if sort is Sort.TEXT else say(f"cli.form_sort_{sort}")
        yield f"| `{field}` | {label(form, field)} | {english} | {holds} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
