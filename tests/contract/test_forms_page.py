"""docs/forms.md is what the forms and catalogues say now; every field has its words."""

from __future__ import annotations

import pytest

from contract import forms_page
from gongkai.forms.known import FORMS, fields_of, label
from gongkai.messages import speaking


def test_the_page_is_the_one_the_code_writes() -> None:
    written = forms_page.PAGE.read_text("utf-8")

    assert written == forms_page.page(), "python tests/contract/forms_page.py"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_field_has_its_words(language: str) -> None:
    with speaking(language):
        words = [label(form, field) for form in FORMS for field in fields_of(form.paper)]

    assert all(words)
