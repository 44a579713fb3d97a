"""Our own templates, built when they are asked for: nothing binary lies in the source."""

from __future__ import annotations

from collections.abc import Callable

from gongkai.forms.defaults import check_sheet, ledger, return_notice, review_form, trail

BUILDERS: dict[tuple[str, str], Callable[[], bytes]] = {
    ("return_notice", ".docx"): return_notice.document,
    ("check_sheet", ".docx"): check_sheet.document,
    ("review_form", ".docx"): review_form.document,
    ("ledger", ".docx"): ledger.document,
    ("ledger", ".xlsx"): ledger.workbook,
    ("trail", ".docx"): trail.document,
}
"""The builder of a form's template, by the form's name and the suffix of the file."""
