"""Grounds leave the free text as codes only (PRO-11, INT-03)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai_plugins.statistics.grounds import ARTICLE, NONE, OTHER, grounds_of, int_of, numeral_of


@pytest.mark.parametrize(
    ("basis", "wanted"),
    [
        pytest.param("", (NONE,), id="nothing written"),
        pytest.param("　 ", (NONE,), id="blanks"),
        pytest.param("《政府信息公开条例》第十六条第二款", ("article-16",), id="an article"),
        pytest.param("《政府信息公開條例》第十五條", ("article-15",), id="traditional script"),
        pytest.param("信息公开条例 第 16 条", ("article-16",), id="Arabic and spaced"),
        pytest.param("《政府信息公开条例》第１４条", ("article-14",), id="full width"),
        pytest.param("公开条例第十四条、第十六条第二款", ("article-14", "article-16"), id="two"),
        pytest.param("《政府信息公开条例》第二十七条", ("article-27",), id="twenties"),
        pytest.param("E4", ("E4",), id="a named exemption"),
        pytest.param("E3、E2，《政府信息公开条例》第十五条", ("E2", "E3"), id="exemptions first"),
        pytest.param("《保守国家秘密法》第六十四条", (OTHER,), id="another law"),
        pytest.param("张晓明示例说不能公开", (OTHER,), id="words that name somebody"),
        pytest.param("文件编号ABE45", (OTHER,), id="no code inside a word"),
        pytest.param(
            "《政府信息公开条例》第十五条和《个人信息保护法》第二十八条", ("article-15",),
            id="an article of another law is not ours",
        ),
    ],
)  # fmt: skip
def test_a_basis_becomes_codes(basis: str, wanted: tuple[str, ...]) -> None:
    assert grounds_of(basis) == wanted


@given(st.text(max_size=60))
def test_no_free_text_comes_out(basis: str) -> None:
    for code in grounds_of(basis):
        rest = code.removeprefix(ARTICLE)
        assert code in (OTHER, NONE) or code in {f"E{n}" for n in range(1, 8)} or rest.isdigit()


@given(st.integers(min_value=1, max_value=99))
def test_numerals_are_read_as_they_are_written(number: int) -> None:
    assert int_of(numeral_of(number)) == number == int_of(str(number))


@pytest.mark.parametrize(
    ("number", "numeral"), [(5, "五"), (10, "十"), (16, "十六"), (20, "二十"), (27, "二十七")]
)
def test_numerals_are_written_as_statutes_do(number: int, numeral: str) -> None:
    assert numeral_of(number) == numeral
