"""A paper and an office's templates in, the bytes of a file out."""

from __future__ import annotations

from functools import cache
from pathlib import PurePath

from gongkai.forms.defaults import BUILDERS
from gongkai.forms.known import FORMS, Form, form_of
from gongkai.forms.papers import Ledger, Paper
from gongkai.forms.templates import OURS, Templates
from gongkai.forms.word import check_docx, fill_docx
from gongkai.forms.workbook import check_xlsx, fill_xlsx
from gongkai.messages import language, speaking

DOCX = ".docx"
XLSX = ".xlsx"


def render_docx(paper: Paper, templates: Templates = OURS) -> bytes:
    """The paper as DOCX, from the office's template where it has one, else from ours.

    Raises ``ConfigurationError`` naming the template, what is wrong with it and the way out;
    equal papers and templates give equal bytes.
    """
    name = form_of(paper).stem + DOCX
    return fill_docx(_template(name, templates), paper, templates.source(name))


def render_xlsx(ledger: Ledger, templates: Templates = OURS) -> bytes:
    """The ledger as XLSX; raises like ``render_docx``."""
    name = form_of(ledger).stem + XLSX
    return fill_xlsx(_template(name, templates), ledger, templates.source(name))


def default_template(name: str) -> bytes:
    """Our template of that file name, in the language spoken now."""
    return _default(name, language())


def check(form: Form, templates: Templates) -> dict[str, frozenset[str]]:
    """The fields each template of a form asks for, by file name.

    Raises ``ConfigurationError`` for the first that would not print.
    """
    asked = {}
    for name in form.files:
        data, source = _template(name, templates), templates.source(name)
        word = PurePath(name).suffix == DOCX
        asked[name] = check_docx(data, form.paper, source) if word else check_xlsx(data, source)
    return asked


def _template(name: str, templates: Templates) -> bytes:
    return templates.found[name] if name in templates.found else default_template(name)


@cache
def _default(name: str, spoken: str) -> bytes:
    form = next(form for form in FORMS if name in form.files)
    with speaking(spoken):
        return BUILDERS[form.name, PurePath(name).suffix]()
