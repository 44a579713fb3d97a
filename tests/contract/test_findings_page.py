"""docs/findings.md is what the profiles and catalogues say now."""

from __future__ import annotations

from contract import findings_page


def test_the_page_is_the_one_the_code_writes() -> None:
    written = findings_page.PAGE.read_text("utf-8")

    assert written == findings_page.page(), "python tests/contract/findings_page.py"
