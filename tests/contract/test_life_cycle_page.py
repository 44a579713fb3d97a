from __future__ import annotations

from contract.life_cycle_page import PAGE, page


def test_the_page_says_what_the_life_cycle_is() -> None:
    assert PAGE.read_text("utf-8") == page()
